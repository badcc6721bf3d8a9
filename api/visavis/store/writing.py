"""A store as a GeoPackage: the tables through GDAL, beside them the finished features."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from pyogrio.errors import DataLayerError, DataSourceError, FeatureError, GeometryError

from visavis.layers import LAYERS
from visavis.model.errors import StoreError
from visavis.model.provenance import BuildRecord
from visavis.model.schema import Table
from visavis.store.features import finished_features
from visavis.store.placing import placed
from visavis.store.spreading import spread
from visavis.store.telling import tell
from visavis.tiles import finished_tiles

# Rows that are finished at once: their text is larger than they are.
_AT_ONCE: Final = 2_000

_REFUSALS = (DataSourceError, DataLayerError, FeatureError, GeometryError, sqlite3.Error, OSError)


def write_geopackage(target: Path, tables: Mapping[str, pd.DataFrame], record: BuildRecord) -> None:
    """Write every layer to `target`; the file that stood there is replaced at the end or stays as it was.

    The same tables and record give the same bytes.

    Raises
    ------
    StoreError
        Where the file can't be written.
    KeyError
        Where a table is missing.
    """
    whole = {name: _in_order(tables[name], layer.table.id_column) for name, layer in LAYERS.items()}
    try:
        with _refusals(), placed(target) as beside:
            write_tables(beside, whole, record)
            with closing(sqlite3.connect(beside)) as database, database:
                database.execute("PRAGMA synchronous = OFF")  # flushed once, when it is whole
                _keep_features(database, whole)
                _keep_tiles(database, whole)
    except StoreError as refused:
        raise refused.located(target) from None


def write_tables(file: Path, tables: Mapping[str, pd.DataFrame], record: BuildRecord) -> None:
    """Write some layers to a new GeoPackage, with what columns and codes mean, the sources and the record.

    Raises
    ------
    StoreError
        Where the file can't be written.
    """
    with _refusals():
        spread(file, tables, record)
        with closing(sqlite3.connect(file)) as database, database:
            tell(database, tables, record)


def _in_order(frame: pd.DataFrame, by: str) -> pd.DataFrame:
    """Return a table ordered by a column and numbered anew; one that is so already is not copied."""
    if frame[by].is_monotonic_increasing and frame.index.equals(pd.RangeIndex(len(frame))):
        return frame
    return frame.sort_values(by, ignore_index=True)


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except _REFUSALS as refusal:
        raise StoreError(
            f"can't be written ({refusal})",
            remedy="Check that the folder is there and has room; a file that stood there is as it was",
        ) from refusal


def _keep_features(database: sqlite3.Connection, tables: Mapping[str, pd.DataFrame]) -> None:
    database.execute(
        "CREATE TABLE visavis_features (row INTEGER PRIMARY KEY, layer TEXT NOT NULL, fid INTEGER NOT NULL,"
        " id TEXT NOT NULL, feature BLOB NOT NULL)"
    )
    for name, frame in tables.items():
        table = LAYERS[name].table
        order = neighbours(frame)
        for begin in range(0, len(order), _AT_ONCE):
            rows = order[begin : begin + _AT_ONCE]
            near = frame.iloc[rows]
            finished = zip(
                (rows + 1).tolist(), near[table.id_column], finished_features(table, near), strict=True
            )
            database.executemany(
                "INSERT INTO visavis_features (layer, fid, id, feature) VALUES (?, ?, ?, ?)",
                ((name, *each) for each in finished),
            )
        for column in _looked_up(table):
            database.execute(f'CREATE INDEX "{name}_{column}" ON "{name}" ("{column}")')
    for key in ("id", "fid"):
        database.execute(f"CREATE UNIQUE INDEX visavis_features_{key} ON visavis_features (layer, {key})")


def _keep_tiles(database: sqlite3.Connection, tables: Mapping[str, pd.DataFrame]) -> None:
    database.execute(
        "CREATE TABLE visavis_tiles (layer TEXT NOT NULL, z INTEGER NOT NULL, x INTEGER NOT NULL, y INTEGER NOT NULL,"
        " tile BLOB NOT NULL, UNIQUE (layer, z, x, y))"
    )
    for name, frame in tables.items():
        if isinstance(frame, gpd.GeoDataFrame):
            database.executemany(
                "INSERT INTO visavis_tiles VALUES (?, ?, ?, ?, ?)",
                ((name, *tile, made) for tile, made in finished_tiles(LAYERS[name].table, frame)),
            )


def neighbours(frame: pd.DataFrame) -> NDArray[Any]:
    """Return an order of rows in which those near to each other stand together, along a Hilbert curve.

    What lies in a box is then read from few places of the file. Rows without a geometry come last.
    """
    if not isinstance(frame, gpd.GeoDataFrame) or frame.empty:
        return np.arange(len(frame))
    bounds = shapely.bounds(frame.geometry.to_numpy())
    middles = (bounds[:, :2] + bounds[:, 2:]) / 2
    there = np.isfinite(middles).all(axis=1)
    along = np.full(len(frame), np.iinfo(np.int64).max)
    if there.any():
        along[there] = gpd.GeoSeries(gpd.points_from_xy(*middles[there].T)).hilbert_distance()
    return np.argsort(along, kind="stable")


def _looked_up(table: Table) -> list[str]:
    """Return the columns that name rows, of this table or of another."""
    return [name for name in table.columns if name.endswith("_id")]
