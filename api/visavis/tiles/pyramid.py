"""All tiles of a layer, level by level."""

from __future__ import annotations

from collections.abc import Iterator

from visavis.store import Store
from visavis.tiles.grid import Tile
from visavis.tiles.making import is_empty, make_tile


def pyramid(store: Store, layer: str, deepest: int) -> Iterator[tuple[Tile, bytes]]:
    """Give each tile of a layer that holds something, from the whole world down to level `deepest`.

    Where a tile meets nothing, those within it are not looked at.
    """
    level = [Tile(0, 0, 0)]
    while level:
        there = [tile for tile in level if not is_empty(store, layer, tile)]
        for tile in there:
            made = make_tile(store, layer, tile)
            if made:  # squares stand only where the middle of a box lies
                yield tile, made
        level = [within for tile in there if tile.z < deepest for within in tile.quarters()]
