"""Which camera of one disclosure is which of another: by its label where labels are kept, else by its place."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from visavis.model.folding import words_of

Floats = NDArray[np.float64]

# What errors alone bring about less often than this is called a change.
CHANGED_P: Final = 0.01
# What is less is no change that anybody would call one: another corner of the same pole, a symbol drawn anew.
LEAST_MOVED_M: Final = 2.0
LEAST_TURNED_DEG: Final = 5.0
# A label that turns up farther away has been given to another camera.
MOST_MOVED_M: Final = 100.0
# Labels tell which camera is which where at least so many of those that stay in place keep theirs.
LABELS_KEPT: Final = 0.5

_ANOTHER_KIND: Final = 0.5
_FAR: Final = 1e6  # dearer than any pair: the number of pairs comes before how good they are


class Pair(NamedTuple):
    """Rows of the earlier and of the later cameras that are one camera, and by what (a code of PAIRINGS)."""

    before: int
    after: int
    by: str


def pair(before: gpd.GeoDataFrame, after: gpd.GeoDataFrame) -> list[Pair]:
    """Return which cameras are the same, each in one pair at most, in the order of the earlier ones.

    Where most cameras that stand in the same place bear the same label on both papers, labels come first, up to
    `MOST_MOVED_M`. All others are joined by place, within what their errors explain: as many as can be, then so that
    they are nearest and of the same kind (`scipy.optimize.linear_sum_assignment`).

    Parameters
    ----------
    before, after : GeoDataFrame CAMERAS, metric CRS, index from 0
    """
    distance = _distances(before, after)
    reach = np.maximum(LEAST_MOVED_M, spread_m(before, after) * np.sqrt(-2 * np.log(CHANGED_P)))
    cost = (distance / reach) ** 2 + _ANOTHER_KIND * _differ(before["kind"], after["kind"])
    near = np.where(distance <= reach, cost, _FAR)
    one, other = labels_of(before), labels_of(after)
    same = (one[:, None] == other[None]) & (one[:, None] != "")
    named: list[tuple[int, int]] = []
    if _kept(_assigned(near), one, other, same):
        named = [(int(i), int(j)) for i, j in np.argwhere(same & (distance <= MOST_MOVED_M))]
        for i, j in named:
            near[i, :] = near[:, j] = _FAR
    pairs = [Pair(i, j, "label") for i, j in named] + [Pair(i, j, "place") for i, j in _assigned(near)]
    return sorted(pairs)


def spread_m(before: pd.DataFrame, after: pd.DataFrame) -> Floats:
    """Return the standard deviation, along each axis, between the places of each two: both errors together."""
    one, other = (np.asarray(each["position_sd_m"], dtype=np.float64) for each in (before, after))
    return np.hypot(one[:, None], other[None])


def labels_of(cameras: pd.DataFrame) -> NDArray[np.str_]:
    """Return each label as it is compared: C05 is c 5; empty where there is none, or where several bear it."""
    told = [_folded(label) if isinstance(label, str) else "" for label in cameras["label"]]
    return np.array([label if told.count(label) == 1 else "" for label in told], dtype=np.str_)


def _folded(label: str) -> str:
    words = " ".join(word.folded for word in words_of(label))
    return re.sub(r"(?<!\d)0+(?=\d)", "", words)


def _kept(
    in_place: list[tuple[int, int]], one: NDArray[np.str_], other: NDArray[np.str_], same: NDArray[np.bool_]
) -> bool:
    labelled = [(i, j) for i, j in in_place if one[i] and other[j]]
    return sum(bool(same[i, j]) for i, j in labelled) >= LABELS_KEPT * len(labelled)


def _distances(before: gpd.GeoDataFrame, after: gpd.GeoDataFrame) -> Floats:
    one, other = (np.column_stack([each.geometry.x, each.geometry.y]) for each in (before, after))
    return np.asarray(np.hypot(*np.moveaxis(one[:, None] - other[None], -1, 0)), dtype=np.float64)


def _differ(one: pd.Series[str], other: pd.Series[str]) -> NDArray[np.bool_]:
    return np.asarray(np.asarray(one)[:, None] != np.asarray(other)[None], dtype=np.bool_)


def _assigned(cost: Floats) -> list[tuple[int, int]]:
    from scipy.optimize import linear_sum_assignment  # a service that declares the table never compares

    rows, columns = linear_sum_assignment(cost)
    return [(int(i), int(j)) for i, j in zip(rows, columns, strict=True) if cost[i, j] < _FAR]
