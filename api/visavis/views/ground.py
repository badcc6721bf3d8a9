"""Cells of seen ground: which points they hold, and how much of an area.

A cell is a row of what :func:`visavis.views.sweep.sweep` returns.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from visavis.compiled import njit
from visavis.views.bearings import pointing, square_bearing
from visavis.views.lens import Lens
from visavis.views.walls import Floats, Ints

# The arc at the range is drawn with chords of this much square bearing, from a half to one degree: 1 cm inside the
# arc at 200 m.
CHORD: Final = math.radians(1.0)

_SLICES: Final = 64

# A side of a ring that is in line with the lens covers nothing: here, less than a thousandth of a square millimetre.
_IN_LINE_M2: Final = 1e-9


@njit(cache=True, nogil=True)
def chords(cell):  # type: ignore[no-untyped-def]
    """Return by how many chords the far side of a cell is drawn."""
    return max(1, math.ceil((cell[1] - cell[0]) / CHORD)) if cell[7] == 1.0 else 1


@njit(cache=True, nogil=True)
def held(cells: Floats, lens: Lens, points: Floats, found: NDArray[np.bool_]) -> None:
    """Write down which points, (n, 2), lie on ground in view: `found`, (n,), becomes true there."""
    # Cells by the slices of the turn that they meet.
    first, members = np.zeros(_SLICES + 1, np.int64), np.empty(0, np.int64)
    for writing in range(2):
        place = first[:-1].copy()
        for c in range(len(cells)):
            for k in range(_slice(cells[c, 0]), _slice(cells[c, 1]) + 1):
                if writing:
                    members[place[k]] = c
                    place[k] += 1
                else:
                    first[k + 1] += 1
        if not writing:
            first = np.cumsum(first)
            members = np.empty(first[-1], np.int64)
    cos_a, sin_a = math.cos(lens.axis_rad), math.sin(lens.axis_rad)
    range2 = lens.range_m * lens.range_m
    for k in range(len(points)):
        east, north = points[k, 0] - lens.x, points[k, 1] - lens.y
        x, y = east * cos_a + north * sin_a, north * cos_a - east * sin_a
        distance2 = x * x + y * y
        if distance2 > range2 or distance2 == 0.0:
            continue
        v = square_bearing(x, y)
        part = _slice(v)
        for at in range(first[part], first[part + 1]):
            c = members[at]
            if (
                cells[c, 0] <= v <= cells[c, 1]
                and (cells[c, 6] == 0.0 or cells[c, 2] * x + cells[c, 3] * y >= 1.0)
                and (cells[c, 7] == 1.0 or cells[c, 4] * x + cells[c, 5] * y <= 1.0)
            ):
                found[k] = True
                break


@njit(cache=True, nogil=True)
def _slice(v):  # type: ignore[no-untyped-def]
    return min(max(int((v + 4.0) * (_SLICES / 8.0)), 0), _SLICES - 1)


@njit(cache=True, nogil=True)
def areas(
    cells: Floats, lens: Lens, rings: Floats, first: Ints, area_of: Ints, signs: Floats, found: Floats
) -> None:
    """Add up how much of each area lies on ground in view, in m².

    Each side of a ring, seen from the lens, covers of each cell what lies before it; sides that run the one way
    count for the area and those that run the other way against it, as in the shoelace formula.

    Parameters
    ----------
    cells : ndarray (k, 10)
    lens : Lens
    rings : ndarray (points, 2)
        Corners of all rings, one ring after the other, not closed.
    first : ndarray (rings + 1,)
        Where each ring starts.
    area_of : ndarray (rings,)
        The area that each ring belongs to.
    signs : ndarray (rings,)
        +1 for an outline, −1 for a hole.
    found : ndarray (areas,)
        To which it is added.
    """
    cos_a, sin_a = math.cos(lens.axis_rad), math.sin(lens.axis_rad)
    for ring in range(len(area_of)):
        begin, end = first[ring], first[ring + 1]
        if _off_box(rings, begin, end, lens.x, lens.y) >= lens.range_m:
            continue
        double, k = 0.0, end - 1
        east, north = rings[k, 0] - lens.x, rings[k, 1] - lens.y
        x0, y0 = east * cos_a + north * sin_a, north * cos_a - east * sin_a
        v0 = square_bearing(x0, y0)
        for k in range(begin, end):
            east, north = rings[k, 0] - lens.x, rings[k, 1] - lens.y
            x1, y1 = east * cos_a + north * sin_a, north * cos_a - east * sin_a
            v1 = square_bearing(x1, y1)
            cross = x0 * y1 - x1 * y0
            a, b = _form_between(x0, y0, x1, y1, cross)
            if cross > _IN_LINE_M2:
                double += _before(cells, lens, v0, v1, a, b)
            elif cross < -_IN_LINE_M2:
                double -= _before(cells, lens, v1, v0, a, b)
            x0, y0, v0 = x1, y1, v1
        found[area_of[ring]] += signs[ring] * 0.5 * abs(double)


@njit(cache=True, nogil=True)
def _off_box(points, begin, end, x, y):  # type: ignore[no-untyped-def]
    """Return how far a place is from the bounds of some points, at most 0 within them."""
    west, south, east, north = np.inf, np.inf, -np.inf, -np.inf
    for k in range(begin, end):
        west, east = min(west, points[k, 0]), max(east, points[k, 0])
        south, north = min(south, points[k, 1]), max(north, points[k, 1])
    return max(west - x, x - east, south - y, y - north)


@njit(cache=True, nogil=True)
def _form_between(x0, y0, x1, y1, cross):  # type: ignore[no-untyped-def]
    """Return the line through two points, whose cross product is given, as a form of inverse distance."""
    return (y1 - y0) / cross, (x0 - x1) / cross


@njit(cache=True, nogil=True)
def _before(cells, lens, v0, v1, a, b):  # type: ignore[no-untyped-def]
    """Return twice the area of cells that lies before a line between two bearings."""
    if v1 < v0:  # across the line behind the lens
        return _before(cells, lens, v0, 4.0, a, b) + _before(cells, lens, -4.0, v1, a, b)
    double = 0.0
    # A row taken out of an array is an object that is counted, which takes longer than looking at it.
    for c in range(len(cells)):
        start, end = cells[c, 0], cells[c, 1]
        if start >= v1:
            break
        if end <= v0:
            continue
        parts = chords(cells[c])
        step = (end - start) / parts
        for part in range(max(int((v0 - start) / step), 0), parts):
            low = start + part * step
            high = end if part == parts - 1 else low + step
            if low >= v1:
                break
            far_a, far_b = cells[c, 4], cells[c, 5]
            if cells[c, 7] == 1.0:
                (x0, y0), (x1, y1) = _on_arc(low, lens.range_m), _on_arc(high, lens.range_m)
                far_a, far_b = _form_between(x0, y0, x1, y1, x0 * y1 - x1 * y0)
            low, high = max(low, v0), min(high, v1)
            if low < high:
                double += _part_before(
                    pointing(low),
                    pointing(high),
                    a,
                    b,
                    far_a,
                    far_b,
                    cells[c, 6] == 1.0,
                    cells[c, 2],
                    cells[c, 3],
                )
    return double


@njit(cache=True, nogil=True)
def _on_arc(v, range_m):  # type: ignore[no-untyped-def]
    px, py = pointing(v)
    stretch = range_m / math.hypot(px, py)
    return stretch * px, stretch * py


@njit(cache=True, nogil=True)
def _part_before(first, last, a, b, far_a, far_b, has_near, near_a, near_b):  # type: ignore[no-untyped-def]
    """Return twice the area between the near and the far side of a cell that lies before a line.

    All three are forms of inverse distance; from the one bearing to the other they change in proportion.
    """
    (x0, y0), (x1, y1) = first, last
    wide = x0 * y1 - x1 * y0
    line0, line1 = a * x0 + b * y0, a * x1 + b * y1
    far0, far1 = far_a * x0 + far_b * y0, far_a * x1 + far_b * y1
    near0 = max(near_a * x0 + near_b * y0, far0) if has_near else np.inf
    near1 = max(near_a * x1 + near_b * y1, far1) if has_near else np.inf
    if line0 >= near0 and line1 >= near1:
        return 0.0
    # Where the line leaves the cell on its far or its near side: there another one of the three bounds what is before.
    turns = (_crossing(line0 - far0, line1 - far1), _crossing(line0 - near0, line1 - near1))
    at = (0.0, min(turns), max(turns), 1.0)
    double = 0.0
    for k in range(3):
        s, e = at[k], at[k + 1]
        if e <= s:
            continue
        middle = 0.5 * (s + e)
        line = line0 + middle * (line1 - line0)
        if line <= far0 + middle * (far1 - far0):
            double += wide * (e - s) / ((far0 + s * (far1 - far0)) * (far0 + e * (far1 - far0)))
        elif not has_near or line < near0 + middle * (near1 - near0):
            double += wide * (e - s) / ((line0 + s * (line1 - line0)) * (line0 + e * (line1 - line0)))
        else:
            continue
        if has_near:
            double -= wide * (e - s) / ((near0 + s * (near1 - near0)) * (near0 + e * (near1 - near0)))
    return double


@njit(cache=True, nogil=True)
def _crossing(before, after):  # type: ignore[no-untyped-def]
    """Return where, from 0 to 1, a difference that changes in proportion is zero; 1 where it nowhere is."""
    return before / (before - after) if math.isfinite(before) and (before < 0.0) != (after < 0.0) else 1.0
