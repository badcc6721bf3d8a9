"""Cameras of OpenStreetMap as others hand them on in JSON: Surveillance under Surveillance, Overpass, GeoJSON.

Three forms are understood, and told by their own marks: a list of objects (or Overpass's `elements`) with `lat` and
`lon`, whose tags stand under `tags` or beside the place; and GeoJSON, whose properties are the tags.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from math import isfinite
from pathlib import Path
from typing import Any, Final, NamedTuple

import geopandas as gpd
import shapely

from visavis.cameras import CAMERAS_READ
from visavis.model.errors import TableError
from visavis.model.findings import Finding, raised
from visavis.readers.osm_cameras import read_camera
from visavis.readers.words import WORDS

_LATITUDES: Final = ("lat", "latitude")
_LONGITUDES: Final = ("lon", "lng", "long", "longitude")
# What stands beside the tags where an object has no `tags` of its own.
_NO_TAGS: Final = frozenset({"id", "@id", "osm_id", "type", *_LATITUDES, *_LONGITUDES})
_REMEDY: Final = "Give a list of objects with lat and lon, Overpass's answer, or GeoJSON"


class _Thing(NamedTuple):
    name: str
    place: tuple[Any, Any]
    tags: dict[str, str]


def read_sunders(path: Path, disclosure_id: str) -> tuple[gpd.GeoDataFrame, tuple[Finding, ...]]:
    """Return the cameras of such a file, CAMERAS_READ in CRS84, and what was doubtful in them.

    An object without a place is left, and told. One that stands there twice is taken once.

    Raises
    ------
    TableError
        Where the file is none of the forms, or a place is not one.
    """
    rows: dict[str, dict[str, Any]] = {}
    findings: list[Finding] = []
    for number, thing in enumerate(_things(_json(path), path), start=1):
        if None in thing.place:
            findings.append(raised(WORDS, "osm.place-missing", thing.name, osm_id=thing.name))
            continue
        point = _point(thing.place, path, number)
        read = read_camera(thing.name, thing.tags)
        if any(row["camera_id"] in rows for row in read.rows):
            continue
        findings += read.findings
        for row in read.rows:
            own = {"disclosure_id": disclosure_id, "source_id": disclosure_id, "geometry": point}
            rows[row["camera_id"]] = {**row, **own}
    return CAMERAS_READ.frame(list(rows.values())), tuple(findings)


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text("utf-8-sig"))
    except FileNotFoundError:
        raise TableError("no such file", file=path, remedy="Check the name") from None
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as broken:
        raise TableError(f"is not JSON ({broken})", file=path, remedy=_REMEDY) from None


def _things(content: Any, path: Path) -> Iterator[_Thing]:
    if isinstance(content, dict) and content.get("type") == "FeatureCollection":
        yield from (_feature(each, path, n) for n, each in enumerate(_listed(content, "features", path), 1))
        return
    if isinstance(content, dict):
        content = _listed(content, "elements", path)
    if not isinstance(content, list):
        raise TableError("holds no list of cameras", file=path, remedy=_REMEDY)
    yield from (_object(each, path, number) for number, each in enumerate(content, start=1))


def _listed(content: Mapping[str, Any], member: str, path: Path) -> list[Any]:
    listed = content.get(member)
    if not isinstance(listed, list):
        raise TableError(f"has no list {member}", file=path, remedy=_REMEDY)
    return listed


def _object(each: Any, path: Path, number: int) -> _Thing:
    if not isinstance(each, dict):
        raise TableError("is no object", file=path, row=number, remedy=_REMEDY)
    middle = each.get("center")
    known = {**(middle if isinstance(middle, dict) else {}), **each}
    tags = each.get("tags")
    told = tags if isinstance(tags, dict) else {k: v for k, v in each.items() if k not in _NO_TAGS}
    place = _first(known, _LONGITUDES), _first(known, _LATITUDES)
    return _Thing(_name(each, number), place, _texts(told))


def _feature(each: Any, path: Path, number: int) -> _Thing:
    geometry = each.get("geometry") if isinstance(each, dict) else None
    if not isinstance(geometry, dict) or geometry.get("type") != "Point":
        raise TableError("is no point", file=path, row=number, remedy=_REMEDY)
    coordinates = geometry.get("coordinates")
    if not isinstance(coordinates, list) or len(coordinates) < 2:
        raise TableError("has no coordinates", file=path, row=number, remedy=_REMEDY)
    properties = each.get("properties") if isinstance(each.get("properties"), dict) else {}
    tags = properties.get("tags")
    told = tags if isinstance(tags, dict) else {k: v for k, v in properties.items() if k not in _NO_TAGS}
    return _Thing(
        _name({**properties, **({"id": each["id"]} if "id" in each else {})}, number),
        (coordinates[0], coordinates[1]),
        _texts(told),
    )


def _name(each: Mapping[str, Any], number: int) -> str:
    """Return an object's name as OpenStreetMap's is told here; an id without a type is a node's."""
    own = _first(each, ("@id", "id", "osm_id"))
    if own is None:
        return f"row:{number}"
    told = str(own).removeprefix("osm:")
    kind = each.get("type") if each.get("type") in ("node", "way", "relation") else "node"
    return f"osm:{told}" if "/" in told else f"osm:{kind}/{told}"


def _texts(tags: Mapping[str, Any]) -> dict[str, str]:
    return {
        str(key): str(value)
        for key, value in tags.items()
        if isinstance(value, str | int | float) and not isinstance(value, bool) and str(value).strip()
    }


def _first(known: Mapping[str, Any], names: tuple[str, ...]) -> Any:
    return next((known[name] for name in names if known.get(name) not in (None, "")), None)


def _point(place: tuple[Any, Any], path: Path, number: int) -> shapely.Point:
    try:
        lon, lat = (float(value) for value in place)
    except (TypeError, ValueError):
        lon = lat = float("nan")
    if not (isfinite(lon) and isfinite(lat)) or abs(lon) > 180 or abs(lat) > 90:
        raise TableError(
            f"has the place {str(place)[:60]}",
            file=path,
            row=number,
            remedy="Give longitude and latitude in degrees",
        )
    return shapely.Point(lon, lat)
