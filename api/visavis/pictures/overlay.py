"""Shapes in a picture laid over one another on one fine grid, so that neighbours share their lines."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import shapely

# In pixels of the sensor: far below anything seen, far above rounding.
GRID_PX: Final = 1e-3


def joined(shapes: Iterable[Any]) -> Any:
    """Return the union of some shapes, as polygons."""
    return polygons(shapely.union_all([polygons(shape) for shape in shapes], grid_size=GRID_PX))


def common(one: Any, other: Any) -> Any:
    """Return what two shapes share, as polygons."""
    return polygons(shapely.intersection(polygons(one), polygons(other), grid_size=GRID_PX))


def without(one: Any, other: Any) -> Any:
    """Return a shape less another one, as polygons."""
    return polygons(shapely.difference(polygons(one), polygons(other), grid_size=GRID_PX))


def polygons(shape: Any) -> Any:
    """Return the polygons of any geometry as one shape; lines and points, which have no area, go."""
    if shape.geom_type == "Polygon":
        return shape
    parts = shapely.get_parts(shapely.get_parts(shape))
    areal = [part for part in parts if part.geom_type == "Polygon" and not part.is_empty]
    return areal[0] if len(areal) == 1 else shapely.MultiPolygon(areal)
