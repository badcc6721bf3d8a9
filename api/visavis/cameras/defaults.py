"""What is assumed of a camera where nothing is known: each value with its spread, its reason and a rule id.

The rule id stands in `assumed` wherever the value was used. The file ``camera-defaults.csv`` among the
reference tables is written from here (``python -m tools.camera_defaults``).
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from visavis.cameras.catalogue import CONFIDENCES
from visavis.model.errors import TableError
from visavis.model.schema import key, number, plain_table, text

CAMERA_DEFAULTS: Final = plain_table(
    "camera_defaults",
    rule_id=key("Name of the rule, as `assumed` cites it"),
    quantity=text("What it gives: a column of the camera table, or a part of the lens"),
    kinds=text("Kinds of camera that it is for, joined by ';'; empty for all others", optional=True),
    value=number("The value assumed", "the quantity's own"),
    least=number("What one may well meet at the lower end", "the quantity's own", optional=True),
    most=number("What one may well meet at the upper end", "the quantity's own", optional=True),
    basis=text("Why this value"),
    source=text("Where it comes from; 'assumption' where nothing better is known"),
    confidence=text("How sure it is", among=CONFIDENCES),
)


class Default(NamedTuple):
    """One assumption."""

    rule_id: str
    quantity: str
    kinds: str
    value: float
    least: float
    most: float
    basis: str
    source: str
    confidence: str


_DECILES: Final = "market deciles 10/50/90 of focal lengths"

# A spread is read as the middle 95 % of a normal distribution: two standard deviations to each side.
SPREAD_IN_SD: Final = 4.0

_HOUSE: Final = (
    Default(
        "default.mount-height", "height_m", "", 5.0, 3.0, 12.0,
        "Above reach, below the lamp's head", "assumption", "medium",
    ),
    Default(
        "default.stated-height-error", "height_sd_m", "", 1.0, 0.0, 3.0,
        "Heights are told in whole metres, and often of the pole instead of the lens", "assumption", "low",
    ),
    Default(
        "default.map-position-error", "position_sd_m", "", 3.0, 1.0, 10.0,
        "A point set by hand on an aerial image or a town map", "assumption", "medium",
    ),
    Default(
        "default.stated-direction-error", "azimuth_sd_deg", "", 10.0, 3.0, 22.5,
        "A direction judged by eye; half a step of the 16-point compass is 11.25", "assumption", "medium",
    ),
    Default(
        "default.tilt", "tilt_deg", "", 15.0, 5.0, 30.0,
        "Looks along a street from above heads", "assumption", "medium",
    ),
    Default(
        "default.stated-tilt-error", "tilt_sd_deg", "", 5.0, 2.0, 15.0,
        "A tilt told in steps of five or ten degrees, and seldom measured where the camera hangs",
        "assumption", "low",
    ),
    Default(
        "default.dome-tilt", "tilt_deg", "dome", 45.0, 45.0, 90.0,
        "Middle of an all-round picture from the horizon to straight below", "assumption", "medium",
    ),
    Default(
        "default.dome-field", "vfov_deg", "dome", 90.0, 90.0, 180.0,
        "An all-round picture from the horizon to straight below", "assumption", "medium",
    ),
    Default(
        "default.fisheye-tilt", "tilt_deg", "fisheye", 90.0, 45.0, 90.0,
        "Under a ceiling or an arm, its axis straight down", "assumption", "medium",
    ),
    Default(
        "default.fisheye-field", "vfov_deg", "fisheye", 180.0, 180.0, 185.0,
        "Half of all directions, from the horizon through straight below", "assumption", "medium",
    ),
    Default(
        "default.all-round", "hfov_deg", "dome;fisheye;multisensor", 360.0, 180.0, 360.0,
        "A dome hides where it is turned; a fisheye or several sensors cover the circle", "assumption", "medium",
    ),
    Default(
        "default.fixed-focal", "focal_mm", "fixed", 6.8, 2.8, 26.0,
        "Median lens of a fixed camera", _DECILES, "medium",
    ),
    Default(
        "default.unknown-kind-focal", "focal_mm", "unknown", 6.8, 2.8, 26.0,
        "Taken for a fixed camera, the commonest kind", _DECILES, "low",
    ),
    Default(
        "default.ptz-focal", "focal_mm", "ptz", 6.5, 2.8, 68.0,
        "Median lens of a pan-tilt-zoom camera: a wide picture, as at its home position", _DECILES, "medium",
    ),
    Default(
        "default.ptz-tele-focal", "focal_tele_mm", "ptz", 135.0, 68.0, 180.0,
        "Thirty-fold zoom from 4.5 mm; the ninth decile of all focal lengths, 68 mm, to forty-fold",
        "generic pan-tilt-zoom camera of two megapixels; market deciles of focal lengths", "low",
    ),
    Default(
        "default.ptz-tilt-up", "tilt_least_deg", "ptz", -15.0, -30.0, 0.0,
        "Domes on a bracket see a little above the horizon, those under a ceiling do not", "assumption", "low",
    ),
    Default(
        "default.ptz-tilt-down", "tilt_most_deg", "ptz", 90.0, 70.0, 90.0,
        "Turns straight down, then flips over", "assumption", "medium",
    ),
    Default(
        "default.anpr-focal", "focal_mm", "anpr", 12.0, 8.0, 50.0,
        "A lane's width where a plate is read: narrower than an overview", "assumption", "low",
    ),
    Default(
        "default.all-round-focal", "focal_mm", "dome;fisheye;multisensor", 2.8, 2.8, 6.8,
        "Wide lenses, to close the circle", _DECILES, "low",
    ),
    Default(
        "default.sensor", "sensor_width_mm", "", 5.37, 4.8, 7.18,
        'The 1/2.8" sensor that two-megapixel cameras have', "generic two-megapixel cameras", "medium",
    ),
    Default(
        "default.picture-shape", "rows_to_columns", "", 0.5625, 0.5625, 0.75,
        "9 rows to 16 columns", "generic two-megapixel cameras", "high",
    ),
    Default(
        "default.two-megapixels", "pixels", "", 1920.0, 1920.0, 3840.0,
        "Two megapixels; four and eight are met as well", "market: 2, 4 or 8 megapixels", "medium",
    ),
    Default(
        "default.all-round-dome-pixels", "pixels", "dome;fisheye", 6786.0, 3840.0, 11310.0,
        "Rim of the circle that a fisheye draws on an eight-megapixel sensor: pi times 2160 rows",
        "assumption", "low",
    ),
    Default(
        "default.four-sensors-pixels", "pixels", "multisensor", 7680.0, 7680.0, 15360.0,
        "Four two-megapixel pictures side by side", "assumption", "low",
    ),
)  # fmt: skip


def house_defaults() -> pd.DataFrame:
    """Return what visavis assumes, as CAMERA_DEFAULTS, ordered by rule id."""
    rows = [default._asdict() | {"kinds": default.kinds or None} for default in _HOUSE]
    return CAMERA_DEFAULTS.frame(sorted(rows, key=lambda row: row["rule_id"]))


def assume(
    defaults: pd.DataFrame, quantity: str, kinds: pd.Series[str]
) -> tuple[NDArray[np.float64], NDArray[np.object_]]:
    """Return for each camera the value assumed of `quantity`, and the id of the rule that says so.

    A rule that names the camera's kind goes before one for all kinds.

    Raises
    ------
    TableError
        Where no rule gives the quantity for a kind.
    """
    ours = defaults[defaults["quantity"] == quantity]
    by_kind = (
        ours.assign(kind=ours["kinds"].fillna("").str.split(";"))
        .explode("kind")
        .drop_duplicates("kind")
        .set_index("kind")
    )
    keys = kinds.where(kinds.isin(by_kind.index), "")
    if len(keys) and not keys.isin(by_kind.index).all():
        lacking = kinds[~keys.isin(by_kind.index)].iloc[0]
        raise TableError(
            f"camera_defaults: no {quantity} for cameras of kind {lacking!r}",
            remedy=f"Add a row for {quantity}, with that kind or for all",
        )
    found = by_kind.reindex(keys.array)
    return found["value"].to_numpy(float), found["rule_id"].to_numpy(object)


def assumed_log_sd(defaults: pd.DataFrame, quantity: str, rules: NDArray[np.object_]) -> NDArray[np.float64]:
    """Return the standard deviation of the logarithm that the spread of each rule for `quantity` stands for.

    NaN where a rule gives something else.
    """
    ours = defaults[defaults["quantity"] == quantity]
    ratio = (ours["most"] / ours["least"]).set_axis(ours["rule_id"].array)
    return np.asarray(np.log(ratio.reindex(rules).to_numpy(float)) / SPREAD_IN_SD)


def assumed_sd(defaults: pd.DataFrame, rules: NDArray[np.object_]) -> NDArray[np.float64]:
    """Return the standard deviation that each rule's spread stands for."""
    spread = (defaults["most"] - defaults["least"]).set_axis(defaults["rule_id"].array) / SPREAD_IN_SD
    return spread.reindex(rules).to_numpy(float)
