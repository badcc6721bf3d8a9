"""Control points in metres: brought to the sheet's size and to a local CRS, with other readings of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pyproj
from numpy.typing import NDArray

from visavis.digitising.annotation import Annotation, ControlPoint
from visavis.digitising.choosing import on_a_line
from visavis.digitising.words import WORDS
from visavis.model.crs import LOCAL_REACH_M, STORED_CRS, local_crs
from visavis.model.errors import GeoreferenceError, InputError
from visavis.model.findings import Finding, raised

Array = NDArray[np.float64]

# With so many points that agree, one that lies in another country is that point's fault, not the sheet's.
_LEAST_TOGETHER: Final = 5
_EARTH: Final = pyproj.Geod(ellps="WGS84")


@dataclass(frozen=True, eq=False)
class Measured:
    """Control points in metres.

    Parameters
    ----------
    sheet, ground : array (n, 2)
    crs : pyproj.CRS
        Local and metric.
    near : array of bool (n,)
        Which points lie together; the others are in another region.
    lonlat : array (n, 2)
    height : float, optional
        Of the sheet.
    """

    sheet: Array
    ground: Array
    crs: pyproj.CRS
    near: NDArray[np.bool_]
    lonlat: Array
    height: float | None
    to_local: pyproj.Transformer

    def readings(self) -> Mapping[str, tuple[Array, Array]]:
        """Return what the points would be if a person had made a slip, by its name: on sheet and ground."""
        told = {
            "x-y": (self.sheet[:, ::-1], self.ground),
            "lon-lat": (self.sheet, self._projected(self.lonlat[:, ::-1])),
            "east-west": (self.sheet, self._projected(self.lonlat * [-1, 1])),
            "north-south": (self.sheet, self._projected(self.lonlat * [1, -1])),
        }
        if self.height is not None:
            told["upward"] = np.column_stack([self.sheet[:, 0], self.height - self.sheet[:, 1]]), self.ground
        return told

    def _projected(self, lonlat: Array) -> Array:
        return _projected(self.to_local, lonlat, np.median(self.lonlat[self.near], axis=0))


def at_size(
    annotation: Annotation, size: tuple[float, float] | None
) -> tuple[tuple[ControlPoint, ...], list[Finding]]:
    """Return the points scaled to the sheet as it is read, where they were picked on it at another size."""
    if size is None or annotation.width is None or annotation.height is None:
        return annotation.points, []
    across, down = size[0] / annotation.width, size[1] / annotation.height
    # Programs round a page's size to whole points.
    if abs(across - 1) * annotation.width < 1.5 and abs(down - 1) * annotation.height < 1.5:
        return annotation.points, []
    if abs(across / down - 1) > 0.01:
        raise GeoreferenceError(
            f"the control points were picked on {annotation.width:g} × {annotation.height:g}, "
            f"the sheet is {size[0]:.0f} × {size[1]:.0f}",
            remedy="Pick them on this sheet, unturned and uncropped",
        )
    scaled = tuple(replace(p, x=p.x * across, y=p.y * down) for p in annotation.points)
    found = raised(
        WORDS,
        "sheet.georeference-scaled",
        width=annotation.width,
        height=annotation.height,
        factor=round(across, 4),
    )
    return scaled, [found]


def measure(points: Sequence[ControlPoint], height: float | None) -> Measured:
    """Return control points in metres.

    Parameters
    ----------
    points : sequence of ControlPoint
    height : float, optional
        Of the sheet.

    Raises
    ------
    GeoreferenceError
        Where there are fewer than three, they lie on a line, or in several regions.
    """
    if len(points) < 3:
        raise GeoreferenceError(
            f"{len(points)} control point{'' if len(points) == 1 else 's'}; at least three are needed",
            remedy="Pick at least four, well apart, better ten",
        )
    sheet = np.array([(p.x, p.y) for p in points], dtype=np.float64)
    lonlat = np.array([(p.longitude, p.latitude) for p in points], dtype=np.float64)
    crs, near = _together(lonlat)
    to_local = pyproj.Transformer.from_crs(STORED_CRS, crs, always_xy=True)
    ground = _projected(to_local, lonlat, np.median(lonlat[near], axis=0))
    for places, where in ((sheet, "sheet"), (ground, "ground")):
        if on_a_line(places[near]):
            raise GeoreferenceError(
                f"the control points lie on a line on the {where}, or nearly",
                remedy="Add one well away from the line",
            )
    return Measured(sheet, ground, crs, near, lonlat, height, to_local)


def _together(lonlat: Array) -> tuple[pyproj.CRS, NDArray[np.bool_]]:
    try:
        return local_crs(*lonlat.T), np.ones(len(lonlat), dtype=bool)
    except InputError as far:
        middle = np.median(lonlat, axis=0)
        near = _away_m(middle, lonlat) < LOCAL_REACH_M
        if near.sum() < max(_LEAST_TOGETHER, len(lonlat) / 2):
            raise GeoreferenceError(
                f"the control points: {far.what}", remedy="Check longitude and latitude of each"
            ) from None
        return local_crs(*lonlat[near].T), near


def _projected(to_local: pyproj.Transformer, lonlat: Array, middle: Array) -> Array:
    """Return places (n, 2) in metres; those far off by distance and bearing, impossible ones as NaN."""
    ground = np.column_stack(to_local.transform(*lonlat.T))
    possible = np.abs(lonlat[:, 1]) <= 90
    far = possible & ~(np.abs(ground).max(axis=1) < 2 * LOCAL_REACH_M)
    if far.any():
        azimuth, _, distance = _EARTH.inv(*np.broadcast_to(middle, lonlat[far].shape).T, *lonlat[far].T)
        turned = np.radians(azimuth)
        away = np.column_stack([distance * np.sin(turned), distance * np.cos(turned)])
        ground[far] = away + to_local.transform(*middle)
    ground[~possible] = np.nan
    return ground


def _away_m(place: Array, lonlat: Array) -> Array:
    _, _, distance = _EARTH.inv(*np.broadcast_to(place, lonlat.shape).T, *lonlat.T)
    return np.asarray(distance, dtype=np.float64)
