"""Which rows of a GeoPackage's layer a query asks for, by their numbers, and how many there are."""

from __future__ import annotations

import sqlite3
from array import array
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from visavis.model.schema import Table
from visavis.store.asking import Condition, Query, after_key, condition, order
from visavis.store.interface import Summary
from visavis.store.sqlite import SqliteDialect, box_ids

DIALECT: Final = SqliteDialect()

# Counts of answers that are kept: a build never changes.
_COUNTS_KEPT: Final = 4_096


class Choosing:
    """Finds rows, numbered from 1 in the order of their ids, and remembers how many met which conditions."""

    def __init__(self, layers: Mapping[str, Summary]) -> None:
        self._layers = layers
        self._counts: OrderedDict[Any, int] = OrderedDict()

    def page(
        self, database: sqlite3.Connection, table: Table, query: Query, limit: int
    ) -> tuple[Sequence[int], int]:
        """Return the numbers of the first `limit` rows after `query.after`, and the count over all pages."""
        asked, whole = self._asked(table, query), self._layers[table.name].count
        if asked is None:
            return self._first(database, table, query, None, limit), whole
        key = (table.name, asked)
        matched = self._counts.get(key)
        if matched is None and not query.sortby and query.after is None:
            # One look gives both.
            numbers = _numbers(database, table, query, asked)
            matched = len(numbers)
            self._remember(key, matched)
            return numbers[:limit], matched
        if matched is None:
            matched = _count(database, table, asked)
            self._remember(key, matched)
        return self._first(database, table, query, asked, limit), matched

    def all(self, database: sqlite3.Connection, table: Table, query: Query) -> Sequence[int]:
        """Return the numbers of every row after `query.after`, at most `query.limit`."""
        limit = self._layers[table.name].count if query.limit is None else query.limit
        return self._first(database, table, query, self._asked(table, query), limit)

    def where(self, database: sqlite3.Connection, table: Table, query: Query) -> Condition:
        """Return the condition on `t` that a query asks for, with where it goes on."""
        return _with_after(database, table, query, self._asked(table, query))

    def _asked(self, table: Table, query: Query) -> Condition | None:
        """Leave out a box that holds the layer as a whole, as one does for a map that is zoomed out."""
        if query.bounds is not None and self._all_within(table, query):
            query = replace(query, bounds=None)
        return condition(table, query, DIALECT)

    def _all_within(self, table: Table, query: Query) -> bool:
        whole, box = self._layers[table.name].bounds, query.bounds
        if whole is None or box is None or table.columns["geometry"].nullable:
            return False
        return (
            box.west <= whole.west
            and box.south <= whole.south
            and box.east >= whole.east
            and box.north >= whole.north
        )

    def _first(
        self, database: sqlite3.Connection, table: Table, query: Query, asked: Condition | None, limit: int
    ) -> Sequence[int]:
        if asked is None and not query.sortby:
            start = _number_after(database, table, query)
            return range(start + 1, min(start + limit, self._layers[table.name].count) + 1)
        text, values = _with_after(database, table, query, asked)
        ordered = order(table, query, DIALECT) if query.sortby else "t.fid"
        found = database.execute(
            f'SELECT t.fid FROM "{table.name}" AS t WHERE {text} ORDER BY {ordered} LIMIT ?',  # noqa: S608
            (*values, limit),
        )
        return array("q", (number for (number,) in found))

    def _remember(self, key: Any, matched: int) -> None:
        self._counts[key] = matched
        if len(self._counts) > _COUNTS_KEPT:
            self._counts.popitem(last=False)


def _numbers(database: sqlite3.Connection, table: Table, query: Query, asked: Condition) -> Sequence[int]:
    """Return the numbers of all rows that meet the conditions, in order."""
    bounds = query.bounds
    alone = bounds is not None and bounds.west <= bounds.east and asked == DIALECT.in_box(table, bounds)
    if alone and bounds is not None:
        text, values = box_ids(table, bounds)  # the index alone says it
        return sorted(number for (number,) in database.execute(text, values))
    text, values = asked
    found = database.execute(
        f'SELECT t.fid FROM "{table.name}" AS t WHERE {text} ORDER BY t.fid',  # noqa: S608
        values,
    )
    return array("q", (number for (number,) in found))


def _count(database: sqlite3.Connection, table: Table, asked: Condition) -> int:
    text, values = asked
    row = database.execute(f'SELECT COUNT(*) FROM "{table.name}" AS t WHERE {text}', values).fetchone()  # noqa: S608
    return int(row[0])


def _with_after(
    database: sqlite3.Connection, table: Table, query: Query, asked: Condition | None
) -> Condition:
    text, values = asked or ("1", ())
    if query.after is None:
        return text, values
    if not query.sortby:
        return f"{text} AND t.fid > ?", (*values, _number_after(database, table, query))
    further, keys = after_key(table, query, DIALECT)
    return f"{text} AND {further}", (*values, *keys)


def _number_after(database: sqlite3.Connection, table: Table, query: Query) -> int:
    """Return the number of the last row whose id is not beyond the key's."""
    if query.after is None:
        return 0
    after_key(table, query, DIALECT)  # refuses a key of another order
    row = database.execute(
        "SELECT fid FROM visavis_features WHERE layer = ? AND id <= ? ORDER BY id DESC LIMIT 1",
        (table.name, query.after[-1]),
    ).fetchone()
    return 0 if row is None else int(row[0])
