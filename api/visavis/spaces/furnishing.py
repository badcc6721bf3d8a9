"""From buildings, grounds and entrances to one table of spaces: what each is, how high, and how surely."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from visavis.model.crs import assert_metric
from visavis.model.findings import Finding, raised
from visavis.spaces.classification import (
    BY_AMENITY,
    BY_BUILDING,
    COURTYARD_CONFIDENCE,
    DWELLING,
    GARDEN_CONFIDENCE,
    MIXED,
    MIXED_LEVELS,
    MIXED_RULE,
    UNTOLD,
    UNTOLD_GROUND_CONFIDENCE,
    UNTOLD_RULE,
)
from visavis.spaces.table import SPACES
from visavis.spaces.words import WORDS

# Heights: https://wiki.openstreetmap.org/wiki/Key:building:levels takes about 3 m a level.
LEVEL_M: Final = 3.0
TAGGED_HEIGHT_SD_M: Final = 0.5
LEVELS_HEIGHT_SD_SHARE: Final = 0.1
# Two to three storeys, and anything from a garage to a tower within two standard deviations.
DEFAULT_HEIGHT_M: Final = 9.0
DEFAULT_HEIGHT_SD_M: Final = 4.0
# Small outbuildings are rarely lived in and rarely high.
LOW_KINDS: Final = frozenset({"garage", "garages", "carport", "shed", "hut", "kiosk", "roof", "greenhouse"})
LOW_HEIGHT_M: Final = 3.0
LOW_HEIGHT_SD_M: Final = 0.7

LEAST_AREA_M2: Final = 0.5
ENTRANCE_WITHIN_M: Final = 2.0
GARDEN_WITHIN_M: Final = 30.0


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
        SPACES in the same CRS. Footprints are oriented (outer ring anticlockwise, holes clockwise), so that
        walls can be counted along their rings.
    """
    for part in (buildings, grounds, entrances):
        assert_metric(part)
    kept, findings = _with_area(buildings)
    built, doubts = _building_spaces(kept)
    dwellings = built[built["kind"] == DWELLING]
    ways, alone = _entrance_spaces(entrances, built)
    parts = [built, _ground_spaces(grounds, dwellings), _courtyard_spaces(dwellings), ways]
    spaces = pd.concat([part for part in parts if len(part)] or [built], ignore_index=True)
    return Furnished(SPACES.frame(gpd.GeoDataFrame(spaces, crs=buildings.crs)), (*findings, *doubts, *alone))


def _with_area(buildings: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, list[Finding]]:
    thin = buildings.area < LEAST_AREA_M2
    findings = [
        raised(WORDS, "spaces.footprint-without-area", str(building), building=str(building))
        for building in buildings.loc[thin, "building_id"]
    ]
    return buildings[~thin].reset_index(drop=True), findings


def _building_spaces(buildings: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, list[Finding]]:
    kind, confidence, kind_rule = _uses(buildings)
    height, sd, height_rule = _heights(buildings)
    base = buildings["base_m"].fillna(0.0).to_numpy(float)
    upside_down = base >= height
    findings = [
        raised(
            WORDS,
            "spaces.base-above-top",
            str(row.building_id),
            building=str(row.building_id),
            base_m=float(base[at]),
            height_m=float(height[at]),
        )
        for at, row in zip(np.flatnonzero(upside_down), buildings[upside_down].itertuples(), strict=True)
    ]
    total = len(buildings)
    assumed_heights = int((height_rule == "height_m=default.building-height").sum())
    untold = int((kind_rule == UNTOLD_RULE).sum())
    if assumed_heights:
        findings.append(
            raised(
                WORDS,
                "spaces.height-assumed",
                count=assumed_heights,
                total=total,
                height_m=DEFAULT_HEIGHT_M,
                sd_m=DEFAULT_HEIGHT_SD_M,
            )
        )
    if untold:
        findings.append(
            raised(WORDS, "spaces.use-untold", count=untold, total=total, confidence=UNTOLD.confidence)
        )
    spaces = {
        "space_id": "building/" + buildings["building_id"].astype("str"),
        "building_id": buildings["building_id"],
        "kind": kind,
        "name": buildings["name"],
        "address": buildings["address"],
        "base_m": np.where(upside_down, 0.0, base),
        "height_m": height,
        "height_sd_m": sd,
        "assumed": _joined(kind_rule, height_rule),
        "use_confidence": confidence,
        "source_id": buildings["source_id"],
    }
    footprints = shapely.orient_polygons(buildings.geometry.to_numpy(), exterior_cw=False)
    return gpd.GeoDataFrame(spaces, geometry=footprints, crs=buildings.crs), findings


def _uses(buildings: gpd.GeoDataFrame) -> tuple[NDArray[Any], NDArray[np.float64], NDArray[Any]]:
    by_amenity = buildings["amenity"].map(BY_AMENITY)
    by_building = buildings["building"].map(BY_BUILDING)
    use = by_amenity.where(by_amenity.notna(), by_building)
    untold = use.isna()
    mixed = (
        buildings["building"].isin(["retail", "commercial"])
        & (buildings["levels"] > MIXED_LEVELS)
        & by_amenity.isna()
    )
    told = [UNTOLD if bare else each for each, bare in zip(use, untold, strict=True)]
    uses = [MIXED if flats else each for each, flats in zip(told, mixed, strict=True)]
    rule = np.where(mixed, MIXED_RULE, np.where(untold, UNTOLD_RULE, "")).astype(object)
    return (
        np.array([use.kind for use in uses], dtype=object),
        np.array([use.confidence for use in uses], dtype=float),
        rule,
    )


