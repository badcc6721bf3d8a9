"""From buildings, grounds and entrances to one table of spaces: what each is, how high, and how surely."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import pandas as pd

from visavis.model.crs import assert_metric
from visavis.model.findings import Finding
from visavis.model.ground import FLAT
from visavis.spaces.houses import building_spaces
from visavis.spaces.parts import in_parts, lone_parts
from visavis.spaces.passages import with_passages
from visavis.spaces.surroundings import courtyard_spaces, entrance_spaces, ground_spaces
from visavis.spaces.table import BUILDINGS, PARTS, PASSAGES, SPACES, USES
from visavis.spaces.within import balcony_spaces, sensitive_spaces, with_ground_floors
from visavis.spaces.yards import yard_spaces


@dataclass(frozen=True)
class Furnished:
    """The spaces, and what was assumed or left out."""

    spaces: gpd.GeoDataFrame
    findings: tuple[Finding, ...]


def furnish(
    buildings: gpd.GeoDataFrame,
    grounds: gpd.GeoDataFrame,
    entrances: gpd.GeoDataFrame,
    parts: gpd.GeoDataFrame | None = None,
    passages: gpd.GeoDataFrame | None = None,
    uses: gpd.GeoDataFrame | None = None,
) -> Furnished:
    """Return every building as a space, and the gardens, courtyards, balconies and entrances of dwellings.

    Sensitive places in other buildings are spaces of their own. A building with parts is several pieces, and so
    is one over a passage; all of them carry its id, and all but its own row say what they are `part_of`.

    Parameters
    ----------
    buildings, grounds, entrances, parts, passages, uses : GeoDataFrame
        BUILDINGS, GROUNDS, ENTRANCES, PARTS, PASSAGES and USES in one metric CRS; the last three may be left out.

    Returns
    -------
    Furnished
        SPACES in the same CRS. Outlines are oriented (outer ring anticlockwise, holes clockwise), so that walls
        can be counted along their rings.
    """
    parts = PARTS.empty(crs=buildings.crs) if parts is None else parts
    passages = PASSAGES.empty(crs=buildings.crs) if passages is None else passages
    uses = USES.empty(crs=buildings.crs) if uses is None else uses
    for table in (buildings, grounds, entrances, parts, passages, uses):
        assert_metric(table)
    alone, of_parts = lone_parts(parts, buildings)
    if len(alone):
        buildings = BUILDINGS.frame(pd.concat([buildings, alone], ignore_index=True))
    built, of_buildings = building_spaces(buildings)
    built = with_ground_floors(built, uses)
    gardens, of_gardens = ground_spaces(grounds, built)
    doors, of_doors = entrance_spaces(entrances, built)
    # What belongs to a building goes by its whole outline; only then is it cut.
    courtyards = courtyard_spaces(built)
    yards = yard_spaces(built, pd.concat([gardens, courtyards]))
    sensitive, of_sensitive = sensitive_spaces(uses, built)
    balconies = balcony_spaces(parts, built)
    solids, of_pieces = in_parts(built, parts)
    solids, of_passages = with_passages(solids, passages)
    made = [
        table for table in (solids, gardens, courtyards, yards, doors, sensitive, balconies) if len(table)
    ]
    spaces = (pd.concat(made, ignore_index=True) if made else built).assign(terrain=FLAT)
    return Furnished(
        SPACES.frame(gpd.GeoDataFrame(spaces, crs=buildings.crs)),
        (*of_buildings, *of_parts, *of_pieces, *of_passages, *of_gardens, *of_doors, *of_sensitive),
    )
