"""Two large layers for servers and exports: cameras strewn over a wide city, and the view of each. None is real."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from visavis import __version__
from visavis.layers import LAYERS
from visavis.model.provenance import BuildRecord, Source
from visavis.model.schema import SpatialTable

# Some 70 by 55 km around a place in the open sea.
WEST, SOUTH, EAST, NORTH = -20.5, 46.75, -19.6, 47.25
BOUNDS: Final = (WEST, SOUTH, EAST, NORTH)

_KINDS: Final = ("fixed", "dome", "ptz", "unknown")
_SHARES: Final = (0.7, 0.2, 0.05, 0.05)
_VERTICES: Final = 24
_RADIUS_DEG: Final = 0.0006


def many_tables(features: int, seed: int = 0) -> dict[str, pd.DataFrame]:
    """Return every layer, empty but for `features` cameras and as many views."""
    random = np.random.default_rng([seed, 6])
    places = np.column_stack(
        [random.uniform(WEST, EAST, features), random.uniform(SOUTH, NORTH, features)]
    ).round(7)
    kinds = random.choice(_KINDS, features, p=_SHARES)
    heights = random.uniform(2.5, 8.0, features).round(2)
    ids = [many_id(number) for number in range(features)]
    given: dict[str, Any] = {
        "camera_id": ids,
        "label": [f"C{number}" for number in range(features)],
        "kind": kinds,
        "height_m": heights,
        "azimuth_deg": random.uniform(0, 360, features).round(1) % 360,
        "geometry": shapely.points(places),
    }
    views = given | {
        "view_id": [f"{each}/fixed/detect" for each in ids],
        "level": random.choice(["monitor", "detect", "observe", "recognise"], features),
        "probability": random.uniform(0.05, 1, features).round(4),
        "geometry": _sectors(places, random),
    }
    made = {"cameras": given, "views": views}
    return {
        name: _table(layer.table, made[name]) if name in made else layer.table.empty()  # type: ignore[arg-type]
        for name, layer in LAYERS.items()
    }


def many_id(number: int) -> str:
    """Return the id of a camera: without a slash, which some servers take for the end of it."""
    return f"many-{number:06d}"


def many_record(number: int = 0) -> BuildRecord:
    """Return the record of such a build."""
    source = Source("many", "Invented cameras", "CC0-1.0", "Nobody", invented=True)
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    return BuildRecord(moment, f"visavis {__version__}", {"number": number}, (source,))


def _sectors(places: Any, random: np.random.Generator) -> Any:
    """Return a sector before each camera, its rim as rough as an outline behind house fronts."""
    towards = random.uniform(0, 2 * np.pi, len(places))[:, None]
    angles = towards + np.linspace(-0.6, 0.6, _VERTICES)[None, :]
    radius = _RADIUS_DEG * random.uniform(0.3, 1.0, (len(places), _VERTICES))
    rim = np.stack([radius * np.cos(angles), radius * np.sin(angles)], axis=2) + places[:, None, :]
    rings = np.concatenate([places[:, None, :], rim, places[:, None, :]], axis=1)
    return shapely.polygons(rings)


def _table(table: SpatialTable, given: dict[str, Any]) -> gpd.GeoDataFrame:
    """Return rows with something plausible wherever the table needs a value."""
    rows = len(given["geometry"])
    plain: dict[str, Any] = {"float64": 0.5, "int64": 1, "bool": True}
    filled = {
        name: given.get(name, [(table.choices(name) or [plain.get(column.dtype, "something")])[0]] * rows)
        for name, column in table.columns.items()
        if name in given or not column.nullable
    }
    return table.frame(gpd.GeoDataFrame(filled, geometry="geometry", crs="OGC:CRS84"))
