"""Columns of a GeoPackage's layer, kept in memory, that answer what a filter asks of single values.

SQLite goes through a table row by row: 46 ms for 200,000 rows, or 18 ms with an index of a code that one row in twenty
has. A column read once and kept as numbers (1 to 8 bytes a row) is compared as a whole in tenths of a millisecond, for
any two columns together. What a filter says of shapes, days, patterns and sums stays with SQLite.
"""

from __future__ import annotations

import operator
import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from visavis.model.folding import accenti, casei
from visavis.model.schema import Table
from visavis.store.asking import Query
from visavis.store.asking import expressions as ex
from visavis.store.interface import Summary

# What all columns of a store may take, and how many different texts one may hold.
MOST_BYTES: Final = 32_000_000
_MOST_TEXTS: Final = 4_096
_AT_ONCE: Final = 10_000

Mask: TypeAlias = NDArray[np.bool_]
_SAME: Final[Mapping[str, Callable[[Any, Any], Any]]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
}
_TURNED: Final = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}
_OTHERWISE: Final = {"=": "<>", "<>": "=", "<": ">=", ">": "<=", "<=": ">", ">=": "<"}


@dataclass(frozen=True)
class Kept:
    """A column: numbers, NaN where unknown; or places among its different `texts`, one of which is None."""

    values: NDArray[Any]
    texts: tuple[str | None, ...] | None = None


class Columns:
    """Reads a column when it is first asked for, and keeps it as long as there is room."""

    def __init__(self, layers: Mapping[str, Summary]) -> None:
        self._layers = layers
        self._kept: OrderedDict[tuple[str, str], Kept | None] = OrderedDict()
        self._lock = threading.Lock()

    def has(self, table: Table, query: Query) -> bool:
        """Say whether all columns that a query compares are in memory already."""
        return all(self._kept.get((table.name, name)) for name in _names(query) or ("",))

    def meeting(self, database: sqlite3.Connection, table: Table, query: Query) -> Mask | None:
        """Return which rows meet the conditions on columns, in order; None where they alone can't say it."""
        names = _names(query)
        count = self._layers[table.name].count
        if names is None or 8 * count > MOST_BYTES / 2:
            return None
        columns: dict[str, Kept] = {}
        for name in names:
            kept = self._column(database, table, name, count)
            if kept is None:
                return None
            columns[name] = kept
        asking = _Asking(columns, count)
        masks = [asking.equal(name, value) for name, value in query.where.items()]
        if query.filter is not None:
            masks.append(asking.true(query.filter, True))
        return _joined(masks, every=True)

    def _column(self, database: sqlite3.Connection, table: Table, name: str, count: int) -> Kept | None:
        key = (table.name, name)
        with self._lock:  # the second who asks waits for the first
            if key not in self._kept:
                self._kept[key] = _read(database, table, name, count)
                while sum(each.values.nbytes for each in self._kept.values() if each) > MOST_BYTES:
                    self._kept.popitem(last=False)
            else:
                self._kept.move_to_end(key)
            return self._kept.get(key)


def _read(database: sqlite3.Connection, table: Table, name: str, count: int) -> Kept | None:
    """Return a column; None where it holds too many different texts."""
    found = database.execute(f'SELECT "{name}" FROM "{table.name}" ORDER BY fid')  # noqa: S608
    text = table.columns[name].dtype == "str"
    values = np.empty(count, dtype=np.int16 if text else np.float64)
    places: dict[str | None, int] = {}
    start = 0
    while bunch := found.fetchmany(_AT_ONCE):
        given: Iterator[Any] = (value for (value,) in bunch)
        if text:
            told: list[Any] = [places.setdefault(value, len(places)) for value in given]
            if len(places) > _MOST_TEXTS:
                found.close()
                return None
        else:
            told = [np.nan if value is None else value for value in given]
        values[start : start + len(bunch)] = told
        start += len(bunch)
    if start != count:
        raise sqlite3.DatabaseError(f"{table.name} holds {start} rows and not {count}")
    return Kept(values, tuple(places) if text else None)


def _names(query: Query) -> list[str] | None:
    """Return the columns that a query compares with given values; None where it asks for more, or for nothing."""
    if query.days is not None or any(name.endswith("_id") for name in query.where):
        return None  # an id is found by its index
    names = [*query.where]
    if query.filter is not None:
        named = _named(query.filter)
        if named is None:
            return None
        names += named
    return names or None


