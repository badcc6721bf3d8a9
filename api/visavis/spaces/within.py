"""What is in or on a building beside what it is: shops on the ground floor, sensitive places, balconies."""

from __future__ import annotations

from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from visavis.model.findings import Finding, raised
from visavis.spaces.classification import BY_AMENITY, DWELLING, kinds_of_uses
from visavis.spaces.heights import LEVEL_M
from visavis.spaces.outlines import Shapes, sound
from visavis.spaces.surroundings import rows_of
from visavis.spaces.words import WORDS

# A point drawn before its door, or a balcony before its wall, belongs to the building if it is this near.
NEAR_M: Final = 2.0
# Below this a building has one floor, and what is in it is the building's use.
TWO_STOREYS_M: Final = 5.0
BALCONY_CONFIDENCE: Final = 0.9
# A place whose wall is not known, somewhere in a building.
SOMEWHERE_CONFIDENCE: Final = 0.5

WALL_RULE: Final = "geometry=default.nearest-wall"
BALCONY_RULE: Final = "base_m=default.first-floor-balcony"
FLOOR_RULE: Final = "base_m=storeys-times-storey-height"


def with_ground_floors(built: gpd.GeoDataFrame, uses: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return buildings with the ground floors that points tell of: a shop below flats, a practice.

    A shop that does not say on which floor it is is taken to be on the ground floor; any other use has to say so.

    Parameters
    ----------
    built : GeoDataFrame
        Rows of SPACES, one a building.
    uses : GeoDataFrame USES, in the same metric CRS
    """
    kind = kinds_of_uses(uses["use"])
    below = (uses["floor"] == 0.0) | (uses["floor"].isna() & (uses["use"] == "shop"))
    told = uses[below & kind.isin(["other_private", "sensitive_place"])]
    home = _homes(told.geometry.to_numpy(), built)
    found = pd.Series(kind[told.index].to_numpy()[home >= 0], index=built.index[home[home >= 0]], dtype="str")
    # Where both are there, a shop: the sensitive place has a row of its own.
    first = found.groupby(level=0).min()
    flats = (built["kind"] == DWELLING) & (built["height_m"] >= TWO_STOREYS_M) & built["ground_kind"].isna()
    return built.assign(ground_kind=built["ground_kind"].fillna(first.where(flats[first.index])))


def sensitive_spaces(
    uses: gpd.GeoDataFrame, built: gpd.GeoDataFrame
) -> tuple[gpd.GeoDataFrame, list[Finding]]:
    """Return sensitive places that are points in other buildings, each at the nearest of its building's walls.

    Where in the building they are is not known but for the floor; so is their confidence lower where the wall is
    not the one that the point was drawn at.
    """
    mine = uses[kinds_of_uses(uses["use"]) == "sensitive_place"].reset_index(drop=True)
    home = _homes(mine.geometry.to_numpy(), built)
    alone = int((home < 0).sum())
    findings = [raised(WORDS, "spaces.sensitive-alone", count=alone, within_m=NEAR_M)] if alone else []
    mine, home = mine[home >= 0], home[home >= 0]
    other = (built["kind"].iloc[home] != "sensitive_place").to_numpy()
    mine, house = mine[other].reset_index(drop=True), built.iloc[home[other]].reset_index(drop=True)
    places, moved_m = _on_walls(mine.geometry.to_numpy(), house.geometry.to_numpy())
    inside = moved_m > NEAR_M
    floor = mine["floor"].fillna(0.0).clip(lower=0.0)
    own = mine["use"].map(lambda word: BY_AMENITY[word].confidence).astype(float)
    upstairs = floor > 0.0
    rows = rows_of(
        "use/" + mine["use_id"].astype("str"),
        house,
        places,
        built.crs,
        kind="sensitive_place",
        name=mine["name"],
        base_m=(floor * house["storey_m"].fillna(LEVEL_M)).to_numpy(),
        use_confidence=np.where(inside, SOMEWHERE_CONFIDENCE, own),
        assumed=_named((inside, WALL_RULE), (upstairs.to_numpy(), FLOOR_RULE)),
        source_id=mine["source_id"],
    )
    return rows, findings


def balcony_spaces(parts: gpd.GeoDataFrame, built: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the balconies of dwellings, each as the place on the wall behind it, at the height of its floor.

    Where its height is not told it is taken to be on the first floor.
    """
    mine = parts[parts["part"] == "balcony"].reset_index(drop=True)
    areas = sound(mine.geometry)
    homes = built[built["kind"] == DWELLING].reset_index(drop=True)
    home = _homes(areas, homes)
    mine, areas, house = mine[home >= 0], areas[home >= 0], homes.iloc[home[home >= 0]]
    mine, house = mine.reset_index(drop=True), house.reset_index(drop=True)
    places, _ = _on_walls(shapely.centroid(areas), house.geometry.to_numpy())
    untold = mine["base_m"].isna()
    return rows_of(
        "balcony/" + mine["part_id"].astype("str"),
        house,
        places,
        built.crs,
        kind="balcony",
        base_m=mine["base_m"].fillna(house["storey_m"]).fillna(LEVEL_M).to_numpy(),
        use_confidence=np.fmin(BALCONY_CONFIDENCE, house["use_confidence"].to_numpy(float)),
        assumed=_named((untold.to_numpy(), BALCONY_RULE)),
        source_id=mine["source_id"],
    )


def _homes(shapes: Shapes, built: gpd.GeoDataFrame) -> NDArray[np.int64]:
    """Return the row of the building that holds each shape, or is nearest within reach; −1 for none."""
    tree = shapely.STRtree(built.geometry.to_numpy())
    (at, house), distance = tree.query_nearest(
        shapes, max_distance=NEAR_M, return_distance=True, all_matches=True
    )
    pairs = pd.DataFrame({"at": at, "house": house, "distance_m": distance})
    best = pairs.sort_values(["at", "distance_m", "house"]).drop_duplicates("at")
    homes = np.full(len(shapes), -1, dtype=np.int64)
    homes[best["at"].to_numpy()] = best["house"].to_numpy()
    return homes


def _on_walls(places: Shapes, houses: Shapes) -> tuple[Shapes, NDArray[np.float64]]:
    """Return the nearest place on each house's outer wall, and how far off that is."""
    outer = shapely.boundary(houses)
    ways = shapely.shortest_line(outer, places)
    return np.asarray(shapely.get_point(ways, 0), dtype=object), np.asarray(shapely.length(ways))


def _named(*rules: tuple[NDArray[np.bool_], str]) -> list[str | None]:
    told = [np.where(where, rule, "") for where, rule in rules]
    return [";".join(rule for rule in row if rule) or None for row in zip(*told, strict=True)]
