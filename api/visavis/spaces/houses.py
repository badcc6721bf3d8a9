"""Every building as a space: its kind, its height, and its outline turned one way."""

from __future__ import annotations

from typing import Final

import geopandas as gpd
import pandas as pd

from visavis.model.findings import Finding, raised
from visavis.spaces.classification import UNKNOWN, UNTOLD, ground_kinds_of, uses_of
from visavis.spaces.heights import DEFAULT_M, DEFAULT_RULE, DEFAULT_SD_M, heights_of, storey_m_of
from visavis.spaces.outlines import sound
from visavis.spaces.words import WORDS

LEAST_AREA_M2: Final = 0.5


def building_spaces(buildings: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, list[Finding]]:
    """Return rows of SPACES, one a building that has an area, and what is doubtful in them."""
    buildings = buildings.set_geometry(
        gpd.GeoSeries(sound(buildings.geometry), buildings.index, buildings.crs)
    )
    thin = buildings.area < LEAST_AREA_M2
    kept = buildings[~thin].reset_index(drop=True)
    use = uses_of(kept)
    height = heights_of(kept, use["rule"])
    upside_down = height["base_m"] >= height["height_m"]
    rows = {
        "space_id": "building/" + kept["building_id"].astype("str"),
        "building_id": kept["building_id"],
        "part_of": None,
        "kind": use["kind"],
        "name": kept["name"],
        "address": kept["address"],
        "base_m": height["base_m"].where(~upside_down, 0.0),
        "height_m": height["height_m"],
        "height_sd_m": height["height_sd_m"],
        "storey_m": storey_m_of(kept),
        "ground_kind": ground_kinds_of(kept, use),
        "assumed": joined(use["rule"], height["rule"], height["base_rule"]),
        "use_confidence": use["confidence"],
        "source_id": kept["source_id"],
    }
    findings = [
        *(
            raised(WORDS, "spaces.footprint-without-area", building, building=building)
            for building in buildings.loc[thin, "building_id"].astype("str")
        ),
        *_upside_down(kept, height, upside_down),
        *_assumed(kept, use, height),
    ]
    return gpd.GeoDataFrame(rows, geometry=kept.geometry.to_numpy(), crs=buildings.crs), findings


def _upside_down(
    buildings: gpd.GeoDataFrame, height: pd.DataFrame, upside_down: pd.Series[bool]
) -> list[Finding]:
    told = pd.concat([buildings["building_id"].astype("str"), height[["base_m", "height_m"]]], axis=1)
    return [
        raised(
            WORDS,
            "spaces.base-above-top",
            building,
            building=building,
            base_m=float(base),
            height_m=float(top),
        )
        for building, base, top in told[upside_down].itertuples(index=False)
    ]


def _assumed(buildings: gpd.GeoDataFrame, use: pd.DataFrame, height: pd.DataFrame) -> list[Finding]:
    findings, total = [], len(buildings)
    if count := int((height["rule"] == DEFAULT_RULE).sum()):
        findings.append(
            raised(
                WORDS,
                "spaces.height-assumed",
                count=count,
                total=total,
                height_m=DEFAULT_M,
                sd_m=DEFAULT_SD_M,
            )
        )
    if count := int((use["rule"] == UNTOLD.rule).sum()):
        findings.append(
            raised(WORDS, "spaces.use-untold", count=count, total=total, confidence=UNTOLD.confidence)
        )
    strange = buildings.loc[use["rule"] == UNKNOWN.rule, "building"]
    if len(strange):
        findings.append(
            raised(
                WORDS,
                "spaces.use-unknown",
                count=len(strange),
                words=", ".join(sorted(strange.astype("str").unique())),
                confidence=UNKNOWN.confidence,
            )
        )
    return findings


def joined(*rules: pd.Series[str]) -> pd.Series[str]:
    """Return what was assumed, joined by ';', empty where nothing was."""
    told = [";".join(rule for rule in row if rule) or None for row in zip(*rules, strict=True)]
    return pd.Series(told, index=rules[0].index, dtype="str")
