"""What a file states of its place on the ground, whichever way it does so."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyproj
from numpy.typing import NDArray
from pyproj.exceptions import CRSError

from visavis.model.errors import GeoreferenceError

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Stated:
    """A map from a sheet to a CRS.

    Parameters
    ----------
    origin : str
        `GeoPDF`, `GeoTIFF` or `world file`.
    matrix : array (2, 3)
        From sheet coordinates to x and y (longitude and latitude) of `crs`.
    crs : pyproj.CRS
    box : left, top, right, bottom
        Of the map on the sheet.
    width, height : float
        Of the sheet.
    """

    origin: str
    matrix: Array
    crs: pyproj.CRS
    box: tuple[float, float, float, float]
    width: float
    height: float

    def place(self, sheet: Array) -> Array:
        """Return x and y (n, 2) of sheet coordinates (n, 2)."""
        return np.asarray(sheet @ self.matrix[:, :2].T + self.matrix[:, 2], dtype=np.float64)


def crs_of(named: object, where: str) -> pyproj.CRS:
    """Return a CRS by code or definition; `where` is who named it.

    Raises
    ------
    GeoreferenceError
        Where pyproj doesn't know it.
    """
    try:
        return pyproj.CRS.from_user_input(named)
    except CRSError:
        said = " ".join(str(named).split())[:60]
        raise GeoreferenceError(
            f"{where} names the CRS {said!r}, which is not known", remedy="Give an EPSG code, as EPSG:2154"
        ) from None
