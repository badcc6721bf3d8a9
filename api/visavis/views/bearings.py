"""Square bearings: directions told without angles.

The lens looks along +x. The square around it has its sides at distance 1; v runs counter-clockwise along
them from −4, straight behind, over 0, the axis, to 4, straight behind again. Side k (−2 to 2) holds
2k − 1 ≤ v ≤ 2k + 1; on it the ray points to (c − u·s, s + u·c) with (c, s) the side's middle and u = v − 2k. A
form (what is straight along bearings) is kept as (A, B): its value there is A·x + B·y of that point.
"""

from __future__ import annotations

import math
from typing import Final

from visavis.compiled import njit

SAME_BEARING: Final = 1e-11  # 2e-9 m at 200 m
SAME: Final = 1e-12  # slopes and inverse metres


@njit(cache=True, nogil=True)
def square_bearing(x: float, y: float) -> float:
    """Return the square bearing of a point (x, y) in the frame of the lens: −4 to 4."""
    if abs(y) <= abs(x):
        if x > 0.0:
            return y / x
        return (4.0 if y >= 0.0 else -4.0) + y / x
    return (2.0 if y > 0.0 else -2.0) - x / y


@njit(cache=True, nogil=True)
def pointing(v: float) -> tuple[float, float]:
    """Return the point on the square at a bearing: a ray's direction, from 1 to √2 long."""
    side = round(0.5 * v)
    u = v - 2.0 * side
    c, s = _middle_of(side)
    return c - u * s, s + u * c


@njit(cache=True, nogil=True)
def _middle_of(side):  # type: ignore[no-untyped-def]
    turned = side % 4
    if turned == 0:
        return 1.0, 0.0
    if turned == 1:
        return 0.0, 1.0
    if turned == 2:
        return -1.0, 0.0
    return 0.0, -1.0


@njit(cache=True, nogil=True)
def line_of(a, b, side):  # type: ignore[no-untyped-def]
    """Return a form (A, B) as the line a + b·v that it is on one side of the square."""
    c, s = _middle_of(side)
    slope = b * c - a * s
    return a * c + b * s - 2.0 * side * slope, slope


@njit(cache=True, nogil=True)
def form_of(a, b, side):  # type: ignore[no-untyped-def]
    """Return the form (A, B) of a line a + b·v on one side of the square."""
    c, s = _middle_of(side)
    ahead = a + 2.0 * side * b
    return ahead * c - b * s, ahead * s + b * c


@njit(cache=True, nogil=True)
def half_field(lens):  # type: ignore[no-untyped-def]
    """Return half of the horizontal field as a square bearing."""
    if lens.half_rad >= math.pi:
        return 4.0
    return square_bearing(math.cos(lens.half_rad), math.sin(lens.half_rad))
