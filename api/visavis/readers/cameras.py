"""Cameras as GeoJSON (RFC 7946): read with only a point required, written with every column."""

from __future__ import annotations

import json
import math
import tempfile
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from visavis.cameras import CAMERAS_READ
from visavis.model.crs import LOCAL_REACH_M
from visavis.model.errors import InputError, TableError
from visavis.model.findings import Finding, raised
from visavis.readers.words import WORDS

# 1e-8 degrees is a millimetre: less than any sheet can tell.
DECIMALS: Final = 8
# A degree of latitude; enough to tell whether a camera stands in the same town as the others.
DEGREE_M: Final = 111_000.0
# From how many cameras on one can say that another stands apart.
LEAST_TOGETHER: Final = 3
WGS84_NAMES: Final = ("CRS84", "4326")


def read_cameras(
    path: Path, disclosure_id: str, source_id: str
) -> tuple[gpd.GeoDataFrame, tuple[Finding, ...]]:
    """Return the cameras of a GeoJSON file, CAMERAS_READ in CRS84; every column but the point may be missing.

    Columns that the table does not know are left, and told in one finding; so is a camera that stands far from
    the others.

    Raises
    ------
    TableError
        With file and row, where a feature has no point, a coordinate is not one or is swapped, or a value breaks
        the table.
    """
    features = _features(path)
    ignored: set[str] = set()
    rows = []
    for number, feature in enumerate(features, start=1):
        told = {
            name: value
            for name, value in _properties(feature, path, number).items()
            if value is not None and value != ""
        }
        ignored |= set(told) - set(CAMERAS_READ.columns)
        own = told.get("camera_id") or feature.get("id") or told.get("label") or number
        rows.append(
            {
                "standing": "stated",
                "kind": "unknown",
                "source_id": source_id,
                **{
                    name: _value(name, value, path, number)
                    for name, value in told.items()
                    if name not in ignored
                },
                "camera_id": str(own) if told.get("camera_id") else f"{disclosure_id}/{own}",
                "disclosure_id": disclosure_id,
                "geometry": _point(feature, path, number),
            }
        )
    try:
        cameras = CAMERAS_READ.frame(rows)
    except TableError as broken:
        raise broken.located(path) from None
    findings = _apart(cameras, path)
    if ignored:
        columns = ", ".join(sorted(ignored))
        findings.append(raised(WORDS, "cameras.columns-ignored", file=path.name, columns=columns))
    return cameras, tuple(findings)


def read_points(path: Path) -> gpd.GeoDataFrame:
    """Return label, kind, azimuth and stated errors of a GeoJSON of points, whatever else it holds.

    Raises
    ------
    TableError
        With file and row, where a coordinate or a number is not one.
    """
    columns = ("label", "kind", "azimuth_deg", "position_sd_m", "azimuth_sd_deg")
    rows, points = [], []
    for number, feature in enumerate(_features(path), start=1):
        if _geometry(feature).get("type") == "Point":
            told = _properties(feature, path, number)
            rows.append({name: _value(name, told.get(name), path, number) for name in columns})
            points.append(_point(feature, path, number))
    frame = pd.DataFrame(rows, columns=list(columns))
    numeric = [name for name in columns if CAMERAS_READ.unit(name)]
    return gpd.GeoDataFrame(
        frame.astype(dict.fromkeys(numeric, float)), geometry=gpd.GeoSeries(points, crs="OGC:CRS84")
    )


def write_cameras(cameras: gpd.GeoDataFrame, path: Path) -> None:
    """Write cameras as RFC 7946 GeoJSON; the file is there whole or not at all.

    Raises
    ------
    InputError
        Where the folder is missing.
    """
    if not path.parent.is_dir():
        raise InputError("no such folder", file=path.parent, remedy="Make it first")
    features = [
        {
            "type": "Feature",
            "id": row["camera_id"],
            "geometry": {
                "type": "Point",
                "coordinates": [round(row["geometry"].x, DECIMALS), round(row["geometry"].y, DECIMALS)],
            },
            "properties": {str(name): _plain(value) for name, value in row.items() if name != "geometry"},
        }
        for row in cameras.to_crs("OGC:CRS84").to_dict("records")
    ]
    content = {"type": "FeatureCollection", "features": features}
    text = json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as beside:
        try:
            beside.write(text)
            beside.close()
            Path(beside.name).chmod(0o644)
            Path(beside.name).replace(path)
        except BaseException:
            beside.close()
            Path(beside.name).unlink(missing_ok=True)
            raise


def _plain(value: Any) -> Any:
    if value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return None
    return round(value, 4) if isinstance(value, float) else value


