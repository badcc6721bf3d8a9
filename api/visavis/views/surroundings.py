"""The part of a scene around one camera, as arrays that the kernels take."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely

from visavis.views.index import gathered, wall_grid
from visavis.views.lens import Lens
from visavis.views.scene import Scene
from visavis.views.standing import standing
from visavis.views.sweep import sweep
from visavis.views.tallying import Around
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
    base_m, ground_m : ndarrays (p,)
        Lower edge of what hangs in the air, −∞ of what stands; and the ground that each prism stands on.
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
    ground_m: Floats
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
            foot=np.ascontiguousarray(others[:, 0]),
            against=np.ascontiguousarray(others[:, 1]),
            base_m=scene.base_m[prisms],
            ground_m=scene.ground_m[prisms],
            buildings=buildings,
            building=building,
            hanging=scene.hanging_near(x, y, reach_m),
            scene=scene,
        )

    @cached_property
    def length_m(self) -> Floats:
        return np.asarray(np.hypot(*(self.ends[:, 2:] - self.ends[:, :2]).T))

    @cached_property
    def town(self) -> Around:
        """The same as the kernels take it."""
        return Around(
            self.ends, wall_grid(self.ends), self.top, self.foot, self.against, self.base_m, self.ground_m,
            self.building, len(self.buildings),
        )  # fmt: skip

    def seen(self, lens: Lens, roof_m: Floats, rise_m: float = 0.0) -> tuple[Floats, Floats]:
        """Return the façade pieces and ground cells that a lens sees where `prisms` are `roof_m` high.

        The ground below the lens lies `rise_m` above that of the scene; `roof_m` are above it already, and so are
        the heights returned.
        """
        town, (slabs, _) = self.town, self.slabs(roof_m[None, :], np.array([lens]), np.array([rise_m]))
        walls = standing(
            town.ends, town.grid, town.prism, town.outside, town.against, roof_m,
            town.base_m - rise_m, town.ground_m - rise_m, slabs,
        )  # fmt: skip
        return sweep(lens, walls)

    def slabs(self, roof_m: Floats, lenses: Floats, rise_m: Floats) -> tuple[Floats, Ints]:
        """Return what hangs over or under lenses: the index of the prism, its underside and its top.

        Parameters
        ----------
        roof_m : ndarray (lenses, prisms)
        lenses : ndarray (lenses, 10)
            The fields of `Lens`.
        rise_m : ndarray (lenses,)
            How far the ground below each lens lies above that of the scene; `roof_m` are above it already.

        Returns
        -------
        slabs : ndarray (m, 3)
            One lens after the other.
        first : ndarray (lenses + 1,)
            Where those of each lens start.
        """
        if not len(self.hanging):
            return np.zeros((0, 3)), np.zeros(len(lenses) + 1, np.int64)
        scene = self.scene
        x, y = lenses[:, 0], lenses[:, 1]
        footprints = scene.footprints[self.hanging]
        of_lens, which = np.nonzero(shapely.intersects_xy(footprints[None, :], x[:, None], y[:, None]))
        prism = self.hanging[which]
        index = np.minimum(np.searchsorted(self.prisms, prism), max(len(self.prisms) - 1, 0))
        known = self.prisms[index] == prism if len(self.prisms) else np.zeros(len(prism), dtype=bool)
        top = scene.roof_m[prism] - rise_m[of_lens]
        top[known] = roof_m[of_lens[known], index[known]]
        # One whose walls are all too far off has no index here, and needs none.
        base = scene.base_m[prism] - rise_m[of_lens]
        slabs = np.column_stack([np.where(known, index, -1 - prism), base, top])
        first = np.searchsorted(of_lens, np.arange(len(lenses) + 1))
        return slabs.astype(np.float64), first.astype(np.int64)
