"""What the engine is asked about: façades of buildings, entrances on their walls, and private ground."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any, Final

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from visavis.views.scene import POLYGONS, Scene, heights_of_ground
from visavis.views.walls import Floats, Ints

# An entrance belongs to the nearest wall if that is no further off.
AT_THE_WALL_M: Final = 2.0

# What counts as seeing an entrance: half a metre of it, between the threshold and the height of a door.
DOOR_M: Final = 2.1
DOOR_SHOWS_M: Final = 0.5


@dataclass(frozen=True)
class Targets:
    """Spaces by what can be seen of them.

    Parameters
    ----------
    facade_ids, facade_building : ndarrays
        Spaces with a façade, and the index of each one's building in the scene.
    entrance_ids, entrance_points, entrance_wall, entrance_at_m : ndarrays
        Entrances; their wall in the scene (−1 for none: then they are seen as a point on the ground), and
        where along it.
    entrance_ground_m, entrance_above_m : ndarrays
        The ground at each, above the level that heights of the scene are above; and how high above it they begin.
    ground_ids, grounds : ndarrays
        Areas, and their polygons.
    """

    facade_ids: NDArray[np.object_]
    facade_building: Ints
    entrance_ids: NDArray[np.object_]
    entrance_points: Floats
    entrance_wall: Ints
    entrance_at_m: Floats
    entrance_ground_m: Floats
    entrance_above_m: Floats
    ground_ids: NDArray[np.object_]
    grounds: NDArray[np.object_]
    _ground_tree: Any

    @classmethod
    def of(cls, spaces: gpd.GeoDataFrame, scene: Scene) -> Targets:
        """Return the targets that some spaces are; a solid that is not in the scene has no façade to see."""
        spaces = spaces[~spaces.is_empty].sort_values("space_id", ignore_index=True)
        area = spaces.geom_type.isin(POLYGONS)
        solid = area & (spaces["height_m"] > 0.0)
        facades = spaces[solid]
        named = facades["building_id"].fillna(facades["space_id"]).to_numpy(object)
        building = np.searchsorted(scene.building_ids, named)
        building = np.minimum(building, max(len(scene.building_ids) - 1, 0))
        known = (
            scene.building_ids[building] == named if len(scene.building_ids) else np.zeros(len(named), bool)
        )
        entrances = spaces[spaces.geom_type == "Point"]
        points = shapely.get_coordinates(entrances.geometry.to_numpy())
        wall, at_m = _walls_of(points, entrances["building_id"].to_numpy(object), scene)
        ground = spaces[area & ~solid]
        polygons = np.asarray(shapely.make_valid(shapely.force_2d(ground.geometry.to_numpy())), dtype=object)
        return cls(
            facade_ids=facades["space_id"].to_numpy(object)[known],
            facade_building=building[known].astype(np.int64),
            entrance_ids=entrances["space_id"].to_numpy(object),
            entrance_points=points,
            entrance_wall=wall,
            entrance_at_m=at_m,
            entrance_ground_m=heights_of_ground(entrances),
            entrance_above_m=entrances["base_m"].to_numpy(float),
            ground_ids=ground["space_id"].to_numpy(object),
            grounds=polygons,
            _ground_tree=shapely.STRtree(polygons),
        )

    def from_ground(self, ground_m: float) -> Targets:
        """Return the targets with heights above the ground at some place, as `Scene.from_ground` does."""
        if math.isnan(ground_m) or ground_m == 0.0:
            return self
        return replace(self, entrance_ground_m=self.entrance_ground_m - ground_m)

    @property
    def entrance_base_m(self) -> Floats:
        """Where entrances begin."""
        return self.entrance_ground_m + self.entrance_above_m

    def facades_of(self, building: int) -> NDArray[np.object_]:
        """Return the spaces whose façade is that of a building."""
        return np.asarray(self.facade_ids[self.facade_building == building])

    def grounds_near(self, x: float, y: float, reach_m: float) -> Ints:
        """Return the areas whose bounds come within `reach_m` of a place."""
        around = shapely.box(x - reach_m, y - reach_m, x + reach_m, y + reach_m)
        return np.sort(self._ground_tree.query(around)).astype(np.int64)

    def entrances_near(self, x: float, y: float, reach_m: float) -> Ints:
        """Return the entrances within `reach_m` of a place, along each axis."""
        off = np.abs(self.entrance_points - np.array([x, y])).max(axis=1, initial=0.0)
        return np.flatnonzero(off <= reach_m).astype(np.int64)


def _walls_of(points: Floats, building_ids: NDArray[np.object_], scene: Scene) -> tuple[Ints, Floats]:
    """Return the wall of each entrance and where along it: of its own building if one is near."""
    at, wall = scene.walls_within(points, AT_THE_WALL_M)
    start, run = scene.walls.ends[wall, :2], scene.walls.ends[wall, 2:] - scene.walls.ends[wall, :2]
    length = scene.walls.length_m[wall]
    along = np.clip(((points[at] - start) * run).sum(axis=1) / length, 0.0, length)
    foot = start + run * (along / length)[:, None]
    off = np.hypot(*(foot - points[at]).T)
    own = scene.building_ids[scene.building[scene.walls.prism[wall]]] == building_ids[at]
    order = np.lexsort((wall, off, ~own, at))
    first = order[np.unique(at[order], return_index=True)[1]]
    wall_of, at_m = np.full(len(points), -1, dtype=np.int64), np.zeros(len(points))
    wall_of[at[first]], at_m[at[first]] = wall[first], along[first]
    return wall_of, at_m


def rings_of(polygons: NDArray[np.object_]) -> tuple[Floats, Ints, Ints, Floats]:
    """Return the rings of some areas as `visavis.views.ground.areas` takes them."""
    parts, of_area = shapely.get_parts(polygons, return_index=True)
    rings, of_part = shapely.get_rings(parts, return_index=True)
    outer = np.diff(of_part, prepend=-1) > 0
    points, of_ring = shapely.get_coordinates(rings, return_index=True)
    closing = np.append(of_ring[1:] != of_ring[:-1], True)[: len(of_ring)]
    kept = of_ring[~closing]
    first = np.searchsorted(kept, np.arange(len(rings) + 1)).astype(np.int64)
    return points[~closing], first, of_area[of_part].astype(np.int64), np.where(outer, 1.0, -1.0)
