"""Line of sight by brute force, sharing nothing with the engine: a straight line against solid prisms.

Each answer is asked twice, of a town with every house somewhat larger and of one with every house
somewhat smaller. What is seen past the larger houses must be seen, what is hidden by the smaller ones must not be;
in between lies the width of a line, about which nothing is claimed.
"""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

Floats = NDArray[np.float64]

MARGIN_M = 0.02


class Town:
    """Solid prisms to look past and below, each grown on all sides; those on the ground go on below it."""

    def __init__(self, spaces: gpd.GeoDataFrame, grow_m: float) -> None:
        self.as_drawn = spaces.geometry.to_numpy()
        self.grown = spaces.geometry.buffer(grow_m, join_style="mitre").to_numpy()
        base_m = spaces["base_m"].to_numpy(float)
        self.base_m = np.where(base_m > 0.0, base_m, -np.inf)
        self.height_m, self.grow_m = spaces["height_m"].to_numpy(float), grow_m
        self.tree = shapely.STRtree(self.grown)

    def hides(
        self, lens: Floats, points: Floats, own: NDArray[np.int64], *, drawn_within_m: float = 0.0
    ) -> NDArray[np.bool_]:
        """Return whether the straight line from the lens (x, y, z) to each point meets a prism.

        A point may lie on the wall of a house of its `own` (else −1): that one is taken as drawn, and so is what
        stands nearer to the lens than `drawn_within_m`, which would swallow it when grown.
        """
        start = np.broadcast_to(lens[:2], (len(points), 2))
        rays = np.asarray(shapely.linestrings(np.stack([start, points[:, :2]], axis=1)), dtype=object)
        ray, prism = self.tree.query(rays, predicate="intersects")
        at_home = own[ray] == prism
        here = shapely.distance(self.as_drawn, shapely.Point(lens[:2])) < drawn_within_m
        as_drawn = at_home | here[prism]
        shapes = np.where(as_drawn, self.as_drawn[prism], self.grown[prism])
        grow_m = np.where(as_drawn, 0.0, self.grow_m)
        roof_m, base_m = self.height_m[prism] + grow_m, self.base_m[prism] - grow_m

        inside, pair = shapely.get_parts(shapely.intersection(rays[ray], shapes), return_index=True)
        corners, part = shapely.get_coordinates(inside, return_index=True)
        of = ray[pair[part]]
        share = np.hypot(*(corners - lens[:2]).T) / np.hypot(*(points[of, :2] - lens[:2]).T)
        height = lens[2] + share * (points[of, 2] - lens[2])
        # The ray ends on the wall of its own house; that alone hides nothing.
        counts = (share < 1 - 1e-6) | ~at_home[pair[part]]
        lowest, highest = np.full(len(inside), np.inf), np.full(len(inside), -np.inf)
        np.minimum.at(lowest, part[counts], height[counts])
        np.maximum.at(highest, part[counts], height[counts])
        meets = (lowest < roof_m[pair]) & (highest > base_m[pair])
        hidden = np.zeros(len(points), dtype=bool)
        hidden[ray[pair[meets]]] = True
        return hidden


def in_picture(camera: Any, lens: Floats, points: Floats, margin: float) -> NDArray[np.bool_]:
    """Return which points a pinhole's picture takes in, by projecting them; `margin` narrows it (in radians).

    The sides are upright planes at half the horizontal field, the lower and upper edge those of the picture.
    """
    azimuth, tilt = np.radians(camera.azimuth_deg), np.radians(camera.tilt_deg)
    ahead = np.array([np.sin(azimuth) * np.cos(tilt), np.cos(azimuth) * np.cos(tilt), -np.sin(tilt)])
    right = np.array([np.cos(azimuth), -np.sin(azimuth), 0.0])
    down = np.cross(ahead, right)
    off = points - lens
    depth = off @ ahead
    vertical = np.degrees(np.arctan2(np.abs(off @ down), depth))
    level = np.array([np.sin(azimuth), np.cos(azimuth)])
    sideways = np.abs(np.arctan2(off[:, :2] @ right[:2], off[:, :2] @ level))
    across: NDArray[np.bool_] = sideways <= np.radians(camera.hfov_deg) / 2 - margin
    upright: NDArray[np.bool_] = np.radians(vertical) <= np.radians(camera.vfov_deg) / 2 - margin
    return across & upright
