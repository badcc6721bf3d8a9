"""Too many features for a tile, as squares that stand for them: how many, and the most that is so of any of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray

from visavis.model.schema import Table
from visavis.model.vocabulary import LEVELS, LEVELS_OODPCVS, SURENESSES
from visavis.store import Query, Row, Store
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


@dataclass(frozen=True)
class Gathered:
    """What squares are made of: the middle of each feature's box, and a number for each thing that is told.

    Parameters
    ----------
    middles : array, (n, 2)
        In metres of the map.
    told : dict of arrays, (n,)
        By column: figures as they are, codes by their place in the order or among the declared ones, -1 for none.
    """

    middles: NDArray[np.float64]
    told: dict[str, NDArray[Any]]

    def of(self, chosen: NDArray[Any]) -> Gathered:
        """Return some of them."""
        return Gathered(self.middles[chosen], {name: each[chosen] for name, each in self.told.items()})


def gather(store: Store, table: Table, query: Query) -> Iterable[Gathered]:
    """Give what squares are made of, bunch by bunch: only the columns that they tell are read."""
    columns = [name for name in table.columns if name in _codes(table) or name in _LARGEST]
    for bunch in store.rows(table.name, query, [*columns, "geometry"]):
        yield _gathered(table, columns, [row for row in bunch if row[-1] is not None])


def together(bunches: Iterable[Gathered]) -> Gathered | None:
    """Return several as one, None where there are none."""
    found = list(bunches)
    if not found:
        return None
    return Gathered(
        np.concatenate([each.middles for each in found]),
        {name: np.concatenate([each.told[name] for each in found]) for name in found[0].told},
    )


def count_within(gathered: Gathered, tile: Tile) -> int:
    """Return how many middles lie in a tile."""
    return int(np.count_nonzero(_squares(gathered, tile) >= 0))


def sum_up(
    table: Table, bunches: Iterable[Gathered], tile: Tile, extent: int
) -> tuple[list[Any], list[dict[str, Any]]]:
    """Return squares, and for each `count`, `generalised`, the surest `sureness`, the highest `level`, and so on.

    A feature counts once, in the square in which the middle of its box lies; one whose middle is in another tile is
    counted there. Bunches are summed one by one: memory does not grow with them.
    """
    counts = np.zeros(SQUARES * SQUARES, dtype=np.int64)
    most: dict[str, NDArray[Any]] = {}
    for gathered in bunches:
        squares = _squares(gathered, tile)
        within = squares >= 0
        squares = squares[within]
        counts += np.bincount(squares, minlength=len(counts))
        for name, values in gathered.told.items():
            of_all = most.setdefault(name, np.full(len(counts), -np.inf))
            np.maximum.at(of_all, squares, np.where(np.isnan(values[within]), -np.inf, values[within]))
            if name == _SHARED:
                least = most.setdefault(_LEAST, np.full(len(counts), np.inf))
                np.minimum.at(least, squares, values[within])
    there = np.flatnonzero(counts)
    side = extent // SQUARES
    left, top = there % SQUARES * side, there // SQUARES * side
    shapes = shapely.box(left, top, left + side, top + side, ccw=True)
    summed = [
        _values(table, int(counts[square]), {name: most[name][square] for name in most}) for square in there
    ]
    return list(shapes), summed


_LEAST: Final = "least of its kind"


def _squares(gathered: Gathered, tile: Tile) -> NDArray[np.int64]:
    """Return the number of the square in which each lies, -1 outside the tile."""
    west, north = tile.corner_m
    steps = SQUARES / tile.side_m
    across = np.floor((gathered.middles[:, 0] - west) * steps).astype(np.int64)
    down = np.floor((north - gathered.middles[:, 1]) * steps).astype(np.int64)
    within = (across >= 0) & (across < SQUARES) & (down >= 0) & (down < SQUARES)
    return np.where(within, down * SQUARES + across, -1)


def _gathered(table: Table, columns: Sequence[str], rows: Sequence[Row]) -> Gathered:
    bounds = shapely.bounds(shapely.from_wkb([row[-1] for row in rows])).reshape(-1, 4)
    codes, told = _codes(table), {}
    for place, name in enumerate(columns):
        values = [row[place] for row in rows]
        if name in codes:
            ranks = {code: rank for rank, code in enumerate(codes[name])}
            told[name] = np.array([ranks.get(value, -1) for value in values], dtype=np.int8)
        else:
            told[name] = np.array(values, dtype=float)
    return Gathered(on_map((bounds[:, :2] + bounds[:, 2:]) / 2), told)


def _codes(table: Table) -> dict[str, Sequence[str]]:
    """Return the codes of the columns that squares tell, in the order by which they are numbered."""
    shared = table.choices(_SHARED) if _SHARED in table.columns else None
    return {name: codes for name, codes in _ORDERED.items() if name in table.columns} | (
        {} if shared is None else {_SHARED: shared}
    )


def _values(table: Table, count: int, most: Mapping[str, float]) -> dict[str, Any]:
    codes = _codes(table)
    values: dict[str, Any] = {"count": count, "generalised": True}
    for name, value in most.items():
        if name == _LEAST or (name == _SHARED and value != most[_LEAST]):
            continue
        if name not in codes:
            values |= {name: float(value)} if np.isfinite(value) else {}
        elif value >= 0:
            values[name] = codes[name][int(value)]
    return values
