"""What a lens gives: fields of view, pixel density, and the ground that a picture takes in.

The camera is a pinhole: HFOV = 2·atan(w / 2f) (R. Hartley, A. Zisserman, *Multiple View Geometry in Computer
Vision*, 2nd ed. 2004, § 6.1). Its density on a plane square to the axis is what EN 62676-4:2015, annex B,
states its levels in. From 180° on no pinhole exists: there the picture is taken as *equidistant*, the same
number of pixels for each degree (a fisheye on a wall, or the joined picture of several sensors). A fisheye that
looks straight down draws the horizon as the rim of a circle; its density falls in a way of its own.

All functions take scalars or arrays that broadcast, and know no camera table.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

# Width of the picture on the sensor by optical format in inches, mm. The height follows from the picture's
# shape, pixels being square: width × rows / columns. 1/2.5, 1/2.3, 1/1.7 and 4/3 are those of Wikipedia's "Image
# sensor format"; 1/1.2 is 3840 pixels of 2.9 µm, as of the IMX585.
SENSOR_WIDTH_MM: Final = MappingProxyType(
    {
        "1/4": 3.20,
        "1/3": 4.80,
        "1/2.9": 5.12,
        "1/2.8": 5.37,
        "1/2.7": 5.37,
        "1/2.5": 5.76,
        "1/2.3": 6.17,
        "1/2": 6.40,
        "1/1.8": 7.18,
        "1/1.7": 7.60,
        "1/1.2": 11.14,
        "2/3": 8.80,
        "1": 12.80,
        "4/3": 17.30,
    }
)

# No pinhole takes in half the circle or more.
PINHOLE_BELOW_DEG: Final = 180.0

# A kilometre comes to well below a micrometre.
_HALVINGS: Final = 40


def field_of_view_deg(side_mm: ArrayLike, focal_mm: ArrayLike) -> Floats:
    """Return the field of view of a pinhole over one side of the sensor: 2·atan(side / 2f).

    Parameters
    ----------
    side_mm : array-like of float
        Width of the sensor for the horizontal field, height for the vertical one.
    focal_mm : array-like of float
        Focal length.

    Returns
    -------
    ndarray of float, degrees
    """
    return np.degrees(2.0 * np.arctan(_floats(side_mm) / (2.0 * _floats(focal_mm))))


def focal_length_mm(side_mm: ArrayLike, fov_deg: ArrayLike) -> Floats:
    """Return the focal length that gives a field of view below 180° over one side; undoes the above."""
    return _floats(side_mm) / (2.0 * np.tan(np.radians(_floats(fov_deg)) / 2.0))


def other_side_fov_deg(fov_deg: ArrayLike, ratio: ArrayLike) -> Floats:
    """Return the field of view over the other side of a pinhole's picture: 2·atan(ratio · tan(fov / 2)).

    Parameters
    ----------
    fov_deg : array-like of float
        Field of view over the one side, below 180°.
    ratio : array-like of float
        Length of the other side over that of the one: 9/16 from a wide picture's HFOV to its VFOV.
    """
    return np.degrees(2.0 * np.arctan(_floats(ratio) * np.tan(np.radians(_floats(fov_deg)) / 2.0)))


def focal_length_px(pixels: ArrayLike, hfov_deg: ArrayLike) -> Floats:
    """Return the focal length in pixels: the density at one metre, square to the axis.

    Below 180° that of a pinhole, N / (2·tan(HFOV / 2)), which is N·f / w; from 180° on that of an
    equidistant picture, N / HFOV in radians.
    """
    n, hfov = np.broadcast_arrays(_floats(pixels), _floats(hfov_deg))
    pinhole = hfov < PINHOLE_BELOW_DEG
    half_rad = np.radians(np.where(pinhole, hfov, 90.0)) / 2.0
    return np.where(pinhole, n / (2.0 * np.tan(half_rad)), n / np.radians(hfov))


def density_px_per_m(
    pixels: ArrayLike, hfov_deg: ArrayLike, distance_m: ArrayLike, incidence_deg: ArrayLike = 0.0
) -> Floats:
    """Return the horizontal pixel density on a surface: N·f / (w·z) · cos i.

    Parameters
    ----------
    pixels : array-like of float
        Picture width.
    hfov_deg : array-like of float
        Horizontal field of view over that width.
    distance_m : array-like of float
        For a pinhole the depth z along the optical axis, for an equidistant picture the distance. At 0 the
        density is infinite.
    incidence_deg : array-like of float, optional
        Angle between the line of sight and the surface's normal, seen from above.

    Returns
    -------
    ndarray of float, pixels a metre
    """
    foreshortened = focal_length_px(pixels, hfov_deg) * _cos(incidence_deg)
    with np.errstate(divide="ignore"):
        return foreshortened / _floats(distance_m)


def distance_at_density_m(
    pixels: ArrayLike, hfov_deg: ArrayLike, density: ArrayLike, incidence_deg: ArrayLike = 0.0
) -> Floats:
    """Return the distance at which the density falls to `density` px/m; undoes `density_px_per_m`."""
    return focal_length_px(pixels, hfov_deg) * _cos(incidence_deg) / _floats(density)


def circle_density_px_per_m(
    pixels: ArrayLike, aside_m: ArrayLike, below_m: ArrayLike, incidence_deg: ArrayLike = 0.0
) -> Floats:
    """Return the horizontal pixel density in the picture of a fisheye that looks straight down.

    The picture is an equidistant circle: at the angle θ from straight below a point lies f·θ from the centre, so
    that a turn about the axis by one radian is f·θ pixels, over a length of `aside_m`:
    f·θ / aside · cos i (Kannala and Brandt 2006, § II, for the projection). At the rim, level with the
    lens, that is the density of an all-round picture; further down it rises less than the nearness would let it.

    Parameters
    ----------
    pixels : array-like of float
        Pixels along the rim of the circle, 90° from the axis: 2π·f·(π/2).
    aside_m, below_m : array-like of float
        How far off in plan the point is, and how far below the lens.
    incidence_deg : array-like of float, optional
        Angle between the line of sight and the surface's normal, seen from above.
    """
    aside, below = np.broadcast_arrays(_floats(aside_m), _floats(below_m))
    focal_px = _floats(pixels) / np.pi**2
    under = (aside == 0.0) & (below > 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        per_m = np.where(under, 1.0 / below, np.arctan2(aside, below) / aside)
    return focal_px * per_m * _cos(incidence_deg)


def circle_reach_m(pixels: float, below_m: float, density: float) -> float:
    """Return how far off in plan the density of such a picture falls to `density` px/m; 0 where it never is as high.

    The level ground that is looked at lies `below_m` under the lens, above 0; found by halving, as density
    falls steadily outwards.
    """
    near, far = 0.0, float(_floats(pixels)) / (2.0 * np.pi * density)
    if circle_density_px_per_m(pixels, 0.0, below_m) <= density:
        return 0.0
    for _ in range(_HALVINGS):
        middle = (near + far) / 2.0
        near, far = (
            (middle, far) if circle_density_px_per_m(pixels, middle, below_m) > density else (near, middle)
        )
    return near


def ground_limits_m(height_m: ArrayLike, tilt_deg: ArrayLike, vfov_deg: ArrayLike) -> tuple[Floats, Floats]:
    """Return where the lower and the upper edge of the picture meet level ground, straight ahead.

    near = H / tan(t + VFOV/2) and far = H / tan(t − VFOV/2), by the right triangle of mount and ground.

    Parameters
    ----------
    height_m : array-like of float
        Height H of the lens above ground.
    tilt_deg : array-like of float
        Angle t of the optical axis below the horizon.
    vfov_deg : array-like of float
        Vertical field of view.

    Returns
    -------
    near_m, far_m : ndarrays of float
        Near is 0 where the picture takes in the foot of the mount; a limit is infinite where its edge
        points at the horizon or above, so that ground is met nowhere.
    """
    height, half = _floats(height_m), _floats(vfov_deg) / 2.0
    return _meets_ground_m(height, _floats(tilt_deg) + half), _meets_ground_m(
        height, _floats(tilt_deg) - half
    )


def _meets_ground_m(height: Floats, below_horizon_deg: Floats) -> Floats:
    reaches = (below_horizon_deg > 0.0) & (below_horizon_deg < 90.0)
    with np.errstate(over="ignore"):
        met = height / np.tan(np.radians(np.where(reaches, below_horizon_deg, 45.0)))
    return np.where(reaches, met, np.where(below_horizon_deg >= 90.0, 0.0, np.inf))


def _cos(angle_deg: ArrayLike) -> Floats:
    return np.cos(np.radians(_floats(angle_deg)))


def _floats(values: ArrayLike) -> Floats:
    return np.asarray(values, dtype=np.float64)
