"""Ground that several houses enclose together: the inside of a block, reached through a house or a passage only."""

from __future__ import annotations

from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from visavis.spaces.classification import DWELLING
from visavis.spaces.outlines import Shapes, sound, without_slivers
from visavis.spaces.surroundings import LEAST_COURTYARD_M2, along, in_the_open, rows_of

# Houses this near are drawn as touching: nobody passes between them.
GAP_M: Final = 0.3
# A larger one is a square with ways of its own.
LARGEST_YARD_M2: Final = 5000.0
# Dwellings make at least this share of what encloses it.
LIVED_IN_SHARE: Final = 0.5
BORDER_M: Final = 1.0
YARD_CONFIDENCE: Final = 0.4
YARD_RULE: Final = "kind=default.yard-between-houses"


def yard_spaces(built: gpd.GeoDataFrame, told: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return yards between dwellings as rows of SPACES, each with the dwelling along which it lies longest.

    Whose the ground is nobody says, so the confidence is little.

    Parameters
    ----------
    built : GeoDataFrame
        Rows of SPACES, one a building.
    told : GeoDataFrame
        Gardens and courtyards that are spaces already: a yard is what is beside them.
    """
    houses = built.geometry.to_numpy()
    open_air = in_the_open(in_the_open(_enclosed(houses), houses), told.geometry.to_numpy())
    # What is left of the gaps between houses is no yard.
    shapes = sound(without_slivers(open_air, GAP_M))
    area = shapely.area(shapes)
    shapes = shapes[(area >= LEAST_COURTYARD_M2) & (area <= LARGEST_YARD_M2)]
    homes = built[built["kind"] == DWELLING]
    lived_in = _border(shapes, homes.geometry.to_numpy()) >= LIVED_IN_SHARE * _border(shapes, houses)
    shapes = shapes[lived_in]
    home = along(shapes, homes, GAP_M)
    known = home["building_id"].notna().to_numpy()
    shapes, home = shapes[known], home[known].reset_index(drop=True)
    number = home.groupby("building_id").cumcount().astype("str")
    return rows_of(
        "yard/" + home["building_id"].astype("str") + "/" + number,
        home,
        shapes,
        built.crs,
        kind="private_ground",
        use_confidence=np.fmin(YARD_CONFIDENCE, home["use_confidence"].to_numpy(float)),
        assumed=YARD_RULE,
        source_id=_sources(built, home),
    )


def _enclosed(houses: Shapes) -> Shapes:
    """Return the holes of all houses together, in the order of their place."""
    wide = shapely.buffer(houses, GAP_M / 2.0, quad_segs=1, join_style="mitre")
    one, other = shapely.STRtree(wide).query(wide, predicate="intersects")
    links = coo_array((np.ones(len(one), dtype=bool), (one, other)), shape=(len(wide), len(wide)))
    row = connected_components(links, directed=False)[1]
    # Two may enclose a yard; a house alone has courtyards, which are told already.
    blocks = [wide[members] for members in pd.Series(row).groupby(row).indices.values() if len(members) > 1]
    parts = shapely.get_parts([shapely.union_all(block) for block in blocks])
    rings, of_part = shapely.get_rings(parts, return_index=True)
    inner = np.r_[False, of_part[1:] == of_part[:-1]].astype(bool)[: len(rings)]
    holes = shapely.buffer(shapely.polygons(rings[inner]), GAP_M / 2.0, quad_segs=1, join_style="mitre")
    order = np.lexsort(shapely.bounds(holes).reshape(-1, 4).T[:2])
    return np.asarray(holes[order], dtype=object)


def _border(shapes: Shapes, houses: Shapes) -> NDArray[np.float64]:
    """Return how much of some houses lies just around each shape: as good as the length of their common border."""
    around = shapely.buffer(shapes, BORDER_M)
    at, house = shapely.STRtree(houses).query(around, predicate="intersects")
    common = shapely.area(shapely.intersection(around[at], houses[house]))
    return np.bincount(at, common, minlength=len(shapes)).astype(np.float64)


def _sources(built: gpd.GeoDataFrame, home: pd.DataFrame) -> Any:
    return home["building_id"].map(built.set_index("building_id")["source_id"])
