"""Passages under buildings: the strip over the way hangs in the air, the building stands on both sides of it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from visavis.model.findings import Finding, raised
from visavis.spaces.outlines import areal, sound
from visavis.spaces.words import WORDS

# How wide a passage is where nobody says: feet and hand carts, one carriage, a street.
FOOT_M: Final = 2.0
CARRIAGE_M: Final = 3.5
STREET_M: Final = 6.0
WIDTH_M: Final[Mapping[str, float]] = MappingProxyType(
    {
        **dict.fromkeys(("footway", "path", "steps", "cycleway", "pedestrian", "corridor"), FOOT_M),
        **dict.fromkeys(("service", "track", "living_street"), CARRIAGE_M),
    }
)
# The ceiling: that of a ground floor for those on foot; a lorry of 4 m passes under that of a street.
FOOT_CLEAR_M: Final = 3.0
CLEAR_M: Final = 4.0
CLEAR_SD_M: Final = 0.7
# How much of the building hangs over the way, at least.
LEAST_ABOVE_M: Final = 0.5
LEAST_AREA_M2: Final = 0.5

WIDTH_RULE: Final = "geometry=default.passage-width"
CLEAR_RULE: Final = "base_m=default.passage-ceiling"


class _Strip(NamedTuple):
    """One passage as it cuts: the ground that it takes, and its ceiling."""

    passage_id: str
    area: Any
    clear_m: float
    rules: tuple[str, ...]
    source_id: str


def with_passages(
    solids: gpd.GeoDataFrame, passages: gpd.GeoDataFrame
) -> tuple[gpd.GeoDataFrame, list[Finding]]:
    """Return buildings and their pieces, cut where passages run under them.

    The strip over the way becomes a piece of its own with the ceiling as its lower edge, `part_of` what it was
    cut from. What hangs higher than the ceiling already is left as it is.

    Parameters
    ----------
    solids : GeoDataFrame
        Rows of SPACES.
    passages : GeoDataFrame PASSAGES, in the same metric CRS

    Returns
    -------
    GeoDataFrame, list of Finding
    """
    strips = [_strip(row) for row in passages.sort_values("passage_id").itertuples(index=False)]
    areas = np.array([strip.area for strip in strips], dtype=object)
    at, strip_at = shapely.STRtree(areas).query(solids.geometry.to_numpy(), predicate="intersects")
    order = np.lexsort((strip_at, at))
    cut: dict[int, list[_Strip]] = {}
    for row, number in zip(at[order].tolist(), strip_at[order].tolist(), strict=True):
        cut.setdefault(row, []).append(strips[number])
    pieces = [piece for row, mine in cut.items() for piece in _pieces(solids.iloc[row], mine)]
    if not pieces:
        return solids, []
    touched = sorted({row for row in cut if any(p["row"] == row for p in pieces)})
    hanging = [piece for piece in pieces if piece["base_m"] > 0.0 and "passage_id" in piece]
    rest = solids[~np.isin(np.arange(len(solids)), touched)]
    made = gpd.GeoDataFrame(pd.DataFrame(pieces)[solids.columns], geometry="geometry", crs=solids.crs)
    guessed = len({piece["passage_id"] for piece in hanging if CLEAR_RULE in str(piece["assumed"])})
    findings = [
        raised(
            WORDS,
            "spaces.passage-cut",
            count=len({piece["passage_id"] for piece in hanging}),
            buildings=len({piece["building_id"] for piece in hanging}),
            guessed=guessed,
            foot_m=FOOT_CLEAR_M,
            clear_m=CLEAR_M,
            sd_m=CLEAR_SD_M,
        )
    ]
    return gpd.GeoDataFrame(pd.concat([rest, made], ignore_index=True), crs=solids.crs), findings


def _strip(passage: Any) -> _Strip:
    on_foot = WIDTH_M.get(passage.way) == FOOT_M
    known_width, known_clear = passage.width_m == passage.width_m, passage.clear_m == passage.clear_m
    width = passage.width_m if known_width else WIDTH_M.get(passage.way, STREET_M)
    clear = passage.clear_m if known_clear else FOOT_CLEAR_M if on_foot else CLEAR_M
    rules = (*(() if known_width else (WIDTH_RULE,)), *(() if known_clear else (CLEAR_RULE,)))
    line = _longer(passage.geometry, width / 2.0)
    return _Strip(
        str(passage.passage_id),
        line.buffer(width / 2.0, cap_style="flat", join_style="mitre"),
        float(clear),
        rules,
        str(passage.source_id),
    )


def _longer(line: Any, by_m: float) -> Any:
    """Return a line drawn on at both ends, so that it leaves a wall that it meets at a slant."""
    points = shapely.get_coordinates(line)
    points = points[np.r_[True, (np.diff(points, axis=0) != 0.0).any(axis=1)]]

    def beyond(end: Any, before: Any) -> Any:
        return end + (end - before) / np.hypot(*(end - before)) * by_m

    return shapely.LineString(
        np.vstack([beyond(points[0], points[1]), points, beyond(points[-1], points[-2])])
    )


def _pieces(solid: Any, strips: list[_Strip]) -> list[dict[str, Any]]:
    """Return a solid cut by some strips: what stays, and what hangs; nothing where no strip takes any of it."""
    left, hanging = solid.geometry, []
    for strip in strips:
        clear = min(strip.clear_m, solid["height_m"] - LEAST_ABOVE_M)
        if clear <= solid["base_m"]:
            continue
        (over,) = sound(areal([shapely.intersection(left, strip.area)]))
        if over.area < LEAST_AREA_M2:
            continue
        left = shapely.difference(left, strip.area)
        assumed = [str(solid["assumed"])] if isinstance(solid["assumed"], str) else []
        hanging.append(
            solid.to_dict()
            | {
                "space_id": f"passage/{strip.passage_id}/{solid['space_id']}",
                "part_of": solid["part_of"] if isinstance(solid["part_of"], str) else solid["space_id"],
                "base_m": clear,
                "assumed": ";".join((*assumed, *strip.rules)) or None,
                "passage_id": strip.passage_id,
                "geometry": over,
            }
        )
    if not hanging:
        return []
    (stands,) = sound(areal([left]))
    if stands.area >= LEAST_AREA_M2:
        first = solid.to_dict() | {"geometry": stands}
        return [piece | {"row": solid.name} for piece in (first, *hanging)]
    own = {name: solid[name] for name in ("space_id", "part_of")}
    hanging[0] |= own
    return [piece | {"row": solid.name} for piece in hanging]
