"""Lines a + b·v over a span of bearings, compared by their signs at its ends."""

from __future__ import annotations

import math

from visavis.compiled import njit
from visavis.views.bearings import SAME, SAME_BEARING


@njit(cache=True, nogil=True)
def greater(one, a, b, by, v0, v1):  # type: ignore[no-untyped-def]
    """Return where two lines change their order, and the greater one, the first of which may be none."""
    if not one[0]:
        return v1, (True, a, b, by)
    above, turn = positive(a - one[1], b - one[2], v0, v1)
    return turn, ((True, a, b, by) if above else one)


@njit(cache=True, nogil=True)
def lesser(one, a, b, by, v0, v1):  # type: ignore[no-untyped-def]
    """Return where two lines change their order, and the lesser one, the first of which may be none."""
    if not one[0]:
        return v1, (True, a, b, by)
    above, turn = positive(one[1] - a, one[2] - b, v0, v1)
    return turn, ((True, a, b, by) if above else one)


@njit(cache=True, nogil=True)
def nearer(a, b, other, lens, v0, v1):  # type: ignore[no-untyped-def]
    """Return whether a line is nearer than another one, or than the range if that is none, and where it changes."""
    if other[0]:
        return positive(a - other[1], b - other[2], v0, v1)
    if math.isinf(lens.range_m):
        return positive(a, b, v0, v1)
    return _within_range(a, b, lens.range_m, v0, v1)


@njit(cache=True, nogil=True)
def all_hidden(shade, cap, rise, a, b, v0, v1):  # type: ignore[no-untyped-def]
    """Return whether nothing further off can show: the shade is above all roofs, or above the picture."""
    shade0, shade1 = shade[1] + shade[2] * v0, shade[1] + shade[2] * v1
    if cap[0] and shade0 >= cap[1] + cap[2] * v0 and shade1 >= cap[1] + cap[2] * v1:
        return True
    return shade0 >= 0.0 and shade1 >= 0.0 and shade0 >= rise * (a + b * v0) and shade1 >= rise * (a + b * v1)


@njit(cache=True, nogil=True)
def positive(a, b, v0, v1):  # type: ignore[no-untyped-def]
    """Return whether a + b·v is above 0 on a span, and where within it that changes, if it does."""
    at0, at1 = a + b * v0, a + b * v1
    if (at0 < -SAME and at1 > SAME) or (at0 > SAME and at1 < -SAME):
        root = v0 + (v1 - v0) * at0 / (at0 - at1)
        if v0 + SAME_BEARING < root < v1 - SAME_BEARING:
            return at0 > 0.0, root
    return at0 + at1 > 0.0, v1


@njit(cache=True, nogil=True)
def _within_range(a, b, range_m, v0, v1):  # type: ignore[no-untyped-def]
    """Return whether a line is nearer than the range on a span, and where within it that first changes.

    On the side of the square that u runs along, the arc is at the inverse distance √(1 + u²) / range. A straight
    line may cut it twice, so here the ends do not decide.
    """
    side = round(0.25 * (v0 + v1))
    ahead = a + 2.0 * side * b
    # (ahead + b·u)² · range² = 1 + u²
    square = range_m * range_m
    p, q, r = b * b * square - 1.0, 2.0 * ahead * b * square, ahead * ahead * square - 1.0
    first = v1
    under = q * q - 4.0 * p * r
    if under > 0.0 and p != 0.0:
        root = math.sqrt(under)
        for u in ((-q - root) / (2.0 * p), (-q + root) / (2.0 * p)):
            v = u + 2.0 * side
            if v0 + SAME_BEARING < v < first - SAME_BEARING and ahead + b * u > 0.0:
                first = v
    u = 0.5 * (v0 + first) - 2.0 * side
    near = ahead + b * u
    return near > 0.0 and near * near * square > 1.0 + u * u, first
