"""From a camera and its scene to its picture: polygons in pixels, each with what it is and how sharply it is seen."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

import geopandas as gpd
import numpy as np
import shapely

from visavis.cameras.optics import PINHOLE_BELOW_DEG, focal_length_px
from visavis.model.vocabulary import PRIVATE_SPACE_KINDS
from visavis.pictures.outlook import Outlook, foot_of, look_out
from visavis.pictures.overlay import common, joined, without
from visavis.pictures.projecting import Panorama, Pinhole, Projection, lines_only
from visavis.pictures.surfaces import Part, Thing, Uses, facade_parts, ground_parts, level_plane, wall_plane
from visavis.views.scene import Scene
from visavis.views.targets import Targets
from visavis.views.walls import NOTHING

# How far the picture is computed, beyond the range of detail: what stands there still fills the picture.
REACH_M: Final = 500.0

# Distances on the ground that are drawn as arcs.
_ARCS_M: Final = (5.0, 10.0, 20.0, 50.0, 100.0, 200.0)

# What can be pointed anywhere is shown no higher than this above all that stands there.
_SKY_DEG: Final = 5.0
_LEAST_SKY_DEG: Final = 15.0
_UNBOUNDED_DEG: Final = 89.0


@dataclass(frozen=True)
class Patch:
    """A part of the picture that is one thing.

    Parameters
    ----------
    what : str
        Kind of space (then a wall, a door, an area); or ``ground``, ``roof``, ``underside`` (of what hangs in
        the air), ``edge_on`` (a wall in line with the lens), ``beyond`` (ground further off than was computed)
        and ``sky``.
    shape : Polygon or MultiPolygon
        In pixels of the sensor, from the upper left corner.
    space_id, building_id, level, told
        As in `visavis.pictures.surfaces.Thing`.
    distance_m, px_per_m : float
        Of its nearest point; NaN where it has none.
    facing_deg : float
        Where a wall faces, clockwise from grid north; NaN for what is no wall.
    """

    what: str
    shape: Any
    space_id: str | None = None
    building_id: str | None = None
    level: str | None = None
    told: bool = False
    distance_m: float = math.nan
    px_per_m: float = math.nan
    facing_deg: float = math.nan

    @property
    def private(self) -> bool:
        return self.what in PRIVATE_SPACE_KINDS


@dataclass(frozen=True)
class Picture:
    """What a camera could see, as its picture would show it.

    Parameters
    ----------
    camera : row of CAMERAS
    mode : str
    projection : Pinhole or Panorama
    undirected : bool
        Nobody knows where it looks: the picture is of the whole circle, of which it shows a part.
    patches : tuple of Patch
        They fill the picture and don't overlap.
    arcs : tuple of (float, LineString or MultiLineString)
        Equal distances on the ground in sight, in metres and in pixels.
    names : dict of str to str
        What to call each building and space that is private: its address, its name or its id.
    convergence_deg : float
        True azimuth + this = grid azimuth.
    range_m, reach_m : float
        How far published views go, and how far the picture was computed.
    buildings, heights_assumed, uses_assumed : int
        Buildings in the picture, and how many of them have a height and a use that a default gave.
    """

    camera: Any
    mode: str
    projection: Projection
    undirected: bool
    patches: tuple[Patch, ...]
    arcs: tuple[tuple[float, Any], ...]
    names: dict[str, str]
    convergence_deg: float
    range_m: float
    reach_m: float
    buildings: int
    heights_assumed: int
    uses_assumed: int

    @property
    def width_px(self) -> float:
        return self.projection.width_px

    @property
    def height_px(self) -> float:
        return self.projection.height_px

    @property
    def unrolled(self) -> bool:
        return isinstance(self.projection, Panorama)


def picture_of(
    camera: Any,
    scene: Scene,
    spaces: gpd.GeoDataFrame,
    *,
    mode: str | None = None,
    reach_m: float = REACH_M,
    max_range_m: float = 200.0,
) -> Picture:
    """Return the picture of a camera as it is given.

    Below 180° the picture is that of a pinhole whose pixels are square. From 180° on it is unrolled: equal degrees of
    bearing to the right and of height upwards. So is the picture of a PTZ's reach, and that of a camera whose
    direction nobody knows: the whole circle, of which its own picture would be a part.

    Walls and ground are those that the views room sees. What remains below the skyline is a roof seen from
    above, or the underside of what hangs in the air seen from below: of the roofs that a line of sight meets going
    down, the highest is the first, and of the undersides that it meets going up, the lowest.

    Parameters
    ----------
    camera : row of CAMERAS, in the CRS of the scene
    scene : Scene
    spaces : GeoDataFrame SPACES
        Those that the scene was made of, in the same CRS.
    mode : str, optional
        ``fixed``, ``now`` or ``reach``; without it what the camera looks at now, or could look at.
    reach_m : float
        How far in plan the picture is computed.
    max_range_m : float
        Where published views end at the latest.

    Raises
    ------
    UsageError
        Where the camera has no such mode.
    InputError
        Where it stands inside a building and can hang nowhere.
    """
    targets, uses = Targets.of(spaces, scene).from_ground(camera.ground_m), Uses.of(spaces)
    scene = scene.from_ground(camera.ground_m)
    outlook = look_out(camera, scene, mode=mode, reach_m=reach_m, max_range_m=max_range_m)
    projection = _projection(camera, outlook, scene)
    parts = [
        *facade_parts(outlook, scene, targets, uses, camera, projection),
        *ground_parts(outlook, targets, uses, camera, projection),
    ]
    seen = _patches(parts, projection)
    rest = without(_frame(projection), joined(patch.shape for patch in seen))
    levels, rest = _levels(outlook, scene, projection, rest)
    walls, rest = _edge_on(outlook, scene, projection, rest)
    banks, rest = _banks(outlook, scene, projection, rest)
    patches = (*seen, *levels, *walls, *banks, *_sky_and_beyond(projection, rest))
    buildings, heights, used = _assumed(patches, spaces)
    return Picture(
        camera=camera,
        mode=outlook.look.mode,
        projection=projection,
        undirected=outlook.look.undirected,
        patches=patches,
        arcs=tuple(_arcs(outlook, projection)),
        names=_names(spaces),
        convergence_deg=outlook.convergence_deg,
        range_m=outlook.range_m,
        reach_m=outlook.reach_m,
        buildings=buildings,
        heights_assumed=heights,
        uses_assumed=used,
    )


def _projection(camera: Any, outlook: Outlook, scene: Scene) -> Projection:
    focal = float(focal_length_px(camera.pixels, camera.hfov_deg))
    directed = not math.isnan(outlook.grid_azimuth_deg)
    azimuth = math.radians(outlook.grid_azimuth_deg if directed else outlook.convergence_deg)
    look = outlook.look
    whole = look.all_round or look.undirected
    if camera.hfov_deg < PINHOLE_BELOW_DEG and not whole:
        height = 2.0 * focal * math.tan(math.radians(camera.vfov_deg) / 2.0)
        return Pinhole(azimuth, math.radians(camera.tilt_deg), focal, float(camera.pixels), height)
    high = outlook.high_deg
    if high > _UNBOUNDED_DEG:
        high = max(_skyline_deg(outlook, scene) + _SKY_DEG, _LEAST_SKY_DEG)
    field = 360.0 if whole else float(camera.hfov_deg)
    low = min(outlook.low_deg, high - 1.0)
    width, height = (focal * math.radians(each) for each in (field, high - low))
    return Panorama(azimuth, -math.radians(high + low) / 2.0, focal, width, height)


def _skyline_deg(outlook: Outlook, scene: Scene) -> float:
    walls = outlook.walls
    ends, length = scene.walls.ends[walls.wall], scene.walls.length_m[walls.wall]
    found = [0.0]
    for at, top in ((walls.from_m, walls.high_m[:, 0]), (walls.to_m, walls.high_m[:, 1])):
        place = ends[:, :2] + (ends[:, 2:] - ends[:, :2]) * (at / length)[:, None]
        off = np.hypot(place[:, 0] - outlook.x, place[:, 1] - outlook.y)
        found.append(float(np.degrees(np.arctan2(top - outlook.height_m, off)).max(initial=0.0)))
    return max(found)


def _patches(parts: Iterable[Part], projection: Projection) -> list[Patch]:
    """Return parts as they stand in the picture, those of one thing joined."""
    things: dict[Thing, list[tuple[Part, Any]]] = {}
    for plane, group in groupby(parts, key=lambda part: part.plane):
        mine = list(group)
        shapes = projection.project(plane, np.array([part.shape for part in mine], dtype=object))
        for part, shape in zip(mine, shapes, strict=True):
            if shape.area > 0.0:
                things.setdefault(part.thing, []).append((part, shape))
    found = []
    for thing, pieces in things.items():
        shape = joined(shape for _, shape in pieces)
        if shape.area <= 0.0:
            continue
        nearest = min((part for part, _ in pieces), key=lambda part: part.distance_m)
        across = nearest.plane.first if thing.edge >= 0 else None
        facing = math.nan if across is None else math.degrees(math.atan2(across[1], -across[0])) % 360.0
        found.append(
            Patch(
                thing.what,
                shape,
                thing.space_id,
                thing.building_id,
                thing.level,
                thing.told,
                nearest.distance_m,
                max(part.px_per_m for part, _ in pieces),
                facing,
            )
        )
    return found


def _levels(outlook: Outlook, scene: Scene, projection: Projection, rest: Any) -> tuple[list[Patch], Any]:
    """Return the roofs and undersides that look out of what remains, as they are met, and what then remains."""
    foot = np.array(outlook.foot)
    here = shapely.Point(foot)
    found = []
    for what, prism, z_m in _by_height(outlook, scene):
        if shapely.distance(here, scene.footprints[prism]) >= outlook.reach_m:
            continue
        open_ = shapely.difference(scene.footprints[prism], _shadows(outlook, scene, z_m))
        from_foot = shapely.transform(open_, lambda at: at - foot)
        whole = projection.project(level_plane(outlook, z_m), np.array([from_foot], dtype=object))[0]
        shape = common(rest, whole)
        if shape.area <= 0.0:
            continue
        rest = without(rest, whole)
        distance = math.hypot(shapely.distance(here, scene.footprints[prism]), outlook.height_m - z_m)
        building = str(scene.building_ids[scene.building[prism]])
        found.append(Patch(what, shape, building_id=building, distance_m=distance))
    return found, rest


def _by_height(outlook: Outlook, scene: Scene) -> Iterator[tuple[str, int, float]]:
    """Yield roofs below the lens from above, then undersides above it from below: prism and height."""
    for what, z_m, order in (
        ("roof", scene.roof_m, -scene.roof_m),
        ("underside", scene.base_m, scene.base_m),
    ):
        on_its_side = z_m < outlook.height_m if what == "roof" else z_m > outlook.height_m
        prisms = np.flatnonzero(on_its_side)
        for prism in prisms[np.argsort(order[prisms], kind="stable")].tolist():
            yield what, prism, float(z_m[prism])


def _shadows(outlook: Outlook, scene: Scene, z_m: float) -> Any:
    """Return what walls in line with the lens hide of a level plane; of all others the engine has told."""
    lens = np.array(outlook.foot)
    found = []
    for wall, foot in zip(outlook.edge_on.tolist(), foot_of(outlook.edge_on, scene).tolist(), strict=True):
        start, end = scene.walls.ends[wall].reshape(2, 2)
        nearest = max(shapely.distance(shapely.Point(lens), shapely.LineString([start, end])), 1e-3)
        far = 2.0 * outlook.reach_m / nearest
        top = float(scene.roof_m[scene.walls.prism[wall]])
        times = sorted(_times(bound - outlook.height_m, z_m - outlook.height_m, far) for bound in (foot, top))
        near, far = max(times[0], 1.0), times[1]
        if far > near:
            rows = [lens + times * (at - lens) for times in (near, far) for at in (start, end)]
            found.append(shapely.Polygon([rows[0], rows[1], rows[3], rows[2]]))
    return shapely.union_all([shapely.make_valid(each) for each in found])


def _times(bound_m: float, z_m: float, far: float) -> float:
    """Return how many times as far as a bound a line of sight over it meets a plane; both heights from the lens."""
    return min(z_m / bound_m, far) if bound_m * z_m > 0.0 else far


def _edge_on(outlook: Outlook, scene: Scene, projection: Projection, rest: Any) -> tuple[list[Patch], Any]:
    """Return the walls in line with the lens, which fill what remains where they stand, and the last rest."""
    found = []
    for wall, foot in zip(outlook.edge_on.tolist(), foot_of(outlook.edge_on, scene).tolist(), strict=True):
        prism = scene.walls.prism[wall]
        along = float(scene.walls.length_m[wall])
        outline: Any = shapely.box(0.0, foot, along, max(float(scene.roof_m[prism]), foot))
        against = scene.walls.against[wall]
        if against != NOTHING:
            gap = shapely.box(0.0, scene.base_m[against], along, scene.roof_m[against])
            outline = shapely.difference(outline, gap)
        plane = wall_plane(outlook, scene, wall)
        whole = projection.project(plane, np.array([outline], dtype=object))[0]
        shape = common(rest, whole)
        if shape.area <= 0.0:
            continue
        rest = without(rest, whole)
        found.append(Patch("edge_on", shape, building_id=str(scene.building_ids[scene.building[prism]])))
    return found, rest


def _banks(outlook: Outlook, scene: Scene, projection: Projection, rest: Any) -> tuple[list[Patch], Any]:
    """Return the ground that rises from the level of the camera's foot to houses that stand higher, and the rest."""
    walls = np.unique(outlook.walls.wall)
    rise_m = scene.ground_m[scene.walls.prism[walls]]
    found = []
    for wall, rise in zip(walls[rise_m > 0.0].tolist(), rise_m[rise_m > 0.0].tolist(), strict=True):
        bank = shapely.box(0.0, 0.0, float(scene.walls.length_m[wall]), rise)
        whole = projection.project(wall_plane(outlook, scene, wall), np.array([bank], dtype=object))[0]
        shape = common(rest, whole)
        if shape.area > 0.0:
            rest = without(rest, whole)
            found.append(Patch("ground", shape))
    return found, rest


