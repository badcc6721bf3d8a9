"""A street corner made by hand for the page's tests: few rows, each there for a sentence that a test says."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pandas as pd
import shapely
from shapely import LineString, Point, box
from shapely.geometry.base import BaseGeometry
from tests.store.by_hand import PIXEL, filled

from visavis.layers import LAYERS
from visavis.model.provenance import BuildRecord, Source
from visavis.model.schema import Table
from visavis.model.vocabulary import level_of, level_oodpcvs_of

LON, LAT = -20.0, 47.0
DOSSIER = "xx/corner/2024-cameras"
# Text that a careless page would run.
HOSTILE = "<img src=x onerror=document.title='broken'>"


def at(x_m: float, y_m: float) -> tuple[float, float]:
    """Return the longitude and latitude some metres east and north of the corner, nearly."""
    return LON + x_m / 76_000, LAT + y_m / 111_200


def footprint(x_m: float, y_m: float, width_m: float = 12, depth_m: float = 12) -> BaseGeometry:
    return box(*at(x_m, y_m), *at(x_m + width_m, y_m + depth_m))


FOOTPRINTS = {
    "osm:way/1": footprint(0, 0),
    "osm:way/2": footprint(20, 0),
    "osm:way/3": footprint(40, 0),
    "osm:way/4": footprint(60, 0, 24),
    "osm:way/5": footprint(0, 60),
    "osm:way/6": footprint(30, 60, 24, 16),
}


def middle_of(building: str) -> tuple[float, float]:
    """Return longitude and latitude of a building's middle."""
    point = FOOTPRINTS[building].centroid
    return point.x, point.y


def camera(number: int, x_m: float, y_m: float, **more: Any) -> dict[str, Any]:
    row = {
        "camera_id": f"{DOSSIER}/C{number}",
        "disclosure_id": DOSSIER,
        "standing": "detected",
        "label": f"C{number}",
        "kind": "fixed",
        "position_sd_m": 1.5,
        "height_m": 5.0,
        "height_sd_m": 2.2,
        "azimuth_deg": 135.0,
        "azimuth_sd_deg": 6.0,
        "hfov_deg": 67.7,
        "vfov_deg": 40.0,
        "tilt_deg": 15.0,
        "pixels": 1920.0,
        "range_m": 60.0,
        "assumed": "height_m=default.mount-height;tilt_deg=default.tilt",
        "source_id": DOSSIER,
        "source_ref": f"page 1, symbol {number}",
        "geometry": Point(*at(x_m, y_m)),
    }
    return row | more


CAMERAS = [
    camera(1, 6, 30, azimuth_deg=180.0, valid_from="2014-05-03"),
    camera(
        2,
        30,
        30,
        kind="ptz",
        valid_from="2016-09",
        azimuth_deg=None,
        azimuth_sd_deg=None,
        hfov_tele_deg=2.28,
        tilt_least_deg=-15.0,
        tilt_most_deg=90.0,
    ),
    camera(3, 50, 30, azimuth_deg=None, azimuth_sd_deg=None),
    camera(4, 90, 60, label=HOSTILE, kind="dome", azimuth_deg=None, azimuth_sd_deg=None, hfov_deg=360.0),
]

SPACES = [
    ("osm:way/1", "dwelling_facade", None, "1 Rue du Pré"),
    ("osm:way/2", "dwelling_facade", None, "2 Rue de l’École"),
    ("osm:way/3", "other_private", None, None),
    ("osm:way/4", "sensitive_place", "École du Pré", None),
    ("osm:way/5", "dwelling_facade", None, "9 Rue du Pré"),
    ("osm:way/6", "public", "Mairie", "1 Place du Pré"),
]

# building, camera, mode, probability, sureness, density, share
SIGHTS = [
    ("osm:way/1", 1, "fixed", 1.0, "certain", 143.0, 0.25),
    ("osm:way/1", 3, "fixed", 0.19, "possible", 41.0, 0.2),
    ("osm:way/2", 2, "reach", 0.73, "likely", 70.0, 0.22),
    ("osm:way/3", 3, "fixed", 0.19, "possible", 95.0, 0.25),
    ("osm:way/4", 3, "fixed", 0.12, "possible", 8.0, 0.1),
]


