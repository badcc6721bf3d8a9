"""Where a camera can hang: outside of buildings, on their walls, or above their roofs."""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np

from visavis.views.scene import Scene
from visavis.views.walls import GROUND, Floats

# How far before a wall a lens is taken to hang, at least.
OFF_THE_WALL_M: Final = 0.05

# How far from its place a wall is looked for that a camera inside a building could hang on.
_SEARCH_M: Final = (25.0, 100.0, 400.0)


class Place(NamedTuple):
    """Where a camera is taken to hang.

    Parameters
    ----------
    x, y : float, metres
    under : int
        The prism that it stands on or hangs in front of whose footprint covers the place, or `GROUND`.
    moved_m : float
        How far from the place given; NaN where it is shut in and can hang nowhere.
    """

    x: float
    y: float
    under: int
    moved_m: float


def settle(x: float, y: float, height_m: float, scene: Scene) -> Place:
    """Return where a camera mapped at a place hangs.

    Outside of buildings, and above the roof of one, it stays. Inside a building that is as high as the camera
    or higher it is moved to the nearest outer wall, just before it; so is one on a wall.
    """
    under = int(scene.standing_on(np.array([x]), np.array([y]), height_m)[0])
    inside = under != GROUND and scene.roof_m[under] >= height_m
    for reach in _SEARCH_M if inside else (2.0 * OFF_THE_WALL_M,):
        hung = _on_nearest_wall(x, y, height_m, reach, inside, scene)
        if hung is not None:
            return hung
    return Place(x, y, under, math.nan if inside else 0.0)


def _on_nearest_wall(
    x: float, y: float, height_m: float, reach_m: float, inside: bool, scene: Scene
) -> Place | None:
    near = scene.walls_near(x, y, reach_m)
    walls = scene.walls
    near = near[scene.base_m[walls.prism[near]] <= height_m]
    foot = scene.foot_m(near)
    near = near[((scene.roof_m[walls.prism[near]] >= height_m) | (not inside)) & (foot < height_m)]
    if not len(near):
        return None
    start, run = walls.ends[near, :2], walls.ends[near, 2:] - walls.ends[near, :2]
    length = walls.length_m[near]
    along = run / length[:, None]
    at = np.clip(((np.array([x, y]) - start) * along).sum(axis=1), 0.0, length)
    foot_point = start + along * at[:, None]
    away = np.hypot(foot_point[:, 0] - x, foot_point[:, 1] - y)
    best = int(np.argmin(away))
    if away[best] > reach_m or (not inside and away[best] >= OFF_THE_WALL_M):
        return None
    out = np.array([along[best, 1], -along[best, 0]])
    hung = foot_point[best] + OFF_THE_WALL_M * out
    under = int(scene.standing_on(hung[:1], hung[1:], height_m)[0])
    return Place(float(hung[0]), float(hung[1]), under, float(away[best]))


def blocked(x: Floats, y: Floats, height_m: Floats, scene: Scene) -> Floats:
    """Return 1 where a lens would be inside a building, else 0."""
    under = scene.standing_on(x, y, height_m)
    return np.where((under != GROUND) & (scene.floor_m(under) >= height_m), 1.0, 0.0)
