"""All that a lens could see if it looked everywhere at once: the one file that asks the views room.

A picture's own edges are not those of a view, whose sides are upright planes. So the engine is asked for the whole
circle, and the picture cuts out of it what it takes in; that is exact, since what hides what depends on
the lens's place alone.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from visavis.model.angles import wrap_deg
from visavis.model.crs import STORED_CRS, grid_convergence_deg
from visavis.model.errors import InputError, UsageError
from visavis.views.bands import Band, bands_of
from visavis.views.draws import nominal_pose
from visavis.views.lens import Lens
from visavis.views.looks import Look, lenses_of, looks_of
from visavis.views.outline import ground_polygon
from visavis.views.placing import settle
from visavis.views.scene import Scene
from visavis.views.strips import nearest_sight
from visavis.views.surroundings import Surroundings
from visavis.views.sweep import EDGE_ON_M, FROM, HIGH_FROM, LOW_FROM, TO, WALL

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# Pieces lower or shorter than this are rounding.
_LEAST_M: Final = 1e-6


@dataclass(frozen=True)
class Walls:
    """Seen pieces of walls, each a trapezoid in its wall.

    Parameters
    ----------
    wall : ndarray (n,)
        Index of the wall in the scene.
    from_m, to_m : ndarrays (n,)
        Along the wall, from its start.
    low_m, high_m : ndarrays (n, 2)
        Lower and upper bound at both ends, above ground.
    """

    wall: Ints
    from_m: Floats
    to_m: Floats
    low_m: Floats
    high_m: Floats


@dataclass(frozen=True)
class Outlook:
    """What can be seen from a camera's place in all directions.

    Parameters
    ----------
    x, y, height_m : float
        The lens, in the CRS of the scene.
    look : Look
        The way of looking that the picture is of.
    lens : Lens
        Through which it looks that way.
    grid_azimuth_deg, convergence_deg : float
        Direction clockwise from grid north, NaN where unknown; and what true azimuths gain to become those.
    low_deg, high_deg : float
        The lowest and the highest that the view reaches, above the horizon.
    reach_m, range_m : float
        How far in plan the picture was computed, and how far the published view goes.
    walls : Walls
    edge_on : ndarray (n,)
        Walls, as indices in the scene, that hide what is behind them and are seen too flat to show anything.
    ground : Polygon or MultiPolygon
        Ground in sight.
    bands : list of Band
        The ground by level, out to the range.
    """

    x: float
    y: float
    height_m: float
    look: Look
    lens: Lens
    grid_azimuth_deg: float
    convergence_deg: float
    low_deg: float
    high_deg: float
    reach_m: float
    range_m: float
    walls: Walls
    edge_on: Ints
    ground: Any
    bands: list[Band]

    @property
    def foot(self) -> tuple[float, float]:
        return self.x, self.y


def look_out(camera: Any, scene: Scene, *, mode: str | None, reach_m: float, max_range_m: float) -> Outlook:
    """Return what can be seen from a camera's place.

    Parameters
    ----------
    camera : row of CAMERAS, in the CRS of the scene
    scene : Scene
        With heights above the ground at the camera's foot.
    mode : str, optional
        One of the camera's modes; without it what it looks at now, or as it is fixed, and else its reach.
    reach_m : float
        How far in plan to look.
    max_range_m : float
        Where published views end at the latest.

    Raises
    ------
    UsageError
        Where the camera has no such mode.
    InputError
        Where it stands inside a building and can hang nowhere.
    """
    look = _chosen(camera, mode)
    place = settle(camera.geometry.x, camera.geometry.y, camera.height_m, scene)
    if math.isnan(place.moved_m):
        raise InputError(
            f"{camera.camera_id} stands inside a building and has no wall to hang on",
            remedy="Correct its place or its height",
        )
    convergence = _convergence_deg(camera, scene)
    azimuth = float(wrap_deg(camera.azimuth_deg + convergence))
    range_m = min(float(camera.range_m), max_range_m)
    pose = nominal_pose(camera, place, azimuth, range_m, scene)
    lens = lenses_of(pose, look, unturned=look.undirected)[0]
    reach_m = max(reach_m, range_m)
    around = Surroundings.around(lens.x, lens.y, reach_m, scene)
    everywhere = lens._replace(
        axis_rad=0.0, half_rad=math.pi, low_slope=-math.inf, high_slope=math.inf, cone=1.0, range_m=reach_m
    )
    facades, cells = around.seen(everywhere, scene.roof_m[around.prisms])
    tall = np.maximum(*(facades[:, HIGH_FROM + k] - facades[:, LOW_FROM + k] for k in (0, 1)))
    facades = facades[(facades[:, TO] - facades[:, FROM] > _LEAST_M) & (tall > _LEAST_M)]
    ground = ground_polygon(cells, everywhere)
    return Outlook(
        x=lens.x,
        y=lens.y,
        height_m=lens.height_m,
        look=look,
        lens=lens,
        grid_azimuth_deg=azimuth,
        convergence_deg=convergence,
        low_deg=math.degrees(math.atan(lens.low_slope)),
        high_deg=math.degrees(math.atan(lens.high_slope)),
        reach_m=reach_m,
        range_m=range_m,
        walls=Walls(
            wall=around.walls[facades[:, WALL].astype(np.int64)],
            from_m=facades[:, FROM],
            to_m=facades[:, TO],
            low_m=facades[:, LOW_FROM : LOW_FROM + 2],
            # Where a piece ends in a point rounding may put its bounds the wrong way round.
            high_m=np.maximum(facades[:, HIGH_FROM : HIGH_FROM + 2], facades[:, LOW_FROM : LOW_FROM + 2]),
        ),
        edge_on=around.walls[_edge_on(around.ends, everywhere)],
        ground=ground,
        bands=bands_of(ground, lens, camera.pixels, camera.hfov_deg, range_m),
    )


def sharpness(outlook: Outlook, walls: Walls, scene: Scene, camera: Any) -> tuple[Floats, Floats]:
    """Return distance and pixel density of each piece at its nearest point, as strips are told."""
    pieces = np.column_stack(
        [np.arange(len(walls.wall)), walls.from_m, walls.to_m, walls.low_m, walls.high_m]
    )
    sight = nearest_sight(pieces, outlook.lens, scene.walls.ends[walls.wall], camera.pixels, camera.hfov_deg)
    return sight.distance_m, sight.px_per_m


def foot_of(walls: Ints, scene: Scene) -> Floats:
    """Return what walls rise from: the ground, a lower roof, or nothing where their house hangs in the air."""
    return np.maximum(scene.foot_m(walls), scene.base_m[scene.walls.prism[walls]])


def _chosen(camera: Any, mode: str | None) -> Look:
    looks = {look.mode: look for look in looks_of(camera)}
    if mode is None:
        return next(looks[each] for each in ("fixed", "now", "reach") if each in looks)
    if mode not in looks:
        raise UsageError(f"{camera.camera_id} has no mode {mode!r}", remedy=f"Choose {', '.join(looks)}")
    return looks[mode]


def _convergence_deg(camera: Any, scene: Scene) -> float:
    """Return how far true north is turned from grid north at a camera, clockwise."""
    import geopandas as gpd

    there = gpd.GeoSeries([camera.geometry], crs=scene.crs).to_crs(STORED_CRS)
    return float(grid_convergence_deg(scene.crs, there.x.to_numpy(), there.y.to_numpy())[0])


def _edge_on(ends: Floats, lens: Lens) -> NDArray[np.bool_]:
    run = ends[:, 2:] - ends[:, :2]
    off = run[:, 0] * (lens.y - ends[:, 1]) - run[:, 1] * (lens.x - ends[:, 0])
    return np.asarray(np.abs(off) < EDGE_ON_M * np.hypot(*run.T))
