"""What is in sight, cut into flat parts that each are one thing: pieces of façade, doors, gardens, ground."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from visavis.model.vocabulary import level_of
from visavis.pictures.outlook import Outlook, Walls, sharpness
from visavis.pictures.projecting import Plane, Projection
from visavis.spaces.heights import LEVEL_M
from visavis.views.bands import ground_density_px_per_m
from visavis.views.overlay import common, without
from visavis.views.scene import POLYGONS, Scene
from visavis.views.targets import DOOR_M, Targets

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# Façades change their level by the metre.
_PART_M: Final = 1.0

# Coordinates on a wall are good to this.
_ROUNDING_M: Final = 1e-9

# A door is drawn this wide: as most are.
DOOR_WIDE_M: Final = 1.0

# Planes' boxes reach this far beyond what lies in them.
_BESIDE_M: Final = 1.0

# Of a building that has several spaces the first of these counts.
_BY_RANK: Final = ("dwelling_facade", "sensitive_place", "other_private", "public")


class Thing(NamedTuple):
    """What a part is of, and how sharply it is seen.

    Parameters
    ----------
    what : str
        Kind of space; or ``ground``.
    space_id, building_id : str, optional
    edge : int
        Number of the wall within its building, −1 where it is no wall.
    level : str, optional
        Level of EN 62676-4 at its nearest point; None below the lowest, and beyond the range.
    told : bool
        It lies within the range of the published view.
    """

    what: str
    space_id: str | None = None
    building_id: str | None = None
    edge: int = -1
    level: str | None = None
    told: bool = False


@dataclass(frozen=True)
class Part:
    """A flat part of a thing: shapes in a plane, and their nearest point."""

    thing: Thing
    plane: Plane
    shape: Any
    distance_m: float
    px_per_m: float


@dataclass(frozen=True)
class Uses:
    """What the spaces are: of each building its kind and space, of each other space its kind.

    `of_ground_floor` has the kind of those ground floors that are another than the rest, and their height in metres.
    """

    of_building: dict[str, tuple[str, str]]
    of_ground_floor: dict[str, tuple[str, float]]
    of_space: dict[str, tuple[str, str | None]]

    @classmethod
    def of(cls, spaces: gpd.GeoDataFrame) -> Uses:
        """Return the uses of SPACES."""
        solid = spaces.geom_type.isin(POLYGONS) & (spaces["height_m"] > 0.0)
        rank = spaces["kind"].map({kind: k for k, kind in enumerate(_BY_RANK)}).fillna(len(_BY_RANK))
        built = spaces[solid].assign(rank=rank[solid]).sort_values(["rank", "space_id"])
        named = built["building_id"].fillna(built["space_id"])
        first = ~named.duplicated()
        below = first & built["ground_kind"].notna()
        loose = spaces[~solid]
        return cls(
            dict(
                zip(
                    named[first],
                    zip(built["kind"][first], built["space_id"][first], strict=True),
                    strict=True,
                )
            ),
            dict(
                zip(
                    named[below],
                    zip(built["ground_kind"][below], built["storey_m"][below].fillna(LEVEL_M), strict=True),
                    strict=True,
                )
            ),
            {
                str(space): (str(kind), building if isinstance(building, str) else None)
                for space, kind, building in zip(
                    loose["space_id"], loose["kind"], loose["building_id"], strict=True
                )
            },
        )


def facade_parts(
    outlook: Outlook, scene: Scene, targets: Targets, uses: Uses, camera: Any, projection: Projection
) -> Iterator[Part]:
    """Yield the pieces of walls in the picture, by the metre, with the doors taken out of them."""
    walls = _by_the_metre(outlook)
    doors = _doors_on(targets, np.unique(walls.wall))
    shapes = _trapezoids(walls)
    for wall, mine in _grouped(walls.wall):
        plane = wall_plane(outlook, scene, wall)
        cut = projection.cut(plane, shapes[mine])
        there = shapely.area(cut) > 0.0
        if not there.any():
            continue
        seen, cut = mine[there], cut[there]
        distance, density = sharpness(outlook, _bounded(walls, seen, cut, plane), scene, camera)
        building = str(scene.building_ids[scene.building[scene.walls.prism[wall]]])
        kind, space = uses.of_building.get(building, ("public", building))
        facade = Thing(kind, space, building, int(scene.edge[wall]))
        for shape, off, sharp in zip(cut, distance.tolist(), density.tolist(), strict=True):
            told = off <= outlook.range_m
            thing = facade._replace(told=told, level=level_of(sharp) if told else None)
            left = shape
            for door, outline in doors.get(wall, ()):
                opening = shapely.intersection(outline, left)
                if opening.area > 0.0:
                    entrance = thing._replace(what=uses.of_space[door][0], space_id=door)
                    yield Part(entrance, plane, opening, off, sharp)
                    left = shapely.difference(left, outline)
            if building in uses.of_ground_floor:
                use, storey_m = uses.of_ground_floor[building]
                west, south, east, _ = plane.box
                ground_m = float(scene.ground_m[scene.walls.prism[wall]])
                floor = shapely.box(west, south, east, ground_m + storey_m)
                yield Part(thing._replace(what=use), plane, shapely.intersection(left, floor), off, sharp)
                left = shapely.difference(left, floor)
            yield Part(thing, plane, left, off, sharp)


def ground_parts(
    outlook: Outlook, targets: Targets, uses: Uses, camera: Any, projection: Projection
) -> Iterator[Part]:
    """Yield the ground in the picture: private areas by level, entrances without a wall, and the rest of it."""
    plane = level_plane(outlook, 0.0)
    left = outlook.ground
    for space, area in _areas(outlook, targets):
        mine = common(left, area)
        if mine.area <= 0.0:
            continue
        left = without(left, area)
        what, building = uses.of_space[space]
        for level, told, shape in _banded(mine, outlook):
            cut = projection.cut(plane, np.array([_from_foot(shape, outlook)], dtype=object))[0]
            if cut.area <= 0.0:
                continue
            distance = math.hypot(shapely.distance(shapely.Point(0.0, 0.0), cut), outlook.height_m)
            density = ground_density_px_per_m(distance, outlook.lens, camera.pixels, camera.hfov_deg)
            yield Part(Thing(what, space, building, -1, level, told), plane, cut, distance, density)
    yield Part(Thing("ground"), plane, _from_foot(left, outlook), outlook.height_m, math.nan)


def wall_plane(outlook: Outlook, scene: Scene, wall: int) -> Plane:
    """Return the plane of a wall: metres along it from its start, and metres above the camera's foot."""
    x0, y0, x1, y1 = scene.walls.ends[wall]
    length = math.hypot(x1 - x0, y1 - y0)
    prism = scene.walls.prism[wall]
    top, foot = float(scene.roof_m[prism]), min(float(scene.ground_m[prism]), 0.0)
    return Plane(
        (x0 - outlook.x, y0 - outlook.y, -outlook.height_m),
        ((x1 - x0) / length, (y1 - y0) / length, 0.0),
        (0.0, 0.0, 1.0),
        (-_BESIDE_M, foot - _BESIDE_M, length + _BESIDE_M, top + _BESIDE_M),
    )


