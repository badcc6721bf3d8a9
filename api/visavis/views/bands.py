"""Ground in view cut into bands of pixel density."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely

from visavis.cameras.optics import (
    circle_density_px_per_m,
    circle_reach_m,
    density_px_per_m,
    distance_at_density_m,
)
from visavis.model.vocabulary import LEVEL_MIN_PX_PER_M
from visavis.views.lens import Lens
from visavis.views.looks import draws_a_circle
from visavis.views.overlay import common
from visavis.views.walls import Floats

# Circles are drawn with four times as many corners: 1 cm inside at 200 m.
_QUARTER_CORNERS: Final = 90

# Ground smaller than this is rounding.
LEAST_AREA_M2: Final = 0.01

# How many places stand for a band where its probability is counted.
_PLACES: Final = 25


@dataclass(frozen=True)
class Band:
    """Ground in view between two distances from the lens, which is the same level all over."""

    level: str
    px_per_m_least: float
    distance_least_m: float
    distance_most_m: float
    ground: Any


def bands_of(ground: Any, lens: Lens, pixels: float, hfov_deg: float, range_m: float) -> list[Band]:
    """Return the ground cut by level, the finest first, out to the range or to where the lowest level ends.

    Distances are those from the lens, which hangs above the ground; the density is that on a plane square to
    the optical axis at that distance, or in the circle of a fisheye that looks straight down.
    """
    bands = []
    nearest = 0.0
    for level, density in sorted(LEVEL_MIN_PX_PER_M.items(), key=lambda item: -item[1]):
        farthest = min(_distance_at(density, lens, pixels, hfov_deg), range_m)
        part = common(ground, _ring(lens, nearest, farthest))
        if part.area >= LEAST_AREA_M2:
            least = ground_density_px_per_m(farthest, lens, pixels, hfov_deg)
            bands.append(Band(level, least, nearest, farthest, part))
        nearest = farthest
    return bands


def ground_density_px_per_m(distance_m: float, lens: Lens, pixels: float, hfov_deg: float) -> float:
    """Return the pixel density on ground at a distance from the lens."""
    if draws_a_circle(lens, hfov_deg):
        aside = reach_on_ground_m(lens.height_m, distance_m)
        return float(circle_density_px_per_m(pixels, aside, lens.height_m))
    return float(density_px_per_m(pixels, hfov_deg, distance_m))


def _distance_at(density: float, lens: Lens, pixels: float, hfov_deg: float) -> float:
    if draws_a_circle(lens, hfov_deg):
        return math.hypot(circle_reach_m(pixels, lens.height_m, density), lens.height_m)
    return float(distance_at_density_m(pixels, hfov_deg, density))


def reach_on_ground_m(height_m: float, distance_m: float) -> float:
    """Return how far off in plan ground lies at a distance from the lens; 0 where none lies so near."""
    return math.sqrt(max(distance_m * distance_m - height_m * height_m, 0.0))


def places_in(shape: Any) -> Floats:
    """Return places spread evenly over a polygon, (n, 2): always the same ones.

    M. Roberts, *The unreasonable effectiveness of quasirandom sequences*, 2018: multiples of the powers of the
    plastic number's inverse.
    """
    west, south, east, north = shape.bounds
    shapely.prepare(shape)
    plastic = 1.32471795724474602596
    for tries in (4 * _PLACES, 32 * _PLACES, 256 * _PLACES):
        k = np.arange(1, tries + 1)[:, None]
        share = (0.5 + k * np.array([1 / plastic, 1 / plastic**2])) % 1.0
        points = np.array([west, south]) + share * np.array([east - west, north - south])
        inside = points[shapely.contains_xy(shape, points[:, 0], points[:, 1])]
        if len(inside) >= _PLACES:
            return np.asarray(inside[:_PLACES])
    if len(inside):
        return np.asarray(inside)
    return np.asarray(shapely.get_coordinates(shape.representative_point()))


def _ring(lens: Lens, nearest_m: float, farthest_m: float) -> Any:
    outer = reach_on_ground_m(lens.height_m, farthest_m)
    inner = reach_on_ground_m(lens.height_m, nearest_m)
    foot = shapely.Point(lens.x, lens.y)
    disc = foot.buffer(outer, quad_segs=_QUARTER_CORNERS) if outer > 0.0 else shapely.Polygon()
    return disc.difference(foot.buffer(inner, quad_segs=_QUARTER_CORNERS)) if inner > 0.0 else disc
