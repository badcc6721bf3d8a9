"""In which words a store's SQL says what differs between databases."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from shapely.geometry.base import BaseGeometry

from visavis.model.schema import Table
from visavis.store.asking.query import Bounds

# SQL with marks, and the values for them in their order.
Condition = tuple[str, tuple[Any, ...]]


class Dialect(Protocol):
    """A database's words. Rows are those of `t`; every value is bound."""

    @property
    def mark(self) -> str:
        """Return the mark of a bound value: ``?`` or ``%s``."""
        ...

    def in_order(self, text: str) -> str:
        """Return a text column or value so that it compares by code points, as Python does."""
        ...

    def flag(self, value: bool) -> Any:
        """Return what a flag is bound as."""
        ...

    def casei(self, text: str) -> str:
        """Return SQL for text without case."""
        ...

    def accenti(self, text: str) -> str:
        """Return SQL for text without accents."""
        ...

    def like(self, text: Condition, pattern: str, folds: Sequence[str]) -> Condition:
        """Return whether text is like a pattern of CQL2, folded by `folds` from the inside out."""
        ...

    def in_box(self, table: Table, bounds: Bounds) -> Condition:
        """Return whether the geometry intersects a box; false, not unknown, where there is none."""
        ...

    def meets(self, table: Table, relation: str, shape: BaseGeometry | None) -> Condition:
        """Return whether the geometry is in a relation to a shape (or to itself); unknown where there is none."""
        ...
