"""A layer as vector tiles in one file: PMTiles 3, which a web map reads piece by piece from any file server."""

from __future__ import annotations

import tempfile
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

from visavis.exports.origin import entries, summary
from visavis.exports.part import Part
from visavis.layers import Layer
from visavis.model.vocabulary import Word
from visavis.store import Bounds, pyramid
from visavis.tiles import EXTENT, SUMMED, Tile, compressed, encode

# A step of a tile's grid is then 0.3 m at the equator, finer than cameras are placed; maps draw it larger from there.
DEEPEST_PACKED: Final = 15

_E7: Final = 10_000_000
_NOWHERE: Final = Bounds(-180, -85, 180, 85)


def write_pmtiles(part: Part, file: Path) -> tuple[Word, ...]:
    """Write the tiles that the service hands out, compressed, in the order that readers go through them."""
    deepest = 0
    with file.open("wb") as written, tempfile.TemporaryFile(dir=file.parent) as beside:
        writer = Writer(written)
        writer.tile_f.close()
        writer.tile_f = beside  # on the disk that has to have the room anyway
        for _, level in groupby(pyramid(part.store, part.layer.name, DEEPEST_PACKED), lambda made: made[0].z):
            for tile, made in sorted(level, key=lambda made: _number(made[0])):
                writer.write_tile(_number(tile), made)
                deepest = tile.z
        if not writer.tile_entries:  # a file of tiles has one at least
            nothing = encode(part.layer.name, EXTENT, [], {})
            writer.write_tile(0, compressed(nothing))
        writer.finalize(_header(part), _metadata(part, deepest))
    return ()


def _number(tile: Tile) -> int:
    return int(zxy_to_tileid(tile.z, tile.x, tile.y))


def _header(part: Part) -> dict[str, Any]:
    west, south, east, north = part.store.layers()[part.layer.name].bounds or _NOWHERE
    return {
        "tile_type": TileType.MVT,
        "tile_compression": Compression.GZIP,
        "min_lon_e7": round(west * _E7),
        "min_lat_e7": round(south * _E7),
        "max_lon_e7": round(east * _E7),
        "max_lat_e7": round(north * _E7),
        "center_zoom": 12,
        "center_lon_e7": round((west + east) / 2 * _E7),
        "center_lat_e7": round((south + north) / 2 * _E7),
    }


def _metadata(part: Part, deepest: int) -> dict[str, Any]:
    """Return what the file says of itself, in the words of PMTiles and MBTiles, and the marks of the build."""
    told = entries(part)
    return {
        **told,
        "name": part.layer.title.en,
        "description": summary(part),
        "attribution": told["attribution"],
        "type": "overlay",
        "vector_layers": [
            {"id": part.layer.name, "fields": _fields(part.layer), "minzoom": 0, "maxzoom": deepest}
        ],
    }


def _fields(layer: Layer) -> dict[str, str]:
    kinds = {"bool": "Boolean", "float64": "Number", "int64": "Number"}
    columns = {
        name: kinds.get(column.dtype, "String")
        for name, column in layer.table.columns.items()
        if name != "geometry"
    }
    return columns | dict(zip(SUMMED, ("Number", "Boolean"), strict=True))
