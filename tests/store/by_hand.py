"""A street made by hand, for the tests of store, exports and service: rows in every layer, some awkward."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from typing import Any

import pandas as pd
import shapely
from shapely import LineString, MultiLineString, MultiPolygon, Point, Polygon

from visavis.layers import LAYERS
from visavis.model.provenance import BuildRecord, Source
from visavis.model.schema import Table

LON, LAT = -20.0, 47.0
# A PNG of one blue pixel.
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVQIHWMQTJsJAAGcARE0LnfRAAAAAElFTkSuQmCC"
AWKWARD = '<b>Rue de l\'Été</b> & "Cie"; 100 % </script>'


def at(x: float, y: float) -> tuple[float, float]:
    """Return a place some ten-thousandths of a degree from the corner of the street."""
    return LON + x * 1e-4, LAT + y * 1e-4


def square(x: float, y: float, side: float = 1.0) -> Polygon:
    """Return a clockwise square: GeoJSON wants it the other way round."""
    return Polygon([at(x, y), at(x, y + side), at(x + side, y + side), at(x + side, y)])


_SURE: dict[str, Any] = {
    "probability": 1 / 3,
    "probability_se": 0.01,
    "sureness": "possible",
    "assumed": "height_m;tilt_deg",
}


def camera(number: int, **more: Any) -> dict[str, Any]:
    """Return a camera's row."""
    row = {
        "camera_id": f"xx/street/2026-map/sheet.pdf/{number:02}",
        "disclosure_id": "xx/street/2026-map",
        "standing": "detected",
        "label": f"C{number}",
        "kind": "fixed",
        "position_sd_m": 1.25,
        "height_m": 5.0,
        "height_sd_m": 1.0,
        "azimuth_deg": 359.99999,
        "azimuth_sd_deg": 4.0,
        "hfov_deg": 67.7,
        "vfov_deg": 40.0,
        "tilt_deg": 15.0,
        "pixels": 1920.0,
        "range_m": 100.0,
        "assumed": "height_m=cameras.height",
        "source_id": "xx/street/2026-map",
        "geometry": Point(*at(number * 0.731, 3)),
    }
    return row | more


