"""The question that a store is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from visavis.model.errors import RequestError
from visavis.model.schema import Table
from visavis.store.asking.expressions import Expression

# The values of the columns sorted by, then the id: where the next page begins.
Key = tuple[str | float | int | bool | None, ...]


class Bounds(NamedTuple):
    """A box in CRS84 degrees. `west` greater than `east` means that it crosses the antimeridian."""

    west: float
    south: float
    east: float
    north: float


class Days(NamedTuple):
    """Days from the first to the last, both included, as ISO 8601 dates; None where open."""

    first: str | None
    last: str | None


class Sort(NamedTuple):
    """A column to sort by. Rows without a value come last, whichever the direction."""

    column: str
    descending: bool = False


@dataclass(frozen=True)
class Query:
    """Which rows of a layer, in which order, and what of them.

    Every condition has to be met. Values are bound, never pasted into a statement.

    Parameters
    ----------
    bounds : Bounds, optional
        Features whose geometry intersects the box; one without a geometry is not among them. A box in
        another CRS is no box in CRS84: it comes as a `filter`.
    days : Days, optional
        Features known to stand on one of the days, by `valid_from` and `valid_to`, an empty one being
        open. A layer that has no such columns ignores it.
    where : mapping of str to str
        Values that columns must equal, as text.
    filter : Expression, optional
        What `read_filter` makes of a filter in CQL2, checked against this layer's table.
    sortby : tuple of Sort
        Columns to sort by; the id decides between equals, and alone where there is none.
    properties : tuple of str, optional
        Properties that finished features shall have; all of them where it is missing.
    limit : int, optional
        How many features at most.
    after : Key, optional
        Where to go on: what `Page.next` said for the same question.
    patience_s : float, optional
        How long the answer may take to find, in seconds.
    """

    bounds: Bounds | None = None
    days: Days | None = None
    where: Mapping[str, str] = field(default_factory=dict)
    filter: Expression | None = None
    sortby: tuple[Sort, ...] = ()
    properties: tuple[str, ...] | None = None
    limit: int | None = None
    after: Key | None = None
    patience_s: float | None = None


@cache
def asked_by(table: Table) -> Mapping[str, str]:
    """Return the columns that `where` may name, with the kind of their values: text or flag."""
    kinds = {name: column.dtype for name, column in table.columns.items() if name != "geometry"}
    return {
        name: "flag" if kind == "bool" else "text"
        for name, kind in kinds.items()
        if not kind.startswith(("float", "int"))
    }


def sortable(table: Table) -> list[str]:
    """Return the columns that features can be sorted by."""
    return [name for name in table.columns if name != "geometry"]


def require_columns(table: Table, names: list[str], what: str) -> None:
    """Refuse a name that is no column of properties.

    Raises
    ------
    RequestError
    """
    for name in names:
        if name not in sortable(table):
            raise RequestError(
                f"{table.name} has no property {name[:40]!r} ({what})",
                remedy=f"Choose {', '.join(sortable(table))}",
            )
