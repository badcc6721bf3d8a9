"""What lies in a box of a GeoPackage's layer, found by its R-tree.

Only a geometry that the R-tree does not put wholly within the box is looked at, and all of them at once.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import Final

import shapely

from visavis.model.schema import Table
from visavis.store.asking import Bounds
from visavis.store.sqlite import wkb_of

_INSIDE: Final = "r.minx >= ? AND r.maxx <= ? AND r.miny >= ? AND r.maxy <= ?"
_NEAR: Final = "r.maxx >= ? AND r.minx <= ? AND r.maxy >= ? AND r.miny <= ?"


def numbers_within(database: sqlite3.Connection, table: Table, bounds: Bounds) -> list[int]:
    """Return the numbers of the rows that meet a box, in order."""
    found = database.execute(
        f'SELECT r.id, {_INSIDE} FROM "rtree_{table.name}_geometry" AS r WHERE {_NEAR}',  # noqa: S608
        _values(bounds),
    ).fetchall()
    beside = _beside(database, table, bounds, [number for number, inside in found if not inside])
    return sorted(number for number, _ in found if number not in beside)


def _values(bounds: Bounds) -> tuple[float, ...]:
    west, south, east, north = bounds
    return west, east, south, north, west, east, south, north


def _beside(
    database: sqlite3.Connection, table: Table, bounds: Bounds, edge: Sequence[int]
) -> frozenset[int]:
    """Return which of these rows do not meet the box, whatever their own boxes do."""
    if not edge:
        return frozenset()
    rows = database.execute(
        f'SELECT fid, geometry FROM "{table.name}" WHERE fid IN (SELECT value FROM json_each(?))',  # noqa: S608
        (json.dumps(edge),),
    ).fetchall()
    box = shapely.box(*bounds)
    shapely.prepare(box)
    meets = shapely.intersects(box, shapely.from_wkb([wkb_of(geometry) for _, geometry in rows]))
    return frozenset(number for (number, _), one in zip(rows, meets.tolist(), strict=True) if not one)
