"""Which rows of a layer are asked for, in SQLite's words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import shapely

from visavis.model.errors import RequestError
from visavis.model.schema import Table
from visavis.store.interface import Bounds, Days

Condition = tuple[str, tuple[Any, ...]]

# Bytes of an envelope in a GeoPackage geometry's header, by its code (OGC 12-128r18, 2.1.3).
_ENVELOPE_BYTES: Final = (0, 32, 48, 48, 64)


@dataclass(frozen=True)
class Selection:
    """A FROM and WHERE over a layer `t`, with the values for its question marks."""

    clause: str
    values: tuple[Any, ...]


def selection(
    table: Table,
    *,
    bounds: Bounds | None,
    days: Days | None,
    where: Mapping[str, str] | None,
) -> Selection | None:
    """Return the rows that meet every condition, or None where all of them do.

    Raises
    ------
    RequestError
        Where a column is not one that can be asked for.
    """
    conditions = [
        *([] if bounds is None else [_within(table, bounds)]),
        *([] if days is None or "valid_from" not in table.columns else [_standing(days)]),
        *(_equal(table, column, value) for column, value in (where or {}).items()),
    ]
    if not conditions:
        return None
    texts, values = zip(*conditions, strict=True)
    clause = f'"{table.name}" AS t WHERE {" AND ".join(texts)}'
    return Selection(clause, tuple(value for part in values for value in part))


def asked_by(table: Table) -> dict[str, str]:
    """Return the columns that `where` may name, with the kind of their values: text or flag."""
    kinds = {name: str(column.dtype) for name, column in table.columns.items() if name != "geometry"}
    return {
        name: "flag" if kind == "bool" else "text"
        for name, kind in kinds.items()
        if not kind.startswith(("float", "int"))
    }


def meets_box(geometry: bytes, west: float, south: float, east: float, north: float) -> bool:
    """Say whether a GeoPackage geometry intersects a box; registered with SQLite under this name."""
    return bool(shapely.intersects(shape_of(geometry), shapely.box(west, south, east, north)))


def shape_of(geometry: bytes) -> shapely.Geometry:
    """Return the geometry that GeoPackage keeps as a header and WKB."""
    return shapely.from_wkb(wkb_of(geometry))


def wkb_of(geometry: bytes) -> bytes:
    """Return the WKB within a GeoPackage geometry."""
    return geometry[8 + _ENVELOPE_BYTES[geometry[3] >> 1 & 7] :]


def _within(table: Table, bounds: Bounds) -> Condition:
    if not table.geometry:
        return "0", ()
    west, south, east, north = bounds
    if west <= east:
        return _touching(table, bounds)
    # Across the antimeridian: the part before it, or the part after it.
    before, these = _touching(table, Bounds(west, south, 180.0, north))
    after, those = _touching(table, Bounds(-180.0, south, east, north))
    return f"({before} OR {after})", (*these, *those)


def _touching(table: Table, bounds: Bounds) -> Condition:
    """Ask the R-tree first; only a geometry that it does not put wholly within the box is looked at."""
    west, south, east, north = bounds
    index, layer = f'"rtree_{table.name}_geometry"', f'"{table.name}"'
    own = f"(SELECT g.geometry FROM {layer} AS g WHERE g.fid = r.id)"  # noqa: S608  (a declared name)
    text = (
        f"t.fid IN (SELECT r.id FROM {index} AS r"  # noqa: S608
        " WHERE r.maxx >= ? AND r.minx <= ? AND r.maxy >= ? AND r.miny <= ? AND ("
        "(r.minx >= ? AND r.maxx <= ? AND r.miny >= ? AND r.maxy <= ?)"
        f" OR meets_box({own}, ?, ?, ?, ?)))"
    )
    return text, (west, east, south, north, west, east, south, north, west, south, east, north)


def _standing(days: Days) -> Condition:
    """Compare ISO 8601 texts: a year or a month alone is its first day as a start, its last as an end."""
    return (
        "(t.valid_from IS NULL OR t.valid_from <= ?)"
        " AND (t.valid_to IS NULL OR t.valid_to || substr('9999-12-31', length(t.valid_to) + 1) >= ?)",
        (days.last or "9999-12-31", days.first or ""),
    )


def _equal(table: Table, column: str, value: str) -> Condition:
    kind = asked_by(table).get(column)
    if kind is None:
        raise RequestError(
            f"{table.name} can't be asked by {column!r}", remedy=f"Choose {', '.join(asked_by(table))}"
        )
    if kind == "flag":
        if value not in ("true", "false"):
            raise RequestError(f"{column} is {value!r}", remedy="Say true or false")
        return f't."{column}" = ?', (int(value == "true"),)
    return f't."{column}" = ?', (value,)
