"""Shapes of CRS84 on the grid of a tile: clipped to it, in whole steps, and as sound as they were."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray

from visavis.tiles.grid import Tile, on_map

# Steps of a tile's own grid along its side (Mapbox Vector Tile 2.1, 4.1), and those beyond it, so that no line shows
# where two tiles meet.
EXTENT: Final = 4096
BEYOND: Final = 64

_Shapes = NDArray[np.object_]


def on_tile(shapes: _Shapes, tile: Tile) -> _Shapes:
    """Return shapes in steps of the tile's grid: right and down from its north-west corner.

    One that is outside of it is empty; what is too small for the grid stays as its smallest square or line.
    """
    west, north = tile.corner_m
    steps = EXTENT / tile.side_m

    def turn(lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
        xy = on_map(lonlat)
        return np.column_stack([(xy[:, 0] - west) * steps, (north - xy[:, 1]) * steps])

    return _cut(np.asarray(shapely.transform(shapes, turn), dtype=object))


def _cut(shapes: _Shapes) -> _Shapes:
    """Return shapes clipped to the tile and laid on its grid."""
    clipped = shapes.copy()
    out = np.flatnonzero(_reaches_out(shapes))
    clipped[out] = shapely.clip_by_rect(
        _sound(shapes[out]), -BEYOND, -BEYOND, EXTENT + BEYOND, EXTENT + BEYOND
    )
    laid = _laid(clipped)
    lost = shapely.is_empty(laid) & ~shapely.is_empty(clipped)
    if lost.any():
        laid[lost] = [_least(shape) for shape in clipped[lost]]
    return np.asarray(shapely.orient_polygons(laid, exterior_cw=False), dtype=object)


def _reaches_out(shapes: _Shapes) -> NDArray[np.bool_]:
    """Return which lines and areas reach beyond the tile's rim; points stay where they are."""
    west, north, east, south = shapely.bounds(shapes).T
    beyond = np.minimum(west, north) < -BEYOND
    beyond |= np.maximum(east, south) > EXTENT + BEYOND
    return np.asarray(beyond & (shapely.get_dimensions(shapes) > 0))


def _laid(shapes: _Shapes) -> _Shapes:
    """Return shapes on the grid, as sound as they were: what rounding spoils is laid on it with its topology."""
    rounded = shapely.set_precision(shapes, 1.0, mode="pointwise")
    sound = shapely.is_valid(rounded)
    laid = np.empty(len(shapes), dtype=object)
    laid[sound] = shapely.remove_repeated_points(rounded[sound])
    laid[~sound] = shapely.set_precision(_sound(shapes[~sound]), 1.0)
    return laid


def _sound(shapes: _Shapes) -> _Shapes:
    valid = shapely.is_valid(shapes)
    return shapes if valid.all() else np.where(valid, shapes, shapely.make_valid(shapes))


def _least(shape: Any) -> Any:
    """Return the smallest square, or line, of the grid where a shape is."""
    west, south, _, _ = np.floor(shapely.bounds(shape)).tolist()
    if shapely.get_dimensions(shape) == 1:
        return shapely.LineString([(west, south), (west + 1, south + 1)])
    return shapely.box(west, south, west + 1, south + 1)