def _heights(
    buildings: gpd.GeoDataFrame,
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[Any]]:
    tagged = buildings["height_m"].to_numpy(float)
    levels = buildings["levels"].to_numpy(float) * LEVEL_M
    low = buildings["building"].isin(LOW_KINDS).to_numpy()
    has_height, has_levels = np.isfinite(tagged), np.isfinite(levels)
    choices = [has_height, has_levels, low]
    height = np.select(choices, [tagged, levels, np.full(len(low), LOW_HEIGHT_M)], DEFAULT_HEIGHT_M)
    sd = np.select(
        choices,
        [
            np.full(len(low), TAGGED_HEIGHT_SD_M),
            np.maximum(levels * LEVELS_HEIGHT_SD_SHARE, 1.0),
            np.full(len(low), LOW_HEIGHT_SD_M),
        ],
        DEFAULT_HEIGHT_SD_M,
    )
    rule = np.select(
        choices,
        ["", "height_m=levels-times-3-m", "height_m=default.outbuilding-height"],
        "height_m=default.building-height",
    ).astype(object)
    return height, sd, rule


def _ground_spaces(grounds: gpd.GeoDataFrame, dwellings: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Gardens and yards; each belongs to the nearest dwelling within reach."""
    sure = grounds["access"].isin(["private", "no"]) | (grounds["ground"] == "residential_garden")
    near = _nearest(grounds.geometry.to_numpy(), dwellings, GARDEN_WITHIN_M)
    return _of_ground(
        "ground/" + grounds["ground_id"].astype("str"),
        near["building_id"].to_numpy(),
        grounds["name"],
        near["address"].to_numpy(),
        np.where(sure, GARDEN_CONFIDENCE, UNTOLD_GROUND_CONFIDENCE),
        grounds["source_id"],
        grounds.geometry.to_numpy(),
        grounds.crs,
    )


def _courtyard_spaces(dwellings: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The holes in dwellings: yards that nobody reaches but through the building."""
    rings, owner = [], []
    for at, footprint in enumerate(dwellings.geometry):
        for part in shapely.get_parts(footprint):
            holes = [shapely.Polygon(hole) for hole in part.interiors]
            rings += holes
            owner += [at] * len(holes)
    of = dwellings.iloc[owner].reset_index(drop=True)
    number = of.groupby("building_id").cumcount().astype("str")
    return _of_ground(
        "courtyard/" + of["building_id"].astype("str") + "/" + number,
        of["building_id"].to_numpy(),
        pd.Series([None] * len(of), dtype="str"),
        of["address"].to_numpy(),
        np.full(len(of), COURTYARD_CONFIDENCE),
        of["source_id"],
        np.array(rings, dtype=object),
        dwellings.crs,
    )


def _of_ground(
    ids: Any, building: Any, name: Any, address: Any, confidence: Any, source: Any, shapes: Any, crs: Any
) -> gpd.GeoDataFrame:
    rows = {
        "space_id": ids,
        "building_id": building,
        "kind": "private_ground",
        "name": name,
        "address": address,
        "base_m": 0.0,
        "height_m": 0.0,
        "height_sd_m": 0.0,
        "assumed": None,
        "use_confidence": confidence,
        "source_id": source,
    }
    return gpd.GeoDataFrame(
        pd.DataFrame(rows, index=range(len(ids))), geometry=shapely.orient_polygons(shapes), crs=crs
    )


def _entrance_spaces(
    entrances: gpd.GeoDataFrame, built: gpd.GeoDataFrame
) -> tuple[gpd.GeoDataFrame, list[Finding]]:
    """Entrances on a dwelling's wall; those of other buildings are not private, those of none are told."""
    near = _nearest(entrances.geometry.to_numpy(), built, ENTRANCE_WITHIN_M)
    alone = int(near["building_id"].isna().sum())
    findings = (
        [raised(WORDS, "spaces.entrance-alone", count=alone, within_m=ENTRANCE_WITHIN_M)] if alone else []
    )
    at_home = (near["kind"] == DWELLING).to_numpy()
    mine, near = entrances[at_home].reset_index(drop=True), near[at_home].reset_index(drop=True)
    address = mine["address"].where(mine["address"].notna(), near["address"])
    rows = {
        "space_id": "entrance/" + mine["entrance_id"].astype("str"),
        "building_id": near["building_id"],
        "kind": "dwelling_entrance",
        "name": None,
        "address": address,
        "base_m": 0.0,
        "height_m": 0.0,
        "height_sd_m": 0.0,
        "assumed": None,
        "use_confidence": near["use_confidence"],
        "source_id": mine["source_id"],
    }
    frame = gpd.GeoDataFrame(
        pd.DataFrame(rows, index=range(len(mine))), geometry=mine.geometry.to_numpy(), crs=entrances.crs
    )
    return frame, findings


def _nearest(shapes: NDArray[Any], built: gpd.GeoDataFrame, within_m: float) -> pd.DataFrame:
    """Return for each shape the row of the nearest footprint within reach, empty where there is none."""
    columns = ["building_id", "address", "kind", "use_confidence"]
    # The footprint's outline, so that a node on the shared wall of two houses finds both at distance 0 and takes
    # the first by id: the order of the file does not decide.
    ordered = built.sort_values("building_id", ignore_index=True)
    at = np.full(len(shapes), -1)
    if len(ordered) and len(shapes):
        found = ordered.sindex.nearest(shapes, return_all=True, max_distance=within_m)
        for shape, house in zip(*found[:, ::-1], strict=True):
            at[shape] = house  # read backwards: the first id is written last
    rows = ordered.reindex(at)[columns] if len(ordered) else pd.DataFrame(index=at, columns=columns)
    return rows.reset_index(drop=True)


def _joined(*rules: NDArray[Any]) -> list[str | None]:
    return [";".join(rule for rule in row if rule) or None for row in zip(*rules, strict=True)]
