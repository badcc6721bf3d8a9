"""A fan of rays, as simple map tools draw a view: the nearest wall on each, and straight lines in between."""

from __future__ import annotations

from time import process_time
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# A tenth of a radian between rays.
STEP_DEG: Final = 5.7


class Fan:
    """Rays among some walls (n, 4), in metres; the index of walls is built once and not timed."""

    def __init__(self, walls: Floats, step_deg: float = STEP_DEG) -> None:
        self._walls = np.asarray(shapely.linestrings(walls.reshape(-1, 2, 2)), dtype=object)
        self._tree = shapely.STRtree(self._walls)
        turn = np.radians(np.arange(0.0, 360.0, step_deg))
        self._ways = np.column_stack([np.cos(turn), np.sin(turn)])

    def corners(self, place: Floats, range_m: float) -> Floats:
        """Return the corners (rays, 2) of what a place sees, relative to it."""
        ends = place[:2] + range_m * self._ways
        rays = shapely.linestrings(np.stack([np.broadcast_to(place[:2], ends.shape), ends], axis=1))
        ray, wall = self._tree.query(rays, predicate="intersects")
        meets = shapely.intersection(np.asarray(rays)[ray], self._walls[wall])
        nearest = np.full(len(ends), range_m)
        np.minimum.at(nearest, ray, shapely.distance(shapely.Point(place[:2]), meets))
        return np.asarray(self._ways * nearest[:, None])

    def pass_s(self, places: Floats, range_m: float) -> float:
        """Return the seconds that looking from all places took, polygons made."""
        start = process_time()
        for place in places:
            shapely.Polygon(self.corners(place, range_m) + place[:2])
        return process_time() - start
