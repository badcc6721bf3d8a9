"""Corrections replayed on what was read: each on every build, in their order; one that fits nothing is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import geopandas as gpd
import pandas as pd
import shapely

from visavis.cameras import CAMERAS_READ
from visavis.digitising.corrections.acts import ACTS, ERRORS, PLACE, Correction, Value, Values
from visavis.digitising.corrections.fitting import is_same_direction, is_same_place
from visavis.digitising.corrections.words import WORDS
from visavis.digitising.tables import same_label
from visavis.model.crs import STORED_CRS
from visavis.model.findings import Finding, raised

# Where a camera that a person added comes from.
BY_HAND: Final = "visavis:correction"
_DAY: Final = len("2026-11-02")


@dataclass(frozen=True)
class Corrected:
    """What was read, corrected.

    Parameters
    ----------
    cameras : GeoDataFrame, CAMERAS_READ in CRS84
    unplaced : DataFrame
        The rows still left for review.
    findings : tuple of Finding
    applied : tuple of (Correction, str)
        Each line that fits, with the id of the camera that it changed.
    """

    cameras: gpd.GeoDataFrame
    unplaced: pd.DataFrame
    findings: tuple[Finding, ...]
    applied: tuple[tuple[Correction, str], ...] = ()


def correct(
    cameras: gpd.GeoDataFrame,
    unplaced: pd.DataFrame,
    corrections: Sequence[Correction],
    *,
    disclosure_id: str,
    source_id: str,
) -> Corrected:
    """Return cameras with a person's corrections applied; each camera that one touches is `reviewed`, by whom and when.

    Parameters
    ----------
    cameras : GeoDataFrame, CAMERAS_READ in CRS84
    unplaced : DataFrame
        Listed cameras without a place, the columns of CAMERAS_READ but the geometry and more; a move places one.
    corrections : sequence of Correction
        Those of control points are left aside: they are applied before a sheet is read.
    disclosure_id, source_id : str
        Of the dossier, for cameras that are added.
    """
    mine = [each for each in corrections if each.act != "set-control-point"]
    if not mine:
        return Corrected(cameras, unplaced, ())
    table = _Table(cameras, unplaced, disclosure_id, source_id)
    for each in mine:
        table.apply(each)
    return table.corrected()


@dataclass
class _Table:
    """Cameras by id, while corrections are replayed on them."""

    read: gpd.GeoDataFrame
    unplaced: pd.DataFrame
    disclosure_id: str
    source_id: str
    rows: dict[str, dict[str, Any]] = field(default_factory=dict)
    left: dict[str, dict[str, Any]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    applied: list[tuple[Correction, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.rows = _by_id(self.read)
        self.left = _by_id(self.unplaced)

    def apply(self, correction: Correction) -> None:
        subject = self._subject(correction)
        if subject is None:
            return
        if correction.act == "add":
            self.rows[subject] = self._added(correction)
        elif correction.act == "delete":
            self.rows.pop(subject, None)
            self.left.pop(subject, None)
            self._tell("camera-deleted", correction)
        else:
            row = self.rows.get(subject) or self.left.pop(subject)
            self.rows[subject] = {**row, **_changes(correction, row), **_reviewed(correction)}
        self.applied.append((correction, subject))

    def corrected(self) -> Corrected:
        if self.applied:
            done = Counter(correction.act for correction, _ in self.applied)
            acts = ", ".join(f"{act} {done[act]}" for act in ACTS if done[act])
            count = done.total()
            self.findings.append(
                raised(WORDS, "correction.applied", self.disclosure_id, count=count, acts=acts)
            )
        kept = [{name: row.get(name) for name in CAMERAS_READ.columns} for row in self.rows.values()]
        frame = gpd.GeoDataFrame(pd.DataFrame(kept), geometry="geometry", crs=STORED_CRS) if kept else None
        cameras = CAMERAS_READ.empty() if frame is None else CAMERAS_READ.frame(frame)
        unplaced = self.unplaced[self.unplaced["camera_id"].isin(list(self.left))].reset_index(drop=True)
        return Corrected(cameras, unplaced, tuple(self.findings), tuple(self.applied))

    def _subject(self, correction: Correction) -> str | None:
        """Return the id of the camera that a correction fits, or None with a finding."""
        subject = correction.subject
        if correction.act == "add":
            if subject in self.rows or subject in self.left:
                self._tell("already-there", correction)
                return None
            return subject
        if subject in self.left:
            if correction.act in ("move", "delete"):
                return subject
            self._tell("not-placed", correction)
            return None
        if subject in self.rows:
            row = self.rows[subject]
            off = [name for name in _sides(correction.before) if not _still(name, correction, row)]
            if not off:
                return subject
            self._tell(
                "outdated", correction, before=_said(correction.before, off), now=_said(_seen(row), off)
            )
            return None
        followed = self._at_its_place(correction)
        if followed is None:
            self._tell("without-subject", correction)
            return None
        self._tell("followed", correction, camera=followed)
        return followed

    def _at_its_place(self, correction: Correction) -> str | None:
        """Return the one camera that is as the person saw it: an id by place changes with a new reading."""
        if not {*PLACE} <= correction.before.keys():
            return None
        alike = [
            camera_id
            for camera_id, row in self.rows.items()
            if all(_is(name, correction.before, row) for name in _sides(correction.before))
        ]
        return alike[0] if len(alike) == 1 else None

    def _added(self, correction: Correction) -> dict[str, Any]:
        after = dict(correction.after)
        place = shapely.Point(float(after.pop("longitude")), float(after.pop("latitude")))
        return {
            "kind": "unknown",
            **after,
            "label": after.get("label") or None,
            "camera_id": correction.subject,
            "disclosure_id": self.disclosure_id,
            **_reviewed(correction),
            "source_id": self.source_id,
            "source_ref": BY_HAND,
            "geometry": place,
        }

    def _tell(self, what: str, correction: Correction, **figures: str) -> None:
        about: dict[str, Any] = {
            "row": correction.row,
            "act": correction.act,
            "subject": correction.subject,
            **figures,
        }
        self.findings.append(raised(WORDS, f"correction.{what}", correction.subject, **about))


def _by_id(table: pd.DataFrame) -> dict[str, dict[str, Any]]:
    return {
        str(row["camera_id"]): {str(name): value for name, value in row.items()}
        for row in table.to_dict("records")
    }


def _reviewed(correction: Correction) -> dict[str, Any]:
    return {
        "standing": "reviewed",
        "reviewed_by": correction.who or None,
        "reviewed_on": correction.when[:_DAY] or None,
    }


def _changes(correction: Correction, row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns that a correction changes; errors go with what they are errors of."""
    after = correction.after
    if correction.act == "move":
        place = shapely.Point(float(after["longitude"]), float(after["latitude"]))
        assumed = _without(row.get("assumed"), "position_sd_m")
        return {
            "geometry": place,
            "position_sd_m": after.get("position_sd_m"),
            "place_score": None,
            "assumed": assumed,
        }
    if correction.act == "turn":
        return {
            "azimuth_deg": after.get("azimuth_deg"),
            "azimuth_sd_deg": after.get("azimuth_sd_deg"),
            "assumed": _without(row.get("assumed"), "azimuth_deg", "azimuth_sd_deg"),
        }
    if correction.act == "relabel":
        return {name: value or None for name, value in after.items()}
    return {}