def rows() -> dict[str, list[dict[str, Any]]]:
    """Return the rows of every layer; `comparisons` has none."""
    cameras = [camera(number) for number in range(1, 12)]
    cameras += [
        camera(12, kind="ptz", azimuth_deg=None, azimuth_sd_deg=None, label=None, valid_from="2019"),
        camera(13, kind="dome", valid_from="2018-05-02", valid_to="2019-06", label=AWKWARD),
        camera(14, camera_id="osm:node/42", standing="stated", valid_to="2020"),
        camera(15, camera_id="été/ça ?&#%25", kind="unknown"),
    ]
    one = cameras[0]["camera_id"]
    spaces = [
        {
            "space_id": f"dwelling_facade/osm:way/{number}",
            "building_id": f"osm:way/{number}",
            "kind": "dwelling_facade",
            "name": AWKWARD if number == 1 else None,
            "base_m": 0.0,
            "height_m": 9.0,
            "height_sd_m": 1.5,
            "use_confidence": 0.9,
            "source_id": "osm",
            "geometry": shape,
        }
        for number, shape in enumerate(
            [
                square(0, 0),
                MultiPolygon([square(2, 0), square(4, 0)]),
                Polygon(square(6, 0, 3).exterior, [square(7, 1).exterior]),
                Point(*at(0.5, 0)),
            ],
            start=1,
        )
    ]
    return {
        "cameras": cameras,
        "spaces": spaces,
        "exposed_buildings": [
            {
                "building_id": f"osm:way/{number}",
                "kind": "dwelling_facade",
                "name": AWKWARD,
                "address": "1, Rue de l'Été",
                "cameras": 2,
                "cameras_certain": 1,
                "cameras_likely": 0,
                "cameras_possible": 1,
                "camera_ids": f"{one};osm:node/42",
                "px_per_m": 131.123456,
                "level": "recognise",
                "probability": 0.97,
                "sureness": "certain",
                "geometry": shape,
            }
            for number, shape in ((1, square(0, 0)), (2, MultiPolygon([square(2, 0), square(4, 0)])))
        ],
        "exposed_floors": [
            {
                "floor_id": f"osm:way/1/{first}",
                "building_id": "osm:way/1",
                "floor_from": first,
                "floor_to": last,
                "z_from_m": 3.0 * first,
                "z_to_m": 3.0 * (last + 1),
                "kind": kind,
                "cameras": 1,
                "camera_ids": one,
                "area_m2": 12.6,
                "px_per_m": 66.0,
                "level": "observe",
                "probability": 0.97,
                "sureness": "certain",
                "use_confidence": 0.9,
                "assumed": "space.storey_m",
                "geometry": LineString([at(0, 0), at(1, 0)]),
            }
            for first, last, kind in ((0, 0, "other_private"), (1, 2, "dwelling_facade"))
        ],
        "exposures": [
            {
                "exposure_id": f"{one}/fixed/{number}",
                "camera_id": one,
                "space_id": f"dwelling_facade/osm:way/{number}",
                "building_id": f"osm:way/{number}",
                "disclosure_id": "xx/street/2026-map",
                "standing": "detected",
                "mode": "fixed",
                "kind": "dwelling_facade",
                "aspect": "facade",
                "length_m": 4.2,
                "share": 0.25,
                "distance_m": 12.3456,
                "px_per_m": 66.0,
                "level": "observe",
                "geometry": shape,
                **_SURE,
            }
            for number, shape in (
                (1, LineString([at(0, 0), at(1, 0)])),
                (2, MultiLineString([[at(2, 0), at(3, 0)], [at(4, 0), at(5, 0)]])),
                (3, square(6, 0, 3)),
            )
        ],
        "facade_strips": [
            {
                "strip_id": f"{one}/fixed/osm:way/1/0/0",
                "camera_id": one,
                "disclosure_id": "xx/street/2026-map",
                "standing": "detected",
                "mode": "fixed",
                "building_id": "osm:way/1",
                "edge": 0,
                "from_m": 0.0,
                "to_m": 4.2,
                "z_low_from_m": 0.0,
                "z_low_to_m": 0.0,
                "z_high_from_m": 9.0,
                "z_high_to_m": 9.0,
                "distance_m": 12.0,
                "incidence_deg": 30.0,
                "px_per_m": 66.0,
                "geometry": LineString([at(0, 0), at(1, 0)]),
                **_SURE,
            }
        ],
        "views": [
            {
                "view_id": f"{one}/fixed/{level}",
                "camera_id": one,
                "disclosure_id": "xx/street/2026-map",
                "standing": "detected",
                "mode": "fixed",
                "level": level,
                "px_per_m_least": 25.0,
                "distance_least_m": 0.0,
                "distance_most_m": 30.0,
                "area_m2": 400.0,
                "geometry": shape,
                **_SURE,
            }
            for level, shape in (
                ("detect", Polygon([at(0.7, 3), at(3, 0), at(6, 1)])),
                ("observe", square(1, 1, 2)),
            )
        ],
        "withheld": [
            {
                "withheld_id": f"xx/street/2026-map/{number}",
                "disclosure_id": "xx/street/2026-map",
                "cameras": number,
                "what": "cameras of the station",
                "authority": "Town of Street",
                "geometry": shape,
            }
            for number, shape in ((1, None), (2, square(10, 10, 5)))
        ],
        "disclosures": [
            {
                "disclosure_id": "xx/street/2026-map",
                "title": "Map of cameras",
                "authority": "Town of Street",
                "country": "XX",
                "status": "disclosed",
                "licence": "CC0-1.0",
                "attribution": "Town of Street",
                "invented": True,
                "cameras_placed": len(cameras),
                "cameras_withheld": 3,
            }
        ],
        "plate_readings": [
            {
                "plate_reading_id": f"{one}/fixed",
                "camera_id": one,
                "disclosure_id": "xx/street/2026-map",
                "geometry": LineString([at(0, 0), at(12, 0)]),
            }
        ],
        "followed_ways": [
            {
                "way_id": f"{one}>{cameras[1]['camera_id']}",
                "camera_from": one,
                "camera_to": cameras[1]["camera_id"],
                "disclosure_id": "xx/street/2026-map",
                "geometry": LineString([at(12, 0), at(30, 5)]),
            }
        ],
        "camera_changes": [
            {
                "change_id": f"xx/street/2020-map/C1>{one}",
                "disclosure_id": "xx/street/2026-map",
                "earlier_disclosure_id": "xx/street/2020-map",
                "change": "moved",
                "camera_from": "xx/street/2020-map/C1",
                "camera_to": one,
                "moved_m": 13.0,
                "geometry": LineString([at(0, 0), at(1, 3)]),
            },
            {
                "change_id": f"xx/street/2020-map>{cameras[1]['camera_id']}",
                "disclosure_id": "xx/street/2026-map",
                "earlier_disclosure_id": "xx/street/2020-map",
                "change": "added",
                "camera_to": cameras[1]["camera_id"],
                "geometry": cameras[1]["geometry"],
            },
        ],
        "crops": [
            {
                "camera_id": each["camera_id"],
                "disclosure_id": "xx/street/2026-map",
                "document_id": "xx/street/2026-map/sheet.pdf",
                "sheet": "sheet.pdf",
                "page": 3,
                "x0": 101.25,
                "y0": 200.0,
                "x1": 121.5,
                "y1": 216.0,
                "unit": "points",
                **shown,
            }
            for each, shown in (
                (cameras[0], {"licence": "CC0-1.0", "showing": "shown", "picture": PIXEL}),
                (cameras[1], {"licence": "CC-BY-NC-4.0", "showing": "licence_closed"}),
                (cameras[-1], {"licence": "CC0-1.0", "showing": "shown", "picture": PIXEL}),
            )
        ],
        "documents": [
            {
                "document_id": "xx/street/2026-map/sheet.pdf",
                "disclosure_id": "xx/street/2026-map",
                "title": "Sheet",
                "kind": "map",
                "status": "disclosed",
            }
        ],
        "claims": [
            {
                "claim_id": "xx/street/2026-map/1",
                "disclosure_id": "xx/street/2026-map",
                "subject": "cameras_installed",
                "value": "20",
                "stated_by": "Town of Street",
            }
        ],
        "findings": [
            {
                "finding_id": "sheet.control-point-outlier/0123456789ab",
                "code": "sheet.control-point-outlier",
                "severity": "doubt",
                "figures": '{"residual_m": 3.5}',
                "text_en": "A control point lies 3.5 m off.",
                "text_fr": "Un point de calage s'écarte de 3,5 m.",
            }
        ],
    }


