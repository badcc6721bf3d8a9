"""Shapes on the grid of a tile as a Mapbox Vector Tile 2.1.

The messages are those of the `mapbox-vector-tile` package; its encoder goes through corner by corner, which took
two thirds of the time of a tile. Here all corners of a layer are turned into commands at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import shapely
from mapbox_vector_tile.Mapbox import vector_tile_pb2
from numpy.typing import NDArray

_Ints = NDArray[np.int64]

# Kinds of geometry and commands (4.3.3, 4.3.4): 1 point, 2 line, 3 polygon, as the dimension of a shape and one.
_MOVE, _LINE, _CLOSE = 1, 2, 15
_VERSION: Final = 2


def encode(
    name: str, extent: int, shapes: Sequence[Any] | NDArray[np.object_], values: Sequence[Mapping[str, Any]]
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
    values : sequence of mappings
        Properties of each: texts, flags and numbers.
    """
    shapes = np.array(shapes, dtype=object)
    tile = vector_tile_pb2.tile()
    layer = tile.layers.add(name=name, version=_VERSION, extent=extent)
    keys: dict[str, int] = {}
    kept: dict[tuple[type, Any], int] = {}
    kinds = (shapely.get_dimensions(shapes) + 1).tolist()
    for commands, kind, told in zip(_commands(shapes), kinds, values, strict=True):
        feature = layer.features.add(type=kind)
        feature.geometry.extend(commands)
        for key, value in told.items():
            feature.tags.extend(
                (keys.setdefault(key, len(keys)), kept.setdefault((type(value), value), len(kept)))
            )
    layer.keys.extend(keys)
    for kind, value in kept:
        layer.values.add(**{_FIELDS[kind]: value})
    return bytes(tile.SerializeToString())


_FIELDS: Final = {bool: "bool_value", int: "int_value", float: "double_value", str: "string_value"}


def _commands(shapes: NDArray[np.object_]) -> list[list[int]]:
    """Return the commands that draw each shape (4.3)."""
    drawn: list[list[int]] = [[] for _ in shapes]
    dimensions = shapely.get_dimensions(shapes)
    for dimension in np.unique(dimensions).tolist():
        chosen = np.flatnonzero(dimensions == dimension)
        commands, lengths = _of_one_kind(shapes[chosen], dimension)
        ends = np.cumsum(lengths)
        told = commands.tolist()
        for place, start, end in zip(chosen.tolist(), (ends - lengths).tolist(), ends.tolist(), strict=True):
            drawn[place] = told[start:end]
    return drawn


def _of_one_kind(shapes: NDArray[np.object_], dimension: int) -> tuple[_Ints, _Ints]:
    """Return all commands in a row, and how many belong to each shape."""
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
    return _written(steps, sizes, of_path, of_shape, dimension, len(shapes))


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
    """Put the commands between the steps: move to the first corner, lines to all others, and the way back."""
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
