"""Lines as points along them, each with its direction: what a sheet draws, and where walls stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from visavis.digitising.drawing import Shape

Array = NDArray[np.float64]

# Shorter strokes are letters, symbols and hatching more often than walls: in points, a good millimetre.
_LEAST_STROKE_PT: Final = 3.5
_STEP_PT: Final = 1.5
# A picture is looked at with about this many pixels along its longer side.
_LONGEST_PX: Final = 3600
_MOST_POINTS: Final = 400_000


@dataclass(frozen=True, eq=False)
class Lines:
    """Points along lines.

    Parameters
    ----------
    at : array (n, 2)
    along : array (n, 2)
        Unit vectors; the sense means nothing.
    """

    at: Array
    along: Array

    def __len__(self) -> int:
        return len(self.at)

    def some(self, keep: NDArray[np.bool_]) -> Lines:
        return Lines(self.at[keep], self.along[keep])


def lines_of_sheet(shapes: Iterable[Shape]) -> Lines:
    """Return the straight strokes of a vector sheet, sheet coordinates."""
    rings = []
    for shape in shapes:
        for outline, closed in zip(shape.outlines, shape.closed, strict=True):
            rings.append(np.vstack([outline, outline[:1]]) if closed else outline)
    return lines_of_outlines(rings, _STEP_PT, _LEAST_STROKE_PT)


def lines_of_outlines(outlines: Sequence[Array], step: float, least: float = 0.0) -> Lines:
    """Return points every `step` along polylines, those of edges shorter than `least` left out."""
    pairs = [np.hstack([outline[:-1], outline[1:]]) for outline in outlines if len(outline) > 1]
    if not pairs:
        return Lines(np.empty((0, 2)), np.empty((0, 2)))
    edges = np.vstack(pairs)
    length = np.hypot(*(edges[:, 2:] - edges[:, :2]).T)
    edges, length = edges[length > max(least, 1e-9)], length[length > max(least, 1e-9)]
    count = np.maximum(1, np.round(length / step)).astype(int)
    which = np.repeat(np.arange(len(edges)), count)
    place = np.arange(len(which)) - np.repeat(np.cumsum(count) - count, count)
    share = ((place + 0.5) / count[which])[:, None]
    at = edges[which, :2] * (1 - share) + edges[which, 2:] * share
    along = ((edges[:, 2:] - edges[:, :2]) / length[:, None])[which]
    return _thinned(Lines(at, along))


def lines_of_picture(colour: NDArray[np.uint8]) -> Lines:
    """Return the edges of a picture (h, w) or (h, w, 3), in its pixels (Canny's detector)."""
    grey = colour if colour.ndim == 2 else cv2.cvtColor(colour, cv2.COLOR_RGB2GRAY)
    shrink = max(1.0, max(grey.shape) / _LONGEST_PX)
    if shrink > 1:
        size = round(grey.shape[1] / shrink), round(grey.shape[0] / shrink)
        grey = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
    smooth = cv2.GaussianBlur(grey, (0, 0), 1.0)
    across, down = (cv2.Sobel(smooth, cv2.CV_32F, x, y) for x, y in ((1, 0), (0, 1)))
    strength = np.hypot(across, down)
    high = float(np.quantile(strength, 0.94))
    edges = cv2.Canny(smooth, 0.4 * high, high, L2gradient=True)
    y, x = np.nonzero(edges)
    normal = np.column_stack([across[y, x], down[y, x]]).astype(np.float64)
    along = np.column_stack([-normal[:, 1], normal[:, 0]]) / np.hypot(*normal.T)[:, None]
    scale = np.array([colour.shape[1] / grey.shape[1], colour.shape[0] / grey.shape[0]])
    return _thinned(Lines((np.column_stack([x, y]) + 0.5) * scale, along))


def _thinned(lines: Lines) -> Lines:
    if len(lines) <= _MOST_POINTS:
        return lines
    keep = np.zeros(len(lines), dtype=bool)
    keep[np.random.default_rng(0).choice(len(lines), _MOST_POINTS, replace=False)] = True
    return lines.some(keep)
