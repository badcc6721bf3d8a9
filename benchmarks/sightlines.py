"""Points around the cameras of a scene, asked of lines of sight and of the tables that the engine publishes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Final, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.random import Generator
from numpy.typing import NDArray
from tests.views.oracle import Town, in_picture

from benchmarks.scenes import Subject
from visavis.cameras import CAMERAS
from visavis.spaces import SPACES
from visavis.views import see
from visavis.views.placing import settle
from visavis.views.scene import Scene

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

RANGE_M: Final = 100.0

# How much houses are grown and shrunk. Gaps of up to 10 cm are closed by rule; grown houses close them too.
GROWN_M: Final = 0.12
SHRUNK_M: Final = 0.02

# The same for the edges of a picture. The turn of the grid against true north, which in these scenes is below
# 5e-4, falls within it.
PICTURE_RAD: Final = 3e-3

# A point counts as outside of what is told when it lies this far out of it, or in it.
STRIP_M: Final = 1e-3
GROUND_M: Final = 0.02

# A wall whose plane passes closer than this by the lens shows nothing by rule; which of two houses shows a wall
# where they stand this close is a matter of rule too.
_EDGE_ON_M: Final = 0.5
_BESIDE_M: Final = 0.25

_EXAMPLES: Final = 5


@dataclass
class Tally:
    """How many points were asked, what straight lines claim of them, and for how many the engine says else."""

    points: int = 0
    facade_points: int = 0
    must: int = 0
    must_not: int = 0
    outside: int = 0
    examples: list[str] = field(default_factory=list)


def tally(subject: Subject, points: int, *, seed: int, ahead: bool) -> Tally:
    """Ask about as many points, half on façades and half on the ground, evenly over the cameras.

    Parameters
    ----------
    subject : Subject
    points : int
    seed : int
        Of the points, and of the direction and picture of cameras that have none.
    ahead : bool
        All cameras look one way, with a pinhole's picture, tilted as it may be; else all look all round, up
        and down without limit.
    """
    random = np.random.default_rng(seed)
    surely = replace(subject, spaces=subject.spaces.assign(height_sd_m=0.0))
    world = _World.of(surely)
    cameras = _sure_cameras(surely, random, ahead=ahead)
    seen = see(cameras, surely.scene, SPACES.empty(crs=surely.spaces.crs), draws=1, max_range_m=RANGE_M)
    strips = dict(iter(seen.facade_strips.groupby("camera_id")))
    views = dict(iter(seen.views.groupby("camera_id")))
    told, hung = Tally(), list(_hung(cameras, surely.scene))
    for k, (camera, lens) in enumerate(hung):
        share = (points - told.points) // (len(hung) - k)
        asked = world.points_around(lens, share, _wedge(camera, ahead=ahead), random)
        must, must_not = world.claims(camera, lens, asked, ahead=ahead)
        out, inside = _told(asked, strips.get(camera.camera_id), views.get(camera.camera_id), world)
        wrong = (must & out) | (must_not & inside)
        told.points += len(asked.points)
        told.facade_points += int((asked.house >= 0).sum())
        told.must += int(must.sum())
        told.must_not += int(must_not.sum())
        told.outside += int(wrong.sum())
        if wrong.any() and len(told.examples) < _EXAMPLES:
            n = int(wrong.argmax())
            told.examples.append(world.example(camera, lens, asked, n, bool(must[n])))
    return told


class _Asked(NamedTuple):
    """Points (n, 3) in metres, and the house on whose wall each lies, −1 for the ground."""

    points: Floats
    house: Ints


class _Wedge(NamedTuple):
    """Where points are asked around a lens: bearings counter-clockwise from grid east, to either side."""

    axis_rad: float
    half_rad: float


@dataclass(frozen=True)
class _World:
    """Solid footprints, straight from the table of spaces, and their edges with outward normals."""

    ids: NDArray[np.object_]
    height_m: Floats
    base_m: Floats
    tree: Any
    grown: Town
    shrunk: Town
    start: Floats
    end: Floats
    out: Floats
    house: Ints
    edge_tree: Any

    @classmethod
    def of_spaces(cls, solid: gpd.GeoDataFrame) -> _World:
        shapes = shapely.orient_polygons(solid.geometry.to_numpy())
        rings, of_part = shapely.get_rings(shapely.get_parts(shapes), return_index=True)
        of_shape = shapely.get_parts(shapes, return_index=True)[1]
        points, of_ring = shapely.get_coordinates(rings, return_index=True)
        pair = np.flatnonzero(of_ring[1:] == of_ring[:-1])
        start, end = points[pair], points[pair + 1]
        length = np.hypot(*(end - start).T)
        long = length > 0.3
        start, end, length = start[long], end[long], length[long]
        out = np.column_stack([end[:, 1] - start[:, 1], start[:, 0] - end[:, 0]]) / length[:, None]
        lines = np.asarray(shapely.linestrings(np.stack([start, end], axis=1)), dtype=object)
        return cls(
            ids=solid["building_id"].to_numpy(object),
            height_m=solid["height_m"].to_numpy(float),
            base_m=solid["base_m"].to_numpy(float),
            tree=shapely.STRtree(solid.geometry.to_numpy()),
            grown=Town(solid, GROWN_M),
            shrunk=Town(solid, -SHRUNK_M),
            start=start,
            end=end,
            out=out,
            house=of_shape[of_part[of_ring[pair[long]]]],
            edge_tree=shapely.STRtree(lines),
        )

    @classmethod
    def of(cls, subject: Subject) -> _World:
        spaces = subject.spaces
        solid = spaces[(spaces["height_m"] > 0.0) & spaces.geom_type.isin(["Polygon", "MultiPolygon"])]
        whole = [_areas_of(shape) for shape in shapely.make_valid(solid.geometry.to_numpy())]
        solid = solid.set_geometry(gpd.GeoSeries(whole, index=solid.index, crs=solid.crs))
        return cls.of_spaces(solid.reset_index(drop=True))

    def points_around(self, lens: Floats, n: int, wedge: _Wedge, random: Generator) -> _Asked:
        """Return points on façades that face a lens, and as many on the ground; fewer where few face it."""
        walls, houses = self._on_facades(lens, n // 2, wedge, random)
        radius = np.sqrt(random.uniform(0.25, (RANGE_M - 1.0) ** 2 - lens[2] ** 2, n - len(walls)))
        angle = wedge.axis_rad + random.uniform(-wedge.half_rad, wedge.half_rad, len(radius))
        ground = np.column_stack(
            [lens[0] + radius * np.cos(angle), lens[1] + radius * np.sin(angle), np.zeros(len(radius))]
        )
        return _Asked(np.vstack([walls, ground]), np.concatenate([houses, np.full(len(ground), -1)]))

    def _on_facades(self, lens: Floats, n: int, wedge: _Wedge, random: Generator) -> tuple[Floats, Ints]:
        near = self.edge_tree.query(shapely.Point(lens[:2]), predicate="dwithin", distance=RANGE_M)
        faces = ((lens[:2] - self.start[near]) * self.out[near]).sum(axis=1) > _EDGE_ON_M
        near = near[faces & (self.height_m[self.house[near]] - self.base_m[self.house[near]] > 0.4)]
        if not len(near):
            return np.empty((0, 3)), np.empty(0, np.int64)
        length = np.hypot(*(self.end[near] - self.start[near]).T)
        # More than are needed: some will lie out of range, aside, or where houses nearly touch.
        edge = near[random.choice(len(near), 16 * n, p=length / length.sum())]
        house, long = self.house[edge], np.hypot(*(self.end[edge] - self.start[edge]).T)
        along = random.uniform(0.1 / long, 1.0 - 0.1 / long)
        at = self.start[edge] + (self.end[edge] - self.start[edge]) * along[:, None]
        z = random.uniform(self.base_m[house] + 0.1, self.height_m[house] - 0.1)
        points = np.column_stack([at, z])
        aside = np.arctan2(at[:, 1] - lens[1], at[:, 0] - lens[0]) - wedge.axis_rad
        aside = np.abs(np.mod(aside + np.pi, 2.0 * np.pi) - np.pi)
        fine = (np.linalg.norm(points - lens, axis=1) < RANGE_M - 0.1) & (aside <= wedge.half_rad)
        points, house = points[fine][: 2 * n], house[fine][: 2 * n]
        clear = ~self._beside_another(points[:, :2], house)
        return points[clear][:n], house[clear][:n]

    def _beside_another(self, at: Floats, house: Ints) -> Flags:
        """Return which places on walls have another house so near that the two may count as touching."""
        points = np.asarray(shapely.points(at), dtype=object)
        point, other = self.tree.query(points, predicate="dwithin", distance=_BESIDE_M)
        off = shapely.distance(points[point], self.tree.geometries[other])
        beside = np.zeros(len(at), dtype=bool)
        beside[point[(other != house[point]) & (off > 1e-6)]] = True
        return beside

    def claims(self, camera: Any, lens: Floats, asked: _Asked, *, ahead: bool) -> tuple[Flags, Flags]:
        """Return which points must be in view, and which must not be."""
        drawn = 2.0 * GROWN_M
        must = ~self.grown.hides(lens, asked.points, asked.house, drawn_within_m=drawn)
        must_not = self.shrunk.hides(lens, asked.points, asked.house, drawn_within_m=drawn)
        if ahead:
            must &= in_picture(camera, lens, asked.points, PICTURE_RAD)
            must_not |= ~in_picture(camera, lens, asked.points, -PICTURE_RAD)
        return must, must_not

    def example(self, camera: Any, lens: Floats, asked: _Asked, n: int, must: bool) -> str:
        """Return a line about one point that disagrees."""
        where = "ground" if asked.house[n] < 0 else f"façade {self.ids[asked.house[n]]}"
        at, eye = (", ".join(f"{v:.3f}" for v in each) for each in (asked.points[n], lens))
        said = "must be in view" if must else "must be hidden"
        return f"- {camera.camera_id} at ({eye}): {where} at ({at}) {said}"


def _wedge(camera: Any, *, ahead: bool) -> _Wedge:
    """Return all bearings, or those of the picture and some beside it: most points else were never in view."""
    if not ahead:
        return _Wedge(0.0, np.pi)
    return _Wedge(np.radians(90.0 - camera.azimuth_deg), min(0.75 * np.radians(camera.hfov_deg), np.pi))


def _told(asked: _Asked, strips: Any, views: Any, world: _World) -> tuple[Flags, Flags]:
    """Return which points lie clearly out of what the engine told, and which clearly within it."""
    out, inside = np.ones(len(asked.points), dtype=bool), np.zeros(len(asked.points), dtype=bool)
    on_wall = asked.house >= 0
    if strips is not None:
        points, buildings = asked.points[on_wall], world.ids[asked.house[on_wall]]
        out[on_wall] = ~_in_strips(points, buildings, strips, STRIP_M)
        inside[on_wall] = _in_strips(points, buildings, strips, -STRIP_M)
    if views is not None:
        ground = shapely.union_all(views.geometry.to_numpy())
        shapely.prepare(ground)
        points = np.asarray(shapely.points(asked.points[~on_wall, :2]), dtype=object)
        out[~on_wall] = ~shapely.dwithin(points, ground, GROUND_M)
        deep = ~shapely.dwithin(points, shapely.boundary(ground), GROUND_M)
        inside[~on_wall] = shapely.intersects(ground, points) & deep
    return out, inside


def _in_strips(points: Floats, buildings: NDArray[np.object_], strips: pd.DataFrame, margin: float) -> Flags:
    """Return which points on walls lie in a strip of their building that is `margin` larger on all sides."""
    lines = shapely.get_coordinates(strips.geometry.to_numpy()).reshape(-1, 2, 2)
    start, run = lines[:, 0], lines[:, 1] - lines[:, 0]
    length = np.hypot(*run.T)
    unit = run / length[:, None]
    off = points[:, None, :2] - start
    along = (off * unit).sum(axis=2)
    aside = np.abs(off[..., 0] * unit[:, 1] - off[..., 1] * unit[:, 0])
    share = np.clip(along / length, 0.0, 1.0)
    low, high = (
        strips[f"z_{end}_from_m"].to_numpy()
        + share * (strips[f"z_{end}_to_m"] - strips[f"z_{end}_from_m"]).to_numpy()
        for end in ("low", "high")
    )
    z = points[:, 2:]
    holds = (
        (buildings[:, None] == strips["building_id"].to_numpy(object))
        & (aside < abs(STRIP_M))
        & (along >= -margin)
        & (along <= length + margin)
        & (z >= low - margin)
        & (z <= high + margin)
    )
    return np.asarray(holds.any(axis=1))


def _sure_cameras(subject: Subject, random: Generator, *, ahead: bool) -> gpd.GeoDataFrame:
    """Return the scene's cameras without any doubt; their place and height stay."""
    cameras = subject.cameras
    n = len(cameras)
    sure: dict[str, Any] = {
        "position_sd_m": 0.0,
        "height_sd_m": 0.0,
        "tilt_sd_deg": np.nan,
        "focal_log_sd": np.nan,
        "range_m": RANGE_M,
        "pixels": 20_000.0,
        "assumed": None,
    }
    if not ahead:
        all_round: dict[str, Any] = {"kind": "dome", "hfov_deg": 360.0, "vfov_deg": 180.0, "tilt_deg": 0.0}
        return CAMERAS.check(cameras.assign(**sure, **all_round, azimuth_deg=np.nan, azimuth_sd_deg=np.nan))
    has = (cameras["hfov_deg"] < 180.0).to_numpy()
    drawn = {
        "hfov_deg": random.uniform(25.0, 110.0, n),
        "vfov_deg": random.uniform(20.0, 70.0, n),
        "tilt_deg": random.uniform(-10.0, 45.0, n),
    }
    picture: dict[str, Any] = {name: np.where(has, cameras[name], values) for name, values in drawn.items()}
    azimuth = cameras["azimuth_deg"].fillna(pd.Series(random.uniform(0.0, 360.0, n), index=cameras.index))
    return CAMERAS.check(
        cameras.assign(**sure, **picture, kind="fixed", azimuth_deg=azimuth, azimuth_sd_deg=0.0)
    )


def _hung(cameras: gpd.GeoDataFrame, scene: Scene) -> Iterator[tuple[Any, Floats]]:
    """Return each camera that can hang somewhere, and its lens (x, y, z)."""
    for camera in cameras.itertuples(index=False):
        point: Any = camera.geometry
        place = settle(point.x, point.y, float(str(camera.height_m)), scene)
        if not np.isnan(place.moved_m):
            yield camera, np.array([place.x, place.y, float(str(camera.height_m))])


def _areas_of(shape: Any) -> Any:
    """Return the polygons of a repaired shape."""
    parts = shapely.get_parts(shapely.get_parts(shape))
    areas = [part for part in parts if part.geom_type == "Polygon"]
    return areas[0] if len(areas) == 1 else shapely.MultiPolygon(areas)
