"""The built world as a camera meets it: prisms, their walls, and where one can stand among them."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final, Self

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from visavis.model.crs import assert_metric
from visavis.model.findings import Finding, raised
from visavis.views.index import WallGrid, boxes_at, wall_grid, walls_near
from visavis.views.lens import Lens
from visavis.views.standing import Standing, standing
from visavis.views.sweep import sweep
from visavis.views.walls import GROUND, NOTHING, Floats, Ints, Walls, hanging_from, walls_of
from visavis.views.words import WORDS

POLYGONS: Final = ("Polygon", "MultiPolygon")

_NOTHING_ABOVE: Final = np.zeros((0, 3))
_HAIR_M: Final = 1e-9


@dataclass(frozen=True)
class Scene:
    """Buildings as prisms, each on ground of its own height.

    Parameters
    ----------
    crs : pyproj.CRS
        Metric.
    building_ids : ndarray of str, sorted
        Each building once; it may consist of several prisms.
    building : ndarray (prisms,)
        Index of each prism's building.
    footprints : ndarray of shapely polygons (prisms,)
    ground_m : ndarray (prisms,)
        Height of the ground that each prism stands on, the same for all prisms of a building; 0 where the ground
        is flat. All heights are above the same level, that of the place which the scene is seen from.
    above_m : ndarray (prisms,)
        How high each roof is above that ground.
    below_m : ndarray (prisms,)
        How high above that ground the lower edge of what hangs in the air is, such as a house over a passage; −∞ of
        what stands.
    roof_sd_m : ndarray (prisms,)
        Standard deviation of a roof's height, that of the ground included.
    walls : Walls
        The walls that stand in the open.
    edge : ndarray (walls,)
        Edge number of each wall within its building: those of its first prism, then of the next.
    findings : tuple of Finding
        What had to be read otherwise than it was given.
    """

    crs: Any
    building_ids: NDArray[np.object_]
    building: Ints
    footprints: NDArray[np.object_]
    ground_m: Floats
    above_m: Floats
    below_m: Floats
    roof_sd_m: Floats
    walls: Walls
    edge: Ints
    findings: tuple[Finding, ...]
    _tree: Any
    _wall_tree: Any

    @classmethod
    def of(cls, spaces: gpd.GeoDataFrame) -> Scene:
        """Return the scene of some spaces: their polygons higher than 0.

        Parameters
        ----------
        spaces : GeoDataFrame SPACES, in a metric CRS
            Rows of one building id form one building; a row without one stands for itself. Heights of the ground
            are given of all or of none.
        """
        assert_metric(spaces)
        solid = spaces[spaces.geom_type.isin(POLYGONS) & ~spaces.is_empty & (spaces["height_m"] > 0.0)]
        solid = solid.assign(building_id=solid["building_id"].fillna(solid["space_id"]))
        solid, repaired = _repaired(solid)
        # The order of the rows must change nothing: numbers and ties go by the ids.
        solid = solid.sort_values(["building_id", "space_id"], ignore_index=True)
        building_ids, building = np.unique(solid["building_id"].to_numpy(object), return_inverse=True)
        footprints = np.asarray(shapely.force_2d(solid.geometry.to_numpy()), dtype=object)
        above_m, ground_m = solid["height_m"].to_numpy(float), heights_of_ground(solid)
        base_m = hanging_from(footprints, ground_m, above_m, solid["base_m"].to_numpy(float))
        walls = walls_of(footprints, ground_m + above_m, base_m)
        buried = building_ids[np.setdiff1d(building, building[walls.prism])]
        findings = (
            *repaired,
            *_about("views.building-buried", pd.Series(buried, dtype=object)),
        )
        return cls(
            crs=spaces.crs,
            building_ids=building_ids,
            building=building.astype(np.int64),
            footprints=footprints,
            ground_m=ground_m,
            above_m=above_m,
            below_m=np.where(base_m > -np.inf, solid["base_m"].to_numpy(float), -np.inf),
            roof_sd_m=np.hypot(
                solid["height_sd_m"].to_numpy(float), solid["ground_sd_m"].fillna(0.0).to_numpy(float)
            ),
            walls=walls,
            edge=walls.edge + _first_edges(footprints, building)[walls.prism],
            findings=findings,
            _tree=shapely.STRtree(footprints),
            _wall_tree=shapely.STRtree(walls.lines),
        )

    def from_ground(self, ground_m: float) -> Self:
        """Return the scene with all heights above the ground at some place, whose own height is `ground_m`.

        NaN stands for flat ground, where there is nothing to change.
        """
        if math.isnan(ground_m) or ground_m == 0.0:
            if math.isnan(ground_m) and self.ground_m.any():
                raise AssertionError("the ground is told of the buildings and not of the camera")
            return self
        moved = replace(self, ground_m=self.ground_m - ground_m)
        # In plan nothing has changed.
        moved.__dict__.update(grid=self.grid, _hanging=self._hanging, _overhead=self._overhead)
        return moved

    @cached_property
    def roof_m(self) -> Floats:
        """Height of each roof."""
        return self.ground_m + self.above_m

    @cached_property
    def base_m(self) -> Floats:
        """Height of the lower edge of what hangs in the air; −∞ of what stands."""
        return self.ground_m + self.below_m

    @cached_property
    def grid(self) -> WallGrid:
        """Where the walls are."""
        return wall_grid(self.walls.ends)

    @cached_property
    def standing(self) -> Standing:
        """The walls as they stand, with nothing above or below a lens."""
        walls, none = self.walls, np.zeros((0, 3))
        return standing(
            walls.ends, self.grid, walls.prism, walls.outside, walls.against, self.roof_m, self.base_m,
            self.ground_m, none,
        )  # fmt: skip

    def seen(self, lens: Lens) -> tuple[Floats, Floats]:
        """Return the façade pieces and ground cells that a lens sees, as `visavis.views.sweep.sweep` tells them."""
        slabs = self.slabs_at(lens.x, lens.y)
        return sweep(lens, self.standing._replace(slabs=slabs) if len(slabs) else self.standing)

    def slabs_at(self, x: float, y: float) -> Floats:
        """Return what hangs over or under a place: the prism, its underside and its top, (n, 3)."""
        prism, bounds = self._overhead
        if len(prism):
            prism = prism[boxes_at(bounds, x, y)]  # mostly none: a tree would take longer than the sweep
        if len(prism):
            prism = prism[shapely.intersects_xy(self.footprints[prism], x, y)]
        return (
            np.column_stack([prism, self.base_m[prism], self.roof_m[prism]]) if len(prism) else _NOTHING_ABOVE
        )

    @cached_property
    def _overhead(self) -> tuple[Ints, Floats]:
        """The prisms in the air, and their bounds."""
        prism = np.flatnonzero(self._hanging)
        return prism, np.ascontiguousarray(shapely.bounds(self.footprints[prism])).reshape(-1, 4)

    @cached_property
    def _hanging(self) -> NDArray[np.bool_]:
        return np.asarray(self.base_m > -np.inf)

    @cached_property
    def facade_m(self) -> Floats:
        """Length of all walls of each building that stand in the open."""
        building = self.building[self.walls.prism]
        walls = self.walls
        foot = np.maximum(self.foot_m(np.arange(len(walls))), self.base_m[walls.prism])
        top = self.roof_m[walls.prism]
        hidden = walls.against != NOTHING
        hidden &= (self.base_m[walls.against] <= foot) & (self.roof_m[walls.against] >= top)
        weights = np.where(hidden | (foot >= top), 0.0, walls.length_m)
        return np.bincount(building, weights, len(self.building_ids)).astype(np.float64)

    def walls_near(self, x: float, y: float, reach_m: float) -> Ints:
        """Return the walls no further than `reach_m` from a place in plan, in their own order."""
        return walls_near(self.grid, self.walls.ends, x, y, reach_m)

    def walls_within(self, points: Floats, reach_m: float) -> tuple[Ints, Ints]:
        """Return pairs of a point and a wall no further from it than `reach_m`."""
        at, wall = self._wall_tree.query(shapely.points(points), predicate="dwithin", distance=reach_m)
        return at.astype(np.int64), wall.astype(np.int64)

    def hanging_near(self, x: float, y: float, reach_m: float) -> Ints:
        """Return the prisms in the air no further than `reach_m` from a place in plan, in their order."""
        if not self._hanging.any():
            return np.zeros(0, dtype=np.int64)
        near = self._tree.query(shapely.Point(x, y), predicate="dwithin", distance=reach_m)
        return np.sort(near[self._hanging[near]]).astype(np.int64)

    def standing_on(self, x: Floats, y: Floats, height_m: Floats | float = math.inf) -> Ints:
        """Return the highest prism that covers each place, its outline included, or `GROUND`.

        What hangs higher than `height_m` is above the place, and does not count.
        """
        at, prism = self._tree.query(shapely.points(x, y), predicate="intersects")
        below = self.base_m[prism] <= np.broadcast_to(height_m, len(x))[at]
        at, prism = at[below], prism[below]
        highest = np.full(len(x), GROUND, dtype=np.int64)
        order = np.lexsort((prism, self.roof_m[prism]))  # a tree tells equals in any order
        highest[at[order]] = prism[order]  # of several, the last written stays: the highest
        return highest

    def floor_m(self, prism: Ints) -> Floats:
        """Return the height of what lies under a place that `standing_on` told: a roof, or the ground, which is 0."""
        if not len(self.roof_m):
            return np.zeros(len(prism))
        # A roof that is as high as the ground from which one looks is a roof still.
        roof_m = np.where(self.roof_m == 0.0, _HAIR_M, self.roof_m)
        return np.where(prism == GROUND, 0.0, roof_m[prism])

    def stands_m(self, x: Floats, y: Floats) -> Floats:
        """Return the height of what stands at each place, whatever hangs above: a roof, or the ground."""
        return self.floor_m(self.standing_on(x, y, -np.inf))

    def foot_m(self, walls: Ints) -> Floats:
        """Return the height of what walls rise from: a lower roof, or the ground that their own house stands on."""
        outside, own = self.walls.outside[walls], self.walls.prism[walls]
        return np.where(outside == GROUND, self.ground_m[own], self.roof_m[outside])


def heights_of_ground(spaces: gpd.GeoDataFrame) -> Floats:
    """Return the height of the ground that spaces stand on; 0 where it is flat."""
    ground_m = spaces["ground_m"].to_numpy(float)
    flat = np.isnan(ground_m)
    if flat.any() and not flat.all():
        raise AssertionError("the ground is told of some spaces and not of others")
    return np.zeros(len(ground_m)) if flat.all() else ground_m


def _repaired(solid: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, list[Finding]]:
    """Return footprints that are valid; edges of a repaired one are numbered along the repaired outline."""
    broken = ~solid.is_valid
    if not broken.any():
        return solid, []
    whole = solid.geometry.to_numpy(object).copy()
    whole[broken] = [_polygons_only(shape) for shape in shapely.make_valid(whole[broken])]
    repaired = solid.set_geometry(gpd.GeoSeries(whole, index=solid.index, crs=solid.crs))
    findings = _about("views.footprint-repaired", solid.loc[broken, "building_id"])
    return repaired[~repaired.is_empty], findings


def _polygons_only(shape: Any) -> Any:
    parts = [part for part in shapely.get_parts(shapely.get_parts(shape)) if part.geom_type == "Polygon"]
    return shapely.MultiPolygon(parts)


def _about(code: str, buildings: pd.Series[Any]) -> list[Finding]:
    ids = sorted(set(buildings))
    return [raised(WORDS, code, *ids, buildings=len(ids))] if ids else []


def _first_edges(footprints: NDArray[np.object_], building: Ints) -> Ints:
    """Return the number that the first edge of each prism has within its building."""
    rings = shapely.get_num_interior_rings(shapely.get_parts(footprints)) + 1
    per_prism = np.bincount(
        shapely.get_parts(footprints, return_index=True)[1], weights=rings, minlength=len(footprints)
    )
    edges = shapely.get_num_coordinates(footprints) - per_prism.astype(np.int64)
    before = np.cumsum(edges) - edges
    opens = np.searchsorted(building, building)  # rows are ordered by building
    return np.asarray(before - before[opens], dtype=np.int64)
