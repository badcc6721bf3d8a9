"""Which walls are near a place: a grid over the scene, looked up in compiled code."""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np

from visavis.compiled import njit
from visavis.views.walls import Floats, Ints

# Cells are this wide, a power of two times that where the scene is so large that there would be too many of them.
_CELL_M: Final = 32.0
_MOST_CELLS: Final = 4_000_000

# Cells are taken together in blocks of so many by so many.
BLOCK: Final = 8


class WallGrid(NamedTuple):
    """Walls by the cell that their middle lies in.

    Cells and blocks lie at multiples of their width, so that a part of a scene has the same cells as the whole.

    Parameters
    ----------
    west, south, cell_m : float, metres
    columns, rows : int
    first : ndarray (cells + 1,)
        Where the walls of each cell start among `members`; cells run east, then north.
    members : ndarray (n,)
        Walls of each cell in their order.
    bounds : ndarray (cells, 4), metres
        West, south, east and north end of the walls of each cell.
    block_columns : int
    block_bounds : ndarray (blocks, 4), metres
        The same for each block of `BLOCK` by `BLOCK` cells.
    overhang_m : float
        How far walls reach out of their cell at most.
    """

    west: float
    south: float
    cell_m: float
    columns: int
    rows: int
    first: Ints
    members: Ints
    bounds: Floats
    block_columns: int
    block_bounds: Floats
    overhang_m: float


def wall_grid(ends: Floats) -> WallGrid:
    """Return the grid of some walls, (n, 4), which may be none."""
    if not len(ends):
        none, nowhere = np.zeros(0, np.int64), np.array([[np.inf, np.inf, -np.inf, -np.inf]])
        return WallGrid(0.0, 0.0, _CELL_M, 1, 1, np.zeros(2, np.int64), none, nowhere, 1, nowhere, 0.0)
    middle = 0.5 * (ends[:, :2] + ends[:, 2:])
    low, high = middle.min(axis=0), middle.max(axis=0)
    area_m2 = float(np.prod(high - low + _CELL_M))
    doublings = math.ceil(max(0.0, 0.5 * math.log2(area_m2 / (_CELL_M * _CELL_M * _MOST_CELLS))))
    cell_m = _CELL_M * 2.0**doublings
    corner = np.floor(low / (cell_m * BLOCK)) * BLOCK
    columns, rows = (int(n) for n in np.floor(high / cell_m) - corner + 1)
    column, row = (np.floor(middle / cell_m) - corner).astype(np.int64).T
    west, south = (corner * cell_m).tolist()
    grid: WallGrid = _grid(ends, row * columns + column, west, south, cell_m, columns, rows)
    return grid


@njit(cache=True, nogil=True)
def _grid(ends, cell, west, south, cell_m, columns, rows):  # type: ignore[no-untyped-def]
    first = np.zeros(columns * rows + 1, np.int64)
    for k in range(len(ends)):
        first[cell[k] + 1] += 1
    first = np.cumsum(first)
    place, members = first[:-1].copy(), np.empty(len(ends), np.int64)
    block_columns = (columns - 1) // BLOCK + 1
    bounds = _nowhere(columns * rows)
    block_bounds = _nowhere(block_columns * ((rows - 1) // BLOCK + 1))
    overhang_m = 0.0
    for k in range(len(ends)):
        members[place[cell[k]]] = k
        place[cell[k]] += 1
        block = (cell[k] // columns // BLOCK) * block_columns + cell[k] % columns // BLOCK
        _hold(bounds[cell[k]], ends[k])
        _hold(block_bounds[block], ends[k])
        held = bounds[cell[k]]
        x, y = west + cell_m * (cell[k] % columns), south + cell_m * (cell[k] // columns)
        overhang_m = max(overhang_m, x - held[0], y - held[1], held[2] - x - cell_m, held[3] - y - cell_m)
    return WallGrid(
        west, south, cell_m, columns, rows, first, members, bounds, block_columns, block_bounds, overhang_m
    )


@njit(cache=True, nogil=True)
def _nowhere(n):  # type: ignore[no-untyped-def]
    bounds = np.full((n, 4), np.inf)
    bounds[:, 2:] = -np.inf
    return bounds


@njit(cache=True, nogil=True)
def _hold(bounds, wall):  # type: ignore[no-untyped-def]
    bounds[0], bounds[1] = min(bounds[0], wall[0], wall[2]), min(bounds[1], wall[1], wall[3])
    bounds[2], bounds[3] = max(bounds[2], wall[0], wall[2]), max(bounds[3], wall[1], wall[3])


@njit(cache=True, nogil=True)
def block_of(grid: WallGrid, cell: int) -> int:
    """Return the block that a cell belongs to."""
    return (cell // grid.columns // BLOCK) * grid.block_columns + cell % grid.columns // BLOCK


@njit(cache=True, nogil=True)
def walls_near(grid: WallGrid, ends: Floats, x: float, y: float, reach_m: float) -> Ints:
    """Return the walls, of those that the grid was made of, no further than `reach_m` from a place in plan."""
    reach = reach_m + grid.overhang_m
    west, east = _cells(x - reach - grid.west, x + reach - grid.west, grid.cell_m, grid.columns)
    south, north = _cells(y - reach - grid.south, y + reach - grid.south, grid.cell_m, grid.rows)
    most = 0
    for row in range(south, north):
        most += grid.first[row * grid.columns + east] - grid.first[row * grid.columns + west]
    found = np.empty(most, np.int64)
    n = 0
    for row in range(south, north):
        for cell in range(row * grid.columns + west, row * grid.columns + east):
            if off_box2(grid.bounds, cell, x, y) > reach_m * reach_m:
                continue
            for at in range(grid.first[cell], grid.first[cell + 1]):
                k = grid.members[at]
                if _within(ends[k], x, y, reach_m):
                    found[n] = k
                    n += 1
    return np.sort(found[:n])


@njit(cache=True, nogil=True)
def off_box2(bounds, k, x, y):  # type: ignore[no-untyped-def]
    """Return the square of the distance of a place from the kth of some boxes, 0 within it; ∞ where it is empty."""
    off_x = max(bounds[k, 0] - x, x - bounds[k, 2], 0.0)
    off_y = max(bounds[k, 1] - y, y - bounds[k, 3], 0.0)
    return off_x * off_x + off_y * off_y


@njit(cache=True, nogil=True)
def boxes_at(bounds: Floats, x: float, y: float) -> Ints:
    """Return which boxes, (n, 4), hold a place, in their order."""
    found, n = np.empty(len(bounds), np.int64), 0
    for k in range(len(bounds)):
        if bounds[k, 0] <= x <= bounds[k, 2] and bounds[k, 1] <= y <= bounds[k, 3]:
            found[n] = k
            n += 1
    return found[:n].copy()


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
