"""Heights of the ground out of a terrain model: cells in, heights out.

A terrain model is cells of ground heights in a CRS of its own. Places are carried into that CRS and read between the
four cells around them, so that what is read does not depend on how much of the model is at hand.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import numpy as np
import pyproj
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# Heights are told in steps of this, about a millimetre: a power of two, so that their differences are exact.
STEP_M: Final = 1.0 / 1024.0

NOWHERE: Final = -1


@dataclass(frozen=True)
class Relief:
    """A part of a terrain model.

    Parameters
    ----------
    source_id : str
        The model.
    crs : str
        Its horizontal CRS, as WKT.
    to_cell : tuple of six floats
        (a, b, c, d, e, f): a place x, y lies in column a x + b y + c and row d x + e y + f of the whole model,
        whose first cell reaches from 0 to 1.
    first_column, first_row : int
        The cell of the whole model that this part begins with.
    heights_m : ndarray (rows, columns)
        NaN where the model does not know.
    """

    source_id: str
    crs: str
    to_cell: tuple[float, float, float, float, float, float]
    first_column: int
    first_row: int
    heights_m: NDArray[np.float32] | Floats


# What hands out the parts of terrain models within a box (west, south, east, north) of some CRS; the first goes before.
Terrain = Callable[[tuple[float, float, float, float], Any], Sequence[Relief]]


def ground_heights_m(x: Floats, y: Floats, crs: Any, reliefs: Sequence[Relief]) -> tuple[Floats, Ints]:
    """Return the height of the ground at places, and which of the models told it.

    Between the centres of four cells a height goes by the bilinear rule; where some of the four are not known, by
    those that are, as long as the cell in which the place lies is one of them.

    Parameters
    ----------
    x, y : ndarray (n,)
        In `crs`.
    crs : pyproj.CRS
    reliefs : sequence of Relief
        Of several that know a place the first counts.

    Returns
    -------
    heights_m : ndarray (n,)
        In steps of `STEP_M`; NaN where none of the models knows.
    which : ndarray (n,)
        Index into `reliefs`, or `NOWHERE`.
    """
    found, which = np.full(len(x), np.nan), np.full(len(x), NOWHERE, dtype=np.int64)
    for number, relief in enumerate(reliefs):
        open_ = np.flatnonzero(which == NOWHERE)
        if not len(open_):
            break
        at = _carried(pyproj.CRS(crs).to_wkt(), relief.crs).transform(x[open_], y[open_])
        heights = _between_cells(relief, *at)
        known = np.isfinite(heights)
        found[open_[known]], which[open_[known]] = heights[known], number
    return np.round(found / STEP_M) * STEP_M, which


@lru_cache(maxsize=64)
def _carried(from_wkt: str, to_wkt: str) -> pyproj.Transformer:
    return pyproj.Transformer.from_crs(from_wkt, to_wkt, always_xy=True)


def _between_cells(relief: Relief, x: Floats, y: Floats) -> Floats:
    a, b, c, d, e, f = relief.to_cell
    good = np.isfinite(x) & np.isfinite(y)
    x, y = np.where(good, x, 0.0), np.where(good, y, 0.0)
    column, row = a * x + b * y + c, d * x + e * y + f
    own = _cells(relief, np.floor(column), np.floor(row))
    left, upper = np.floor(column - 0.5), np.floor(row - 0.5)
    right_share, lower_share = column - 0.5 - left, row - 0.5 - upper
    total, weights = np.zeros(len(x)), np.zeros(len(x))
    for down, across in ((0, 0), (0, 1), (1, 0), (1, 1)):
        share = (lower_share if down else 1.0 - lower_share) * (right_share if across else 1.0 - right_share)
        heights = _cells(relief, left + across, upper + down)
        counts = np.isfinite(heights)
        total += np.where(counts, share * np.where(counts, heights, 0.0), 0.0)
        weights += np.where(counts, share, 0.0)
    known = good & np.isfinite(own) & (weights > 0.0)
    return np.asarray(np.divide(total, weights, out=np.full(len(x), np.nan), where=known))


def _cells(relief: Relief, column: Floats, row: Floats) -> Floats:
    """Return the heights of cells of the whole model; NaN of those that are not in this part."""
    rows, columns = relief.heights_m.shape
    column, row = column - relief.first_column, row - relief.first_row
    within = (column >= 0) & (column < columns) & (row >= 0) & (row < rows)
    heights = np.full(len(column), np.nan)
    heights[within] = relief.heights_m[row[within].astype(np.int64), column[within].astype(np.int64)]
    return heights
