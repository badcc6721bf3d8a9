"""The built world as any reader delivers it."""

from __future__ import annotations

from dataclasses import dataclass, field

import geopandas as gpd

from visavis.model.findings import Finding
from visavis.model.provenance import Source
from visavis.spaces import BUILDINGS, ENTRANCES, GROUNDS, PARTS, PASSAGES, USES


@dataclass(frozen=True)
class Built:
    """The built world in CRS84, the doubts about it, and where it comes from."""

    buildings: gpd.GeoDataFrame
    grounds: gpd.GeoDataFrame
    entrances: gpd.GeoDataFrame
    findings: tuple[Finding, ...]
    sources: tuple[Source, ...]
    parts: gpd.GeoDataFrame = field(default_factory=PARTS.empty)
    passages: gpd.GeoDataFrame = field(default_factory=PASSAGES.empty)
    uses: gpd.GeoDataFrame = field(default_factory=USES.empty)

    @classmethod
    def nothing(cls) -> Built:
        """Return a world without anything in it: where papers tell of no place, none is needed."""
        return cls(BUILDINGS.empty(), GROUNDS.empty(), ENTRANCES.empty(), (), ())
