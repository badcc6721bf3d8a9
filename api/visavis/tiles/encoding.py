"""Shapes on the grid of a tile, and their properties column by column, as a Mapbox Vector Tile 2.1.

Written as bytes at once for all shapes: the messages of a protocol-buffer library, filled one by one, took more than
half of the time of a tile.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray

_Ints = NDArray[np.int64]

# Kinds of geometry and commands (4.3.3, 4.3.4): 1 point, 2 line, 3 polygon, as the dimension of a shape and one.
_MOVE, _LINE, _CLOSE = 1, 2, 15
_VERSION: Final = 2

# Fields of the messages (vector_tile.proto) by their number, and how they are written: 0 a number, 1 eight bytes, 2
# bytes after their count.
_TILE_LAYER: Final = 3 << 3 | 2
_LAYER_NAME, _LAYER_FEATURE, _LAYER_KEY, _LAYER_VALUE = (field << 3 | 2 for field in (1, 2, 3, 4))
_LAYER_EXTENT, _LAYER_VERSION = 5 << 3, 15 << 3
_FEATURE_TAGS, _FEATURE_KIND, _FEATURE_SHAPE = 2 << 3 | 2, 3 << 3, 4 << 3 | 2
_TEXT, _DOUBLE, _WHOLE, _FLAG = 1 << 3 | 2, 3 << 3 | 1, 4 << 3, 7 << 3

# Bytes of the longest number in a tile's commands and tags: 32 bits, seven in each byte.
_MOST_BYTES: Final = 5


def encode(
    name: str,
    extent: int,
    shapes: Sequence[Any] | NDArray[np.object_],
    columns: Mapping[str, Sequence[Any]],
) -> bytes:
    """Return a tile of one layer.

    Parameters
    ----------
    name : str
        Of the layer.
    extent : int
        Steps of the grid along the tile's side.
    shapes : array of geometries
        In whole steps to the right and downwards; outer rings have a positive area there, inner ones a negative.
        What a shape holds beside its parts of the highest dimension is left out.
    columns : mapping of str to sequence
        Properties by name, a value or None for each shape: in one column all texts, flags, whole numbers or numbers.
    """
    shapes = np.array(shapes, dtype=object)
    places: dict[tuple[type, Any], int] = {}
    tags = _tags(columns, places, len(shapes))
    kinds = (shapely.get_dimensions(shapes) + 1).tolist()
    features = (
        _feature(told, kind, drawn) for told, kind, drawn in zip(tags, kinds, _drawn(shapes), strict=True)
    )
    layer = b"".join(
        [
            _bytes(_LAYER_NAME, name.encode()),
            *(_bytes(_LAYER_FEATURE, each) for each in features),
            *(_bytes(_LAYER_KEY, key.encode()) for key in columns),
            *(_bytes(_LAYER_VALUE, _value(kind, value)) for kind, value in places),
            _number(_LAYER_EXTENT, extent),
            _number(_LAYER_VERSION, _VERSION),
        ]
    )
    return _bytes(_TILE_LAYER, layer)


def _feature(tags: bytes, kind: int, drawn: bytes) -> bytes:
    told = _bytes(_FEATURE_TAGS, tags) if tags else b""
    return b"".join([told, _number(_FEATURE_KIND, kind), _bytes(_FEATURE_SHAPE, drawn)])


def _tags(
    columns: Mapping[str, Sequence[Any]], places: dict[tuple[type, Any], int], shapes: int
) -> list[bytes]:
    """Return each shape's properties as places among the keys and the values (4.4); fill in the values' places."""
    told = np.full((shapes, len(columns), 2), -1, dtype=np.int64)
    for key, column in enumerate(columns.values()):
        of = {None: -1} | {
            value: places.setdefault((type(value), value), len(places))
            for value in dict.fromkeys(column)
            if value is not None
        }
        told[:, key, 0] = key
        told[:, key, 1] = [of[value] for value in column]
    there = told[:, :, 1] >= 0
    return _packed(told[there].ravel(), 2 * there.sum(axis=1))


def _value(kind: type, value: Any) -> bytes:
    if kind is str:
        return _bytes(_TEXT, value.encode())
    if kind is float:
        return bytes((_DOUBLE,)) + struct.pack("<d", value)
    return _number(_FLAG if kind is bool else _WHOLE, int(value) & (1 << 64) - 1)


def _bytes(field: int, told: bytes) -> bytes:
    return _number(field, len(told)) + told


def _number(field: int, value: int) -> bytes:
    """Return a field's number, and a number after it seven bits at a time, the lowest first."""
    told = bytearray((field,))
    while value > 0x7F:
        told.append(value & 0x7F | 0x80)
        value >>= 7
    told.append(value)
    return bytes(told)


