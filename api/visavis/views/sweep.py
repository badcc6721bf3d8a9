"""The exact angular sweep: which parts of walls and of the ground a lens sees, over, between and under prisms.

Bearings are told where their ray meets a square around the lens, not as angles: see `Square bearings`
below. Along such a bearing v everything straight is a *form*, linear in v: the inverse distance to a wall, the
slope (z − h) / distance to its top or foot, the upper and lower edge of the picture. Two forms compare by the
signs of their difference at both ends of a span, and where these differ its root is one division. There
is no trigonometry and no sampling.

The sweep goes from one end of a wall to the next. In between, the walls that a bearing meets stay the same
and in the same order, so they are walked from near to far with one running value, the *shade*: the steepest
slope met so far. A wall shows above its shade, and so does the ground. What hangs in the air, a house over a
passage, hides a band of slopes of its own, a *lintel*. Where the order of two forms changes on the way, the walk
is cut short at that bearing and taken up again behind it.

Sources: the sweep around a point among walls is T. Asano's (*An efficient algorithm for finding the
visibility polygon for a polygonal region with holes*, 1985); the running steepest slope is that of line
of sight over terrain (W. R. Franklin, C. Ray, *Higher isn't necessarily better*, 1994); that inverse depth is
linear on the faces of a square is how cube maps are drawn (N. Greene, *Environment mapping and other
applications of world projections*, 1986).

Square bearings
---------------
The lens looks along +x. The square around it has its sides at distance 1; v runs counter-clockwise along
them from −4, straight behind, over 0, the axis, to 4, straight behind again. Side k (−2 to 2) holds
2k − 1 ≤ v ≤ 2k + 1; on it the ray points to (c − u·s, s + u·c) with (c, s) the side's middle and u = v − 2k. A
form is kept as (A, B): its value there is A·x + B·y of that point.

All kernels that call one another stand in this one file on purpose: numba's cache notices a change in the file of
the function that is called, not in those that it calls.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from visavis.views.index import BLOCK, WallGrid, block_of, off_box2
from visavis.views.walls import Floats, Ints


class Lens(NamedTuple):
    """What a sweep starts from; bearings are counter-clockwise from the axis.

    Parameters
    ----------
    x, y : float
        Place in metres.
    height_m : float
        Height above the ground below, more than 0.
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
        What stands under the lens: 0, or the roof that it is above.
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


class Standing(NamedTuple):
    """Walls as they stand around a lens, in metres above the ground below it.

    Parameters
    ----------
    ends : ndarray (n, 4)
        x, y of start and end; the house lies to the left. Walls meet only at their ends.
    tops : ndarray (n,)
        The roof of the wall's own house.
    feet : ndarray (n,)
        What the wall rises from: the ground, or a lower roof before it.
    gaps : ndarray (n, 2)
        From where to where something in the air is built against the wall, so that it does not show there; ∞
        where nothing is.
    bases : ndarray (n,)
        −∞ where the house stands on the ground, else its underside: one can look below it.
    prisms : ndarray (n,)
        The prism that the wall belongs to.
    grounded : ndarray (n,)
        Whether there is ground before the wall.
    slabs : ndarray (m, 3)
        What hangs right above or below the lens: the prism, its underside and its top.
    grid : WallGrid
        Where the walls are.
    cell_tops : ndarray (cells,)
        No wall of a cell has to do with anything higher.
    block_tops : ndarray (blocks,)
        The same for blocks of cells.
    highest_m : float
        The highest of these.
    """

    ends: Floats
    tops: Floats
    feet: Floats
    gaps: Floats
    bases: Floats
    prisms: Ints
    grounded: NDArray[np.bool_]
    slabs: Floats
    grid: WallGrid
    cell_tops: Floats
    block_tops: Floats
    highest_m: float


# Columns of what a sweep returns of walls.
WALL: Final = 0  # index of the wall, and along it
FROM: Final = 1
TO: Final = 2
LOW_FROM: Final = 3
LOW_TO: Final = 4
HIGH_FROM: Final = 5
HIGH_TO: Final = 6

# A wall whose plane passes closer than this by the lens is seen edge-on: it hides what is behind but shows
# nothing of itself. It is the wall that the camera hangs on, or one in line with it.
EDGE_ON_M: Final = 0.30

_SAME_BEARING: Final = 1e-11  # 2e-9 m at 200 m
_SAME: Final = 1e-12  # slopes and inverse metres
_CONE_STEP: Final = math.radians(5.0)  # a cone is taken as a pyramid of 72 faces: off by 0.1 % at most
_CONE_EDGES: Final = 37
_BINS: Final = 256  # of the whole turn
_FINE_RINGS: Final = 8  # as far as cells are taken one by one, then by blocks
_ABOVE_ROOF_M: Final = 0.10

# Columns of a walk's rows while they are written: from and to as bearings, what bounds them (so that rows
# go on in one another), and the forms of these bounds.
_V0, _V1, _LOW_BY, _HIGH_BY, _LOW_A, _LOW_B, _HIGH_A, _HIGH_B, _KEY, _A, _B = range(11)
_COLUMNS: Final = 11


@njit(cache=True, nogil=True)
def sweep(lens: Lens, walls: Standing) -> tuple[Floats, Floats]:
    """Return what a lens sees of walls and ground.

    Parameters
    ----------
    lens : Lens
    walls : Standing

    Returns
    -------
    facades : ndarray (m, 7)
        Seen pieces of walls: index of the wall, from and to in metres from its start, lower bound of the
        seen part at both ends, upper bound at both ends, in metres above the ground. Pieces don't overlap.
    ground : ndarray (k, 10)
        Seen cells of ground: square bearing from and to; the near and the far side as forms of inverse
        distance; 1 where there is a near side (0 where the cell begins at the lens's foot); 1 where the
        far side is the arc at the range; and a number for what bounds it, near and far. Cells come by bearing,
        then by distance.
    """
    pieces = _in_sight(lens, walls)
    kept = _numbered(pieces)
    facades, ground = _swept(lens, _near(walls, kept), walls.slabs, pieces)
    return _on_walls(lens, facades, walls.ends, kept), ground


@njit(cache=True, nogil=True)
def _numbered(pieces):  # type: ignore[no-untyped-def]
    """Return the walls that are met, in order, and put their numbers among these in the place of theirs."""
    kept, n = np.empty(len(pieces), np.int64), 0
    for p in range(len(pieces)):
        wall = int(pieces[p, _WHICH])
        if n == 0 or kept[n - 1] != wall:
            kept[n] = wall
            n += 1
        pieces[p, _WHICH] = n - 1
    return kept[:n].copy()


# Columns of a wall as a walk meets it, as they are in `Standing`.
_TOP, _FOOT, _GAP_FROM, _GAP_TO, _BASE, _OF, _GROUNDED = range(7)


