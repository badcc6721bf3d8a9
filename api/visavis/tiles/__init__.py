"""The tiles room: a layer as Mapbox Vector Tiles on the grid of the web's maps (OGC 17-083r4, WebMercatorQuad).

In come the rows that meet a place in the grid; out goes the tile as bytes. From near it holds the features, clipped
and laid on the grid of the tile; where there are too many for it, it holds squares that say how many they stand for
and the most that is so of any of them: never fewer, never less sure. A large layer's tiles are finished in one go.
Nothing here reads a store, speaks HTTP or writes a file.
"""

from visavis.tiles.drawing import BEYOND, EXTENT
from visavis.tiles.encoding import encode
from visavis.tiles.finishing import compressed, finished_tiles
from visavis.tiles.grid import DEEPEST, GRID, GRID_URI, Box, Tile, limits
from visavis.tiles.making import MOST_FEATURES, SUMMED, one_by_one, summed_up
from visavis.tiles.rows import named, rows_of
from visavis.tiles.summing import gathered, told_by_squares

__all__ = [
    "BEYOND",
    "DEEPEST",
    "EXTENT",
    "GRID",
    "GRID_URI",
    "MOST_FEATURES",
    "SUMMED",
    "Box",
    "Tile",
    "compressed",
    "encode",
    "finished_tiles",
    "gathered",
    "limits",
    "named",
    "one_by_one",
    "rows_of",
    "summed_up",
    "told_by_squares",
]
