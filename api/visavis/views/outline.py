"""The outline of seen ground: cells put together without overlaying them.

Cells meet along bearings. On a bearing where some end and others begin, what only one side covers is outline,
and what both cover is not; the near and far sides of the cells are the rest of it. So the lines are found by
counting, share their end points exactly, and close into rings.
"""

from __future__ import annotations

import math
from typing import Any, Final

import numpy as np
import shapely

from visavis.views.ground import CHORD_RAD, held
from visavis.views.sweep import Lens
from visavis.views.walls import Floats, Ints

# Bearings and distances closer than this are one: far above rounding, far below anything drawn.
_SAME_RAD: Final = 1e-9
_SAME_M: Final = 1e-6


def ground_polygon(cells: Floats, lens: Lens) -> Any:
    """Return seen ground as a (multi)polygon.

    Parameters
    ----------
    cells : ndarray (k, 9)
        What :func:`visavis.views.sweep.sweep` gives of the ground.
    lens : Lens
        The lens that saw them.
    """
    lines = _lines(cells, lens)
    faces = np.asarray(shapely.get_parts(shapely.polygonize(list(lines))), dtype=object)
    # Rings enclose seen ground as well as holes in it; a place inside tells which.
    inside = shapely.get_coordinates(shapely.point_on_surface(faces))
    seen = faces[held(cells, lens, inside) > 0.0]
    return seen[0] if len(seen) == 1 else shapely.MultiPolygon(list(seen))


def _lines(cells: Floats, lens: Lens) -> Any:
    bearing, at = _bearings(cells)
    distance = _corner_distances(cells, lens)
    group = np.repeat(at.reshape(-1, 2, 1), 2, axis=2)
    order = np.lexsort((distance.ravel(), group.ravel()))
    r, g = distance.ravel()[order], group.ravel()[order]
    fresh = np.append(True, (np.diff(g) != 0) | (np.diff(r) > _SAME_M))[: len(r)]
    node_of = np.empty(len(order), dtype=np.int64)
    node_of[order] = np.cumsum(fresh) - 1
    node = node_of.reshape(-1, 2, 2)  # of each cell: first or last bearing; near or far
    node_r, node_g = r[fresh], g[fresh]
    points = _points(node_r, bearing[node_g], lens)

    # How many cells that begin here, and that end here, cover what follows each node on its bearing.
    opens = np.zeros((2, len(node_r)), dtype=np.int64)
    for side in (0, 1):
        np.add.at(opens[side], node[:, side, 0], 1)
        np.add.at(opens[side], node[:, side, 1], -1)
    covered = np.cumsum(opens, axis=1) > 0
    radial = np.flatnonzero(covered[0] != covered[1])
    straight = cells[:, 7] == 0.0
    begins = cells[:, 6] == 1.0
    pairs = np.vstack(
        [
            np.column_stack([radial, radial + 1]),
            node[straight, :, 1],
            node[begins, :, 0],
        ]
    )
    pairs = pairs[pairs[:, 0] != pairs[:, 1]]
    lines = list(shapely.linestrings(points[pairs])) if len(pairs) else []
    arcs = [
        _arc(points[node[k, 0, 1]], points[node[k, 1, 1]], cells[k], lens) for k in np.flatnonzero(~straight)
    ]
    return [*lines, *arcs]


def _bearings(cells: Floats) -> tuple[Floats, Ints]:
    """Return the bearings on which cells begin or end, and for each cell's two ends which it is."""
    t = cells[:, :2].ravel()
    t = np.where(t > math.pi - _SAME_RAD, t - 2.0 * math.pi, t)  # the line behind, reached from either side
    order = np.argsort(t, kind="stable")
    fresh = np.append(True, np.diff(t[order]) > _SAME_RAD)[: len(t)]
    at = np.empty(len(t), dtype=np.int64)
    at[order] = np.cumsum(fresh) - 1
    return t[order][fresh], at


def _corner_distances(cells: Floats, lens: Lens) -> Floats:
    """Return how far off each cell's corners are, (k, 2, 2): first or last bearing; near or far."""
    cos_t, sin_t = np.cos(cells[:, :2]), np.sin(cells[:, :2])
    with np.errstate(divide="ignore"):
        near = 1.0 / (cells[:, 2:3] * cos_t + cells[:, 3:4] * sin_t)
        far = 1.0 / (cells[:, 4:5] * cos_t + cells[:, 5:6] * sin_t)
    near = np.where(cells[:, 6:7] == 1.0, near, 0.0)
    far = np.where(cells[:, 7:8] == 1.0, lens.range_m, far)
    # Where a cell ends in a point, rounding may have put its near corner behind the far one.
    return np.stack([np.minimum(near, far), far], axis=2)


def _points(distance_m: Floats, bearing_rad: Floats, lens: Lens) -> Floats:
    t = bearing_rad + lens.axis_rad
    return np.column_stack([lens.x + distance_m * np.cos(t), lens.y + distance_m * np.sin(t)])


def _arc(first: Floats, last: Floats, cell: Floats, lens: Lens) -> Any:
    n = max(1, math.ceil((cell[1] - cell[0]) / CHORD_RAD))
    t = np.linspace(cell[0], cell[1], n + 1)[1:-1]
    between = _points(np.full(len(t), lens.range_m), t, lens)
    return shapely.LineString(np.vstack([first, between, last]))
