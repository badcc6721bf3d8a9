"""Properties and values of a filter, and which kinds can be compared."""

from __future__ import annotations

import json
import math
from typing import Any

from visavis.model.errors import RequestError
from visavis.model.schema import Table
from visavis.store.asking import expressions as ex
from visavis.store.asking.query import require_columns


def column_of(table: Table, name: Any) -> ex.Column:
    """Return a property by its name.

    Raises
    ------
    RequestError
        Where the layer has no such property.
    """
    if name == "geometry" and table.geometry:
        raise RequestError("filter: the geometry is no value", remedy="Use S_INTERSECTS and the like")
    require_columns(table, [str(name)], "filter")
    day = table.day(name)
    if day is not None:
        return ex.Column(name, "day", ends=day == "last")
    kind = table.columns[name].dtype
    if kind.startswith(("float", "int")):
        return ex.Column(name, "number")
    return ex.Column(name, "flag" if kind == "bool" else "text")


def literal_of(node: Any) -> ex.Literal:
    """Return text, a finite number or a flag as given.

    Raises
    ------
    RequestError
        Where it is none of these.
    """
    if isinstance(node, bool):
        return ex.Literal(node, "flag")
    if isinstance(node, int | float) and math.isfinite(node):
        return ex.Literal(float(node), "number")
    if isinstance(node, str) and "\0" not in node:
        return ex.Literal(node, "text")
    raise RequestError(
        f"filter: {json.dumps(node)[:60]} is no value",
        remedy="Give text in ' ', a finite number, TRUE or FALSE",
    )


def kind_of(value: ex.Value) -> ex.Kind:
    """Return of which kind a value is."""
    match value:
        case ex.Column(_, kind) | ex.Literal(_, kind):
            return kind
        case ex.Folded():
            return "text"
        case ex.Computed():
            return "number"


def agreed(values: tuple[ex.Value, ...], *, text: bool = False) -> tuple[ex.Value, ...]:
    """Return values of one kind. Days beside text, or where `text` is wanted, are the text as it is kept.

    Raises
    ------
    RequestError
        Where they can't be compared.
    """
    kinds = {kind_of(value) for value in values}
    if text or kinds == {"text", "day"}:
        if any(isinstance(value, ex.Literal) and value.kind == "day" for value in values):
            raise RequestError("filter compares a day with text", remedy="Write both as DATE('2024-05-01')")
        return tuple(
            ex.Column(value.name, "text") if isinstance(value, ex.Column) and value.kind == "day" else value
            for value in values
        )
    if len(kinds) > 1:
        told = " and ".join(sorted(kinds))
        raise RequestError(
            f"filter compares {told}", remedy="Give text in ' ', numbers without, days as DATE('2024-05-01')"
        )
    return values