def _features(path: Path) -> list[dict[str, Any]]:
    if not path.is_file():
        raise TableError("no such file", file=path, remedy="Check the name")
    try:
        content = json.loads(path.read_text("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as broken:
        raise TableError(f"is not GeoJSON ({broken})", file=path, remedy="Give RFC 7946 GeoJSON") from None
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list) or not all(isinstance(feature, dict) for feature in features):
        raise TableError("is no FeatureCollection", file=path, remedy="Give RFC 7946 GeoJSON")
    crs = json.dumps(content.get("crs"))
    if content.get("crs") is not None and not any(name in crs for name in WGS84_NAMES):
        raise TableError(
            f"names a CRS of its own ({crs})",
            file=path,
            remedy="Save it in WGS 84 degrees, as RFC 7946 wants",
        )
    return features


def _properties(feature: dict[str, Any], path: Path, number: int) -> dict[str, Any]:
    told = feature.get("properties") or {}
    if not isinstance(told, dict):
        raise TableError(
            "its properties are no object", file=path, row=number, remedy="Give RFC 7946 GeoJSON"
        )
    return {
        name: None if isinstance(value, float) and math.isnan(value) else value
        for name, value in told.items()
    }


def _value(name: str, value: Any, path: Path, number: int) -> Any:
    """Return a property as its column holds it; a number may come as text, a text as a number."""
    column = CAMERAS_READ.columns[name]
    wanted = "a number" if CAMERAS_READ.unit(name) else "text"
    if value is None:
        return None
    if isinstance(value, (str, int, float)) and not isinstance(value, bool):
        if wanted == "text":
            return str(value)
        try:
            if math.isfinite(float(value)):
                return float(value)
        except (ValueError, OverflowError):
            pass
    raise TableError(
        f"{name} is {value!r}, not {wanted}", file=path, row=number, remedy=f"{name}: {column.description}"
    )


def _geometry(feature: dict[str, Any]) -> dict[str, Any]:
    geometry = feature.get("geometry")
    return geometry if isinstance(geometry, dict) else {}


def _point(feature: dict[str, Any], path: Path, number: int) -> shapely.Point:
    geometry = _geometry(feature)
    place: Any = geometry.get("coordinates")
    try:
        longitude, latitude = float(place[0]), float(place[1])
    except (TypeError, ValueError, IndexError, KeyError):
        longitude = latitude = math.nan
    if geometry.get("type") != "Point" or not (math.isfinite(longitude) and math.isfinite(latitude)):
        raise TableError("has no point", file=path, row=number, remedy="Give each camera a Point in degrees")
    where = f"{longitude:.10g}, {latitude:.10g}"
    if abs(longitude) <= 90 < abs(latitude) <= 180:
        raise TableError(
            f"latitude is {latitude:.10g}",
            file=path,
            row=number,
            remedy="Longitude comes first in GeoJSON: swapped?",
        )
    if abs(longitude) > 180 or abs(latitude) > 90:
        raise TableError(
            f"{where} are no degrees", file=path, row=number, remedy="Save it in WGS 84, longitude first"
        )
    if longitude == latitude == 0.0:
        raise TableError("stands at 0, 0", file=path, row=number, remedy="Give its place, or take it out")
    return shapely.Point(longitude, latitude)


def _apart(cameras: gpd.GeoDataFrame, path: Path) -> list[Finding]:
    """Tell of cameras far from the others; refuse one that stands among them once swapped."""
    if len(cameras) <= LEAST_TOGETHER:
        return []
    lon, lat = cameras.geometry.x.to_numpy(), cameras.geometry.y.to_numpy()
    middle = float(np.median(lon)), float(np.median(lat))
    away = _metres_from(middle, lon, lat)
    reach = 2 * LOCAL_REACH_M
    swapped = (away > reach) & (_metres_from(middle, lat, lon) <= reach)
    if swapped.any():
        row = int(np.flatnonzero(swapped)[0])
        raise TableError(
            f"{lon[row]:.10g}, {lat[row]:.10g} is far from the others, and among them the other way round",
            file=path,
            row=row + 1,
            remedy="Longitude comes first in GeoJSON: swapped?",
        )
    ids = cameras["camera_id"].astype("str")
    return [
        raised(
            WORDS,
            "cameras.place-apart",
            ids.iloc[row],
            camera=ids.iloc[row],
            distance_km=round(float(away[row]) / 1000),
            file=path.name,
        )
        for row in np.flatnonzero(away > reach)
    ]


def _metres_from(middle: tuple[float, float], lon: Any, lat: Any) -> Any:
    """Return distances on a flat earth: a rough measure of whether two places are of one town."""
    narrowing = math.cos(math.radians(middle[1]))
    return DEGREE_M * np.hypot((lon - middle[0]) * narrowing, lat - middle[1])
