"""From near to far along one span of bearings: what shows above the shade of what was met before."""

from __future__ import annotations

import numpy as np

from visavis.compiled import njit
from visavis.views.bearings import SAME
from visavis.views.in_sight import ENTERS, LINE_A, LINE_B, WHICH
from visavis.views.lines import all_hidden, greater, lesser, nearer, positive
from visavis.views.lintels import (
    bands_at,
    bands_to_the_range,
    facade_without,
    ground_without,
    over_and_under,
    passed,
    without_void,
)
from visavis.views.rows import BY_ARC, BY_FLOOR, BY_FOOT, BY_GAP, BY_LENS, write_facade, write_ground
from visavis.views.typed import NO, YES, ZERO

# Columns of a wall as a walk meets it, as they are in `Standing`.
TOP, _FOOT, _GAP_FROM, _GAP_TO, UNDERSIDE, PRISM, _GROUNDED = range(7)


@njit(cache=True, nogil=True)
def taken(walls, kept):  # type: ignore[no-untyped-def]
    """Return some walls in one array: what is handed from kernel to kernel costs time for each array."""
    near = np.empty((len(kept), 7))
    for n in range(len(kept)):
        k, row = kept[n], near[n]
        row[TOP], row[_FOOT], row[UNDERSIDE] = walls.tops[k], walls.feet[k], walls.bases[k]
        row[_GAP_FROM], row[_GAP_TO] = walls.gaps[k]
        row[PRISM], row[_GROUNDED] = walls.prisms[k], walls.grounded[k]
    return near


@njit(cache=True, nogil=True)
def walk(  # type: ignore[no-untyped-def]
    lens, near, slabs, v0, v1, side, low, high, highest, active, n_active, pieces, facades, n_facades,
    grounds, n_grounds, lintels, bands,
):  # fmt: skip
    """Walk outwards between two bearings and write down what shows.

    Returns the bearing up to which the walk holds, and the new numbers of rows. Where it is less than `v1`,
    two forms change their order there: the rows are void, and the walk is to be done up to there.
    """
    h = lens.height_m
    shade, cap = low, high
    floor, over_ground = lens.floor_m, lens.floor_m == 0.0
    behind = (NO, 0.0, 0.0, BY_LENS)
    hung = over_and_under(slabs, h, lintels)
    for q in range(n_active):
        p = active[q]
        k, entering, a, b = (
            int(pieces[p, WHICH]),
            pieces[p, ENTERS] > 0.0,
            pieces[p, LINE_A],
            pieces[p, LINE_B],
        )
        top, base, grounded = near[k, TOP], near[k, UNDERSIDE], near[k, _GROUNDED] > 0.0
        hangs = base > -np.inf
        turn, n_bands = v1, ZERO
        if entering:
            if hung:
                turn, n_bands = bands_at(k, near[k, PRISM], len(near), a, b, lintels, hung, bands, v0, v1)
                if turn < v1:
                    return turn, n_facades, n_grounds
            if over_ground and grounded and not hangs and not _upwards(shade, v0, v1):
                turn, n_grounds = _ground_before(
                    lens, k, a, b, side, behind, shade, cap, v0, v1, grounds, n_grounds, bands, n_bands
                )
                if turn < v1:
                    return turn, n_facades, n_grounds
            foot, foot_by = near[k, _FOOT], BY_FOOT - k
            if not over_ground and floor > foot:
                foot, foot_by = floor, BY_FLOOR - behind[3]
            if top > foot and not _shaded(shade, (top - h) * a, (top - h) * b, v0, v1):
                gap_low, gap_high = near[k, _GAP_FROM], near[k, _GAP_TO]
                if min(gap_low, top) > foot:
                    turn, n_facades = _wall_between(
                        k, foot - h, foot_by, min(gap_low, top) - h,
                        (k if gap_low >= top else BY_GAP - 2 * k),
                        a, b, side, shade, cap, v0, v1, facades, n_facades, bands, n_bands,
                    )  # fmt: skip
                    if turn < v1:
                        return turn, n_facades, n_grounds
                if gap_high < top:
                    turn, n_facades = _wall_between(
                        k, max(gap_high, foot) - h, BY_GAP - 2 * k - 1, top - h, k,
                        a, b, side, shade, cap, v0, v1, facades, n_facades, bands, n_bands,
                    )  # fmt: skip
                    if turn < v1:
                        return turn, n_facades, n_grounds
        if hangs:
            turn, hung = passed(k, near[k, PRISM], base, top, entering, a, b, h, lintels, hung, v0, v1)
            if turn < v1:
                return turn, n_facades, n_grounds
            continue
        # What is behind must look over this wall.
        rise = max(top, near[k, _FOOT]) - h
        turn, shade = greater(shade, rise * a, rise * b, k, v0, v1)
        if turn < v1:
            return turn, n_facades, n_grounds
        floor = top if entering else near[k, _FOOT]
        over_ground = not entering and grounded
        behind = (YES, a, b, k)
        if all_hidden(shade, cap, max(highest - h, 0.0), a, b, v0, v1):
            return v1, n_facades, n_grounds
    if over_ground:
        n_bands = bands_to_the_range(lintels, hung, bands)
        turn, n_grounds = _ground_before(
            lens, BY_ARC, 0.0, 0.0, side, behind, shade, cap, v0, v1, grounds, n_grounds, bands, n_bands
        )
        if turn < v1:
            return turn, n_facades, n_grounds
    return v1, n_facades, n_grounds