def street(**changed: list[dict[str, Any]]) -> dict[str, pd.DataFrame]:
    """Return every layer as its declared table; `changed` takes the place of a layer's rows."""
    return _unchanged() | {name: _table(name, made) for name, made in changed.items()}


@cache
def _unchanged() -> dict[str, pd.DataFrame]:
    made = rows()
    return {name: _table(name, made.get(name, [])) for name in LAYERS}


def _table(name: str, made: list[dict[str, Any]]) -> pd.DataFrame:
    table = LAYERS[name].table
    frame = table.frame([filled(table, row) for row in made])
    return frame.sort_values(table.id_column, ignore_index=True)


def filled(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    """Return a row with something plausible wherever its table needs a value and the row has none."""
    needed = {name: column for name, column in table.columns.items() if not column.nullable}
    plain = {"str": "something", "float64": 0.5, "int64": 1, "bool": True}
    kinds = {name: "str" if "str" in str(each.dtype) else str(each.dtype) for name, each in needed.items()}
    return {name: (table.choices(name) or [plain.get(kind)])[0] for name, kind in kinds.items()} | row


def record(**changed: Any) -> BuildRecord:
    """Return the record of the street's build."""
    told: dict[str, Any] = {
        "built_at": datetime(2026, 1, 1, 12, tzinfo=UTC),
        "software": "visavis 0.1.0",
        "parameters": {"draws": 100, "seed": 2017, "max_range_m": 200.0},
        "sources": (
            Source(
                "xx/street/2026-map",
                "Map of cameras",
                "CC0-1.0",
                "Town of Street",
                sha256="ab",
                invented=True,
            ),
            Source("osm", "Buildings", "ODbL-1.0", "© Somebody & <others>", url="https://example.org/osm"),
        ),
    }
    return BuildRecord(**(told | changed))


def same(one: pd.DataFrame, other: pd.DataFrame) -> None:
    """Assert that two tables hold the same rows, geometry by its coordinates."""
    plain = [frame.drop(columns="geometry", errors="ignore") for frame in (one, other)]
    pd.testing.assert_frame_equal(pd.DataFrame(plain[0]), pd.DataFrame(plain[1]))
    if "geometry" in one:
        shapes = [frame["geometry"].to_numpy() for frame in (one, other)]
        assert (shapely.is_missing(shapes[0]) == shapely.is_missing(shapes[1])).all()
        there = ~shapely.is_missing(shapes[0])
        assert shapely.equals_identical(shapes[0][there], shapes[1][there]).all()
