"""A build into PostGIS: written, indexed and made the current one in a single transaction."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final

import geopandas as gpd
import pandas as pd
import psycopg
import shapely
from psycopg import sql

from visavis.layers import LAYERS, Layer
from visavis.model.provenance import BuildRecord
from visavis.model.schema import Table
from visavis.store.features import finished_features
from visavis.store.postgis.connecting import connect, refusals
from visavis.store.postgis.laying_out import (
    SRID,
    TILE_TYPES,
    copied,
    copied_tiles,
    copied_types,
    indexed,
    made,
    schema_of,
    tiled,
    viewed,
)
from visavis.store.postgis.migrating import SCHEMA, bring_up_to_date
from visavis.store.telling import STORE_FORMAT
from visavis.tiles import finished_tiles

# The first of two numbers of a lock, the second being a build's: shared by those who read it.
READERS: Final = 7_304_212

# Two builders publish one after the other.
_PUBLISHERS: Final = 7_304_213

# How long the views wait for somebody who is reading through them, before the build is given up.
_VIEWS_WAIT: Final = "30s"

_AT_ONCE: Final = 5_000


def write_postgis(target: str, tables: Mapping[str, pd.DataFrame], record: BuildRecord) -> None:
    """Write every layer to a schema of its own and make it the current build, whole or not at all.

    Raises
    ------
    StoreError
        Where the database can't be reached, is another program's, or has no room.
    KeyError
        Where a table is missing.
    """
    whole = {
        name: tables[name].sort_values(layer.table.id_column, ignore_index=True)
        for name, layer in LAYERS.items()
    }
    bring_up_to_date(target)
    with refusals(target), connect(target, autocommit=True) as connection:
        with connection.transaction():
            connection.execute("SELECT pg_advisory_xact_lock(%s)", (_PUBLISHERS,))
            build = _begun(connection, record)
            for name, frame in whole.items():
                _load(connection, build, LAYERS[name], frame)
            _show(connection, build, record)
        _drop_unread(connection)


def _begun(connection: psycopg.Connection[Any], record: BuildRecord) -> int:
    """Enter a build into the list and make its schema."""
    (build,) = connection.execute(
        f"INSERT INTO {SCHEMA}.builds"
        " (build, build_id, store_format, built_at, software, parameters, sources, invented)"
        f" VALUES (nextval('{SCHEMA}.build_numbers'), %s, %s, %s, %s, %s, %s, %s) RETURNING build",
        (
            record.build_id,
            STORE_FORMAT,
            record.built_at,
            record.software,
            json.dumps(dict(record.parameters), sort_keys=True),
            json.dumps([asdict(source) for source in record.sources], ensure_ascii=False),
            record.invented,
        ),
    ).fetchone() or (0,)
    connection.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(schema_of(build))))
    connection.execute(tiled(int(build)))
    return int(build)


def _load(connection: psycopg.Connection[Any], build: int, layer: Layer, frame: pd.DataFrame) -> None:
    table = layer.table
    for statement in made(build, layer):
        connection.execute(statement)
    with connection.cursor().copy(copied(build, table)) as copy:
        copy.set_types(copied_types(table))
        for row in _rows(table, frame):
            copy.write_row(row)
    if isinstance(frame, gpd.GeoDataFrame):
        with connection.cursor().copy(copied_tiles(build)) as copy:
            copy.set_types(TILE_TYPES)
            for tile, finished in finished_tiles(table, frame):
                copy.write_row((layer.name, *tile, finished))
    for statement in indexed(build, layer):
        connection.execute(statement)
    bounds: list[float | None] = [None] * 4
    if isinstance(frame, gpd.GeoDataFrame) and frame.geometry.notna().any():
        bounds = [*frame.total_bounds.tolist()]
    connection.execute(
        f"INSERT INTO {SCHEMA}.layers VALUES (%s, %s, %s, %s, %s, %s, %s)",
        (build, layer.name, len(frame), *bounds),
    )


def _rows(table: Table, frame: pd.DataFrame) -> Iterator[Sequence[Any]]:
    """Return rows as they are copied: number, columns, finished feature."""
    features = finished_features(table, frame)
    for start in range(0, len(frame), _AT_ONCE):
        few = frame.iloc[start : start + _AT_ONCE]
        columns = [_values(few[name]) for name in table.columns]
        yield from zip(range(start + 1, start + len(few) + 1), *columns, features, strict=False)


def _values(column: pd.Series[Any]) -> Sequence[Any]:
    if column.dtype == "geometry":
        shapes = column.to_numpy()
        return list(shapely.to_wkb(shapely.set_srid(shapes, SRID), include_srid=True))
    return [None if value is None or value != value else value for value in column.tolist()]


def _show(connection: psycopg.Connection[Any], build: int, record: BuildRecord) -> None:
    """Make a build the current one, and let the views show it."""
    connection.execute(sql.SQL("SET LOCAL lock_timeout = {}").format(sql.Literal(_VIEWS_WAIT)))
    mark = "" if record.mark is None else record.mark.en
    for layer in LAYERS.values():
        for statement in viewed(build, layer, mark):
            connection.execute(statement)
    connection.execute(f"UPDATE {SCHEMA}.builds SET is_current = false WHERE is_current")
    connection.execute(f"UPDATE {SCHEMA}.builds SET is_current = true WHERE build = %s", (build,))


def _drop_unread(connection: psycopg.Connection[Any]) -> None:
    """Drop builds that are neither current nor being read; the others wait for the next time."""
    found = connection.execute(f"SELECT build FROM {SCHEMA}.builds WHERE NOT is_current")
    for (build,) in found.fetchall():
        with connection.transaction():
            (free,) = connection.execute(
                "SELECT pg_try_advisory_xact_lock(%s, %s)", (READERS, build)
            ).fetchone() or (False,)
            if free:
                connection.execute(
                    sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(sql.Identifier(schema_of(build)))
                )
                connection.execute(f"DELETE FROM {SCHEMA}.builds WHERE build = %s", (build,))
