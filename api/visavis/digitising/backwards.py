"""From the ground back to the sheet: where a place lies on it, and which way a direction is drawn there."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np
import pyproj
from numpy.typing import NDArray

from visavis.digitising.georeferencing import Georeference
from visavis.model.angles import wrap_deg
from visavis.model.crs import STORED_CRS, grid_convergence_deg

Array = NDArray[np.float64]

_ROUNDS: Final = 20
_NEAR_UNITS: Final = 1e-4


def on_sheet(ground: Georeference, lonlat: Array) -> Array:
    """Return sheet coordinates (n, 2) of places (n, 2), longitude and latitude; NaN where no place of it lies there.

    By Newton's steps from the middle of the control points: the maps bend little.
    """
    local = _to_local(ground.crs)
    wanted = np.column_stack(local.transform(*np.asarray(lonlat, dtype=np.float64).reshape(-1, 2).T))
    middle = np.array([(point.x, point.y) for point in ground.points], dtype=np.float64).mean(axis=0)
    at = np.tile(middle, (len(wanted), 1))
    step = np.zeros_like(at)
    for _ in range(_ROUNDS):
        step = np.linalg.solve(
            ground.transformation.jacobian(at), (wanted - ground.transformation(at))[..., None]
        )[..., 0]
        at = at + step
        if (np.abs(step) < _NEAR_UNITS).all():
            break
    at[~(np.abs(step) < 1.0).all(axis=1)] = np.nan
    return at


def drawn_deg(ground: Georeference, sheet: Array, azimuth_deg: Array) -> Array:
    """Return how azimuths (n,) are drawn at sheet coordinates (n, 2): degrees clockwise from the sheet's up."""
    longitude, latitude = ground.place(sheet).T
    grid_rad = np.radians(np.asarray(azimuth_deg) + grid_convergence_deg(ground.crs, longitude, latitude))
    towards = np.column_stack([np.sin(grid_rad), np.cos(grid_rad)])
    drawn = np.linalg.solve(ground.transformation.jacobian(sheet), towards[..., None])[..., 0]
    return wrap_deg(np.degrees(np.arctan2(drawn[:, 0], -drawn[:, 1])))


@lru_cache(maxsize=16)
def _to_local(crs: pyproj.CRS) -> pyproj.Transformer:
    return pyproj.Transformer.from_crs(STORED_CRS, crs, always_xy=True)