def _packed(values: _Ints, sizes: _Ints) -> list[bytes]:
    """Return numbers written one after the other, cut into pieces of so many numbers each."""
    lengths = np.ones(len(values), dtype=np.int64)
    for more in range(1, _MOST_BYTES):
        lengths += values >> 7 * more > 0
    ends = np.cumsum(lengths)
    starts = ends - lengths
    written = np.empty(int(ends[-1]) if len(ends) else 0, dtype=np.uint8)
    for place in range(_MOST_BYTES):
        those = lengths > place
        goes_on = lengths[those] > place + 1
        written[starts[those] + place] = values[those] >> 7 * place & 0x7F | goes_on * 0x80
    whole = written.tobytes()
    cuts = np.append(0, ends)[np.append(0, np.cumsum(sizes))].tolist()
    return [whole[start:end] for start, end in pairwise(cuts)]


def _drawn(shapes: NDArray[np.object_]) -> list[bytes]:
    """Return the commands that draw each shape (4.3)."""
    drawn = [b""] * len(shapes)
    dimensions = shapely.get_dimensions(shapes)
    for dimension in np.unique(dimensions).tolist():
        chosen = np.flatnonzero(dimensions == dimension)
        for place, each in zip(chosen.tolist(), _of_one_kind(shapes[chosen], dimension), strict=True):
            drawn[place] = each
    return drawn


def _of_one_kind(shapes: NDArray[np.object_], dimension: int) -> list[bytes]:
    """Return the commands of each shape; all have parts of this dimension."""
    parts, of_shape = shapely.get_parts(shapes, return_index=True)
    parts, of_part = shapely.get_parts(parts, return_index=True)  # a collection may hold several of several
    of_shape = of_shape[of_part]
    fit = shapely.get_dimensions(parts) == dimension
    parts, of_shape = parts[fit], of_shape[fit]
    if dimension == 2:
        parts, of_part = shapely.get_rings(parts, return_index=True)
        of_shape = of_shape[of_part]
    corners, of_path = shapely.get_coordinates(parts, return_index=True)
    places = np.rint(corners).astype(np.int64)
    if dimension == 0:  # all points of a shape are one path
        of_path = of_shape[of_path]
        of_shape = np.arange(len(shapes))
    elif dimension == 2:
        again = np.append(of_path[1:] != of_path[:-1], True)  # the last corner of a ring is its first
        places, of_path = places[~again], of_path[~again]
    sizes = np.bincount(of_path, minlength=len(of_shape))
    steps = _zigzag(_from_the_last(places, of_shape[of_path]))
    return _packed(*_written(steps, sizes, of_path, of_shape, dimension, len(shapes)))


def _from_the_last(places: _Ints, of_shape: _Ints) -> _Ints:
    """Return the way to each corner from the one before it, and from the tile's own corner for a shape's first."""
    before = np.vstack([[[0, 0]], places[:-1]])
    before[np.append(True, of_shape[1:] != of_shape[:-1])] = 0
    return np.asarray(places - before)


def _zigzag(steps: _Ints) -> _Ints:
    return np.asarray((steps << 1) ^ (steps >> 63))


def _written(
    steps: _Ints, sizes: _Ints, of_path: _Ints, of_shape: _Ints, dimension: int, shapes: int
) -> tuple[_Ints, _Ints]:
    """Put the commands between the steps: move to the first corner, lines to all others, and the way back.

    Return all of them in a row, and how many belong to each shape.
    """
    lengths = 2 * sizes + (1, 2, 3)[dimension]
    starts = np.cumsum(lengths) - lengths
    written = np.empty(int(lengths.sum()), dtype=np.int64)
    number = np.arange(len(steps)) - (np.cumsum(sizes) - sizes)[of_path]
    place = starts[of_path] + 1 + 2 * number + ((number > 0) if dimension else 0)
    written[place], written[place + 1] = steps[:, 0], steps[:, 1]
    if dimension == 0:
        written[starts] = sizes << 3 | _MOVE
    else:
        written[starts] = 1 << 3 | _MOVE
        written[starts + 3] = (sizes - 1) << 3 | _LINE
    if dimension == 2:
        written[starts + lengths - 1] = _CLOSE
    return written, np.bincount(of_shape, lengths, shapes).astype(np.int64)
