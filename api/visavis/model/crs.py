"""Where coordinates live: CRS84 when stored, a local metric CRS when measured. pyproj does the projecting."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pyproj
from numpy.typing import ArrayLike, NDArray
from pyproj.crs import GeographicCRS, ProjectedCRS
from pyproj.crs.coordinate_operation import TransverseMercatorConversion

from visavis.model.errors import InputError

STORED_CRS: Final = "OGC:CRS84"

# Half-width within which a local transverse Mercator stays true to 1:30,000 (scale error x² / 2R²).
LOCAL_REACH_M: Final = 50_000.0


def local_crs(longitude: ArrayLike, latitude: ArrayLike) -> pyproj.CRS:
    """Return a metric CRS centred on the given places: transverse Mercator, x east, y north, metres.

    Parameters
    ----------
    longitude, latitude : array-like of float, degrees
        Places in WGS 84. The centre of their bounds, rounded to 0.01°, becomes the origin, so that a
        small change of the data does not move the CRS.

    Raises
    ------
    InputError
        Where there is no place, a coordinate is not one, or they lie further apart than
        twice `LOCAL_REACH_M`.
    """
    lon, lat = np.asarray(longitude, float), np.asarray(latitude, float)
    good = np.isfinite(lon) & np.isfinite(lat)
    if not good.any():
        raise InputError("no coordinates to centre a local CRS on")
    if (np.abs(lon[good]) > 180).any() or (np.abs(lat[good]) > 90).any():
        raise InputError(
            "coordinates lie outside longitude ±180 and latitude ±90",
            remedy="Give WGS 84 degrees, longitude first",
        )
    lon0 = round(float(lon[good].min() + lon[good].max()) / 2, 2)
    lat0 = round(float(lat[good].min() + lat[good].max()) / 2, 2)
    crs = _transverse_mercator(lon0, lat0)
    x, y = pyproj.Transformer.from_crs(STORED_CRS, crs, always_xy=True).transform(lon[good], lat[good])
    if not np.isfinite(x).all() or max(np.abs(x).max(), np.abs(y).max()) > LOCAL_REACH_M:
        raise InputError(
            f"places lie more than {2 * LOCAL_REACH_M / 1000:.0f} km apart",
            remedy="Split the data by place and build each on its own",
        )
    return crs


def grid_convergence_deg(crs: pyproj.CRS, longitude: ArrayLike, latitude: ArrayLike) -> NDArray[np.float64]:
    """Return the angle from grid north to true north at each place, degrees clockwise.

    grid azimuth = true azimuth + convergence: true north appears turned by this angle on the grid.
    Source: PROJ's meridian convergence (PROJ manual, proj_factors), whose sign is that of the
    angle from true north to grid north.
    """
    factors = pyproj.Proj(crs).get_factors(
        np.atleast_1d(np.asarray(longitude, float)), np.atleast_1d(np.asarray(latitude, float))
    )
    return -np.asarray(factors.meridian_convergence, dtype=np.float64)


def assert_metric(frame: Any) -> None:
    """Fail loudly where a measuring room is handed degrees."""
    crs = frame.crs
    if crs is None or not crs.is_projected or crs.axis_info[0].unit_name != "metre":
        raise AssertionError(f"measured in metres, got {crs}")


def _transverse_mercator(lon0: float, lat0: float) -> pyproj.CRS:
    conversion = TransverseMercatorConversion(latitude_natural_origin=lat0, longitude_natural_origin=lon0)
    return ProjectedCRS(conversion, f"visavis local {lon0} {lat0}", geodetic_crs=_WGS84)


_WGS84: Final = GeographicCRS(name="WGS 84")
