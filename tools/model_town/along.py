"""Shapes that are measured along a line, as a surveyor sets out plots along a street."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from scipy.interpolate import make_interp_spline

from tools.model_town.town import Point

STEP_M = 6.0
# Middle lines are kept to 5 cm.
KEPT_M = 0.05


def curve(points: Sequence[Point]) -> shapely.LineString:
    """Return a smooth line through points: a quadratic or cubic spline over the length of their chords."""
    through = np.array(points, float)
    length = np.r_[0.0, np.cumsum(np.hypot(*np.diff(through, axis=0).T))]
    spline = make_interp_spline(length, through, k=min(3, len(points) - 1))
    steps = np.linspace(0.0, length[-1], int(length[-1] / STEP_M) + 2)
    return shapely.LineString(shapely.LineString(spline(steps)).simplify(KEPT_M).coords)


def beside(line: shapely.LineString, at: float, aside: float) -> Point:
    """Return the place `at` metres along a line and `aside` metres to its left."""
    reach = 3.0
    here = line.interpolate(at)
    before, there = line.interpolate(max(at - reach, 0.0)), line.interpolate(min(at + reach, line.length))
    dx, dy = there.x - before.x, there.y - before.y
    size = float(np.hypot(dx, dy))
    return here.x - aside * dy / size, here.y + aside * dx / size


def strip(line: shapely.LineString, start: float, end: float, near: float, far: float) -> shapely.Polygon:
    """Return the land from `start` to `end` along a line, from `near` to `far` to its left."""
    stops = np.linspace(start, end, max(2, int(abs(end - start) / 12.0) + 1))
    front = [beside(line, float(at), near) for at in stops]
    back = [beside(line, float(at), far) for at in stops[::-1]]
    return shapely.Polygon(front + back)


def square_to(
    line: shapely.LineString, at: float, aside: float, width: float, depth: float
) -> shapely.Polygon:
    """Return a rectangle whose front, `width` long, lies `aside` to the left of a line; behind it is its depth."""
    (x0, y0), (x1, y1) = beside(line, at, aside), beside(line, at, aside + np.sign(aside) * depth)
    dx, dy = (x1 - x0) / depth * width / 2, (y1 - y0) / depth * width / 2
    return shapely.Polygon([(x0 - dy, y0 + dx), (x0 + dy, y0 - dx), (x1 + dy, y1 - dx), (x1 - dy, y1 + dx)])


def box(x0: float, y0: float, x1: float, y1: float, turn: float = 0.0) -> shapely.Polygon:
    """Return a rectangle, turned anticlockwise about its middle by degrees."""
    return shapely.affinity.rotate(shapely.box(x0, y0, x1, y1, ccw=True), turn)


def merged(*shapes: shapely.Geometry) -> shapely.Polygon:
    """Return shapes as one, to a millimetre; the largest part where they don't touch."""
    parts = shapely.get_parts(shapely.union_all(shapes, grid_size=0.001))
    largest: shapely.Polygon = max(parts, key=lambda part: float(part.area))
    return largest
