"""What every store can be asked, wherever it keeps its layers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import pandas as pd

from visavis.model.provenance import BuildRecord
from visavis.store.asking import Bounds, Key, Query
from visavis.tiles import Tile

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Summary:
    """How much a layer holds and where: rows, and bounds where any row has a geometry."""

    name: str
    count: int
    bounds: Bounds | None

    def expected(self, box: Bounds) -> float:
        """Return how many features a box would hold were they strewn evenly; all of them across the antimeridian."""
        if self.bounds is None or box.west > box.east:
            return self.count
        west, south, east, north = self.bounds
        width = max(min(box.east, east) - max(box.west, west), 0.0)
        height = max(min(box.north, north) - max(box.south, south), 0.0)
        return self.count * width * height / max((east - west) * (north - south), 1e-12)


@dataclass(frozen=True)
class Page:
    """Some features of a layer in the order that was asked for.

    Parameters
    ----------
    features : tuple of bytes
        Finished GeoJSON features (RFC 7946), UTF-8.
    matched : int
        How many features the whole answer has, over all pages.
    next : Key, optional
        What to give as `Query.after` to go on; None on the last page.
    """

    features: tuple[bytes, ...]
    matched: int
    next: Key | None


class Store(Protocol):
    """One build's layers. Safe to use from several threads; closed once, by whoever opened it.

    Every method raises StoreError where the store turns out to be damaged, NotFoundError for a layer that
    is not declared, RequestError for a query that the layer can't be asked, and CostlyError where the query
    named a patience and took longer.
    """

    @property
    def target(self) -> str:
        """Return where it lives, as it was opened."""
        ...

    @property
    def local(self) -> bool:
        """Say whether a short query is answered at once, from files of this machine, without waiting."""
        ...

    def record(self) -> BuildRecord:
        """Return how and from what the layers were built."""
        ...

    def layers(self) -> Mapping[str, Summary]:
        """Return every layer's summary by name, in the declared order."""
        ...

    def page(self, layer: str, query: Query) -> Page:
        """Return the features after `query.after` that meet every condition, at most `query.limit`.

        Paging goes by key and not by number: features that come and go with a new build neither repeat nor
        hide the others.
        """
        ...

    def is_prompt(self, layer: str, query: Query) -> bool:
        """Say whether a page is found in no time, so that whoever asks may wait for it."""
        ...

    def item(self, layer: str, feature_id: str) -> bytes | None:
        """Return one finished feature, or None where the layer has none of that id."""
        ...

    def tile(self, layer: str, tile: Tile) -> bytes | None:
        """Return a tile that was finished with the store, compressed by gzip; None where it has to be made."""
        ...

    def features(self, layer: str, query: Query) -> Iterator[bytes]:
        """Give the same features one after the other, all of them, in memory that does not grow with them."""
        ...

    def rows(self, layer: str, query: Query, columns: Sequence[str] | None = None) -> Iterator[Sequence[Row]]:
        """Give the rows behind them likewise, bunch by bunch: values in the order of the declared columns.

        A geometry is WKB, an unknown value is None, a flag may be a number; `properties` apart. `columns` names
        some of the declared columns, in their order.
        """
        ...

    def frame(self, layer: str, query: Query | None = None) -> pd.DataFrame:
        """Return a layer, or the rows that a query asks for, as its declared table; `properties` apart."""
        ...

    def superseded(self) -> bool:
        """Say whether another build has taken the place of this one since it was opened."""
        ...

    def close(self) -> None:
        """Let go of files and connections."""
        ...
