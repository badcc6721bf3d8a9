"""The lens of each camera: fields of view and picture width, from its model or from what its kind has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from visavis.cameras.defaults import SPREAD_IN_SD, assume, assumed_log_sd
from visavis.cameras.filling import Flags, Rules, as_floats
from visavis.cameras.optics import (
    PINHOLE_BELOW_DEG,
    SENSOR_WIDTH_MM,
    Floats,
    field_of_view_deg,
    other_side_fov_deg,
)

ALL_ROUND_DEG: Final = 360.0

# Rules of this room beside the defaults by kind. An empty rule is a value that a datasheet gives.
FROM_WIDE_END: Final = "model.wide-end"
FROM_MIDDLE: Final = "model.middle-of-zoom"
FROM_SHAPE: Final = "optics.from-hfov"
FROM_SENSORS: Final = "model.sensors-side-by-side"


@dataclass(frozen=True)
class Lens:
    """What is known or assumed of each camera's lens; the rules are empty where nothing was assumed.

    Vertical field and picture width are not here: they go with the HFOV that a source may state instead
    (`vfov_of`, `pixels_of`). `one_hfov_deg` is the field of one sensor; `stated_vfov_deg` the vertical field
    that the model's papers give with `hfov_deg`, NaN where they give none. `focal_log_sd` is the standard deviation of
    the logarithm of the focal length where that was assumed, NaN where it was not.
    """

    hfov_deg: Floats
    hfov_rule: Rules
    focal_log_sd: Floats
    one_hfov_deg: Floats
    stated_vfov_deg: Floats
    focal_mm: Floats
    focal_rule: Rules
    width_mm: Floats
    rows_to_columns: Floats
    shape_rule: Rules


def lens_of(kinds: pd.Series[str], model: pd.DataFrame, defaults: pd.DataFrame) -> Lens:
    """Return the lens of each camera.

    A model's datasheet goes first, and the field that it states before the one of a pinhole with its focal
    length: a wide lens bends the edges of its picture and takes in more. A pan-tilt-zoom camera is taken at
    its wide end, as at its home position; another zoom lens at the focal length usual for its kind, as far as
    the model reaches it. Several sensors stand side by side: theirs is the sum of their fields, up to the whole
    circle.

    Parameters
    ----------
    kinds : Series of str
        Kind of each camera.
    model : DataFrame CAMERA_MODELS
        The row of its model, empty where it is not known.
    defaults : DataFrame CAMERA_DEFAULTS
    """
    focal, focal_rule = _focal(kinds, model, defaults)
    width, width_rule = _or_default(
        as_floats(model["sensor_inch"].map(SENSOR_WIDTH_MM)), defaults, "sensor_width_mm", kinds
    )
    pinhole = field_of_view_deg(width, focal)
    one, one_rule = _as_stated(kinds, model, pinhole, np.where(focal_rule == "", width_rule, focal_rule))
    hfov, hfov_rule = one.copy(), one_rule.copy()
    all_round = kinds.isin(_all_round_kinds(defaults)).to_numpy()
    hfov[all_round], hfov_rule[all_round] = assume(defaults, "hfov_deg", kinds[all_round])
    side_by_side, joined = _side_by_side(kinds, model), _joined(kinds, model)
    hfov[side_by_side] = np.minimum(as_floats(model["sensors"]) * one, ALL_ROUND_DEG)[side_by_side]
    hfov_rule[side_by_side] = FROM_SENSORS
    hfov[joined], hfov_rule[joined] = one[joined], ""
    ratio, shape_rule = _or_default(
        as_floats(model["pixels_v"]) / as_floats(model["pixels_h"]), defaults, "rows_to_columns", kinds
    )
    as_stated = (one == as_floats(model["hfov_deg"])) & (~all_round | side_by_side | joined)
    stated_vfov = np.where(as_stated, as_floats(model["vfov_deg"]), np.nan)
    zoom_sd = np.where(
        hfov_rule == FROM_MIDDLE, _zoom_log_sd(model), assumed_log_sd(defaults, "focal_mm", hfov_rule)
    )
    return Lens(hfov, hfov_rule, zoom_sd, one, stated_vfov, focal, focal_rule, width, ratio, shape_rule)


def vfov_of(
    kinds: pd.Series[str],
    hfov_deg: Floats,
    hfov_assumed: Flags,
    tilt_deg: Floats,
    lens: Lens,
    defaults: pd.DataFrame,
) -> tuple[Floats, Rules]:
    """Return the vertical field that goes with each horizontal one, and by which rule.

    What the model's papers give with that horizontal field goes first. A pinhole's follows from the picture's
    shape. From 180° on it is that of lenses side by side, but for a dome or a fisheye: its picture reaches from
    the horizon straight down, and one whose axis looks further down has a field of twice its tilt.
    """
    pinhole = hfov_deg < PINHOLE_BELOW_DEG
    by_shape = other_side_fov_deg(np.where(pinhole, hfov_deg, 90.0), lens.rows_to_columns)
    shape_rule = np.where(hfov_assumed | (lens.shape_rule != ""), FROM_SHAPE, "")
    side_by_side = field_of_view_deg(lens.width_mm * lens.rows_to_columns, lens.focal_mm)
    vfov = np.where(pinhole, by_shape, side_by_side)
    rule = np.where(pinhole, shape_rule, lens.focal_rule).astype(object)

    down = kinds.isin(("dome", "fisheye")).to_numpy() & ~pinhole
    field, field_rule = assume(defaults, "vfov_deg", kinds[down])
    vfov[down] = np.clip(2.0 * tilt_deg[down], field, 180.0)
    rule[down] = field_rule
    stated = ~np.isnan(lens.stated_vfov_deg) & (hfov_deg == lens.hfov_deg)
    return np.where(stated, lens.stated_vfov_deg, vfov), np.where(stated, lens.hfov_rule, rule)


def pixels_of(
    kinds: pd.Series[str], hfov_deg: Floats, lens: Lens, model: pd.DataFrame, defaults: pd.DataFrame
) -> tuple[Floats, Rules]:
    """Return the picture width that goes with each horizontal field, and by which rule.

    From 180° on, a kind that looks all round has its share of the whole circle's pixels: of a fisheye those
    along the rim of the circle that it draws, as high as its picture; of several sensors those of all, or of
    their joined picture; of a dome, whose one picture says nothing of the circle, what is assumed. A fisheye on
    a wall, which takes in less than the whole circle, has its circle's diameter over 180°. With a field below
    180° each has a fixed camera's picture.
    """
    round_kind = kinds.isin(_all_round_kinds(defaults)).to_numpy()
    fisheye = (kinds == "fisheye").to_numpy()
    spread = round_kind & (hfov_deg >= PINHOLE_BELOW_DEG)
    columns, rows = as_floats(model["pixels_h"]), as_floats(model["pixels_v"])
    around = np.where(fisheye, np.pi * np.fmin(columns, rows), np.nan)
    known = np.where(spread, around, columns)
    pixels, rule = _or_default(known, defaults, "pixels", kinds.mask(round_kind & ~spread, "fixed"))
    on_a_wall = fisheye & (hfov_deg < ALL_ROUND_DEG)
    share = np.where(on_a_wall, hfov_deg / 180.0 / np.pi, hfov_deg / ALL_ROUND_DEG)
    pixels = np.where(spread, pixels * share, pixels)
    joined = _joined(kinds, model) & spread & ~np.isnan(columns)
    several = joined | (_side_by_side(kinds, model) & spread & ~np.isnan(columns))
    pixels = np.where(several, columns * hfov_deg / lens.one_hfov_deg, pixels)
    return pixels, np.where(several, np.where(joined, "", FROM_SENSORS), rule).astype(object)


def tele_field_of(kinds: pd.Series[str], model: pd.DataFrame, defaults: pd.DataFrame) -> tuple[Floats, Rules]:
    """Return the horizontal field of each pan-tilt-zoom camera at full zoom, NaN for others, and by which rule."""
    focal, focal_rule = of_ptz(as_floats(model["focal_max_mm"]), "focal_tele_mm", kinds, defaults)
    width, width_rule = _or_default(
        as_floats(model["sensor_inch"].map(SENSOR_WIDTH_MM)), defaults, "sensor_width_mm", kinds
    )
    stated = as_floats(model["hfov_tele_deg"])
    told = ~np.isnan(stated) & ~np.isnan(focal)
    rule = np.where(focal_rule == "", width_rule, focal_rule)
    return np.where(told, stated, field_of_view_deg(width, focal)), np.where(told, "", rule)


def of_ptz(
    known: Floats, quantity: str, kinds: pd.Series[str], defaults: pd.DataFrame
) -> tuple[Floats, Rules]:
    """Return what is known of pan-tilt-zoom cameras or else assumed, NaN for other kinds, and by which rule."""
    ptz = (kinds == "ptz").to_numpy()
    value, rule = np.full(len(kinds), np.nan), np.full(len(kinds), "", dtype=object)
    value[ptz], rule[ptz] = _or_default(known[ptz], defaults, quantity, kinds[ptz])
    return value, rule


def _focal(kinds: pd.Series[str], model: pd.DataFrame, defaults: pd.DataFrame) -> tuple[Floats, Rules]:
    usual, usual_rule = assume(defaults, "focal_mm", kinds)
    least, most = as_floats(model["focal_min_mm"]), as_floats(model["focal_max_mm"])
    least, most = np.where(np.isnan(least), most, least), np.where(np.isnan(most), least, most)
    known, zooms, ptz = ~np.isnan(least), most > least, (kinds == "ptz").to_numpy()
    focal = np.where(known, np.where(ptz, least, np.clip(usual, least, most)), usual)
    rule = np.where(known, np.where(zooms, np.where(ptz, FROM_WIDE_END, FROM_MIDDLE), ""), usual_rule)
    return focal, rule.astype(object)


def _zoom_log_sd(model: pd.DataFrame) -> Floats:
    """Return the standard deviation that a model's zoom range stands for: nobody knows how far it is zoomed.

    The range of its focal lengths, or else that of the fields which its papers state, is read as any spread of a
    default is.
    """
    least, most = as_floats(model["focal_min_mm"]), as_floats(model["focal_max_mm"])
    wide, tele = (
        np.tan(np.radians(np.minimum(as_floats(model[end]), 179.0)) / 2.0)
        for end in ("hfov_deg", "hfov_tele_deg")
    )
    ratio = np.where(most > least, most / least, wide / tele)
    return np.log(np.fmax(ratio, 1.0)) / SPREAD_IN_SD


def _as_stated(
    kinds: pd.Series[str], model: pd.DataFrame, pinhole_deg: Floats, rule: Rules
) -> tuple[Floats, Rules]:
    """Return the field of one sensor as the model's papers state it, else the pinhole's, and by which rule.

    Of a zoom lens that is neither taken at its wide end nor of several sensors only the ends are stated: the
    pinhole's field is kept between them.
    """
    wide, tele = as_floats(model["hfov_deg"]), as_floats(model["hfov_tele_deg"])
    told = ~np.isnan(wide)
    zooms = ~np.isnan(tele) | (as_floats(model["focal_max_mm"]) > as_floats(model["focal_min_mm"]))
    ptz = (kinds == "ptz").to_numpy()
    at_wide_end = told & (ptz | ~zooms | (kinds == "multisensor").to_numpy())
    field = np.where(at_wide_end, wide, np.fmax(np.fmin(pinhole_deg, wide), tele))
    wide_rule = np.where(zooms, FROM_WIDE_END, "")
    return field, np.where(at_wide_end, wide_rule, np.where(told, FROM_MIDDLE, rule)).astype(object)


def _joined(kinds: pd.Series[str], model: pd.DataFrame) -> Flags:
    """Tell which cameras have one picture joined from several sensors, whose field the model gives."""
    several = ((kinds == "multisensor") & (model["kind"] == "multisensor")).to_numpy()
    told = (model["sensors"].isna() & model["hfov_deg"].notna()).to_numpy()
    return np.asarray(several & told, dtype=np.bool_)


def _side_by_side(kinds: pd.Series[str], model: pd.DataFrame) -> Flags:
    """Tell which cameras are of several sensors whose own field the model gives."""
    by_lens = model[["sensor_inch", "focal_min_mm"]].notna().all(axis=1)
    told = (model["sensors"].notna() & (by_lens | model["hfov_deg"].notna())).to_numpy()
    return np.asarray((kinds == "multisensor").to_numpy() & told, dtype=np.bool_)


def _or_default(
    known: Floats, defaults: pd.DataFrame, quantity: str, kinds: pd.Series[str]
) -> tuple[Floats, Rules]:
    usual, rule = assume(defaults, quantity, kinds)
    lacks = np.isnan(known)
    return np.where(lacks, usual, known), np.where(lacks, rule, "").astype(object)


def _all_round_kinds(defaults: pd.DataFrame) -> list[str]:
    """The kinds for which a horizontal field is assumed outright instead of a lens."""
    fields = defaults.loc[defaults["quantity"] == "hfov_deg", "kinds"]
    return sorted(fields.str.split(";").explode().dropna())
