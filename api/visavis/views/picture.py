"""The bearings between which a walk holds, and the edges of the picture there."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from visavis.compiled import njit
from visavis.views.bearings import half_field, line_of, pointing, square_bearing

_CONE_STEP: Final = math.radians(5.0)  # a cone is taken as a pyramid of 72 faces: off by 0.1 % at most
_CONE_EDGES: Final = 37


@njit(cache=True, nogil=True)
def bearings_of(lens, spans):  # type: ignore[no-untyped-def]
    """Return the bearings between which the walls met stay the same, in order.

    The corners of the square are among them; for a cone also the edges of the pyramid that stands for it.
    """
    half = half_field(lens)
    found = np.empty(2 * len(spans) + 6 + 2 * _CONE_EDGES)
    n = 2
    found[0], found[1] = -half, half
    for p in range(len(spans)):
        found[n], found[n + 1] = spans[p, 0], spans[p, 1]
        n += 2
    for corner in (-3.0, -1.0, 1.0, 3.0):
        if abs(corner) < half:
            found[n] = corner
            n += 1
    if lens.cone > 0.0 and (_needs_pyramid(lens.low_slope) or _needs_pyramid(lens.high_slope)):
        for q in range(1 - _CONE_EDGES, _CONE_EDGES):
            t = q * _CONE_STEP
            if abs(t) < lens.half_rad:
                found[n] = square_bearing(math.cos(t), math.sin(t))
                n += 1
    return np.sort(found[:n])


@njit(cache=True, nogil=True)
def _needs_pyramid(slope):  # type: ignore[no-untyped-def]
    """Return whether a constant slope is an edge that needs the pyramid: level ones are forms as they are."""
    return math.isfinite(slope) and slope != 0.0


@njit(cache=True, nogil=True)
def picture_edges(lens, middle, side):  # type: ignore[no-untyped-def]
    """Return the lower and the upper edge of the picture: whether there is one, its line, and its number."""
    a, b, face = 1.0, 0.0, 0
    if lens.cone > 0.0 and (_needs_pyramid(lens.low_slope) or _needs_pyramid(lens.high_slope)):
        x, y = pointing(middle)
        face = math.floor(math.atan2(y, x) / _CONE_STEP)
        at = (face + 0.5) * _CONE_STEP
        stretch = 1.0 / math.cos(0.5 * _CONE_STEP)
        a, b = stretch * math.cos(at), stretch * math.sin(at)
    low, high = (False, 0.0, 0.0, 0), (False, 0.0, 0.0, 0)
    if math.isfinite(lens.low_slope):
        p, q = line_of(lens.low_slope * a, lens.low_slope * b, side)
        low = (True, p, q, -10 - 2 * (face + _CONE_EDGES))
    if math.isfinite(lens.high_slope):
        p, q = line_of(lens.high_slope * a, lens.high_slope * b, side)
        high = (True, p, q, -11 - 2 * (face + _CONE_EDGES))
    return low, high
