"""One tile of a layer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray

from visavis.layers import layer as declared
from visavis.model.schema import Table
from visavis.store import Query, Row, Store
from visavis.tiles.encoding import encode
from visavis.tiles.grid import Tile, on_map
from visavis.tiles.overviews import kept, overview
from visavis.tiles.summing import count_within, gather, sum_up

# Steps of a tile's own grid along its side (Mapbox Vector Tile 2.1, 4.1), and those beyond it, so that no line shows
# where two tiles meet.
EXTENT: Final = 4096
_BEYOND: Final = 64

# Features that a tile holds one by one; more are summed up.
MOST_FEATURES: Final = 1_000

# How many times as many middles of boxes are enough: a shape may miss a tile in which the middle of its box lies.
_CLEARLY: Final = 2

# What a square that stands for several features says beside the most of each ordered column.
SUMMED: Final = ("count", "generalised")

_Values = dict[str, Any]


def make_tile(store: Store, layer: str, tile: Tile, *, patience_s: float | None = None) -> bytes:
    """Return a tile of a layer, empty where there is nothing.

    Parameters
    ----------
    patience_s : float, optional
        How long its features may take to find.

    Raises
    ------
    NotFoundError
        Where there is no such layer, it has no geometry, or the grid has no such tile.
    CostlyError
        Where finding them takes longer than that.
    """
    table = declared(layer).table
    query = Query(bounds=tile.checked().bounds(_BEYOND / EXTENT), patience_s=patience_s)
    if _are_many(store, layer, query, tile):
        whole = overview(store, layer, patience_s)
        shapes, values = sum_up(
            table, gather(store, table, query) if whole is None else [whole], tile, EXTENT
        )
        if table.geometry == ("Point",):
            shapes = [shapely.centroid(shape) for shape in shapes]
    else:
        shapes, values = _one_by_one(
            table, [row for bunch in store.rows(layer, query) for row in bunch], tile
        )
    return encode(layer, EXTENT, np.array(shapes, dtype=object), values) if shapes else b""


def is_empty(store: Store, layer: str, tile: Tile) -> bool:
    """Say whether no feature meets a tile; one that meets it may still be summed up in another."""
    return store.page(layer, Query(bounds=tile.bounds(_BEYOND / EXTENT), limit=1)).matched == 0


def _are_many(store: Store, layer: str, query: Query, tile: Tile) -> bool:
    """Say whether a tile has more features than it can hold; they are counted only where that is not clear."""
    if store.layers()[layer].count <= MOST_FEATURES:
        return False
    known = kept(store, layer)
    if known is not None and count_within(known, tile) > _CLEARLY * MOST_FEATURES:
        return True
    return store.page(layer, replace(query, limit=1)).matched > MOST_FEATURES


def _one_by_one(table: Table, rows: Sequence[Row], tile: Tile) -> tuple[list[Any], list[_Values]]:
    """Return features as they are, without what is not known of them."""
    if not rows:
        return [], []
    names = [name for name in table.columns if name != "geometry"]
    flags = {name for name in names if table.columns[name].dtype == "bool"}
    shapes = _cut(_on_tile(shapely.from_wkb([row[-1] for row in rows]), tile))
    there = ~shapely.is_empty(shapes)
    values = [
        {
            name: bool(value) if name in flags else value
            for name, value in zip(names, row, strict=False)
            if value is not None
        }
        for row, is_there in zip(rows, there.tolist(), strict=True)
        if is_there
    ]
    return list(shapes[there]), values


def _on_tile(shapes: NDArray[np.object_], tile: Tile) -> NDArray[np.object_]:
    """Return shapes in steps of the tile's grid: right and down from its north-west corner."""
    west, north = tile.corner_m
    steps = EXTENT / tile.side_m

    def turn(lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
        xy = on_map(lonlat)
        return np.column_stack([(xy[:, 0] - west) * steps, (north - xy[:, 1]) * steps])

    return np.asarray(shapely.transform(shapes, turn), dtype=object)


def _cut(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    """Return shapes clipped to the tile and on its grid; what is too small for it stays as its smallest square."""
    valid = shapely.is_valid(shapes)
    sound = shapes if valid.all() else np.where(valid, shapes, shapely.make_valid(shapes))
    clipped = shapely.clip_by_rect(sound, -_BEYOND, -_BEYOND, EXTENT + _BEYOND, EXTENT + _BEYOND)
    clipped = np.where(shapely.get_dimensions(shapes) == 0, shapes, clipped)
    laid = _laid(clipped)
    lost = shapely.is_empty(laid) & ~shapely.is_empty(clipped)
    if lost.any():
        laid[lost] = [_least(shape) for shape in clipped[lost]]
    return np.asarray(shapely.orient_polygons(laid, exterior_cw=False), dtype=object)


def _laid(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    """Return shapes on the grid, as sound as they were: what rounding spoils is laid on it with its topology."""
    rounded = shapely.set_precision(shapes, 1.0, mode="pointwise")
    sound = shapely.is_valid(rounded)
    laid = np.empty(len(shapes), dtype=object)
    laid[sound] = shapely.remove_repeated_points(rounded[sound])
    laid[~sound] = shapely.set_precision(shapes[~sound], 1.0)
    return laid


def _least(shape: Any) -> Any:
    """Return the smallest square, or line, of the grid where a shape is."""
    west, south, _, _ = np.floor(shapely.bounds(shape)).tolist()
    if shapely.get_dimensions(shape) == 1:
        return shapely.LineString([(west, south), (west + 1, south + 1)])
    return shapely.box(west, south, west + 1, south + 1)