def tables() -> dict[str, pd.DataFrame]:
    """Return every published table of the corner."""
    rows: dict[str, list[dict[str, Any]]] = {
        "cameras": CAMERAS,
        "spaces": [_space(*each) for each in SPACES] + [_garden()],
        "views": [_view(1, "fixed", 1.0, "certain"), _view(2, "reach", 1.0, "certain")],
        "facade_strips": [_strip(number, *each) for number, each in enumerate(SIGHTS)],
        "exposed_floors": [
            _floor("osm:way/1", 0, 0, "other_private"),
            _floor("osm:way/1", 1, 2, "dwelling_facade"),
        ],
        "exposures": [*(_exposure(*each) for each in SIGHTS), _garden_exposure()],
        "exposed_buildings": [_exposed(*each) for each in SPACES[:4]],
        "disclosures": [_DISCLOSURE],
        "documents": [_SHEET],
        "crops": [_crop(1, "shown", "CC0-1.0", PIXEL), _crop(2, "licence_closed", HOSTILE, None)],
        "withheld": [_WITHHELD],
        "findings": [_FINDING],
        "comparisons": [_COMPARISON],
        "claims": [_CLAIM],
    }
    return {name: _table(layer.table, rows.get(name, [])) for name, layer in LAYERS.items()}


def _crop(number: int, showing: str, licence: str, picture: str | None) -> dict[str, Any]:
    return {
        "camera_id": f"{DOSSIER}/C{number}",
        "disclosure_id": DOSSIER,
        "sheet": "plan.pdf",
        "page": 2,
        "x0": 100.0,
        "y0": 200.0,
        "x1": 121.0,
        "y1": 216.0,
        "unit": "points",
        "licence": licence,
        "showing": showing,
        "picture": picture,
    }


def record() -> BuildRecord:
    """Return the record of a build that never was."""
    source = Source(DOSSIER, "Plan of the corner", "CC0-1.0", "The town of Corner (invented)", invented=True)
    return BuildRecord(datetime(2026, 11, 23, 9, 30, tzinfo=UTC), "visavis 0.1.0", {"draws": 100}, (source,))


def _space(building: str, kind: str, name: str | None, address: str | None) -> dict[str, Any]:
    return {
        "space_id": f"{kind}/{building}",
        "building_id": building,
        "kind": kind,
        "name": name,
        "address": address,
        "base_m": 0.0,
        "height_m": 9.0,
        "height_sd_m": 1.0,
        "use_confidence": 0.9,
        "source_id": "osm",
        "geometry": FOOTPRINTS[building],
    }


_GARDEN = footprint(0, -14, 12, 14)


def _garden() -> dict[str, Any]:
    return _space("osm:way/1", "private_ground", None, "1 Rue du Pré") | {
        "height_m": 0.0,
        "geometry": _GARDEN,
    }


def _sure(probability: float, sureness: str) -> dict[str, Any]:
    error = 0.0 if probability == 1 else 0.04
    return {"probability": probability, "probability_se": error, "sureness": sureness}


def _of(number: int) -> dict[str, Any]:
    return {"camera_id": f"{DOSSIER}/C{number}", "disclosure_id": DOSSIER, "standing": "detected"}


def _view(number: int, mode: str, probability: float, sureness: str) -> dict[str, Any]:
    seat = CAMERAS[number - 1]["geometry"]
    return {
        **_of(number),
        **_sure(probability, sureness),
        "view_id": f"{DOSSIER}/C{number}/{mode}/observe",
        "mode": mode,
        "level": "observe",
        "px_per_m_least": 62.5,
        "distance_least_m": 0.0,
        "distance_most_m": 20.0,
        "area_m2": 300.0,
        "geometry": shapely.buffer(seat, 20 / 90_000),
    }


def _wall(building: str) -> LineString:
    west, _, east, north = FOOTPRINTS[building].bounds
    return LineString([(west, north), (east, north)])


def _strip(
    at_number: int,
    building: str,
    number: int,
    mode: str,
    probability: float,
    sureness: str,
    density: float,
    _: float,
) -> dict[str, Any]:
    return {
        **_of(number),
        **_sure(probability, sureness),
        "strip_id": f"{DOSSIER}/C{number}/{mode}/{building}/0/{at_number}",
        "mode": mode,
        "building_id": building,
        "edge": 0,
        "from_m": 0.0,
        "to_m": 12.0,
        "z_low_from_m": 0.0,
        "z_low_to_m": 0.0,
        "z_high_from_m": 9.0,
        "z_high_to_m": 9.0,
        "distance_m": 18.0,
        "incidence_deg": 10.0,
        "px_per_m": density,
        "level": level_of(density),
        "level_oodpcvs": level_oodpcvs_of(density),
        "geometry": _wall(building),
    }


def _exposure(
    building: str, number: int, mode: str, probability: float, sureness: str, density: float, share: float
) -> dict[str, Any]:
    kind = next(kind for each, kind, *_ in SPACES if each == building)
    return {
        **_of(number),
        **_sure(probability, sureness),
        "exposure_id": f"{DOSSIER}/C{number}/{mode}/{building}",
        "space_id": f"{kind}/{building}",
        "building_id": building,
        "mode": mode,
        "kind": kind,
        "aspect": "facade",
        "length_m": 48 * share,
        "area_m2": 400 * share,
        "share": share,
        "distance_m": 18.0,
        "px_per_m": density,
        "level": level_of(density),
        "level_oodpcvs": level_oodpcvs_of(density),
        "assumed": "camera.height_m;camera.tilt_deg;space.height_m",
        "use_confidence": 0.9,
        "rule_ids": "fr-interior" if kind == "dwelling_facade" else None,
        "geometry": _wall(building),
    }