def level_plane(outlook: Outlook, z_m: float) -> Plane:
    """Return a level plane: metres east and north of the lens."""
    reach = outlook.reach_m + _BESIDE_M
    return Plane(
        (0.0, 0.0, z_m - outlook.height_m), (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (-reach, -reach, reach, reach)
    )


def _by_the_metre(outlook: Outlook) -> Walls:
    """Return pieces cut into parts of a metre at most, so that levels change where they do."""
    walls = outlook.walls
    n = np.maximum(np.ceil((walls.to_m - walls.from_m) / _PART_M), 1).astype(np.int64)
    piece = np.repeat(np.arange(len(n)), n)
    k = np.arange(len(piece)) - np.repeat(np.cumsum(n) - n, n)
    return _between(walls, piece, k / n[piece], (k + 1) / n[piece])


def _grouped(walls: Ints) -> Iterator[tuple[int, Ints]]:
    """Yield each wall with the parts that lie in it."""
    order = np.argsort(walls, kind="stable")
    found, first = np.unique(walls[order], return_index=True)
    if len(found):
        yield from zip(found.tolist(), np.split(order, first[1:]), strict=True)


def _bounded(walls: Walls, mine: Ints, cut: NDArray[np.object_], plane: Plane) -> Walls:
    """Return what is left of parts in the picture: how far they reach along the wall, and up and down there.

    A part is told at its point nearest in plan; so its bounds are those at the place along the wall that
    is nearest to the lens.
    """
    from_m, _, to_m, _ = shapely.bounds(cut).T
    off, along = np.array(plane.origin), np.array(plane.first)
    at = np.clip(-float(off @ along), from_m, to_m)
    _, low, _, high = plane.box
    upright = shapely.linestrings(
        np.stack([np.column_stack([at, np.full(len(at), end)]) for end in (low, high)], axis=1)
    )
    # At the very end of a part its upright may miss it by rounding: then the corner there is as good.
    bounds = shapely.bounds(shapely.intersection(upright, shapely.buffer(cut, _ROUNDING_M)))
    low_m, high_m = (np.repeat(bounds[:, [k]], 2, axis=1) for k in (1, 3))
    return Walls(walls.wall[mine], from_m, to_m, low_m, high_m)


def _between(walls: Walls, piece: Ints, start: Floats, end: Floats) -> Walls:
    """Return parts of pieces between two shares of their length."""
    length = (walls.to_m - walls.from_m)[piece]
    bounds = []
    for bound in (walls.low_m[piece], walls.high_m[piece]):
        rise = bound[:, 1] - bound[:, 0]
        bounds.append(np.column_stack([bound[:, 0] + start * rise, bound[:, 0] + end * rise]))
    from_m = walls.from_m[piece]
    return Walls(walls.wall[piece], from_m + start * length, from_m + end * length, *bounds)


def _trapezoids(walls: Walls) -> NDArray[np.object_]:
    corners = np.stack(
        [
            np.column_stack([walls.from_m, walls.low_m[:, 0]]),
            np.column_stack([walls.to_m, walls.low_m[:, 1]]),
            np.column_stack([walls.to_m, walls.high_m[:, 1]]),
            np.column_stack([walls.from_m, walls.high_m[:, 0]]),
        ],
        axis=1,
    )
    return np.asarray(shapely.polygons(corners), dtype=object)


def _doors_on(targets: Targets, walls: Ints) -> dict[int, list[tuple[str, Any]]]:
    """Return the doors on some walls: space and outline in the wall's plane."""
    found: dict[int, list[tuple[str, Any]]] = {}
    for k in np.flatnonzero(np.isin(targets.entrance_wall, walls)):
        at, base = targets.entrance_at_m[k], targets.entrance_base_m[k]
        outline = shapely.box(at - DOOR_WIDE_M / 2.0, base, at + DOOR_WIDE_M / 2.0, base + DOOR_M)
        found.setdefault(int(targets.entrance_wall[k]), []).append((str(targets.entrance_ids[k]), outline))
    return found


def _areas(outlook: Outlook, targets: Targets) -> Iterator[tuple[str, Any]]:
    """Yield entrances that have no wall, as small discs on the ground, and then the private areas around."""
    near = targets.entrances_near(*outlook.foot, outlook.reach_m)
    for k in near[targets.entrance_wall[near] < 0]:
        yield (
            str(targets.entrance_ids[k]),
            shapely.Point(targets.entrance_points[k]).buffer(DOOR_WIDE_M / 2.0),
        )
    for k in targets.grounds_near(*outlook.foot, outlook.reach_m):
        yield str(targets.ground_ids[k]), targets.grounds[k]


def _banded(shape: Any, outlook: Outlook) -> Iterator[tuple[str | None, bool, Any]]:
    """Yield the parts of an area by level, and what lies beyond the range."""
    left = shape
    for band in outlook.bands:
        part = common(left, band.ground)
        if part.area > 0.0:
            yield band.level, True, part
            left = without(left, band.ground)
    if left.area > 0.0:
        yield None, False, left


def _from_foot(shape: Any, outlook: Outlook) -> Any:
    return shapely.transform(shape, lambda at: at - np.array(outlook.foot))
