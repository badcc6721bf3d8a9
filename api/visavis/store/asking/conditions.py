"""A query as one SQL condition with bound values, in the words of a dialect."""

from __future__ import annotations

from typing import Final, assert_never

from visavis.model.errors import RequestError
from visavis.model.schema import Table
from visavis.store.asking.dialect import Condition, Dialect
from visavis.store.asking.expressions import (
    Among,
    Between,
    Column,
    Compared,
    Computed,
    Constant,
    Empty,
    Every,
    Expression,
    Flag,
    Folded,
    Like,
    Literal,
    Meets,
    Not,
    Some,
    Value,
    When,
)
from visavis.store.asking.query import Bounds, Days, Key, Query, Sort, asked_by, require_columns
from visavis.store.asking.spans import LAST_DAY, in_time, padded

_TRUE: Final[Condition] = ("1 = 1", ())
_FALSE: Final[Condition] = ("1 = 0", ())


def condition(table: Table, query: Query, dialect: Dialect) -> Condition | None:
    """Return which rows of `t` a query asks for, or None where it asks for all; `after` and `limit` apart.

    Raises
    ------
    RequestError
        Where it names a column that can't be asked for.
    """
    parts = [
        *([] if query.bounds is None else [_in_bounds(table, query.bounds, dialect)]),
        *(
            []
            if query.days is None or "valid_from" not in table.columns
            else [_standing(query.days, dialect)]
        ),
        *(_equal(table, column, value, dialect) for column, value in query.where.items()),
        *([] if query.filter is None else [_sql(table, query.filter, dialect)]),
    ]
    return _joined(parts, "AND") if parts else None


def order(table: Table, query: Query, dialect: Dialect) -> str:
    """Return an ORDER BY without its name: what is sorted by, empty values last, then the id."""
    require_columns(table, [sort.column for sort in query.sortby], "sortby")
    parts = [
        f'(t."{sort.column}" IS NULL), {_ordered(table, sort.column, dialect)}{" DESC" if sort.descending else ""}'
        for sort in query.sortby
    ]
    return ", ".join([*parts, _ordered(table, table.id_column, dialect)])


def after_key(table: Table, query: Query, dialect: Dialect) -> Condition:
    """Return which rows come after the key that `query.after` names.

    Raises
    ------
    RequestError
        Where the key is not one of this order.
    """
    key: Key = query.after or ()
    sorts = (*query.sortby, Sort(table.id_column))
    if len(key) != len(sorts):
        raise RequestError("after does not belong to this order", remedy="Follow the link to the next page")
    beyond: list[Condition] = []
    equal: list[Condition] = []
    for sort, value in zip(sorts, key, strict=True):
        further = _beyond(table, sort, value, dialect)
        if further is not None:
            beyond.append(_joined([*equal, further], "AND"))
        equal.append(_same(table, sort.column, value, dialect))
    return _joined(beyond, "OR")


def _beyond(table: Table, sort: Sort, value: object, dialect: Dialect) -> Condition | None:
    """Return which values come after one; nothing comes after an empty one."""
    if value is None:
        return None
    column = _ordered(table, sort.column, dialect)
    compared = f"{column} {'<' if sort.descending else '>'} {dialect.mark}"
    empty = f' OR t."{sort.column}" IS NULL' if table.columns[sort.column].nullable else ""
    return f"({compared}{empty})", (_bound(value, dialect),)


def _same(table: Table, column: str, value: object, dialect: Dialect) -> Condition:
    if value is None:
        return f't."{column}" IS NULL', ()
    return f"{_ordered(table, column, dialect)} = {dialect.mark}", (_bound(value, dialect),)


def _bound(value: object, dialect: Dialect) -> object:
    return dialect.flag(value) if isinstance(value, bool) else value


def _ordered(table: Table, column: str, dialect: Dialect) -> str:
    own = f't."{column}"'
    return dialect.in_order(own) if asked_by(table).get(column) == "text" else own


def _in_bounds(table: Table, bounds: Bounds, dialect: Dialect) -> Condition:
    if not table.geometry:
        return _FALSE
    west, south, east, north = bounds
    if west <= east:
        return dialect.in_box(table, bounds)
    # Across the antimeridian: the part before it, or the part after it.
    before, after = Bounds(west, south, 180.0, north), Bounds(-180.0, south, east, north)
    return _joined([dialect.in_box(table, before), dialect.in_box(table, after)], "OR")


