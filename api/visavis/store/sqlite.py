"""The words of SQLite, and the functions that it lacks, for a GeoPackage."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final

import shapely
from shapely.geometry.base import BaseGeometry

from visavis.model.folding import accenti, casei
from visavis.model.schema import Table
from visavis.store.asking import Bounds, Condition

# Bytes of an envelope in a GeoPackage geometry's header, by its code (OGC 12-128r18, 2.1.3).
_ENVELOPE_BYTES: Final = (0, 32, 48, 48, 64)

# GLOB's own signs, as themselves; and those of LIKE in CQL2.
_AS_THEMSELVES: Final = {"*": "[*]", "?": "[?]", "[": "[[]"}
_WILD: Final = {"%": "*", "_": "?"}


class SqliteDialect:
    """Shapes are compared by shapely, after the R-tree has left out what can't be meant."""

    mark = "?"

    def in_order(self, text: str) -> str:
        return text

    def flag(self, value: bool) -> int:
        return int(value)

    def casei(self, text: str) -> str:
        return f"casei({text})"

    def accenti(self, text: str) -> str:
        return f"accenti({text})"

    def like(self, text: Condition, pattern: str, folds: Sequence[str]) -> Condition:
        """GLOB tells small letters from large ones, which LIKE of SQLite does not."""
        for fold in folds:
            pattern = {"casei": casei, "accenti": accenti}[fold](pattern) or ""
        own, values = text
        return f"({own} GLOB ?)", (*values, _glob(pattern))

    def in_box(self, table: Table, bounds: Bounds) -> Condition:
        """Only a geometry that the R-tree does not put wholly within the box is looked at."""
        west, south, east, north = bounds
        index = f'"rtree_{table.name}_geometry"'
        text = (
            f"t.fid IN (SELECT r.id FROM {index} AS r"  # noqa: S608  (a declared name)
            " WHERE r.maxx >= ? AND r.minx <= ? AND r.maxy >= ? AND r.miny <= ? AND ("
            "(r.minx >= ? AND r.maxx <= ? AND r.miny >= ? AND r.maxy <= ?) OR meets_box("
            f'(SELECT g.geometry FROM "{table.name}" AS g WHERE g.fid = r.id), ?, ?, ?, ?)))'
        )
        return text, (west, east, south, north, west, east, south, north, west, south, east, north)

    def meets(self, table: Table, relation: str, shape: BaseGeometry | None) -> Condition:
        own = 't."geometry"'
        if shape is None:
            return f"meets(?, {own}, {own})", (relation,)
        wkb = shapely.to_wkb(shape)
        if relation == "disjoint":
            return f"meets('disjoint', {own}, ?)", (wkb,)
        west, south, east, north = _outward(shape.bounds)
        index = f'"rtree_{table.name}_geometry"'
        near = (
            f"t.fid IN (SELECT r.id FROM {index} AS r"  # noqa: S608  (a declared name)
            " WHERE r.maxx >= ? AND r.minx <= ? AND r.maxy >= ? AND r.miny <= ?)"
        )
        return f"({near} AND meets(?, {own}, ?))", (west, east, south, north, relation, wkb)


def give_functions(database: sqlite3.Connection) -> None:
    """Give a connection what the dialect calls."""
    for name, arguments, function in (
        ("meets_box", 5, _meets_box),
        ("meets", 3, _meets),
        ("casei", 1, casei),
        ("accenti", 1, accenti),
    ):
        database.create_function(name, arguments, function, deterministic=True)


def wkb_of(geometry: bytes) -> bytes:
    """Return the WKB within a GeoPackage geometry: what follows its header."""
    return geometry[8 + _ENVELOPE_BYTES[geometry[3] >> 1 & 7] :]


def _meets_box(geometry: bytes, west: float, south: float, east: float, north: float) -> bool:
    return bool(shapely.intersects(shapely.from_wkb(wkb_of(geometry)), shapely.box(west, south, east, north)))


def _meets(relation: str, geometry: bytes | None, other: bytes) -> bool | None:
    if geometry is None:
        return None
    own = shapely.from_wkb(wkb_of(geometry))
    shape = own if other == geometry else _prepared(other)
    return bool(getattr(shapely, _TURNED.get(relation, relation))(shape, own))


# The shape that is prepared stands first; what it says of the other is what the other says of it, turned.
_TURNED: Final = {"within": "contains", "contains": "within"}


@lru_cache(maxsize=64)
def _prepared(wkb: bytes) -> Any:
    shape = shapely.from_wkb(wkb)
    shapely.prepare(shape)
    return shape


def _outward(bounds: tuple[float, ...]) -> tuple[float, ...]:
    """Widen a little: the R-tree keeps numbers of 32 bits, rounded outward on its side."""
    west, south, east, north = bounds
    return west - 1e-9, south - 1e-9, east + 1e-9, north + 1e-9


def _glob(pattern: str) -> str:
    parts: list[str] = []
    escaped = False
    for sign in pattern:
        if escaped or sign not in "\\%_":
            parts.append(_AS_THEMSELVES.get(sign, sign))
            escaped = False
        elif sign == "\\":
            escaped = True
        else:
            parts.append(_WILD[sign])
    return "".join([*parts, "\\" if escaped else ""])
