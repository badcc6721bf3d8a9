"""From buildings, grounds and entrances to one table of spaces: what each is, how high, and how surely."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import pandas as pd

from visavis.model.crs import assert_metric
from visavis.model.findings import Finding
from visavis.spaces.houses import building_spaces
from visavis.spaces.surroundings import courtyard_spaces, entrance_spaces, ground_spaces
from visavis.spaces.table import SPACES


@dataclass(frozen=True)
class Furnished:
    """The spaces, and what was assumed or left out."""

    spaces: gpd.GeoDataFrame
    findings: tuple[Finding, ...]


def furnish(buildings: gpd.GeoDataFrame, grounds: gpd.GeoDataFrame, entrances: gpd.GeoDataFrame) -> Furnished:
    """Return every building as a space, and the gardens, courtyards and entrances that belong to dwellings.

    Parameters
    ----------
    buildings, grounds, entrances : GeoDataFrame
        BUILDINGS, GROUNDS and ENTRANCES in one metric CRS.

    Returns
    -------
    Furnished
        SPACES in the same CRS. Outlines are oriented (outer ring anticlockwise, holes clockwise), so that walls
        can be counted along their rings.
    """
    for part in (buildings, grounds, entrances):
        assert_metric(part)
    built, of_buildings = building_spaces(buildings)
    gardens, of_gardens = ground_spaces(grounds, built)
    doors, of_doors = entrance_spaces(entrances, built)
    parts = [part for part in (built, gardens, courtyard_spaces(built), doors) if len(part)]
    spaces = pd.concat(parts, ignore_index=True) if parts else built
    return Furnished(
        SPACES.frame(gpd.GeoDataFrame(spaces, crs=buildings.crs)), (*of_buildings, *of_gardens, *of_doors)
    )
