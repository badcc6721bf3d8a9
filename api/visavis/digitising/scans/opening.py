"""Pictures opened: PNG, JPEG, TIFF, and pages of a PDF that hold a picture alone.

A picture with more pixels than reading needs is opened at a half, a quarter or an eighth of its resolution; its
sheet coordinates stay pixels of the file.
"""

from __future__ import annotations

import struct
from typing import Any, Final

import cv2
import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray
from pypdfium2 import raw

from visavis.digitising.scans.scan import Pixels, Scan
from visavis.digitising.scans.tiff import tiff_sizes
from visavis.model.errors import SheetError

_PNG, _JPEG, _TIFFS = b"\x89PNG", b"\xff\xd8\xff", (b"II*\x00", b"MM\x00*")
POINTS_PER_INCH: Final = 72.0
# An A0 sheet at 300 dpi has 140 million pixels, and is read at 150.
WORKING_PIXELS: Final = 60_000_000
MOST_PIXELS: Final = 1_000_000_000
_REDUCTIONS: Final = {
    2: cv2.IMREAD_REDUCED_COLOR_2,
    4: cv2.IMREAD_REDUCED_COLOR_4,
    8: cv2.IMREAD_REDUCED_COLOR_8,
}
_LEAST_DPI, _MOST_DPI = 18.0, 1200.0
_BAND: Final = 256
_ALPHA_KINDS: Final = (4, 6)  # PNG, 11.2.2: colour types with an alpha sample


def is_picture(content: bytes) -> bool:
    """Return whether a file starts as a picture of a kind that `open_picture` reads."""
    return content.startswith((_PNG, _JPEG, *_TIFFS))


def picture_pages(content: bytes) -> int:
    """Return how many pages a picture has; only a TIFF has several."""
    return max(1, len(tiff_sizes(content))) if content.startswith(_TIFFS) else 1


def open_picture(content: bytes, page: int = 1) -> Scan:
    """Return a page of a picture, turned as its camera says, transparent parts white.

    Raises
    ------
    SheetError
        Where the picture is damaged, has too many pixels, or no such page.
    """
    pages = picture_pages(content)
    if not 1 <= page <= pages:
        has = "one page" if pages == 1 else f"{pages} pages"
        raise SheetError(f"has {has}, none numbered {page}", remedy="Name the page that shows the plan")
    try:
        factor = _reduction(content, page)
        colour = _decoded(content, page, factor)
    except (cv2.error, struct.error, MemoryError):
        raise _unreadable() from None
    return Scan(colour, float(factor), "pixels", page, pages)


def page_picture(page: pdfium.PdfPage, number: int, pages: int, least_dpi: float = _LEAST_DPI) -> Scan:
    """Return a page of a PDF as pixels, at the resolution of its largest picture.

    Its sheet coordinates are points, as on any page of a PDF. Where that would be more pixels than reading needs,
    it is drawn at a lower one.
    """
    wide, high = page.get_size()
    finest = POINTS_PER_INCH * float(np.sqrt(WORKING_PIXELS / max(wide * high, 1.0)))
    dpi = min(max(_resolution(page), least_dpi), _MOST_DPI, finest)
    drawn = page.render(scale=dpi / POINTS_PER_INCH, rev_byteorder=True).to_numpy()
    rgb = drawn if drawn.ndim == 3 else np.repeat(drawn[:, :, None], 3, axis=2)
    return Scan(np.ascontiguousarray(rgb[:, :, :3]), POINTS_PER_INCH / dpi, "points", number, pages)


def _reduction(content: bytes, page: int) -> int:
    """Return by how much to reduce a picture, told before it is unpacked."""
    wide, high = _size(content, page)
    if wide * high > MOST_PIXELS:
        raise SheetError(
            f"the picture has {wide} × {high} pixels, more than {MOST_PIXELS // 10**6} million",
            remedy="Scan it at a lower resolution, or cut it into several sheets",
        )
    factor = 1
    while wide * high > WORKING_PIXELS * factor**2 and factor < max(_REDUCTIONS):
        factor *= 2
    return factor


def _size(content: bytes, page: int) -> tuple[int, int]:
    if content.startswith(_PNG):
        wide, high = struct.unpack(">II", content[16:24])
        return int(wide), int(high)
    if content.startswith(_TIFFS):
        sizes = tiff_sizes(content)
        if not sizes:
            raise _unreadable()
        return sizes[page - 1]
    small = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_REDUCED_GRAYSCALE_8)
    if small is None:
        raise _unreadable()
    return 8 * small.shape[1], 8 * small.shape[0]


def _decoded(content: bytes, page: int, factor: int) -> Pixels:
    packed = np.frombuffer(content, np.uint8)
    read: NDArray[Any] | None
    if factor > 1 and content.startswith(_JPEG):
        # Reduced while it is unpacked: the whole picture is never in memory.
        read = cv2.imdecode(packed, _REDUCTIONS[factor])
        return _checked(None if read is None else read[:, :, ::-1])
    if content.startswith(_TIFFS):
        read = _on_white(_tiff_page(packed, page, cv2.IMREAD_UNCHANGED))
        read = _tiff_page(packed, page, cv2.IMREAD_COLOR_RGB) if read is None else read
    elif content.startswith(_PNG) and content[25] in _ALPHA_KINDS:
        read = _on_white(cv2.imdecode(packed, cv2.IMREAD_UNCHANGED))
    else:
        read = cv2.imdecode(packed, cv2.IMREAD_COLOR_RGB)
    whole = _checked(read)
    if factor == 1:
        return whole
    size = -(-whole.shape[1] // factor), -(-whole.shape[0] // factor)
    return np.asarray(cv2.resize(whole, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _tiff_page(packed: Pixels, page: int, how: int) -> NDArray[Any] | None:
    done, found = cv2.imdecodemulti(packed, how, range=(page - 1, page))
    return found[0] if done and found else None


def _checked(read: NDArray[Any] | None) -> Pixels:
    if read is None or read.ndim != 3 or read.shape[2] != 3 or 0 in read.shape:
        raise _unreadable()
    return np.ascontiguousarray(read, dtype=np.uint8)


def _unreadable() -> SheetError:
    return SheetError("the picture can't be read", remedy="Save it again as PNG or JPEG")


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


def _on_white(whole: NDArray[Any] | None) -> Pixels | None:
    """Return a picture with blue, green, red and opacity laid on white paper."""
    if whole is None or whole.ndim != 3 or whole.shape[2] != 4:
        return None
    full = 255 if whole.dtype == np.uint8 else 65535
    laid = np.empty((*whole.shape[:2], 3), dtype=np.uint8)
    for top in range(0, len(whole), _BAND):
        band = whole[top : top + _BAND].astype(np.float32) / full
        opaque = band[:, :, 3:]
        laid[top : top + _BAND] = np.rint(255 * (band[:, :, 2::-1] * opaque + 1 - opaque))
    return laid
