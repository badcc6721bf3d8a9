"""Each camera model agrees with itself, and says where its figures stand."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from visavis.cameras.optics import SENSOR_WIDTH_MM, field_of_view_deg, other_side_fov_deg
from visavis.model.vocabulary import CAMERA_KINDS
from visavis.readers.reference import read_models

# Formats are classes: the width used of a "1/1.8 inch" sensor differs by a quarter between makers, and the focal
# length that goes with a field at the long end is rounded.
SENSOR_TOLERANCE = 0.25
SHAPE_TOLERANCE = 0.20
MEGAPIXEL_TOLERANCE = 0.10
ZOOM_TOLERANCE = 0.04
ISO = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
JOINED = "multisensor"

Row = dict[str, Any]
Faults = list[str]


def faults(row: Row) -> Faults:
    """Name the figures of a model that can't hold together; an empty cell contradicts nothing."""
    return [name for name, holds in LAWS.items() if not holds(row)]


def _megapixels(row: Row) -> bool:
    stated, got = row["megapixels"], row["pixels_h"] * row["pixels_v"] / 1e6
    if row["kind"] == "fisheye":
        return not got > stated * (1 + MEGAPIXEL_TOLERANCE)
    return not abs(got / stated - 1) > MEGAPIXEL_TOLERANCE


def _zoom(row: Row) -> bool:
    return not abs(row["focal_max_mm"] / row["focal_min_mm"] / row["zoom"] - 1) > ZOOM_TOLERANCE


def _in_order(row: Row) -> bool:
    pairs = (
        ("focal_min_mm", "focal_max_mm"),
        ("hfov_tele_deg", "hfov_deg"),
        ("vfov_tele_deg", "vfov_deg"),
        ("tilt_least_deg", "tilt_most_deg"),
    )
    return not any(row[less] > row[more] for less, more in pairs)


def _wide(row: Row) -> bool:
    return _is_joined(row) or _field_fits(row, "hfov_deg", "focal_min_mm")


def _tele(row: Row) -> bool:
    return _field_fits(row, "hfov_tele_deg", "focal_max_mm")


def _field_fits(row: Row, field: str, focal: str) -> bool:
    if row["kind"] == "fisheye":
        return True
    width = SENSOR_WIDTH_MM.get(row["sensor_inch"], np.nan)
    least = field_of_view_deg(width * (1 - SENSOR_TOLERANCE), row[focal])
    most = np.degrees(width * (1 + SENSOR_TOLERANCE) / row[focal])
    return not (row[field] < least or row[field] > most)


def _shape(row: Row) -> bool:
    if row["kind"] == "fisheye" or _is_joined(row):
        return True
    ratio = row["pixels_v"] / row["pixels_h"]
    return all(
        not (
            row[vertical] < row[across] * ratio * (1 - SHAPE_TOLERANCE)
            or row[vertical] > other_side_fov_deg(row[across], ratio) * (1 + SHAPE_TOLERANCE)
        )
        for across, vertical in (("hfov_deg", "vfov_deg"), ("hfov_tele_deg", "vfov_tele_deg"))
    )


def _circle(row: Row) -> bool:
    if row["kind"] != "fisheye":
        return True
    height = SENSOR_WIDTH_MM.get(row["sensor_inch"], np.nan) * 3 / 4
    theta = np.radians(row["hfov_deg"])
    least, most = row["focal_min_mm"] * theta, 4 * row["focal_min_mm"] * np.tan(theta / 4)
    return not (most < height * (1 - SENSOR_TOLERANCE) or least > height * (1 + SENSOR_TOLERANCE))


def _is_joined(row: Row) -> bool:
    return bool(row["kind"] == JOINED and pd.isna(row["sensors"]))


LAWS: dict[str, Callable[[Row], bool]] = {
    "megapixels": _megapixels,
    "zoom": _zoom,
    "order": _in_order,
    "field at the wide end": _wide,
    "field at the long end": _tele,
    "vertical field": _shape,
    "circle of the fisheye": _circle,
}

MODELS = read_models()
ROWS: dict[str, Row] = {str(row["model_id"]): dict(row) for _, row in MODELS.iterrows()}
NAMED = MODELS[MODELS["maker"].notna() & MODELS["kind"].notna()]


@pytest.mark.parametrize("name", MODELS["model_id"])
def test_each_model_agrees_with_itself(name: str) -> None:
    assert faults(ROWS[name]) == []


