"""What leaves the house at once: a layer, or the features of it that meet some conditions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from types import MappingProxyType
from typing import Final

from visavis.layers import Layer
from visavis.model.provenance import BuildRecord
from visavis.store import Bounds, Query, Row, Store

# Features that are joined before they are written.
_BUNCH: Final = 500


@dataclass(frozen=True)
class Part:
    """The features of a layer that meet a query, read bunch by bunch from one build.

    `told` says in words which part it is; empty where it is the whole layer.
    """

    store: Store
    layer: Layer
    query: Query
    told: str = ""

    @property
    def record(self) -> BuildRecord:
        return self.store.record()

    def features(self) -> Iterator[Sequence[bytes]]:
        """Return finished GeoJSON features in bunches, in the order of their ids."""
        features = self.store.features(self.layer.name, self.query)
        while bunch := list(islice(features, _BUNCH)):
            yield bunch

    def rows(self) -> Iterator[Sequence[Row]]:
        """Return rows in bunches: values in the declared order of the columns, a geometry as WKB."""
        return self.store.rows(self.layer.name, self.query)


def in_words(
    *,
    where: Mapping[str, str],
    bounds: Bounds | None,
    filter_text: str | None,
    others: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """Return which part of a layer some conditions mean; empty where there is none."""
    return "; ".join(
        [
            *(f"{column} = {value}" for column, value in where.items()),
            *([f"bbox {','.join(f'{edge:g}' for edge in bounds)}"] if bounds else []),
            *([f"filter {filter_text}"] if filter_text else []),
            *(f"{name} {value}" for name, value in others.items()),
        ]
    )
