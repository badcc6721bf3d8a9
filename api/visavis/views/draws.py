"""Doubt: the camera drawn again and again within its errors, and the roofs around it.

Each camera has its own random numbers, made of the seed and its id. So its draws are the same whatever
other cameras there are and in which order they come.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from scipy.special import ndtri

from visavis.cameras.optics import PINHOLE_BELOW_DEG, focal_length_px
from visavis.views.evenly import EvenNumbers, even_columns, nearest_others
from visavis.views.looks import Look, Poses
from visavis.views.placing import Place, blocked, settle
from visavis.views.scene import Scene
from visavis.views.walls import Floats, Ints

# A lens hangs at least this high, and a roof at least at this share of its height above its base, whatever was drawn.
LOWEST_LENS_M: Final = 1.0
LEAST_ROOF_SHARE: Final = 0.5

# A lens above a roof is drawn this far above it, at least.
ABOVE_ROOF_M: Final = 0.10

# How many places are tried for each draw, on average, before one inside a building is moved to the nearest wall.
_TRIES: Final = 15

# What is drawn of a camera, each with a chance of its own; the last where a terrain model may be off.
_EAST, _NORTH, _HEIGHT, _AZIMUTH, _TILT, _FOCAL, _GROUND = range(7)
_CHANCES: Final = 6


def generator_of(seed: int, camera_id: str) -> Generator:
    """Return the random numbers of one camera."""
    digest = hashlib.sha256(camera_id.encode()).digest()[:16]
    return np.random.default_rng([seed, *np.frombuffer(digest, dtype=np.uint32).tolist()])


def nominal_pose(camera: Any, place: Place, azimuth_deg: float, range_m: float, scene: Scene) -> Poses:
    """Return the camera as it is given, at the place where it is taken to hang."""
    under_m = float(scene.stands_m(np.array([place.x]), np.array([place.y]))[0])
    values = (
        place.x, place.y, camera.height_m, under_m, azimuth_deg,
        camera.hfov_deg, camera.vfov_deg, camera.tilt_deg, range_m,
    )  # fmt: skip
    return Poses(*(np.array([value], dtype=np.float64) for value in values))


class Drawn(NamedTuple):
    """A camera drawn again and again.

    Parameters
    ----------
    poses : Poses
    near : ndarray (draws,)
        For each draw another one that is nearest to it in all that was drawn of the camera.
    rise_m : ndarray (draws,)
        How far the ground below each lens lies above that of the scene.
    """

    poses: Poses
    near: Ints
    rise_m: Floats


def drawn_poses(
    camera: Any,
    nominal: Poses,
    look: Look,
    scene: Scene,
    random: Generator,
    *,
    draws: int,
    max_range_m: float,
) -> Drawn:
    """Return the camera drawn `draws` times within its errors.

    Place, height, direction and tilt are normal with the standard deviations of the table, and so is the logarithm of
    the focal length; the fields of view go with it, the vertical one and the range where they were assumed. A
    direction that nobody knows is spread evenly over the circle. The ground below the lens goes up and down with
    the place, as it slopes around the camera, and by the error of the terrain model. All of these together are
    drawn evenly (`visavis.views.evenly`). A place inside a building is drawn anew, and after some tries moved to
    the nearest wall.
    """
    assumed = _assumed(camera.assumed)
    ground_sd = 0.0 if np.isnan(camera.ground_sd_m) else float(camera.ground_sd_m)
    even = EvenNumbers(random, _CHANCES + (ground_sd > 0.0))
    places = _places(camera, nominal, even, ground_sd, scene, draws)
    x, y, height, rise = places.x, places.y, places.height_m, places.rise_m
    chances = places.chances
    normal = ndtri(chances)
    if look.undirected:
        azimuth = 360.0 * chances[:, _AZIMUTH]
    else:
        sd = 0.0 if np.isnan(camera.azimuth_sd_deg) else camera.azimuth_sd_deg
        azimuth = nominal.grid_azimuth_deg[0] + sd * normal[:, _AZIMUTH]
    tilt_sd, focal_sd = (
        0.0 if np.isnan(sd) else float(sd) for sd in (camera.tilt_sd_deg, camera.focal_log_sd)
    )
    tilt = np.clip(camera.tilt_deg + tilt_sd * normal[:, _TILT], -90.0, 90.0)
    zoom = np.exp(focal_sd * normal[:, _FOCAL])
    hfov = _zoomed(camera.hfov_deg, zoom)
    vfov = _zoomed(camera.vfov_deg, zoom if "vfov_deg" in assumed else np.ones(draws))
    stretch = focal_length_px(1.0, hfov) / focal_length_px(1.0, camera.hfov_deg)
    reach = camera.range_m * (stretch if "range_m" in assumed else np.ones(draws))
    under = scene.stands_m(x, y)
    under = np.where(under == 0.0, 0.0, under - rise)
    poses = Poses(
        x, y, height, np.minimum(under, height - ABOVE_ROOF_M),
        azimuth, hfov, vfov, tilt, np.minimum(reach, max_range_m),
    )  # fmt: skip
    matters = np.array([
        camera.position_sd_m, camera.position_sd_m, camera.height_sd_m,
        0.0 if look.all_round else 1.0, tilt_sd, focal_sd, ground_sd,
    ])[: normal.shape[1]] > 0.0  # fmt: skip
    return Drawn(poses, nearest_others(normal[:, matters]), rise)


def drawn_roofs(scene: Scene, prisms: Ints, random: Generator, draws: int) -> Floats:
    """Return the heights of some prisms drawn within their errors, (draws, prisms), in metres."""
    roof, sd = scene.roof_m[prisms], scene.roof_sd_m[prisms]
    drawn = roof + sd * ndtri(even_columns(random, draws, len(prisms)))
    base = np.maximum(scene.base_m[prisms], scene.ground_m[prisms])
    return np.maximum(drawn, base + LEAST_ROOF_SHARE * (roof - base))


def _rise_m(camera: Any, nominal: Poses, x: Floats, y: Floats) -> Floats:
    """Return how far the ground at places around a camera lies above that where it is taken to hang."""
    if np.isnan(camera.ground_rise_east):
        return np.zeros(len(x))
    east, north = x - nominal.x[0], y - nominal.y[0]
    return np.asarray(camera.ground_rise_east * east + camera.ground_rise_north * north)


class _Places(NamedTuple):
    """Where draws hang: with the even numbers of each, its height, and the rise of the ground below it."""

    chances: Floats
    x: Floats
    y: Floats
    height_m: Floats
    rise_m: Floats


def _tried(camera: Any, nominal: Poses, chances: Floats, ground_sd: float) -> _Places:
    """Return where even numbers put a camera."""
    normal = ndtri(chances)
    height = nominal.height_m[0] + camera.height_sd_m * normal[:, _HEIGHT]
    height = np.maximum(height, min(LOWEST_LENS_M, nominal.height_m[0]))
    error = ground_sd * normal[:, _GROUND] if ground_sd > 0.0 else np.zeros(len(normal))
    x = nominal.x[0] + camera.position_sd_m * normal[:, _EAST]
    y = nominal.y[0] + camera.position_sd_m * normal[:, _NORTH]
    return _Places(chances, x, y, height, _rise_m(camera, nominal, x, y) + error)


def _blocked(places: _Places, scene: Scene) -> NDArray[np.bool_]:
    above = places.height_m + places.rise_m  # the ground of the scene
    return blocked(places.x, places.y, above, scene) > 0.0


def _places(
    camera: Any, nominal: Poses, even: EvenNumbers, ground_sd: float, scene: Scene, draws: int
) -> _Places:
    """Return the places of the draws: one inside a building is tried anew, and at last moved to a wall."""
    places = _tried(camera, nominal, even.between(0, draws), ground_sd)
    if camera.position_sd_m == 0.0:
        return places
    again = np.flatnonzero(_blocked(places, scene))
    tried = draws
    while len(again) and tried < draws * (1 + _TRIES):
        # Those that were tried first come again after the last one.
        end = min(tried + len(again), draws * (1 + _TRIES))
        chances = np.vstack([even.between(tried, end), even.between(0, len(again) - (end - tried))])
        tried += len(again)
        anew = _tried(camera, nominal, chances, ground_sd)
        for whole, part in zip(places, anew, strict=True):
            whole[again] = part
        again = again[_blocked(anew, scene)]
    for k in again:
        x, y = places.x[k], places.y[k]
        place = settle(x, y, places.height_m[k] + places.rise_m[k], scene)
        lost = np.isnan(place.moved_m)
        places.x[k], places.y[k] = (nominal.x[0], nominal.y[0]) if lost else (place.x, place.y)
        slope = _rise_m(camera, nominal, np.array([x, places.x[k]]), np.array([y, places.y[k]]))
        places.rise_m[k] += slope[1] - slope[0]
    return places


def _assumed(text: object) -> Mapping[str, str]:
    """Return the rule by which each assumed column was filled."""
    entries = text.split(";") if isinstance(text, str) and text else []
    return {column: rule for column, _, rule in (entry.partition("=") for entry in entries)}


def _zoomed(fov_deg: float, zoom: Floats) -> Floats:
    """Return a pinhole's field of view at other focal lengths: tan(fov / 2) goes with their inverse."""
    if fov_deg >= PINHOLE_BELOW_DEG:
        return np.full(len(zoom), fov_deg)
    return np.asarray(np.degrees(2.0 * np.arctan(np.tan(np.radians(fov_deg) / 2.0) / zoom)))
