"""What became of each camera: moved and turned beyond what the stated errors explain, added, or not there any more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from shapely import LineString
from shapely.geometry.base import BaseGeometry

from visavis.changes.finding import findings_of
from visavis.changes.pairing import CHANGED_P, LEAST_MOVED_M, LEAST_TURNED_DEG, pair
from visavis.changes.succession import Disclosed, Succession, successions
from visavis.changes.table import CAMERA_CHANGES
from visavis.model.angles import turn_deg
from visavis.model.crs import assert_metric
from visavis.model.findings import Finding

Row = dict[str, Any]


@dataclass(frozen=True)
class Changed:
    """The table CAMERA_CHANGES, and what is to be told of it."""

    changes: gpd.GeoDataFrame
    findings: tuple[Finding, ...]


def changes_of(cameras: gpd.GeoDataFrame, disclosures: Sequence[Disclosed]) -> Changed:
    """Return what became of each camera, for each two disclosures of one authority on common ground.

    Parameters
    ----------
    cameras : GeoDataFrame CAMERAS, metric CRS
    disclosures : sequence of Disclosed
    """
    assert_metric(cameras)
    compared = [(each, list(_rows(each))) for each in successions(cameras, disclosures)]
    table = CAMERA_CHANGES.frame([row for _, rows in compared for row in rows], crs=cameras.crs)
    return Changed(table, tuple(finding for each, rows in compared for finding in findings_of(each, rows)))


def _rows(compared: Succession) -> Iterator[Row]:
    before, after = compared.before, compared.after
    pairs = pair(before, after)
    common = {
        "disclosure_id": compared.later.disclosure_id,
        "earlier_disclosure_id": compared.earlier.disclosure_id,
        "order_known": compared.order_known,
    }
    for one, other, by in pairs:
        earlier, later = before.iloc[one], after.iloc[other]
        both = {**_told(earlier, "from"), **_told(later, "to"), "paired_by": by, "covered": True}
        yield {
            "change_id": f"{earlier['camera_id']}>{later['camera_id']}",
            **common,
            **both,
            **_measured(earlier, later),
        }
    for row in _left(before, {each.before for each in pairs}):
        told = _told(row, "from") | {"change": "removed", "geometry": row.geometry}
        covered = _within(row.geometry, compared.ground_after)
        yield {
            "change_id": f"{row['camera_id']}>{compared.later.disclosure_id}",
            **common,
            **told,
            "covered": covered,
        }
    for row in _left(after, {each.after for each in pairs}):
        told = _told(row, "to") | {"change": "added", "geometry": row.geometry}
        covered = _within(row.geometry, compared.ground_before)
        yield {
            "change_id": f"{compared.earlier.disclosure_id}>{row['camera_id']}",
            **common,
            **told,
            "covered": covered,
        }


def _left(cameras: gpd.GeoDataFrame, paired: set[int]) -> list[pd.Series[Any]]:
    return [cameras.iloc[at] for at in range(len(cameras)) if at not in paired]


def _told(camera: pd.Series[Any], side: str) -> Row:
    label = camera["label"]
    return {
        f"camera_{side}": camera["camera_id"],
        f"label_{side}": label if isinstance(label, str) else None,
        f"kind_{side}": camera["kind"],
    }


def _measured(earlier: pd.Series[Any], later: pd.Series[Any]) -> Row:
    moved = float(earlier.geometry.distance(later.geometry))
    moved_sd = float(np.hypot(earlier["position_sd_m"], later["position_sd_m"]))
    # Rayleigh's distribution: how far apart errors that are alike on both axes bring two places.
    moved_p = float(np.exp(-0.5 * (moved / moved_sd) ** 2)) if moved_sd else float(moved == 0)
    has_moved = moved_p < CHANGED_P and moved >= LEAST_MOVED_M
    turn = _turn(earlier, later)
    has_turned = bool(turn) and turn["turned_p"] < CHANGED_P and abs(turn["turned_deg"]) >= LEAST_TURNED_DEG
    replaced = earlier["kind"] != later["kind"] and "unknown" not in (earlier["kind"], later["kind"])
    change = {(True, True): "moved_and_turned", (True, False): "moved", (False, True): "turned"}.get(
        (has_moved, has_turned), "replaced" if replaced else "kept"
    )
    geometry = LineString([earlier.geometry, later.geometry]) if has_moved else later.geometry
    return {
        "change": change,
        "moved_m": moved,
        "moved_sd_m": moved_sd,
        "moved_p": moved_p,
        **turn,
        "geometry": geometry,
    }


def _turn(earlier: pd.Series[Any], later: pd.Series[Any]) -> Row:
    """Return by how much it was turned; nothing where either direction is not known."""
    from scipy.special import erfc  # a service that declares the table never compares

    one, other = float(earlier["azimuth_deg"]), float(later["azimuth_deg"])
    if not (np.isfinite(one) and np.isfinite(other)):
        return {}
    turned = float(turn_deg(one, other))
    sd = float(np.hypot(*np.nan_to_num([float(earlier["azimuth_sd_deg"]), float(later["azimuth_sd_deg"])])))
    p = float(erfc(abs(turned) / sd / np.sqrt(2))) if sd else float(turned == 0)
    return {"turned_deg": turned, "turned_sd_deg": sd, "turned_p": p}


def _within(place: BaseGeometry, ground: BaseGeometry) -> bool:
    return bool(ground.covers(place))
