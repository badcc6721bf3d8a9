"""From places to pixels: the pinhole's picture, and the unrolled picture of a lens that looks all round.

Everything to be drawn lies in a plane: a wall, a roof, the ground. A plane's window is what the picture takes in of
it, a convex polygon in the plane's own two coordinates. What lies within the window is then taken to pixels,
straight lines to straight lines for a pinhole (R. Hartley, A. Zisserman, *Multiple View Geometry in Computer
Vision*, 2nd ed. 2004, § 6.1). From 180° on, and where the direction is unknown, the picture is unrolled: the same
number of pixels for each degree of bearing and of height, in which straight lines are curves; they are followed in
small steps of angle.

Pixels count from the upper left corner of the picture, to the right and down.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# A curve is followed in steps of this angle: off by 0.1 px at most in a picture of 20,000 px all round.
_STEP_RAD: Final = math.radians(0.5)

# Nearer than this to straight below the lens a place has no bearing, in radians.
_FOOT_RAD: Final = 1e-6


class Plane(NamedTuple):
    """A plane in which something lies; its points are origin + s·first + t·second.

    Parameters
    ----------
    origin, first, second : tuples of three floats
        East, north and up, in metres, from the lens.
    box : tuple of four floats
        Bounds of s and t that hold all that lies in it: s, t least, s, t most.
    """

    origin: tuple[float, float, float]
    first: tuple[float, float, float]
    second: tuple[float, float, float]
    box: tuple[float, float, float, float]

    def points(self, at: Floats) -> Floats:
        """Return the places (n, 3) of points (n, 2) in the plane."""
        axes = np.array([self.first, self.second])
        return np.asarray(np.array(self.origin) + at @ axes)


@dataclass(frozen=True)
class Pinhole:
    """The picture of a lens below 180°.

    Parameters
    ----------
    azimuth_rad : float
        Of the axis, clockwise from grid north.
    tilt_rad : float
        Of the axis, below the horizon.
    focal_px, width_px, height_px : float
    """

    azimuth_rad: float
    tilt_rad: float
    focal_px: float
    width_px: float
    height_px: float

    @property
    def axes(self) -> Floats:
        """Ahead, right and up of the picture as unit vectors (east, north, up)."""
        sin_a, cos_a = math.sin(self.azimuth_rad), math.cos(self.azimuth_rad)
        sin_t, cos_t = math.sin(self.tilt_rad), math.cos(self.tilt_rad)
        return np.array(
            [
                [sin_a * cos_t, cos_a * cos_t, -sin_t],
                [cos_a, -sin_a, 0.0],
                [sin_a * sin_t, cos_a * sin_t, cos_t],
            ]
        )

    def cut(self, plane: Plane, shapes: NDArray[np.object_]) -> NDArray[np.object_]:
        """Return what the picture takes in of shapes in a plane, in the plane."""
        return np.asarray(shapely.intersection(shapes, _window(plane, self._sides())), dtype=object)

    def project(self, plane: Plane, shapes: NDArray[np.object_]) -> NDArray[np.object_]:
        """Return shapes in a plane as they stand in the picture; what is out of it is empty."""
        inside = self.cut(plane, shapes)
        drawn = shapely.transform(inside, lambda at: self.pixels(plane.points(at)))
        # A notch as thin as rounding may have crossed itself on the way.
        return np.asarray(np.where(shapely.is_valid(drawn), drawn, shapely.make_valid(drawn)), dtype=object)

    def trace(self, plane: Plane, lines: Any) -> Any:
        """Return lines in a plane as they stand in the picture."""
        inside = lines_only(shapely.intersection(lines, _window(plane, self._sides())))
        return shapely.transform(inside, lambda at: self.pixels(plane.points(at)))

    def pixels(self, places: Floats) -> Floats:
        """Return the pixels (n, 2) of places (n, 3) before the lens, in metres from it."""
        depth, right, up = self.axes @ places.T
        return np.column_stack(
            [
                self.width_px / 2.0 + self.focal_px * right / depth,
                self.height_px / 2.0 - self.focal_px * up / depth,
            ]
        )

    def bearing_x(self, off_rad: float) -> float:
        """Return where at the upper edge of the picture a bearing stands; NaN where it does not."""
        rise = self.height_px / 2.0 / self.focal_px
        stretch = math.cos(self.tilt_rad) + rise * math.sin(self.tilt_rad)
        ahead = abs(off_rad) < math.pi / 2.0 - 1e-9 and stretch > 0.0
        return self.width_px / 2.0 + self.focal_px * math.tan(off_rad) * stretch if ahead else math.nan

    @property
    def horizon_px(self) -> float:
        """How far down the horizon lies, a level line in the picture or beyond its edges."""
        if abs(self.tilt_rad) >= math.pi / 2.0 - 1e-9:
            return math.copysign(math.inf, -self.tilt_rad)
        return self.height_px / 2.0 - self.focal_px * math.tan(self.tilt_rad)

    def _sides(self) -> Floats:
        """Return the normals (4, 3) of the planes through lens and edges of the picture, pointing inwards."""
        ahead, right, up = self.axes
        w, h = self.width_px / 2.0 * ahead, self.height_px / 2.0 * ahead
        return np.array([w + self.focal_px * right, w - self.focal_px * right,
                         h + self.focal_px * up, h - self.focal_px * up])  # fmt: skip


@dataclass(frozen=True)
class Panorama:
    """The unrolled picture: bearings to the right, heights above the horizon up, in equal degrees.

    Parameters
    ----------
    azimuth_rad : float
        Bearing of its middle, clockwise from grid north.
    tilt_rad : float
        Of its middle, below the horizon.
    focal_px : float
        Pixels for each radian.
    width_px, height_px : float
    """

    azimuth_rad: float
    tilt_rad: float
    focal_px: float
    width_px: float
    height_px: float

    def cut(self, plane: Plane, shapes: NDArray[np.object_]) -> NDArray[np.object_]:
        """Return shapes as they are: the upper and lower edge of the picture are no straight lines in a plane."""
        del plane
        return shapes

    def project(self, plane: Plane, shapes: NDArray[np.object_]) -> NDArray[np.object_]:
        """Return shapes in a plane as they stand in the picture; what is out of it is empty."""
        frame = shapely.box(0.0, 0.0, self.width_px, self.height_px)
        parts = []
        for quarter in range(4):
            middle = (quarter - 1.5) * math.pi / 2.0
            window = _window(plane, self._quarter(middle))
            inside = shapely.intersection(shapes, window)
            parts.append([self._unrolled(plane, shape, middle) for shape in inside])
        joined = [shapely.union_all(list(four)) for four in zip(*parts, strict=True)]
        return np.asarray(shapely.intersection(np.array(joined, dtype=object), frame), dtype=object)

    def trace(self, plane: Plane, lines: Any) -> Any:
        """Return lines in a plane as they stand in the picture."""
        frame = shapely.box(0.0, 0.0, self.width_px, self.height_px)
        found = []
        for quarter in range(4):
            middle = (quarter - 1.5) * math.pi / 2.0
            inside = lines_only(shapely.intersection(lines, _window(plane, self._quarter(middle))))
            for line in shapely.get_parts(inside):
                rays = _followed(_unit(plane.points(shapely.get_coordinates(line))))
                found.append(shapely.LineString(self._pixels(*self._angles(rays, middle))))
        return lines_only(shapely.intersection(shapely.MultiLineString(found), frame))

    def bearing_x(self, off_rad: float) -> float:
        """Return where a bearing stands in the picture; NaN where it does not."""
        x = self.width_px / 2.0 + self.focal_px * off_rad
        return x if -1e-6 <= x <= self.width_px + 1e-6 else math.nan

    @property
    def horizon_px(self) -> float:
        """How far down the horizon lies."""
        return self.height_px / 2.0 - self.focal_px * self.tilt_rad

    def _quarter(self, middle_rad: float) -> Floats:
        """Return the normals (2, 3) of the upright planes around a quarter of the circle, pointing inwards."""
        sides = [self.azimuth_rad + middle_rad + side for side in (math.pi / 4.0, -math.pi / 4.0)]
        return np.array([[math.sin(at), math.cos(at), 0.0] for at in sides])

    def _unrolled(self, plane: Plane, shape: Any, middle_rad: float) -> Any:
        polygons = [
            part for part in shapely.get_parts(shape) if part.geom_type == "Polygon" and part.area > 0.0
        ]
        found = [
            shapely.Polygon(*_rings(part, lambda at: self._curve(plane.points(at), middle_rad)))
            for part in polygons
        ]
        return shapely.union_all([shapely.make_valid(each) for each in found])

    def _curve(self, corners: Floats, middle_rad: float) -> Floats:
        """Return the pixels of a closed outline, its straight edges followed in small steps."""
        rays = _followed(_unit(corners))
        off, height = self._angles(rays, middle_rad)
        foot = np.hypot(rays[:, 0], rays[:, 1]) < _FOOT_RAD
        return self._pixels(*_beside_the_foot(off, height, foot))

    def _angles(self, rays: Floats, middle_rad: float) -> tuple[Floats, Floats]:
        """Return bearings from the middle of the picture, and heights above the horizon, of unit rays."""
        grid = np.arctan2(rays[:, 0], rays[:, 1]) - self.azimuth_rad - middle_rad
        off = middle_rad + (grid + math.pi) % (2.0 * math.pi) - math.pi
        return off, np.arctan2(rays[:, 2], np.hypot(rays[:, 0], rays[:, 1]))

    def _pixels(self, off_rad: Floats, height_rad: Floats) -> Floats:
        return np.column_stack(
            [
                self.width_px / 2.0 + self.focal_px * off_rad,
                self.height_px / 2.0 - self.focal_px * (height_rad + self.tilt_rad),
            ]
        )


Projection = Pinhole | Panorama


def _window(plane: Plane, normals: Floats) -> Any:
    """Return the part of a plane's box on the inner side of planes through the lens, a convex polygon."""
    s0, t0, s1, t1 = plane.box
    corners = [(s0, t0), (s1, t0), (s1, t1), (s0, t1)]
    for normal in normals:
        at, along, across = (float(normal @ np.array(v)) for v in (plane.origin, plane.first, plane.second))
        corners = _clipped(corners, at, along, across)
    return shapely.Polygon(corners) if len(corners) > 2 else shapely.Polygon()


