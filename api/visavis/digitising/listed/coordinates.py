"""Coordinates and angles as tables write them: read, brought to degrees, and noticed where swapped or mangled."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyproj
from numpy.typing import NDArray

from visavis.digitising.listed.declared import Reading
from visavis.digitising.tables import plain
from visavis.model.angles import COMPASS_DEG, wrap_deg
from visavis.model.crs import LOCAL_REACH_M, STORED_CRS, grid_convergence_deg

_NUMBER: Final = re.compile(r"[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")
_DEGREES: Final = re.compile(
    r"([-+]?)\s*(\d{1,3})\s*[°d]\s*(?:(\d{1,2}(?:\.\d+)?)\s*['′’m]\s*(?:(\d{1,2}(?:\.\d+)?)\s*(?:[\"″”s]|''|’’)?)?)?"
    r"\s*([NSEWO]?)",
    re.IGNORECASE,
)
_SIDED: Final = re.compile(r"([-+]?\d+(?:\.\d+)?)\s*°?\s*([NSEWO])", re.IGNORECASE)
_POINT_LOST: Final = tuple(10.0**power for power in range(1, 9))
# From how many rows on one can say that another stands apart.
_LEAST_TOGETHER: Final = 3
_DEGREE_M: Final = 111_000.0
_COMPASS_FR: Final = {"nord": "N", "sud": "S", "est": "E", "ouest": "W"}
_COMPASS_EN: Final = {"north": "N", "south": "S", "east": "E", "west": "W"}


@dataclass(frozen=True)
class Coordinates:
    """Where rows say that they are.

    Parameters
    ----------
    lonlat : ndarray, (n, 2), degrees
        NaN where the row tells no place that can be taken as it stands.
    swapped : ndarray of bool, (n,)
        Taken the other way round: only so it is where the table's CRS is meant for, or among the others.
    doubted : dict of int to tuple
        Row to what its coordinates would be with the decimal point put back, or None where nothing fits.
    """

    lonlat: NDArray[np.float64]
    swapped: NDArray[np.bool_]
    doubted: dict[int, tuple[float, float] | None]


def read_coordinates(x: Sequence[str | None], y: Sequence[str | None], crs: str) -> Coordinates:
    """Return the places of rows whose columns hold coordinates in `crs`, east (or longitude) first."""
    frame = pyproj.CRS.from_user_input(crs)
    given = np.array([[read_number(a), read_number(b)] for a, b in zip(x, y, strict=True)], dtype=np.float64)
    given = given.reshape(-1, 2)
    told = np.array([bool(a or b) for a, b in zip(x, y, strict=True)], dtype=bool)
    nowhere = told & (np.isnan(given).any(axis=1) | (given == 0.0).all(axis=1))
    given[nowhere] = np.nan
    straight, turned = _degrees(given, frame), _degrees(given[:, ::-1], frame)
    lonlat, swapped = _chosen(straight, turned)
    middle = np.nanmedian(lonlat, axis=0) if np.isfinite(lonlat).any() else np.full(2, np.nan)
    doubted: dict[int, tuple[float, float] | None] = dict.fromkeys(np.flatnonzero(nowhere).tolist())
    for row in np.flatnonzero(told & ~nowhere & np.isnan(lonlat[:, 0])).tolist():
        doubted[row] = _mended(given[row], frame, middle)
    return Coordinates(lonlat, swapped, doubted)


def read_number(words: str | None) -> float:
    """Return the number that words tell, NaN where they tell none: decimal comma or point, groups, 48°51'24"N."""
    if not words:
        return np.nan
    bare = words.replace("\u2212", "-").strip()
    bare = re.sub(r"(?<=\d)[\s'’](?=\d{3}(?!\d))", "", bare)
    if "," in bare and "." in bare:
        # Of two marks the last one parts the decimals.
        group, mark = (".", ",") if bare.rfind(",") > bare.rfind(".") else (",", ".")
        bare = bare.replace(group, "").replace(mark, ".")
    elif bare.count(",") > 1 or bare.count(".") > 1:
        bare = bare.replace(",", "").replace(".", "")
    bare = bare.replace(",", ".")
    if _NUMBER.fullmatch(bare):
        return float(bare)
    if sided := _SIDED.fullmatch(bare):
        return float(sided[1]) * (-1.0 if sided[2].upper() in "SWO" else 1.0)
    if degrees := _DEGREES.fullmatch(bare):
        sign, whole, minutes, seconds, side = degrees.groups()
        value = float(whole) + float(minutes or 0) / 60.0 + float(seconds or 0) / 3600.0
        return -value if sign == "-" or side.upper() in ("S", "W", "O") else value
    return np.nan


