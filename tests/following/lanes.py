"""Small towns for following: straight streets, cameras along them, and the ground that they see."""

from __future__ import annotations

from datetime import date
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from visavis.cameras import CAMERAS
from visavis.following import ROADS, read_plates
from visavis.readers.reference import read_models, read_plate_needs, read_rules
from visavis.views import VIEWS

CRS = "EPSG:2154"
MODELS, NEEDS, LAW = read_models(), read_plate_needs(), read_rules()
DOSSIER = "fr/town/2026-cameras"
PIXELS, HFOV_DEG, HEIGHT_M = 1920.0, 20.0, 4.0
# Pixels per metre at one metre: N / (2 tan(HFOV / 2)).
AT_ONE_M = PIXELS / 2 / np.tan(np.radians(HFOV_DEG / 2))


def roads(*lines: list[tuple[float, float]]) -> gpd.GeoDataFrame:
    """Return streets; where an end of one is an end of another they meet."""
    return ROADS.frame(
        [
            {
                "road_id": f"r{number}",
                "name": f"Rue {number}",
                "kind": "residential",
                "from_node": str(line[0]),
                "to_node": str(line[-1]),
                "source_id": "s",
                "geometry": shapely.LineString(line),
            }
            for number, line in enumerate(lines)
        ],
        crs=CRS,
    )


def cameras(*places: tuple[float, float], **more: Any) -> gpd.GeoDataFrame:
    usual = {
        "disclosure_id": DOSSIER,
        "standing": "stated",
        "kind": "fixed",
        "position_sd_m": 1.0,
        "height_m": HEIGHT_M,
        "height_sd_m": 1.0,
        "azimuth_deg": 90.0,
        "azimuth_sd_deg": 5.0,
        "hfov_deg": HFOV_DEG,
        "vfov_deg": 12.0,
        "tilt_deg": 15.0,
        "pixels": PIXELS,
        "range_m": 100.0,
        "terrain": "flat",
        "source_id": "s",
    }
    rows = [
        {**usual, "camera_id": f"c{number}", "geometry": shapely.Point(place), **more}
        for number, place in enumerate(places)
    ]
    return CAMERAS.frame(rows, crs=CRS)


def views(watching: gpd.GeoDataFrame, half_m: float = 60.0, **more: Any) -> gpd.GeoDataFrame:
    """Return the ground in view of each camera: a square around it, as one band down to 62.5 px/m."""
    far = AT_ONE_M / 62.5
    usual = {
        "mode": "fixed",
        "level": "observe",
        "px_per_m_least": 62.5,
        "distance_least_m": 0.0,
        "distance_most_m": far,
        "area_m2": 1.0,
        "terrain": "flat",
        "probability": 1.0,
        "probability_se": 0.0,
        "sureness": "certain",
    }
    rows = [
        {
            **usual,
            "view_id": f"{row.camera_id}/fixed",
            "camera_id": row.camera_id,
            "disclosure_id": row.disclosure_id,
            "standing": row.standing,
            "geometry": row.geometry.buffer(half_m, cap_style="square"),
            **more,
        }
        for row in watching.itertuples(index=False)
    ]
    return VIEWS.frame(rows, crs=CRS)


def read(
    watching: gpd.GeoDataFrame,
    ground: gpd.GeoDataFrame,
    streets: gpd.GeoDataFrame,
    need: float | None = None,
    on: date = date(2026, 1, 1),
) -> gpd.GeoDataFrame:
    needs = NEEDS if need is None else NEEDS.assign(px_per_m=need)
    return read_plates(watching, ground, streets, MODELS, needs, LAW, jurisdictions={DOSSIER: "FR"}, on=on)
