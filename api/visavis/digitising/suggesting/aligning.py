"""A placing made exact: walls are brought onto the nearest parallel lines of the sheet, again and again.

Iterated closest points with distances across the line (Chen and Medioni, Object modelling by registration of
multiple range images, 1992), Tukey's weights, first by a similarity and then by an affine map. Whether it helped is
judged by buildings that were left out of the fit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from visavis.digitising.suggesting.lines import Lines

Array = NDArray[np.float64]

_RADII_M: Final = (20.0, 14.0, 10.0, 7.0, 5.0, 4.0, 3.0, 2.5, 2.0, 2.0)
# From this radius on the sheet's stretch is fitted too.
_AFFINE_FROM_M: Final = 4.0
_PARALLEL: Final = float(np.cos(np.radians(12.0)))
_MOST_WALLS: Final = 30_000
_LEAST_WALLS: Final = 200
# A wall is drawn where a parallel line lies within so many metres of it.
_DRAWN_WITHIN_M: Final = 2.0


@dataclass(frozen=True, eq=False)
class Alignment:
    """What came of it.

    Parameters
    ----------
    matrix : array (2, 3)
        From sheet to metres.
    before_m, after_m : float
        Median distance from walls that were left out of the fit to the sheet's lines, before and after; of those
        within 10 m of a line at the start.
    drawn : float
        Share of the walls beneath the sheet that it draws.
    sd_m : float
        Error of a place along each axis: how far two fits, each to half of the buildings, put it apart.
    """

    matrix: Array
    before_m: float
    after_m: float
    drawn: float
    sd_m: float

    @property
    def gains(self) -> bool:
        """Whether it lies nearer than before."""
        return self.after_m < self.before_m


def align(sheet: Lines, walls: Lines, building: NDArray[np.int64], start: Array) -> Alignment | None:
    """Return a placing that fits the sheet's lines to walls; None where too few walls lie beneath it.

    Parameters
    ----------
    sheet : Lines
        Sheet coordinates.
    walls : Lines
        Metres.
    building : array (n,)
        Which building each point of `walls` is of.
    start : array (2, 3)
        From sheet to metres.
    """
    tree = cKDTree(sheet.at)
    beneath = _beneath(sheet, walls, start)
    if beneath.sum() < _LEAST_WALLS:
        return None
    near, owner = walls.some(beneath), building[beneath]
    half = np.random.default_rng(0).permutation(int(owner.max()) + 1)[owner] % 2 == 0
    if min(half.sum(), (~half).sum()) < _LEAST_WALLS / 4:
        return None
    back = _inverse(start)
    one, other = (_closed_in(tree, sheet, near.some(part), back) for part in (half, ~half))
    whole = _closed_in(tree, sheet, near, back)
    if one is None or other is None or whole is None:
        return None
    before = np.concatenate([_distances(tree, sheet, near.some(part), back) for part in (~half, half)])
    after = np.concatenate(
        [_distances(tree, sheet, near.some(part), fit) for part, fit in ((~half, one), (half, other))]
    )
    told = before < 10.0
    if not told.any():
        return None
    matrix = _inverse(whole)
    corners = _corners(sheet.at)
    apart = [corners @ m[:, :2].T + m[:, 2] for m in (_inverse(one), _inverse(other))]
    sd = float(np.sqrt(((apart[0] - apart[1]) ** 2).mean()) / 2)
    drawn = float((_distances(tree, sheet, near, whole) < _DRAWN_WITHIN_M).mean())
    return Alignment(matrix, float(np.median(before[told])), float(np.median(after[told])), drawn, sd)


def _closed_in(tree: cKDTree, sheet: Lines, walls: Lines, back: Array) -> Array | None:
    """Return the map from metres to the sheet after closing in on it."""
    if len(walls) > _MOST_WALLS:
        keep = np.zeros(len(walls), dtype=bool)
        keep[np.random.default_rng(1).choice(len(walls), _MOST_WALLS, replace=False)] = True
        walls = walls.some(keep)
    origin = walls.at.mean(axis=0)
    for radius in _RADII_M:
        for _ in range(3):
            scale = float(np.sqrt(abs(np.linalg.det(back[:, :2]))))
            found = _matched(tree, sheet, walls, back, radius * scale)
            if found is None:
                return None
            at, to, normal, off = found
            weight = (1 - np.minimum(np.abs(off) / (radius * scale), 1) ** 2) ** 2
            back = _solved(at - origin, to, normal, weight, affine=radius <= _AFFINE_FROM_M)
            back = np.column_stack([back[:, :2], back[:, 2] - back[:, :2] @ origin])
    return back


def _matched(
    tree: cKDTree, sheet: Lines, walls: Lines, back: Array, reach: float
) -> tuple[Array, Array, Array, Array] | None:
    """Return walls (metres) with the places and normals of the sheet's lines nearest to them, and their distance."""
    moved = walls.at @ back[:, :2].T + back[:, 2]
    along = walls.along @ back[:, :2].T
    along /= np.hypot(*along.T)[:, None]
    distance, nearest = tree.query(moved, k=6, distance_upper_bound=reach)
    known = np.isfinite(distance)
    index = np.where(known, nearest, 0)
    parallel = known & (np.abs((sheet.along[index] * along[:, None]).sum(axis=2)) > _PARALLEL)
    first = np.argmax(parallel, axis=1)
    good = parallel.any(axis=1)
    if good.sum() < _LEAST_WALLS / 4:
        return None
    chosen = index[np.arange(len(index)), first][good]
    normal = np.column_stack([-sheet.along[chosen, 1], sheet.along[chosen, 0]])
    off = ((moved[good] - sheet.at[chosen]) * normal).sum(axis=1)
    return walls.at[good], sheet.at[chosen], normal, off