@njit(cache=True, nogil=True)
def _near(walls, kept):  # type: ignore[no-untyped-def]
    """Return some walls in one array: what is handed from kernel to kernel costs time for each array."""
    near = np.empty((len(kept), 7))
    for n in range(len(kept)):
        k, row = kept[n], near[n]
        row[_TOP], row[_FOOT], row[_BASE] = walls.tops[k], walls.feet[k], walls.bases[k]
        row[_GAP_FROM], row[_GAP_TO] = walls.gaps[k]
        row[_OF], row[_GROUNDED] = walls.prisms[k], walls.grounded[k]
    return near


@njit(cache=True, nogil=True)
def _swept(lens, near, slabs, pieces):  # type: ignore[no-untyped-def]
    bearings = _bearings(lens, pieces)
    by_start = np.argsort(pieces[:, 0])
    highest = 0.0
    for k in range(len(near)):
        highest = max(highest, near[k, _TOP])

    most = 2 * len(pieces) + 8
    facades, grounds = np.empty((most, _COLUMNS)), np.empty((most, 10))
    n_facades, n_grounds = 0, 0
    last_facade, last_ground = np.full((len(near), 2), -1, np.int64), np.full(8, -1, np.int64)
    active, nearness, n_active, begun = np.empty(len(pieces), np.int64), np.empty(len(pieces)), 0, 0
    lintels = np.empty((len(slabs), _LINTEL))
    bands = np.empty_like(lintels)

    for e in range(len(bearings) - 1):
        v0, v1 = bearings[e], bearings[e + 1]
        if v1 - v0 < _SAME_BEARING:
            continue
        middle = 0.5 * (v0 + v1)
        while begun < len(pieces) and pieces[by_start[begun], 0] <= middle:
            active[n_active] = by_start[begun]
            n_active += 1
            begun += 1
        n_active, hangs = _near_to_far(active, nearness, n_active, pieces, near, middle)
        hangs += len(slabs)
        if hangs > len(lintels):
            lintels = np.empty((2 * hangs, _LINTEL))
            bands = np.empty_like(lintels)
        side = round(0.5 * middle)
        low, high = _picture_edges(lens, middle, side)
        begin = v0
        while begin < v1 - _SAME_BEARING:
            rows = (n_active + 2) * (hangs + 1)
            if n_facades + rows > len(facades):
                facades = _grown(facades, rows)
            if n_grounds + rows > len(grounds):
                grounds = _grown(grounds, rows)
            until = v1
            while True:
                turn, more_facades, more_grounds = _walk(
                    lens, near, slabs, begin, until, side, low, high, highest, active, n_active, pieces, facades,
                    n_facades, grounds, n_grounds, lintels, bands,
                )  # fmt: skip
                if turn >= until:
                    break
                until = turn
            n_facades = _joined_facades(facades, n_facades, more_facades, last_facade)
            n_grounds = _joined_grounds(grounds, n_grounds, more_grounds, last_ground)
            begin = until
    return facades[:n_facades], grounds[:n_grounds].copy()


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
def _along(a, b, side):  # type: ignore[no-untyped-def]
    """Return a form (A, B) as the line a + b·v that it is on one side of the square."""
    c, s = _middle_of(side)
    slope = b * c - a * s
    return a * c + b * s - 2.0 * side * slope, slope


@njit(cache=True, nogil=True)
def _form_of(a, b, side):  # type: ignore[no-untyped-def]
    """Return the form (A, B) of a line a + b·v on one side of the square."""
    c, s = _middle_of(side)
    ahead = a + 2.0 * side * b
    return ahead * c - b * s, ahead * s + b * c


@njit(cache=True, nogil=True)
def _half_field(lens):  # type: ignore[no-untyped-def]
    """Return half of the horizontal field as a square bearing."""
    if lens.half_rad >= math.pi:
        return 4.0
    return square_bearing(math.cos(lens.half_rad), math.sin(lens.half_rad))


# Columns of what is known of a bin: the slope up to which it is closed, and how near, in inverse metres, what
# closes it is at least; the part of it that is closed besides, from and to; and the same of this part.
_SLOPE, _NEAR, _PART_FROM, _PART_TO, _PART_SLOPE, _PART_NEAR = range(6)

# Columns of a piece of wall: its span of bearings, its line there, the wall, and whether it faces the lens.
_A_LINE, _B_LINE, _WHICH, _ENTERS = 2, 3, 4, 5


class Field(NamedTuple):
    """Where a lens looks: its axis, half of its field as a square bearing, and the bins that this is cut into."""

    cos_a: float
    sin_a: float
    half: float
    start: float
    width: float
    bins: int


@njit(cache=True, nogil=True)
def field_of(lens: Lens) -> Field:
    """Return where a lens looks."""
    half = _half_field(lens)
    width = min(half / (0.5 * _BINS), 8.0 / _BINS) if half <= 1.0 else 8.0 / _BINS
    bins = 2 * math.ceil(half / width)
    return Field(math.cos(lens.axis_rad), math.sin(lens.axis_rad), half, -0.5 * bins * width, width, bins)


@njit(cache=True, nogil=True)
def _in_sight(lens, walls):  # type: ignore[no-untyped-def]
    """Return the walls that may matter, and their spans of bearings and lines on each side of the square.

    Cells of walls are taken from near to far, ring by ring. The field is cut into bins. What fills a bin, stands and is
    higher than the lens closes it for what is further off and less steep. A cell that lies in closed bins
    alone is passed over; where all bins are closed for all that is further off, the search ends.

    Walls that turn away hide nothing that their house's front does not hide, as long as it is higher than the
    lens; these are left out.

    Which walls remain does not depend on what else is in the scene: cells lie where they lie in any.
    """
    grid, field = walls.grid, field_of(lens)
    bins, pieces, found = np.zeros((field.bins, 6)), np.empty((256, 6)), 0
    column = math.floor((lens.x - grid.west) / grid.cell_m)
    row = math.floor((lens.y - grid.south) / grid.cell_m)
    rings = max(max(column, grid.columns - 1 - column), max(row, grid.rows - 1 - row))
    if math.isfinite(lens.range_m):
        rings = min(rings, math.ceil((lens.range_m + grid.overhang_m) / grid.cell_m))
    highest = max(walls.highest_m - lens.height_m, 0.0)
    closed, range2 = False, lens.range_m * lens.range_m
    for ring in range(min(rings, _FINE_RINGS) + 1):
        beyond = (ring - 1) * grid.cell_m - grid.overhang_m
        if beyond > 0.0 and _all_closed(bins, field, highest, beyond):
            closed = True
            break
        for r in range(max(row - ring, 0), min(row + ring, grid.rows - 1) + 1):
            across = 1 if abs(r - row) == ring else 2 * ring
            c = max(column - ring, 0) if across == 1 else column - ring
            while c <= min(column + ring, grid.columns - 1):
                cell = r * grid.columns + c
                if c >= 0 and off_box2(grid.bounds[cell], lens.x, lens.y) <= range2:
                    rise = max(walls.cell_tops[cell] - lens.height_m, 0.0)
                    if _box_matters(lens, field, grid.bounds[cell], rise, bins):
                        found, pieces = _cell_sighted(lens, field, walls, cell, bins, pieces, found)
                c += across
    if rings > _FINE_RINGS and not closed:
        found, pieces = _far_sighted(lens, field, walls, row, column, rings, bins, pieces, found)
    # What was taken in before what hides it.
    kept = 0
    for p in range(found):
        k = int(pieces[p, _WHICH])
        rise = max(max(walls.tops[k], walls.feet[k]) - lens.height_m, 0.0)
        piece = pieces[p]
        if not _hidden(piece[0], piece[1], piece[_A_LINE], piece[_B_LINE], rise, bins, field):
            pieces[kept] = pieces[p]
            kept += 1
    order = np.argsort(pieces[:kept, _WHICH], kind="mergesort")
    return pieces[order]


