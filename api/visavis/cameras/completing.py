"""From a camera as read to one that a view can be computed of; whatever is filled in is named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd

from visavis.cameras.catalogue import models_of
from visavis.cameras.defaults import assume, assumed_sd, house_defaults
from visavis.cameras.doubting import doubts
from visavis.cameras.filling import Filling, as_floats
from visavis.cameras.lens import ALL_ROUND_DEG, lens_of, of_ptz, pixels_of, tele_field_of, vfov_of
from visavis.cameras.optics import distance_at_density_m
from visavis.cameras.plausibility import PLAUSIBLE, without_implausible
from visavis.cameras.table import CAMERAS
from visavis.model.findings import Finding
from visavis.model.ground import FLAT
from visavis.model.vocabulary import LEVEL_MIN_PX_PER_M

FROM_MODEL_KIND: Final = "model.kind"
FROM_MONITOR_LEVEL: Final = "optics.monitor-level"


@dataclass(frozen=True)
class Completed:
    """Complete cameras, and what is doubtful in them."""

    cameras: gpd.GeoDataFrame
    findings: tuple[Finding, ...]


def complete(read: gpd.GeoDataFrame, models: pd.DataFrame, defaults: pd.DataFrame | None = None) -> Completed:
    """Return cameras with every column filled that a view needs, each filling named in `assumed`.

    What the source gives is kept, unless no camera could have it. A model in the catalogue gives its lens;
    what is then still missing comes from the defaults by kind. The direction is never filled: where it is
    unknown it stays so. The ground is flat, until a terrain model raises it. `range_m` is the distance at which
    density falls to the lowest level of EN 62676-4; it is named in `assumed` where the lens was.

    Parameters
    ----------
    read : GeoDataFrame CAMERAS_READ, in any CRS
    models : DataFrame CAMERA_MODELS
    defaults : DataFrame CAMERA_DEFAULTS, optional
        What to assume; that of the house where none is given.

    Returns
    -------
    Completed
        CAMERAS in the CRS and order of `read`.

    Raises
    ------
    TableError
        Where the defaults lack a quantity, or the result breaks its schema.
    """
    defaults = house_defaults() if defaults is None else defaults
    read = read.reset_index(drop=True)
    known, implausible = without_implausible(read)
    model = models_of(known["model_id"], models)
    filling = Filling(known, list(PLAUSIBLE))
    kinds = _kinds(known["kind"], model["kind"], filling)
    _fill_mount(filling, kinds, defaults)
    _fill_picture(filling, kinds, model, defaults)
    cameras = CAMERAS.frame(
        known.assign(
            kind=kinds,
            model_id=model["model_id"].fillna(known["model_id"]),
            **filling.numbers,
            terrain=FLAT,
            assumed=filling.assumed(),
        )
    )
    return Completed(cameras, (*implausible, *doubts(cameras, model)))


def _kinds(read: pd.Series[str], of_model: pd.Series[str], filling: Filling) -> pd.Series[str]:
    """A camera of unknown kind whose model is known has the model's kind."""
    told = (read == "unknown") & of_model.notna()
    filling.note("kind", told.to_numpy(), np.full(len(read), FROM_MODEL_KIND, dtype=object))
    return read.mask(told, of_model)


def _fill_mount(filling: Filling, kinds: pd.Series[str], defaults: pd.DataFrame) -> None:
    height, height_rule = assume(defaults, "height_m", kinds)
    guessed = filling.fill("height_m", height, height_rule)
    # The error that goes with a height nobody knows is the spread of heights, whatever the source says.
    filling.clear("height_sd_m", guessed)
    spread = np.where(guessed, assumed_sd(defaults, height_rule), np.nan)
    filling.fill("height_sd_m", spread, height_rule)
    filling.fill("height_sd_m", *assume(defaults, "height_sd_m", kinds))
    # A fisheye that takes in less than the circle hangs on a wall and looks ahead, as a fixed camera does.
    ahead = (kinds == "fisheye") & (filling.numbers["hfov_deg"] < ALL_ROUND_DEG)
    tilt, tilt_rule = assume(defaults, "tilt_deg", kinds.mask(ahead, "fixed"))
    guessed = filling.fill("tilt_deg", tilt, tilt_rule)
    filling.clear("tilt_sd_deg", guessed)
    spread = np.where(guessed, assumed_sd(defaults, tilt_rule), np.nan)
    filling.fill("tilt_sd_deg", spread, tilt_rule)
    filling.fill("tilt_sd_deg", *assume(defaults, "tilt_sd_deg", kinds))
    filling.fill("position_sd_m", *assume(defaults, "position_sd_m", kinds))
    # The error of a direction that nobody knows means nothing.
    undirected = np.isnan(filling.numbers["azimuth_deg"])
    filling.clear("azimuth_sd_deg", undirected)
    error, error_rule = assume(defaults, "azimuth_sd_deg", kinds)
    filling.fill("azimuth_sd_deg", np.where(undirected, np.nan, error), error_rule)


def _fill_turning(
    filling: Filling, kinds: pd.Series[str], model: pd.DataFrame, defaults: pd.DataFrame
) -> None:
    """Fill how far a camera zooms and tilts, of those that do; a lens is never wider at full zoom."""
    tele, tele_rule = tele_field_of(kinds, model, defaults)
    filling.fill("hfov_tele_deg", np.minimum(tele, filling.numbers["hfov_deg"]), tele_rule)
    for column in ("tilt_least_deg", "tilt_most_deg"):
        filling.fill(column, *of_ptz(as_floats(model[column]), column, kinds, defaults))


def _fill_picture(
    filling: Filling, kinds: pd.Series[str], model: pd.DataFrame, defaults: pd.DataFrame
) -> None:
    lens = lens_of(kinds, model, defaults)
    wide = filling.fill("hfov_deg", lens.hfov_deg, lens.hfov_rule) & (lens.hfov_rule != "")
    filling.clear("focal_log_sd", wide)
    filling.fill("focal_log_sd", np.where(wide, lens.focal_log_sd, np.nan), lens.hfov_rule)
    hfov, tilt = filling.numbers["hfov_deg"], filling.numbers["tilt_deg"]
    width, width_rule = pixels_of(kinds, hfov, lens, model, defaults)
    fine = filling.fill("pixels", width, width_rule) & (width_rule != "")
    filling.fill("vfov_deg", *vfov_of(kinds, hfov, wide, tilt, lens, defaults))
    _fill_turning(filling, kinds, model, defaults)
    reach = distance_at_density_m(filling.numbers["pixels"], hfov, LEVEL_MIN_PX_PER_M["monitor"])
    filling.fill("range_m", reach, np.where(wide | fine, FROM_MONITOR_LEVEL, "").astype(object))
