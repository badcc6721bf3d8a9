"""Star-shaped outlines around a camera, compared by bearing: areas and differences without overlaying polygons.

Both outlines are told by their distance from the camera at each bearing. Straight sides are
1/r = a·cos t + b·sin t, beyond the range it is the arc. So areas and the area between two outlines are sums
over the bearings of their corners: no clipping of polygons takes part, and arcs are arcs.
"""

from __future__ import annotations

import math
from typing import Any, Final, NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# The engine draws the arc at the range with chords of at most a degree.
_CHORD_RAD: Final = math.radians(1.0) * (1.0 + 1e-6)
_ON_THE_ARC: Final = 1e-9

# A side that fills less than this is radial.
_RADIAL_RAD: Final = 1e-13


class Star(NamedTuple):
    """An outline by its sides, in the order of their bearings; the form of an arc is NaN."""

    from_rad: Floats
    a: Floats
    b: Floats


def star_of_corners(corners: Floats) -> Star:
    """Return the outline of a polygon's corners (n, 2), relative to the camera and counter-clockwise."""
    return _star(corners, np.roll(corners, -1, axis=0), math.inf)


def star_of_ground(ground: Any, x: float, y: float, range_m: float) -> Star:
    """Return the outline of ground in view all round a camera, as the engine draws it.

    Raises
    ------
    ValueError
        Where the ground is not star-shaped around the camera.
    """
    starts, ends = [], []
    for polygon in shapely.get_parts(shapely.orient_polygons(ground)):
        for ring in shapely.get_rings(polygon):
            points = shapely.get_coordinates(ring) - (x, y)
            starts.append(points[:-1])
            ends.append(points[1:])
    return _star(np.vstack(starts), np.vstack(ends), range_m)


def compare(one: Star, other: Star, range_m: float) -> tuple[float, float, float]:
    """Return the areas of two outlines cut to a range, and that of their symmetric difference, in m²."""
    t = np.unique(np.concatenate([_breaks(one, range_m), _breaks(other, range_m), [-math.pi, math.pi]]))
    t0, t1 = t[:-1], t[1:]
    middle = (t0 + t1) / 2.0
    forms = [_forms_at(star, middle, range_m) for star in (one, other)]
    areas = [_areas(form, t0, t1, range_m) for form in forms]
    inverse = [(_inverse(form, t0, range_m), _inverse(form, t1, range_m)) for form in forms]
    first, last = inverse[0][0] - inverse[1][0], inverse[0][1] - inverse[1][1]
    between = np.abs(areas[0] - areas[1])
    # Where two straight sides cross on the way, each half counts by itself.
    straight = ~np.isnan(forms[0][:, 0] + forms[1][:, 0])
    for k in np.flatnonzero(straight & (first * last < 0.0)):
        (a0, b0), (a1, b1) = forms[0][k], forms[1][k]
        root = math.atan2(a1 - a0, b0 - b1)
        root += math.pi * round((middle[k] - root) / math.pi)
        root = min(max(root, t0[k]), t1[k])
        halves = np.array([t0[k], root]), np.array([root, t1[k]])
        both = [_areas(np.repeat(form[k : k + 1], 2, axis=0), *halves, range_m) for form in forms]
        between[k] = np.abs(both[0] - both[1]).sum()
    return float(areas[0].sum()), float(areas[1].sum()), float(between.sum())


def _star(start: Floats, end: Floats, range_m: float) -> Star:
    cross = start[:, 0] * end[:, 1] - start[:, 1] * end[:, 0]
    span = np.arctan2(cross, (start * end).sum(axis=1))
    if (span < -1e-6).any():
        raise ValueError("the outline is not star-shaped around the camera")
    real = span > _RADIAL_RAD
    p, q, cross, span = start[real], end[real], cross[real], span[real]
    a, b = (q[:, 1] - p[:, 1]) / cross, (p[:, 0] - q[:, 0]) / cross
    far = np.maximum(np.abs(np.hypot(*p.T) / range_m - 1.0), np.abs(np.hypot(*q.T) / range_m - 1.0))
    arc = (far < _ON_THE_ARC) & (span <= _CHORD_RAD)
    from_rad = np.arctan2(p[:, 1], p[:, 0])
    order = np.argsort(from_rad)
    return Star(from_rad[order], np.where(arc, np.nan, a)[order], np.where(arc, np.nan, b)[order])


def _breaks(star: Star, range_m: float) -> Floats:
    """Return the bearings where sides begin, and where their lines cross the range."""
    nearest = np.hypot(star.a, star.b)
    with np.errstate(invalid="ignore"):
        reaches = nearest * range_m > 1.0
    foot = np.arctan2(star.b[reaches], star.a[reaches])
    half = np.arccos(1.0 / (nearest[reaches] * range_m))
    crossing = np.concatenate([foot - half, foot + half])
    return np.concatenate([star.from_rad, np.mod(crossing + math.pi, 2.0 * math.pi) - math.pi])


def _forms_at(star: Star, t: Floats, range_m: float) -> Floats:
    """Return the form (n, 2) at each bearing; NaN where the outline lies beyond the range."""
    side = np.searchsorted(star.from_rad, t, side="right") - 1  # −1 is the last one, which comes round
    forms = np.column_stack([star.a[side], star.b[side]])
    with np.errstate(invalid="ignore"):
        beyond = (forms[:, 0] * np.cos(t) + forms[:, 1] * np.sin(t)) * range_m < 1.0
    forms[beyond] = np.nan
    return forms


def _inverse(forms: Floats, t: Floats, range_m: float) -> Floats:
    value = forms[:, 0] * np.cos(t) + forms[:, 1] * np.sin(t)
    return np.where(np.isnan(value), 1.0 / range_m, value)


def _areas(forms: Floats, t0: Floats, t1: Floats, range_m: float) -> Floats:
    arc = 0.5 * range_m**2 * (t1 - t0)
    triangle = 0.5 * np.sin(t1 - t0) / (_inverse(forms, t0, range_m) * _inverse(forms, t1, range_m))
    return np.where(np.isnan(forms[:, 0]), arc, triangle)