def _floor(building: str, first: int, last: int, kind: str) -> dict[str, Any]:
    return {
        **_sure(1.0, "certain"),
        "floor_id": f"{building}/{first}",
        "building_id": building,
        "floor_from": first,
        "floor_to": last,
        "z_from_m": 3.0 * first,
        "z_to_m": 3.0 * (last + 1),
        "kind": kind,
        "cameras": 1,
        "camera_ids": f"{DOSSIER}/C1",
        "area_m2": 36.0,
        "px_per_m": 143.0,
        "level": level_of(143.0),
        "level_oodpcvs": level_oodpcvs_of(143.0),
        "use_confidence": 0.9,
        "assumed": "space.storey_m",
        "geometry": _wall(building),
    }


def _garden_exposure() -> dict[str, Any]:
    return _exposure("osm:way/1", 1, "fixed", 0.6, "likely", 90.0, 0.25) | {
        "exposure_id": f"{DOSSIER}/C1/fixed/garden",
        "space_id": "private_ground/osm:way/1",
        "kind": "private_ground",
        "aspect": "ground",
        "length_m": None,
        "area_m2": 42.0,
        "rule_ids": None,
        "geometry": _GARDEN,
    }


def _exposed(building: str, kind: str, name: str | None, address: str | None) -> dict[str, Any]:
    sights = [each for each in SIGHTS if each[0] == building]
    densest = max(each[5] for each in sights)
    return {
        "building_id": building,
        "kind": kind,
        "name": name,
        "address": address,
        "cameras": len(sights),
        **{
            f"cameras_{code}": sum(each[4] == code for each in sights)
            for code in ("certain", "likely", "possible")
        },
        "camera_ids": ";".join(f"{DOSSIER}/C{each[1]}" for each in sights),
        "px_per_m": densest,
        "level": level_of(densest),
        "level_oodpcvs": level_oodpcvs_of(densest),
        "probability": sights[0][3],
        "sureness": sights[0][4],
        "use_confidence": 0.9,
        "rule_ids": "fr-interior" if kind == "dwelling_facade" else None,
        "geometry": FOOTPRINTS[building],
    }


_DISCLOSURE = {
    "disclosure_id": DOSSIER,
    "title": "Corner, municipal cameras",
    "authority": "The town of Corner",
    "country": "XX",
    "jurisdiction": "FR",
    "requested_on": "2024-02-12",
    "answered_on": "2024-05-03",
    "status": "redacted",
    "licence": "CC0-1.0",
    "attribution": "The town of Corner (invented)",
    "invented": True,
    "cameras_placed": len(CAMERAS),
    "cameras_withheld": 3,
}

_SHEET = {
    "document_id": f"{DOSSIER}/sheet.pdf",
    "disclosure_id": DOSSIER,
    "title": "Plan of the corner",
    "kind": "map",
    "status": "disclosed",
    "date": "2024-05-03",
    "file": "sheet.pdf",
    "sha256": "0" * 64,
    "licence": "CC0-1.0",
}

_WITHHELD = {
    "withheld_id": f"{DOSSIER}/1",
    "disclosure_id": DOSSIER,
    "cameras": 3,
    "what": "Cameras near the mill",
    "reason": "public security",
    "authority": "The town of Corner",
    "date": "2024-05-03",
    "geometry": footprint(70, 60, 30, 24),
}

_FINDING = {
    "finding_id": "cameras.direction-unknown/0",
    "disclosure_id": DOSSIER,
    "code": "cameras.direction-unknown",
    "severity": "doubt",
    "subject_ids": f"{DOSSIER}/C3",
    "figures": "{}",
    "text_en": "Nobody says where C3 points.",
    "text_fr": "Personne ne dit où pointe C3.",
}

_COMPARISON = {
    "comparison_id": f"{DOSSIER}/cameras_installed",
    "disclosure_id": DOSSIER,
    "subject": "cameras_installed",
    "title_en": "cameras installed",
    "title_fr": "caméras installées",
    "claimed": "7 | 9",
    "computed": 7.0,
    "note_en": "One of two claims agrees.",
    "note_fr": "Une des deux déclarations concorde.",
}


_CLAIM = {
    "claim_id": f"{DOSSIER}/claim-1",
    "disclosure_id": DOSSIER,
    "subject": "cameras_viewing_private_spaces",
    "value": "0",
    "as_of": "2024-05-03",
    "stated_by": "The town of Corner",
    "quote": "“no camera films homes”",
}


def _table(table: Table, rows: list[dict[str, Any]]) -> pd.DataFrame:
    return table.frame([dict.fromkeys(table.columns) | filled(table, row) for row in rows])
