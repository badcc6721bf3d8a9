"""Azimuths: degrees clockwise from true north, 0 ≤ a < 360."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

_COMPASS: Final = [
    "N",
    "NNE",
    "NE",
    "ENE",
    "E",
    "ESE",
    "SE",
    "SSE",
    "S",
    "SSW",
    "SW",
    "WSW",
    "W",
    "WNW",
    "NW",
    "NNW",
]  # 16 points, 22.5° apart

COMPASS_DEG: Final = {point: 22.5 * i for i, point in enumerate(_COMPASS)}


def wrap_deg(angle_deg: ArrayLike) -> NDArray[np.float64]:
    """Return angles brought to 0 ≤ a < 360 (a tiny negative one becomes 0, not 360)."""
    wrapped = np.mod(np.asarray(angle_deg, dtype=np.float64), 360.0)
    return np.where(wrapped >= 360.0, 0.0, wrapped)


def turn_deg(from_deg: ArrayLike, to_deg: ArrayLike) -> NDArray[np.float64]:
    """Return the signed turn from one azimuth to another, −180 ≤ t < 180, clockwise positive."""
    difference = np.asarray(to_deg, dtype=np.float64) - np.asarray(from_deg, dtype=np.float64)
    return wrap_deg(difference + 180.0) - 180.0


def azimuth_of(dx: ArrayLike, dy: ArrayLike) -> NDArray[np.float64]:
    """Return the azimuth of a direction given as x east, y north."""
    return wrap_deg(np.degrees(np.arctan2(np.asarray(dx, float), np.asarray(dy, float))))
