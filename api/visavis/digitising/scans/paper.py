"""A scan made even: its paper white everywhere, at a resolution that suits the legend's examples."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from visavis.digitising.scans.scan import Pixels

# Lightness of paper is judged in tiles, of which the page's longer side has so many.
_TILES: Final = 96
_PAPER_QUANTILE: Final = 90.0
_MOST_GAIN: Final = 6.0
# Removes the steps of bilevel pictures and most of the grain, and little of a line.
BLUR_PX: Final = 0.7


@dataclass(frozen=True, eq=False)
class Page:
    """A page evenly lit, in CIE L*a*b*.

    Parameters
    ----------
    lab : array (h, w, 3) of uint8
        OpenCV's coding: L* times 2.55, a* and b* plus 128.
    scale : float
        Pixels of this page per pixel of the scan.
    """

    lab: Pixels
    scale: float


def even_page(colour: Pixels, scale: float) -> Page:
    """Return the page of a scan (h, w, 3; red, green, blue), evenly lit, `scale` times its size."""
    if scale != 1.0:
        how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
        colour = np.asarray(cv2.resize(colour, None, fx=scale, fy=scale, interpolation=how), dtype=np.uint8)
    gain = _gain(colour)
    lab = np.empty_like(colour)
    height = colour.shape[0]
    rows = max(1, 2**22 // colour.shape[1])
    for top in range(0, height, rows):
        part = colour[top : top + rows].astype(np.float32)
        part *= _rows_of(gain, top, len(part), colour.shape[:2])[:, :, None]
        even = np.clip(part, 0, 255).astype(np.uint8)
        lab[top : top + rows] = cv2.cvtColor(even, cv2.COLOR_RGB2LAB)
    return Page(np.asarray(cv2.GaussianBlur(lab, (0, 0), BLUR_PX), dtype=np.uint8), scale)


def _gain(colour: Pixels) -> NDArray[np.float32]:
    """Return by tile what brings its paper to white."""
    grey = cv2.cvtColor(colour, cv2.COLOR_RGB2GRAY)
    side = max(8, max(grey.shape) // _TILES)
    down, across = -(-grey.shape[0] // side), -(-grey.shape[1] // side)
    padded = cv2.copyMakeBorder(
        grey, 0, down * side - grey.shape[0], 0, across * side - grey.shape[1], cv2.BORDER_REFLECT
    )
    tiles = padded.reshape(down, side, across, side).transpose(0, 2, 1, 3).reshape(down, across, -1)
    paper = np.percentile(tiles, _PAPER_QUANTILE, axis=2).astype(np.float32)
    # A tile under a dark sign takes the paper of its neighbours.
    paper = cv2.morphologyEx(paper, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    paper = cv2.GaussianBlur(paper, (0, 0), 1.0)
    return np.asarray(np.clip(255.0 / np.maximum(paper, 1.0), 1.0, _MOST_GAIN), dtype=np.float32)


def _rows_of(gain: NDArray[np.float32], top: int, count: int, size: tuple[int, int]) -> NDArray[np.float32]:
    """Return the gain of some rows of the page, tiles blended."""
    side = max(8, max(size) // _TILES)
    x = (np.arange(size[1], dtype=np.float32) + 0.5) / side - 0.5
    y = (np.arange(top, top + count, dtype=np.float32) + 0.5) / side - 0.5
    maps = np.meshgrid(x, y)
    return np.asarray(
        cv2.remap(gain, maps[0], maps[1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE),
        dtype=np.float32,
    )
