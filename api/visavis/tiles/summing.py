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
from visavis.tiles.grid import Tile, on_map
from visavis.tiles.rows import Rows

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
    """What squares are made of: where each feature begins, and a number for each thing that is told.

    Parameters
    ----------
    places : array, (n, 2)
        The first corner of each, in metres of the map: it lies where the feature does, as no middle of a box need to.
    told : dict of arrays, (n,)
        By column: figures as they are, codes by their place in the order or among the declared ones, -1 for none.
    """

    places: NDArray[np.float64]
    told: dict[str, NDArray[Any]]

    def of(self, chosen: NDArray[Any]) -> Gathered:
        """Return some of them."""
        return Gathered(self.places[chosen], {name: each[chosen] for name, each in self.told.items()})


def told_by_squares(table: Table) -> list[str]:
    """Return the columns of which squares tell the most."""
    return [name for name in table.columns if name in _codes(table) or name in _LARGEST]


def gathered(table: Table, rows: Rows) -> Gathered:
    """Return what squares are made of; rows without a place are nowhere."""
    codes, told = _codes(table), {}
    for name in told_by_squares(table):
        if name in codes:
            ranks = {code: rank for rank, code in enumerate(codes[name])}
            told[name] = np.array([ranks.get(value, -1) for value in rows.columns[name]], dtype=np.int8)
        else:
            told[name] = np.array(rows.columns[name], dtype=float)
    corners, of_row = shapely.get_coordinates(rows.shapes, return_index=True)
    there, first = np.unique(of_row, return_index=True)
    places = np.full((len(rows), 2), np.nan)
    places[there] = on_map(corners[first])
    return Gathered(places, told)


def sum_up(
    table: Table, bunches: Iterable[Gathered], tile: Tile, extent: int
) -> tuple[NDArray[np.object_], dict[str, list[Any]]]:
    """Return squares, and of each `count`, `generalised`, the surest `sureness`, the highest `level`, and so on.

    A feature counts once, in the square in which it begins; one that begins in another tile is counted there. Bunches
    are summed one by one: memory does not grow with them.
    """
    counts = np.zeros(SQUARES * SQUARES, dtype=np.int64)
    most: dict[str, NDArray[Any]] = {}
    for each in bunches:
        squares = _squares(each, tile)
        within = squares >= 0
        squares = squares[within]
        counts += np.bincount(squares, minlength=len(counts))
        for name, values in each.told.items():
            of_all = most.setdefault(name, np.full(len(counts), -np.inf))
            np.maximum.at(of_all, squares, np.where(np.isnan(values[within]), -np.inf, values[within]))
            if name == _SHARED:
                least = most.setdefault(_LEAST, np.full(len(counts), np.inf))
                np.minimum.at(least, squares, values[within])
    there = np.flatnonzero(counts)
    side = extent // SQUARES
    left, top = there % SQUARES * side, there // SQUARES * side
    shapes = np.asarray(shapely.box(left, top, left + side, top + side, ccw=True), dtype=object)
    columns = {"count": counts[there].tolist(), "generalised": [True] * len(there)}
    return shapes, columns | _told(table, {name: values[there] for name, values in most.items()})


_LEAST: Final = "least of its kind"


def _squares(gathered: Gathered, tile: Tile) -> NDArray[np.int64]:
    """Return the number of the square in which each lies, -1 outside the tile."""
    west, north = tile.corner_m
    steps = SQUARES / tile.side_m
    across = np.floor((gathered.places[:, 0] - west) * steps)
    down = np.floor((north - gathered.places[:, 1]) * steps)
    within = (across >= 0) & (across < SQUARES) & (down >= 0) & (down < SQUARES)  # of nowhere none is true
    return np.where(within, down * SQUARES + across, -1).astype(np.int64)


def _codes(table: Table) -> dict[str, Sequence[str]]:
    """Return the codes of the columns that squares tell, in the order by which they are numbered."""
    shared = table.choices(_SHARED) if _SHARED in table.columns else None
    return {name: codes for name, codes in _ORDERED.items() if name in table.columns} | (
        {} if shared is None else {_SHARED: shared}
    )


def _told(table: Table, most: Mapping[str, NDArray[Any]]) -> dict[str, list[Any]]:
    """Return what is said of each square, None where nothing is known."""
    codes = _codes(table)
    told: dict[str, list[Any]] = {}
    for name, values in most.items():
        if name == _LEAST:
            continue
        if name not in codes:
            told[name] = [float(value) if np.isfinite(value) else None for value in values]
            continue
        known = values >= 0
        if name == _SHARED:
            known &= values == most[_LEAST]
        told[name] = [
            codes[name][int(value)] if is_known else None
            for value, is_known in zip(values, known, strict=True)
        ]
    return told
