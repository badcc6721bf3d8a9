"""What a PDF page draws: shapes and runs of text, in sheet coordinates; a page of pixels is a `Scan`.

Sheet coordinates are PDF points (1/72 inch), x to the right and y down from the top left corner of the page
as a reader shows it: crop box and page rotation are honoured.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pypdfium2 as pdfium

from visavis.digitising.drawing import Shape, drawn_shapes
from visavis.digitising.lettering import TextRun, text_runs
from visavis.digitising.pdf import is_pdf, opened_pdf, page_of, placing
from visavis.digitising.scans import Scan, is_picture, open_picture, page_picture
from visavis.model.errors import SheetError

_OTHER_PICTURES: Final = (b"GIF8", b"BM")


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
    page, pages : int
        Which page this is, from 1, and how many the file has.
    """

    width: float
    height: float
    shapes: tuple[Shape, ...]
    texts: tuple[TextRun, ...]
    page: int = 1
    pages: int = 1


def read_sheet(content: bytes, page: int = 1) -> Sheet | Scan:
    """Return what a page of a file shows.

    A PDF that draws gives its shapes; a picture, and a page of a PDF that is nothing but a picture, gives pixels.

    Raises
    ------
    SheetError
        Where the bytes are no whole, open PDF and no picture, have no such page, or it shows nothing.
    """
    refuse_others(content)
    if is_picture(content):
        return open_picture(content, page)
    with opened_pdf(content) as document:
        return _read_page(page_of(document, page), page, len(document))


def refuse_others(content: bytes) -> None:
    """Raise SheetError where the bytes are neither a PDF nor a picture."""
    if not content:
        raise SheetError("the file is empty", remedy="Give the sheet as it was received")
    if content.startswith(_OTHER_PICTURES):
        raise SheetError("a picture of a kind that is not read", remedy="Save it as PNG, JPEG or TIFF")
    if not (is_picture(content) or is_pdf(content)):
        raise SheetError("neither a PDF nor a picture", remedy="Give the plan as PDF, PNG, JPEG or TIFF")


def _read_page(page: pdfium.PdfPage, number: int, pages: int) -> Sheet | Scan:
    try:
        to_sheet, width, height = placing(page)
        shapes, pictures = drawn_shapes(page.raw, to_sheet, (width, height))
        if not shapes and pictures:
            return page_picture(page, number, pages)
        texts = text_runs(page, to_sheet)
    finally:
        page.close()
    if not shapes:
        raise SheetError(f"page {number} draws nothing", remedy="Name the page that shows the plan")
    return Sheet(width, height, shapes, texts, number, pages)
