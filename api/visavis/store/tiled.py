"""Tiles of a store's layers: those that were finished with it, and the others from its rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from visavis.layers import layer as declared
from visavis.model.schema import Table
from visavis.store.asking import Bounds, Query
from visavis.store.interface import Store
from visavis.tiles import (
    BEYOND,
    EXTENT,
    MOST_FEATURES,
    Tile,
    compressed,
    gathered,
    named,
    one_by_one,
    rows_of,
    summed_up,
    told_by_squares,
)

_WORLD: Final = Tile(0, 0, 0)


def make_tile(store: Store, layer: str, tile: Tile) -> bytes:
    """Return a tile of a layer, compressed by gzip: as it was finished, else from rows; empty where there is nothing.

    Raises
    ------
    NotFoundError
        Where there is no such layer, or the grid has no such tile.
    """
    finished = store.tile(layer, tile.checked())
    return draw_tile(store, layer, tile) if finished is None else finished


def draw_tile(store: Store, layer: str, tile: Tile, *, patience_s: float | None = None) -> bytes:
    """Return a tile that was not finished with the store, from its rows, compressed by gzip; empty without any.

    Parameters
    ----------
    patience_s : float, optional
        How long its features may take to find.

    Raises
    ------
    NotFoundError
        Where there is no such layer, or the grid has no such tile.
    CostlyError
        Where finding them takes longer than that.
    """
    table, query = declared(layer).table, replace(_meeting(tile.checked()), patience_s=patience_s)
    if _are_many(store, layer, query):
        names = told_by_squares(table)
        bunches = (gathered(table, rows_of(table, names, rows)) for rows in _rows(store, table, query, names))
        return compressed(summed_up(table, bunches, tile))
    names = named(table)
    rows = [row for bunch in _rows(store, table, query, names) for row in bunch]
    return compressed(one_by_one(table, rows_of(table, names, rows), tile))


def pyramid(store: Store, layer: str, deepest: int) -> Iterator[tuple[Tile, bytes]]:
    """Give each tile of a layer that holds something, compressed, from the whole world down to level `deepest`.

    Where a tile meets nothing, those within it are not looked at.
    """
    level = [_WORLD]
    while level:
        there = [tile for tile in level if store.page(layer, replace(_meeting(tile), limit=1)).matched]
        for tile in there:
            made = make_tile(store, layer, tile)
            if made:  # squares stand only where features begin
                yield tile, made
        level = [within for tile in there if tile.z < deepest for within in tile.quarters()]


def _meeting(tile: Tile) -> Query:
    return Query(bounds=Bounds(*tile.bounds(BEYOND / EXTENT)))


def _are_many(store: Store, layer: str, query: Query) -> bool:
    """Say whether a tile has more features than it can hold one by one."""
    if store.layers()[layer].count <= MOST_FEATURES:
        return False
    return store.page(layer, replace(query, limit=1)).matched > MOST_FEATURES


def _rows(store: Store, table: Table, query: Query, names: list[str]) -> Iterator[list[tuple[object, ...]]]:
    for bunch in store.rows(table.name, query, [*names, "geometry"]):
        yield list(bunch)