@njit(cache=True, nogil=True)
def _far_sighted(lens, field, walls, row, column, rings, bins, pieces, found):  # type: ignore[no-untyped-def]
    """Go on block by block, and in each from its near corner."""
    grid = walls.grid
    highest = max(walls.highest_m - lens.height_m, 0.0)
    block_rows = len(grid.block_bounds) // grid.block_columns
    block_row, block_column = row // BLOCK, column // BLOCK
    for ring in range((rings + BLOCK - 1) // BLOCK + 1):
        beyond = (ring - 1) * BLOCK * grid.cell_m - grid.overhang_m
        if beyond > 0.0 and _all_closed(bins, field, highest, beyond):
            break
        for br in range(max(block_row - ring, 0), min(block_row + ring, block_rows - 1) + 1):
            across = 1 if abs(br - block_row) == ring else 2 * ring
            bc = max(block_column - ring, 0) if across == 1 else block_column - ring
            while bc <= min(block_column + ring, grid.block_columns - 1):
                block = br * grid.block_columns + bc
                if bc >= 0 and walls.block_tops[block] > -np.inf:
                    rise = max(walls.block_tops[block] - lens.height_m, 0.0)
                    if _box_matters(lens, field, grid.block_bounds[block], rise, bins):
                        found, pieces = _block_sighted(
                            lens, field, walls, br, bc, row, column, bins, pieces, found
                        )
                bc += across
    return found, pieces


@njit(cache=True, nogil=True)
def _block_sighted(lens, field, walls, br, bc, row, column, bins, pieces, found):  # type: ignore[no-untyped-def]
    grid = walls.grid
    for i in range(BLOCK):
        r = br * BLOCK + (i if br * BLOCK >= row else BLOCK - 1 - i)
        for j in range(BLOCK):
            c = bc * BLOCK + (j if bc * BLOCK >= column else BLOCK - 1 - j)
            cell = r * grid.columns + c
            if abs(r - row) <= _FINE_RINGS and abs(c - column) <= _FINE_RINGS:
                continue
            if r < grid.rows and c < grid.columns and grid.first[cell] < grid.first[cell + 1]:
                rise = max(walls.cell_tops[cell] - lens.height_m, 0.0)
                if _box_matters(lens, field, grid.bounds[cell], rise, bins):
                    found, pieces = _cell_sighted(lens, field, walls, cell, bins, pieces, found)
    return found, pieces


@njit(cache=True, nogil=True)
def _cell_sighted(lens, field, walls, cell, bins, pieces, found):  # type: ignore[no-untyped-def]
    """Write down where walls show or hide, cut to the range, the field and the sides of the square."""
    grid, range2 = walls.grid, lens.range_m * lens.range_m
    for at in range(grid.first[cell], grid.first[cell + 1]):
        k = grid.members[at]
        east0, north0 = walls.ends[k, 0] - lens.x, walls.ends[k, 1] - lens.y
        east1, north1 = walls.ends[k, 2] - lens.x, walls.ends[k, 3] - lens.y
        cross = east0 * north1 - east1 * north0
        away = cross > 0.0
        over, stands = walls.tops[k] - lens.height_m, walls.bases[k] == -np.inf
        if away and over >= 0.0 and stands:
            continue
        x0, y0 = east0 * field.cos_a + north0 * field.sin_a, north0 * field.cos_a - east0 * field.sin_a
        x1, y1 = east1 * field.cos_a + north1 * field.sin_a, north1 * field.cos_a - east1 * field.sin_a
        dx, dy = x1 - x0, y1 - y0
        length2 = dx * dx + dy * dy
        if cross * cross <= 1e-18 * length2:
            continue  # in line with the lens: it fills no bearing
        a, b = dy / cross, -dx / cross
        if x0 * x0 + y0 * y0 > range2 or x1 * x1 + y1 * y1 > range2:
            half_chord2 = (range2 - cross * cross / length2) / length2
            if half_chord2 <= 0.0:
                continue
            foot, half_chord = -(x0 * dx + y0 * dy) / length2, math.sqrt(half_chord2)
            begin, end = max(0.0, foot - half_chord), min(1.0, foot + half_chord)
            if end <= begin:
                continue
            if end < 1.0:
                x1, y1 = x0 + end * dx, y0 + end * dy
            if begin > 0.0:
                x0, y0 = x0 + begin * dx, y0 + begin * dy
        first, last = square_bearing(x0, y0), square_bearing(x1, y1)
        if not away:
            first, last = last, first
        rise = max(over, walls.feet[k] - lens.height_m, 0.0)
        if found + 6 > len(pieces):
            pieces = _grown(pieces, 6)
        # The wall that crosses the line behind the lens, where bearings jump from 4 to −4, has two parts.
        behind = last < first
        for part in range(2):
            if part == 0:
                v0, v1 = first, (4.0 if behind else last)
            elif behind:
                v0, v1 = -4.0, last
            else:
                break
            v0, v1 = max(v0, -field.half), min(v1, field.half)
            while v1 - v0 >= _SAME_BEARING:
                side = math.floor(0.5 * (v0 + 1.0))
                corner = min(v1, 2.0 * side + 1.0)
                if corner - v0 >= _SAME_BEARING:
                    p, q = _along(a, b, side)
                    if not _hidden(v0, corner, p, q, rise, bins, field):
                        piece = pieces[found]
                        piece[0], piece[1], piece[_A_LINE], piece[_B_LINE] = v0, corner, p, q
                        piece[_WHICH], piece[_ENTERS] = float(k), (0.0 if away else 1.0)
                        found += 1
                        if not away and over > 0.0 and stands:
                            _close(v0, corner, p, q, over, bins, field)
                v0 = corner
    return found, pieces


@njit(cache=True, nogil=True)
def _close(v0, v1, a, b, rise, bins, field):  # type: ignore[no-untyped-def]
    """Close the bins that a wall fills, alone or with what was met before."""
    first = max(math.floor((v0 - field.start) / field.width), 0)
    for q in range(first, field.bins):
        low, high = field.start + q * field.width, field.start + (q + 1) * field.width
        if low >= v1:
            break
        from_v, to_v = max(v0, low), min(v1, high)
        least = min(a + b * from_v, a + b * to_v)
        steep, known = rise * least, bins[q]
        if to_v <= from_v or steep <= known[_SLOPE]:
            continue
        if from_v <= low and to_v >= high:
            known[_SLOPE], known[_NEAR] = steep, least
            continue
        part_from, part_to = known[_PART_FROM], known[_PART_TO]
        if part_to > part_from and from_v <= part_to + _SAME_BEARING and to_v >= part_from - _SAME_BEARING:
            known[_PART_FROM], known[_PART_TO] = min(part_from, from_v), max(part_to, to_v)
            known[_PART_SLOPE], known[_PART_NEAR] = min(known[_PART_SLOPE], steep), min(known[_PART_NEAR], least)
            if known[_PART_FROM] <= low + _SAME_BEARING and known[_PART_TO] >= high - _SAME_BEARING:
                if known[_PART_SLOPE] > known[_SLOPE]:
                    known[_SLOPE], known[_NEAR] = known[_PART_SLOPE], known[_PART_NEAR]
                known[_PART_FROM], known[_PART_TO] = 0.0, 0.0
        elif to_v - from_v > part_to - part_from:
            known[_PART_FROM], known[_PART_TO] = from_v, to_v
            known[_PART_SLOPE], known[_PART_NEAR] = steep, least


@njit(cache=True, nogil=True)
def _hidden(v0, v1, a, b, rise, bins, field):  # type: ignore[no-untyped-def]
    """Return whether each bin that a wall meets is closed by what is nearer and steeper."""
    first = max(0, math.floor((v0 - field.start) / field.width - 1e-9))
    last = min(field.bins - 1, math.floor((v1 - field.start) / field.width + 1e-9))
    for q in range(first, last + 1):
        slope, near = bins[q, _SLOPE], bins[q, _NEAR]
        if slope == 0.0:
            return False
        from_v = max(v0, field.start + q * field.width)
        to_v = min(v1, field.start + (q + 1) * field.width)
        nearest = max(a + b * from_v, a + b * to_v)
        if near <= nearest + _SAME or slope <= rise * nearest:
            return False
    return True


@njit(cache=True, nogil=True)
def _box_matters(lens, field, bounds, rise, bins):  # type: ignore[no-untyped-def]
    """Return whether something in a box may be in the range, in the field and not behind closed bins."""
    off2 = off_box2(bounds, lens.x, lens.y)
    if off2 == np.inf or off2 > lens.range_m * lens.range_m:
        return False
    if off2 < 1e-6:
        return True
    least, most, least_left, most_right = 4.0, -4.0, 4.0, -4.0
    for corner in range(4):
        east, north = bounds[2 * (corner & 1)] - lens.x, bounds[1 + (corner & 2)] - lens.y
        v = square_bearing(
            east * field.cos_a + north * field.sin_a, north * field.cos_a - east * field.sin_a
        )
        least, most = min(least, v), max(most, v)
        if v >= 0.0:
            least_left = min(least_left, v)
        else:
            most_right = max(most_right, v)
    nearness = 1.0 / math.sqrt(off2)
    # A box beside the lens takes up less than half of the turn: one across the line behind it has two parts.
    if most - least <= 4.0:
        return _bins_open(least, most, nearness, rise, bins, field)
    return _bins_open(least_left, 4.0, nearness, rise, bins, field) or _bins_open(
        -4.0, most_right, nearness, rise, bins, field
    )


@njit(cache=True, nogil=True)
def _bins_open(v0, v1, nearness, rise, bins, field):  # type: ignore[no-untyped-def]
    """Return whether some bin is open for what is no nearer, and rises no more, than this."""
    if v1 < -field.half or v0 > field.half:
        return False
    first = max(0, math.floor((v0 - field.start) / field.width - 1e-9))
    last = min(field.bins - 1, math.floor((v1 - field.start) / field.width + 1e-9))
    for q in range(first, last + 1):
        if bins[q, _SLOPE] == 0.0:
            return True
        nearest = _stretch(field.start + q * field.width, field.width) * nearness
        if bins[q, _NEAR] <= nearest + _SAME or bins[q, _SLOPE] <= rise * nearest:
            return True
    return False


@njit(cache=True, nogil=True)
def _all_closed(bins, field, rise, beyond_m):  # type: ignore[no-untyped-def]
    for q in range(field.bins):
        nearest = _stretch(field.start + q * field.width, field.width) / beyond_m
        if bins[q, _NEAR] <= nearest + _SAME or bins[q, _SLOPE] <= rise * nearest:
            return False
    return True


@njit(cache=True, nogil=True)
def _stretch(v, width):  # type: ignore[no-untyped-def]
    """Return how far the furthest point of a bin on the square is from the lens, or more."""
    u = abs(v - 2.0 * math.floor(0.5 * (v + 1.0)))
    u = min(max(u, abs(u - width)) + width, 1.0)
    return math.sqrt(1.0 + u * u)


@njit(cache=True, nogil=True)
def standing(
    ends: Floats, grid: WallGrid, prism: Ints, outside: Ints, against: Ints, roof_m: Floats, base_m: Floats, slabs: Floats
) -> Standing:
    """Return walls as they stand where prisms are as high as they are.

    Parameters
    ----------
    ends : ndarray (n, 4), metres
    grid : WallGrid
        That of these walls.
    prism, outside, against : ndarrays (n,)
        The prism of each wall, the one that it rises from, and the one in the air that is built against it; less
        than 0 for none.
    roof_m, base_m : ndarrays (prisms,), metres
    slabs : ndarray (m, 3)
    """
    n = len(ends)
    tops, feet, gaps, bases = np.empty(n), np.empty(n), np.empty((n, 2)), np.empty(n)
    grounded = np.empty(n, np.bool_)
    for k in range(n):
        tops[k], bases[k], grounded[k] = roof_m[prism[k]], base_m[prism[k]], outside[k] < 0
        feet[k] = max(0.0 if grounded[k] else roof_m[outside[k]], bases[k])
        gaps[k, 0] = base_m[against[k]] if against[k] >= 0 else np.inf
        gaps[k, 1] = roof_m[against[k]] if against[k] >= 0 else np.inf
    cell_tops, block_tops = _tops_of_cells(grid, tops, feet)
    highest_m = block_tops.max()
    return Standing(
        ends, tops, feet, gaps, bases, prism, grounded, slabs, grid, cell_tops, block_tops, highest_m
    )


@njit(cache=True, nogil=True)
def _tops_of_cells(grid, tops, feet):  # type: ignore[no-untyped-def]
    """Return the height of the highest thing that a wall of each cell and block has to do with, −∞ of none."""
    cells, blocks = np.full(len(grid.bounds), -np.inf), np.full(len(grid.block_bounds), -np.inf)
    for cell in range(len(cells)):
        for at in range(grid.first[cell], grid.first[cell + 1]):
            k = grid.members[at]
            cells[cell] = max(cells[cell], tops[k], feet[k])
        block = block_of(grid, cell)
        blocks[block] = max(blocks[block], cells[cell])
    return cells, blocks


@njit(cache=True, nogil=True)
def _bearings(lens, spans):  # type: ignore[no-untyped-def]
    """Return the bearings between which the walls met stay the same, in order.

    The corners of the square are among them; for a cone also the edges of the pyramid that stands for it.
    """
    half = _half_field(lens)
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
    if lens.cone > 0.0 and (_bounds(lens.low_slope) or _bounds(lens.high_slope)):
        for q in range(1 - _CONE_EDGES, _CONE_EDGES):
            t = q * _CONE_STEP
            if abs(t) < lens.half_rad:
                found[n] = square_bearing(math.cos(t), math.sin(t))
                n += 1
    return np.sort(found[:n])


@njit(cache=True, nogil=True)
def _bounds(slope):  # type: ignore[no-untyped-def]
    """Return whether a constant slope is an edge that needs the pyramid: level ones are forms as they are."""
    return math.isfinite(slope) and slope != 0.0


@njit(cache=True, nogil=True)
def _picture_edges(lens, middle, side):  # type: ignore[no-untyped-def]
    """Return the lower and the upper edge of the picture: whether there is one, its line, and its number."""
    a, b, face = 1.0, 0.0, 0
    if lens.cone > 0.0 and (_bounds(lens.low_slope) or _bounds(lens.high_slope)):
        x, y = pointing(middle)
        face = math.floor(math.atan2(y, x) / _CONE_STEP)
        at = (face + 0.5) * _CONE_STEP
        stretch = 1.0 / math.cos(0.5 * _CONE_STEP)
        a, b = stretch * math.cos(at), stretch * math.sin(at)
    low, high = (False, 0.0, 0.0, 0), (False, 0.0, 0.0, 0)
    if math.isfinite(lens.low_slope):
        p, q = _along(lens.low_slope * a, lens.low_slope * b, side)
        low = (True, p, q, -10 - 2 * (face + _CONE_EDGES))
    if math.isfinite(lens.high_slope):
        p, q = _along(lens.high_slope * a, lens.high_slope * b, side)
        high = (True, p, q, -11 - 2 * (face + _CONE_EDGES))
    return low, high


@njit(cache=True, nogil=True)
def _near_to_far(active, nearness, n_active, pieces, near, middle):  # type: ignore[no-untyped-def]
    """Drop the walls that have ended and order the others; they nearly are in order already.

    Returns how many there are, and how many of them hang in the air.
    """
    kept, hang = 0, 0
    for q in range(n_active):
        p = active[q]
        if pieces[p, 1] < middle:
            continue
        inverse = pieces[p, _A_LINE] + pieces[p, _B_LINE] * middle
        place = kept
        while place > 0 and nearness[place - 1] < inverse:
            nearness[place], active[place] = nearness[place - 1], active[place - 1]
            place -= 1
        nearness[place], active[place] = inverse, p
        kept += 1
        hang += near[int(pieces[p, _WHICH]), _BASE] > -np.inf
    return kept, hang


# Numbers for what bounds a row: the top of wall k is k, its foot or underside −1000 − k, the ends of a gap in it
# further down, a picture's edge from −10 down; the arc and the lens's own foot have these.
_BY_ARC: Final = -1
_BY_LENS: Final = -2
_BY_FOOT: Final = -1000
_BY_GAP: Final = -1_000_000_000
_BY_SLAB: Final = -3_000_000_000


@njit(cache=True, nogil=True)
def _walk(  # type: ignore[no-untyped-def]
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
    behind = (False, 0.0, 0.0, _BY_LENS)
    hung = _slabs(slabs, h, lintels)
    for q in range(n_active):
        p = active[q]
        k, entering, a, b = int(pieces[p, _WHICH]), pieces[p, _ENTERS] > 0.0, pieces[p, _A_LINE], pieces[p, _B_LINE]
        wall = near[k]
        top, base, grounded = wall[_TOP], wall[_BASE], wall[_GROUNDED] > 0.0
        hangs = base > -np.inf
        turn, n_bands = v1, 0
        if entering:
            if hung:
                turn, n_bands = _bands_at(k, wall[_OF], len(near), a, b, lintels, hung, bands, v0, v1)
                if turn < v1:
                    return turn, n_facades, n_grounds
            if over_ground and grounded and not hangs:
                turn, n_grounds = _ground_before(
                    lens, k, a, b, side, behind, shade, cap, v0, v1, grounds, n_grounds, bands[:n_bands]
                )
                if turn < v1:
                    return turn, n_facades, n_grounds
            foot = wall[_FOOT] if over_ground else max(wall[_FOOT], floor)
            turn, n_facades = _wall(
                k, foot, top, wall[_GAP_FROM], wall[_GAP_TO], h, a, b, side, shade, cap, v0, v1, facades, n_facades, bands[:n_bands]
            )
            if turn < v1:
                return turn, n_facades, n_grounds
        if hangs:
            turn, hung = _hung(k, wall[_OF], base, top, entering, a, b, h, lintels, hung, v0, v1)
            if turn < v1:
                return turn, n_facades, n_grounds
            continue
        # What is behind must look over this wall.
        rise = max(top, wall[_FOOT]) - h
        turn, shade = _greater(shade, rise * a, rise * b, k, v0, v1)
        if turn < v1:
            return turn, n_facades, n_grounds
        floor = top if entering else wall[_FOOT]
        over_ground = not entering and grounded
        behind = (True, a, b, k)
        if _closed(shade, cap, max(highest - h, 0.0), a, b, v0, v1):
            return v1, n_facades, n_grounds
    if over_ground:
        n_bands = _bands_to_the_range(lintels, hung, bands)
        turn, n_grounds = _ground_before(
            lens, _BY_ARC, 0.0, 0.0, side, behind, shade, cap, v0, v1, grounds, n_grounds, bands[:n_bands]
        )
        if turn < v1:
            return turn, n_facades, n_grounds
    return v1, n_facades, n_grounds


# A lintel, what a house in the air hides of the slopes at some bearings. Its lower bound, if one (`_LINE`), none
# (`_NONE`), or as far as its underside goes (`_YET`, where it hangs over the lens); that one's line and number; the
# same above; the prism; its underside and top above the lens; and whether the walk is still among its walls.
_NONE: Final = 0.0
_LINE: Final = 1.0
_YET: Final = 2.0
_PRISM, _UNDER, _OVER, _OPEN = 8, 9, 10, 11
_LINTEL: Final = 12


@njit(cache=True, nogil=True)
def _slabs(slabs, h, lintels):  # type: ignore[no-untyped-def]
    """Begin with what hangs above or below the lens; returns the number of lintels."""
    for j in range(len(slabs)):
        row = lintels[j]
        row[:] = 0.0
        row[_PRISM], row[_OPEN] = slabs[j, 0], 1.0
        row[_UNDER] = slabs[j, 1] - h
        # A lens that was drawn into the house that it stands on is just above it.
        row[_OVER] = slabs[j, 2] - h if row[_UNDER] >= 0.0 else min(slabs[j, 2] - h, -_ABOVE_ROOF_M)
        row[0] = _YET if row[_UNDER] >= 0.0 else _NONE
        row[4] = _NONE if row[_UNDER] >= 0.0 else _YET
    return len(slabs)


@njit(cache=True, nogil=True)
def _hung(k, prism, base, top, entering, a, b, h, lintels, hung, v0, v1):  # type: ignore[no-untyped-def]
    """Open a lintel where a house in the air begins, and end it where it does; returns their number."""
    if entering:
        under, over = base - h, top - h
        row = lintels[hung]
        row[0], row[1], row[2], row[3] = _LINE, under * a, under * b, float(_BY_FOOT - k)
        row[4], row[5], row[6], row[7] = _LINE, over * a, over * b, float(k)
        row[_PRISM], row[_UNDER], row[_OVER], row[_OPEN] = prism, under, over, 1.0
        return v1, hung + 1
    for j in range(hung - 1, -1, -1):
        row = lintels[j]
        if row[_OPEN] > 0.0 and row[_PRISM] == prism:
            turn = _reach(row, a, b, float(_BY_FOOT - k), float(k), row, v0, v1)
            row[_OPEN] = 0.0
            return turn, hung
    return v1, hung


@njit(cache=True, nogil=True)
def _reach(row, a, b, low_by, high_by, out, v0, v1):  # type: ignore[no-untyped-def]
    """Write down what a lintel hides that goes as far as a line; returns where the walk has to turn."""
    if row[0] == _YET:
        out[0], out[1], out[2], out[3] = _LINE, row[_UNDER] * a, row[_UNDER] * b, low_by
    else:
        out[0] = row[0]
        if row[0] == _LINE:
            least = (True, row[1], row[2], int(row[3]))
            turn, least = _lesser(least, row[_UNDER] * a, row[_UNDER] * b, int(low_by), v0, v1)
            if turn < v1:
                return turn
            out[1], out[2], out[3] = least[1], least[2], float(least[3])
    if row[4] == _YET:
        out[4], out[5], out[6], out[7] = _LINE, row[_OVER] * a, row[_OVER] * b, high_by
    else:
        out[4] = row[4]
        if row[4] == _LINE:
            most = (True, row[5], row[6], int(row[7]))
            turn, most = _greater(most, row[_OVER] * a, row[_OVER] * b, int(high_by), v0, v1)
            if turn < v1:
                return turn
            out[5], out[6], out[7] = most[1], most[2], float(most[3])
    return v1


@njit(cache=True, nogil=True)
def _bands_at(k, prism, n_walls, a, b, lintels, hung, bands, v0, v1):  # type: ignore[no-untyped-def]
    """Write down what the lintels hide up to a wall; returns where the walk has to turn, and their number."""
    n = 0
    for j in range(hung):
        row = lintels[j]
        if row[_OPEN] == 0.0:
            bands[n] = row
        elif row[_PRISM] == prism:
            continue
        else:
            by = _BY_SLAB - 2 * (j * n_walls + k)
            turn = _reach(row, a, b, float(by), float(by - 1), bands[n], v0, v1)
            if turn < v1:
                return turn, n
        n += 1
    return v1, n


@njit(cache=True, nogil=True)
def _bands_to_the_range(lintels, hung, bands):  # type: ignore[no-untyped-def]
    """Write down what the lintels hide of the ground up to the range; returns their number."""
    n = 0
    for j in range(hung):
        if lintels[j, _OPEN] > 0.0 and lintels[j, 0] == _YET:
            continue  # over the lens and all of the ground
        bands[n] = lintels[j]
        if lintels[j, _OPEN] > 0.0:
            bands[n, 4] = _NONE
        n += 1
    return n


@njit(cache=True, nogil=True)
def _ground_before(  # type: ignore[no-untyped-def]
    lens, k, a, b, side, behind, shade, cap, v0, v1, rows, n, lintels
):  # fmt: skip
    """Write down the ground that shows between the last wall and this one, or the range.

    Returns where the walk has to turn, and the new number of rows. The ground has the slope −h/r: it shows
    where that is above the shade and below the upper edge of the picture.
    """
    begin = behind
    per_m = -1.0 / lens.height_m
    if shade[0]:
        up, turn = _positive(shade[1], shade[2], v0, v1)
        if turn < v1 or up:
            return turn, n
        if behind[0]:
            turn, begin = _lesser(behind, per_m * shade[1], per_m * shade[2], shade[3], v0, v1)
            if turn < v1:
                return turn, n
        else:
            begin = (True, per_m * shade[1], per_m * shade[2], shade[3])
    end = (k != _BY_ARC, a, b, k)
    if cap[0]:
        over_a, over_b = per_m * cap[1], per_m * cap[2]
        closer, turn = _nearer(over_a, over_b, end, lens, v0, v1)
        if turn < v1:
            return turn, n
        if closer:
            end = (True, over_a, over_b, cap[3])
    if begin[0]:
        lit, turn = _nearer(begin[1], begin[2], end, lens, v0, v1)
        if turn < v1 or not lit:
            return turn, n
    first = n
    n = _write_ground(rows, n, v0, v1, side, begin, end)
    for j in range(len(lintels)):
        kept = n
        for row in range(first, n):
            turn, kept = _ground_without(rows, row, kept, lintels[j], side, lens, per_m, v0, v1)
            if turn < v1:
                return turn, n
        n = _without_void(rows, first, kept)
    return v1, n


@njit(cache=True, nogil=True)
def _ground_without(rows, row, kept, lintel, side, lens, per_m, v0, v1):  # type: ignore[no-untyped-def]
    """Take what a lintel hides out of a cell of ground; what lies beyond it is written behind the rows."""
    r = rows[row]
    near_a, near_b = _along(r[2], r[3], side)
    far_a, far_b = _along(r[4], r[5], side)
    near = (r[6] == 1.0, near_a, near_b, int(r[8]))
    far = (r[7] == 0.0, far_a, far_b, int(r[9]))
    # Before the lintel: from the near side to where its lower bound meets the ground.
    before, before_far = lintel[0] > 0.0, far
    if before:
        low_a, low_b = per_m * lintel[1], per_m * lintel[2]
        down, turn = _positive(low_a, low_b, v0, v1)
        if turn < v1:
            return turn, kept
        if not down:
            return v1, kept  # all of the ground is below the lintel
        closer, turn = _nearer(low_a, low_b, far, lens, v0, v1)
        if turn < v1:
            return turn, kept
        if not closer:
            return v1, kept
        before_far = (True, low_a, low_b, int(lintel[3]))
        if near[0]:
            before, turn = _nearer(near[1], near[2], before_far, lens, v0, v1)
            if turn < v1:
                return turn, kept
    after, after_near = lintel[4] > 0.0, near
    if after:
        high_a, high_b = per_m * lintel[5], per_m * lintel[6]
        down, turn = _positive(high_a, high_b, v0, v1)
        if turn < v1:
            return turn, kept
        after = down
        if after:
            after_near = (True, high_a, high_b, int(lintel[7]))
            if near[0]:
                turn, after_near = _lesser(near, high_a, high_b, int(lintel[7]), v0, v1)
                if turn < v1:
                    return turn, kept
            after, turn = _nearer(after_near[1], after_near[2], far, lens, v0, v1)
            if turn < v1:
                return turn, kept
    rows[row, 0] = np.nan
    if before:
        _write_ground(rows, row, v0, v1, side, near, before_far)
    if after:
        kept = _write_ground(rows, kept, v0, v1, side, after_near, far)
    return v1, kept


@njit(cache=True, nogil=True)
def _write_ground(rows, n, v0, v1, side, near, far):  # type: ignore[no-untyped-def]
    row = rows[n]
    row[0], row[1] = v0, v1
    row[2], row[3] = _form_of(near[1], near[2], side)
    row[4], row[5] = _form_of(far[1], far[2], side)
    row[6], row[7] = (1.0 if near[0] else 0.0), (0.0 if far[0] else 1.0)
    row[8], row[9] = float(near[3]), float(far[3])
    return n + 1


@njit(cache=True, nogil=True)
def _wall(  # type: ignore[no-untyped-def]
    k, foot, top, gap_low, gap_high, h, a, b, side, shade, cap, v0, v1, rows, n, lintels
):
    """Write down what shows of a wall above its foot, but for the gap where something is built against it."""
    turn = v1
    if min(gap_low, top) > foot:
        low_by, high_by = _BY_FOOT - k, (k if gap_low >= top else _BY_GAP - 2 * k)
        turn, n = _wall_between(
            k,
            foot - h,
            low_by,
            min(gap_low, top) - h,
            high_by,
            a,
            b,
            side,
            shade,
            cap,
            v0,
            v1,
            rows,
            n,
            lintels,
        )
    if turn >= v1 and gap_high < top and top > foot:
        turn, n = _wall_between(
            k, max(gap_high, foot) - h, _BY_GAP - 2 * k - 1, top - h, k, a, b, side, shade, cap, v0, v1, rows, n,
            lintels,
        )  # fmt: skip
    return turn, n


@njit(cache=True, nogil=True)
def _wall_between(  # type: ignore[no-untyped-def]
    k, foot, foot_by, top, top_by, a, b, side, shade, cap, v0, v1, rows, n, lintels
):
    """Write down what shows of a wall: from its lower bound, or its shade, to its upper one or the picture's edge.

    Returns where the walk has to turn, and the new number of rows.
    """
    turn, lower = _greater(shade, foot * a, foot * b, foot_by, v0, v1)
    if turn < v1:
        return turn, n
    turn, upper = _lesser(cap, top * a, top * b, top_by, v0, v1)
    if turn < v1:
        return turn, n
    shows, turn = _positive(upper[1] - lower[1], upper[2] - lower[2], v0, v1)
    if turn < v1 or not shows:
        return turn, n
    first = n
    n = _write_facade(rows, n, v0, v1, side, k, a, b, lower, upper)
    for j in range(len(lintels)):
        kept = n
        for row in range(first, n):
            turn, kept = _facade_without(rows, row, kept, lintels[j], side, k, a, b, v0, v1)
            if turn < v1:
                return turn, n
        n = _without_void(rows, first, kept)
    return v1, n


@njit(cache=True, nogil=True)
def _facade_without(rows, row, kept, lintel, side, k, a, b, v0, v1):  # type: ignore[no-untyped-def]
    """Take what a lintel hides out of a piece of wall; what shows above it is written behind the rows."""
    r = rows[row]
    low_a, low_b = _along(r[_LOW_A], r[_LOW_B], side)
    high_a, high_b = _along(r[_HIGH_A], r[_HIGH_B], side)
    lower, upper = (True, low_a, low_b, int(r[_LOW_BY])), (True, high_a, high_b, int(r[_HIGH_BY]))
    below, above = False, False
    below_high, above_low = upper, lower
    if lintel[0] > 0.0:
        below_high = (True, lintel[1], lintel[2], int(lintel[3]))
        clear, turn = _positive(lintel[1] - upper[1], lintel[2] - upper[2], v0, v1)
        if turn < v1 or clear:
            return turn, kept
        below, turn = _positive(lintel[1] - lower[1], lintel[2] - lower[2], v0, v1)
        if turn < v1:
            return turn, kept
    if lintel[4] > 0.0:
        clear, turn = _positive(lower[1] - lintel[5], lower[2] - lintel[6], v0, v1)
        if turn < v1 or clear:
            return turn, kept
        above_low = (True, lintel[5], lintel[6], int(lintel[7]))
        above, turn = _positive(upper[1] - lintel[5], upper[2] - lintel[6], v0, v1)
        if turn < v1:
            return turn, kept
    rows[row, _V0] = np.nan
    if below:
        _write_facade(rows, row, v0, v1, side, k, a, b, lower, below_high)
    if above:
        kept = _write_facade(rows, kept, v0, v1, side, k, a, b, above_low, upper)
    return v1, kept


@njit(cache=True, nogil=True)
def _write_facade(rows, n, v0, v1, side, k, a, b, lower, upper):  # type: ignore[no-untyped-def]
    row = rows[n]
    row[_V0], row[_V1], row[_KEY] = v0, v1, float(k)
    row[_LOW_BY], row[_HIGH_BY] = float(lower[3]), float(upper[3])
    row[_LOW_A], row[_LOW_B] = _form_of(lower[1], lower[2], side)
    row[_HIGH_A], row[_HIGH_B] = _form_of(upper[1], upper[2], side)
    row[_A], row[_B] = _form_of(a, b, side)
    return n + 1


@njit(cache=True, nogil=True)
def _without_void(rows, first, n):  # type: ignore[no-untyped-def]
    kept = first
    for row in range(first, n):
        if not math.isnan(rows[row, 0]):
            if kept != row:
                rows[kept] = rows[row]
            kept += 1
    return kept


@njit(cache=True, nogil=True)
def _greater(one, a, b, by, v0, v1):  # type: ignore[no-untyped-def]
    """Return where two lines change their order, and the greater one, the first of which may be none."""
    if not one[0]:
        return v1, (True, a, b, by)
    above, turn = _positive(a - one[1], b - one[2], v0, v1)
    return turn, ((True, a, b, by) if above else one)


@njit(cache=True, nogil=True)
def _lesser(one, a, b, by, v0, v1):  # type: ignore[no-untyped-def]
    """Return where two lines change their order, and the lesser one, the first of which may be none."""
    if not one[0]:
        return v1, (True, a, b, by)
    above, turn = _positive(one[1] - a, one[2] - b, v0, v1)
    return turn, ((True, a, b, by) if above else one)


@njit(cache=True, nogil=True)
def _nearer(a, b, other, lens, v0, v1):  # type: ignore[no-untyped-def]
    """Return whether a line is nearer than another one, or than the range if that is none, and where it changes."""
    if other[0]:
        return _positive(a - other[1], b - other[2], v0, v1)
    if math.isinf(lens.range_m):
        return _positive(a, b, v0, v1)
    return _within_range(a, b, lens.range_m, v0, v1)


@njit(cache=True, nogil=True)
def _closed(shade, cap, rise, a, b, v0, v1):  # type: ignore[no-untyped-def]
    """Return whether nothing further off can show: the shade is above all roofs, or above the picture."""
    shade0, shade1 = shade[1] + shade[2] * v0, shade[1] + shade[2] * v1
    if cap[0] and shade0 >= cap[1] + cap[2] * v0 and shade1 >= cap[1] + cap[2] * v1:
        return True
    return shade0 >= 0.0 and shade1 >= 0.0 and shade0 >= rise * (a + b * v0) and shade1 >= rise * (a + b * v1)


@njit(cache=True, nogil=True)
def _positive(a, b, v0, v1):  # type: ignore[no-untyped-def]
    """Return whether a + b·v is above 0 on a span, and where within it that changes, if it does."""
    at0, at1 = a + b * v0, a + b * v1
    if (at0 < -_SAME and at1 > _SAME) or (at0 > _SAME and at1 < -_SAME):
        root = v0 + (v1 - v0) * at0 / (at0 - at1)
        if v0 + _SAME_BEARING < root < v1 - _SAME_BEARING:
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
            if v0 + _SAME_BEARING < v < first - _SAME_BEARING and ahead + b * u > 0.0:
                first = v
    u = 0.5 * (v0 + first) - 2.0 * side
    near = ahead + b * u
    return near > 0.0 and near * near * square > 1.0 + u * u, first


@njit(cache=True, nogil=True)
def _joined_facades(rows, n_before, n_after, last):  # type: ignore[no-untyped-def]
    """Let each new row continue the last one of its wall where it goes on between the same bounds.

    Of a wall that shows below a lintel and above it, both parts go on.
    """
    n = n_before
    wall_before, place = -1, 0
    for new in range(n_before, n_after):
        wall = int(rows[new, _KEY])
        place = min(place + 1, 1) if wall == wall_before else 0
        wall_before = wall
        old = last[wall, place]
        if (
            old >= 0
            and rows[old, _V1] == rows[new, _V0]
            and rows[old, _LOW_BY] == rows[new, _LOW_BY]
            and rows[old, _HIGH_BY] == rows[new, _HIGH_BY]
        ):
            rows[old, _V1] = rows[new, _V1]
        else:
            if n != new:
                rows[n] = rows[new]
            last[wall, place] = n
            n += 1
    return n


@njit(cache=True, nogil=True)
def _joined_grounds(rows, n_before, n_after, last):  # type: ignore[no-untyped-def]
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


@njit(cache=True, nogil=True)
def _grown(rows, extra):  # type: ignore[no-untyped-def]
    larger = np.empty((2 * len(rows) + extra + 2, rows.shape[1]))
    larger[: len(rows)] = rows
    return larger


@njit(cache=True, nogil=True)
def _on_walls(lens, seen, ends, kept):  # type: ignore[no-untyped-def]
    """Return seen pieces from bearings and slopes to metres along the wall and above ground.

    What goes on across the line behind the lens is one piece again.
    """
    found, bounds = np.empty((len(seen), 7)), np.empty((len(seen), 4))
    n = 0
    for row in seen:
        k = kept[int(row[_KEY])]
        dx, dy = ends[k, 2] - ends[k, 0], ends[k, 3] - ends[k, 1]
        length = math.hypot(dx, dy)
        if 1.0 / math.hypot(row[_A], row[_B]) < EDGE_ON_M:
            continue
        cos_a, sin_a = math.cos(lens.axis_rad), math.sin(lens.axis_rad)
        # A wall that is seen has its house behind it, so that its start lies at the greater bearing.
        for end in range(2):
            px, py = pointing(row[_V1] if end == 0 else row[_V0])
            distance = 1.0 / (row[_A] * px + row[_B] * py)
            x = lens.x + distance * (px * cos_a - py * sin_a) - ends[k, 0]
            y = lens.y + distance * (px * sin_a + py * cos_a) - ends[k, 1]
            found[n, FROM + end] = min(max((x * dx + y * dy) / length, 0.0), length)
            found[n, LOW_FROM + end] = lens.height_m + distance * (row[_LOW_A] * px + row[_LOW_B] * py)
            found[n, HIGH_FROM + end] = lens.height_m + distance * (row[_HIGH_A] * px + row[_HIGH_B] * py)
        found[n, WALL] = k
        bounds[n] = row[:4]
        n += 1
    if lens.half_rad < math.pi:
        return found[:n].copy()
    return _across_the_line_behind(found[:n], bounds[:n])


@njit(cache=True, nogil=True)
def _across_the_line_behind(found, bounds):  # type: ignore[no-untyped-def]
    kept = np.ones(len(found), np.bool_)
    for late in range(len(found)):
        if bounds[late, _V1] != 4.0:
            continue
        for early in range(len(found)):
            if (
                bounds[early, _V0] == -4.0
                and kept[early]
                and early != late
                and found[early, WALL] == found[late, WALL]
                and bounds[early, _LOW_BY] == bounds[late, _LOW_BY]
                and bounds[early, _HIGH_BY] == bounds[late, _HIGH_BY]
            ):
                # The wall's start lies at the greater bearing: in the part that begins at −4.
                for column in (FROM, LOW_FROM, HIGH_FROM):
                    found[late, column] = found[early, column]
                kept[early] = False
                break
    return found[kept].copy()
