"""What belongs to dwellings without being one: gardens, yards inside them, and their doors."""

from __future__ import annotations

from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from visavis.model.findings import Finding, raised
from visavis.spaces.classification import DWELLING
from visavis.spaces.outlines import Shapes, sound
from visavis.spaces.words import WORDS

GARDEN_WITHIN_M: Final = 30.0
# A garden that does not say whose it is belongs to a home only where it lies along one.
UNTOLD_GARDEN_WITHIN_M: Final = 2.0
ENTRANCE_WITHIN_M: Final = 2.0
# How near two things count as the same distance away, and how deep a border is looked at for its length.
TIE_M: Final = 0.1
BORDER_M: Final = 1.0
LEAST_GROUND_M2: Final = 1.0
# Smaller ones are shafts for light and air.
LEAST_COURTYARD_M2: Final = 9.0

GARDEN_CONFIDENCE: Final = 0.9
UNTOLD_GARDEN_CONFIDENCE: Final = 0.4
COURTYARD_CONFIDENCE: Final = 0.6
UNTOLD_GARDEN_RULE: Final = "kind=default.garden-of-unknown-owner"

# Values of `entrance` for doors that are no home's: https://wiki.openstreetmap.org/wiki/Key:entrance
OTHER_DOORS: Final = frozenset({"shop", "garage", "service", "delivery", "emergency", "exit", "office"})


def ground_spaces(
    grounds: gpd.GeoDataFrame, built: gpd.GeoDataFrame
) -> tuple[gpd.GeoDataFrame, list[Finding]]:
    """Return gardens and yards as rows of SPACES, each with the dwelling along which it lies longest.

    A ground reaches no further than the buildings on it. A garden that does not say whose it is counts with
    little confidence where it lies along a dwelling; another may be a park's, is left out and counted.
    """
    shapes, findings = in_the_open(sound(grounds.geometry), built.geometry.to_numpy()), []
    covered = shapely.area(shapes) < LEAST_GROUND_M2
    if covered.any():
        findings.append(raised(WORDS, "spaces.ground-covered", count=int(covered.sum())))
    grounds, shapes = grounds[~covered].reset_index(drop=True), shapes[~covered]
    home = along(shapes, built[built["kind"] == DWELLING], GARDEN_WITHIN_M)
    untold = ~(grounds["access"].isin(["private", "no"]) | (grounds["ground"] == "residential_garden"))
    strange = (untold & ~(home["distance_m"] <= UNTOLD_GARDEN_WITHIN_M)).to_numpy(bool)
    if strange.any():
        findings.append(
            raised(
                WORDS,
                "spaces.garden-untold",
                count=int(strange.sum()),
                total=len(grounds),
                within_m=UNTOLD_GARDEN_WITHIN_M,
            )
        )
    own = np.where(untold, UNTOLD_GARDEN_CONFIDENCE, GARDEN_CONFIDENCE)
    rows = rows_of(
        "ground/" + grounds["ground_id"].astype("str"),
        home,
        sound(shapes),
        built.crs,
        kind="private_ground",
        name=grounds["name"],
        use_confidence=np.fmin(own, home["use_confidence"].to_numpy(float)),
        assumed=pd.Series(UNTOLD_GARDEN_RULE, grounds.index).where(untold),
        source_id=grounds["source_id"],
    )
    return rows[~strange].reset_index(drop=True), findings


