"""What a model's papers state of its picture goes before what a pinhole with its lens would give."""

from __future__ import annotations

from typing import Any

import pytest
import shapely

from visavis.cameras import CAMERA_MODELS, CAMERAS_READ, complete
from visavis.cameras.lens import FROM_MIDDLE, FROM_SENSORS, FROM_WIDE_END
from visavis.cameras.optics import field_of_view_deg
from visavis.readers.reference import read_models

PAPERS = {"source": "datasheet", "confidence": "medium", "pixels_h": 2688.0, "pixels_v": 1520.0}


def _completed(told: dict[str, Any] | None = None, **model: Any) -> tuple[dict[str, Any], dict[str, str]]:
    camera = {"camera_id": "c", "disclosure_id": "d", "standing": "stated", "source_id": "s", "model_id": "M"}
    placed = {"kind": model["kind"], "azimuth_deg": 90.0, "geometry": shapely.Point(0, 0)}
    read = CAMERAS_READ.frame([{**camera, **placed, **(told or {})}])
    done = complete(read, CAMERA_MODELS.frame([{"model_id": "M", **PAPERS, **model}])).cameras.iloc[0]
    entries = (entry.partition("=") for entry in done["assumed"].split(";"))
    return dict(done), {column: rule for column, _, rule in entries}


def test_a_wide_lens_has_the_field_that_its_papers_state_and_nothing_is_assumed() -> None:
    camera, assumed = _completed(
        kind="fixed", sensor_inch="1/1.8", focal_min_mm=2.8, focal_max_mm=2.8, hfov_deg=111.0, vfov_deg=61.4
    )
    assert (camera["hfov_deg"], camera["vfov_deg"]) == (111.0, 61.4)
    assert not {"hfov_deg", "vfov_deg", "pixels", "range_m"} & set(assumed)
    assert camera["hfov_deg"] > field_of_view_deg(7.18, 2.8) + 5.0, "a pinhole would take in less"


def test_a_field_that_the_source_states_goes_before_the_model_s() -> None:
    camera, assumed = _completed({"hfov_deg": 60.0}, kind="fixed", hfov_deg=111.0, vfov_deg=61.4)
    assert camera["hfov_deg"] == 60.0
    assert camera["vfov_deg"] == pytest.approx(36.2, abs=0.1), "by the picture's shape"
    assert "vfov_deg" not in assumed


def test_a_turning_camera_has_both_stated_ends() -> None:
    camera, assumed = _completed(
        kind="ptz", focal_min_mm=5.6, focal_max_mm=223.0, hfov_deg=61.8, vfov_deg=36.3, hfov_tele_deg=2.2
    )
    assert (camera["hfov_deg"], camera["vfov_deg"], camera["hfov_tele_deg"]) == (61.8, 36.3, 2.2)
    assert (assumed["hfov_deg"], assumed["vfov_deg"]) == (FROM_WIDE_END, FROM_WIDE_END)
    assert "hfov_tele_deg" not in assumed


@pytest.mark.slow
def test_a_zoom_lens_that_stays_as_it_was_set_is_kept_between_the_stated_ends() -> None:
    ends: dict[str, Any] = {"kind": "fixed", "hfov_deg": 31.0, "hfov_tele_deg": 8.0}
    camera, assumed = _completed(**ends)
    assert camera["hfov_deg"] == 31.0, "the usual lens would take in more"
    assert assumed["hfov_deg"] == FROM_MIDDLE
    camera, _ = _completed(**{**ends, "hfov_deg": 110.0, "hfov_tele_deg": 70.0})
    assert camera["hfov_deg"] == 70.0, "the usual lens would take in less"
    camera, _ = _completed(**{**ends, "hfov_deg": 110.0, "hfov_tele_deg": 20.0})
    assert camera["hfov_deg"] == pytest.approx(field_of_view_deg(5.37, 6.8))


@pytest.mark.slow
def test_several_sensors_add_up_to_what_the_papers_state_of_each() -> None:
    camera, assumed = _completed(kind="multisensor", sensors=3.0, hfov_deg=90.0, vfov_deg=54.0)
    assert (camera["hfov_deg"], camera["vfov_deg"], camera["pixels"]) == (270.0, 54.0, 3 * 2688.0)
    assert assumed["hfov_deg"] == assumed["pixels"] == FROM_SENSORS
    four, _ = _completed(kind="multisensor", sensors=4.0, hfov_deg=97.0)
    assert four["hfov_deg"] == 360.0
    assert four["pixels"] == pytest.approx(2688.0 * 360.0 / 97.0)


def test_a_joined_picture_has_the_field_of_the_whole() -> None:
    camera, assumed = _completed(kind="multisensor", pixels_h=4320.0, hfov_deg=180.0, vfov_deg=90.0)
    assert (camera["hfov_deg"], camera["vfov_deg"], camera["pixels"]) == (180.0, 90.0, 4320.0)
    assert not {"hfov_deg", "vfov_deg", "pixels"} & set(assumed)


@pytest.mark.parametrize("kind", ["dome", "fisheye"])
def test_what_hides_its_direction_still_looks_all_round(kind: str) -> None:
    camera, _ = _completed(kind=kind, hfov_deg=100.0, vfov_deg=53.0)
    assert camera["hfov_deg"] == 360.0
    assert camera["vfov_deg"] >= 90.0


def test_a_dome_s_model_hung_as_a_fixed_camera_has_its_field() -> None:
    camera, _ = _completed({"kind": "fixed"}, kind="dome", hfov_deg=118.0, vfov_deg=69.0)
    assert (camera["hfov_deg"], camera["vfov_deg"]) == (118.0, 69.0)


def test_every_shipped_model_makes_a_whole_camera_of_each_kind_within_reason() -> None:
    models = read_models()
    usual = {"disclosure_id": "d", "standing": "stated", "source_id": "s", "geometry": shapely.Point(0, 0)}
    read = CAMERAS_READ.frame(
        [{"camera_id": name, "model_id": name, "kind": "unknown", **usual} for name in models["model_id"]]
    )
    cameras = complete(read, models).cameras
    assert cameras[["hfov_deg", "vfov_deg", "pixels", "range_m"]].gt(0).all(axis=None)
    assert cameras["hfov_deg"].le(360).all()
    assert cameras["vfov_deg"].le(180).all()
    turning = cameras[cameras["kind"] == "ptz"]
    assert (turning["hfov_tele_deg"] <= turning["hfov_deg"]).all()
    assert (turning["tilt_least_deg"] < turning["tilt_most_deg"]).all()
