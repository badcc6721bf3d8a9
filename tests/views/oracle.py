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
    """Solid prisms to look past."""

    def __init__(self, spaces: gpd.GeoDataFrame, grow_m: float) -> None:
        solid = spaces[spaces.geom_type.isin(["Polygon", "MultiPolygon"]) & (spaces["height_m"] > 0)]
        shapes = solid.geometry.buffer(grow_m, join_style="mitre").to_numpy()
        self.footprints = shapes
        self.roof_m = solid["height_m"].to_numpy(float) + grow_m
        self.tree = shapely.STRtree(shapes)

    def hides(self, lens: Floats, points: Floats) -> NDArray[np.bool_]:
        """Return whether the straight line from the lens (x, y, z) to each point meets a prism."""
        rays = shapely.linestrings(
            np.stack([np.broadcast_to(lens[:2], (len(points), 2)), points[:, :2]], axis=1)
        )
        ray, prism = self.tree.query(rays, predicate="intersects")
        inside = shapely.intersection(rays[ray], self.footprints[prism])
        hidden = np.zeros(len(points), dtype=bool)
        for k, p, part in zip(ray, prism, inside, strict=True):
            corners = shapely.get_coordinates(part)
            length = np.hypot(*(points[k, :2] - lens[:2]))
            share = np.hypot(*(corners - lens[:2]).T) / length
            height = lens[2] + share * (points[k, 2] - lens[2])
            hidden[k] |= bool((height < self.roof_m[p]).any())
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
    return (sideways <= np.radians(camera.hfov_deg) / 2 - margin) & (
        np.radians(vertical) <= np.radians(camera.vfov_deg) / 2 - margin
    )
