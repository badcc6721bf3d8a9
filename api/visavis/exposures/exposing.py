"""Sightings of private spaces become exposures: how sharply, how surely, under which rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd

from visavis.exposures.buildings import expose_buildings
from visavis.exposures.finding import findings_of
from visavis.exposures.rules import rule_ids
from visavis.exposures.table import EXPOSURES
from visavis.model.errors import TableError
from visavis.model.findings import Finding
from visavis.model.vocabulary import PRIVATE_SPACE_KINDS, REACHES, level_of, level_oodpcvs_of, sureness_of

_FROM_CAMERA: Final = ["disclosure_id", "standing", "azimuth_deg", "hfov_deg", "assumed", "terrain"]
_FROM_SPACE: Final = ["building_id", "kind", "assumed", "use_confidence"]

# A camera that takes in the whole circle needs no direction.
ALL_ROUND_DEG: Final = 360.0


@dataclass(frozen=True)
class Exposed:
    """Exposures, their sum by building, and what is to be told of them."""

    exposures: gpd.GeoDataFrame
    exposed_buildings: gpd.GeoDataFrame
    findings: tuple[Finding, ...]


def expose(
    cameras: gpd.GeoDataFrame,
    spaces: gpd.GeoDataFrame,
    sightings: gpd.GeoDataFrame,
    rules: pd.DataFrame,
    *,
    jurisdictions: Mapping[str, str],
    on: date,
) -> Exposed:
    """Return which private spaces the cameras could view, and how surely.

    Public buildings are left out; sensitive places count as private. What has a probability of 0.05 or less
    is left out and counted in a finding.

    The number in `probability` is the engine's and is never changed. `sureness`, its wording, is held at
    *possible* where it rests on a direction that nobody knows: there the probability says how much of the
    circle the camera would have to face, which no number of draws turns into knowledge. What a PTZ can
    be pointed at (modes ``reach`` and ``reach_tele``) and an all-round camera rest on no direction.

    Parameters
    ----------
    cameras : GeoDataFrame CAMERAS
    spaces : GeoDataFrame SPACES
    sightings : GeoDataFrame SIGHTINGS
        Their target is a space.
    rules : DataFrame RULES
    jurisdictions : mapping of str to str
        Jurisdiction of each dossier, by its id.
    on : date
        Day whose law is applied.

    Returns
    -------
    Exposed
        EXPOSURES and EXPOSED_BUILDINGS in the CRS of `sightings` and `spaces`, ordered by id.

    Raises
    ------
    TableError
        Where a sighting names a camera or a space that is not there.
    """
    seen = _private(_joined(cameras, spaces, sightings))
    seen["jurisdiction"] = seen["disclosure_id"].map(dict(jurisdictions)).astype("str")
    told = seen[seen["sureness"].notna()]
    exposures = EXPOSURES.frame(
        told.assign(
            exposure_id=told["camera_id"] + "/" + told["mode"] + "/" + told["space_id"],
            # The engine asks about a balcony as about a door: a place on a wall.
            aspect=told["aspect"].mask(told["kind"] == "balcony", "balcony"),
            level=told["px_per_m"].map(level_of).astype("str"),
            level_oodpcvs=told["px_per_m"].map(level_oodpcvs_of).astype("str"),
            assumed=_assumed(told),
            rule_ids=rule_ids(told, rules, on),
        ).sort_values("exposure_id", ignore_index=True)
    )
    return Exposed(
        exposures=exposures,
        exposed_buildings=expose_buildings(exposures, spaces),
        findings=findings_of(exposures, seen, rules, on),
    )


def _joined(
    cameras: gpd.GeoDataFrame, spaces: gpd.GeoDataFrame, sightings: gpd.GeoDataFrame
) -> gpd.GeoDataFrame:
    """Return sightings with what is known of their camera and space."""
    camera = cameras.set_index("camera_id")[_FROM_CAMERA].rename(columns={"assumed": "camera_assumed"})
    space = spaces.set_index("space_id")[_FROM_SPACE].rename(columns={"assumed": "space_assumed"})
    named = sightings.rename(columns={"target_id": "space_id"})
    for column, known in (("camera_id", camera.index), ("space_id", space.index)):
        foreign = named.loc[~named[column].isin(known)]
        if len(foreign):
            raise TableError(
                f"sightings: {column} {foreign[column].iloc[0]!r} is not in the table it names",
                row=str(foreign["sighting_id"].iloc[0]),
                remedy="Give the cameras and spaces that the sightings were computed from",
            )
    return named.join(camera, on="camera_id").join(space, on="space_id")


def _private(seen: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the sightings of private spaces with their wording, and whether it is held."""
    private = seen[seen["kind"].isin(PRIVATE_SPACE_KINDS)]
    sureness = private["probability"].map(sureness_of).astype("str")
    directed = (private["hfov_deg"] < ALL_ROUND_DEG) & ~private["mode"].isin(REACHES)
    held = directed & private["azimuth_deg"].isna() & sureness.notna()
    return private.assign(sureness=sureness.mask(held, "possible"), held=held)


def _assumed(rows: pd.DataFrame) -> pd.Series[str]:
    """Return the assumed columns of camera and space, each named after its table, without the rules."""
    camera = _prefixed(rows["camera_assumed"], "camera")
    space = _prefixed(rows["space_assumed"], "space")
    joint = np.where((camera != "") & (space != ""), ";", "")
    return (camera + joint + space).replace("", None).astype("str")


def _prefixed(assumed: pd.Series[str], table: str) -> pd.Series[str]:
    # Few cameras and spaces stand behind many rows: each text is written once.
    texts = assumed.dropna().unique()
    names = {
        text: ";".join(f"{table}.{entry.partition('=')[0]}" for entry in text.split(";")) for text in texts
    }
    return assumed.map(names).astype("str").fillna("")
