"""From a camera's optics to the lens of a sweep: which way, how wide, how far up and down."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd

from visavis.cameras.optics import PINHOLE_BELOW_DEG, distance_at_density_m, other_side_fov_deg
from visavis.model.vocabulary import LEVEL_MIN_PX_PER_M, REACHES
from visavis.views.lens import Lens
from visavis.views.walls import Floats

ALL_ROUND_DEG: Final = 360.0

# The columns of a lens that its long end replaces.
_LENS: Final = ("hfov_deg", "vfov_deg", "focal_log_sd", "range_m")
_WIDEST_PINHOLE_DEG: Final = 179.0


@dataclass(frozen=True)
class Look:
    """One way in which a camera looks.

    Parameters
    ----------
    mode : str
        ``fixed``; or for a PTZ ``reach``, ``reach_tele`` at full zoom, and ``now`` where its direction is known.
    all_round : bool
        It takes in the whole circle, or can be turned to any part of it.
    undirected : bool
        It looks one way, and nobody knows which.
    tilts_deg : (float, float), optional
        How high and how low the axis can be turned, below the horizon; None where nothing bounds it.
    """

    mode: str
    all_round: bool
    undirected: bool
    tilts_deg: tuple[float, float] | None = None


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


def ways_of(cameras: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return cameras with a row more for each that zooms: the same camera at full zoom, in the mode ``reach_tele``.

    Its fields are those of the long end, the vertical one in the picture's shape, and its range is where the
    lowest level of EN 62676-4 ends through that lens. A column `mode` names what such a row stands for; it is
    empty for a camera as it is given.

    Parameters
    ----------
    cameras : GeoDataFrame CAMERAS

    Returns
    -------
    GeoDataFrame
        CAMERAS with `mode`; each camera's rows stand together, in the order of `cameras`.
    """
    cameras = cameras.reset_index(drop=True)
    zooming = cameras[(cameras["kind"] == "ptz") & cameras["hfov_tele_deg"].notna()]
    tele = zooming["hfov_tele_deg"].to_numpy(float)
    longer = _half_tan(tele) / _half_tan(np.minimum(zooming["hfov_deg"].to_numpy(float), _WIDEST_PINHOLE_DEG))
    vfov = np.minimum(zooming["vfov_deg"].to_numpy(float), _WIDEST_PINHOLE_DEG)
    zoomed = zooming.assign(
        mode="reach_tele",
        hfov_deg=tele,
        vfov_deg=other_side_fov_deg(vfov, longer),
        range_m=distance_at_density_m(zooming["pixels"], tele, LEVEL_MIN_PX_PER_M["monitor"]),
        # Its lens is the long end, whatever rule gave the wide one; so nothing of it is drawn.
        focal_log_sd=np.nan,
        assumed=zooming["assumed"].map(_without_lens),
    )
    if zoomed.empty:
        return cameras.assign(mode=None)
    return gpd.GeoDataFrame(
        pd.concat([cameras.assign(mode=None), zoomed]).sort_index(kind="stable"), crs=cameras.crs
    )


def looks_of(camera: Any) -> tuple[Look, ...]:
    """Return how a camera looks, by its kind, horizontal field and direction.

    Parameters
    ----------
    camera : row of CAMERAS, or of what `ways_of` makes of them
        A row with a mode of its own is looked through in that mode alone.
    """
    directed = not math.isnan(camera.azimuth_deg)
    all_round = camera.hfov_deg >= ALL_ROUND_DEG
    if camera.kind != "ptz":
        return (Look("fixed", all_round, not (directed or all_round)),)
    tilts = (float(camera.tilt_least_deg), float(camera.tilt_most_deg))
    bounds = None if any(map(math.isnan, tilts)) else tilts
    mode = getattr(camera, "mode", None)
    if isinstance(mode, str):
        return (Look(mode, all_round=True, undirected=False, tilts_deg=bounds),)
    reach = Look("reach", all_round=True, undirected=False, tilts_deg=bounds)
    return (reach, Look("now", all_round, undirected=False)) if directed else (reach,)


def lenses_of(poses: Poses, look: Look, *, unturned: bool = False) -> list[Lens]:
    """Return the lens of each pose, as `rows_of_lenses` does."""
    return [Lens(*row) for row in rows_of_lenses(poses, look, unturned=unturned).tolist()]


def rows_of_lenses(poses: Poses, look: Look, *, unturned: bool = False) -> Floats:
    """Return the lens of each pose, (n, 10): the fields of `Lens`.

    A picture below 180° is that of a pinhole: its lower and upper edge are planes, so that straight ahead
    the ground begins at H / tan(t + VFOV/2). Its sides are taken as upright planes at half the horizontal
    field, as they are where the axis is level. From 180° on, the vertical field is the same all round. What
    a PTZ can be pointed at reaches half its vertical field beyond the highest and the lowest of its tilts.

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
    if look.mode not in REACHES:
        low = -_slope_down(poses.tilt_deg + poses.vfov_deg / 2.0)
        high = -_slope_down(poses.tilt_deg - poses.vfov_deg / 2.0)
    elif look.tilts_deg is None:
        low, high = np.full(len(poses.x), -np.inf), np.full(len(poses.x), np.inf)
    else:
        low = -_slope_down(look.tilts_deg[1] + poses.vfov_deg / 2.0)
        high = -_slope_down(look.tilts_deg[0] - poses.vfov_deg / 2.0)
    columns = (
        poses.x, poses.y, poses.height_m, axis, half, poses.range_m,
        low, high, cone.astype(np.float64), poses.under_m,
    )  # fmt: skip
    return np.column_stack(columns)


def draws_a_circle(lens: Lens, hfov_deg: float) -> bool:
    """Tell whether a picture is the circle of a fisheye that looks straight down.

    An all-round picture that takes in what is straight below, and ends somewhere above, is one: no row of upright
    lenses sees its own foot.
    """
    return (
        hfov_deg >= ALL_ROUND_DEG
        and lens.half_rad >= math.pi
        and math.isinf(lens.low_slope)
        and math.isfinite(lens.high_slope)
    )


def _slope_down(below_horizon_deg: Floats) -> Floats:
    """Return how steeply a line points down; infinite from straight down on, −∞ from straight up on."""
    inner = np.abs(below_horizon_deg) < 90.0 - 1e-9
    slope = np.tan(np.radians(np.where(inner, below_horizon_deg, 0.0)))
    # What is level to within rounding is level: a cone at 0 needs no pyramid.
    slope = np.where(np.abs(slope) < 1e-12, 0.0, slope)
    return np.where(inner, slope, np.copysign(np.inf, below_horizon_deg))


def _half_tan(fov_deg: Floats) -> Floats:
    return np.asarray(np.tan(np.radians(fov_deg) / 2.0))


def _without_lens(assumed: object) -> str | None:
    """Return what `assumed` names but the wide lens; what gave the long end stands in its place."""
    entries = (
        dict(entry.partition("=")[::2] for entry in assumed.split(";")) if isinstance(assumed, str) else {}
    )
    kept = {column: rule for column, rule in entries.items() if column not in _LENS}
    return ";".join(f"{column}={rule}" for column, rule in kept.items()) or None
