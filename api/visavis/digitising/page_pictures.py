"""A page of a sheet as a picture to look at, and how its pixels lie in sheet coordinates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from visavis.digitising.pdf import opened_pdf, page_of
from visavis.digitising.scans import is_picture, open_picture
from visavis.digitising.sheet import refuse_others
from visavis.model.errors import SheetError

_POINTS_PER_INCH: Final = 72.0
# Fine enough for a street name on a plan, and no more pixels than a browser holds with ease.
_DPI: Final = 200.0
_MOST_PIXELS: Final = 30e6
_QUICK_PNG: Final = 3


@dataclass(frozen=True)
class PagePicture:
    """A page as a picture.

    Parameters
    ----------
    png : bytes
    width, height : int
        Pixels.
    px_per_unit : float
        Pixels a sheet unit: of a point of a PDF, of a pixel of a picture's file.
    pages : int
        Of the file.
    """

    png: bytes
    width: int
    height: int
    px_per_unit: float
    pages: int


def draw_page(content: bytes, page: int = 1) -> PagePicture:
    """Return a page of a PDF or picture as it is seen.

    Raises
    ------
    SheetError
        Where the file is neither, is damaged, or has no such page.
    """
    refuse_others(content)
    if is_picture(content):
        scan = open_picture(content, page)
        colour, scale, pages = scan.colour, 1.0 / scan.unit, scan.pages
    else:
        with opened_pdf(content) as document:
            opened = page_of(document, page)
            try:
                wide, high = opened.get_size()
                scale = min(_DPI / _POINTS_PER_INCH, float(np.sqrt(_MOST_PIXELS / max(wide * high, 1.0))))
                drawn = opened.render(scale=scale, rev_byteorder=True, prefer_bgrx=False).to_numpy()
            finally:
                opened.close()
            pages = len(document)
        colour = drawn if drawn.ndim == 3 else np.repeat(drawn[:, :, None], 3, axis=2)
    done, png = cv2.imencode(".png", colour[:, :, 2::-1], [cv2.IMWRITE_PNG_COMPRESSION, _QUICK_PNG])
    if not done:
        raise SheetError("the page can't be drawn", remedy="Save it again as PNG or JPEG")
    return PagePicture(bytes(png), colour.shape[1], colour.shape[0], scale, pages)