def courtyard_spaces(built: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the holes in dwellings as rows of SPACES: yards that nobody reaches but through the building."""
    dwellings = built[built["kind"] == DWELLING].reset_index(drop=True)
    parts, part_of = shapely.get_parts(dwellings.geometry.to_numpy(), return_index=True)
    rings, ring_of = shapely.get_rings(parts, return_index=True)
    inner = np.r_[False, ring_of[1:] == ring_of[:-1]].astype(bool)[: len(rings)]
    shapes = in_the_open(sound(shapely.polygons(rings[inner])), built.geometry.to_numpy())
    wide = shapely.area(shapes) >= LEAST_COURTYARD_M2
    home = dwellings.iloc[part_of[ring_of[inner]][wide]].reset_index(drop=True)
    number = home.groupby("building_id").cumcount().astype("str")
    return rows_of(
        "courtyard/" + home["building_id"].astype("str") + "/" + number,
        home,
        sound(shapes[wide]),
        built.crs,
        kind="private_ground",
        use_confidence=np.fmin(COURTYARD_CONFIDENCE, home["use_confidence"].to_numpy(float)),
        source_id=home["source_id"],
    )


def entrance_spaces(
    entrances: gpd.GeoDataFrame, built: gpd.GeoDataFrame
) -> tuple[gpd.GeoDataFrame, list[Finding]]:
    """Return the doors in dwellings' walls as rows of SPACES; doors of other buildings are not private.

    Where two buildings share the wall, a dwelling goes before another building, then the smaller id.
    """
    findings = []
    walls = built.assign(home=built["kind"] == DWELLING, geometry=built.boundary)
    at_home = _nearest(entrances.geometry.to_numpy(), walls, ENTRANCE_WITHIN_M)
    alone = at_home["building_id"].isna()
    if alone.any():
        findings.append(
            raised(WORDS, "spaces.entrance-alone", count=int(alone.sum()), within_m=ENTRANCE_WITHIN_M)
        )
    other = entrances["entrance"].isin(OTHER_DOORS) & (at_home["kind"] == DWELLING)
    if other.any():
        findings.append(raised(WORDS, "spaces.entrance-of-no-home", count=int(other.sum())))
    mine = ((at_home["kind"] == DWELLING) & ~other).to_numpy(bool)
    doors, home = entrances[mine].reset_index(drop=True), at_home[mine].reset_index(drop=True)
    rows = rows_of(
        "entrance/" + doors["entrance_id"].astype("str"),
        home.assign(address=doors["address"].fillna(home["address"])),
        doors.geometry.to_numpy(),
        built.crs,
        kind="dwelling_entrance",
        use_confidence=home["use_confidence"],
        source_id=doors["source_id"],
    )
    return rows, findings


def rows_of(ids: Any, home: pd.DataFrame, shapes: Any, crs: Any, **columns: Any) -> gpd.GeoDataFrame:
    """Return rows of SPACES that belong to some homes; what is not given is empty, and they have no height."""
    common = {
        "space_id": ids,
        "building_id": home["building_id"],
        "part_of": None,
        "name": None,
        "address": home["address"],
        "base_m": 0.0,
        "height_m": 0.0,
        "height_sd_m": 0.0,
        "storey_m": np.nan,
        "ground_kind": None,
        "assumed": None,
    }
    return gpd.GeoDataFrame(
        pd.DataFrame({**common, **columns}, index=range(len(ids))), geometry=shapes, crs=crs
    )


def in_the_open(shapes: Shapes, footprints: Shapes) -> Shapes:
    """Return shapes without what stands on them."""
    at, house = shapely.STRtree(footprints).query(shapes, predicate="intersects")
    common = shapely.area(shapely.intersection(shapes[at], footprints[house]))
    pairs = pd.DataFrame({"at": at, "house": house})[common > 0.0]
    cleared = shapes.copy()
    for row, group in pairs.groupby("at"):
        cleared[row] = shapely.difference(shapes[row], shapely.union_all(footprints[group["house"]]))
    return cleared


def along(shapes: Shapes, houses: gpd.GeoDataFrame, within_m: float) -> pd.DataFrame:
    """Return for each shape the house nearest to it; of several that touch it, the one with the longest border."""

    def border(at: NDArray[np.int64], house: NDArray[np.int64], distance: NDArray[np.float64]) -> Any:
        reach = shapely.buffer(shapes[at], distance + BORDER_M)
        return shapely.area(shapely.intersection(reach, houses.geometry.to_numpy()[house]))

    return _chosen(shapes, houses, within_m, border)


def _nearest(shapes: Shapes, walls: gpd.GeoDataFrame, within_m: float) -> pd.DataFrame:
    """Return for each place the nearest wall's building; a home before another at the same distance."""
    return _chosen(shapes, walls, within_m, lambda *pair: walls["home"].to_numpy(float)[pair[1]])


def _chosen(shapes: Shapes, houses: gpd.GeoDataFrame, within_m: float, rank: Any) -> pd.DataFrame:
    """Return one house a shape, or an empty row: the nearest, of these the highest ranked, then by id."""
    columns = ["building_id", "address", "kind", "use_confidence"]
    outlines = houses.geometry.to_numpy()
    tree = shapely.STRtree(outlines)
    (near, _), least = tree.query_nearest(
        shapes, max_distance=within_m, return_distance=True, all_matches=False
    )
    at, house = tree.query(shapes[near], predicate="dwithin", distance=least + TIE_M)
    pairs = pd.DataFrame({"at": near[at], "house": house, "distance_m": least[at]})
    pairs["rank"] = rank(pairs["at"].to_numpy(), pairs["house"].to_numpy(), pairs["distance_m"].to_numpy())
    pairs["id"] = houses["building_id"].to_numpy(object)[pairs["house"]]
    best = pairs.sort_values(["at", "rank", "id"], ascending=[True, False, True]).drop_duplicates("at")
    chosen = houses[columns].iloc[best["house"]].assign(distance_m=best["distance_m"].to_numpy())
    return chosen.set_axis(best["at"].to_numpy()).reindex(range(len(shapes)))
