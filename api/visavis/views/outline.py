"""The outline of seen ground: cells put together without overlaying them.

Cells meet along bearings. On a bearing where some end and others begin, what only one side covers is outline, and
what both cover is not. Sorted by distance, the corners there pair off: the first with the second, the third with the
fourth, each pair the two ends of a piece of outline. From corner to partner and on along the far or near side of the
next cell, every ring is walked once, outer ones counter-clockwise.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any, Final

import numpy as np
import shapely

from visavis.compiled import njit
from visavis.views.bearings import pointing
from visavis.views.ground import chords
from visavis.views.lens import Lens
from visavis.views.typed import ZERO
from visavis.views.walls import Floats, Ints

# Bearings and distances closer than this are one: far above rounding, far below anything drawn.
_SAME_BEARING: Final = 1e-9
_SAME_M: Final = 1e-7

# The corners of a cell, and which way its sides are walked: out along the far side, back along the near one.
_START_NEAR, _START_FAR, _END_NEAR, _END_FAR = range(4)


def ground_polygon(cells: Floats, lens: Lens) -> Any:
    """Return seen ground as a (multi)polygon.

    Parameters
    ----------
    cells : ndarray (k, 10)
        What :func:`visavis.views.sweep.sweep` gives of the ground.
    lens : Lens
        The lens that saw them.
    """
    points, first, area = rings_of_cells(cells, lens)
    rings = np.asarray(
        [shapely.linearrings(points[start:end]) for start, end in pairwise(first.tolist())],
        dtype=object,
    )
    outer, holes = rings[area > 0.0], rings[area < 0.0]
    if not len(outer):
        return shapely.MultiPolygon()
    faces = np.asarray(shapely.polygons(outer), dtype=object)
    if len(holes):
        faces = _with_holes(outer, faces, holes)
    broken = ~shapely.is_valid(faces)
    if broken.any():  # a ring that touches itself in one point
        faces[broken] = shapely.make_valid(faces[broken])
        parts = shapely.get_parts(shapely.get_parts(faces))
        faces = parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON]
    return faces[0] if len(faces) == 1 else shapely.MultiPolygon(list(faces))


def _with_holes(outer: Any, faces: Any, holes: Any) -> Any:
    """Return faces with the holes that lie in them; of faces one in another the smallest that is larger has it."""
    gone = np.asarray(shapely.polygons(holes), dtype=object)
    inside, gone_m2, faces_m2 = shapely.point_on_surface(gone), shapely.area(gone), shapely.area(faces)
    owner = np.zeros(len(holes), dtype=np.int64)
    if len(faces) > 1:
        for face in np.argsort(-faces_m2, kind="stable"):
            shapely.prepare(faces[face])
            # A face within a hole may hold the point, but never the hole.
            owner[shapely.contains_properly(faces[face], inside) & (gone_m2 < faces_m2[face])] = face
    whole = faces.copy()
    for face in np.unique(owner):
        whole[face] = shapely.Polygon(outer[face], list(holes[owner == face]))
    return whole


@njit(cache=True, nogil=True)
def rings_of_cells(cells: Floats, lens: Lens) -> tuple[Floats, Ints, Floats]:
    """Return the rings around seen ground.

    Parameters
    ----------
    cells : ndarray (k, 10)
    lens : Lens

    Returns
    -------
    points : ndarray (n, 2), metres
        Corners of all rings, one ring after the other, each closed.
    first : ndarray (rings + 1,)
        Where each ring starts.
    area_m2 : ndarray (rings,)
        More than 0 for an outer ring, less for a hole.
    """
    k = len(cells)
    bearing, depth = np.empty(4 * k), np.empty(4 * k)
    room = 8
    for c in range(k):
        cell = cells[c]
        room += 4 + chords(cell)
        for end in range(2):
            v = cell[end]
            px, py = pointing(v)
            far = lens.range_m / math.hypot(px, py) if cell[7] == 1.0 else 1.0 / (cell[4] * px + cell[5] * py)
            near = 1.0 / (cell[2] * px + cell[3] * py) if cell[6] == 1.0 else 0.0
            # −4 and 4 are one bearing, straight behind.
            v = -4.0 if v > 4.0 - _SAME_BEARING else v
            corner = 4 * c + 2 * end
            bearing[corner], depth[corner] = v, min(near, far)
            bearing[corner + 1], depth[corner + 1] = v, far
    partner = _partners(bearing, depth)

    cos_a, sin_a = math.cos(lens.axis_rad), math.sin(lens.axis_rad)
    points, first, areas = np.empty((room, 2)), np.empty(2 * k + 2, np.int64), np.empty(2 * k + 2)
    walked = np.zeros((k, 2), np.bool_)
    n, rings = ZERO, ZERO
    first[0] = 0
    for c in range(k):
        for side in range(2):
            if walked[c, side]:
                continue
            begin = n
            cell, far = c, side == 1
            while not walked[cell, int(far)]:
                walked[cell, int(far)] = True
                leaves = 4 * cell + (_START_FAR if far else _END_NEAR)
                arrives = 4 * cell + (_END_FAR if far else _START_NEAR)
                n = _corner(points, begin, n, lens, cos_a, sin_a, cells[cell, 0 if far else 1], depth[leaves])
                if far and cells[cell, 7] == 1.0:
                    parts = chords(cells[cell])
                    step = (cells[cell, 1] - cells[cell, 0]) / parts
                    for part in range(1, parts):
                        v = cells[cell, 0] + part * step
                        px, py = pointing(v)
                        at = lens.range_m / math.hypot(px, py)
                        n = _corner(points, begin, n, lens, cos_a, sin_a, v, at)
                n = _corner(
                    points, begin, n, lens, cos_a, sin_a, cells[cell, 1 if far else 0], depth[arrives]
                )
                cell, corner = partner[arrives] // 4, partner[arrives] % 4
                far = corner == _START_FAR
            while n - begin > 1 and _close(points[begin], points[n - 1]):
                n -= 1
            if n - begin < 3:
                n = begin
                continue
            points[n] = points[begin]
            n += 1
            double = 0.0
            for j in range(begin, n - 1):
                double += (points[j, 0] - lens.x) * (points[j + 1, 1] - lens.y)
                double -= (points[j + 1, 0] - lens.x) * (points[j, 1] - lens.y)
            # What is thinner than rounding is no ring.
            if abs(double) <= 1e-9:
                n = begin
                continue
            areas[rings] = 0.5 * double
            rings += 1
            first[rings] = n
    return points[:n], first[: rings + 1], areas[:rings]


@njit(cache=True, nogil=True)
def _partners(bearing, depth):  # type: ignore[no-untyped-def]
    """Return which corner each corner is joined to along its bearing."""
    partner = np.arange(len(bearing))
    order = np.argsort(bearing)
    begin = ZERO
    while begin < len(order):
        end = begin + 1
        while end < len(order) and bearing[order[end]] - bearing[order[end - 1]] <= _SAME_BEARING:
            end += 1
        here = order[begin:end]
        for j in range(1, len(here)):  # nearly in order already: cells come from near to far
            corner, at = here[j], j
            while at > 0 and depth[here[at - 1]] > depth[corner]:
                here[at] = here[at - 1]
                at -= 1
            here[at] = corner
        _pair(here, depth, partner)
        begin = end
    return partner


@njit(cache=True, nogil=True)
def _pair(here, depth, partner):  # type: ignore[no-untyped-def]
    """Pair the corners on one bearing; of corners in one place such as keep each side either open or closed."""
    ended, begun = False, False  # whether a cell that ends here, or begins here, is being crossed
    waiting = -1
    for j in range(len(here)):
        best, best_rank = j, -1
        for i in range(j, len(here)):
            if depth[here[i]] - depth[here[j]] > _SAME_M:
                break
            ends, closes = here[i] % 4 >= 2, here[i] % 2 == 1
            is_open = ended if ends else begun
            if is_open != closes:
                continue
            other = begun if ends else ended
            rank = 2 if (not is_open) == other else 1
            if rank > best_rank:
                best, best_rank = i, rank
        corner = here[best]
        for i in range(best, j, -1):
            here[i] = here[i - 1]
        here[j] = corner
        if corner % 4 >= 2:
            ended = not ended
        else:
            begun = not begun
        if waiting < 0:
            waiting = corner
        else:
            partner[waiting], partner[corner] = corner, waiting
            waiting = -1


@njit(cache=True, nogil=True)
def _corner(points, begin, n, lens, cos_a, sin_a, v, depth):  # type: ignore[no-untyped-def]
    px, py = pointing(v)
    points[n, 0] = lens.x + depth * (px * cos_a - py * sin_a)
    points[n, 1] = lens.y + depth * (px * sin_a + py * cos_a)
    return n if n > begin and _close(points[n], points[n - 1]) else n + 1


@njit(cache=True, nogil=True)
def _close(one, other):  # type: ignore[no-untyped-def]
    return abs(one[0] - other[0]) <= _SAME_M and abs(one[1] - other[1]) <= _SAME_M
