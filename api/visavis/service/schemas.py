"""A layer's columns as JSON Schema (OGC API Features, part 5), from the one declaration of its table."""

from __future__ import annotations

from typing import Any, Final

from visavis.layers import Layer
from visavis.model.schema import Column, Table

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"

# Units by the names of UCUM, which part 5 takes for granted.
_UCUM: Final = {"m": "m", "m2": "m2", "deg": "deg", "px": "{px}", "px/m": "{px}/m", "1": "1", "count": "1"}

_BOUNDS: Final = {
    "ge": "minimum",
    "le": "maximum",
    "gt": "exclusiveMinimum",
    "lt": "exclusiveMaximum",
}

_FORMATS: Final = {
    ("Point",): "geometry-point",
    ("LineString",): "geometry-linestring",
    ("Polygon", "MultiPolygon"): "geometry-polygon-or-multipolygon",
}


def schema(layer: Layer, address: str) -> dict[str, Any]:
    """Return what a feature's properties are: meaning, type, unit, bounds, codes, and which may be null."""
    table = layer.table
    return {
        **_head(layer, address),
        "properties": {name: _property(table, name) for name in table.columns},
        "required": [name for name, column in table.columns.items() if not column.nullable],
        "additionalProperties": False,
    }


def queryables(layer: Layer, address: str) -> dict[str, Any]:
    """Return what features can be asked by, in a filter: every column; columns of text and flags by equality too."""
    return {
        **_head(layer, address),
        "properties": {name: _property(layer.table, name) for name in layer.table.columns},
        "additionalProperties": False,
    }


def _head(layer: Layer, address: str) -> dict[str, Any]:
    return {
        "$schema": _DIALECT,
        "$id": address,
        "type": "object",
        "title": layer.title.en,
        "description": layer.description.en,
    }


def _property(table: Table, name: str) -> dict[str, Any]:
    column = table.columns[name]
    if name == "geometry":
        return {
            "title": column.description,
            "x-ogc-role": "primary-geometry",
            "format": _FORMATS.get(table.geometry, "geometry-any"),
        }
    unit, choices = table.unit(name), table.choices(name)
    return {
        "title": column.description,
        **({"x-ogc-role": "id"} if name == table.id_column else {}),
        "type": [_type(column), "null"] if column.nullable else _type(column),
        **({} if choices is None else {"enum": [*choices, None] if column.nullable else list(choices)}),
        **(
            {}
            if table.media(name) is None
            else {"contentEncoding": "base64", "contentMediaType": table.media(name)}
        ),
        **({} if unit is None else {"x-ogc-unit": _UCUM[unit]}),
        **_bounds(column),
    }


def _type(column: Column) -> str:
    kind = column.dtype
    if kind.startswith("float"):
        return "number"
    if kind.startswith("int"):
        return "integer"
    return "boolean" if kind == "bool" else "string"


def _bounds(column: Column) -> dict[str, float]:
    return {_BOUNDS[how]: bound for how, bound in column.bounds if how in _BOUNDS}
