"""Small built worlds in metres, for the tests of this folder."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import shapely

from visavis.model.crs import local_crs
from visavis.spaces import BUILDINGS, ENTRANCES, GROUNDS, Furnished, furnish

CRS = local_crs([6.1], [46.2])


def box(x: float, y: float, width: float = 10.0, depth: float = 8.0) -> shapely.Polygon:
    return shapely.box(x, y, x + width, y + depth)


def buildings(*rows: dict[str, Any]) -> gpd.GeoDataFrame:
    told = [
        {"building_id": f"b{at}", "source_id": "s", "geometry": box(40.0 * at, 0.0), **row}
        for at, row in enumerate(rows, start=1)
    ]
    return BUILDINGS.frame(gpd.GeoDataFrame(told, columns=[*BUILDINGS.columns], crs=CRS))


def grounds(*rows: dict[str, Any]) -> gpd.GeoDataFrame:
    told = [
        {"ground_id": f"g{at}", "ground": "garden", "source_id": "s", **row} for at, row in enumerate(rows)
    ]
    return GROUNDS.frame(gpd.GeoDataFrame(told, columns=[*GROUNDS.columns], crs=CRS))


def entrances(*rows: dict[str, Any]) -> gpd.GeoDataFrame:
    told = [
        {"entrance_id": f"e{at}", "entrance": "yes", "source_id": "s", **row} for at, row in enumerate(rows)
    ]
    return ENTRANCES.frame(gpd.GeoDataFrame(told, columns=[*ENTRANCES.columns], crs=CRS))


def furnished(*rows: dict[str, Any]) -> Furnished:
    return furnish(buildings(*rows), grounds(), entrances())


def space(made: Furnished, space_id: str) -> dict[str, Any]:
    (row,) = made.spaces[made.spaces["space_id"] == space_id].to_dict("records")
    return {name: None if value != value else value for name, value in row.items()}


def codes(made: Furnished) -> list[str]:
    return [finding.code for finding in made.findings]
