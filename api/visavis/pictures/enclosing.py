"""A convex outline of few corners around a shape, within the picture."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_PARALLEL: Final = 1e-12


def enclosing(shape: Any, corners: int, frame: Any) -> Any:
    """Return a convex polygon of at most so many corners that holds a shape and does not leave the frame.

    From the convex hull sides are taken away one by one, those first whose neighbours, prolonged until they meet,
    add the least area. Where that would leave the frame the upright rectangle around the shape is the last resort.

    Parameters
    ----------
    shape : shapely geometry with an area, within the frame
    corners : int
        At least 4.
    frame : Polygon
        An upright rectangle.
    """
    hull = shapely.convex_hull(shape)
    ring = shapely.get_coordinates(shapely.orient_polygons(hull).exterior)[:-1]
    bounds = np.array(frame.bounds)
    while len(ring) > corners:
        met, added = _prolonged(ring, bounds)
        side = int(np.argmin(added))
        if not np.isfinite(added[side]):
            return shapely.box(*hull.bounds)
        # The side from `side` to the next corner goes; where its neighbours meet is the one corner in its place.
        after = (side + 1) % len(ring)
        ring[side] = met[side]
        ring = np.delete(ring, after, axis=0)
    return shapely.Polygon(ring)


def _prolonged(ring: Floats, bounds: Floats) -> tuple[Floats, Floats]:
    """Return for each side where its neighbours meet beyond it, and the area of the triangle that adds."""
    start, end = ring, np.roll(ring, -1, axis=0)
    before, after = start - np.roll(ring, 1, axis=0), end - np.roll(ring, -2, axis=0)
    along = end - start
    turn = _cross(before, -after)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = _cross(along, -after) / turn
        met = start + before * share[:, None]
        added = 0.5 * np.abs(_cross(along, met - start))
    inside = (met >= bounds[:2]).all(axis=1) & (met <= bounds[2:]).all(axis=1)
    scale = np.hypot(*before.T) * np.hypot(*after.T)
    good = inside & (share >= 0.0) & (turn > _PARALLEL * scale)
    return met, np.where(good, added, np.inf)


def _cross(a: Floats, b: Floats) -> Floats:
    return np.asarray(a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0])
