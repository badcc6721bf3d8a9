"""Cameras as GeoJSON (RFC 7946): read with only a point required, written with every column."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import pandas as pd
import shapely

from visavis.cameras import CAMERAS_READ
from visavis.model.errors import InputError, TableError
from visavis.model.findings import Finding, raised
from visavis.readers.words import WORDS

# 1e-8 degrees is a millimetre: less than any sheet can tell.
DECIMALS: Final = 8


def read_cameras(
    path: Path, disclosure_id: str, source_id: str
) -> tuple[gpd.GeoDataFrame, tuple[Finding, ...]]:
    """Return the cameras of a GeoJSON file; every column but the point may be missing.

    Raises
    ------
    TableError
        With file and row, where a feature has no point, a coordinate is not one, or a value breaks the table.
    """
    features = _features(path)
    ignored: set[str] = set()
    rows = []
    for number, feature in enumerate(features, start=1):
        told = feature.get("properties") or {}
        ignored |= set(told) - set(CAMERAS_READ.columns)
        own = told.get("camera_id") or feature.get("id") or told.get("label") or number
        rows.append(
            {
                "standing": "stated",
                "kind": "unknown",
                "source_id": source_id,
                **{name: value for name, value in told.items() if value is not None},
                "camera_id": str(own) if told.get("camera_id") else f"{disclosure_id}/{own}",
                "disclosure_id": disclosure_id,
                "geometry": _point(feature, path, number),
            }
        )
    findings: tuple[Finding, ...] = ()
    if ignored:
        findings = (
            raised(WORDS, "cameras.columns-ignored", file=path.name, columns=", ".join(sorted(ignored))),
        )
    try:
        return CAMERAS_READ.frame(rows), findings
    except TableError as broken:
        raise broken.located(path) from None
    except (TypeError, ValueError) as broken:
        raise TableError(
            f"a value is of the wrong type ({broken})", file=path, remedy="Give numbers as numbers"
        ) from None


def read_points(path: Path) -> gpd.GeoDataFrame:
    """Return label, kind, azimuth and stated errors of a GeoJSON of points, whatever else it holds."""
    columns = ("label", "kind", "azimuth_deg", "position_sd_m", "azimuth_sd_deg")
    features = [f for f in _features(path) if (f.get("geometry") or {}).get("type") == "Point"]
    rows = [{name: (f.get("properties") or {}).get(name) for name in columns} for f in features]
    frame = pd.DataFrame(rows, columns=list(columns))
    numeric = [name for name in columns if name not in {"label", "kind"}]
    frame[numeric] = frame[numeric].astype(float)
    points = [_point(feature, path, number) for number, feature in enumerate(features, start=1)]
    return gpd.GeoDataFrame(frame, geometry=gpd.GeoSeries(points, crs="OGC:CRS84"))


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
    text = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False, indent=1)
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as beside:
        beside.write(text + "\n")
    try:
        Path(beside.name).chmod(0o644)
        Path(beside.name).replace(path)
    except OSError:
        Path(beside.name).unlink(missing_ok=True)
        raise


def _plain(value: Any) -> Any:
    if value is None or (isinstance(value, float) and pd.isna(value)) or value is pd.NA:
        return None
    return round(value, 4) if isinstance(value, float) else value


def _features(path: Path) -> list[dict[str, Any]]:
    if not path.is_file():
        raise TableError("no such file", file=path, remedy="Check the name")
    try:
        content = json.loads(path.read_text("utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as broken:
        raise TableError(f"is not GeoJSON ({broken})", file=path, remedy="Give RFC 7946 GeoJSON") from None
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list) or not all(isinstance(feature, dict) for feature in features):
        raise TableError("is no FeatureCollection", file=path, remedy="Give RFC 7946 GeoJSON")
    return features


def _point(feature: dict[str, Any], path: Path, number: int) -> shapely.Point:
    geometry = feature.get("geometry") or {}
    place: Any = geometry.get("coordinates")
    try:
        longitude, latitude = float(place[0]), float(place[1])
    except (TypeError, ValueError, IndexError):
        longitude = latitude = float("nan")
    if geometry.get("type") != "Point" or not (abs(longitude) <= 180 and abs(latitude) <= 180):
        raise TableError("has no point", file=path, row=number, remedy="Give each camera a Point in degrees")
    if abs(latitude) > 90:
        raise TableError(
            f"latitude is {latitude:g}",
            file=path,
            row=number,
            remedy="Longitude comes first in GeoJSON: swapped?",
        )
    return shapely.Point(longitude, latitude)
