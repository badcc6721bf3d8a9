"""How high a building is and where its lower edge hangs: as tagged, from its storeys, or assumed with a spread."""

from __future__ import annotations

from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd

from visavis.spaces.classification import OUTBUILDING

# https://wiki.openstreetmap.org/wiki/Key:building:levels takes about 3 m a level.
LEVEL_M: Final = 3.0
TAGGED_SD_M: Final = 0.5
LEVELS_SD_SHARE: Final = 0.1
LEVELS_LEAST_SD_M: Final = 1.0
# Two to three storeys; a garage and a house of five lie within two standard deviations.
DEFAULT_M: Final = 9.0
DEFAULT_SD_M: Final = 4.0
# Small outbuildings are rarely high.
LOW: Final = frozenset(
    {
        "garage",
        "garages",
        "carport",
        "shed",
        "hut",
        "kiosk",
        "roof",
        "greenhouse",
        "allotment_house",
        "toilets",
        "light_construction",
    }
)
LOW_M: Final = 3.0
LOW_SD_M: Final = 0.7
# Roofs on posts: one sees beneath them.
OPEN_BELOW: Final = frozenset({"roof", "carport"})
ROOF_THICKNESS_M: Final = 0.5

# A storey told by height and number is taken as such within what storeys are.
LEAST_STOREY_M: Final = 2.2
MOST_STOREY_M: Final = 5.0

LEVELS_RULE: Final = "height_m=levels-times-3-m"
LOW_RULE: Final = "height_m=default.outbuilding-height"
DEFAULT_RULE: Final = "height_m=default.building-height"
OPEN_RULE: Final = "base_m=default.open-below-roof"


def heights_of(buildings: gpd.GeoDataFrame, use_rule: pd.Series[str]) -> pd.DataFrame:
    """Return height_m, height_sd_m, base_m, and the rules `rule` and `base_rule` (empty where told).

    Parameters
    ----------
    buildings : GeoDataFrame BUILDINGS
    use_rule : Series of str
        The rule by which each one's kind was assumed: what is taken as an outbuilding is taken as low.
    """
    tagged = buildings["height_m"].to_numpy(float)
    levels = buildings["levels"].to_numpy(float) * LEVEL_M
    low = (buildings["building"].isin(LOW) | (use_rule == OUTBUILDING.rule)).to_numpy(bool)
    cases = [np.isfinite(tagged), np.isfinite(levels), low]
    levels_sd = np.maximum(levels * LEVELS_SD_SHARE, LEVELS_LEAST_SD_M)
    height = np.select(cases, [tagged, levels, np.full(len(low), LOW_M)], DEFAULT_M)
    told_base = buildings["base_m"].to_numpy(float)
    hanging = buildings["building"].isin(OPEN_BELOW).to_numpy(bool) & np.isnan(told_base)
    hanging &= height > ROOF_THICKNESS_M
    return pd.DataFrame(
        {
            "height_m": height,
            "height_sd_m": np.select(
                cases, [np.full(len(low), TAGGED_SD_M), levels_sd, np.full(len(low), LOW_SD_M)], DEFAULT_SD_M
            ),
            "base_m": np.where(hanging, height - ROOF_THICKNESS_M, np.nan_to_num(told_base, nan=0.0)),
            "rule": np.select(cases, ["", LEVELS_RULE, LOW_RULE], DEFAULT_RULE),
            "base_rule": np.where(hanging, OPEN_RULE, ""),
        },
        index=buildings.index,
    )


def storey_m_of(buildings: gpd.GeoDataFrame) -> pd.Series[float]:
    """Return the height of a storey of each of BUILDINGS, empty where not both its height and its storeys are told."""
    told = buildings["height_m"] / buildings["levels"]
    return told.where(told.between(LEAST_STOREY_M, MOST_STOREY_M))
