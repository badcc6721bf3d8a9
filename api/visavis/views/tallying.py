"""What each draw sees: points on walls and on the ground, buildings, areas."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from visavis.compiled import njit
from visavis.views.ground import areas, held
from visavis.views.index import WallGrid
from visavis.views.lens import Lens
from visavis.views.standing import standing
from visavis.views.sweep import sweep
from visavis.views.walls import Floats, Ints

Bools = NDArray[np.bool_]

# What counts as seeing a façade, and ground: less is within the error of any map.
FACADE_SEEN_M: Final = 0.5
FACADE_SEEN_M2: Final = 0.5
GROUND_SEEN_M2: Final = 0.5


class Around(NamedTuple):
    """Walls around a camera whose roofs are drawn.

    Parameters
    ----------
    ends : ndarray (n, 4), metres
    grid : WallGrid
        That of these walls.
    prism, outside, against : ndarrays (n,)
        As `visavis.views.standing.standing` takes them.
    base_m, ground_m : ndarrays (prisms,), metres
    building : ndarray (n,)
        Building of each wall, below `buildings`.
    buildings : int
    """

    ends: Floats
    grid: WallGrid
    prism: Ints
    outside: Ints
    against: Ints
    base_m: Floats
    ground_m: Floats
    building: Ints
    buildings: int


class Questions(NamedTuple):
    """What is asked of each draw.

    Parameters
    ----------
    first : ndarray (walls + 1,)
        Where the points of each wall start among `wall_points`.
    wall_points : ndarray (n, 4)
        As for `seen_points`.
    ground_points : ndarray (m, 2), metres
    rings, ring_first, ring_area, ring_sign
        Areas of ground, as `visavis.views.ground.areas` takes them.
    areas : int
        Their number.
    """

    first: Ints
    wall_points: Floats
    ground_points: Floats
    rings: Floats
    ring_first: Ints
    ring_area: Ints
    ring_sign: Floats
    areas: int


@njit(cache=True, nogil=True)
def tally(
    lenses: Floats,
    rise_m: Floats,
    roof_m: Floats,
    around: Around,
    slabs: Floats,
    slab_first: Ints,
    asked: Questions,
) -> tuple[Bools, Floats, Bools, Bools, Floats]:
    """Look through each lens and tell what is in view.

    Parameters
    ----------
    lenses : ndarray (draws, 10)
        The fields of `visavis.views.lens.Lens`.
    rise_m : ndarray (draws,)
        How far the ground below each lens lies above that of the scene.
    roof_m : ndarray (draws, prisms)
        Above the ground below the lens.
    around : Around
    slabs : ndarray (m, 3)
        What hangs over or under the lens, as in `Standing`, one draw after the other.
    slab_first : ndarray (draws + 1,)
        Where those of each draw start.
    asked : Questions

    Returns
    -------
    on_walls : ndarray (draws, wall points)
        Whether each point is in view.
    height_m : ndarray (wall points,)
        How much of the wall shows there, all draws together.
    of_buildings, on_ground : ndarrays (draws, buildings), (draws, ground points)
    area_m2 : ndarray (draws, areas)
        How much of each area is in view.
    """
    n = len(lenses)
    on_walls = np.zeros((n, len(asked.wall_points)), np.bool_)
    height_m = np.zeros(len(asked.wall_points))
    of_buildings = np.zeros((n, around.buildings), np.bool_)
    on_ground = np.zeros((n, len(asked.ground_points)), np.bool_)
    area_m2 = np.zeros((n, asked.areas))
    for draw in range(n):
        row = lenses[draw]
        lens = Lens(row[0], row[1], row[2], row[3], row[4], row[5], row[6], row[7], row[8], row[9])
        walls = standing(
            around.ends, around.grid, around.prism, around.outside, around.against, roof_m[draw],
            around.base_m - rise_m[draw], around.ground_m - rise_m[draw],
            slabs[slab_first[draw] : slab_first[draw + 1]],
        )  # fmt: skip
        facades, cells = sweep(lens, walls)
        seen_points(facades, asked.first, asked.wall_points, rise_m[draw], on_walls[draw], height_m)
        length, area = seen_of_buildings(facades, around.building, around.buildings)
        for k in range(around.buildings):
            of_buildings[draw, k] = length[k] >= FACADE_SEEN_M and area[k] >= FACADE_SEEN_M2
        held(cells, lens, asked.ground_points, on_ground[draw])
        if asked.areas:
            areas(cells, lens, asked.rings, asked.ring_first, asked.ring_area, asked.ring_sign, area_m2[draw])
    return on_walls, height_m, of_buildings, on_ground, area_m2


@njit(cache=True, nogil=True)
def seen_points(
    facades: Floats, first: Ints, points: Floats, rise_m: float, seen: Bools, height_m: Floats
) -> None:
    """Write down which points on walls are in view.

    Parameters
    ----------
    facades : ndarray (m, 7)
        What :func:`visavis.views.sweep.sweep` gives of walls.
    first : ndarray (walls + 1,)
        Where the points of each wall start among `points`.
    points : ndarray (n, 4), metres
        Place along the wall; the least and the greatest height that count; and how much of the wall must
        show between these.
    rise_m : float
        How far the level that heights of `facades` are above lies above that of `points`.
    seen : ndarray (n,)
        Becomes true where a point is in view.
    height_m : ndarray (n,)
        To which is added how much of the wall shows there between the two heights.
    """
    for f in range(len(facades)):
        wall, start, end = int(facades[f, 0]), facades[f, 1], facades[f, 2]
        for k in range(first[wall], first[wall + 1]):
            if not start <= points[k, 0] <= end:
                continue
            share = (points[k, 0] - start) / (end - start) if end > start else 0.0
            low = facades[f, 3] + share * (facades[f, 4] - facades[f, 3])
            high = facades[f, 5] + share * (facades[f, 6] - facades[f, 5])
            height = min(high, points[k, 2] - rise_m) - max(low, points[k, 1] - rise_m)
            if height > points[k, 3] and not seen[k]:
                seen[k] = True
                height_m[k] += height


@njit(cache=True, nogil=True)
def seen_of_buildings(facades: Floats, building: Ints, n: int) -> tuple[Floats, Floats]:
    """Return the length and the area of façade in view of each building.

    Parameters
    ----------
    facades : ndarray (m, 7)
    building : ndarray (walls,)
        Building of each wall, below `n`.
    n : int
        Number of buildings.
    """
    length_m, area_m2 = np.zeros(n), np.zeros(n)
    for f in range(len(facades)):
        k = building[int(facades[f, 0])]
        length = facades[f, 2] - facades[f, 1]
        length_m[k] += length
        area_m2[k] += 0.5 * length * (facades[f, 5] - facades[f, 3] + facades[f, 6] - facades[f, 4])
    return length_m, area_m2


@njit(cache=True, nogil=True)
def agreement(seen: Bools, near: Ints) -> tuple[Ints, Ints]:
    """Return how many draws see each thing, and how many do and their nearest ones don't, or the other way round.

    Parameters
    ----------
    seen : ndarray (draws, n)
    near : ndarray (draws,)
    """
    draws, n = seen.shape
    times, changes = np.zeros(n, np.int64), np.zeros(n, np.int64)
    # Counted in single bytes, of which a processor adds many at once, as many draws at a time as these can count.
    some, other = np.zeros(n, np.uint8), np.zeros(n, np.uint8)
    for draw in range(draws):
        for k in range(n):
            some[k] += np.uint8(seen[draw, k])
            other[k] += np.uint8(seen[draw, k] != seen[near[draw], k])
        if draw % 255 == 254 or draw == draws - 1:
            for k in range(n):
                times[k] += some[k]
                changes[k] += other[k]
            some[:] = 0
            other[:] = 0
    return times, changes
