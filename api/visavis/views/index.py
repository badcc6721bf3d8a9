"""Which walls are near a place: a grid over the scene, looked up in compiled code."""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np
from numba import njit

from visavis.views.walls import Floats, Ints

# Cells are this wide, wider where the scene is so large that there would be too many of them.
_CELL_M: Final = 32.0
_MOST_CELLS: Final = 4_000_000


class WallGrid(NamedTuple):
    """Walls by the cells that their bounds meet.

    Parameters
    ----------
    west, south, cell_m : float, metres
    columns, rows : int
    first : ndarray (cells + 1,)
        Where the walls of each cell start among `members`; cells run east, then north.
    members : ndarray
        Walls of each cell in their order.
    ends : ndarray (n, 4), metres
        x, y of start and end of each wall.
    """

    west: float
    south: float
    cell_m: float
    columns: int
    rows: int
    first: Ints
    members: Ints
    ends: Floats


def wall_grid(ends: Floats) -> WallGrid:
    """Return the grid of some walls, (n, 4)."""
    if not len(ends):
        return WallGrid(0.0, 0.0, _CELL_M, 1, 1, np.zeros(2, np.int64), np.zeros(0, np.int64), ends)
    low, high = np.minimum(ends[:, :2], ends[:, 2:]), np.maximum(ends[:, :2], ends[:, 2:])
    corner, extent = low.min(axis=0), high.max(axis=0) - low.min(axis=0)
    cell_m = max(_CELL_M, math.sqrt(float(np.prod(extent + _CELL_M)) / _MOST_CELLS))
    columns, rows = (int(n) for n in np.floor(extent / cell_m) + 1)
    first, members = _filled(low, high, corner, cell_m, columns, rows)
    return WallGrid(float(corner[0]), float(corner[1]), cell_m, columns, rows, first, members, ends)


@njit(cache=True, nogil=True)
def _filled(low, high, corner, cell_m, columns, rows):  # type: ignore[no-untyped-def]
    first = np.zeros(columns * rows + 1, np.int64)
    members = np.empty(0, np.int64)
    for writing in range(2):
        place = first[:-1].copy()
        for k in range(len(low)):
            for row in range(
                int((low[k, 1] - corner[1]) / cell_m), int((high[k, 1] - corner[1]) / cell_m) + 1
            ):
                for column in range(
                    int((low[k, 0] - corner[0]) / cell_m), int((high[k, 0] - corner[0]) / cell_m) + 1
                ):
                    cell = row * columns + column
                    if writing:
                        members[place[cell]] = k
                        place[cell] += 1
                    else:
                        first[cell + 1] += 1
        if not writing:
            first = np.cumsum(first)
            members = np.empty(first[-1], np.int64)
    return first, members


@njit(cache=True, nogil=True)
def walls_near(grid: WallGrid, x: float, y: float, reach_m: float) -> Ints:
    """Return the walls no further than `reach_m` from a place in plan, in their order."""
    west, east = _cells(x - reach_m - grid.west, x + reach_m - grid.west, grid.cell_m, grid.columns)
    south, north = _cells(y - reach_m - grid.south, y + reach_m - grid.south, grid.cell_m, grid.rows)
    most = 0
    for row in range(south, north):
        most += grid.first[row * grid.columns + east] - grid.first[row * grid.columns + west]
    found = np.empty(most, np.int64)
    n = 0
    for row in range(south, north):
        start, end = grid.first[row * grid.columns + west], grid.first[row * grid.columns + east]
        for at in range(start, end):
            k = grid.members[at]
            if _within(grid.ends[k], x, y, reach_m):
                found[n] = k
                n += 1
    found = np.sort(found[:n])
    kept = 0
    for at in range(n):  # a wall across the border of two cells was met twice
        if kept == 0 or found[at] != found[kept - 1]:
            found[kept] = found[at]
            kept += 1
    return found[:kept].copy()


@njit(cache=True, nogil=True)
def _cells(low, high, cell_m, n):  # type: ignore[no-untyped-def]
    first = math.floor(min(max(low / cell_m, 0.0), float(n)))
    last = math.floor(min(max(high / cell_m, -1.0), float(n - 1)))
    return first, max(last + 1, first)


@njit(cache=True, nogil=True)
def _within(wall, x, y, reach_m):  # type: ignore[no-untyped-def]
    dx, dy = wall[2] - wall[0], wall[3] - wall[1]
    length2 = dx * dx + dy * dy
    along = ((x - wall[0]) * dx + (y - wall[1]) * dy) / length2 if length2 > 0.0 else 0.0
    along = min(max(along, 0.0), 1.0)
    off_x, off_y = wall[0] + along * dx - x, wall[1] + along * dy - y
    return off_x * off_x + off_y * off_y <= reach_m * reach_m


@njit(cache=True, nogil=True)
def gathered(walls: Ints, prism: Ints, others: Ints, building: Ints) -> tuple[Ints, Ints, Ints, Ints, Ints]:
    """Return the prisms and buildings around some walls, and each wall's place among them.

    Parameters
    ----------
    walls : ndarray (n,)
        Walls in their order: by prism, as prisms are by building.
    prism : ndarray (all walls,)
        The prism that each wall belongs to.
    others : ndarray (all walls, m)
        Further prisms that each wall has to do with, less than 0 for none.
    building : ndarray (prisms,)

    Returns
    -------
    prisms, own, other, buildings, of_building : ndarrays
        Prisms in order; each wall's own among them, and its others, −1 for none, (n, m); buildings in order; each
        wall's own among them.
    """
    n, more = len(walls), others.shape[1]
    prisms = np.empty((1 + more) * n, np.int64)
    met = 0
    for k in walls:
        prisms[met] = prism[k]
        met += 1
        for j in range(more):
            if others[k, j] >= 0:
                prisms[met] = others[k, j]
                met += 1
    prisms = np.sort(prisms[:met])
    kept = 0
    for at in range(met):
        if kept == 0 or prisms[at] != prisms[kept - 1]:
            prisms[kept] = prisms[at]
            kept += 1
    prisms = prisms[:kept].copy()
    own, other, of_building = np.empty(n, np.int64), np.full((n, more), -1, np.int64), np.empty(n, np.int64)
    buildings = np.empty(n, np.int64)
    found = 0
    for at in range(n):
        k = walls[at]
        own[at] = np.searchsorted(prisms, prism[k])
        for j in range(more):
            if others[k, j] >= 0:
                other[at, j] = np.searchsorted(prisms, others[k, j])
        mine = building[prism[k]]
        if found == 0 or buildings[found - 1] != mine:
            buildings[found] = mine
            found += 1
        of_building[at] = found - 1
    return prisms, own, other, buildings[:found].copy(), of_building