@pytest.mark.parametrize(
    ("name", "column", "factor", "fault"),
    [
        ("NDP-7802-Z40L", "hfov_deg", 0.6, "field at the wide end"),
        ("NDP-7802-Z40L", "hfov_deg", 1.4, "field at the wide end"),
        ("NDP-7802-Z40L", "hfov_tele_deg", 0.5, "field at the long end"),
        ("NDP-7802-Z40L", "focal_max_mm", 0.5, "zoom"),
        ("NDP-7802-Z40L", "focal_min_mm", 50, "order"),
        ("NDP-7802-Z40L", "pixels_h", 2, "megapixels"),
        ("TNO-7180RLP", "vfov_deg", 0.6, "vertical field"),
        ("TNO-7180RLP", "vfov_deg", 1.5, "vertical field"),
        ("IPC-HFW5442T-ASE", "focal_min_mm", 2, "field at the wide end"),
        ("NDM-7703-A", "hfov_tele_deg", 2, "field at the long end"),
        ("M3057-PLVE", "focal_min_mm", 1.6, "circle of the fisheye"),
        ("M3057-PLVE", "focal_min_mm", 0.6, "circle of the fisheye"),
        ("M3057-PLVE", "pixels_v", 2, "megapixels"),
    ],
)
def test_a_figure_that_were_wrong_would_be_caught(name: str, column: str, factor: float, fault: str) -> None:
    row = ROWS[name]
    assert fault in faults({**row, column: row[column] * factor})


def test_at_least_sixty_models_that_stand_in_streets_are_known_by_name() -> None:
    assert len(NAMED) >= 60
    assert set(NAMED["kind"]) == set(CAMERA_KINDS) - {"unknown"}
    assert NAMED["hfov_deg"].notna().sum() >= 60
    assert NAMED["maker"].nunique() >= 15


def test_every_figure_of_a_named_model_has_a_document_and_a_day() -> None:
    told = MODELS[MODELS["maker"].notna()]
    assert (told["source"].str.len() > 10).all()
    assert told["source_url"].dropna().str.match(r"https://[^ ]+$").all()
    without_address = told[told["source_url"].isna()]
    assert set(without_address["model_id"]) == {"IPC6521-Z20-FI"}, "give the document's address"
    assert told[["source_date", "read_date"]].notna().any(axis=1).all()


def test_what_was_read_elsewhere_says_in_which_record_of_which_version() -> None:
    elsewhere = MODELS.dropna(subset="read_in")
    assert elsewhere["read_in"].str.fullmatch(r"github\.com/\S+, cameras/\S+\.json at [0-9a-f]{7}").all()
    assert elsewhere["read_in"].is_unique
    assert elsewhere["read_date"].notna().all()
    assert not (elsewhere["confidence"] == "high").any(), "nobody here held it to the document"


@pytest.mark.parametrize("column", ["source_date", "read_date"])
def test_days_are_days(column: str) -> None:
    days = MODELS[column].dropna()
    assert days.map(lambda day: ISO.fullmatch(day) is not None).all()
    assert pd.to_datetime(days, format="ISO8601").notna().all()


def test_no_document_is_younger_than_the_day_on_which_it_was_read() -> None:
    dated = MODELS.dropna(subset=["source_date", "read_date"])
    early = pd.to_datetime(dated["source_date"], format="ISO8601")
    assert (early <= pd.to_datetime(dated["read_date"], format="ISO8601")).all()


def test_a_maker_is_written_in_one_way() -> None:
    makers = MODELS["maker"].dropna().drop_duplicates()
    assert makers.str.casefold().is_unique
    assert (makers == makers.str.strip()).all()


def test_a_figure_that_was_left_out_is_told_and_its_cell_is_empty() -> None:
    for name, column in (
        ("DS-2DE7A432IWG1-E", "sensor_inch"),
        ("Predator HD", "sensor_inch"),
        ("ESCE1-8X36-RLU", "focal_max_mm"),
        ("iDS-2CD7A47G2H-XZHSY", "focal_min_mm"),
        ("IPC2324LB-ADZK-H", "hfov_tele_deg"),
        ("360-W", "focal_min_mm"),
        ("SD5A825GB-HNR", "hfov_tele_deg"),
        ("Q1798-LE", "vfov_deg"),
    ):
        assert pd.isna(ROWS[name][column])
        assert "left out" in ROWS[name]["note"]


def test_what_only_turning_cameras_have_is_given_for_them_alone() -> None:
    turning = MODELS[["pan_deg", "tilt_least_deg", "tilt_most_deg"]].notna().any(axis=1)
    assert set(MODELS.loc[turning, "kind"]) == {"ptz"}


def test_sensors_are_counted_of_multisensors_alone_and_are_several() -> None:
    counted = MODELS.dropna(subset="sensors")
    assert set(counted["kind"]) == {"multisensor"}
    assert (counted["sensors"] >= 2).all()


def test_a_shape_of_masks_goes_with_their_number() -> None:
    assert MODELS.loc[MODELS["mask_shape"].notna(), "masks"].ge(1).all()
    assert MODELS["masks"].dropna().ge(1).all()


def test_able_is_kept_apart_from_used() -> None:
    assert ROWS["Falcon"]["face_recognition_used"] == "no"
    assert pd.isna(ROWS["Falcon"]["face_recognition_able"])
    able = MODELS[MODELS["face_recognition_able"] == "yes"]
    assert len(able) > 0
    assert able["face_recognition_used"].isna().all()


def test_a_model_said_to_recognise_faces_or_read_plates_names_that_function() -> None:
    faces = MODELS[MODELS["face_recognition_able"].isin(["yes", "some"])]
    assert faces["analytics"].str.contains("face").all()
    plates = MODELS[MODELS["anpr_able"] == "yes"]
    assert plates["analytics"].str.contains("plate reading").all()
