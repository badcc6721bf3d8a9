"""The part of a scene around one camera, as arrays that the kernels take."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from visavis.views.index import gathered
from visavis.views.scene import Scene
from visavis.views.sweep import Lens, Standing, sweep
from visavis.views.walls import GROUND, Floats, Ints


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
    top, foot : ndarrays (n,)
        Indices into `prisms`: the wall's own prism, and the one that it rises from or `GROUND`.
    buildings : ndarray (b,)
        The buildings that they belong to, as indices in the scene.
    building : ndarray (n,)
        Index into `buildings`.
    """

    walls: Ints
    ends: Floats
    prisms: Ints
    top: Ints
    foot: Ints
    buildings: Ints
    building: Ints

    @classmethod
    def around(cls, x: float, y: float, reach_m: float, scene: Scene) -> Surroundings:
        """Return the surroundings of a place."""
        walls = scene.walls_near(x, y, reach_m)
        prisms, top, foot, buildings, building = gathered(
            walls, scene.walls.prism, scene.walls.outside, scene.building
        )
        ends = scene.walls.ends[walls]
        return cls(
            walls=walls, ends=ends, prisms=prisms, top=top, foot=foot, buildings=buildings, building=building
        )

    @cached_property
    def length_m(self) -> Floats:
        return np.asarray(np.hypot(*(self.ends[:, 2:] - self.ends[:, :2]).T))

    def standing(self, roof_m: Floats) -> Standing:
        """Return the walls as they stand where `prisms` are `roof_m` high."""
        on_ground = self.foot == GROUND
        n = len(self.walls)
        feet = np.zeros(n) if not len(roof_m) else np.where(on_ground, 0.0, roof_m[self.foot])
        tops = roof_m[self.top] if len(roof_m) else np.zeros(n)
        return Standing(
            self.ends, tops, feet, np.full((n, 2), np.inf), np.full(n, -np.inf), self.top, on_ground
        )

    def seen(self, lens: Lens, roof_m: Floats) -> tuple[Floats, Floats]:
        """Return the façade pieces and ground cells that a lens sees where `prisms` are `roof_m` high."""
        return sweep(lens, self.standing(roof_m))
