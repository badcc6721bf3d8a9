"""Small tables to expose: cameras, spaces and sightings with just what a test says of them."""

from __future__ import annotations

from datetime import date
from typing import Any

import geopandas as gpd
import shapely

from visavis.cameras import CAMERAS
from visavis.exposures import Exposed, expose
from visavis.law import RULES
from visavis.spaces import SPACES
from visavis.views import SIGHTINGS

CRS = "EPSG:2154"
TODAY = date(2026, 1, 1)
DOSSIER = "fr/town/2026"

_LAW = {
    "instrument": "Code",
    "article": "1",
    "valid_from": "2012-05-01",
    "summary_en": "…",
    "summary_fr": "…",
    "source": "…",
    "changed_in": "2026-01-01",
    "confidence": "high",
}
LAW = RULES.frame(
    [
        {"rule_id": "fr-facade", "jurisdiction": "FR", "bears_on": "facade", **_LAW},
        {"rule_id": "fr-entrance", "jurisdiction": "FR", "bears_on": "entrance", **_LAW},
        {"rule_id": "fr-old", "jurisdiction": "FR", "bears_on": "facade", **_LAW}
        | {"valid_from": "1995-01-24", "valid_to": "2012-04-30"},
        {"rule_id": "be-place", "jurisdiction": "BE", "bears_on": "place", **_LAW},
        {"rule_id": "eu-access", "jurisdiction": "EU", "bears_on": "access", **_LAW},
    ]
)

_ASPECTS = {"dwelling_entrance": "entrance", "private_ground": "ground"}


def cameras(*rows: dict[str, Any]) -> gpd.GeoDataFrame:
    usual = {
        "disclosure_id": DOSSIER,
        "standing": "stated",
        "kind": "fixed",
        "position_sd_m": 1.0,
        "height_m": 5.0,
        "height_sd_m": 1.0,
        "azimuth_deg": 10.0,
        "azimuth_sd_deg": 5.0,
        "hfov_deg": 60.0,
        "vfov_deg": 35.0,
        "tilt_deg": 15.0,
        "terrain": "flat",
        "pixels": 1920.0,
        "range_m": 100.0,
        "source_id": "osm",
        "geometry": shapely.Point(0, 0),
    }
    return CAMERAS.frame([usual | row for row in rows], crs=CRS)


def spaces(*rows: dict[str, Any]) -> gpd.GeoDataFrame:
    usual = {
        "kind": "dwelling_facade",
        "base_m": 0.0,
        "height_m": 9.0,
        "height_sd_m": 1.0,
        "terrain": "flat",
        "use_confidence": 0.9,
        "source_id": "osm",
        "geometry": shapely.box(0, 0, 10, 10),
    }
    return SPACES.frame([usual | row for row in rows], crs=CRS)


def house(name: str, /, **more: Any) -> dict[str, Any]:
    return {"space_id": f"building/{name}", "building_id": name, **more}


def part(kind: str, name: str, of: str | None, /, **more: Any) -> dict[str, Any]:
    usual = {"height_m": 0.0, "geometry": shapely.box(0, 0, 5, 5)}
    return {"space_id": f"{kind}/{name}", "building_id": of, "kind": kind, **usual, **more}


def sightings(spaces: gpd.GeoDataFrame, *rows: dict[str, Any]) -> gpd.GeoDataFrame:
    kinds = spaces.set_index("space_id")["kind"]
    usual = {
        "mode": "fixed",
        "length_m": 4.0,
        "share": 0.4,
        "distance_m": 12.0,
        "px_per_m": 30.0,
        "probability": 0.99,
        "probability_se": 0.01,
        "geometry": shapely.LineString([(0, 0), (4, 0)]),
    }
    told = [
        {"aspect": _ASPECTS.get(kinds.get(row["target_id"], ""), "facade"), **usual, **row} for row in rows
    ]
    named = [{"sighting_id": f"{row['camera_id']}/{row['mode']}/{row['target_id']}", **row} for row in told]
    return SIGHTINGS.frame(named, crs=CRS)


def exposed(
    cameras: gpd.GeoDataFrame,
    spaces: gpd.GeoDataFrame,
    seen: gpd.GeoDataFrame,
    jurisdiction: str | None = "FR",
    on: date = TODAY,
) -> Exposed:
    known = {} if jurisdiction is None else {DOSSIER: jurisdiction}
    return expose(cameras, spaces, seen, LAW, jurisdictions=known, on=on)
