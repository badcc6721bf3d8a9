"""How well a sheet was read, against cameras whose truth is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from scipy.special import chdtri, ndtri

from visavis.model.angles import turn_deg
from visavis.model.crs import local_crs

Array = NDArray[np.float64]

RADIUS_M: Final = 15.0
_FAR: Final = 1e6  # dearer than any match: the number of matches comes before their distance
_WITHIN_95_PLANE: Final = float(np.sqrt(chdtri(2, 0.05)))
_WITHIN_95_LINE: Final = float(ndtri(0.975))


@dataclass(frozen=True)
class Score:
    """Figures of a comparison; None where there is nothing to compare.

    Shares are of 1; `position_*` in metres, `direction_deg_*` in degrees; `direction_invented` counts
    cameras given a direction that the truth lacks; `*_covered_95` is the share of errors within the
    95 % bound that the prediction states.
    """

    truth: int
    predicted: int
    recall: float | None
    precision: float | None
    kind: float | None
    label: float | None
    position_m_median: float | None
    position_m_p95: float | None
    direction_found: float | None
    direction_deg_median: float | None
    direction_deg_p95: float | None
    direction_within_10: float | None
    direction_invented: int
    position_covered_95: float | None
    direction_covered_95: float | None


def score(truth: gpd.GeoDataFrame, predicted: gpd.GeoDataFrame, radius_m: float = RADIUS_M) -> Score:
    """Return how well `predicted` tells `truth`.

    Each prediction is matched to at most one camera of the truth within the radius: as many as can
    be, then so that their distances sum to the least.

    Parameters
    ----------
    truth, predicted : GeoDataFrame in CRS84, points
        With `kind`, `label`, `azimuth_deg`; `predicted` may have `position_sd_m`, `azimuth_sd_deg`.
    radius_m : float
    """
    rows, columns, distance = matched(truth, predicted, radius_m)
    true, read = truth.iloc[rows].reset_index(drop=True), predicted.iloc[columns].reset_index(drop=True)
    azimuth, told = _numbers(true, "azimuth_deg"), _numbers(read, "azimuth_deg")
    known = np.isfinite(azimuth)
    found = known & np.isfinite(told)
    error = np.abs(turn_deg(azimuth[found], told[found]))
    return Score(
        truth=len(truth),
        predicted=len(predicted),
        recall=_share(len(rows), len(truth)),
        precision=_share(len(rows), len(predicted)),
        kind=_alike(true, read, "kind"),
        label=_alike(true, read, "label"),
        position_m_median=_quantile(distance, 0.5),
        position_m_p95=_quantile(distance, 0.95),
        direction_found=_share(int(found.sum()), int(known.sum())),
        direction_deg_median=_quantile(error, 0.5),
        direction_deg_p95=_quantile(error, 0.95),
        direction_within_10=_share(int((error <= 10).sum()), int(known.sum())),
        direction_invented=int((~known & np.isfinite(told)).sum()),
        position_covered_95=_covered(distance, _numbers(read, "position_sd_m"), _WITHIN_95_PLANE),
        direction_covered_95=_covered(error, _numbers(read, "azimuth_sd_deg")[found], _WITHIN_95_LINE),
    )


def matched(
    truth: gpd.GeoDataFrame, predicted: gpd.GeoDataFrame, radius_m: float = RADIUS_M
) -> tuple[NDArray[np.int64], NDArray[np.int64], Array]:
    """Return which camera of the truth is which of the prediction: rows of both, and metres between them."""
    if truth.empty or predicted.empty:
        none = np.empty(0, dtype=np.int64)
        return none, none, np.empty(0)
    crs = local_crs(truth.geometry.x, truth.geometry.y)
    here, there = (np.column_stack([f.x, f.y]) for f in (g.geometry.to_crs(crs) for g in (truth, predicted)))
    distance = np.hypot(*np.moveaxis(here[:, None] - there[None], -1, 0))
    # A place beyond the reach of the local CRS is infinitely far, not wrong.
    near = np.where(distance <= radius_m, distance, _FAR)
    rows, columns = linear_sum_assignment(near)
    good = near[rows, columns] < _FAR
    return rows[good], columns[good], distance[rows[good], columns[good]]


def _numbers(frame: pd.DataFrame, column: str) -> Array:
    if column not in frame:
        return np.full(len(frame), np.nan)
    return np.asarray(pd.to_numeric(frame[column], errors="coerce"), dtype=np.float64)


def _alike(true: pd.DataFrame, read: pd.DataFrame, column: str) -> float | None:
    if column not in true or column not in read:
        return None if not len(true) else 0.0
    pairs = zip(true[column].astype(str), read[column].astype(str), strict=True)
    return _share(sum(a == b for a, b in pairs), len(true))


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _quantile(values: Array, at: float) -> float | None:
    return float(np.quantile(values, at)) if len(values) else None


def _covered(error: Array, sd: Array, bound: float) -> float | None:
    stated = np.isfinite(sd) & (sd > 0)
    return _share(int((error[stated] <= bound * sd[stated]).sum()), int(stated.sum()))
