"""The part of a scene around one camera, as arrays that the kernels take."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely

from visavis.views.index import WallGrid, gathered, wall_grid
from visavis.views.lens import Lens
from visavis.views.scene import Scene
from visavis.views.standing import Standing, standing
from visavis.views.sweep import sweep
from visavis.views.walls import Floats, Ints


@dataclass(frozen=True)
class Surroundings:
    """Walls around a camera.

    Parameters
    ----------
    walls : ndarray (n,)
        Their indices in the scene.
    ends : ndarray (n, 4), metres
    prisms : ndarray (p,)
        The prisms that they belong to or rise from, as indices in the scene.
    top, foot, against : ndarrays (n,)
        Indices into `prisms`: the wall's own prism, the one that it rises from or `GROUND`, and the one in the
        air that is built against it or `NOTHING`.
    base_m : ndarray (p,)
        Lower edge of what hangs in the air, −∞ of what stands.
    buildings : ndarray (b,)
        The buildings that they belong to, as indices in the scene.
    building : ndarray (n,)
        Index into `buildings`.
    hanging : ndarray (h,)
        The prisms in the air that lie around, as indices in the scene.
    """

    walls: Ints
    ends: Floats
    prisms: Ints
    top: Ints
    foot: Ints
    against: Ints
    base_m: Floats
    buildings: Ints
    building: Ints
    hanging: Ints
    scene: Scene

    @classmethod
    def around(cls, x: float, y: float, reach_m: float, scene: Scene) -> Surroundings:
        """Return the surroundings of a place."""
        walls = scene.walls_near(x, y, reach_m)
        prisms, top, others, buildings, building = gathered(
            walls, scene.walls.prism, scene.walls.others, scene.building
        )
        return cls(
            walls=walls,
            ends=scene.walls.ends[walls],
            prisms=prisms,
            top=top,
            foot=others[:, 0],
            against=others[:, 1],
            base_m=scene.base_m[prisms],
            buildings=buildings,
            building=building,
            hanging=scene.hanging_near(x, y, reach_m),
            scene=scene,
        )

    @cached_property
    def length_m(self) -> Floats:
        return np.asarray(np.hypot(*(self.ends[:, 2:] - self.ends[:, :2]).T))

    @cached_property
    def grid(self) -> WallGrid:
        """Where the walls are."""
        return wall_grid(self.ends)

    def standing(self, roof_m: Floats, x: float, y: float) -> Standing:
        """Return the walls as they stand around a lens at a place where `prisms` are `roof_m` high."""
        slabs = self._slabs(roof_m, x, y)
        return standing(self.ends, self.grid, self.top, self.foot, self.against, roof_m, self.base_m, slabs)

    def seen(self, lens: Lens, roof_m: Floats) -> tuple[Floats, Floats]:
        """Return the façade pieces and ground cells that a lens sees where `prisms` are `roof_m` high."""
        return sweep(lens, self.standing(roof_m, lens.x, lens.y))

    def _slabs(self, roof_m: Floats, x: float, y: float) -> Floats:
        """Return what hangs over or under a place: the index of the prism, its underside and its top."""
        if not len(self.hanging):
            return np.zeros((0, 3))
        scene = self.scene
        prism = self.hanging[shapely.intersects_xy(scene.footprints[self.hanging], x, y)]
        index = np.minimum(np.searchsorted(self.prisms, prism), max(len(self.prisms) - 1, 0))
        known = self.prisms[index] == prism if len(self.prisms) else np.zeros(len(prism), dtype=bool)
        top = scene.roof_m[prism]
        top[known] = roof_m[index[known]]
        # One whose walls are all too far off has no index here, and needs none.
        return np.column_stack([np.where(known, index, -1 - prism), scene.base_m[prism], top])
