"""Where on its sheet each camera was read, and what the sheet shows there."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Final

import cv2
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from visavis.digitising.crop_table import CROPS
from visavis.digitising.marks import Mark
from visavis.digitising.pdf import opened_pdf, page_of
from visavis.digitising.scans import Scan
from visavis.digitising.sheet import Sheet
from visavis.disclosures import may_show

# What is shown around a symbol, in its own sides, and how large that is drawn at most.
_ACROSS: Final = 8.0
_DOWN: Final = 5.0
_WIDEST_PX: Final = 384
_STEP: Final = 17.0  # black, white and fourteen greys between lie on it
# A page of a PDF is drawn once, with no more pixels than this.
_MOST_PIXELS: Final = 60e6
_WHITE: Final = 255


def crops(
    shown: Sheet | Scan,
    content: bytes,
    marks: Sequence[Mark],
    camera_ids: Sequence[str],
    *,
    name: str,
    disclosure_id: str,
    document_id: str | None,
    licence: str | None,
) -> pd.DataFrame:
    """Return CROPS: the box of each mark, with a picture of the sheet around it where its licence allows.

    Parameters
    ----------
    shown : Sheet or Scan
        The page that the marks were found on.
    content : bytes
        The sheet's file.
    marks : sequence of Mark
    camera_ids : sequence of str
        Of the camera that each mark became.
    name, disclosure_id, document_id, licence : str
        Of the sheet.
    """
    showing = may_show(licence)
    pictures = _pictures(shown, content, marks) if showing == "shown" else [None] * len(marks)
    return CROPS.frame(
        [
            {
                "camera_id": camera_id,
                "disclosure_id": disclosure_id,
                "document_id": document_id,
                "sheet": name,
                "page": shown.page,
                **dict(zip(("x0", "y0", "x1", "y1"), map(float, mark.box), strict=True)),
                "unit": shown.unit_name if isinstance(shown, Scan) else "points",
                "licence": licence,
                "showing": showing,
                "picture": None if drawn is None else base64.b64encode(drawn).decode(),
            }
            for camera_id, mark, drawn in zip(camera_ids, marks, pictures, strict=True)
        ]
    )


def _pictures(shown: Sheet | Scan, content: bytes, marks: Sequence[Mark]) -> list[bytes]:
    if not marks:
        return []
    side = float(np.median([max(x1 - x0, y1 - y0) for x0, y0, x1, y1 in (mark.box for mark in marks)]))
    colour, unit = (shown.colour, shown.unit) if isinstance(shown, Scan) else _drawn(shown, content, side)
    size = max(1, round(_ACROSS * side / unit)), max(1, round(_DOWN * side / unit))
    return [_png(_cut(colour, _middle(mark, unit), size)) for mark in marks]


def _drawn(sheet: Sheet, content: bytes, side: float) -> tuple[NDArray[np.uint8], float]:
    """Return the page of a PDF in pixels, RGB, and how many points each is wide."""
    scale = min(
        _WIDEST_PX / (_ACROSS * side), float(np.sqrt(_MOST_PIXELS / max(sheet.width * sheet.height, 1.0)))
    )
    with opened_pdf(content) as document:
        page = page_of(document, sheet.page)
        try:
            drawn = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=False).to_numpy()
        finally:
            page.close()
    return np.ascontiguousarray(drawn[:, :, :3]), 1.0 / scale


def _middle(mark: Mark, unit: float) -> tuple[float, float]:
    x0, y0, x1, y1 = mark.body_box
    return (x0 + x1) / 2 / unit, (y0 + y1) / 2 / unit


def _cut(colour: NDArray[np.uint8], middle: tuple[float, float], size: tuple[int, int]) -> NDArray[np.uint8]:
    """Return a piece of a picture around a place, white beyond its edge, no wider than is shown."""
    wide, high = size
    left, top = round(middle[0] - wide / 2), round(middle[1] - high / 2)
    piece = np.full((high, wide, 3), _WHITE, dtype=np.uint8)
    rows = slice(max(0, top), max(0, min(colour.shape[0], top + high)))
    columns = slice(max(0, left), max(0, min(colour.shape[1], left + wide)))
    there = colour[rows, columns]
    down, right = rows.start - top, columns.start - left
    piece[down : down + there.shape[0], right : right + there.shape[1]] = there
    if wide > _WIDEST_PX:
        reduced = _WIDEST_PX, max(1, round(high * _WIDEST_PX / wide))
        piece = np.asarray(cv2.resize(piece, reduced, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    return piece


def _png(piece: NDArray[np.uint8]) -> bytes:
    """Return a PNG, its colours in sixteen steps of red, green and blue: a third of the size, and alike to the eye."""
    stepped = (np.rint(piece / _STEP) * _STEP).astype(np.uint8)
    return bytes(cv2.imencode(".png", stepped[:, :, ::-1], [cv2.IMWRITE_PNG_COMPRESSION, 9])[1])
