"""Where the town would lie, and where its sheet puts it: the town's own metres, degrees, points on paper.

The town's axes follow its old streets: x along the Grande Rue, y to the left of it. The sheet lies as the town does,
so that north is not up on it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import pyproj
from numpy.typing import ArrayLike, NDArray

from visavis.model.crs import STORED_CRS, local_crs

Floats = NDArray[np.float64]

# Open Atlantic, far from any shore: nobody lives there.
LONGITUDE: Final = -20.0
LATITUDE: Final = 47.0

# How far the town's x axis runs north of east.
TURN_DEG: Final = 9.0

POINTS_PER_M: Final = 72.0 / 0.0254


def to_degrees(x: ArrayLike, y: ArrayLike) -> tuple[Floats, Floats]:
    """Return longitude and latitude of places in the town's metres."""
    c, s = math.cos(math.radians(TURN_DEG)), math.sin(math.radians(TURN_DEG))
    ahead, aside = np.asarray(x, float), np.asarray(y, float)
    lon, lat = _on_earth().transform(c * ahead - s * aside, s * ahead + c * aside)
    return np.asarray(lon), np.asarray(lat)


@cache
def _on_earth() -> pyproj.Transformer:
    return pyproj.Transformer.from_crs(local_crs([LONGITUDE], [LATITUDE]), STORED_CRS, always_xy=True)


def azimuth_deg(dx: float, dy: float) -> float:
    """Return the azimuth of a direction in the town's axes.

    North of the grid is taken for true north: 250 m from the origin of the town's CRS they differ by 0.003°.
    """
    return float((math.degrees(math.atan2(dx, dy)) - TURN_DEG) % 360.0)


@dataclass(frozen=True)
class Paper:
    """How the sheet maps the town: its size, its scale, and where the town's origin is printed."""

    width_pt: float = 1190.55
    height_pt: float = 841.89
    scale: float = 1500.0
    origin_pt: tuple[float, float] = (474.0, 421.0)

    def place(self, x: ArrayLike, y: ArrayLike) -> tuple[Floats, Floats]:
        """Return sheet points (x right, y down from the top left) of places in the town's metres."""
        k = POINTS_PER_M / self.scale
        return (
            self.origin_pt[0] + k * np.asarray(x, float),
            self.origin_pt[1] - k * np.asarray(y, float),
        )

    def direction(self, azimuth_deg: float) -> float:
        """Return a direction on the sheet, clockwise from the page's up."""
        return (azimuth_deg + TURN_DEG) % 360.0
