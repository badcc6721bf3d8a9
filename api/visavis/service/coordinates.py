"""Coordinate reference systems by reference (OGC API Features, part 2); pyproj does the projecting."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Final

import numpy as np
import pyproj
import shapely
from numpy.typing import NDArray
from pyproj.aoi import AreaOfInterest
from pyproj.database import query_utm_crs_info
from shapely.geometry.base import BaseGeometry

from visavis.model.crs import STORED_CRS
from visavis.model.errors import RequestError
from visavis.store import Bounds

CRS84: Final = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"

_EPSG: Final = "http://www.opengis.net/def/crs/EPSG/0/{}"

# Everywhere: WGS 84 with latitude first, and the maps of the web.
_EVERYWHERE: Final = (4326, 3857)

# Where they are at home: ETRS89 geographic and equal-area for Europe; France, Belgium, Switzerland, Luxembourg,
# the Netherlands, Great Britain, Germany's zones.
_AT_HOME: Final = (4258, 3035, 2154, 3812, 2056, 2169, 28992, 27700, 25831, 25832, 25833)

# A box of another CRS is bent in CRS84: so many points a side follow it.
_POINTS_A_SIDE: Final = 32

# Decimals that mean about a millimetre, or a centimetre in degrees.
_DECIMALS_M: Final = 3
_DECIMALS_DEG: Final = 7


@lru_cache(maxsize=64)
def offered(bounds: Bounds | None) -> tuple[str, ...]:
    """Return the CRSs that a layer of these bounds is given in, as URIs, CRS84 first."""
    if bounds is None:
        return (CRS84, *(_EPSG.format(code) for code in _EVERYWHERE))
    west, south, east, north = bounds
    area = AreaOfInterest(west, south, east, north)
    zones = [
        int(info.code)
        for info in query_utm_crs_info(datum_name="WGS 84", area_of_interest=area, contains=True)
    ]
    homes = [code for code in _AT_HOME if _holds(code, bounds)]
    return (CRS84, *(_EPSG.format(code) for code in (*_EVERYWHERE, *homes, *zones[:1])))


def known(uri: str, name: str, bounds: Bounds | None) -> str:
    """Return a CRS that a layer is given in.

    Raises
    ------
    RequestError
        Where it is none of them.
    """
    uris = offered(bounds)
    if uri not in uris:
        raise RequestError(f"{name} is {uri[:80]!r}", remedy=f"Choose {', '.join(uris)}")
    return uri


def to_stored(uri: str) -> Callable[[BaseGeometry], BaseGeometry] | None:
    """Return what turns shapes of a CRS, in its own order of axes, into CRS84; None where nothing has to be done."""
    if uri == CRS84:
        return None
    transformer = _transformer(uri, inward=True)

    def turn(shape: BaseGeometry) -> BaseGeometry:
        fine = (
            shapely.segmentize(shape, max(shape.length / (4 * _POINTS_A_SIDE), 1e-9))
            if shape.length
            else shape
        )
        return shapely.transform(fine, lambda xy: _turned(transformer, xy))

    return turn


def from_stored(shapes: NDArray[np.object_], uri: str) -> NDArray[np.object_]:
    """Return shapes of CRS84 in another CRS and its order of axes, rounded to what means something."""
    transformer = _transformer(uri, inward=False)
    decimals = _DECIMALS_DEG if _crs(uri).is_geographic else _DECIMALS_M
    turned = shapely.transform(shapes, lambda xy: np.round(_turned(transformer, xy), decimals) + 0.0)
    return np.asarray(turned, dtype=object)


def _turned(transformer: pyproj.Transformer, xy: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.column_stack(transformer.transform(xy[:, 0], xy[:, 1]))


@lru_cache(maxsize=64)
def _transformer(uri: str, *, inward: bool) -> pyproj.Transformer:
    crs, stored = _crs(uri), pyproj.CRS(STORED_CRS)
    return pyproj.Transformer.from_crs(crs, stored) if inward else pyproj.Transformer.from_crs(stored, crs)


@lru_cache(maxsize=64)
def _crs(uri: str) -> pyproj.CRS:
    return pyproj.CRS(STORED_CRS if uri == CRS84 else int(uri.rpartition("/")[2]))


def _holds(code: int, bounds: Bounds) -> bool:
    area = _crs(_EPSG.format(code)).area_of_use
    return (
        area is not None
        and area.west <= bounds.west
        and area.south <= bounds.south
        and area.east >= bounds.east
        and area.north >= bounds.north
    )
