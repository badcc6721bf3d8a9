"""House numbers that stand on nodes, given to the buildings that they stand in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely


def with_addresses(
    buildings: gpd.GeoDataFrame, places: Sequence[tuple[float, float]], addresses: Sequence[str]
) -> gpd.GeoDataFrame:
    """Return buildings with the addresses inside or on their outline, where they have none of their own.

    Several are joined by ``;`` in the order of the street and then of the number, so that the file's order
    does not matter.
    """
    bare = buildings.index[buildings["address"].isna()]
    if not len(places) or not len(bare):
        return buildings
    points = shapely.points(places)
    outlines = np.asarray(buildings.geometry.loc[bare], dtype=object)
    house, at = shapely.STRtree(points).query(outlines, predicate="intersects")
    found = pd.DataFrame({"row": bare[house], "address": [addresses[each] for each in at]}).drop_duplicates()
    joined = found.groupby("row")["address"].agg(lambda group: "; ".join(sorted(group, key=_order)))
    return buildings.assign(address=buildings["address"].fillna(joined.reindex(buildings.index)))


def _order(address: str) -> tuple[Any, ...]:
    number, _, street = address.partition(" ")
    digits = "".join(character for character in number if character in "0123456789")
    return street, int(digits or 0), number
