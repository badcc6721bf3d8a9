"""The built world around the sheets, as GeoJSON for the page's map."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import geopandas as gpd

from visavis.desk.answers.plain import Box
from visavis.desk.answers.sheets import Ground
from visavis.readers.osm_street_lines import read_street_lines
from visavis.readers.osm_streets import OSM_SUFFIXES
from visavis.readers.spaces import merge_spaces, read_spaces

NOTHING: Final[dict[str, Any]] = {"type": "FeatureCollection", "features": []}
_DECIMALS: Final = 7
# Around the sheets, in degrees: some hundred metres.
_MARGIN_DEG: Final = 0.002


def surroundings(spaces: Sequence[Path], around: Box | None) -> Ground:
    """Return buildings and named streets of some files, those around the sheets where it is known where they lie."""
    if not spaces:
        return Ground(buildings=NOTHING, streets=NOTHING, addresses=NOTHING, bounds=around)
    buildings = merge_spaces([read_spaces(file) for file in spaces]).buildings
    if around is not None:
        west, south, east, north = around
        margin = _MARGIN_DEG
        buildings = buildings.cx[west - margin : east + margin, south - margin : north + margin]
    streets = [
        _street(name, line.round(_DECIMALS).tolist())
        for file in spaces
        if file.name.lower().endswith(OSM_SUFFIXES)
        for name, lines in read_street_lines(file).items()
        for line in lines
    ]
    bounds = around
    if bounds is None and len(buildings):
        west, south, east, north = (float(side) for side in buildings.total_bounds)
        bounds = (west, south, east, north)
    return Ground(
        buildings=_outlines(buildings),
        streets={"type": "FeatureCollection", "features": streets},
        addresses=NOTHING,
        bounds=bounds,
    )


def _outlines(buildings: gpd.GeoDataFrame) -> dict[str, Any]:
    shapes = gpd.GeoSeries(buildings.geometry, crs=buildings.crs).set_precision(10**-_DECIMALS)
    told: dict[str, Any] = json.loads(shapes.to_json())
    return {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": {}, "geometry": each["geometry"]}
            for each in told["features"]
            if each["geometry"] is not None
        ],
    }


def _street(name: str, line: list[list[float]]) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {"name": name},
        "geometry": {"type": "LineString", "coordinates": line},
    }
