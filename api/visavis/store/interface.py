"""What every store can be asked, wherever it keeps its layers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import pandas as pd

from visavis.model.provenance import BuildRecord


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


@dataclass(frozen=True)
class Summary:
    """How much a layer holds and where: rows, and bounds where any row has a geometry."""

    name: str
    count: int
    bounds: Bounds | None


@dataclass(frozen=True)
class Page:
    """Some features of a layer in the order of their ids.

    Parameters
    ----------
    features : tuple of bytes
        Finished GeoJSON features (RFC 7946), UTF-8.
    matched : int
        How many features the whole answer has, over all pages.
    next : str, optional
        What to give as `after` to go on; None on the last page.
    """

    features: tuple[bytes, ...]
    matched: int
    next: str | None


class Store(Protocol):
    """One build's layers. Safe to use from several threads; closed once, by whoever opened it.

    Every method raises StoreError where the store turns out to be damaged, and NotFoundError for a layer
    that is not declared.
    """

    @property
    def target(self) -> str:
        """Return where it lives, as it was opened."""
        ...

    def record(self) -> BuildRecord:
        """Return how and from what the layers were built."""
        ...

    def layers(self) -> Mapping[str, Summary]:
        """Return every layer's summary by name, in the declared order."""
        ...

    def page(
        self,
        layer: str,
        *,
        limit: int,
        after: str | None = None,
        bounds: Bounds | None = None,
        days: Days | None = None,
        where: Mapping[str, str] | None = None,
    ) -> Page:
        """Return the features after the id `after` that meet every condition, at most `limit`.

        Paging goes by id and not by number: features that come and go with a new build neither repeat nor
        hide the others.

        Parameters
        ----------
        bounds
            Features whose geometry intersects the box; one without a geometry is not among them.
        days
            Features known to stand on one of the days, by `valid_from` and `valid_to`, an empty one
            being open. A layer that has no such columns ignores it.
        where
            Values that columns must equal, as text.
        """
        ...

    def item(self, layer: str, feature_id: str) -> bytes | None:
        """Return one finished feature, or None where the layer has none of that id."""
        ...

    def frame(
        self, layer: str, *, bounds: Bounds | None = None, where: Mapping[str, str] | None = None
    ) -> pd.DataFrame:
        """Return a layer as its declared table, in the order of its ids.

        Parameters
        ----------
        bounds, where
            As for `page`: only the rows that meet them.
        """
        ...

    def superseded(self) -> bool:
        """Say whether another build has taken the place of this one since it was opened."""
        ...

    def close(self) -> None:
        """Let go of files and connections."""
        ...
