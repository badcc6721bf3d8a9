"""A filter as a tree whose every node is checked: columns exist, kinds agree, shapes are sound.

Values::

    Column, Literal, Folded (CASEI, ACCENTI), Computed (+ - * /)

Conditions::

    Constant, Flag, Compared, Between, Among, Like, Empty, Meets (spatial), When (temporal), Not, Every, Some
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal as Among_
from typing import TypeAlias

from shapely.geometry.base import BaseGeometry

# A day is text in ISO 8601: a day, a month or a year.
Kind = Among_["text", "number", "flag", "day"]


@dataclass(frozen=True)
class Column:
    """A property. `ends` says of a day that it is the last: a year alone is then its last day."""

    name: str
    kind: Kind
    ends: bool = False


@dataclass(frozen=True)
class Literal:
    """A value as given: text, finite number, flag, or day (ISO 8601, ten characters)."""

    value: str | float | bool
    kind: Kind


@dataclass(frozen=True)
class Folded:
    """Text without case (``casei``) or without accents (``accenti``)."""

    how: Among_["casei", "accenti"]
    value: Value


@dataclass(frozen=True)
class Computed:
    """Numbers added, subtracted, multiplied or divided (``+ - * /``); a division by zero has no value."""

    operator: str
    left: Value
    right: Value


Value: TypeAlias = Column | Literal | Folded | Computed


@dataclass(frozen=True)
class Constant:
    """Always true, or never."""

    value: bool


@dataclass(frozen=True)
class Flag:
    """A column of flags that is true."""

    column: Column


@dataclass(frozen=True)
class Compared:
    """Two values of one kind compared (``= <> < > <= >=``)."""

    operator: str
    left: Value
    right: Value


@dataclass(frozen=True)
class Between:
    """A number between two others, both included."""

    value: Value
    low: Value
    high: Value


@dataclass(frozen=True)
class Among:
    """A value equal to one of several."""

    value: Value
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Like:
    """Text like a pattern: ``%`` any characters, ``_`` one, ``\\`` before either of them takes it as it is.

    The pattern is folded as the text is, by `folds` from the inside out.
    """

    value: Value
    pattern: str
    folds: tuple[Among_["casei", "accenti"], ...] = ()


@dataclass(frozen=True)
class Empty:
    """A value, or a geometry where it is None, that is not known."""

    value: Value | None


@dataclass(frozen=True)
class Meets:
    """The feature's geometry in a relation of DE-9IM to a shape in CRS84, or to itself where that is None.

    `relation` is a predicate of shapely: intersects, disjoint, equals, touches, crosses, within, contains,
    overlaps.
    """

    relation: str
    shape: BaseGeometry | None


@dataclass(frozen=True)
class Span:
    """Days from a first to a last; None is open, and so is an empty column. An instant is both at once."""

    first: Column | Literal | None
    last: Column | Literal | None
    instant: bool = False


@dataclass(frozen=True)
class When:
    """Two spans in a temporal relation, by its name in CQL2 without ``t_``, in small letters."""

    relation: str
    left: Span
    right: Span


@dataclass(frozen=True)
class Not:
    """What is not so; what is not known stays so."""

    part: Expression


@dataclass(frozen=True)
class Every:
    """All of them are so."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True)
class Some:
    """At least one of them is so."""

    parts: tuple[Expression, ...]


Expression: TypeAlias = (
    Constant | Flag | Compared | Between | Among | Like | Empty | Meets | When | Not | Every | Some
)
