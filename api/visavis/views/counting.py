"""In how many draws a thing is in view."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from visavis.views.ground import areas, held, quads
from visavis.views.lens import Lens
from visavis.views.surroundings import Surroundings
from visavis.views.tallying import seen_of_buildings, seen_points
from visavis.views.walls import Floats, Ints

# What counts as seeing a façade, and ground: less is within the error of any map.
FACADE_SEEN_M: Final = 0.5
FACADE_SEEN_M2: Final = 0.5
GROUND_SEEN_M2: Final = 0.5


@dataclass(frozen=True)
class Asked:
    """What is to be counted.

    Parameters
    ----------
    wall, wall_points : ndarrays (n,), (n, 4)
        Points on walls: index of the wall, and a row for `visavis.views.tallying.seen_points`.
    ground_points : ndarray (m, 2), metres
    rings : tuple
        Areas of ground, as `visavis.views.targets.rings_of` gives them.
    areas : int
        Their number.
    """

    wall: Ints
    wall_points: Floats
    ground_points: Floats
    rings: tuple[Floats, Ints, Ints, Floats]
    areas: int


@dataclass(frozen=True)
class Counted:
    """Shares of draws in which things are in view, in the order in which they were asked.

    `wall_height_m` is how much of the wall shows on average in the draws that see the point; `fullest_draw`
    is the draw that sees most of each area.
    """

    wall_points: Floats
    wall_height_m: Floats
    buildings: Floats
    ground_points: Floats
    areas: Floats
    fullest_draw: Ints


def count(around: Surroundings, lenses: Sequence[Lens], roof_m: Floats, asked: Asked) -> Counted:
    """Look through each lens and count what is in view.

    Parameters
    ----------
    around : Surroundings
    lenses : sequence of Lens
        One for each draw.
    roof_m : ndarray (draws, prisms)
        The roofs of each draw.
    asked : Asked
    """
    order = np.argsort(asked.wall, kind="stable")
    first = np.searchsorted(asked.wall[order], np.arange(len(around.walls) + 1)).astype(np.int64)
    points = np.ascontiguousarray(asked.wall_points[order])
    on_walls, heights = np.zeros(len(points)), np.zeros(len(points))
    buildings, on_ground = np.zeros(len(around.buildings)), np.zeros(len(asked.ground_points))
    seen_areas, fullest, most = np.zeros(asked.areas), np.zeros(asked.areas, np.int64), np.zeros(asked.areas)
    for draw, lens in enumerate(lenses):
        facades, cells = around.seen(lens, roof_m[draw])
        seen, height = seen_points(facades, first, points)
        on_walls += seen
        heights += height
        length, area = seen_of_buildings(facades, around.building, len(around.buildings))
        buildings += (length >= FACADE_SEEN_M) & (area >= FACADE_SEEN_M2)
        on_ground += held(cells, lens, asked.ground_points)
        if asked.areas:
            in_view = areas(quads(cells, lens), *asked.rings, asked.areas)
            seen_areas += in_view >= GROUND_SEEN_M2
            fullest[in_view > most] = draw
            most = np.maximum(most, in_view)

    back = np.argsort(order, kind="stable")
    mean_height = np.divide(heights, on_walls, out=np.zeros(len(points)), where=on_walls > 0)
    n = len(lenses)
    return Counted(
        on_walls[back] / n, mean_height[back], buildings / n, on_ground / n, seen_areas / n, fullest
    )


def standard_error(probability: ArrayLike, draws: int) -> Floats:
    """Return the standard error of probabilities that were counted in some draws.

    That of a binomial share p̃ = (k + 2) / (n + 4) out of n + 4: unlike √(p (1 − p) / n) it is not zero where all
    draws or none agree (A. Agresti, B. A. Coull, *Approximate is better than "exact"*, 1998). Of a mean of
    several shares, and where draws are spread evenly, it is an upper bound.
    """
    trials = draws + 4.0
    share = (np.asarray(probability, dtype=np.float64) * draws + 2.0) / trials
    return np.asarray(np.sqrt(share * (1.0 - share)) / math.sqrt(trials))
