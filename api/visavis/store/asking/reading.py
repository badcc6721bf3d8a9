"""From CQL2 (OGC 21-065r2), text or JSON, to checked expressions. The `cql2` package does the parsing."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any, Final

import cql2
from shapely.geometry.base import BaseGeometry

from visavis.model.errors import RequestError
from visavis.model.schema import Table
from visavis.store.asking import expressions as ex
from visavis.store.asking.literals import day_of, shape_of
from visavis.store.asking.spans import RELATIONS
from visavis.store.asking.values import agreed, column_of, kind_of, literal_of

LANGUAGES: Final = ("cql2-text", "cql2-json")

MOST_CHARACTERS: Final = 20_000
MOST_DEPTH: Final = 40
MOST_NODES: Final = 2_000

_COMPARISONS: Final = frozenset({"=", "<>", "<", ">", "<=", ">="})
_SUMS: Final = frozenset({"+", "-", "*", "/"})
_SPATIAL: Final = {
    f"s_{name}": name
    for name in ("intersects", "disjoint", "equals", "touches", "crosses", "within", "contains", "overlaps")
}
_TURNED: Final = {"within": "contains", "contains": "within"}
_TEMPORAL: Final = {f"t_{name}": name for name in RELATIONS}

# What may nest without a bracket, and brackets; quoted text and names are skipped.
_QUOTED: Final = re.compile(r"'(?:[^']|'')*'|\"[^\"]*\"")
_NESTING: Final = re.compile(r"[()\[\]{}]|\bnot\b|-", re.IGNORECASE)

Node = Any
Projection = Callable[[BaseGeometry], BaseGeometry]


def read_filter(text: str, language: str, table: Table, to_stored: Projection | None = None) -> ex.Expression:
    """Return a filter over a layer as checked expressions.

    Parameters
    ----------
    text : str
        In `language`.
    language : str
        ``cql2-text`` or ``cql2-json``.
    table : Table
        Whose columns it may name.
    to_stored : callable, optional
        Turns its shapes into CRS84; without it they are in CRS84.

    Raises
    ------
    RequestError
        Where it can't be parsed, names what there is not, compares what can't be compared, or is too large.
    """
    return _Reading(table, to_stored).condition(_parsed(text, language), 0)


def _parsed(text: str, language: str) -> Node:
    if len(text) > MOST_CHARACTERS:
        raise _too_large(f"has {len(text)} characters", f"{MOST_CHARACTERS} at most")
    _require_shallow(text)
    try:
        return (cql2.parse_text if language == "cql2-text" else cql2.parse_json)(text).to_json()
    except (cql2.ParseError, cql2.ValidationError, ValueError) as error:
        raise RequestError(
            f"filter can't be parsed as {language} ({_place(str(error))})",
            remedy="Write CQL2, for example kind = 'ptz' AND height_m > 4",
        ) from None


def _place(report: str) -> str:
    """Return the first words and the last of the parser's report, without its drawing."""
    lines = [line.strip(" |=") for line in report.splitlines()]
    kept = [
        line
        for line in lines
        if line and not line.startswith("^") and not re.fullmatch(r"[\d |]+.*\^-*", line)
    ]
    return "; ".join([*kept[:1], *kept[2:][-1:]])[:300]


def _require_shallow(text: str) -> None:
    """Refuse what the parser would follow too deep: it goes down once for each bracket, NOT and minus."""
    depth = deepest = 0
    for found in _NESTING.finditer(_QUOTED.sub("", text)):
        sign = found[0]
        depth += -1 if sign in ")]}" else 1 if sign in "([{" else 0
        deepest = max(deepest, depth)
    signs = len(re.findall(r"(?:\bnot\b\s*|-\s*){40}", text, re.IGNORECASE))
    if deepest > MOST_DEPTH or signs:
        raise _too_large(f"nests {max(deepest, MOST_DEPTH)} deep or more", f"{MOST_DEPTH} at most")


def _too_large(what: str, remedy: str) -> RequestError:
    return RequestError(f"filter {what}", remedy=f"Make it smaller: {remedy}")


def _refused(what: str, remedy: str) -> RequestError:
    return RequestError(f"filter: {what}", remedy=remedy)


