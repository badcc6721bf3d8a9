"""The exact angular sweep: which parts of walls and of the ground a lens sees, over and between prisms.

Around the lens everything is written in bearing t and distance r. A straight wall is then a *form*,
1/r = a·cos t + b·sin t, and so is the slope (z − h)/r to its top or foot, and so are the upper and
lower edge of the picture. Two forms compare by the sign of their difference, again a form: between two
bearings less than half a turn apart it is decided at both ends, and where the ends differ its root is one
arc tangent. Nothing is sampled.

The sweep goes from one end of a wall to the next. In between, the walls that a bearing meets stay the same
and in the same order, so they are walked from near to far with one running value, the *shade*: the steepest
slope met so far. A wall shows above its shade, and so does the ground; where the order of two forms changes
on the way, the walk is cut short at that bearing and taken up again behind it.

Sources: the sweep around a point among walls is T. Asano's (*An efficient algorithm for finding the
visibility polygon for a polygonal region with holes*, 1985); the running steepest slope is that of line
of sight over terrain (W. R. Franklin, C. Ray, *Higher isn't necessarily better*, 1994).

All kernels stand in this one file on purpose: numba's cache notices a change in the file of the function that
is called, not in those that it calls.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np
from numba import njit

from visavis.views.walls import Floats


class Lens(NamedTuple):
    """What a sweep starts from; bearings are counter-clockwise from the axis.

    Parameters
    ----------
    x, y : float
        Place in metres.
    height_m : float
        Height above ground, more than 0.
    axis_rad : float
        Where the axis points, counter-clockwise from grid east.
    half_rad : float
        Half of the horizontal field, at most π.
    range_m : float
        Nothing further off in plan is looked for.
    low_slope, high_slope : float
        Slope (rise over distance in plan) of the picture's lower and upper edge straight ahead, −∞ and ∞
        where it has none.
    cone : float
        0 for a pinhole, whose edges of the picture are planes: the slope at bearing t is cos t times that
        ahead. 1 for an all-round picture, where it is the same everywhere.
    floor_m : float
        What lies under the lens: 0, or the roof that it stands on.
    """

    x: float
    y: float
    height_m: float
    axis_rad: float
    half_rad: float
    range_m: float
    low_slope: float
    high_slope: float
    cone: float
    floor_m: float


# Columns of what a sweep returns.
WALL: Final = 0  # façade pieces: index of the wall, and along it
FROM: Final = 1
TO: Final = 2
LOW_FROM: Final = 3
LOW_TO: Final = 4
HIGH_FROM: Final = 5
HIGH_TO: Final = 6

# A wall whose plane passes closer than this by the lens is seen edge-on: it hides what is behind but shows
# nothing of itself. It is the wall that the camera hangs on, or one in line with it.
EDGE_ON_M: Final = 0.30

_SAME_BEARING: Final = 1e-11  # radians; 2e-9 m at 200 m
_SAME: Final = 1e-12  # slopes and inverse metres
_CONE_STEP: Final = math.radians(5.0)  # a cone is taken as a pyramid of 72 faces: off by 0.1 % at most
_BINS: Final = 256


@njit(cache=True)
def sweep(lens: Lens, walls: Floats, tops: Floats, feet: Floats) -> tuple[Floats, Floats]:
    """Return what a lens sees of walls and ground.

    Parameters
    ----------
    lens : Lens
    walls : ndarray (n, 4), metres
        Start and end of each wall; the house lies to the left. Walls meet only at their ends.
    tops, feet : ndarray (n,), metres above ground
        The roof of the wall's own house, and what it rises from.

    Returns
    -------
    facades : ndarray (m, 7)
        Seen pieces of walls: index of the wall, from and to in metres from its start, lower bound of the
        seen part at both ends, upper bound at both ends, above ground. Pieces don't overlap.
    ground : ndarray (k, 9)
        Seen cells of ground, in polar form around the lens: bearing from and to, the near and the far side
        as forms a, b of 1/r, 1 where there is a near side (0 where the cell begins at the lens's foot),
        1 where the far side is the arc at the range, and a key of the far side.
    """
    pieces, forms, which, enters = _seen_from(lens, walls)
    if len(which) > 8:
        shown = _not_hidden(lens, pieces, forms, which, enters, tops, feet)
        pieces, forms, which, enters = pieces[shown], forms[shown], which[shown], enters[shown]
    bearings = _bearings(lens, pieces)
    by_start = np.argsort(pieces[:, 0])
    highest = 0.0
    for k in which:
        highest = max(highest, tops[k])

    facades, grounds = np.empty((256, 9)), np.empty((256, 9))
    n_facades, n_grounds = 0, 0
    last_facade = np.full(len(walls), -1, np.int64)
    last_ground = np.full(len(walls) + 2, -1, np.int64)
    active, nearness, n_active, begun = np.empty(len(which), np.int64), np.empty(len(which)), 0, 0

    for k in range(len(bearings) - 1):
        t0, t1 = bearings[k], bearings[k + 1]
        if t1 - t0 < _SAME_BEARING:
            continue
        middle = 0.5 * (t0 + t1)
        while begun < len(which) and pieces[by_start[begun], 0] <= middle:
            active[n_active] = by_start[begun]
            n_active += 1
            begun += 1
        n_active = _near_to_far(active, nearness, n_active, pieces, forms, middle)
        low, high = _picture_edges(lens, middle)
        begin = t0
        while begin < t1 - _SAME_BEARING:
            if n_facades + n_active + 2 > len(facades):
                facades = _grown(facades, n_active)
            if n_grounds + n_active + 2 > len(grounds):
                grounds = _grown(grounds, n_active)
            until = t1
            while True:
                turn, more_facades, more_grounds = _walk(
                    lens, begin, until, low, high, highest,
                    active, n_active, forms, which, enters, tops, feet,
                    facades, n_facades, grounds, n_grounds,
                )  # fmt: skip
                if turn >= until:
                    break
                until = turn
            n_facades = _joined(facades, n_facades, more_facades, last_facade, 0)
            n_grounds = _joined(grounds, n_grounds, more_grounds, last_ground, 8)
            begin = until
    return _on_walls(lens, facades[:n_facades], walls), grounds[:n_grounds].copy()


@njit(cache=True)
def _seen_from(lens, walls):  # type: ignore[no-untyped-def]
    """Return each wall's span of bearings and form, cut to the range, the field and the line behind."""
    n = len(walls)
    spans, forms = np.empty((2 * n, 2)), np.empty((2 * n, 2))
    which, enters = np.empty(2 * n, np.int64), np.empty(2 * n, np.bool_)
    cos_a, sin_a = math.cos(lens.axis_rad), math.sin(lens.axis_rad)
    found = 0
    for k in range(n):
        east0, north0 = walls[k, 0] - lens.x, walls[k, 1] - lens.y
        east1, north1 = walls[k, 2] - lens.x, walls[k, 3] - lens.y
        x0, y0 = east0 * cos_a + north0 * sin_a, north0 * cos_a - east0 * sin_a
        x1, y1 = east1 * cos_a + north1 * sin_a, north1 * cos_a - east1 * sin_a
        dx, dy = x1 - x0, y1 - y0
        length = math.hypot(dx, dy)
        cross = x0 * y1 - x1 * y0
        if abs(cross) <= 1e-9 * length:
            continue  # in line with the lens: it fills no bearing
        off = cross / length
        half_chord2 = lens.range_m * lens.range_m - off * off
        if half_chord2 <= 0.0:
            continue
        foot, half_chord = -(x0 * dx + y0 * dy) / (length * length), math.sqrt(half_chord2) / length
        begin, end = max(0.0, foot - half_chord), min(1.0, foot + half_chord)
        if end <= begin:
            continue
        first, last = math.atan2(y0 + begin * dy, x0 + begin * dx), math.atan2(y0 + end * dy, x0 + end * dx)
        if cross < 0.0:
            first, last = last, first
        # The wall that crosses the line behind the lens, where bearings jump from π to −π, has two parts.
        behind = last < first
        for part in range(2):
            if part == 0:
                t0, t1 = first, (math.pi if behind else last)
            elif behind:
                t0, t1 = -math.pi, last
            else:
                break
            t0, t1 = max(t0, -lens.half_rad), min(t1, lens.half_rad)
            if t1 - t0 < _SAME_BEARING:
                continue
            spans[found, 0], spans[found, 1] = t0, t1
            forms[found, 0], forms[found, 1] = dy / cross, -dx / cross
            which[found] = k
            enters[found] = cross < 0.0
            found += 1
    return spans[:found].copy(), forms[:found].copy(), which[:found].copy(), enters[:found].copy()


@njit(cache=True)
def _not_hidden(lens, spans, forms, which, enters, tops, feet):  # type: ignore[no-untyped-def]
    """Return which walls may matter: not those behind a nearer wall that rises above lens and them.

    The field is cut into bins. A wall that fills a bin and is higher than the lens hides there what is
    further off and less steep; a wall hidden in each of its bins is left out of the sweep.
    """
    width = 2.0 * lens.half_rad / _BINS
    cos_t, sin_t = np.empty(_BINS + 1), np.empty(_BINS + 1)
    for q in range(_BINS + 1):
        cos_t[q], sin_t[q] = math.cos(q * width - lens.half_rad), math.sin(q * width - lens.half_rad)
    least_slope, nearness = np.zeros(_BINS), np.zeros(_BINS)
    for p in range(len(which)):
        rise = tops[which[p]] - lens.height_m
        if not enters[p] or rise <= 0.0:
            continue
        first = math.ceil((spans[p, 0] + lens.half_rad) / width)
        last = math.floor((spans[p, 1] + lens.half_rad) / width)
        for q in range(max(first, 0), min(last, _BINS)):
            # 1/r along a wall is least at one of the ends of a bin
            least = min(
                forms[p, 0] * cos_t[q] + forms[p, 1] * sin_t[q],
                forms[p, 0] * cos_t[q + 1] + forms[p, 1] * sin_t[q + 1],
            )
            if rise * least > least_slope[q]:
                least_slope[q], nearness[q] = rise * least, least

    shown = np.zeros(len(which), np.bool_)
    for p in range(len(which)):
        a, b = forms[p, 0], forms[p, 1]
        t0, t1 = spans[p, 0], spans[p, 1]
        if t0 <= math.atan2(b, a) <= t1:
            nearest = math.hypot(a, b)
        else:
            nearest = max(a * math.cos(t0) + b * math.sin(t0), a * math.cos(t1) + b * math.sin(t1))
        steepest = max(max(tops[which[p]], feet[which[p]]) - lens.height_m, 0.0) * nearest
        first = max(0, math.floor((t0 + lens.half_rad) / width - 1e-9))
        last = min(_BINS - 1, math.floor((t1 + lens.half_rad) / width + 1e-9))
        for q in range(first, last + 1):
            if nearness[q] <= nearest + _SAME or least_slope[q] <= steepest:
                shown[p] = True
                break
    return shown


@njit(cache=True)
def _bearings(lens, spans):  # type: ignore[no-untyped-def]
    """Return the bearings between which the walls met stay the same, in order.

    Quarter turns are among them, so that a form is decided by its two ends; for a cone also the edges of the
    pyramid that stands for it.
    """
    edges = 2
    if lens.cone > 0.0 and (_bounds(lens.low_slope) or _bounds(lens.high_slope)):
        edges = int(math.pi / 2.0 / _CONE_STEP + 0.5)
    step = math.pi / 2.0 / edges if edges > 2 else math.pi / 2.0
    most = math.floor(lens.half_rad / step)
    found = np.empty(2 * len(spans) + 2 * most + 3)
    n = 0
    for p in range(len(spans)):
        found[n], found[n + 1] = spans[p, 0], spans[p, 1]
        n += 2
    for q in range(-most, most + 1):
        found[n] = q * step
        n += 1
    found[n], found[n + 1] = -lens.half_rad, lens.half_rad
    return np.sort(found[: n + 2])


@njit(cache=True)
def _bounds(slope):  # type: ignore[no-untyped-def]
    """Return whether a constant slope is an edge that needs the pyramid: level ones are forms as they are."""
    return math.isfinite(slope) and slope != 0.0


@njit(cache=True)
def _picture_edges(lens, middle):  # type: ignore[no-untyped-def]
    """Return the lower and the upper edge of the picture as forms of slope, good around `middle`."""
    if lens.cone == 0.0:
        return (lens.low_slope, 0.0), (lens.high_slope, 0.0)
    at = (math.floor(middle / _CONE_STEP) + 0.5) * _CONE_STEP
    stretch = 1.0 / math.cos(0.5 * _CONE_STEP)
    a, b = stretch * math.cos(at), stretch * math.sin(at)
    low = (lens.low_slope * a, lens.low_slope * b) if math.isfinite(lens.low_slope) else (-np.inf, 0.0)
    high = (lens.high_slope * a, lens.high_slope * b) if math.isfinite(lens.high_slope) else (np.inf, 0.0)
    return low, high


@njit(cache=True)
def _near_to_far(active, nearness, n_active, spans, forms, middle):  # type: ignore[no-untyped-def]
    """Drop the walls that have ended and order the others; they nearly are in order already."""
    cos_t, sin_t = math.cos(middle), math.sin(middle)
    kept = 0
    for q in range(n_active):
        p = active[q]
        if spans[p, 1] < middle:
            continue
        inverse = forms[p, 0] * cos_t + forms[p, 1] * sin_t
        place = kept
        while place > 0 and nearness[place - 1] < inverse:
            nearness[place], active[place] = nearness[place - 1], active[place - 1]
            place -= 1
        nearness[place], active[place] = inverse, p
        kept += 1
    return kept


@njit(cache=True)
def _walk(  # type: ignore[no-untyped-def]
    lens, t0, t1, low, high, highest,
    active, n_active, forms, which, enters, tops, feet,
    facades, n_facades, grounds, n_grounds,
):  # fmt: skip
    """Walk outwards between two bearings and write down what shows.

    Returns the bearing up to which the walk holds, and the new numbers of rows. Where it is less than `t1`,
    two forms change their order there: the rows are void, and the walk is to be done up to there.
    """
    span = (t0, t1, math.cos(t0), math.sin(t0), math.cos(t1), math.sin(t1))
    h = lens.height_m
    capped = math.isfinite(high[0])
    cap = (capped, high if capped else (0.0, 0.0))
    shaded = math.isfinite(low[0])
    shade = (shaded, low if shaded else (0.0, 0.0))
    floor, behind = lens.floor_m, (False, (0.0, 0.0))
    for q in range(n_active + 1):
        at_range = q == n_active
        k, entering, here = len(tops), True, (0.0, 0.0)
        if not at_range:
            p = active[q]
            k, entering, here = which[p], enters[p], (forms[p, 0], forms[p, 1])
        if floor == 0.0 and entering and (at_range or feet[k] == 0.0):
            turn, lit = _ground_before(
                lens, k, here, at_range, behind, shade, cap, span, grounds[n_grounds], len(tops)
            )
            if turn < t1:
                return turn, n_facades, n_grounds
            n_grounds += lit
        if at_range:
            break
        if entering:
            rise = (max(feet[k], floor) - h, tops[k] - h)
            turn, shows = _wall_above(k, here, rise, shade, cap, span, facades[n_facades])
            if turn < t1:
                return turn, n_facades, n_grounds
            n_facades += shows
        # What is behind must look over this wall.
        rise_m = max(tops[k], feet[k]) - h
        turn, shade = _greater(shade, (rise_m * here[0], rise_m * here[1]), span)
        if turn < t1:
            return turn, n_facades, n_grounds
        floor, behind = (tops[k] if entering else feet[k]), (True, here)
        if _closed(shade[1], cap, highest - h, here, span):
            break
    return t1, n_facades, n_grounds


@njit(cache=True)
def _ground_before(lens, k, here, at_range, behind, shade, cap, span, row, n_walls):  # type: ignore[no-untyped-def]
    """Write down the ground that shows between the last wall and this one, or the range.

    Returns where the walk has to turn, and 1 where a row was written. The ground has the slope −h/r: it shows
    where that is above the shade and below the upper edge of the picture.
    """
    begins, begin = behind
    if shade[0]:
        up, turn = _positive(shade[1][0], shade[1][1], span)
        if turn < span[1] or up:
            return turn, 0
        lit_from = (-shade[1][0] / lens.height_m, -shade[1][1] / lens.height_m)
        begins = True
        if behind[0]:
            turn, (_, begin) = _lesser(behind, lit_from, span)
            if turn < span[1]:
                return turn, 0
        else:
            begin = lit_from
    end, arc, key = here, at_range, k
    if cap[0]:
        over = (-cap[1][0] / lens.height_m, -cap[1][1] / lens.height_m)
        closer, turn = _nearer(over, here, at_range, lens, span)
        if turn < span[1]:
            return turn, 0
        if closer:
            end, arc, key = over, False, n_walls + 1
    if begins:
        lit, turn = _nearer(begin, end, arc, lens, span)
        if turn < span[1] or not lit:
            return turn, 0
    row[0], row[1] = span[0], span[1]
    row[2], row[3], row[4], row[5] = begin[0], begin[1], end[0], end[1]
    row[6], row[7], row[8] = 1.0 if begins else 0.0, 1.0 if arc else 0.0, float(key)
    return span[1], 1


@njit(cache=True)
def _wall_above(k, here, rise, shade, cap, span, row):  # type: ignore[no-untyped-def]
    """Write down what shows of a wall: from what it rises from, or its shade, to its top or the picture's edge.

    Returns where the walk has to turn, and 1 where a row was written.
    """
    turn, (_, lower) = _greater(shade, (rise[0] * here[0], rise[0] * here[1]), span)
    if turn < span[1]:
        return turn, 0
    turn, (_, upper) = _lesser(cap, (rise[1] * here[0], rise[1] * here[1]), span)
    if turn < span[1]:
        return turn, 0
    shows, turn = _positive(upper[0] - lower[0], upper[1] - lower[1], span)
    if turn < span[1] or not shows:
        return turn, 0
    row[0], row[1], row[2] = span[0], span[1], float(k)
    row[3], row[4], row[5], row[6] = lower[0], lower[1], upper[0], upper[1]
    row[7], row[8] = here[0], here[1]
    return span[1], 1


@njit(cache=True)
def _greater(one, other, span):  # type: ignore[no-untyped-def]
    """Return where two forms change their order, and the greater one, the first of which may be none."""
    if not one[0]:
        return span[1], (True, other)
    above, turn = _positive(other[0] - one[1][0], other[1] - one[1][1], span)
    return turn, (True, other if above else one[1])


@njit(cache=True)
def _lesser(one, other, span):  # type: ignore[no-untyped-def]
    """Return where two forms change their order, and the lesser one, the first of which may be none."""
    if not one[0]:
        return span[1], (True, other)
    above, turn = _positive(one[1][0] - other[0], one[1][1] - other[1], span)
    return turn, (True, other if above else one[1])


@njit(cache=True)
def _nearer(one, other, at_range, lens, span):  # type: ignore[no-untyped-def]
    """Return whether a line is nearer than another one, or than the range, and where that changes."""
    if at_range:
        return _above_level(one[0], one[1], 1.0 / lens.range_m, span)
    return _positive(one[0] - other[0], one[1] - other[1], span)


@njit(cache=True)
def _closed(shade, cap, rise, here, span):  # type: ignore[no-untyped-def]
    """Return whether nothing further off can show: the shade is above all roofs, or above the picture."""
    _, _, c0, s0, c1, s1 = span
    shade0, shade1 = shade[0] * c0 + shade[1] * s0, shade[0] * c1 + shade[1] * s1
    cap0, cap1 = cap[1][0] * c0 + cap[1][1] * s0, cap[1][0] * c1 + cap[1][1] * s1
    if cap[0] and shade0 >= cap0 and shade1 >= cap1:
        return True
    rise = max(rise, 0.0)
    return (
        shade0 >= 0.0
        and shade1 >= 0.0
        and shade0 >= rise * (here[0] * c0 + here[1] * s0)
        and shade1 >= rise * (here[0] * c1 + here[1] * s1)
    )


@njit(cache=True)
def _positive(a, b, span):  # type: ignore[no-untyped-def]
    """Return whether a·cos t + b·sin t is above 0 on a span, and where within it that changes, if it does."""
    t0, t1, c0, s0, c1, s1 = span
    at0, at1 = a * c0 + b * s0, a * c1 + b * s1
    if (at0 < -_SAME and at1 > _SAME) or (at0 > _SAME and at1 < -_SAME):
        root = math.atan2(-a, b)
        while root < t0:
            root += math.pi
        while root > t1:
            root -= math.pi
        if t0 + _SAME_BEARING < root < t1 - _SAME_BEARING:
            return at0 > 0.0, root
    return at0 + at1 > 0.0, t1


@njit(cache=True)
def _above_level(a, b, level, span):  # type: ignore[no-untyped-def]
    """Return whether a form is above a constant > 0 on a span, and where within it that first changes.

    A straight line may cut an arc twice, so here the ends do not decide.
    """
    t0, t1 = span[0], span[1]
    most = math.hypot(a, b)
    if most <= level:
        return False, t1
    peak, aside = math.atan2(b, a), math.acos(level / most)
    first = t1
    for root in (peak - aside, peak + aside):
        # bearings run from −π to π; a root may lie a turn further
        for turned in (root, root - 2.0 * math.pi, root + 2.0 * math.pi):
            if t0 + _SAME_BEARING < turned < first - _SAME_BEARING:
                first = turned
    middle = 0.5 * (t0 + first)
    return a * math.cos(middle) + b * math.sin(middle) > level, first


@njit(cache=True)
def _joined(rows, n_before, n_after, last, key):  # type: ignore[no-untyped-def]
    """Let each new row continue the last one of its wall where it goes on in the same forms."""
    n = n_before
    for new in range(n_before, n_after):
        wall = int(rows[new, 2 if key == 0 else key])
        old = last[wall]
        same = old >= 0 and rows[old, 1] == rows[new, 0]
        if same:
            for column in range(2, 9):
                same = same and rows[old, column] == rows[new, column]
        if same:
            rows[old, 1] = rows[new, 1]
        else:
            rows[n] = rows[new]
            last[wall] = n
            n += 1
    return n


@njit(cache=True)
def _grown(rows, extra):  # type: ignore[no-untyped-def]
    larger = np.empty((2 * len(rows) + extra + 2, rows.shape[1]))
    larger[: len(rows)] = rows
    return larger


@njit(cache=True)
def _on_walls(lens, seen, walls):  # type: ignore[no-untyped-def]
    """Return seen pieces from bearings and slopes to metres along the wall and above ground."""
    found = np.empty((len(seen), 7))
    n = 0
    for row in seen:
        k = int(row[2])
        dx, dy = walls[k, 2] - walls[k, 0], walls[k, 3] - walls[k, 1]
        length = math.hypot(dx, dy)
        if 1.0 / math.hypot(row[7], row[8]) < EDGE_ON_M:
            continue
        # A wall that is seen has its house behind it, so that its start lies at the greater bearing.
        for end in range(2):
            t = row[1] if end == 0 else row[0]
            cos_t, sin_t = math.cos(t), math.sin(t)
            distance = 1.0 / (row[7] * cos_t + row[8] * sin_t)
            x = lens.x + distance * math.cos(t + lens.axis_rad) - walls[k, 0]
            y = lens.y + distance * math.sin(t + lens.axis_rad) - walls[k, 1]
            found[n, FROM + end] = min(max((x * dx + y * dy) / length, 0.0), length)
            found[n, LOW_FROM + end] = lens.height_m + distance * (row[3] * cos_t + row[4] * sin_t)
            found[n, HIGH_FROM + end] = lens.height_m + distance * (row[5] * cos_t + row[6] * sin_t)
        found[n, WALL] = k
        n += 1
    return found[:n].copy()
