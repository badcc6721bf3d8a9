"""Which walls may matter to a lens: cells of them from near to far, until every bearing is closed.

The field is cut into bins of bearings. What fills a bin, stands and is higher than the lens closes it for what is
further off and less steep: the floating horizon of hidden-line drawing, kept with a distance. A cell of walls
that lies in closed bins alone is passed over, and where all bins are closed for all that is further off the
search ends, however far the range. What is left out could change nothing; what is left in may.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np

from visavis.compiled import njit
from visavis.views.bearings import SAME, SAME_BEARING, half_field, line_of, square_bearing
from visavis.views.index import BLOCK, off_box2
from visavis.views.lens import Lens
from visavis.views.typed import ZERO

_BINS: Final = 256  # of the whole turn
_FINE_RINGS: Final = 8  # as far as cells are taken one by one, then by blocks

# Columns of what is known of a bin: the slope up to which it is closed, and how near, in inverse metres, what
# closes it is at least; the part of it that is closed besides, from and to; the same of this part; and how far the
# furthest point of the bin on the square is from the lens, or more.
_SLOPE, _NEAR, _PART_FROM, _PART_TO, _PART_SLOPE, _PART_NEAR, _STRETCH = range(7)

# Columns of a piece of wall: its span of bearings, its line there, the wall, and whether it faces the lens.
LINE_A, LINE_B, WHICH, ENTERS = 2, 3, 4, 5


class Field(NamedTuple):
    """Where a lens looks: its axis, half of its field as a square bearing, and the bins that this is cut into."""

    cos_a: float
    sin_a: float
    half: float
    start: float
    width: float
    per_bearing: float
    bins: int


@njit(cache=True, nogil=True)
def field_of(lens: Lens) -> Field:
    """Return where a lens looks."""
    half = half_field(lens)
    width = min(half / (0.5 * _BINS), 8.0 / _BINS) if half <= 1.0 else 8.0 / _BINS
    bins = 2 * math.ceil(half / width)
    return Field(
        math.cos(lens.axis_rad), math.sin(lens.axis_rad), half, -0.5 * bins * width, width, 1.0 / width, bins
    )


@njit(cache=True, nogil=True)
def in_sight(lens, walls):  # type: ignore[no-untyped-def]
    """Return the walls that may matter, and their spans of bearings and lines on each side of the square.

    Cells of walls are taken from near to far, ring by ring. The field is cut into bins. What fills a bin, stands and is
    higher than the lens closes it for what is further off and less steep. A cell that lies in closed bins
    alone is passed over; where all bins are closed for all that is further off, the search ends.

    Walls that turn away hide nothing that their house's front does not hide, as long as it is higher than the
    lens; these are left out.

    Which walls remain does not depend on what else is in the scene: cells lie where they lie in any.
    """
    grid, field = walls.grid, field_of(lens)
    bins, pieces, found = _open_bins(field), np.empty((256, 6)), ZERO
    column = math.floor((lens.x - grid.west) / grid.cell_m)
    row = math.floor((lens.y - grid.south) / grid.cell_m)
    rings = max(max(column, grid.columns - 1 - column), max(row, grid.rows - 1 - row))
    if math.isfinite(lens.range_m):
        rings = min(rings, math.ceil((lens.range_m + grid.overhang_m) / grid.cell_m))
    highest = max(walls.highest_m - lens.height_m, 0.0)
    closed, range2 = False, lens.range_m * lens.range_m
    for ring in range(min(rings, _FINE_RINGS) + 1):
        beyond = (ring - 1) * grid.cell_m - grid.overhang_m
        if beyond > 0.0 and _all_closed(bins, highest, beyond):
            closed = True
            break
        for r in range(max(row - ring, 0), min(row + ring, grid.rows - 1) + 1):
            across = 1 if abs(r - row) == ring else 2 * ring
            c = max(column - ring, 0) if across == 1 else column - ring
            while c <= min(column + ring, grid.columns - 1):
                cell = r * grid.columns + c
                if c >= 0 and off_box2(grid.bounds, cell, lens.x, lens.y) <= range2:
                    rise = max(walls.cell_tops[cell] - lens.height_m, 0.0)
                    if _box_matters(lens, field, grid.bounds, cell, rise, bins):
                        found, pieces = _cell_sighted(
                            lens, field, grid.first, grid.members, walls.ends, walls.tops, walls.feet, walls.bases,
                            cell, bins, pieces, found,
                        )  # fmt: skip
                c += across
    if rings > _FINE_RINGS and not closed:
        found, pieces = _far_sighted(lens, field, walls, row, column, rings, bins, pieces, found)
    # What was taken in before what hides it.
    kept = 0
    for p in range(found):
        k = int(pieces[p, WHICH])
        rise = max(max(walls.tops[k], walls.feet[k]) - lens.height_m, 0.0)
        if not _behind(pieces[p, 0], pieces[p, 1], pieces[p, LINE_A], pieces[p, LINE_B], rise, bins, field):
            if kept < p:
                pieces[kept] = pieces[p]
            kept += 1
    order = np.argsort(pieces[:kept, WHICH], kind="mergesort")
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
        if beyond > 0.0 and _all_closed(bins, highest, beyond):
            break
        for br in range(max(block_row - ring, 0), min(block_row + ring, block_rows - 1) + 1):
            across = 1 if abs(br - block_row) == ring else 2 * ring
            bc = max(block_column - ring, 0) if across == 1 else block_column - ring
            while bc <= min(block_column + ring, grid.block_columns - 1):
                block = br * grid.block_columns + bc
                if bc >= 0 and walls.block_tops[block] > -np.inf:
                    rise = max(walls.block_tops[block] - lens.height_m, 0.0)
                    if _box_matters(lens, field, grid.block_bounds, block, rise, bins):
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
                if _box_matters(lens, field, grid.bounds, cell, rise, bins):
                    found, pieces = _cell_sighted(
                        lens, field, grid.first, grid.members, walls.ends, walls.tops, walls.feet, walls.bases,
                        cell, bins, pieces, found,
                    )  # fmt: skip
    return found, pieces


@njit(cache=True, nogil=True)
def _cell_sighted(  # type: ignore[no-untyped-def]
    lens, field, cell_first, members, ends, tops, feet, bases, cell, bins, pieces, found
):  # fmt: skip
    """Write down where walls show or hide, cut to the range, the field and the sides of the square."""
    range2 = lens.range_m * lens.range_m
    for at in range(cell_first[cell], cell_first[cell + 1]):
        k = members[at]
        east0, north0 = ends[k, 0] - lens.x, ends[k, 1] - lens.y
        east1, north1 = ends[k, 2] - lens.x, ends[k, 3] - lens.y
        cross = east0 * north1 - east1 * north0
        away = cross > 0.0
        over, stands = tops[k] - lens.height_m, bases[k] == -np.inf
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
        rise = max(over, feet[k] - lens.height_m, 0.0)
        if found + 6 > len(pieces):
            pieces = grown(pieces, np.int64(6))
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
            while v1 - v0 >= SAME_BEARING:
                side = math.floor(0.5 * (v0 + 1.0))
                corner = min(v1, 2.0 * side + 1.0)
                if corner - v0 >= SAME_BEARING:
                    p, q = line_of(a, b, side)
                    if not _behind(v0, corner, p, q, rise, bins, field):
                        pieces[found, 0], pieces[found, 1] = v0, corner
                        pieces[found, LINE_A], pieces[found, LINE_B] = p, q
                        pieces[found, WHICH], pieces[found, ENTERS] = float(k), (0.0 if away else 1.0)
                        found += 1
                        if not away and over > 0.0 and stands:
                            _closing(v0, corner, p, q, over, bins, field)
                v0 = corner
    return found, pieces


@njit(cache=True, nogil=True)
def _closing(v0, v1, a, b, rise, bins, field):  # type: ignore[no-untyped-def]
    """Close the bins that a wall fills, alone or with what was met before."""
    first = max(math.floor((v0 - field.start) * field.per_bearing), 0)
    for q in range(first, field.bins):
        low, high = field.start + q * field.width, field.start + (q + 1) * field.width
        if low >= v1:
            break
        from_v, to_v = max(v0, low), min(v1, high)
        least = min(a + b * from_v, a + b * to_v)
        steep = rise * least
        if to_v <= from_v or steep <= bins[q, _SLOPE]:
            continue
        if from_v <= low and to_v >= high:
            bins[q, _SLOPE], bins[q, _NEAR] = steep, least
            continue
        part_from, part_to = bins[q, _PART_FROM], bins[q, _PART_TO]
        if part_to > part_from and from_v <= part_to + SAME_BEARING and to_v >= part_from - SAME_BEARING:
            part_from, part_to = min(part_from, from_v), max(part_to, to_v)
            bins[q, _PART_FROM], bins[q, _PART_TO] = part_from, part_to
            bins[q, _PART_SLOPE] = min(bins[q, _PART_SLOPE], steep)
            bins[q, _PART_NEAR] = min(bins[q, _PART_NEAR], least)
            if part_from <= low + SAME_BEARING and part_to >= high - SAME_BEARING:
                if bins[q, _PART_SLOPE] > bins[q, _SLOPE]:
                    bins[q, _SLOPE], bins[q, _NEAR] = bins[q, _PART_SLOPE], bins[q, _PART_NEAR]
                bins[q, _PART_FROM], bins[q, _PART_TO] = 0.0, 0.0
        elif to_v - from_v > part_to - part_from:
            bins[q, _PART_FROM], bins[q, _PART_TO] = from_v, to_v
            bins[q, _PART_SLOPE], bins[q, _PART_NEAR] = steep, least


@njit(cache=True, nogil=True)
def _behind(v0, v1, a, b, rise, bins, field):  # type: ignore[no-untyped-def]
    """Return whether each bin that a wall meets is closed by what is nearer and steeper."""
    first = max(0, math.floor((v0 - field.start) * field.per_bearing - 1e-9))
    last = min(field.bins - 1, math.floor((v1 - field.start) * field.per_bearing + 1e-9))
    for q in range(first, last + 1):
        slope, near = bins[q, _SLOPE], bins[q, _NEAR]
        if slope == 0.0:
            return False
        from_v = max(v0, field.start + q * field.width)
        to_v = min(v1, field.start + (q + 1) * field.width)
        nearest = max(a + b * from_v, a + b * to_v)
        if near <= nearest + SAME or slope <= rise * nearest:
            return False
    return True


@njit(cache=True, nogil=True)
def _box_matters(lens, field, bounds, k, rise, bins):  # type: ignore[no-untyped-def]
    """Return whether something in the kth box may be in the range, in the field and not behind closed bins."""
    off2 = off_box2(bounds, k, lens.x, lens.y)
    if off2 == np.inf or off2 > lens.range_m * lens.range_m:
        return False
    if off2 < 1e-6:
        return True
    least, most, least_left, most_right = 4.0, -4.0, 4.0, -4.0
    for corner in range(4):
        east, north = bounds[k, 2 * (corner & 1)] - lens.x, bounds[k, 1 + (corner & 2)] - lens.y
        v = square_bearing(east * field.cos_a + north * field.sin_a, north * field.cos_a - east * field.sin_a)
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
    first = max(0, math.floor((v0 - field.start) * field.per_bearing - 1e-9))
    last = min(field.bins - 1, math.floor((v1 - field.start) * field.per_bearing + 1e-9))
    for q in range(first, last + 1):
        if bins[q, _SLOPE] == 0.0:
            return True
        nearest = bins[q, _STRETCH] * nearness
        if bins[q, _NEAR] <= nearest + SAME or bins[q, _SLOPE] <= rise * nearest:
            return True
    return False


@njit(cache=True, nogil=True)
def _all_closed(bins, rise, beyond_m):  # type: ignore[no-untyped-def]
    for q in range(len(bins)):
        nearest = bins[q, _STRETCH] / beyond_m
        if bins[q, _NEAR] <= nearest + SAME or bins[q, _SLOPE] <= rise * nearest:
            return False
    return True


@njit(cache=True, nogil=True)
def _open_bins(field):  # type: ignore[no-untyped-def]
    bins = np.zeros((field.bins, 7))
    for q in range(field.bins):
        bins[q, _STRETCH] = _stretch(field.start + q * field.width, field.width)
    return bins


@njit(cache=True, nogil=True)
def _stretch(v, width):  # type: ignore[no-untyped-def]
    """Return how far the furthest point of a bin on the square is from the lens, or more."""
    u = abs(v - 2.0 * math.floor(0.5 * (v + 1.0)))
    u = min(max(u, abs(u - width)) + width, 1.0)
    return math.sqrt(1.0 + u * u)


@njit(cache=True, nogil=True)
def grown(rows, extra):  # type: ignore[no-untyped-def]
    """Return rows with room for at least so many more."""
    larger = np.empty((2 * len(rows) + extra + 2, rows.shape[1]))
    larger[: len(rows)] = rows
    return larger
