"""Too many features for a tile, as squares that stand for them: how many, and the most that is so of any of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import pandas as pd
import shapely

from visavis.model.schema import Table
from visavis.model.vocabulary import LEVELS, LEVELS_OODPCVS, SURENESSES
from visavis.store import Row
from visavis.tiles.grid import Tile, on_map

# Squares along a tile's side: 8 pixels of 256.
SQUARES: Final = 32

# Codes from the least to the most, and figures of which the largest counts.
_ORDERED: Final[Mapping[str, Sequence[str]]] = MappingProxyType(
    {
        "sureness": tuple(reversed(SURENESSES)),
        "level": tuple(LEVELS),
        "level_oodpcvs": tuple(LEVELS_OODPCVS),
    }
)
_LARGEST: Final = ("probability", "px_per_m")

# Said only where all are of one kind.
_SHARED: Final = "kind"


def sum_up(
    table: Table, bunches: Iterable[Sequence[Row]], tile: Tile, extent: int
) -> list[tuple[Any, dict[str, Any]]]:
    """Return squares with `count`, `generalised`, the surest `sureness`, the highest `level`, and so on.

    A feature counts once, in the square in which the middle of its box lies; one whose middle is in another tile is
    counted there. Bunches are summed one by one: memory does not grow with them.
    """
    names = list(table.columns)
    told = [name for name in (*_ORDERED, *_LARGEST, _SHARED) if name in names]
    places = [names.index(name) for name in told]
    summed = [each for bunch in bunches if len(each := _summed(bunch, told, places, tile))]
    if not summed:
        return []
    whole = _together(pd.concat(summed, ignore_index=True), told)
    side = extent // SQUARES
    left, top = whole.index % SQUARES * side, whole.index // SQUARES * side
    squares = shapely.box(left, top, left + side, top + side, ccw=True)
    return [
        (square, _values(row, told)) for square, row in zip(squares, whole.to_dict("records"), strict=True)
    ]


def _summed(bunch: Sequence[Row], told: Sequence[str], places: Sequence[int], tile: Tile) -> pd.DataFrame:
    """Return one row a square and its number: count, ranks of codes, largest figures, least and greatest kind."""
    bounds = shapely.bounds(shapely.from_wkb([row[-1] for row in bunch]))
    middles = on_map(np.column_stack([bounds[:, 0] + bounds[:, 2], bounds[:, 1] + bounds[:, 3]]) / 2)
    west, north = tile.corner_m
    steps = SQUARES / tile.side_m
    across = np.floor((middles[:, 0] - west) * steps).astype(int)
    down = np.floor((north - middles[:, 1]) * steps).astype(int)
    within = (across >= 0) & (across < SQUARES) & (down >= 0) & (down < SQUARES)
    frame = pd.DataFrame({"square": down * SQUARES + across, "count": 1})
    for name, place in zip(told, places, strict=True):
        values = [row[place] for row in bunch]
        if name in _ORDERED:
            ranks = {code: rank for rank, code in enumerate(_ORDERED[name])}
            frame[name] = [ranks.get(value, -1) for value in values]
        elif name == _SHARED:
            frame["kind_least"] = frame["kind_most"] = [value or "" for value in values]
        else:
            frame[name] = np.array(values, dtype=float)
    return _together(frame[within], told).reset_index()


def _together(frame: pd.DataFrame, told: Sequence[str]) -> pd.DataFrame:
    how = {"count": "sum"} | {name: "max" for name in told if name != _SHARED}
    if _SHARED in told:
        how |= {"kind_least": "min", "kind_most": "max"}
    return frame.groupby("square").agg(how)


def _values(row: Mapping[Any, Any], told: Sequence[str]) -> dict[str, Any]:
    values: dict[str, Any] = {"count": int(row["count"]), "generalised": True}
    for name in told:
        if name == _SHARED:
            if row["kind_least"] == row["kind_most"]:
                values[name] = row["kind_most"]
        elif name in _ORDERED:
            if row[name] >= 0:
                values[name] = _ORDERED[name][int(row[name])]
        elif not np.isnan(row[name]):
            values[name] = float(row[name])
    return values
