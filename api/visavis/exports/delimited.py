"""A layer as CSV (RFC 4180), and beside it what CSV has no room for, as CSV on the Web (W3C, 2015)."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import numpy as np
import shapely

from visavis.exports.origin import members
from visavis.exports.part import Part
from visavis.model.schema import Table
from visavis.model.vocabulary import Word
from visavis.store.features import rounded_number, rounded_shapes

# Where a reader looks for a CSV's metadata (Model for Tabular Data and Metadata on the Web, section 5.3).
METADATA_SUFFIX: Final = "-metadata.json"

GUARDED: Final = Word(
    "A text that a spreadsheet would run as a formula begins with an apostrophe.",
    "Un texte qu'un tableur exécuterait comme formule commence par une apostrophe.",
)

# Spreadsheets run a cell that begins like this (OWASP, CSV injection).
_RUN: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_BYTE_ORDER_MARK: Final = "\ufeff"
_DATATYPES: Final = {"float64": "double", "int64": "integer", "bool": "boolean"}
_PLACES: Final = {
    "longitude": ("double", "Longitude (OGC:CRS84) [deg]"),
    "latitude": ("double", "Latitude (OGC:CRS84) [deg]"),
    "WKT": ("string", "Geometry as well-known text, longitude first (OGC:CRS84) [deg]"),
}


def delimited(part: Part) -> Iterator[bytes]:
    """Return a header and a line for each row, in UTF-8 with a byte order mark, which spreadsheets go by.

    A place is `longitude` and `latitude` where every feature is a point, `WKT` elsewhere; numbers are rounded as
    in GeoJSON, an empty cell is an unknown value.
    """
    table = part.layer.table
    names = [name for name in table.columns if name != "geometry"]
    yield _lines([[*names, *_place_columns(table)]], _BYTE_ORDER_MARK)
    for rows in part.rows():
        values: list[Sequence[Any]] = list(zip(*rows, strict=True))
        places = _places(table, values.pop()) if table.geometry else []
        cells = [_cells(table, name, column) for name, column in zip(names, values, strict=True)]
        yield _lines(zip(*cells, *places, strict=True))


def metadata(part: Part, file: str) -> bytes:
    """Return what the columns of the CSV called `file` mean, and where its rows come from."""
    told = members(part)
    table = part.layer.table
    described = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": file,
        "dc:title": told["title"],
        "dc:description": told["description"],
        "dc:license": told["licence"],
        "dc:source": told["attribution"],
        "dc:created": told["built_at"],
        "rdfs:comment": f"{told['statement']} {GUARDED.en}",
        "dc:provenance": json.dumps(told, ensure_ascii=False),
        "dialect": {"encoding": "utf-8", "header": True, "delimiter": ","},
        "tableSchema": {
            "columns": [*_described(table), *(_place(name) for name in _place_columns(table))],
            "primaryKey": table.id_column,
        },
    }
    return json.dumps(described, ensure_ascii=False, indent=1).encode() + b"\n"


def _lines(rows: Iterable[Sequence[object]], before: str = "") -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return (before + text.getvalue()).encode()


def _place_columns(table: Table) -> tuple[str, ...]:
    if not table.geometry:
        return ()
    return ("longitude", "latitude") if table.geometry == ("Point",) else ("WKT",)


def _places(table: Table, geometry: Sequence[bytes | None]) -> list[list[Any]]:
    shapes = rounded_shapes(shapely.from_wkb(np.array(geometry, dtype=object)))
    if _place_columns(table) == ("WKT",):
        return [shapely.to_wkt(shapes, rounding_precision=7).tolist()]
    return [
        [None if np.isnan(number) else number for number in axis(shapes).tolist()]
        for axis in (shapely.get_x, shapely.get_y)
    ]


def _cells(table: Table, name: str, values: Sequence[Any]) -> list[Any]:
    kind, unit = table.columns[name].dtype, table.unit(name)
    if kind == "float64":
        return [None if value is None else rounded_number(value, unit) for value in values]
    if kind == "bool":
        return ["true" if value else "false" for value in values]
    if kind == "int64":
        return list(values)
    return [f"'{value}" if value is not None and value.startswith(_RUN) else value for value in values]


def _described(table: Table) -> Iterator[dict[str, Any]]:
    for name, column in table.columns.items():
        if name == "geometry":
            continue
        unit = table.unit(name)
        within = "" if unit in (None, "1", "count") else f" [{unit}]"
        yield {
            "name": name,
            "titles": name,
            "datatype": _DATATYPES.get(column.dtype, "string"),
            "dc:description": f"{column.description}{within}",
            "required": not column.nullable,
        }


def _place(name: str) -> dict[str, Any]:
    datatype, meaning = _PLACES[name]
    return {"name": name, "titles": name, "datatype": datatype, "dc:description": meaning}
