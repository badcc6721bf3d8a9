"""Finished GeoJSON: every row as the feature that gets served, made once when a store is written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from visavis.model.schema import Table

# About a centimetre on the ground, as RFC 7946 (section 11.2) counts: finer than any position here.
COORDINATE_DECIMALS: Final = 7

# How many decimals of a unit mean something: millimetres, thousandths of a degree, and so on.
DECIMALS: Final = {"m": 3, "m2": 3, "deg": 3, "px/m": 3, "px": 1, "1": 6, "count": 6}

_FULL_TURN_DEG: Final = 360.0


def finished_features(table: Table, frame: pd.DataFrame) -> Iterator[bytes]:
    """Return each row of `frame` as an RFC 7946 feature in UTF-8, in order.

    Longitude and latitude in CRS84 with seven decimals, outer rings counterclockwise (section 3.1.6), the
    row's id as `id`. Properties are the columns in their declared order; lists stay text joined by ``;`` as
    in the tables, and an unknown value is null.

    Parameters
    ----------
    table : Table
        The declaration that `frame` keeps.
    frame : DataFrame or GeoDataFrame
        In CRS84.
    """
    names = [name for name in table.columns if name != "geometry"]
    columns = [_values(frame[name], table.unit(name)) for name in names]
    ids = frame[table.id_column]
    for feature_id, shape, *row in zip(ids, _geometries(frame), *columns, strict=True):
        head = f'{{"type":"Feature","id":{_json(feature_id)},"geometry":{shape},"properties":'
        yield f"{head}{_json(dict(zip(names, row, strict=True)))}}}".encode()


def rounded_shapes(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    """Return geometries as GeoJSON wants them: seven decimals, outer rings counterclockwise."""
    rounded = shapely.transform(shapes, lambda xy: np.round(xy, COORDINATE_DECIMALS) + 0.0)
    return np.asarray(shapely.orient_polygons(rounded, exterior_cw=False), dtype=object)


def rounded_number(value: float, unit: str | None) -> float:
    """Return a number with the decimals that mean something in its unit; an azimuth stays below a full turn."""
    rounded = round(value, DECIMALS[unit or "1"]) + 0.0  # no negative zero
    return value if unit == "deg" and rounded == _FULL_TURN_DEG else rounded


def _geometries(frame: pd.DataFrame) -> list[str]:
    if not isinstance(frame, gpd.GeoDataFrame):
        return ["null"] * len(frame)
    return [text or "null" for text in shapely.to_geojson(rounded_shapes(frame.geometry.to_numpy()))]


def _values(column: pd.Series[Any], unit: str | None) -> list[Any]:
    if column.dtype.kind == "f":
        rounded = column.round(DECIMALS[unit or "1"]) + 0.0  # no negative zero
        kept = rounded.where((rounded != _FULL_TURN_DEG) | (unit != "deg"), column)  # an azimuth stays below
        return [None if np.isnan(value) else value for value in kept.tolist()]
    return [None if value is None or value != value else value for value in column.tolist()]


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
