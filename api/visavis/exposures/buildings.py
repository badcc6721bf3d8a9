"""Exposures summed by building: a resident's question has one row as its answer."""

from __future__ import annotations

from typing import Final

import geopandas as gpd
import pandas as pd
import shapely

from visavis.exposures.table import EXPOSED_BUILDINGS
from visavis.model.vocabulary import PRIVATE_SPACE_KINDS, SURENESSES, level_of, level_oodpcvs_of

# Least sure first, so that the position is the rank.
_BY_RANK: Final = tuple(reversed(SURENESSES))
_RANK: Final = {code: rank for rank, code in enumerate(_BY_RANK)}
_POLYGONS: Final = ("Polygon", "MultiPolygon")
_OF_BUILDING: Final = ["kind", "name", "address", "use_confidence", "geometry"]


def expose_buildings(exposures: gpd.GeoDataFrame, spaces: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the private buildings that some camera could view, with the cameras that could.

    What belongs to a building counts towards it: its façades, entrances and gardens. A camera counts once,
    whatever its modes and however much of the building it could view, as surely as in its surest view.
    The probability is that of the single camera that is most likely to view it: how far the cameras' doubts
    hang together is unknown, and this is a lower bound of *at least one could view it* in any case.

    Parameters
    ----------
    exposures : GeoDataFrame EXPOSURES
    spaces : GeoDataFrame SPACES

    Returns
    -------
    GeoDataFrame EXPOSED_BUILDINGS
        In the CRS of `spaces`, ordered by id.
    """
    footprints = _private_buildings(spaces)
    rows = pd.DataFrame(exposures[exposures["building_id"].isin(footprints.index)])
    rows = rows.assign(rank=rows["sureness"].map(_RANK).astype("int64"))
    views = rows.groupby(["building_id", "camera_id"], as_index=False)[["rank", "probability"]].max()
    summed = pd.DataFrame(
        {
            **_cameras(views),
            "px_per_m": rows.groupby("building_id")["px_per_m"].max(),
            "rule_ids": _rules(rows),
        }
    )
    summed["level"] = summed["px_per_m"].map(level_of).astype("str")
    summed["level_oodpcvs"] = summed["px_per_m"].map(level_oodpcvs_of).astype("str")
    told = footprints.join(summed, how="inner").rename_axis("building_id").reset_index()
    return EXPOSED_BUILDINGS.frame(told.sort_values("building_id", ignore_index=True))


def _private_buildings(spaces: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return each private building's own row, by building id: what belongs to it is not a footprint."""
    stands = (spaces["height_m"] > 0) & spaces.geom_type.isin(_POLYGONS) & spaces["building_id"].notna()
    standing = spaces[stands].sort_values("space_id")
    own = standing["part_of"].isna()
    buildings = standing[own].drop_duplicates("building_id").set_index("building_id")
    # The footprint of a building in pieces is all of them together.
    pieces = standing[standing["building_id"].isin(standing.loc[~own, "building_id"])]
    whole = pieces.geometry.groupby(pieces["building_id"]).agg(shapely.union_all)
    buildings.loc[whole.index, "geometry"] = gpd.GeoSeries(whole, crs=spaces.crs)
    return buildings.loc[buildings["kind"].isin(PRIVATE_SPACE_KINDS), _OF_BUILDING]


def _cameras(views: pd.DataFrame) -> dict[str, pd.Series]:
    """Return what the cameras of each building come to, from one row for each building and camera."""
    surest_first = views.sort_values(
        ["building_id", "rank", "probability", "camera_id"], ascending=[True, False, False, True]
    )
    groups = surest_first.groupby("building_id")
    counts = {
        f"cameras_{code}": (views["rank"] == rank).groupby(views["building_id"]).sum()
        for rank, code in enumerate(_BY_RANK)
    }
    return {
        "cameras": groups.size(),
        **counts,
        "camera_ids": groups["camera_id"].agg(";".join),
        "probability": groups["probability"].max(),
        "sureness": groups["rank"].max().map(dict(enumerate(_BY_RANK))),
    }


def _rules(rows: pd.DataFrame) -> pd.Series[str]:
    each = rows[["building_id", "rule_ids"]].dropna().drop_duplicates()
    each = each.assign(rule_ids=each["rule_ids"].str.split(";")).explode("rule_ids").drop_duplicates()
    return each.sort_values("rule_ids").groupby("building_id")["rule_ids"].agg(";".join)
