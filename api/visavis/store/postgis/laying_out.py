"""A build's schema: a table for each layer as it is declared, its indexes, its words, and the views on the current."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from psycopg import sql

from visavis.layers import Layer
from visavis.model.schema import Table
from visavis.store.postgis.migrating import SCHEMA

SRID: Final = 4326

# The table of finished tiles, beside those of the layers; and the types of its values as they are copied.
_TILES: Final = "tiles"
TILE_TYPES: Final = ("text", "int4", "int4", "int4", "bytea")

_TYPES: Final = {"float64": "double precision", "int64": "bigint", "bool": "boolean"}

# Text compares by code points, as SQLite and Python do it, whatever the language of the server.
_TEXT: Final = 'text COLLATE "C"'


def schema_of(build: int) -> str:
    """Return the name of the schema that holds a build."""
    return f"{SCHEMA}_{build}"


def made(build: int, layer: Layer) -> Iterator[sql.Composed]:
    """Return the statements that make a layer's table, without its indexes.

    Beside the declared columns stand `fid`, the row's number in the order of ids, and `feature`, its finished GeoJSON.
    """
    table = layer.table
    columns = [
        sql.SQL("{} {}{}").format(
            sql.Identifier(name),
            sql.SQL(_type(table, name)),
            sql.SQL("" if column.nullable else " NOT NULL"),
        )
        for name, column in table.columns.items()
    ]
    yield sql.SQL("CREATE TABLE {} (fid bigint PRIMARY KEY, {}, feature bytea NOT NULL)").format(
        _name(build, table), sql.SQL(", ").join(columns)
    )
    # What is read whole, and often, is kept as it is rather than compressed.
    yield sql.SQL("ALTER TABLE {} ALTER COLUMN feature SET STORAGE EXTERNAL").format(_name(build, table))


def indexed(build: int, layer: Layer) -> Iterator[sql.Composed]:
    """Return the statements that index a filled table: ids, the columns that name rows, codes, and geometry."""
    table = layer.table
    yield sql.SQL("CREATE UNIQUE INDEX ON {} ({})").format(
        _name(build, table), sql.Identifier(table.id_column)
    )
    for name in table.columns:
        looked_up = name.endswith("_id") or table.choices(name) is not None
        if looked_up and name != table.id_column:
            yield sql.SQL("CREATE INDEX ON {} ({})").format(_name(build, table), sql.Identifier(name))
    if table.geometry:
        yield sql.SQL("CREATE INDEX ON {} USING gist (geometry)").format(_name(build, table))
    yield sql.SQL("ANALYZE {}").format(_name(build, table))


def viewed(build: int, layer: Layer, mark: str) -> Iterator[sql.Composed]:
    """Return the statements that let the layer's view show this build, and say what it and its columns mean."""
    table = layer.table
    view = sql.Identifier(SCHEMA, layer.name)
    columns = sql.SQL(", ").join([sql.Identifier("fid"), *map(sql.Identifier, table.columns)])
    yield sql.SQL("DROP VIEW IF EXISTS {}").format(view)
    yield sql.SQL("CREATE VIEW {} AS SELECT {} FROM {}").format(view, columns, _name(build, table))
    told = f"{layer.title.en} · {layer.title.fr}. {layer.description.en} {mark}".strip()
    yield sql.SQL("COMMENT ON VIEW {} IS {}").format(view, sql.Literal(told))
    for name, column in table.columns.items():
        unit = table.unit(name)
        within = "" if unit in (None, "1", "count") else f" [{unit}]"
        yield sql.SQL("COMMENT ON COLUMN {} IS {}").format(
            sql.Identifier(SCHEMA, layer.name, name), sql.Literal(f"{column.description}{within}")
        )


def copied(build: int, table: Table) -> sql.Composed:
    """Return the statement that loads a table which the same transaction has made: its rows need no second visit."""
    columns = sql.SQL(", ").join(map(sql.Identifier, ["fid", *table.columns, "feature"]))
    return sql.SQL("COPY {} ({}) FROM STDIN (FORMAT binary, FREEZE)").format(_name(build, table), columns)


def tiled(build: int) -> sql.Composed:
    """Return the statement that makes the table of a build's finished tiles."""
    return sql.SQL(
        "CREATE TABLE {} (layer {}, z int, x int, y int, tile bytea NOT NULL, PRIMARY KEY (layer, z, x, y))"
    ).format(sql.Identifier(schema_of(build), _TILES), sql.SQL(_TEXT))


def copied_tiles(build: int) -> sql.Composed:
    """Return the statement that loads finished tiles."""
    return sql.SQL("COPY {} FROM STDIN (FORMAT binary, FREEZE)").format(
        sql.Identifier(schema_of(build), _TILES)
    )


def copied_types(table: Table) -> list[str]:
    """Return the types of the values that `copied` takes; a geometry travels as the bytes of its EWKB."""
    kinds = {"float64": "float8", "int64": "int8", "bool": "bool", "geometry": "bytea"}
    return ["int8", *(kinds.get(column.dtype, "text") for column in table.columns.values()), "bytea"]


def _name(build: int, table: Table) -> sql.Identifier:
    return sql.Identifier(schema_of(build), table.name)


def _type(table: Table, name: str) -> str:
    kind = table.columns[name].dtype
    if kind == "geometry":
        one = table.geometry[0] if len(table.geometry) == 1 else "Geometry"
        return f"geometry({one}, {SRID})"
    return _TYPES.get(kind, _TEXT)
