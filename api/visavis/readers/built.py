"""The built world as any reader delivers it."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd

from visavis.model.findings import Finding
from visavis.model.provenance import Source


@dataclass(frozen=True)
class Built:
    """Buildings, grounds and entrances in CRS84, the doubts about them, and where they come from."""

    buildings: gpd.GeoDataFrame
    grounds: gpd.GeoDataFrame
    entrances: gpd.GeoDataFrame
    findings: tuple[Finding, ...]
    sources: tuple[Source, ...]