def read_azimuths(
    words: Sequence[str | None], lonlat: NDArray[np.float64], reading: Reading
) -> NDArray[np.float64]:
    """Return directions (n,), degrees clockwise from true north; NaN where none is told or can be read.

    A trigonometric angle t is the azimuth 90° − t on the grid. A grid azimuth less the angle from grid north to
    true north is the true one.
    """
    read = np.array([_angle(each) for each in words], dtype=np.float64)
    by_compass = np.array(
        [plain(each or "").split() != [] and _compass(each or "") is not None for each in words]
    )
    if reading.angles == "trigonometric":
        read = np.where(by_compass, read, 90.0 - read)
    read = np.where(np.isnan(read), read, wrap_deg(read))
    frame = pyproj.CRS.from_user_input(reading.crs)
    if reading.angle_north == "grid" and frame.is_projected:
        placed = np.isfinite(lonlat).all(axis=1) & np.isfinite(read) & ~by_compass
        if placed.any():
            turned = read[placed] - grid_convergence_deg(frame, lonlat[placed, 0], lonlat[placed, 1])
            read[placed] = wrap_deg(turned)
    return read


def _angle(words: str | None) -> float:
    if not words:
        return np.nan
    compass = _compass(words)
    if compass is not None:
        return compass
    value = read_number(re.sub(r"\s*(°|deg|degrés?|degrees?)\s*$", "", words.strip(), flags=re.IGNORECASE))
    return value if abs(value) <= 360.0 else np.nan


def _compass(words: str) -> float | None:
    """Return the azimuth of a point of the compass in letters or words: NNE, nord-est, south."""
    said = plain(words).split()
    points = "".join({**_COMPASS_FR, **_COMPASS_EN}.get(each, each.upper()) for each in said)
    return COMPASS_DEG.get(points.replace("O", "W"))


def _degrees(given: NDArray[np.float64], frame: pyproj.CRS) -> NDArray[np.float64]:
    """Return coordinates as longitude and latitude, NaN outside the area that the CRS is meant for."""
    to_degrees = pyproj.Transformer.from_crs(frame, STORED_CRS, always_xy=True)
    lonlat = np.column_stack(to_degrees.transform(given[:, 0], given[:, 1])).astype(np.float64)
    area = frame.area_of_use
    west, south, east, north = (-180.0, -90.0, 180.0, 90.0) if area is None else area.bounds
    lon, lat = lonlat.T
    with np.errstate(invalid="ignore"):
        within = (lat >= south) & (lat <= north)
        within &= ((lon >= west) & (lon <= east)) if west <= east else ((lon >= west) | (lon <= east))
    within &= np.isfinite(lonlat).all(axis=1)
    return np.where(within[:, None], lonlat, np.nan)


def _chosen(
    straight: NDArray[np.float64], turned: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return each row the way round in which it is on the map, and among the others where both ways are."""
    on, other = np.isfinite(straight[:, 0]), np.isfinite(turned[:, 0])
    lonlat, swapped = straight.copy(), ~on & other
    sure = straight[on]
    if len(sure) >= _LEAST_TOGETHER:
        middle = np.median(sure, axis=0)
        far = on & (_metres(straight, middle) > 2 * LOCAL_REACH_M)
        swapped |= far & other & (_metres(turned, middle) <= 2 * LOCAL_REACH_M)
        # Nothing else in a table of one place is far off, unless a digit went wrong.
        lonlat[far & ~swapped] = np.nan
    lonlat[swapped] = turned[swapped]
    return lonlat, swapped


def _mended(
    given: NDArray[np.float64], frame: pyproj.CRS, middle: NDArray[np.float64]
) -> tuple[float, float] | None:
    """Return coordinates with decimal points put back where only so they lie among the others."""
    if not np.isfinite(given).all() or not np.isfinite(middle).all():
        return None
    each = np.array([(given[0] / a, given[1] / b) for a in (1.0, *_POINT_LOST) for b in (1.0, *_POINT_LOST)])
    both = np.vstack([each, each[:, ::-1]])
    lonlat = _degrees(both, frame)
    near = np.flatnonzero(_metres(lonlat, middle) <= LOCAL_REACH_M)
    return (float(lonlat[near[0], 0]), float(lonlat[near[0], 1])) if len(near) == 1 else None


def _metres(lonlat: NDArray[np.float64], middle: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return distances on a flat earth: enough to tell whether places are of one town."""
    narrowing = np.cos(np.radians(middle[1]))
    away = np.hypot((lonlat[:, 0] - middle[0]) * narrowing, lonlat[:, 1] - middle[1]) * _DEGREE_M
    return np.where(np.isnan(away), np.inf, away).astype(np.float64)
