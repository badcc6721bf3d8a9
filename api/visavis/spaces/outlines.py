"""Outlines as every room may rely on them: valid, and turned one way."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

Shapes = NDArray[np.object_]


def sound(shapes: Any) -> Shapes:
    """Return areas that are valid, with the outer ring anticlockwise and holes clockwise.

    Readers mend and tell what is broken in a file; what projecting does to a hair's breadth is mended here.
    """
    given: Shapes = np.asarray(shapes, dtype=object)
    broken = ~shapely.is_valid(given)
    valid = given.copy()
    valid[broken] = shapely.make_valid(given[broken], method="structure", keep_collapsed=False)
    turned: Shapes = np.asarray(shapely.orient_polygons(valid, exterior_cw=False), dtype=object)
    return turned


def areal(shapes: Any) -> Shapes:
    """Return shapes without the lines and points that cutting leaves of them."""
    return np.asarray([_polygons(shape) for shape in shapes], dtype=object)


def without_slivers(shapes: Any, narrow_m: float) -> Shapes:
    """Return shapes without what is narrower than `narrow_m`: what is left where drawing is no better."""
    given = areal(shapes)
    eroded = shapely.buffer(given, -narrow_m / 2.0, quad_segs=1, join_style="mitre")
    opened = shapely.buffer(eroded, narrow_m / 2.0, quad_segs=1, join_style="mitre")
    return areal(shapely.intersection(opened, given))


def _polygons(shape: Any) -> Any:
    if shape.geom_type in {"Polygon", "MultiPolygon"}:
        return shape
    parts = [part for part in shapely.get_parts(shapely.get_parts(shape)) if part.geom_type == "Polygon"]
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)