def _solved(at: Array, to: Array, normal: Array, weight: Array, *, affine: bool) -> Array:
    """Return the map (2, 3) that brings `at` nearest to the lines through `to`, across them."""
    x, y = at.T
    one = np.ones(len(at))
    zero = np.zeros(len(at))
    if affine:
        rows = np.stack(
            [np.column_stack([x, y, one, zero, zero, zero]), np.column_stack([zero, zero, zero, x, y, one])],
            1,
        )
    else:
        # The sheet's y runs down: a turned and scaled map is mirrored.
        rows = np.stack([np.column_stack([x, y, one, zero]), np.column_stack([-y, x, zero, one])], 1)
    root = np.sqrt(weight)
    design = (rows * normal[:, :, None]).sum(axis=1) * root[:, None]
    wanted = (to * normal).sum(axis=1) * root
    solved = np.linalg.lstsq(design, wanted, rcond=None)[0]
    if affine:
        return np.asarray(solved.reshape(2, 3), dtype=np.float64)
    a, b, c, d = solved
    return np.array([[a, b, c], [b, -a, d]])


def _distances(tree: cKDTree, sheet: Lines, walls: Lines, back: Array) -> Array:
    """Return how far each wall lies from the nearest parallel line of the sheet, metres; 50 where none is near."""
    scale = float(np.sqrt(abs(np.linalg.det(back[:, :2]))))
    moved = walls.at @ back[:, :2].T + back[:, 2]
    along = walls.along @ back[:, :2].T
    along /= np.hypot(*along.T)[:, None]
    distance, nearest = tree.query(moved, k=6, distance_upper_bound=50 * scale)
    known = np.isfinite(distance)
    index = np.where(known, nearest, 0)
    parallel = known & (np.abs((sheet.along[index] * along[:, None]).sum(axis=2)) > _PARALLEL)
    normal = np.stack([-sheet.along[index][..., 1], sheet.along[index][..., 0]], axis=2)
    across = np.abs(((moved[:, None] - sheet.at[index]) * normal).sum(axis=2)) / scale
    return np.asarray(np.where(parallel, across, 50.0).min(axis=1))


def _beneath(sheet: Lines, walls: Lines, matrix: Array) -> NDArray[np.bool_]:
    back = _inverse(matrix)
    moved = walls.at @ back[:, :2].T + back[:, 2]
    # The frame of the map: a legend beside it has no walls beneath.
    low, high = np.quantile(sheet.at, [0.005, 0.995], axis=0)
    return np.asarray(((moved > low) & (moved < high)).all(axis=1))


def _corners(at: Array) -> Array:
    low, high = np.quantile(at, [0.01, 0.99], axis=0)
    return np.array([low, (high[0], low[1]), high, (low[0], high[1])])


def _inverse(matrix: Array) -> Array:
    linear = np.linalg.inv(matrix[:, :2])
    return np.column_stack([linear, -linear @ matrix[:, 2]])
