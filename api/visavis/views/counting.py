"""In how many draws a thing is in view, and how well that is known."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from visavis.views.surroundings import Surroundings
from visavis.views.tallying import GROUND_SEEN_M2, Questions, agreement, tally
from visavis.views.walls import Floats, Ints


@dataclass(frozen=True)
class Asked:
    """What is to be counted.

    Parameters
    ----------
    wall, wall_points : ndarrays (n,), (n, 4)
        Points on walls: index of the wall, and a row for `visavis.views.tallying.seen_points`.
    ground_points : ndarray (m, 2), metres
    patches : sequence of int
        How many of `ground_points`, from the first on, stand for each patch of ground; those after them stand for
        themselves.
    rings : tuple
        Areas of ground, as `visavis.views.targets.rings_of` gives them.
    areas : int
        Their number.
    """

    wall: Ints
    wall_points: Floats
    ground_points: Floats
    patches: Sequence[int]
    rings: tuple[Floats, Ints, Ints, Floats]
    areas: int


@dataclass(frozen=True)
class Shares:
    """Shares of draws that see each of some things, and the standard error of each share, (n,)."""

    share: Floats
    se: Floats

    def __getitem__(self, some: NDArray[np.bool_] | slice) -> Shares:
        return Shares(self.share[some], self.se[some])

    def split(self, *lengths: int) -> list[Shares]:
        """Return the first so many, the next so many, and the rest."""
        at = np.cumsum(lengths)
        shares, errors = np.split(self.share, at), np.split(self.se, at)
        return [Shares(*each) for each in zip(shares, errors, strict=True)]


@dataclass(frozen=True)
class Counted:
    """Shares of draws in which things are in view, in the order in which they were asked.

    `wall_height_m` is how much of the wall shows on average in the draws that see the point; `patches` are told by
    the mean of their points; `fullest_draw` is the draw that sees most of each area.
    """

    wall_points: Shares
    wall_height_m: Floats
    buildings: Shares
    patches: Shares
    ground_points: Shares
    areas: Shares
    fullest_draw: Ints


def count(
    around: Surroundings,
    lenses: Floats,
    near: Ints,
    roof_m: Floats,
    asked: Asked,
    *,
    rise_m: Floats,
) -> Counted:
    """Look through each lens and count what is in view.

    Parameters
    ----------
    around : Surroundings
    lenses : ndarray (draws, 10)
        The fields of `Lens`, one row for each draw.
    near : ndarray (draws,)
        For each draw another one that is much like it.
    roof_m : ndarray (draws, prisms)
        The roofs of each draw, above the ground below its lens.
    asked : Asked
    rise_m : ndarray (draws,)
        How far the ground below each lens lies above that of the scene.
    """
    order = np.argsort(asked.wall, kind="stable")
    first = np.searchsorted(asked.wall[order], np.arange(len(around.walls) + 1)).astype(np.int64)
    questions = Questions(
        first, np.ascontiguousarray(asked.wall_points[order]), asked.ground_points, *asked.rings, asked.areas
    )
    slabs, slab_first = around.slabs(roof_m, lenses, rise_m)
    on_walls, height_m, of_buildings, on_ground, area_m2 = tally(
        lenses, rise_m, roof_m, around.town, slabs, slab_first, questions
    )
    back = np.argsort(order, kind="stable")
    wall_points = _shares(on_walls, near)
    times = wall_points.share * len(lenses)
    mean_height = np.divide(height_m, times, out=np.zeros(len(times)), where=times > 0)
    of_patches = [part.mean(axis=1) for part in np.split(on_ground, np.cumsum(asked.patches), axis=1)[:-1]]
    fullest = area_m2.argmax(axis=0) if asked.areas else np.zeros(0)
    return Counted(
        wall_points=Shares(wall_points.share[back], wall_points.se[back]),
        wall_height_m=mean_height[back],
        buildings=_shares(of_buildings, near),
        patches=_mean_shares(np.array(of_patches).reshape(len(of_patches), len(lenses)).T, near),
        ground_points=_shares(np.ascontiguousarray(on_ground[:, sum(asked.patches) :]), near),
        areas=_shares(area_m2 >= GROUND_SEEN_M2, near),
        fullest_draw=fullest.astype(np.int64),
    )


def _shares(seen: NDArray[np.bool_], near: Ints) -> Shares:
    """Return the share of draws that see each thing, (draws, n), with its error."""
    times, changes = agreement(seen, near)
    share = times / len(seen)
    return Shares(share, standard_error(share, changes.astype(np.float64), len(seen)))


def _mean_shares(values: Floats, near: Ints) -> Shares:
    """Return the mean of what each draw sees of some things, (draws, n), from 0 to 1, with its error."""
    share = values.mean(axis=0)
    return Shares(share, standard_error(share, ((values - values[near]) ** 2).sum(axis=0), len(values)))


def standard_error(share: Floats, changes: Floats, draws: int) -> Floats:
    """Return the standard error of shares of draws.

    Draws are spread evenly, so that each stands for the part of what is possible around it, and what is off is what
    changes within such parts. How much that is, is told by pairs of draws that are much alike: half of the mean
    square of their difference is the variance within a part (P. Hall, J. Kay, D. Titterington, *Asymptotically
    optimal difference-based estimation of variance in nonparametric regression*, 1990). As pairs lie further apart than
    parts are wide, this is more than the true one. One pair in addition that differs by one half keeps it from
    being zero where all draws agree. It is never more than that of independent draws: of a binomial share
    p̃ = (k + 2) / (n + 4) out of n + 4 (A. Agresti, B. Coull, *Approximate is better than "exact"*, 1998).

    Parameters
    ----------
    share : ndarray (n,)
    changes : ndarray (n,)
        Sum over all draws of the square of the difference from a draw that is much alike.
    draws : int
    """
    even = np.sqrt((changes + 0.5) / (draws + 1.0) / (2.0 * draws))
    trials = draws + 4.0
    middle = (share * draws + 2.0) / trials
    return np.asarray(np.minimum(even, np.sqrt(middle * (1.0 - middle)) / math.sqrt(trials)))