def _named(node: ex.Expression) -> list[str] | None:
    match node:
        case ex.Constant():
            return []
        case ex.Flag(column):
            return [column.name]
        case ex.Not(part):
            return _named(part)
        case ex.Every(parts) | ex.Some(parts):
            return _all(_named(part) for part in parts)
        case ex.Compared(_, left, right):
            one, other = _own(left), _own(right)
            return one if other == [] else other if one == [] else None
        case ex.Between(value, low, high):
            return _own(value) if _own(low) == [] == _own(high) else None
        case ex.Among(value, values):
            return _own(value) if all(_own(each) == [] for each in values) else None
        case ex.Empty(value) if value is not None:
            return _own(value)
        case _:
            return None


def _all(found: Iterator[list[str] | None]) -> list[str] | None:
    names: list[str] = []
    for each in found:
        if each is None:
            return None
        names += each
    return names


def _own(value: ex.Value) -> list[str] | None:
    """Return the column that a value is of, none for one that was given; None for what only SQL can say."""
    match value:
        case ex.Column(name, kind):
            return None if kind == "day" else [name]
        case ex.Literal():
            return []
        case ex.Folded(_, inner):
            return _own(inner)
        case _:
            return None


class _Asking:
    """One filter, asked of columns. What is not known is neither true nor false: both ways it is left out."""

    def __init__(self, columns: Mapping[str, Kept], count: int) -> None:
        self._columns = columns
        self._count = count

    def equal(self, name: str, value: str) -> Mask:
        """Return where a column holds what was given as text."""
        if self._columns[name].texts is None:
            return np.asarray(self._columns[name].values == (value == "true"))
        return self._compared("=", ex.Column(name, "text"), ex.Literal(value, "text"))

    def true(self, node: ex.Expression, so: bool) -> Mask:
        """Return where a condition is true, or where it is false."""
        match node:
            case ex.Constant(value):
                return np.full(self._count, value is so)
            case ex.Not(part):
                return self.true(part, not so)
            case ex.Every(parts) | ex.Some(parts):
                masks = [self.true(part, so) for part in parts]
                both = isinstance(node, ex.Every) is so
                return _joined(masks, every=both)
            case ex.Flag(column):
                return np.asarray(self._columns[column.name].values == so)
            case ex.Compared(sign, left, right):
                return self._compared(sign if so else _OTHERWISE[sign], left, right)
            case ex.Between(value, low, high):
                signs = (">=", "<=") if so else ("<", ">")
                masks = [
                    self._compared(sign, value, end) for sign, end in zip(signs, (low, high), strict=True)
                ]
                return _joined(masks, every=so)
            case ex.Among(value, values):
                masks = [self._compared("=" if so else "<>", value, each) for each in values]
                return _joined(masks, every=not so)
            case ex.Empty(value) if value is not None:
                return self._empty(value, so)
            case _:
                raise TypeError(node)  # left to SQLite before

    def _compared(self, sign: str, left: ex.Value, right: ex.Value) -> Mask:
        if _own(left) == []:
            left, right, sign = right, left, _TURNED.get(sign, sign)
        kept, other, compare = self._columns[_column(left)], _given(right), _SAME[sign]
        if kept.texts is not None:
            return _taken(
                kept, [text is not None and compare(text, other) for text in _folded(kept.texts, left)]
            )
        met = np.asarray(compare(kept.values, other))
        return np.asarray(met & ~np.isnan(kept.values)) if sign == "<>" else met

    def _empty(self, value: ex.Value, so: bool) -> Mask:
        kept = self._columns[_column(value)]
        if kept.texts is not None:
            return _taken(kept, [(text is None) is so for text in kept.texts])
        return np.asarray(np.isnan(kept.values) == so)


def _joined(masks: Sequence[Mask], *, every: bool) -> Mask:
    if len(masks) == 1:
        return masks[0]
    return np.asarray((np.logical_and if every else np.logical_or).reduce(masks))


def _taken(kept: Kept, fit: Sequence[bool]) -> Mask:
    """Return which rows hold one of the texts that fit."""
    places = [place for place, one in enumerate(fit) if one]
    if len(places) == 1:
        return np.asarray(kept.values == places[0])
    return np.asarray(np.array(fit, dtype=bool)[kept.values])


def _column(value: ex.Value) -> str:
    while isinstance(value, ex.Folded):
        value = value.value
    if not isinstance(value, ex.Column):
        raise TypeError(value)
    return value.name


def _given(value: ex.Value) -> Any:
    if isinstance(value, ex.Folded):
        return _fold(value, _given(value.value))
    if not isinstance(value, ex.Literal):
        raise TypeError(value)
    return value.value


def _folded(texts: Sequence[str | None], value: ex.Value) -> Sequence[str | None]:
    if not isinstance(value, ex.Folded):
        return texts
    return [_fold(value, text) for text in _folded(texts, value.value)]


def _fold(value: ex.Folded, text: str | None) -> str | None:
    return {"casei": casei, "accenti": accenti}[value.how](text)
