"""What a GeoPackage says of itself beyond its rows: columns, codes, sources and the record of the build."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any, Final

from visavis.layers import LAYERS
from visavis.model.errors import StoreError
from visavis.model.provenance import BuildRecord, Source
from visavis.model.schema import Table

# Raised whenever a store of the old kind can't be read as before.
STORE_FORMAT: Final = "3"

# GeoPackage's schema extension (OGC 12-128r18, annex F.9): GDAL and QGIS show what it holds.
_SCHEMA_EXTENSION = """
CREATE TABLE gpkg_data_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT, title TEXT,
  description TEXT, mime_type TEXT, constraint_name TEXT,
  CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name), CONSTRAINT gdc_tn UNIQUE (table_name, name));
CREATE TABLE gpkg_data_column_constraints (constraint_name TEXT NOT NULL, constraint_type TEXT NOT NULL,
  value TEXT, min NUMERIC, min_is_inclusive BOOLEAN, max NUMERIC, max_is_inclusive BOOLEAN, description TEXT,
  CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value));
INSERT INTO gpkg_extensions (table_name, column_name, extension_name, definition, scope) VALUES
  ('gpkg_data_columns', NULL, 'gpkg_schema', 'http://www.geopackage.org/spec/#extension_schema',
   'read-write'),
  ('gpkg_data_column_constraints', NULL, 'gpkg_schema', 'http://www.geopackage.org/spec/#extension_schema',
   'read-write');
"""

# Tables that a person who opens the file sees beside the layers.
_RECORD_TABLES = """
CREATE TABLE visavis_build (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, name TEXT NOT NULL,
  value TEXT NOT NULL);
CREATE TABLE visavis_sources (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, source_id TEXT NOT NULL,
  title TEXT NOT NULL, licence TEXT NOT NULL, attribution TEXT NOT NULL, url TEXT, sha256 TEXT,
  invented BOOLEAN NOT NULL);
"""


def tell(database: sqlite3.Connection, layers: Iterable[str], record: BuildRecord) -> None:
    """Write the columns' meanings and units, the codes' meanings, the sources and the record."""
    for statement in (_SCHEMA_EXTENSION + _RECORD_TABLES).split(";\n"):
        if statement.strip():
            database.execute(statement)
    for name in layers:
        _tell_columns(database, LAYERS[name].table)
    _tell_record(database, record)


def told(database: sqlite3.Connection) -> BuildRecord:
    """Return the record that a store keeps.

    Raises
    ------
    StoreError
        Where it is of a kind that this version doesn't know.
    """
    entries = dict(database.execute("SELECT name, value FROM visavis_build").fetchall())
    if entries["store_format"] != STORE_FORMAT:
        raise StoreError(
            f"was written by {entries['software']} in a format that this version doesn't read",
            remedy="Build it again",
        )
    found = database.execute(
        "SELECT source_id, title, licence, attribution, url, sha256, invented FROM visavis_sources"
        " ORDER BY fid"
    )
    names = [name for name, *_ in found.description]
    sources = [dict(zip(names, row, strict=True)) for row in found]
    return BuildRecord(
        built_at=datetime.fromisoformat(entries["built_at"]),
        software=entries["software"],
        parameters=json.loads(entries["parameters"]),
        sources=tuple(Source(**(row | {"invented": bool(row["invented"])})) for row in sources),
    )


def _tell_columns(database: sqlite3.Connection, table: Table) -> None:
    for name, column in table.columns.items():
        unit = table.unit(name)
        choices = table.choices(name)
        codes = None if choices is None else f"{table.name}_{name}"
        meaning = f"{column.description}{'' if unit in (None, '1', 'count') else f' [{unit}]'}"
        database.execute(
            "INSERT INTO gpkg_data_columns (table_name, column_name, name, description, constraint_name)"
            " VALUES (?, ?, ?, ?, ?)",
            (table.name, name, name, meaning, codes),
        )
        database.executemany(
            "INSERT INTO gpkg_data_column_constraints (constraint_name, constraint_type, value)"
            " VALUES (?, 'enum', ?)",
            ((codes, code) for code in choices or ()),
        )


def _tell_record(database: sqlite3.Connection, record: BuildRecord) -> None:
    entries: dict[str, Any] = {
        "store_format": STORE_FORMAT,
        "build_id": record.build_id,
        "built_at": record.built_at.isoformat(),
        "software": record.software,
        "parameters": json.dumps(dict(record.parameters), sort_keys=True),
        "invented": record.told_invented,
    }
    database.executemany("INSERT INTO visavis_build (name, value) VALUES (?, ?)", entries.items())
    database.executemany(
        "INSERT INTO visavis_sources (source_id, title, licence, attribution, url, sha256, invented)"
        " VALUES (:source_id, :title, :licence, :attribution, :url, :sha256, :invented)",
        [asdict(source) for source in record.sources],
    )
    for table, title, meaning in (
        ("visavis_build", "About this build", "How and when the layers were built"),
        ("visavis_sources", "Sources", "What the layers were built from, under which licence"),
    ):
        database.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change, srs_id)"
            " SELECT ?, 'attributes', ?, ?, MAX(last_change), 0 FROM gpkg_contents",
            (table, title, meaning),
        )
