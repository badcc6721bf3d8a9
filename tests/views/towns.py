"""Small towns and cameras, built by hand around the origin of a metric CRS, where grid north is true north."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import shapely
from shapely import affinity

from visavis.cameras import CAMERAS
from visavis.model.crs import local_crs
from visavis.spaces import SPACES
from visavis.views import Scene, Seen, see

CRS = local_crs([2.0], [48.0])

_SPACE = {"terrain": "flat", "base_m": 0.0, "height_sd_m": 0.0, "use_confidence": 1.0, "source_id": "test"}


def house(name: str, footprint: Any, height_m: float, **more: Any) -> dict[str, Any]:
    return {
        **_SPACE,
        "space_id": name,
        "building_id": name,
        "kind": "dwelling_facade",
        "height_m": height_m,
        "geometry": footprint,
        **more,
    }


def garden(name: str, area: Any) -> dict[str, Any]:
    return {**_SPACE, "space_id": name, "kind": "private_ground", "height_m": 0.0, "geometry": area}


def door(name: str, x: float, y: float, of: str | None = None) -> dict[str, Any]:
    return {
        **_SPACE,
        "space_id": name,
        "building_id": of,
        "kind": "dwelling_entrance",
        "height_m": 2.1,
        "geometry": shapely.Point(x, y),
    }


def spaces(*rows: dict[str, Any]) -> gpd.GeoDataFrame:
    return SPACES.frame(list(rows), crs=CRS)


def camera(name: str = "c", x: float = 0.0, y: float = 0.0, **more: Any) -> dict[str, Any]:
    """A camera without doubt that looks all round and up and down without limit, 100 m far."""
    return {
        "camera_id": name,
        "disclosure_id": "d",
        "standing": "stated",
        "terrain": "flat",
        "kind": "dome",
        "position_sd_m": 0.0,
        "height_m": 6.0,
        "height_sd_m": 0.0,
        "hfov_deg": 360.0,
        "vfov_deg": 180.0,
        "tilt_deg": 0.0,
        "pixels": 20000.0,
        "range_m": 100.0,
        "source_id": "test",
        "geometry": shapely.Point(x, y),
        **more,
    }


def fixed(
    name: str = "c",
    x: float = 0.0,
    y: float = 0.0,
    azimuth_deg: float | None = 90.0,
    hfov_deg: float = 60.0,
    **more: Any,
) -> dict[str, Any]:
    """A camera without doubt that looks one way, level, with a high picture."""
    rest = {"kind": "fixed", "vfov_deg": 120.0, "azimuth_sd_deg": None if azimuth_deg is None else 0.0}
    return camera(name, x, y, azimuth_deg=azimuth_deg, hfov_deg=hfov_deg, **rest | more)


def cameras(*rows: dict[str, Any]) -> gpd.GeoDataFrame:
    return CAMERAS.frame(list(rows), crs=CRS)


def seen(
    town: gpd.GeoDataFrame, *rows: dict[str, Any], draws: int = 1, seed: int = 0, max_range_m: float = 100.0
) -> Seen:
    return see(cameras(*rows), Scene.of(town), town, draws=draws, seed=seed, max_range_m=max_range_m)


def turned(frame: gpd.GeoDataFrame, angle_deg: float, dx: float = 0.0, dy: float = 0.0) -> gpd.GeoDataFrame:
    """Return a frame turned clockwise around the origin, then moved."""
    shapes = [
        affinity.translate(affinity.rotate(shape, -angle_deg, origin=(0, 0)), dx, dy)
        for shape in frame.geometry
    ]
    return frame.set_geometry(gpd.GeoSeries(shapes, index=frame.index, crs=frame.crs))


def ground_of(views: gpd.GeoDataFrame) -> Any:
    """Return all ground in view, whatever the level."""
    return shapely.union_all(views.geometry.to_numpy())
