"""Whether a camera is still where it was seen, and points as it did: within the errors that are stated.

What is read anew, from a better scan or with better control points, lies a little off. It is the same as long as the
two places differ by no more than the stated errors of both let differ 95 in 100 such pairs.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Final

import pandas as pd
import pyproj

from visavis.digitising.corrections.acts import PLACE, Values
from visavis.model.angles import turn_deg

_EARTH: Final = pyproj.Geod(ellps="WGS84")
# In standard deviations along an axis: 95 % of errors in the plane, and on a line.
_WITHIN_PLANE: Final = 2.4477
_WITHIN_LINE: Final = 1.9600
# No hand and no reader is surer than that, whatever it states.
_LEAST_M: Final = 1.0
_LEAST_DEG: Final = 3.0
# Where no error is stated on either side.
UNSTATED_M: Final = 10.0
UNSTATED_DEG: Final = 15.0


def is_same_place(seen: Values, row: Mapping[str, Any]) -> bool:
    """Return whether a row's camera stands where it was seen; not where no place was seen, or it has none."""
    if not {*PLACE} <= seen.keys() or row.get("geometry") is None:
        return False
    longitude, latitude = (float(seen[side]) for side in PLACE)
    _, _, off = _EARTH.inv(row["geometry"].x, row["geometry"].y, longitude, latitude)
    both = _both("position_sd_m", seen, row)
    return bool(off <= (UNSTATED_M if both is None else max(_LEAST_M, _WITHIN_PLANE * both)))


def is_same_direction(seen: Values, row: Mapping[str, Any]) -> bool:
    """Return whether a row's camera points as it was seen; both must be known."""
    off = abs(turn_deg(float(row["azimuth_deg"]), float(seen["azimuth_deg"])))
    both = _both("azimuth_sd_deg", seen, row)
    return bool(off <= (UNSTATED_DEG if both is None else max(_LEAST_DEG, _WITHIN_LINE * both)))


def _both(column: str, seen: Values, row: Mapping[str, Any]) -> float | None:
    """Return the standard deviation of a difference; where one side states none, it is as sure as the other."""
    now = None if pd.isna(row.get(column)) else float(row[column])
    then = float(seen[column]) if column in seen else now
    if then is None:
        return None
    return math.hypot(then, then if now is None else now)
