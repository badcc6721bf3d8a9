"""The tiles of a large layer that are finished before anybody asks, from afar to the streets of a quarter.

A tile is made in a few milliseconds for each hundred features, one from afar of all rows of its layer. Where there are
many rows, those tiles are made once, when a store is written; what holds few features is made when it is asked for.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely
from numpy.typing import NDArray

from visavis.model.schema import Table
from visavis.tiles.drawing import BEYOND, EXTENT
from visavis.tiles.grid import Tile
from visavis.tiles.making import MOST_FEATURES, one_by_one, summed_up
from visavis.tiles.rows import Rows, rows_in
from visavis.tiles.summing import Gathered, gathered

if TYPE_CHECKING:
    import geopandas as gpd

# Rows of a layer from which on tiles are finished: those of a smaller one are made in some tens of milliseconds, and
# all of them stay in memory.
MANY_ROWS: Final = 5_000

# The deepest level of them, 2.4 km wide at the equator, and how many features a tile has that is worth it.
DEEPEST_FINISHED: Final = 14
MANY_FEATURES: Final = 50


def finished_tiles(table: Table, frame: gpd.GeoDataFrame) -> Iterator[tuple[Tile, bytes]]:
    """Give the finished tiles of a layer, compressed, level by level: what `compressed` makes of the same rows.

    Parameters
    ----------
    frame : GeoDataFrame
        In CRS84, in the order of ids.
    """
    if len(frame) < MANY_ROWS:
        return
    rows = rows_in(table, frame)
    summed = gathered(table, rows)
    index = shapely.STRtree(rows.shapes)
    level = [Tile(0, 0, 0)]
    while level:
        deeper: list[Tile] = []
        for tile in level:
            inside = np.sort(index.query(shapely.box(*tile.bounds(BEYOND / EXTENT)), "intersects"))
            if len(inside) >= MANY_FEATURES:
                yield tile, compressed(_made(table, rows, summed, inside, tile))
                deeper += tile.quarters() if tile.z < DEEPEST_FINISHED else []
        level = deeper


def compressed(tile: bytes) -> bytes:
    """Return a tile as it is kept and sent; an empty one stays empty."""
    return gzip.compress(tile, 6, mtime=0) if tile else b""


def _made(table: Table, rows: Rows, summed: Gathered, inside: NDArray[np.int64], tile: Tile) -> bytes:
    if len(inside) > MOST_FEATURES:
        return summed_up(table, [summed.of(inside)], tile)
    return one_by_one(table, rows.of(inside), tile)
