"""What a walk writes down: pieces of wall and cells of ground, each going on in the next."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from visavis.compiled import njit
from visavis.views.bearings import form_of

# Columns of a walk's rows while they are written: from and to as bearings, what bounds them (so that rows
# go on in one another), and the forms of these bounds.
V0, V1, LOW_BY, HIGH_BY, LOW_A, LOW_B, HIGH_A, HIGH_B, KEY, INVERSE_A, INVERSE_B = range(11)
COLUMNS: Final = 11

# Numbers for what bounds a row: the top of wall k is k, its foot or underside −1000 − k, the ends of a gap in it
# further down; the roof or ground behind wall j, where that is higher than the foot, is BY_FLOOR − j; a picture's
# edge goes from −10 down; the arc and the lens's own foot have these.
BY_ARC: Final[Any] = np.int64(-1)
BY_LENS: Final[Any] = np.int64(-2)
BY_FOOT: Final = -1000
BY_GAP: Final = -1_000_000_000
BY_FLOOR: Final = -2_000_000_000
BY_SLAB: Final = -3_000_000_000


@njit(cache=True, nogil=True)
def write_ground(rows, n, v0, v1, side, near, far):  # type: ignore[no-untyped-def]
    """Write down a cell of ground between two lines; returns how many rows there are."""
    rows[n, 0], rows[n, 1] = v0, v1
    rows[n, 2], rows[n, 3] = form_of(near[1], near[2], side)
    rows[n, 4], rows[n, 5] = form_of(far[1], far[2], side)
    rows[n, 6], rows[n, 7] = (1.0 if near[0] else 0.0), (0.0 if far[0] else 1.0)
    rows[n, 8], rows[n, 9] = float(near[3]), float(far[3])
    return n + 1


@njit(cache=True, nogil=True)
def write_facade(rows, n, v0, v1, side, k, a, b, lower, upper):  # type: ignore[no-untyped-def]
    """Write down a piece of wall k between two lines; returns how many rows there are."""
    rows[n, V0], rows[n, V1], rows[n, KEY] = v0, v1, float(k)
    rows[n, LOW_BY], rows[n, HIGH_BY] = float(lower[3]), float(upper[3])
    rows[n, LOW_A], rows[n, LOW_B] = form_of(lower[1], lower[2], side)
    rows[n, HIGH_A], rows[n, HIGH_B] = form_of(upper[1], upper[2], side)
    rows[n, INVERSE_A], rows[n, INVERSE_B] = form_of(a, b, side)
    return n + 1


@njit(cache=True, nogil=True)
def joined_facades(rows, n_before, n_after, last):  # type: ignore[no-untyped-def]
    """Let each new row continue the last one of its wall where it goes on between the same bounds.

    Of a wall that shows below a lintel and above it, both parts go on.
    """
    n = n_before
    wall_before, place = -1, 0
    for new in range(n_before, n_after):
        wall = int(rows[new, KEY])
        place = min(place + 1, 1) if wall == wall_before else 0
        wall_before = wall
        old = last[wall, place]
        if (
            old >= 0
            and rows[old, V1] == rows[new, V0]
            and rows[old, LOW_BY] == rows[new, LOW_BY]
            and rows[old, HIGH_BY] == rows[new, HIGH_BY]
        ):
            rows[old, V1] = rows[new, V1]
        else:
            if n != new:
                rows[n] = rows[new]
            last[wall, place] = n
            n += 1
    return n


@njit(cache=True, nogil=True)
def joined_grounds(rows, n_before, n_after, last):  # type: ignore[no-untyped-def]
    """Let each new cell continue the cell in its place, counted from the lens, between the same bounds."""
    n = n_before
    for new in range(n_before, n_after):
        place = min(new - n_before, len(last) - 1)
        old = last[place]
        if (
            old >= 0
            and rows[old, 1] == rows[new, 0]
            and rows[old, 8] == rows[new, 8]
            and rows[old, 9] == rows[new, 9]
        ):
            rows[old, 1] = rows[new, 1]
        else:
            if n != new:
                rows[n] = rows[new]
            last[place] = n
            n += 1
    return n
