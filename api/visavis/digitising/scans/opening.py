"""Pictures opened: PNG, JPEG, TIFF, and pages of a PDF that hold a picture alone."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
import pypdfium2 as pdfium
from pypdfium2 import raw

from visavis.digitising.scans.scan import Pixels, Scan
from visavis.model.errors import SheetError

_PICTURES: Final = (b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
POINTS_PER_INCH: Final = 72.0
# An A0 sheet at 300 dpi has 140 million pixels.
MOST_PIXELS: Final = 250_000_000
_LEAST_DPI, _MOST_DPI = 18.0, 1200.0


def is_picture(content: bytes) -> bool:
    """Return whether a file starts as a picture of a kind that `open_picture` reads."""
    return content.startswith(_PICTURES)


def open_picture(content: bytes) -> Scan:
    """Return the picture of a file, turned as its camera says, transparent parts white.

    Raises
    ------
    SheetError
        Where the picture is damaged or has too many pixels.
    """
    try:
        read = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_COLOR_RGB)
    except cv2.error:
        read = None
    if read is None:
        raise SheetError("the picture can't be read", remedy="Save it again as PNG or JPEG")
    _refuse_huge(read.shape[1], read.shape[0])
    return Scan(_on_white(content, np.asarray(read, dtype=np.uint8)))


def page_picture(page: pdfium.PdfPage, number: int, pages: int) -> Scan:
    """Return a page of a PDF as pixels, at the resolution of its largest picture.

    Its sheet coordinates are points, as on any page of a PDF.
    """
    dpi = min(max(_resolution(page), _LEAST_DPI), _MOST_DPI)
    width, height = (side * dpi / POINTS_PER_INCH for side in page.get_size())
    _refuse_huge(width, height)
    drawn = page.render(scale=dpi / POINTS_PER_INCH, rev_byteorder=True).to_numpy()
    rgb = drawn if drawn.ndim == 3 else np.repeat(drawn[:, :, None], 3, axis=2)
    return Scan(np.ascontiguousarray(rgb[:, :, :3]), POINTS_PER_INCH / dpi, "points", number, pages)


def _resolution(page: pdfium.PdfPage) -> float:
    """Return the pixels per inch of the page's largest picture."""
    largest, dpi = 0.0, POINTS_PER_INCH
    for picture in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]):
        left, bottom, right, top = picture.get_bounds()
        across, down = picture.get_px_size()
        area = (right - left) * (top - bottom)
        if area > largest:
            # By area: the picture may lie turned on the page.
            largest, dpi = area, POINTS_PER_INCH * float(np.sqrt(across * down / area))
    return dpi


def _on_white(content: bytes, colour: Pixels) -> Pixels:
    """Return the picture laid on white paper where it is transparent."""
    whole = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_UNCHANGED)
    if whole is None or whole.ndim != 3 or whole.shape[2] != 4 or whole.shape[:2] != colour.shape[:2]:
        return colour
    opaque = whole[:, :, 3:].astype(np.float32) / (255 if whole.dtype == np.uint8 else 65535)
    return np.asarray(np.rint(colour * opaque + 255 * (1 - opaque)), dtype=np.uint8)


def _refuse_huge(width: float, height: float) -> None:
    if width * height > MOST_PIXELS:
        raise SheetError(
            f"the picture has {width:.0f} × {height:.0f} pixels, more than {MOST_PIXELS // 10**6} million",
            remedy="Scan it at a lower resolution, or cut it into several sheets",
        )