@njit(cache=True, nogil=True)
def _upwards(shade, v0, v1):  # type: ignore[no-untyped-def]
    """Return whether the shade is level or rises all along a span, so that no ground shows behind it."""
    return shade[0] and shade[1] + shade[2] * v0 > SAME and shade[1] + shade[2] * v1 > SAME


@njit(cache=True, nogil=True)
def _shaded(shade, a, b, v0, v1):  # type: ignore[no-untyped-def]
    """Return whether a line lies below the shade all along a span."""
    if not shade[0]:
        return False
    a, b = a - shade[1], b - shade[2]
    return a + b * v0 < -SAME and a + b * v1 < -SAME


@njit(cache=True, nogil=True)
def _ground_before(  # type: ignore[no-untyped-def]
    lens, k, a, b, side, behind, shade, cap, v0, v1, rows, n, bands, n_bands
):  # fmt: skip
    """Write down the ground that shows between the last wall and this one, or the range.

    Returns where the walk has to turn, and the new number of rows. The ground has the slope −h/r: it shows
    where that is above the shade and below the upper edge of the picture.
    """
    begin = behind
    per_m = -1.0 / lens.height_m
    if shade[0]:
        up, turn = positive(shade[1], shade[2], v0, v1)
        if turn < v1 or up:
            return turn, n
        if behind[0]:
            turn, begin = lesser(behind, per_m * shade[1], per_m * shade[2], shade[3], v0, v1)
            if turn < v1:
                return turn, n
        else:
            begin = (YES, per_m * shade[1], per_m * shade[2], shade[3])
    end = (k != BY_ARC, a, b, k)
    if cap[0]:
        over_a, over_b = per_m * cap[1], per_m * cap[2]
        closer, turn = nearer(over_a, over_b, end, lens, v0, v1)
        if turn < v1:
            return turn, n
        if closer:
            end = (YES, over_a, over_b, cap[3])
    if begin[0]:
        lit, turn = nearer(begin[1], begin[2], end, lens, v0, v1)
        if turn < v1 or not lit:
            return turn, n
    first = n
    n = write_ground(rows, n, v0, v1, side, begin, end)
    for j in range(n_bands):
        kept = n
        for row in range(first, n):
            turn, kept = ground_without(rows, row, kept, bands[j], side, lens, per_m, v0, v1)
            if turn < v1:
                return turn, n
        n = without_void(rows, first, kept)
    return v1, n


@njit(cache=True, nogil=True)
def _wall_between(  # type: ignore[no-untyped-def]
    k, foot, foot_by, top, top_by, a, b, side, shade, cap, v0, v1, rows, n, bands, n_bands
):
    """Write down what shows of a wall: from its lower bound, or its shade, to its upper one or the picture's edge.

    Returns where the walk has to turn, and the new number of rows.
    """
    turn, lower = greater(shade, foot * a, foot * b, foot_by, v0, v1)
    if turn < v1:
        return turn, n
    turn, upper = lesser(cap, top * a, top * b, top_by, v0, v1)
    if turn < v1:
        return turn, n
    shows, turn = positive(upper[1] - lower[1], upper[2] - lower[2], v0, v1)
    if turn < v1 or not shows:
        return turn, n
    first = n
    n = write_facade(rows, n, v0, v1, side, k, a, b, lower, upper)
    for j in range(n_bands):
        kept = n
        for row in range(first, n):
            turn, kept = facade_without(rows, row, kept, bands[j], side, k, a, b, v0, v1)
            if turn < v1:
                return turn, n
        n = without_void(rows, first, kept)
    return v1, n
