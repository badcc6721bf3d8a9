"""A PDF opened, its pages counted and placed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray
from pypdfium2 import raw

from visavis.model.errors import SheetError

# ISO 32000-1, 7.5.5: readers look for the end-of-file mark in the last 1024 bytes.
_TAIL_BYTES: Final = 1024
_MAX_SIDE_PT: Final = 14_400.0  # the largest page that PDF 1.7 allows (ISO 32000-1, annex C.2)


def is_pdf(content: bytes) -> bool:
    """Return whether a file starts as a PDF."""
    return b"%PDF-" in content[:_TAIL_BYTES]


@contextmanager
def opened_pdf(content: bytes) -> Iterator[pdfium.PdfDocument]:
    """Give the document in a file's bytes, and close it at the end.

    Raises
    ------
    SheetError
        Where the bytes are no whole, open PDF, or it has no page.
    """
    if b"%%EOF" not in content.rstrip(b"\0\r\n\t ")[-_TAIL_BYTES:]:
        raise SheetError(
            "the PDF is cut short: its end-of-file mark is missing", remedy="Copy or download it again"
        )
    document = _opened(content)
    try:
        if len(document) == 0:
            raise SheetError("the PDF has no page", remedy="Give a PDF that has the plan as a page")
        yield document
    finally:
        document.close()


def page_of(document: pdfium.PdfDocument, number: int) -> pdfium.PdfPage:
    """Return a page, the first being 1.

    Raises
    ------
    SheetError
        Where there is no such page, or it is damaged.
    """
    refuse_no_page(number, len(document))
    try:
        return document[number - 1]
    except pdfium.PdfiumError:
        raise SheetError(
            f"page {number} can't be read", remedy="Save the PDF again from its source"
        ) from None


def refuse_no_page(number: int, pages: int) -> None:
    """Raise SheetError where a file has no such page."""
    if not 1 <= number <= pages:
        has = "one page" if pages == 1 else f"{pages} pages"
        raise SheetError(f"has {has}, none numbered {number}", remedy="Name the page that shows the plan")


def placing(page: pdfium.PdfPage) -> tuple[NDArray[np.float64], float, float]:
    """Return the 2×3 matrix from the page's own coordinates to the sheet's, and the sheet's size."""
    left, bottom, right, top = page.get_bbox()
    wide, high = right - left, top - bottom
    if not (0 < wide <= _MAX_SIDE_PT and 0 < high <= _MAX_SIDE_PT):
        raise SheetError(f"the page measures {wide:.0f} × {high:.0f} points", remedy="Save the PDF again")
    turned = {
        0: (np.array([[1.0, 0.0, -left], [0.0, -1.0, top]]), wide, high),
        90: (np.array([[0.0, 1.0, -bottom], [1.0, 0.0, -left]]), high, wide),
        180: (np.array([[-1.0, 0.0, right], [0.0, 1.0, -bottom]]), wide, high),
        270: (np.array([[0.0, -1.0, top], [-1.0, 0.0, right]]), high, wide),
    }
    return turned[page.get_rotation() % 360]


def _opened(content: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(content)
    except pdfium.PdfiumError as failed:
        # pdfium may report the error of an earlier file; an encrypted one says so in its trailer.
        locked = getattr(failed, "err_code", None) in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
        if locked and b"/Encrypt" in content:
            raise SheetError("the PDF is encrypted", remedy="Save a copy without a password") from None
        raise SheetError("the PDF is damaged or has no page", remedy="Copy or download it again") from None