def _clipped(
    corners: Sequence[tuple[float, float]], at: float, along: float, across: float
) -> list[tuple[float, float]]:
    """Return a convex outline's part where at + s·along + t·across is not negative."""
    kept: list[tuple[float, float]] = []
    sides = [at + s * along + t * across for s, t in corners]
    for k, (s, t) in enumerate(corners):
        before, here = sides[k - 1], sides[k]
        if (before < 0.0) != (here < 0.0):
            share = before / (before - here)
            ps, pt = corners[k - 1]
            kept.append((ps + share * (s - ps), pt + share * (t - pt)))
        if here >= 0.0:
            kept.append((s, t))
    return kept


def _rings(polygon: Any, take: Any) -> tuple[Floats, list[Floats]]:
    outer, *holes = (take(shapely.get_coordinates(ring)) for ring in (polygon.exterior, *polygon.interiors))
    return outer, holes


def lines_only(shape: Any) -> Any:
    """Return the lines of any geometry as one."""
    parts = shapely.get_parts(shape)
    return shapely.MultiLineString([p for p in parts if p.geom_type == "LineString" and not p.is_empty])


def _unit(places: Floats) -> Floats:
    return np.asarray(places / np.linalg.norm(places, axis=1)[:, None])


def _followed(rays: Floats) -> Floats:
    """Return unit rays with others put between them along great circles, none further apart than the step."""
    first, last = rays[:-1], rays[1:]
    angle = np.arctan2(np.linalg.norm(np.cross(first, last), axis=1), (first * last).sum(axis=1))
    n = np.maximum(np.ceil(angle / _STEP_RAD), 1).astype(np.int64)
    edge = np.repeat(np.arange(len(n)), n)
    share = (np.arange(n.sum()) - np.repeat(np.cumsum(n) - n, n)) / n[edge]
    whole = np.maximum(np.sin(angle), 1e-300)[edge]
    start = np.where(angle[edge] < 1e-12, 1.0 - share, np.sin((1.0 - share) * angle[edge]) / whole)
    end = np.where(angle[edge] < 1e-12, share, np.sin(share * angle[edge]) / whole)
    return np.vstack([start[:, None] * first[edge] + end[:, None] * last[edge], rays[-1:]])


def _beside_the_foot(off: Floats, height: Floats, foot: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """Give the place straight below the lens the bearings of both its neighbours: there it is a whole line."""
    if not foot.any():
        return off, height
    ring = np.arange(len(off) - 1)  # closed: the last point is the first again
    clear = ring[~foot[:-1]]
    if not len(clear):
        return off, height
    rows: list[tuple[float, float]] = []
    for k in ring:
        if not foot[k]:
            rows.append((off[k], height[k]))
            continue
        before, after = clear[clear < k], clear[clear > k]
        beside = (before[-1] if len(before) else clear[-1], after[0] if len(after) else clear[0])
        rows += [(off[side], height[k]) for side in beside]
    found = np.array([*rows, rows[0]])
    return found[:, 0], found[:, 1]