def _sky_and_beyond(projection: Projection, rest: Any) -> Iterator[Patch]:
    width, height = projection.width_px, projection.height_px
    horizon = min(max(projection.horizon_px, 0.0), height)
    for what, top, bottom in (("sky", 0.0, horizon), ("beyond", horizon, height)):
        if bottom > top:
            box = shapely.box(0.0, top, width, bottom)
            shape = common(rest, box)
            if shape.area > 0.0:
                yield Patch(what, shape)


def _arcs(outlook: Outlook, projection: Projection) -> Iterator[tuple[float, Any]]:
    """Yield equal distances on the ground in sight."""
    plane = level_plane(outlook, 0.0)
    foot = shapely.Point(outlook.foot)
    for distance in _ARCS_M:
        circle = foot.buffer(distance, quad_segs=180).exterior
        seen = shapely.intersection(circle, outlook.ground)
        if seen.is_empty:
            continue
        off = shapely.transform(lines_only(seen), lambda at: at - np.array(outlook.foot))
        yield distance, projection.trace(plane, off)


def _frame(projection: Projection) -> Any:
    return shapely.box(0.0, 0.0, projection.width_px, projection.height_px)


def _assumed(patches: Iterable[Patch], spaces: gpd.GeoDataFrame) -> tuple[int, int, int]:
    """Return how many buildings stand in the picture, and how many of them with an assumed height and use."""
    shown = {patch.building_id for patch in patches if patch.building_id is not None}
    owner = spaces["building_id"].fillna(spaces["space_id"])
    rows = spaces[owner.isin(shown) & (spaces["height_m"] > 0.0)]
    assumed = rows["assumed"].fillna("")
    counts = [
        owner[rows.index][assumed.str.contains(f"(?:^|;){column}=", regex=True)].nunique()
        for column in ("height_m", "kind")
    ]
    return len(shown), counts[0], counts[1]


def _names(spaces: gpd.GeoDataFrame) -> dict[str, str]:
    """Return what to call each space, and each building after its own space."""
    told = spaces["address"].fillna(spaces["name"])
    by_space = {str(k): str(v) for k, v in zip(spaces["space_id"], told, strict=True) if isinstance(v, str)}
    owners = zip(spaces["building_id"], told, strict=True)
    by_building = {str(k): str(v) for k, v in owners if isinstance(k, str) and isinstance(v, str)}
    return by_building | by_space
