"""From a camera's optics to the lens of a sweep: which way, how wide, how far up and down."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from visavis.cameras.optics import PINHOLE_BELOW_DEG
from visavis.views.sweep import Lens
from visavis.views.walls import Floats

ALL_ROUND_DEG: Final = 360.0


@dataclass(frozen=True)
class Look:
    """One way in which a camera looks.

    Parameters
    ----------
    mode : str
        ``fixed``; or for a PTZ ``reach``, and ``now`` where its direction is known.
    all_round : bool
        It takes in the whole circle, or can be turned to any part of it.
    undirected : bool
        It looks one way, and nobody knows which.
    """

    mode: str
    all_round: bool
    undirected: bool


@dataclass(frozen=True)
class Poses:
    """Where a camera hangs and how it looks, once or drawn several times; all arrays have the same length.

    `grid_azimuth_deg` is clockwise from grid north; it means nothing to a look all round. `under_m` is the
    height of what lies under the lens.
    """

    x: Floats
    y: Floats
    height_m: Floats
    under_m: Floats
    grid_azimuth_deg: Floats
    hfov_deg: Floats
    vfov_deg: Floats
    tilt_deg: Floats
    range_m: Floats


def looks_of(camera: Any) -> tuple[Look, ...]:
    """Return how a camera looks, by its kind, horizontal field and direction."""
    directed = not math.isnan(camera.azimuth_deg)
    all_round = camera.hfov_deg >= ALL_ROUND_DEG
    if camera.kind != "ptz":
        return (Look("fixed", all_round, not (directed or all_round)),)
    reach = Look("reach", all_round=True, undirected=False)
    return (reach, Look("now", all_round, undirected=False)) if directed else (reach,)


def lenses_of(poses: Poses, look: Look, *, unturned: bool = False) -> list[Lens]:
    """Return the lens of each pose.

    A picture below 180° is that of a pinhole: its lower and upper edge are planes, so that straight ahead
    the ground begins at H / tan(t + VFOV/2). Its sides are taken as upright planes at half the horizontal
    field, as they are where the axis is level. From 180° on, the vertical field is the same all round. What
    a PTZ can be pointed at has no lower and no upper edge.

    Parameters
    ----------
    poses : Poses
    look : Look
    unturned : bool
        Give the lens the whole circle, where no direction is known: all that it could be looking at.
    """
    whole = look.all_round or unturned
    half = np.full(len(poses.x), math.pi) if whole else np.radians(poses.hfov_deg) / 2.0
    cone = (poses.hfov_deg >= PINHOLE_BELOW_DEG) | whole
    axis = np.zeros(len(poses.x)) if whole else np.radians(90.0 - poses.grid_azimuth_deg)
    if look.mode == "reach":
        low, high = np.full(len(poses.x), -np.inf), np.full(len(poses.x), np.inf)
    else:
        low = -_slope_down(poses.tilt_deg + poses.vfov_deg / 2.0)
        high = -_slope_down(poses.tilt_deg - poses.vfov_deg / 2.0)
    columns = (
        poses.x, poses.y, poses.height_m, axis, half, poses.range_m,
        low, high, cone.astype(np.float64), poses.under_m,
    )  # fmt: skip
    return [Lens(*row) for row in np.column_stack(columns).tolist()]


def _slope_down(below_horizon_deg: Floats) -> Floats:
    """Return how steeply a line points down; infinite from straight down on, −∞ from straight up on."""
    inner = np.abs(below_horizon_deg) < 90.0 - 1e-9
    slope = np.tan(np.radians(np.where(inner, below_horizon_deg, 0.0)))
    # What is level to within rounding is level: a cone at 0 needs no pyramid.
    slope = np.where(np.abs(slope) < 1e-12, 0.0, slope)
    return np.where(inner, slope, np.copysign(np.inf, below_horizon_deg))
