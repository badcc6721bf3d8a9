"""Exposures summed by building and by floors: ground floor, first and second, and so on; never by flat.

What shows of a wall is known in length and height. Cut at the floors of its building it tells which of them a camera
could view: over a garage only the upper ones. A shop below flats is told as what it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from visavis.exposures.rules import rule_ids
from visavis.exposures.table import EXPOSED_FLOORS
from visavis.model.vocabulary import PRIVATE_SPACE_KINDS, SURENESSES, level_of, level_oodpcvs_of
from visavis.spaces.heights import LEVEL_M

Floats = NDArray[np.float64]

# First and last floor of each band, 0 for the ground floor; wider further up, where one counts less exactly.
BANDS: Final = ((0, 0), (1, 2), (3, 5), (6, 9), (10, 19), (20, 59), (60, 199))
# Less of a façade is rounding, or a floor told by a hair's breadth.
LEAST_AREA_M2: Final = 0.05
# Strips that end where others begin, but for rounding, are one line.
_JOINED_M: Final = 1e-6
# A line that rises no more than this is level.
_HAIR_M: Final = 1e-12

_BY_RANK: Final = tuple(reversed(SURENESSES))
_RANK: Final = {code: rank for rank, code in enumerate(_BY_RANK)}


def expose_floors(
    facade_strips: gpd.GeoDataFrame,
    spaces: gpd.GeoDataFrame,
    rules: pd.DataFrame,
    *,
    jurisdictions: Mapping[str, str],
    on: date,
) -> gpd.GeoDataFrame:
    """Return which floors of private buildings the cameras could view, by bands of floors.

    Floors are counted by the building's own storeys where its height and their number are told, else by 3 m, which
    is named in `assumed`. What is told is what the cameras as given see: a façade that only draws see has no row.

    Parameters
    ----------
    facade_strips : GeoDataFrame FACADE_STRIPS
    spaces : GeoDataFrame SPACES, in the same CRS
    rules : DataFrame RULES
    jurisdictions : mapping of str to str
        Jurisdiction of each dossier, by its id.
    on : date
        Day whose law is applied.

    Returns
    -------
    GeoDataFrame EXPOSED_FLOORS
        In the CRS of `spaces`, ordered by id.
    """
    seen = _by_band(_of_private(facade_strips, spaces))
    if seen.empty:
        return EXPOSED_FLOORS.empty(crs=spaces.crs)
    seen["jurisdiction"] = seen["disclosure_id"].map(dict(jurisdictions)).astype("str")
    seen["rule_ids"] = rule_ids(seen.assign(aspect="facade"), rules, on)
    keys = ["building_id", "floor_from"]
    groups = seen.groupby(keys)
    told = groups[["floor_to", "z_from_m", "z_to_m", "kind", "use_confidence", "assumed"]].first()
    told = told.join(_cameras(seen, keys)).assign(
        area_m2=seen.groupby([*keys, "camera_id", "mode"])["area_m2"].sum().groupby(keys).max(),
        px_per_m=groups["px_per_m"].max(),
        rule_ids=_each(_together, seen["rule_ids"].to_numpy(object), groups),
        geometry=_walls_in_view(seen, groups.ngroup().to_numpy()),
    )
    rows = told.reset_index().assign(
        floor_id=lambda rows: rows["building_id"] + "/" + rows["floor_from"].astype(str),
        level=lambda rows: rows["px_per_m"].map(level_of).astype("str"),
        level_oodpcvs=lambda rows: rows["px_per_m"].map(level_oodpcvs_of).astype("str"),
    )
    return EXPOSED_FLOORS.frame(
        gpd.GeoDataFrame(rows, crs=spaces.crs).sort_values("floor_id", ignore_index=True)
    )


def _of_private(strips: gpd.GeoDataFrame, spaces: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the strips on private buildings, with what is known of these."""
    own = spaces[(spaces["height_m"] > 0) & spaces["part_of"].isna() & spaces["building_id"].notna()]
    known = own.sort_values("space_id").drop_duplicates("building_id").set_index("building_id")
    private = known[known["kind"].isin(PRIVATE_SPACE_KINDS) | known["ground_kind"].isin(PRIVATE_SPACE_KINDS)]
    about = private[["kind", "ground_kind", "storey_m", "use_confidence"]]
    return strips.drop(columns="assumed").join(about, on="building_id", how="inner")