class _Reading:
    """One walk down a parsed filter."""

    def __init__(self, table: Table, to_stored: Projection | None) -> None:
        self._table = table
        self._to_stored = to_stored
        self._nodes = 0

    def condition(self, node: Node, depth: int) -> ex.Expression:
        self._step(depth)
        if isinstance(node, bool):
            return ex.Constant(node)
        if not isinstance(node, dict):
            raise _refused(f"{_shown(node)} is neither true nor false", "Compare it with something")
        if "property" in node:
            column = column_of(self._table, node["property"])
            if column.kind != "flag":
                raise _refused(f"{column.name} is neither true nor false", "Compare it with something")
            return ex.Flag(column)
        operator, parts = self._operation(node)
        if operator in ("and", "or"):
            inner = tuple(self.condition(part, depth + 1) for part in parts)
            return (ex.Every if operator == "and" else ex.Some)(inner)
        if operator == "not":
            return ex.Not(self.condition(self._of(parts, 1)[0], depth + 1))
        if operator in _COMPARISONS:
            return self._compared(operator, self._of(parts, 2), depth)
        if operator in _SPATIAL:
            return self._meets(_SPATIAL[operator], self._of(parts, 2))
        if operator in _TEMPORAL:
            left, right = (self._span(part) for part in self._of(parts, 2))
            return ex.When(_TEMPORAL[operator], left, right)
        return self._further(operator, parts, depth)

    def _further(self, operator: str, parts: list[Node], depth: int) -> ex.Expression:
        if operator == "like":
            return self._like(self._of(parts, 2), depth)
        if operator == "between":
            value, low, high = (self._value(part, depth + 1) for part in self._of(parts, 3))
            value, low, high = agreed((value, low, high))
            if kind_of(value) not in ("number", "day"):
                raise _refused("BETWEEN is for numbers and days", "Use < and > for text")
            return ex.Between(value, low, high)
        if operator == "in":
            item, choices = self._of(parts, 2)
            if not isinstance(choices, list) or not choices:
                raise _refused("IN wants a list of values", "Write kind IN ('fixed', 'ptz')")
            first, *rest = agreed(tuple(self._value(part, depth + 1) for part in (item, *choices)))
            return ex.Among(first, tuple(rest))
        if operator == "isnull":
            (part,) = self._of(parts, 1)
            if part == {"property": "geometry"} and self._table.geometry:
                return ex.Empty(None)
            return ex.Empty(self._value(part, depth + 1))
        raise _refused(f"there is no operator {operator[:40]!r}", "See /conformance for what is offered")

    def _compared(self, operator: str, parts: list[Node], depth: int) -> ex.Expression:
        left, right = agreed(tuple(self._value(part, depth + 1) for part in parts))
        if kind_of(left) == "flag" and operator not in ("=", "<>"):
            raise _refused("true and false have no order", "Use = or <>")
        return ex.Compared(operator, left, right)

    def _like(self, parts: list[Node], depth: int) -> ex.Expression:
        item, pattern = parts
        value = self._value(item, depth + 1)
        folds: list[Any] = []
        while isinstance(pattern, dict) and str(pattern.get("op", "")).lower() in ("casei", "accenti"):
            self._step(depth + len(folds))
            folds.insert(0, pattern["op"].lower())
            (pattern,) = self._of(pattern.get("args"), 1)
        if not isinstance(pattern, str) or kind_of(value) not in ("text", "day"):
            raise _refused("LIKE compares text with a pattern", "Write label LIKE 'C%'")
        (value,) = agreed((value,), text=True)
        return ex.Like(value, pattern, tuple(folds))

    def _meets(self, relation: str, parts: list[Node]) -> ex.Expression:
        if not self._table.geometry:
            raise _refused(f"{self._table.name} has no geometry", "Leave out what is spatial")
        own = [part == {"property": "geometry"} for part in parts]
        if all(own):
            return ex.Meets(relation, None)
        if not any(own):
            raise _refused(
                f"{relation} wants the geometry on one side", "Write S_INTERSECTS(geometry, POINT(4 50))"
            )
        shape = shape_of(parts[own.index(False)], self._to_stored)
        return ex.Meets(relation if own[0] else _TURNED.get(relation, relation), shape)

    def _span(self, node: Node) -> ex.Span:
        if isinstance(node, dict) and "interval" in node:
            first, last = (self._end(part) for part in self._of(node["interval"], 2))
            if isinstance(first, ex.Literal) and isinstance(last, ex.Literal) and first.value > last.value:  # type: ignore[operator]
                raise _refused("an interval ends before it begins", "Give the first day first")
            return ex.Span(first, last)
        end = self._end(node)
        if end is None:
            raise _refused(f"{_shown(node)} is no day", "Write DATE('2024-05-01') or a property with days")
        return ex.Span(end, end, instant=True)

    def _end(self, node: Node) -> ex.Column | ex.Literal | None:
        if node == "..":
            return None
        if isinstance(node, dict) and "property" in node:
            column = column_of(self._table, node["property"])
            if column.kind != "day":
                raise _refused(f"{column.name} holds no days", "Name a property with days")
            return column
        return ex.Literal(day_of(node), "day")

    def _value(self, node: Node, depth: int) -> ex.Value:
        self._step(depth)
        if not isinstance(node, dict):
            return literal_of(node)
        if "property" in node:
            return column_of(self._table, node["property"])
        if "date" in node or "timestamp" in node:
            return ex.Literal(day_of(node), "day")
        operator, parts = self._operation(node)
        if operator in ("casei", "accenti"):
            (inner,) = agreed((self._value(self._of(parts, 1)[0], depth + 1),), text=True)
            if kind_of(inner) != "text":
                raise _refused(f"{operator.upper()} is for text", "Leave it out")
            return ex.Folded(operator, inner)  # type: ignore[arg-type]
        if operator in _SUMS:
            left, right = (self._value(part, depth + 1) for part in self._of(parts, 2))
            if {kind_of(left), kind_of(right)} != {"number"}:
                raise _refused(f"{operator} is for numbers", "Leave it out")
            return ex.Computed(operator, left, right)
        raise _refused(f"there is no function {operator[:40]!r}", "See /conformance for what is offered")

    def _operation(self, node: dict[str, Node]) -> tuple[str, list[Node]]:
        operator, parts = node.get("op"), node.get("args")
        if not isinstance(operator, str) or not isinstance(parts, list):
            raise _refused(f"{_shown(node)} is not understood", "See /conformance for what is offered")
        return operator.lower(), parts

    def _of(self, parts: Node, number: int) -> list[Node]:
        if not isinstance(parts, list) or len(parts) != number:
            raise _refused(f"{_shown(parts)} are not {number} arguments", f"Give {number}")
        return parts

    def _step(self, depth: int) -> None:
        self._nodes += 1
        if depth > MOST_DEPTH:
            raise _too_large(f"nests more than {MOST_DEPTH} deep", f"{MOST_DEPTH} at most")
        if self._nodes > MOST_NODES:
            raise _too_large(f"has more than {MOST_NODES} parts", f"{MOST_NODES} at most")


def _shown(node: Node) -> str:
    return json.dumps(node, ensure_ascii=False)[:60]
