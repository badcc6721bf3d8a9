"""Days and spans of days in SQL: relations of Allen's interval algebra (CQL2, clause 7.7) over ISO 8601 texts."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from visavis.store.asking.dialect import Condition, Dialect
from visavis.store.asking.expressions import Column, Literal, Span

LAST_DAY: Final = "9999-12-31"
_FIRST_DAY: Final = "0000-01-01"

# Each relation as comparisons between the first (s) and last (e) days of both; all have to hold, or one of them.
_EVERY: Final = MappingProxyType(
    {
        "after": ("s1 > e2",),
        "before": ("e1 < s2",),
        "contains": ("s1 < s2", "e1 > e2"),
        "during": ("s1 > s2", "e1 < e2"),
        "equals": ("s1 = s2", "e1 = e2"),
        "finishedby": ("s1 < s2", "e1 = e2"),
        "finishes": ("s1 > s2", "e1 = e2"),
        "intersects": ("s1 <= e2", "e1 >= s2"),
        "meets": ("e1 = s2",),
        "metby": ("s1 = e2",),
        "overlappedby": ("s1 > s2", "s1 < e2", "e1 > e2"),
        "overlaps": ("s1 < s2", "e1 > s2", "e1 < e2"),
        "startedby": ("s1 = s2", "e1 > e2"),
        "starts": ("s1 = s2", "e1 < e2"),
    }
)
_SOME: Final = MappingProxyType({"disjoint": ("e1 < s2", "s1 > e2")})

RELATIONS: Final = frozenset({*_EVERY, *_SOME})


def padded(text: str, *, ends: bool) -> str:
    """Return SQL for an ISO 8601 text as a whole day: a year or month alone is its first day, or its last."""
    whole = LAST_DAY if ends else _FIRST_DAY
    return f"({text} || substr('{whole}', length({text}) + 1))"


def in_time(relation: str, left: Span, right: Span, dialect: Dialect) -> Condition:
    """Return whether two spans of days are in a relation; an empty column is open within an interval."""
    ends = {
        "s1": _end(left, left.first, False, dialect),
        "e1": _end(left, left.last, True, dialect),
        "s2": _end(right, right.first, False, dialect),
        "e2": _end(right, right.last, True, dialect),
    }
    parts, word = (_EVERY[relation], "AND") if relation in _EVERY else (_SOME[relation], "OR")
    texts: list[str] = []
    values: list[object] = []
    for part in parts:
        one, operator, other = part.split()
        texts.append(f"{ends[one][0]} {operator} {ends[other][0]}")
        values += [*ends[one][1], *ends[other][1]]
    return f"({f' {word} '.join(texts)})", tuple(values)


def _end(span: Span, day: Column | Literal | None, ends: bool, dialect: Dialect) -> Condition:
    """Return the first or last day of a span as SQL."""
    if day is None:
        return dialect.mark, (LAST_DAY if ends else "",)
    if isinstance(day, Literal):
        return dialect.mark, (day.value,)
    own = padded(f't."{day.name}"', ends=day.ends if span.instant else ends)
    if span.instant:
        return dialect.in_order(own), ()
    return dialect.in_order(f"COALESCE({own}, '{LAST_DAY if ends else ''}')"), ()
