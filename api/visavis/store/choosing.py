"""Which rows of a GeoPackage's layer a query asks for, by their numbers, and how many there are."""

from __future__ import annotations

import sqlite3
import threading
from array import array
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np

from visavis.model.schema import Table
from visavis.store.asking import Condition, Query, after_key, condition, order
from visavis.store.boxes import numbers_within
from visavis.store.columns import Columns
from visavis.store.interface import Summary
from visavis.store.sqlite import SqliteDialect

DIALECT: Final = SqliteDialect()

# Answers that are kept, and how many numbers of rows with them: a build never changes.
_KEPT: Final = 4_096
_NUMBERS_KEPT: Final = 2_000_000
_MOST_OF_ONE: Final = 20_000

# Rows that are looked at in no time.
_FEW: Final = 5_000


class Choosing:
    """Finds rows, numbered from 1 in the order of their ids, and remembers how many met which conditions, and which."""

    def __init__(self, layers: Mapping[str, Summary]) -> None:
        self._layers = layers
        self._columns = Columns(layers)
        self._counts: OrderedDict[Any, int] = OrderedDict()
        self._found: OrderedDict[Any, Sequence[int]] = OrderedDict()
        self._numbers = 0
        self._lock = threading.Lock()

    def page(
        self, database: sqlite3.Connection, table: Table, query: Query, limit: int
    ) -> tuple[Sequence[int], int]:
        """Return the numbers of the first `limit` rows after `query.after`, and the count over all pages."""
        asked, whole = self._asked(table, query), self._layers[table.name].count
        if asked is None:
            return self._first(database, table, query, None, limit), whole
        key = (table.name, asked)
        if not query.sortby and key not in self._found:
            met = self._met(database, table, query)
            if met is not None:
                start = _number_after(database, table, query)
                return (np.flatnonzero(met[start:])[:limit] + start + 1).tolist(), int(np.count_nonzero(met))
        if query.sortby:
            matched = self._counts.get(key)
            if matched is None:
                matched = _count(database, table, asked)
                self._remember(key, matched, None)
            return self._first(database, table, query, asked, limit), matched
        start = _number_after(database, table, query)
        matched, numbers = self._counts.get(key), self._found.get(key)
        if matched is not None and numbers is None:
            return self._first(database, table, query, asked, limit), matched
        if numbers is None:  # one look gives both
            numbers = _numbers(database, table, query, asked)
            self._remember(key, len(numbers), numbers)
        first = bisect_right(numbers, start)
        return numbers[first : first + limit], len(numbers)

    def is_prompt(self, table: Table, query: Query) -> bool:
        """Say whether a page is found in no time: by its place in the order, in a box of few, or by kept columns."""
        if query.sortby or query.days is not None or (query.limit or 0) > _FEW:
            return False
        if query.bounds is not None and self._layers[table.name].expected(query.bounds) > _FEW:
            return False
        if query.filter is None and all(name.endswith("_id") for name in query.where):
            return True
        return self._columns.has(table, query)

    def all(self, database: sqlite3.Connection, table: Table, query: Query) -> Sequence[int]:
        """Return the numbers of every row after `query.after`, at most `query.limit`."""
        limit = self._layers[table.name].count if query.limit is None else query.limit
        asked = self._asked(table, query)
        known = self._found.get((table.name, asked))
        if known is None or query.sortby or query.after is not None:
            return self._first(database, table, query, asked, limit)
        return known[:limit]

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

    def _met(self, database: sqlite3.Connection, table: Table, query: Query) -> Any:
        """Return which rows meet a query by the columns that are kept, within its box; None where they can't say it."""
        met = self._columns.meeting(database, table, query)
        if met is None or query.bounds is None:
            return met
        if not table.geometry or query.bounds.west > query.bounds.east:
            return None
        near = np.zeros_like(met)
        near[np.array(numbers_within(database, table, query.bounds), dtype=np.int64) - 1] = True
        return met & near

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

    def _remember(self, key: Any, matched: int, numbers: Sequence[int] | None) -> None:
        with self._lock:
            self._counts[key] = matched
            if len(self._counts) > _KEPT:
                self._counts.popitem(last=False)
            if numbers is None or len(numbers) > _MOST_OF_ONE or key in self._found:
                return
            self._found[key] = array("q", numbers)
            self._numbers += len(numbers)
            while self._numbers > _NUMBERS_KEPT or len(self._found) > _KEPT:
                self._numbers -= len(self._found.popitem(last=False)[1])


def _numbers(database: sqlite3.Connection, table: Table, query: Query, asked: Condition) -> Sequence[int]:
    """Return the numbers of all rows that meet the conditions, in order."""
    bounds = query.bounds
    if bounds is not None and bounds.west <= bounds.east and asked == DIALECT.in_box(table, bounds):
        return numbers_within(database, table, bounds)  # the index alone says it
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
