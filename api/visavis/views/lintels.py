"""What hangs in the air, such as a house over a passage, and the band of slopes that it hides."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from visavis.compiled import njit
from visavis.views.bearings import line_of
from visavis.views.lines import greater, lesser, nearer, positive
from visavis.views.rows import (
    BY_FOOT,
    BY_SLAB,
    HIGH_A,
    HIGH_B,
    HIGH_BY,
    LOW_A,
    LOW_B,
    LOW_BY,
    V0,
    write_facade,
    write_ground,
)
from visavis.views.typed import YES, ZERO

_ABOVE_ROOF_M: Final = 0.10

# A lintel, what a house in the air hides of the slopes at some bearings. Its lower bound, if one (`_LINE`), none
# (`_NO_EDGE`), or as far as its underside goes (`_YET`, where it hangs over the lens); that one's line and number; the
# same above; the prism; its underside and top above the lens; and whether the walk is still among its walls.
_NO_EDGE: Final = 0.0
_LINE: Final = 1.0
_YET: Final = 2.0
_OF_PRISM, _UNDER, _OVER, _OPEN = 8, 9, 10, 11
LINTEL: Final = 12


@njit(cache=True, nogil=True)
def over_and_under(slabs, h, lintels):  # type: ignore[no-untyped-def]
    """Begin with what hangs above or below the lens; returns the number of lintels."""
    for j in range(len(slabs)):
        row = lintels[j]
        row[:] = 0.0
        row[_OF_PRISM], row[_OPEN] = slabs[j, 0], 1.0
        row[_UNDER] = slabs[j, 1] - h
        # A lens that was drawn into the house that it stands on is just above it.
        row[_OVER] = slabs[j, 2] - h if row[_UNDER] >= 0.0 else min(slabs[j, 2] - h, -_ABOVE_ROOF_M)
        row[0] = _YET if row[_UNDER] >= 0.0 else _NO_EDGE
        row[4] = _NO_EDGE if row[_UNDER] >= 0.0 else _YET
    return len(slabs)


@njit(cache=True, nogil=True)
def passed(k, prism, base, top, entering, a, b, h, lintels, hung, v0, v1):  # type: ignore[no-untyped-def]
    """Open a lintel where a house in the air begins, and end it where it does; returns their number."""
    if entering:
        under, over = base - h, top - h
        row = lintels[hung]
        row[0], row[1], row[2], row[3] = _LINE, under * a, under * b, float(BY_FOOT - k)
        row[4], row[5], row[6], row[7] = _LINE, over * a, over * b, float(k)
        row[_OF_PRISM], row[_UNDER], row[_OVER], row[_OPEN] = prism, under, over, 1.0
        return v1, hung + 1
    for j in range(hung - 1, -1, -1):
        row = lintels[j]
        if row[_OPEN] > 0.0 and row[_OF_PRISM] == prism:
            turn = _reaching(row, a, b, float(BY_FOOT - k), float(k), row, v0, v1)
            row[_OPEN] = 0.0
            return turn, hung
    return v1, hung


@njit(cache=True, nogil=True)
def _reaching(row, a, b, low_by, high_by, out, v0, v1):  # type: ignore[no-untyped-def]
    """Write down what a lintel hides that goes as far as a line; returns where the walk has to turn."""
    if row[0] == _YET:
        out[0], out[1], out[2], out[3] = _LINE, row[_UNDER] * a, row[_UNDER] * b, low_by
    else:
        out[0] = row[0]
        if row[0] == _LINE:
            least = (YES, row[1], row[2], int(row[3]))
            turn, least = lesser(least, row[_UNDER] * a, row[_UNDER] * b, int(low_by), v0, v1)
            if turn < v1:
                return turn
            out[1], out[2], out[3] = least[1], least[2], float(least[3])
    if row[4] == _YET:
        out[4], out[5], out[6], out[7] = _LINE, row[_OVER] * a, row[_OVER] * b, high_by
    else:
        out[4] = row[4]
        if row[4] == _LINE:
            most = (YES, row[5], row[6], int(row[7]))
            turn, most = greater(most, row[_OVER] * a, row[_OVER] * b, int(high_by), v0, v1)
            if turn < v1:
                return turn
            out[5], out[6], out[7] = most[1], most[2], float(most[3])
    return v1


@njit(cache=True, nogil=True)
def bands_at(k, prism, n_walls, a, b, lintels, hung, bands, v0, v1):  # type: ignore[no-untyped-def]
    """Write down what the lintels hide up to a wall; returns where the walk has to turn, and their number."""
    n = ZERO
    for j in range(hung):
        row = lintels[j]
        if row[_OPEN] == 0.0:
            bands[n] = row
        elif row[_OF_PRISM] == prism:
            continue
        else:
            by = BY_SLAB - 2 * (j * n_walls + k)
            turn = _reaching(row, a, b, float(by), float(by - 1), bands[n], v0, v1)
            if turn < v1:
                return turn, n
        n += 1
    return v1, n


@njit(cache=True, nogil=True)
def bands_to_the_range(lintels, hung, bands):  # type: ignore[no-untyped-def]
    """Write down what the lintels hide of the ground up to the range; returns their number."""
    n = ZERO
    for j in range(hung):
        if lintels[j, _OPEN] > 0.0 and lintels[j, 0] == _YET:
            continue  # over the lens and all of the ground
        bands[n] = lintels[j]
        if lintels[j, _OPEN] > 0.0:
            bands[n, 4] = _NO_EDGE
        n += 1
    return n


@njit(cache=True, nogil=True)
def ground_without(rows, row, kept, lintel, side, lens, per_m, v0, v1):  # type: ignore[no-untyped-def]
    """Take what a lintel hides out of a cell of ground; what lies beyond it is written behind the rows."""
    r = rows[row]
    near_a, near_b = line_of(r[2], r[3], side)
    far_a, far_b = line_of(r[4], r[5], side)
    near = (r[6] == 1.0, near_a, near_b, int(r[8]))
    far = (r[7] == 0.0, far_a, far_b, int(r[9]))
    # Before the lintel: from the near side to where its lower bound meets the ground.
    before, before_far = lintel[0] > 0.0, far
    if before:
        low_a, low_b = per_m * lintel[1], per_m * lintel[2]
        down, turn = positive(low_a, low_b, v0, v1)
        if turn < v1:
            return turn, kept
        if not down:
            return v1, kept  # all of the ground is below the lintel
        closer, turn = nearer(low_a, low_b, far, lens, v0, v1)
        if turn < v1:
            return turn, kept
        if not closer:
            return v1, kept
        before_far = (YES, low_a, low_b, int(lintel[3]))
        if near[0]:
            before, turn = nearer(near[1], near[2], before_far, lens, v0, v1)
            if turn < v1:
                return turn, kept
    after, after_near = lintel[4] > 0.0, near
    if after:
        high_a, high_b = per_m * lintel[5], per_m * lintel[6]
        down, turn = positive(high_a, high_b, v0, v1)
        if turn < v1:
            return turn, kept
        after = down
        if after:
            after_near = (YES, high_a, high_b, int(lintel[7]))
            if near[0]:
                turn, after_near = lesser(near, high_a, high_b, int(lintel[7]), v0, v1)
                if turn < v1:
                    return turn, kept
            after, turn = nearer(after_near[1], after_near[2], far, lens, v0, v1)
            if turn < v1:
                return turn, kept
    rows[row, 0] = np.nan
    if before:
        write_ground(rows, row, v0, v1, side, near, before_far)
    if after:
        kept = write_ground(rows, kept, v0, v1, side, after_near, far)
    return v1, kept


@njit(cache=True, nogil=True)
def facade_without(rows, row, kept, lintel, side, k, a, b, v0, v1):  # type: ignore[no-untyped-def]
    """Take what a lintel hides out of a piece of wall; what shows above it is written behind the rows."""
    r = rows[row]
    low_a, low_b = line_of(r[LOW_A], r[LOW_B], side)
    high_a, high_b = line_of(r[HIGH_A], r[HIGH_B], side)
    lower, upper = (YES, low_a, low_b, int(r[LOW_BY])), (YES, high_a, high_b, int(r[HIGH_BY]))
    below, above = False, False
    below_high, above_low = upper, lower
    if lintel[0] > 0.0:
        below_high = (YES, lintel[1], lintel[2], int(lintel[3]))
        clear, turn = positive(lintel[1] - upper[1], lintel[2] - upper[2], v0, v1)
        if turn < v1 or clear:
            return turn, kept
        below, turn = positive(lintel[1] - lower[1], lintel[2] - lower[2], v0, v1)
        if turn < v1:
            return turn, kept
    if lintel[4] > 0.0:
        clear, turn = positive(lower[1] - lintel[5], lower[2] - lintel[6], v0, v1)
        if turn < v1 or clear:
            return turn, kept
        above_low = (YES, lintel[5], lintel[6], int(lintel[7]))
        above, turn = positive(upper[1] - lintel[5], upper[2] - lintel[6], v0, v1)
        if turn < v1:
            return turn, kept
    rows[row, V0] = np.nan
    if below:
        write_facade(rows, row, v0, v1, side, k, a, b, lower, below_high)
    if above:
        kept = write_facade(rows, kept, v0, v1, side, k, a, b, above_low, upper)
    return v1, kept


@njit(cache=True, nogil=True)
def without_void(rows, first, n):  # type: ignore[no-untyped-def]
    """Close the gaps that void rows leave from `first` on; returns how many rows there are."""
    kept = first
    for row in range(first, n):
        if not math.isnan(rows[row, 0]):
            if kept != row:
                rows[kept] = rows[row]
            kept += 1
    return kept
