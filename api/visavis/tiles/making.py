"""One tile of a layer, from the rows that meet it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np
import shapely

from visavis.model.schema import Table
from visavis.tiles.drawing import EXTENT, on_tile
from visavis.tiles.encoding import encode
from visavis.tiles.grid import Tile
from visavis.tiles.rows import Rows
from visavis.tiles.summing import Gathered, sum_up

# Features that a tile holds one by one; more are summed up.
MOST_FEATURES: Final = 1_000

# What a square that stands for several features says beside the most of each ordered column.
SUMMED: Final = ("count", "generalised")


def one_by_one(table: Table, rows: Rows, tile: Tile) -> bytes:
    """Return a tile that holds rows as they are, without what is not known of them; empty where none is in it."""
    shapes = on_tile(rows.shapes, tile)
    there = np.flatnonzero(~(shapely.is_empty(shapes) | shapely.is_missing(shapes)))
    if not len(there):
        return b""
    return encode(table.name, EXTENT, shapes[there], rows.of(there).columns)


def summed_up(table: Table, bunches: Iterable[Gathered], tile: Tile) -> bytes:
    """Return a tile in which squares stand for rows, for points the middles of squares; empty where none is in it."""
    squares, columns = sum_up(table, bunches, tile, EXTENT)
    if not len(squares):
        return b""
    shapes = shapely.centroid(squares) if table.geometry == ("Point",) else squares
    return encode(table.name, EXTENT, shapes, columns)
