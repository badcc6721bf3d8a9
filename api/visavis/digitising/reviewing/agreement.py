"""How far two people agree on the cameras of a sheet: kappa for kinds, metres for places, degrees for directions.

Cohen's kappa sets the share on which both agree against the share on which they would by chance, each keeping the
frequencies of their own answers (Cohen, A coefficient of agreement for nominal scales, Educational and Psychological
Measurement 20, 1960).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
from numpy.typing import NDArray

from visavis.digitising.tables import same_label
from visavis.model.angles import turn_deg

_EARTH: Final = pyproj.Geod(ellps="WGS84")
# What two people would call the same: a label and a kind by their letters, a place and a direction as near as hands
# and mice are.
SAME_PLACE_M: Final = 2.0
SAME_DIRECTION_DEG: Final = 10.0
THERE, NOT_THERE = "there", "not there"


@dataclass(frozen=True)
class Counted:
    """Answers of two people to one question.

    Parameters
    ----------
    kappa : float or None
        None where it is not defined: no answers, or both gave one and the same answer every time.
    answers : tuple of str
    table : array (k, k)
        How often the first gave the answer of the row and the second that of the column.
    """

    kappa: float | None
    answers: tuple[str, ...]
    table: NDArray[np.int64]

    @property
    def n(self) -> int:
        return int(self.table.sum())

    @property
    def agreed(self) -> int:
        return int(np.trace(self.table))


@dataclass(frozen=True)
class Differing:
    """A camera on which two people differ, and in what; the second may know it by another id."""

    camera_id: str
    theirs_id: str
    differs: tuple[str, ...]
    place_m: float | None
    direction_deg: float | None


@dataclass(frozen=True, eq=False)
class Agreement:
    """How far two people agree.

    Parameters
    ----------
    both : int
        Cameras that both reviewed.
    existence, kinds, labels : Counted
        Existence over all that either reviewed and both judged; kinds and labels over the cameras of both.
    place_m, direction_deg : array
        Of the cameras that both have; the directions that both know.
    one_unknown : int
        Cameras whose direction one of them alone knows.
    differing : tuple of Differing
    """

    both: int
    existence: Counted
    kinds: Counted
    labels: Counted
    place_m: NDArray[np.float64]
    direction_deg: NDArray[np.float64]
    one_unknown: int
    differing: tuple[Differing, ...]


def kappa(first: Sequence[str], second: Sequence[str]) -> Counted:
    """Return Cohen's kappa of two people's answers, one of each to every question."""
    answers = tuple(sorted({*first, *second}))
    at = {answer: number for number, answer in enumerate(answers)}
    table = np.zeros((len(answers), len(answers)), dtype=np.int64)
    for ours, theirs in zip(first, second, strict=True):
        table[at[ours], at[theirs]] += 1
    if not table.sum():
        return Counted(None, answers, table)
    share = table / table.sum()
    by_chance = float(share.sum(axis=1) @ share.sum(axis=0))
    if by_chance >= 1.0:
        return Counted(None, answers, table)
    return Counted((float(np.trace(share)) - by_chance) / (1.0 - by_chance), answers, table)


def agreement(
    ours: gpd.GeoDataFrame,
    theirs: gpd.GeoDataFrame,
    judged_by_us: frozenset[str],
    judged_by_them: frozenset[str],
) -> Agreement:
    """Return how far two people agree.

    Parameters
    ----------
    ours, theirs : GeoDataFrame, CAMERAS_READ in CRS84
        What each left; one that a person deleted is not there.
    judged_by_us, judged_by_them : frozenset of str
        Ids of cameras that each confirmed, corrected, added or deleted. One that both added bears the same id only
        by chance: those are paired by place.
    """
    us, them = _rows(ours), _paired(_rows(theirs), _rows(ours))
    pairs = {their_id: own_id for own_id, (their_id, _) in them.items()}
    by_us = set(judged_by_us)
    by_them = {pairs.get(camera_id, camera_id) for camera_id in judged_by_them}
    judged = sorted(by_us & by_them | (by_us | by_them) - (us.keys() & them.keys()))
    existence = kappa(*([THERE if each in side else NOT_THERE for each in judged] for side in (us, them)))
    common = [each for each in us if each in them and each in by_us and each in by_them]
    kinds = kappa([str(us[c]["kind"]) for c in common], [str(them[c][1]["kind"]) for c in common])
    labels = kappa([_label(us[c]) for c in common], [_label(them[c][1]) for c in common])
    differing: list[Differing] = [
        Differing(each, them[each][0] if each in them else each, ("existence",), None, None)
        for each in judged
        if (each in us) != (each in them)
    ]
    metres, degrees, one_unknown = [], [], 0
    for each in common:
        mine, other = us[each], them[each][1]
        metres.append(_apart_m(mine, other))
        turned = _turned_deg(mine, other)
        known = [not pd.isna(row["azimuth_deg"]) for row in (mine, other)]
        one_unknown += known[0] != known[1]
        if turned is not None:
            degrees.append(turned)
        told = {
            "kind": mine["kind"] != other["kind"],
            "label": _label(mine) != _label(other),
            "place": metres[-1] > SAME_PLACE_M,
            "direction": known[0] != known[1] or (turned is not None and turned > SAME_DIRECTION_DEG),
        }
        if any(told.values()):
            what = tuple(name for name, differs in told.items() if differs)
            differing.append(Differing(each, them[each][0], what, metres[-1], turned))
    return Agreement(
        len(common),
        existence,
        kinds,
        labels,
        np.array(metres, dtype=np.float64),
        np.array(degrees, dtype=np.float64),
        one_unknown,
        tuple(differing),
    )


_Row = dict[str, Any]


def _rows(cameras: gpd.GeoDataFrame) -> dict[str, _Row]:
    return {str(row["camera_id"]): {str(k): v for k, v in row.items()} for row in cameras.to_dict("records")}


def _paired(theirs: dict[str, _Row], ours: dict[str, _Row]) -> dict[str, tuple[str, _Row]]:
    """Return their rows by our ids: the same id, else the one nearest within reach that no id of ours is."""
    found = {camera_id: (camera_id, row) for camera_id, row in theirs.items() if camera_id in ours}
    alone = [camera_id for camera_id in ours if camera_id not in found]
    for camera_id, row in theirs.items():
        if camera_id in ours:
            continue
        near = [
            (_apart_m(ours[own], row), own)
            for own in alone
            if own not in found and _apart_m(ours[own], row) <= _SAME_CAMERA_M
        ]
        found[min(near)[1] if near else camera_id] = (camera_id, row)
    return found


# Two people who each add a camera mean the same one where no other is as near.
_SAME_CAMERA_M: Final = 5.0


def _label(row: _Row) -> str:
    label = row.get("label")
    return "" if pd.isna(label) else same_label(str(label))


def _apart_m(one: _Row, other: _Row) -> float:
    a, b = one["geometry"], other["geometry"]
    _, _, metres = _EARTH.inv(a.x, a.y, b.x, b.y)
    return float(metres)


def _turned_deg(one: _Row, other: _Row) -> float | None:
    a, b = one["azimuth_deg"], other["azimuth_deg"]
    if pd.isna(a) or pd.isna(b):
        return None
    return abs(float(turn_deg(float(a), float(b))))
