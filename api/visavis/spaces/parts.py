"""Buildings in parts: each piece with its own top and lower edge, in the place of the outline.

https://wiki.openstreetmap.org/wiki/Simple_3D_Buildings: where parts are drawn the outline stands for nothing; what
they leave of it keeps the outline's height. All pieces carry the building's id and are one building.
"""

from __future__ import annotations

from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from visavis.model.findings import Finding, raised
from visavis.spaces.heights import heights_of
from visavis.spaces.houses import joined
from visavis.spaces.outlines import sound, without_slivers
from visavis.spaces.words import WORDS

BALCONY: Final = "balcony"
# A part belongs to the outline that holds more than this share of it.
INSIDE_SHARE: Final = 0.5
# What parts leave of an outline is a piece of its own unless it is narrower than this: drawing is no better.
SLIVER_M: Final = 0.3
LEAST_REST_M2: Final = 2.0


def lone_parts(
    parts: gpd.GeoDataFrame, buildings: gpd.GeoDataFrame
) -> tuple[gpd.GeoDataFrame, list[Finding]]:
    """Return parts outside of any outline as BUILDINGS of their own, and that they are.

    Parameters
    ----------
    parts, buildings : GeoDataFrame PARTS and BUILDINGS, in one metric CRS
    """
    alone = parts[(_homes(parts, buildings) < 0) & (parts["part"] != BALCONY)]
    rows = alone.rename(columns={"part_id": "building_id"}).assign(building=alone["part"])
    findings = [raised(WORDS, "spaces.part-alone", count=len(alone))] if len(alone) else []
    return rows, findings


def in_parts(built: gpd.GeoDataFrame, parts: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, list[Finding]]:
    """Return buildings as pieces, those that have parts.

    A building's own row is what its parts leave of the outline, or its largest part where they leave nothing; the
    other pieces are `part_of` it.

    Parameters
    ----------
    built : GeoDataFrame
        Rows of SPACES, one a building.
    parts : GeoDataFrame PARTS, in the same CRS

    Returns
    -------
    GeoDataFrame, list of Finding
    """
    solid = parts[parts["part"] != BALCONY]
    home = _homes(solid, built)
    solid, home = solid[home >= 0].reset_index(drop=True), home[home >= 0]
    if solid.empty:
        return built, []
    pieces, upside_down = _pieces(solid, built.iloc[home].reset_index(drop=True))
    rows = [_with_rest(built.iloc[[at]], pieces[home == at]) for at in np.unique(home)]
    whole = built[~np.isin(np.arange(len(built)), home)]
    together = pd.concat([whole, *rows], ignore_index=True)
    findings = [
        raised(WORDS, "spaces.building-in-parts", buildings=len(rows), parts=len(solid)),
        *upside_down,
    ]
    return gpd.GeoDataFrame(together, crs=built.crs), findings


def _homes(parts: gpd.GeoDataFrame, outlines: gpd.GeoDataFrame) -> NDArray[np.int64]:
    """Return the row of the outline that each part belongs to, −1 for none."""
    mine, theirs = _areas(parts), _areas(outlines)
    at, house = shapely.STRtree(theirs).query(mine, predicate="intersects")
    common = shapely.area(shapely.intersection(mine[at], theirs[house]))
    pairs = pd.DataFrame({"at": at, "house": house, "common": common})
    inside = pairs[pairs["common"] > INSIDE_SHARE * shapely.area(mine)[at]]
    best = inside.sort_values(["common", "house"], ascending=[False, True]).drop_duplicates("at")
    homes = np.full(len(parts), -1, dtype=np.int64)
    homes[best["at"].to_numpy()] = best["house"].to_numpy()
    return homes


def _areas(frame: gpd.GeoDataFrame) -> NDArray[np.object_]:
    return sound(frame.geometry)


def _pieces(solid: gpd.GeoDataFrame, home: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, list[Finding]]:
    """Return parts as rows of SPACES; what a part does not say of its height is its building's."""
    untold = (solid["height_m"].isna() & solid["levels"].isna()).to_numpy()
    told = solid.assign(building=solid["part"], height_m=solid["height_m"].mask(untold, home["height_m"]))
    height = heights_of(told, pd.Series("", index=told.index))
    base = height["base_m"].to_numpy()
    top = height["height_m"].to_numpy()
    upside_down = base >= top
    findings = [
        raised(WORDS, "spaces.base-above-top", part, building=part, base_m=float(low), height_m=float(high))
        for part, low, high in zip(
            solid["part_id"].astype("str")[upside_down], base[upside_down], top[upside_down], strict=True
        )
    ]
    rules = np.where(untold, "height_m=default.as-its-building", height["rule"])
    # The kind was assumed, or not, for the building; its height is replaced.
    of_home = home["assumed"].map(_but_heights)
    pieces = home.assign(
        space_id="part/" + solid["part_id"].astype("str"),
        part_of=home["space_id"],
        base_m=np.where(upside_down, 0.0, base),
        height_m=top,
        height_sd_m=np.where(untold, home["height_sd_m"], height["height_sd_m"]),
        assumed=joined(of_home, pd.Series(rules, dtype="str"), height["base_rule"]),
        source_id=solid["source_id"],
    )
    return pieces.set_geometry(gpd.GeoSeries(_areas(solid), pieces.index, home.crs)), findings


def _but_heights(assumed: Any) -> str:
    entries = assumed.split(";") if isinstance(assumed, str) else []
    return ";".join(entry for entry in entries if not entry.startswith(("height_m", "base_m")))


def _with_rest(house: gpd.GeoDataFrame, pieces: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return one building's pieces, its own row first."""
    rest = shapely.difference(house.geometry.to_numpy(), shapely.union_all(pieces.geometry.to_numpy()))
    broad = sound(without_slivers(rest, SLIVER_M))
    if shapely.area(broad)[0] >= LEAST_REST_M2:
        return pd.concat([house.set_geometry(gpd.GeoSeries(broad, house.index, house.crs)), pieces])
    order = np.lexsort((pieces["space_id"], -pieces.area, pieces["base_m"]))
    main = pieces.iloc[[order[0]]]
    own = main.assign(space_id=house["space_id"].iloc[0], part_of=None)
    return pd.concat([own, pieces.iloc[order[1:]]])
