"""Which rows of a layer in PostGIS a query asks for, as SQL, and how many there are."""

from __future__ import annotations

import threading
from array import array
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Any, Final

import psycopg

from visavis.model.schema import Table
from visavis.store.asking import Condition, Query, after_key, condition, order
from visavis.store.interface import Summary
from visavis.store.postgis.dialect import PostgisDialect

DIALECT: Final = PostgisDialect()

# Counts of answers that are kept: a build never changes.
_COUNTS_KEPT: Final = 4_096

Connection = psycopg.Connection[Any]


class Choosing:
    """Finds rows of one build's schema, and remembers how many met which conditions."""

    def __init__(self, schema: str, layers: Mapping[str, Summary]) -> None:
        self._schema, self._layers = schema, layers
        self._counts: OrderedDict[Any, int] = OrderedDict()
        self._lock = threading.Lock()

    def rows(self, table: Table, query: Query, limit: int | None) -> Condition:
        """Return what follows SELECT and its columns: the rows after `query.after` in their order, at most `limit`."""
        text, values = self._going_on(table, query)
        ordered = order(table, query, DIALECT) if query.sortby else "t.fid"
        ended = ("", ()) if limit is None else (" LIMIT %s", (limit,))
        return f"FROM {self.name(table)} AS t WHERE {text} ORDER BY {ordered}{ended[0]}", (*values, *ended[1])

    def numbers(self, connection: Connection, table: Table, query: Query) -> Sequence[int]:
        """Return the numbers of all rows that a query asks for, in its order."""
        if condition(table, query, DIALECT) is None and not query.sortby and query.after is None:
            whole = self._layers[table.name].count
            return range(1, min(whole, whole if query.limit is None else query.limit) + 1)
        text, values = self.rows(table, query, query.limit)
        found = connection.execute(f"SELECT t.fid {text}", values, binary=True)
        return array("q", (number for (number,) in found))

    def matched(self, connection: Connection, table: Table, query: Query) -> int:
        """Return how many rows meet the conditions, over all pages."""
        asked = condition(table, query, DIALECT)
        if asked is None:
            return self._layers[table.name].count
        key = (table.name, asked)
        with self._lock:
            if key in self._counts:
                return self._counts[key]
        text, values = asked
        row = connection.execute(
            f"SELECT count(*) FROM {self.name(table)} AS t WHERE {text}", values
        ).fetchone()
        counted = int(row[0]) if row else 0
        with self._lock:
            self._counts[key] = counted
            if len(self._counts) > _COUNTS_KEPT:
                self._counts.popitem(last=False)
        return counted

    def name(self, table: Table) -> str:
        """Return a layer's table within the build."""
        return f'"{self._schema}"."{table.name}"'

    def _going_on(self, table: Table, query: Query) -> Condition:
        text, values = condition(table, query, DIALECT) or ("true", ())
        if query.after is None:
            return text, values
        further, keys = after_key(table, query, DIALECT)
        if not query.sortby:  # rows are numbered in the order of their ids
            further = (
                f"t.fid > COALESCE((SELECT max(f.fid) FROM {self.name(table)} AS f"
                f' WHERE f."{table.id_column}" <= %s), 0)'
            )
        return f"{text} AND {further}", (*values, *keys)
