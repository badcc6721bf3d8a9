"""Cells of seen ground: their outlines, which points they hold, and how much of an area.

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

# The direction of a shorter side is rounding.
_CORNER_M: Final = 1e-6


@njit(cache=True, nogil=True)
def quads(cells: Floats, lens: Lens) -> Floats:
    """Return cells as convex outlines of four corners, counter-clockwise; a cell at an arc becomes several.

    Parameters
    ----------
    cells : ndarray (k, 10)
    lens : Lens

    Returns
    -------
    ndarray (n, 4, 2), metres
        Near corner and far corner at the first bearing, far and near corner at the last.
    """
    n = 0
    for cell in cells:
        n += chords(cell)
    found = np.empty((n, 4, 2))
    cos_a, sin_a = math.cos(lens.axis_rad), math.sin(lens.axis_rad)
    n = 0
    for cell in cells:
        parts = chords(cell)
        step = (cell[1] - cell[0]) / parts
        for part in range(parts):
            _corners(cell, lens, cos_a, sin_a, cell[0] + part * step, found[n, 0], found[n, 1])
            last = cell[1] if part == parts - 1 else cell[0] + (part + 1) * step
            _corners(cell, lens, cos_a, sin_a, last, found[n, 3], found[n, 2])
            n += 1
    return found


@njit(cache=True, nogil=True)
def chords(cell):  # type: ignore[no-untyped-def]
    """Return by how many chords the far side of a cell is drawn."""
    return max(1, math.ceil((cell[1] - cell[0]) / CHORD)) if cell[7] == 1.0 else 1


@njit(cache=True, nogil=True)
def _corners(cell, lens, cos_a, sin_a, v, near, far):  # type: ignore[no-untyped-def]
    px, py = pointing(v)
    near_m = 1.0 / (cell[2] * px + cell[3] * py) if cell[6] == 1.0 else 0.0
    far_m = lens.range_m / math.hypot(px, py) if cell[7] == 1.0 else 1.0 / (cell[4] * px + cell[5] * py)
    near_m = min(near_m, far_m)  # rounding, where a cell ends in a point
    east, north = px * cos_a - py * sin_a, px * sin_a + py * cos_a
    near[0], near[1] = lens.x + near_m * east, lens.y + near_m * north
    far[0], far[1] = lens.x + far_m * east, lens.y + far_m * north


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
            cell = cells[members[at]]
            if (
                cell[0] <= v <= cell[1]
                and (cell[6] == 0.0 or cell[2] * x + cell[3] * y >= 1.0)
                and (cell[7] == 1.0 or cell[4] * x + cell[5] * y <= 1.0)
            ):
                found[k] = True
                break


@njit(cache=True, nogil=True)
def _slice(v):  # type: ignore[no-untyped-def]
    return min(max(int((v + 4.0) * (_SLICES / 8.0)), 0), _SLICES - 1)


@njit(cache=True, nogil=True)
def areas(outlines: Floats, rings: Floats, first: Ints, area_of: Ints, signs: Floats, found: Floats) -> None:
    """Add up how much of each area lies on ground in view, in m².

    Parameters
    ----------
    outlines : ndarray (m, 4, 2)
        What `quads` gives; outlines don't overlap.
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
    boxes = np.empty((len(outlines), 4))
    around = (np.inf, np.inf, -np.inf, -np.inf)
    for k in range(len(outlines)):
        box = _box(outlines[k], 0, 4)
        boxes[k, 0], boxes[k, 1], boxes[k, 2], boxes[k, 3] = box
        around = (
            min(around[0], box[0]), min(around[1], box[1]), max(around[2], box[2]), max(around[3], box[3]),
        )  # fmt: skip
    for ring in range(len(area_of)):
        west, south, east, north = _box(rings, first[ring], first[ring + 1])
        if around[2] <= west or around[0] >= east or around[3] <= south or around[1] >= north:
            continue
        corners = rings[first[ring] : first[ring + 1]]
        for k in range(len(boxes)):
            if boxes[k, 2] > west and boxes[k, 0] < east and boxes[k, 3] > south and boxes[k, 1] < north:
                found[area_of[ring]] += signs[ring] * _common(corners, outlines[k])


@njit(cache=True, nogil=True)
def _box(points, begin, end):  # type: ignore[no-untyped-def]
    """Return the bounds of some points."""
    west, south, east, north = np.inf, np.inf, -np.inf, -np.inf
    for k in range(begin, end):
        west, east = min(west, points[k, 0]), max(east, points[k, 0])
        south, north = min(south, points[k, 1]), max(north, points[k, 1])
    return west, south, east, north


@njit(cache=True, nogil=True)
def _common(ring, quad):  # type: ignore[no-untyped-def]
    """Return the area that a ring and a convex outline share.

    I. Sutherland, G. Hodgman, *Reentrant polygon clipping*, 1974. Where the ring is not convex the clipped one
    may run along the outline there and back, which adds no area.
    """
    kept = ring
    for side in range(4):
        x0, y0 = quad[side, 0], quad[side, 1]
        dx, dy = quad[(side + 1) % 4, 0] - x0, quad[(side + 1) % 4, 1] - y0
        if abs(dx) + abs(dy) < _CORNER_M:
            continue  # a cell that begins at the lens's foot, or ends in a point, has three corners
        clipped = np.empty((2 * len(kept) + 1, 2))
        n = 0
        for k in range(len(kept)):
            px, py = kept[k - 1, 0], kept[k - 1, 1]
            qx, qy = kept[k, 0], kept[k, 1]
            p_left, q_left = dx * (py - y0) - dy * (px - x0), dx * (qy - y0) - dy * (qx - x0)
            if (p_left < 0.0) != (q_left < 0.0):
                share = p_left / (p_left - q_left)
                clipped[n, 0], clipped[n, 1] = px + share * (qx - px), py + share * (qy - py)
                n += 1
            if q_left >= 0.0:
                clipped[n, 0], clipped[n, 1] = qx, qy
                n += 1
        if n < 3:
            return 0.0
        kept = clipped[:n]
    double = 0.0
    for k in range(len(kept)):
        double += kept[k - 1, 0] * kept[k, 1] - kept[k, 0] * kept[k - 1, 1]
    return 0.5 * abs(double)
