"""What a PDF page draws: shapes and runs of text, in sheet coordinates; a page of pixels is a `Scan`.

Sheet coordinates are PDF points (1/72 inch), x to the right and y down from the top left corner of the page
as a reader shows it: crop box and page rotation are honoured.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray
from pypdfium2 import raw

from visavis.digitising.drawing import Shape, drawn_shapes
from visavis.digitising.lettering import TextRun, text_runs
from visavis.digitising.scans import Scan, is_picture, open_picture, page_picture
from visavis.model.errors import SheetError

_OTHER_PICTURES: Final = (b"GIF8", b"BM")

# ISO 32000-1, 7.5.5: readers look for the end-of-file mark in the last 1024 bytes.
_TAIL_BYTES: Final = 1024

_MAX_SIDE_PT: Final = 14_400.0  # the largest page that PDF 1.7 allows (ISO 32000-1, annex C.2)
_MOST_PAGES: Final = 50


@dataclass(frozen=True)
class Sheet:
    """A page as drawn.

    Parameters
    ----------
    width, height : float
        Points.
    shapes : tuple of Shape
        Visible shapes in drawing order.
    texts : tuple of TextRun
        Lines of text that are stored as text.
    further : tuple of tuple of TextRun
        The lines of text of the pages that follow, for the tables that they may hold.
    pages : int
        How many pages the file has; the plan is the first.
    """

    width: float
    height: float
    shapes: tuple[Shape, ...]
    texts: tuple[TextRun, ...]
    further: tuple[tuple[TextRun, ...], ...] = ()
    pages: int = 1


def read_sheet(content: bytes) -> Sheet | Scan:
    """Return what the first page of a file shows.

    A PDF that draws gives its shapes, and the text of the pages that follow; a picture, and a PDF whose
    first page is nothing but a picture, gives pixels.

    Raises
    ------
    SheetError
        Where the bytes are no whole, open PDF and no picture, or the page shows nothing.
    """
    if is_picture(content):
        return open_picture(content)
    _refuse_other_files(content)
    document = _opened(content)
    try:
        pages = len(document)
        if pages == 0:
            raise SheetError("the PDF has no page", remedy="Give a PDF whose first page is the plan")
        try:
            page = document[0]
        except pdfium.PdfiumError:
            raise SheetError(
                "the first page can't be read", remedy="Save the PDF again from its source"
            ) from None
        shown = _read_page(page, pages)
        return shown if isinstance(shown, Scan) else replace(shown, further=_further(document))
    finally:
        document.close()


def _refuse_other_files(content: bytes) -> None:
    if not content:
        raise SheetError("the file is empty", remedy="Give the sheet as it was received")
    if content.startswith(_OTHER_PICTURES):
        raise SheetError("a picture of a kind that is not read", remedy="Save it as PNG, JPEG or TIFF")
    if b"%PDF-" not in content[:_TAIL_BYTES]:
        raise SheetError("neither a PDF nor a picture", remedy="Give the plan as PDF, PNG, JPEG or TIFF")
    if b"%%EOF" not in content.rstrip(b"\0\r\n\t ")[-_TAIL_BYTES:]:
        raise SheetError(
            "the PDF is cut short: its end-of-file mark is missing", remedy="Copy or download it again"
        )


def _opened(content: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(content)
    except pdfium.PdfiumError as failed:
        # pdfium may report the error of an earlier file; an encrypted one says so in its trailer.
        locked = getattr(failed, "err_code", None) in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
        if locked and b"/Encrypt" in content:
            raise SheetError("the PDF is encrypted", remedy="Save a copy without a password") from None
        raise SheetError("the PDF is damaged or has no page", remedy="Copy or download it again") from None


def _further(document: pdfium.PdfDocument) -> tuple[tuple[TextRun, ...], ...]:
    pages = []
    for number in range(1, min(len(document), _MOST_PAGES)):
        try:
            page = document[number]
        except pdfium.PdfiumError:
            continue
        try:
            pages.append(text_runs(page, placing(page)[0]))
        finally:
            page.close()
    return tuple(pages)


def _read_page(page: pdfium.PdfPage, pages: int) -> Sheet | Scan:
    try:
        to_sheet, width, height = placing(page)
        shapes, pictures = drawn_shapes(page.raw, to_sheet, (width, height))
        if not shapes and pictures:
            return page_picture(page, 1, pages)
        texts = text_runs(page, to_sheet)
    finally:
        page.close()
    if not shapes:
        raise SheetError("the first page draws nothing", remedy="Give a PDF whose first page is the plan")
    return Sheet(width, height, shapes, texts, pages=pages)


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
