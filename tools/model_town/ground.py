"""Where the town would lie, and where its sheet puts it: metres, degrees and points on paper."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyproj
from numpy.typing import ArrayLike, NDArray

from visavis.model.crs import STORED_CRS, local_crs

Floats = NDArray[np.float64]

# Open Atlantic, far from any shore: nobody lives there.
LONGITUDE: Final = -20.0
LATITUDE: Final = 47.0

POINTS_PER_M: Final = 72.0 / 0.0254


def to_degrees(x: ArrayLike, y: ArrayLike) -> tuple[Floats, Floats]:
    """Return longitude and latitude of places in the town's metres."""
    crs = local_crs([LONGITUDE], [LATITUDE])
    lon, lat = pyproj.Transformer.from_crs(crs, STORED_CRS, always_xy=True).transform(
        np.asarray(x, float), np.asarray(y, float)
    )
    return np.asarray(lon), np.asarray(lat)


@dataclass(frozen=True)
class Paper:
    """How the sheet maps the town: scale, turn (degrees clockwise), and where the town's origin is printed."""

    width_pt: float = 1190.55
    height_pt: float = 841.89
    scale: float = 1750.0
    turn_deg: float = 6.0
    origin_pt: tuple[float, float] = (466.0, 420.0)

    def place(self, x: ArrayLike, y: ArrayLike) -> tuple[Floats, Floats]:
        """Return sheet points (x right, y down from the top left) of places in metres."""
        k, t = POINTS_PER_M / self.scale, math.radians(self.turn_deg)
        east, north = np.asarray(x, float), np.asarray(y, float)
        right = east * math.cos(t) + north * math.sin(t)
        up = -east * math.sin(t) + north * math.cos(t)
        return self.origin_pt[0] + k * right, self.origin_pt[1] - k * up

    def direction(self, azimuth_deg: float) -> float:
        """Return a direction on the sheet, clockwise from the page's up."""
        return (azimuth_deg + self.turn_deg) % 360.0
