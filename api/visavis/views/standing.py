"""Walls as they stand around a lens."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from visavis.compiled import njit
from visavis.views.index import WallGrid, block_of
from visavis.views.walls import Floats, Ints


class Standing(NamedTuple):
    """Walls as they stand around a lens, in metres above the ground below it.

    Parameters
    ----------
    ends : ndarray (n, 4)
        x, y of start and end; the house lies to the left. Walls meet only at their ends.
    tops : ndarray (n,)
        The roof of the wall's own house.
    feet : ndarray (n,)
        What the wall rises from: the ground that its house stands on, or a lower roof before it.
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


@njit(cache=True, nogil=True)
def standing(
    ends: Floats,
    grid: WallGrid,
    prism: Ints,
    outside: Ints,
    against: Ints,
    roof_m: Floats,
    base_m: Floats,
    ground_m: Floats,
    slabs: Floats,
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
    roof_m, base_m, ground_m : ndarrays (prisms,), metres
        Top, lower edge of what hangs in the air, and the ground that each prism stands on.
    slabs : ndarray (m, 3)
    """
    n = len(ends)
    tops, feet, gaps, bases = np.empty(n), np.empty(n), np.empty((n, 2)), np.empty(n)
    grounded = np.empty(n, np.bool_)
    for k in range(n):
        tops[k], bases[k], grounded[k] = roof_m[prism[k]], base_m[prism[k]], outside[k] < 0
        feet[k] = max(ground_m[prism[k]] if grounded[k] else roof_m[outside[k]], bases[k])
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
        if grid.first[cell] == grid.first[cell + 1]:
            continue  # as most are of the few around one camera, and finding the block takes longest
        for at in range(grid.first[cell], grid.first[cell + 1]):
            k = grid.members[at]
            cells[cell] = max(cells[cell], tops[k], feet[k])
        block = block_of(grid, cell)
        blocks[block] = max(blocks[block], cells[cell])
    return cells, blocks