def _by_band(strips: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return a row for each strip and each band of floors that it shows some of."""
    storey = strips["storey_m"].fillna(LEVEL_M).to_numpy(float)
    assumed = strips["storey_m"].isna().map({True: "space.storey_m", False: None}).astype("str")
    rows = []
    for first, last in BANDS:
        low, high = first * storey, (last + 1) * storey
        kind = strips["ground_kind"].fillna(strips["kind"]) if first == 0 else strips["kind"]
        row = strips.assign(
            floor_from=first,
            floor_to=last,
            z_from_m=low,
            z_to_m=high,
            kind=kind,
            assumed=assumed,
            area_m2=area_between_m2(strips, low, high),
        )
        rows.append(row[(row["area_m2"] >= LEAST_AREA_M2) & row["kind"].isin(PRIVATE_SPACE_KINDS)])
    return gpd.GeoDataFrame(pd.concat(rows, ignore_index=True), crs=strips.crs)


def area_between_m2(strips: pd.DataFrame, low_m: Floats, high_m: Floats) -> Floats:
    """Return how much of each strip, a trapezoid on its wall, lies between two heights.

    Exact: between its ends both bounds of a strip are straight, and the area up to a height is the mean of the
    clipped bound times the length.

    Parameters
    ----------
    strips : DataFrame FACADE_STRIPS
    low_m, high_m : ndarrays, metres above ground
    """
    length = (strips["to_m"] - strips["from_m"]).to_numpy(float)

    def up_to(bound: str) -> Floats:
        start, end = (strips[f"{bound}_{side}_m"].to_numpy(float) for side in ("from", "to"))
        return _mean_clipped(start, end, low_m, high_m)

    return np.asarray(np.maximum(up_to("z_high") - up_to("z_low"), 0.0) * length)


def _mean_clipped(start: Floats, end: Floats, low: Floats, high: Floats) -> Floats:
    """Return the mean of a straight line from `start` to `end` that is cut off at `low` and at `high`."""
    least, most = np.minimum(start, end), np.maximum(start, end)
    run = np.maximum(most - least, _HAIR_M)
    below = np.clip((low - least) / run, 0.0, 1.0)
    above = np.clip((most - high) / run, 0.0, 1.0)
    between = (np.clip(least, low, high) + np.clip(most, low, high)) / 2.0
    # Where the line hardly rises the shares are rounding, and all three values the same.
    return np.asarray(below * low + above * high + (1.0 - below - above) * between)


def _cameras(seen: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Return what the cameras of each band come to; one counts once, as surely as in its surest view."""
    ranked = seen.assign(rank=seen["sureness"].map(_RANK).astype("int64"))
    views = ranked.groupby([*keys, "camera_id"], as_index=False)[["rank", "probability"]].max()
    surest_first = views.sort_values(
        [*keys, "rank", "probability", "camera_id"], ascending=[True, True, False, False, True]
    )
    groups = surest_first.groupby(keys)
    return pd.DataFrame(
        {
            "cameras": groups.size(),
            "camera_ids": groups["camera_id"].agg(";".join),
            "probability": groups["probability"].max(),
            "sureness": groups["rank"].max().map(dict(enumerate(_BY_RANK))),
        }
    )


def _each(
    summed: Callable[[NDArray[np.object_]], object], values: NDArray[np.object_], groups: Any
) -> NDArray[np.object_]:
    """Return what is made of the values of each group, an array each: a series each would take long."""
    number = groups.ngroup().to_numpy()
    order = np.argsort(number, kind="stable")
    parts = np.split(values[order], np.flatnonzero(np.diff(number[order])) + 1)
    found = np.empty(len(parts), dtype=object)
    found[:] = [summed(part) for part in parts]
    return found


def _together(ids: NDArray[np.object_]) -> str | None:
    told = {text for text in ids if isinstance(text, str)}
    return ";".join(sorted({one for text in told for one in text.split(";")})) or None


def _walls_in_view(seen: pd.DataFrame, band: NDArray[np.integer[Any]]) -> NDArray[np.object_]:
    """Return what is seen of the walls of each band of floors as lines, what several cameras see once.

    Strips are put together along each edge, by their metres there. An overlay of the lines of many cameras, which lie
    in one another but for rounding, takes time and memory with the square of their number.
    """
    edge, from_m, to_m = (seen[name].to_numpy() for name in ("edge", "from_m", "to_m"))
    order = np.lexsort((to_m, from_m, edge, band))
    band, edge, from_m, to_m = (each[order] for each in (band, edge, from_m, to_m))
    ends = shapely.get_coordinates(np.asarray(seen["geometry"], dtype=object)).reshape(-1, 2, 2)[order]
    other_wall = np.append(True, (np.diff(band) != 0) | (np.diff(edge) != 0))
    furthest_m = pd.Series(to_m).groupby(np.cumsum(other_wall)).cummax().to_numpy()
    opens = other_wall | np.append(True, from_m[1:] > furthest_m[:-1] + _JOINED_M)
    last_of_all = np.lexsort((to_m, np.cumsum(opens)))
    last = last_of_all[np.append(np.flatnonzero(opens)[1:], len(opens)) - 1]
    lines = np.asarray(shapely.linestrings(np.stack([ends[opens, 0], ends[last, 1]], axis=1)), dtype=object)
    return np.asarray(shapely.line_merge(shapely.multilinestrings(lines, indices=band[opens])), dtype=object)
