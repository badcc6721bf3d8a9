"""The tiles room: a layer as Mapbox Vector Tiles on the grid of the web's maps (OGC 17-083r4, WebMercatorQuad).

In come a store, a layer and a place in the grid; out goes the tile as bytes. From near it holds the features, clipped
and laid on the grid of the tile; where there are too many for it, it holds squares that say how many they stand for
and the most that is so of any of them: never fewer, never less sure. Nothing here speaks HTTP or writes a file.
"""

from visavis.tiles.encoding import encode
from visavis.tiles.grid import DEEPEST, GRID, GRID_URI, Tile, limits
from visavis.tiles.making import EXTENT, SUMMED, make_tile
from visavis.tiles.pyramid import pyramid

__all__ = [
    "DEEPEST",
    "EXTENT",
    "GRID",
    "GRID_URI",
    "SUMMED",
    "Tile",
    "encode",
    "limits",
    "make_tile",
    "pyramid",
]