def _standing(days: Days, dialect: Dialect) -> Condition:
    """Compare ISO 8601 texts: a year or a month alone is its first day as a start, its last as an end."""
    first, last = dialect.in_order("t.valid_from"), dialect.in_order(padded("t.valid_to", ends=True))
    return (
        f"(t.valid_from IS NULL OR {first} <= {dialect.mark})"
        f" AND (t.valid_to IS NULL OR {last} >= {dialect.mark})",
        (days.last or LAST_DAY, days.first or ""),
    )


def _equal(table: Table, column: str, value: str, dialect: Dialect) -> Condition:
    kind = asked_by(table).get(column)
    if kind is None:
        raise RequestError(
            f"{table.name} can't be asked by {column!r}", remedy=f"Choose {', '.join(asked_by(table))}"
        )
    if kind == "flag":
        if value not in ("true", "false"):
            raise RequestError(f"{column} is {value!r}", remedy="Say true or false")
        return f't."{column}" = {dialect.mark}', (dialect.flag(value == "true"),)
    return f't."{column}" = {dialect.mark}', (value,)


def _sql(table: Table, node: Expression, dialect: Dialect) -> Condition:
    match node:
        case Constant(value):
            return _TRUE if value else _FALSE
        case Flag(column):
            return f't."{column.name}" = {dialect.mark}', (dialect.flag(True),)
        case Not(part):
            own, values = _sql(table, part, dialect)
            return f"(NOT {own})", values
        case Every(parts):
            return _joined([_sql(table, part, dialect) for part in parts], "AND")
        case Some(parts):
            return _joined([_sql(table, part, dialect) for part in parts], "OR")
        case Meets(relation, shape):
            return dialect.meets(table, relation, shape) if table.geometry else _FALSE
        case When(relation, before, after):
            return in_time(relation, before, after, dialect)
        case _:
            return _of_values(node, dialect)


def _of_values(node: Compared | Between | Among | Like | Empty, dialect: Dialect) -> Condition:
    match node:
        case Compared(operator, left, right):
            return _compared(operator, left, right, dialect)
        case Between(value, low, high):
            (own, values), (least, lows), (most, highs) = (
                _value(each, dialect) for each in (value, low, high)
            )
            return f"({own} BETWEEN {least} AND {most})", (*values, *lows, *highs)
        case Among(value, choices):
            return _joined([_compared("=", value, choice, dialect) for choice in choices], "OR")
        case Like(value, pattern, folds):
            return dialect.like(_value(value, dialect), pattern, folds)
        case Empty(value):
            own, values = ('t."geometry"', ()) if value is None else _value(value, dialect)
            return f"({own} IS NULL)", values
        case _:
            assert_never(node)


def _compared(operator: str, left: Value, right: Value, dialect: Dialect) -> Condition:
    (one, ones), (other, others) = _value(left, dialect), _value(right, dialect)
    if _is_text(left) and operator not in ("=", "<>"):
        one, other = dialect.in_order(one), dialect.in_order(other)
    return f"({one} {operator} {other})", (*ones, *others)


def _value(node: Value, dialect: Dialect) -> Condition:
    match node:
        case Column(name, kind, ends):
            return padded(f't."{name}"', ends=ends) if kind == "day" else f't."{name}"', ()
        case Literal(value, kind):
            return dialect.mark, (dialect.flag(bool(value)) if kind == "flag" else value,)
        case Folded(how, inner):
            own, values = _value(inner, dialect)
            return {"casei": dialect.casei, "accenti": dialect.accenti}[how](own), values
        case Computed(operator, left, right):
            (one, ones), (other, others) = _value(left, dialect), _value(right, dialect)
            # A whole number divided is not cut off, and nothing is divided by zero.
            by = f"NULLIF(1.0 * {other}, 0)" if operator == "/" else other
            return f"({one} {operator} {by})", (*ones, *others)
        case _:
            assert_never(node)


def _is_text(node: Value) -> bool:
    return isinstance(node, Folded) or (isinstance(node, Column | Literal) and node.kind in ("text", "day"))


def _joined(parts: list[Condition], word: str) -> Condition:
    if len(parts) == 1:
        return parts[0]
    texts, values = zip(*parts, strict=True)
    return f"({f' {word} '.join(texts)})", tuple(value for part in values for value in part)