def _without(assumed: object, *columns: str) -> str | None:
    """Return what was assumed but for some columns."""
    parts = assumed.split(";") if isinstance(assumed, str) else []
    return ";".join(part for part in parts if part.split("=")[0].strip() not in columns) or None


def _seen(row: Mapping[str, Any]) -> Values:
    place = row["geometry"]
    told: dict[str, Value] = {"longitude": round(place.x, 7), "latitude": round(place.y, 7)}
    for name in ("azimuth_deg", "label", "kind"):
        if not pd.isna(row.get(name)):
            told[name] = row[name]
    return told


def _said(values: Values, names: Sequence[str]) -> str:
    told = [part for name in names for part in (PLACE if name == "place" else (name,))]
    return ", ".join(f"{name}={values.get(name, '')}" for name in told)


def _sides(values: Values) -> list[str]:
    """Return what a side names, longitude and latitude together as the place."""
    rest = [name for name in values if name not in (*PLACE, *ERRORS)]
    return ["place", *rest] if {*PLACE} <= values.keys() else rest


def _still(name: str, correction: Correction, row: Mapping[str, Any]) -> bool:
    """Return whether the row is as the person saw it, or as they wanted it."""
    return _is(name, correction.before, row) or _is(name, correction.after, row)


def _is(name: str, values: Values, row: Mapping[str, Any]) -> bool:
    if name == "place":
        return is_same_place(values, row)
    if name not in values:
        return False
    now, then = row.get(name), values[name]
    if pd.isna(now):
        return then == ""
    if name == "azimuth_deg":
        return is_same_direction(values, row)
    return same_label(str(now)) == same_label(str(then))
