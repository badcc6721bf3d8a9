"""Pieces of a page picture, no wider than they are asked for."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from visavis.desk.answers.plain import Box
from visavis.desk.refusing import invalid

_WIDEST: Final = 12_000
_QUICK: Final = 3


def whole(png: Path, width: int | None) -> bytes:
    """Return a page picture, at most so wide."""
    if width is None:
        return png.read_bytes()
    colour = _opened(str(png))
    if width >= colour.shape[1]:
        return png.read_bytes()
    return _encoded(_reduced(colour, width))


def part(png: Path, box: Box, width: int | None) -> bytes:
    """Return a piece of a page picture; what lies beyond its edge is left out."""
    colour = _opened(str(png))
    x0, y0 = (max(0, int(np.floor(side))) for side in box[:2])
    x1, y1 = min(colour.shape[1], int(np.ceil(box[2]))), min(colour.shape[0], int(np.ceil(box[3])))
    if not (x0 < x1 and y0 < y1):
        raise invalid("the box lies outside the page", "Give left, top, right, bottom in its pixels")
    piece = colour[y0:y1, x0:x1]
    return _encoded(piece if width is None or width >= piece.shape[1] else _reduced(piece, width))


def wanted_width(words: str | None) -> int | None:
    """Return a width that was asked for, None for none."""
    if words is None:
        return None
    if not words.isdigit() or not 1 <= int(words) <= _WIDEST:
        raise invalid(f"width is {words!r}", f"Give pixels, 1 to {_WIDEST}")
    return int(words)


def wanted_box(words: str) -> Box:
    """Return a box written as x0,y0,x1,y1."""
    try:
        x0, y0, x1, y1 = (float(side) for side in words.split(","))
    except ValueError:
        raise invalid(f"box is {words!r}", "Write it as x0,y0,x1,y1") from None
    if not np.isfinite([x0, y0, x1, y1]).all():
        raise invalid(f"box is {words!r}", "Write it as x0,y0,x1,y1")
    return x0, y0, x1, y1


@lru_cache(maxsize=2)
def _opened(png: str) -> NDArray[np.uint8]:
    # Written by ourselves, under a name that tells its content: it never changes.
    return np.asarray(cv2.imread(png, cv2.IMREAD_COLOR), dtype=np.uint8)


def _reduced(colour: NDArray[np.uint8], width: int) -> NDArray[np.uint8]:
    height = max(1, round(colour.shape[0] * width / colour.shape[1]))
    return np.asarray(cv2.resize(colour, (width, height), interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _encoded(colour: NDArray[np.uint8]) -> bytes:
    return bytes(cv2.imencode(".png", colour, [cv2.IMWRITE_PNG_COMPRESSION, _QUICK])[1])
