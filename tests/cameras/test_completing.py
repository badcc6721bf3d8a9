"""Cameras as read become complete, and whatever was filled in is named."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from visavis.cameras import CAMERA_MODELS, CAMERAS, CAMERAS_READ, Completed, complete, house_defaults
from visavis.cameras.optics import density_px_per_m
from visavis.model.errors import TableError
from visavis.model.vocabulary import CAMERA_KINDS

DATASHEET = {"source": "datasheet", "confidence": "high"}
MODELS = CAMERA_MODELS.frame(
    [
        {
            "model_id": "PTZ-1",
            "maker": "Acme",
            "kind": "ptz",
            "sensor_inch": "1/2.8",
            "pixels_h": 1920.0,
            "pixels_v": 1080.0,
            "focal_min_mm": 4.5,
            "focal_max_mm": 135.0,
            **DATASHEET,
        },
        {
            "model_id": "FIX-4",
            "kind": "fixed",
            "sensor_inch": "1/2.8",
            "pixels_h": 1920.0,
            "pixels_v": 1080.0,
            "focal_min_mm": 4.0,
            "focal_max_mm": 4.0,
            **DATASHEET,
        },
        {
            "model_id": "ZOOM",
            "kind": "fixed",
            "sensor_inch": "1/1.8",
            "pixels_h": 3840.0,
            "pixels_v": 2160.0,
            "focal_min_mm": 8.0,
            "focal_max_mm": 12.0,
            **DATASHEET,
        },
        {
            "model_id": "FOUR",
            "kind": "multisensor",
            "sensor_inch": "1/2.8",
            "sensors": 4.0,
            "pixels_h": 2560.0,
            "pixels_v": 1440.0,
            "focal_min_mm": 4.0,
            "focal_max_mm": 4.0,
            **DATASHEET,
        },
        {"model_id": "EYE", "kind": "fisheye", "pixels_h": 3072.0, "pixels_v": 2048.0, **DATASHEET},
        {"model_id": "series", **DATASHEET},
    ]
)


def read(*cameras: dict[str, Any], crs: str = "EPSG:2154") -> gpd.GeoDataFrame:
    usual = {"disclosure_id": "fr/town/2026", "standing": "stated", "kind": "fixed", "source_id": "osm"}
    rows = [
        {"camera_id": f"c{number}", "geometry": shapely.Point(number, 0), **usual, **camera}
        for number, camera in enumerate(cameras)
    ]
    return CAMERAS_READ.frame(rows, crs=crs)


def rules(completed: Completed, row: int = 0) -> dict[str, str]:
    told = completed.cameras["assumed"].iloc[row]
    return dict(entry.split("=") for entry in told.split(";")) if isinstance(told, str) else {}


def codes(completed: Completed) -> set[str]:
    return {finding.code for finding in completed.findings}


def test_a_bare_point_is_completed_and_every_filled_column_is_named() -> None:
    completed = complete(read({}), MODELS)
    camera = completed.cameras.iloc[0]
    assert (camera["height_m"], camera["height_sd_m"], camera["tilt_deg"]) == (5.0, 2.25, 15.0)
    assert camera["hfov_deg"] == pytest.approx(43.09, abs=0.01)
    assert camera["vfov_deg"] == pytest.approx(25.04, abs=0.01)
    assert rules(completed) == {
        "height_m": "default.mount-height",
        "height_sd_m": "default.mount-height",
        "tilt_deg": "default.tilt",
        "tilt_sd_deg": "default.tilt",
        "position_sd_m": "default.map-position-error",
        "hfov_deg": "default.fixed-focal",
        "focal_log_sd": "default.fixed-focal",
        "vfov_deg": "optics.from-hfov",
        "pixels": "default.two-megapixels",
        "range_m": "optics.monitor-level",
    }


@pytest.mark.parametrize("kind", CAMERA_KINDS)
def test_an_unknown_direction_is_never_filled(kind: str) -> None:
    completed = complete(read({"kind": kind}), MODELS)
    assert completed.cameras[["azimuth_deg", "azimuth_sd_deg"]].isna().all(axis=None)
    assert not {"azimuth_deg", "azimuth_sd_deg"} & set(rules(completed))
    assert ("cameras.direction-unknown" in codes(completed)) == (
        kind not in ("dome", "fisheye", "multisensor")
    )


def test_the_error_of_a_direction_is_assumed_only_where_the_direction_is_known() -> None:
    completed = complete(
        read({"azimuth_deg": 350.0}, {"azimuth_sd_deg": 4.0}, {"azimuth_deg": 0.0, "azimuth_sd_deg": 4.0}),
        MODELS,
    )
    assert completed.cameras["azimuth_sd_deg"].fillna(-1).tolist() == [10.0, -1.0, 4.0]
    assert rules(completed, 0)["azimuth_sd_deg"] == "default.stated-direction-error"
    assert "azimuth_sd_deg" not in rules(completed, 2)


@pytest.mark.parametrize("kind", ["dome", "fisheye", "multisensor"])
def test_domes_fisheyes_and_multisensors_look_all_round(kind: str) -> None:
    completed = complete(read({"kind": kind}), MODELS)
    assert completed.cameras["hfov_deg"].tolist() == [360.0]
    assert rules(completed)["hfov_deg"] == "default.all-round"


def test_a_dome_given_a_direction_keeps_it_in_the_table_and_looks_all_round() -> None:
    completed = complete(read({"kind": "dome", "azimuth_deg": 75.0}), MODELS)
    assert completed.cameras[["hfov_deg", "azimuth_deg"]].to_numpy().tolist() == [[360.0, 75.0]]
    assert "cameras.all-round-with-direction" in codes(completed)


@pytest.mark.parametrize(("tilt", "vfov"), [(None, 90.0), (15.0, 90.0), (60.0, 120.0), (90.0, 180.0)])
def test_a_domes_picture_reaches_the_horizon_however_it_is_tilted(tilt: float | None, vfov: float) -> None:
    camera = complete(read({"kind": "dome", "tilt_deg": tilt}), MODELS).cameras.iloc[0]
    assert camera["vfov_deg"] == vfov
    assert camera["tilt_deg"] - camera["vfov_deg"] / 2 <= 0
    assert camera["tilt_deg"] + camera["vfov_deg"] / 2 >= 60


def test_plates_are_read_through_a_narrower_lens_than_an_overview() -> None:
    fixed, anpr = complete(read({"kind": "fixed"}, {"kind": "anpr"}), MODELS).cameras["hfov_deg"]
    assert anpr < fixed


def test_an_unknown_kind_gets_a_fixed_lens_under_its_own_rule() -> None:
    completed = complete(read({"kind": "unknown"}, {"kind": "fixed"}), MODELS)
    assert completed.cameras["hfov_deg"].nunique() == 1
    assert rules(completed, 0)["hfov_deg"] == "default.unknown-kind-focal"
    assert completed.cameras["kind"].tolist() == ["unknown", "fixed"]


def test_a_datasheet_with_one_focal_length_leaves_nothing_of_the_picture_assumed() -> None:
    completed = complete(read({"model_id": "fix 4"}), MODELS)
    camera = completed.cameras.iloc[0]
    assert camera["hfov_deg"] == pytest.approx(67.74, abs=0.01)
    assert camera["model_id"] == "FIX-4"
    assert not {"hfov_deg", "vfov_deg", "pixels", "range_m"} & set(rules(completed))


def test_a_zoom_lens_is_named_as_assumed_within_its_reach() -> None:
    completed = complete(read({"model_id": "ZOOM"}, {"model_id": "Acme PTZ-1", "kind": "ptz"}), MODELS)
    assert rules(completed, 0)["hfov_deg"] == "model.middle-of-zoom"
    assert completed.cameras["hfov_deg"].iloc[0] == pytest.approx(2 * np.degrees(np.arctan(7.18 / 16)))
    assert rules(completed, 1)["hfov_deg"] == "model.wide-end"
    assert completed.cameras["hfov_deg"].iloc[1] == pytest.approx(61.65, abs=0.01)


@pytest.mark.slow
def test_a_turning_camera_has_the_long_end_of_its_model_and_a_mechanism_that_is_assumed() -> None:
    camera = complete(read({"model_id": "Acme PTZ-1", "kind": "ptz"}), MODELS).cameras.iloc[0]
    # 2·atan(5.37 / (2·135)).
    assert camera["hfov_tele_deg"] == pytest.approx(2.279, abs=0.001)
    assert (camera["tilt_least_deg"], camera["tilt_most_deg"]) == (-15.0, 90.0)
    named = rules(complete(read({"model_id": "PTZ-1", "kind": "ptz"}), MODELS))
    assert "hfov_tele_deg" not in named
    assert (named["tilt_least_deg"], named["tilt_most_deg"]) == (
        "default.ptz-tilt-up",
        "default.ptz-tilt-down",
    )


def test_a_turning_camera_of_unknown_model_gets_a_zoom_that_is_named() -> None:
    completed = complete(read({"kind": "ptz"}, {"kind": "ptz", "hfov_deg": 1.0}, {"kind": "fixed"}), MODELS)
    tele = completed.cameras["hfov_tele_deg"]
    assert rules(completed)["hfov_tele_deg"] == "default.ptz-tele-focal"
    assert tele.iloc[0] == pytest.approx(2.279, abs=0.001)
    # Stated narrower than the default's long end: never wider when zoomed.
    assert tele.iloc[1] == 1.0
    assert completed.cameras[["hfov_tele_deg", "tilt_least_deg", "tilt_most_deg"]].iloc[2].isna().all()


def test_a_datasheets_picture_width_is_not_spread_over_the_whole_circle() -> None:
    completed = complete(read({"kind": "dome", "model_id": "PTZ-1"}, {"kind": "dome"}), MODELS)
    assert completed.cameras["pixels"].nunique() == 1
    assert rules(completed)["pixels"] == "default.all-round-dome-pixels"


@pytest.mark.parametrize(
    ("kind", "hfov", "pixels"),
    [("multisensor", 360.0, 7680.0), ("multisensor", 180.0, 3840.0), ("dome", 90.0, 1920.0)],
)
def test_an_all_round_kind_has_the_pixels_of_the_part_that_it_takes_in(
    kind: str, hfov: float, pixels: float
) -> None:
    assert complete(read({"kind": kind, "hfov_deg": hfov}), MODELS).cameras["pixels"].tolist() == [pixels]


def test_several_sensors_stand_side_by_side() -> None:
    completed = complete(
        read({"model_id": "FOUR", "kind": "multisensor"}, {"model_id": "FOUR", "kind": "multisensor"}), MODELS
    )
    camera = completed.cameras.iloc[0]
    # 4 · 67.74° and 4 · 2560 pixels, a picture 1440 rows high on each sensor.
    assert camera["hfov_deg"] == pytest.approx(4 * 67.74, abs=0.05)
    assert camera["pixels"] == pytest.approx(4 * 2560)
    assert camera["vfov_deg"] == pytest.approx(2 * np.degrees(np.arctan(5.37 * 9 / 16 / 8)), abs=0.01)
    assert rules(completed)["hfov_deg"] == rules(completed)["pixels"] == "model.sensors-side-by-side"
    # Three quarters of the circle, nobody knows which.
    assert "cameras.direction-unknown" in codes(completed)


def test_a_fisheye_under_a_ceiling_has_the_rim_of_its_circle() -> None:
    camera = complete(read({"model_id": "EYE", "kind": "unknown"}), MODELS).cameras.iloc[0]
    assert (camera["kind"], camera["hfov_deg"], camera["tilt_deg"], camera["vfov_deg"]) == (
        "fisheye",
        360.0,
        90.0,
        180.0,
    )
    assert camera["pixels"] == pytest.approx(np.pi * 2048)


def test_a_fisheye_on_a_wall_looks_ahead_with_its_diameter_over_half_the_circle() -> None:
    wall = {"model_id": "EYE", "kind": "fisheye", "hfov_deg": 180.0, "azimuth_deg": 90.0}
    camera = complete(read(wall), MODELS).cameras.iloc[0]
    assert camera["pixels"] == pytest.approx(2048)
    assert (camera["tilt_deg"], camera["vfov_deg"]) == (15.0, 180.0)


def test_a_known_model_tells_the_kind_where_the_source_does_not() -> None:
    completed = complete(read({"model_id": "PTZ-1", "kind": "unknown"}), MODELS)
    assert completed.cameras["kind"].tolist() == ["ptz"]
    assert rules(completed)["kind"] == "model.kind"


def test_a_model_of_another_kind_is_doubted_and_the_kind_kept() -> None:
    completed = complete(read({"model_id": "PTZ-1", "kind": "fixed"}), MODELS)
    assert completed.cameras["kind"].tolist() == ["fixed"]
    assert "cameras.model-of-another-kind" in codes(completed)


def test_a_model_that_the_catalogue_lacks_is_kept_and_doubted() -> None:
    completed = complete(read({"model_id": "Nobody-1"}, {"model_id": "Nobody-1"}, {}), MODELS)
    doubt = next(f for f in completed.findings if f.code == "cameras.model-unknown")
    assert doubt.subjects == ("c0", "c1")
    assert "Nobody-1" in doubt.text_en
    assert completed.cameras["model_id"].tolist()[:2] == ["Nobody-1", "Nobody-1"]
    assert rules(completed)["hfov_deg"] == "default.fixed-focal"


def test_what_the_source_gives_is_kept_and_not_called_assumed() -> None:
    given_values = {
        "position_sd_m": 0.4,
        "height_m": 7.0,
        "height_sd_m": 0.2,
        "azimuth_deg": 12.0,
        "azimuth_sd_deg": 3.0,
        "hfov_deg": 50.0,
        "vfov_deg": 30.0,
        "focal_log_sd": 0.1,
        "tilt_deg": -2.0,
        "tilt_sd_deg": 1.5,
        "pixels": 2688.0,
        "range_m": 33.0,
    }
    completed = complete(read(given_values), MODELS)
    assert completed.cameras.iloc[0][list(given_values)].to_dict() == given_values
    assert rules(completed) == {}
    assert completed.findings == ()


def test_a_stated_height_gets_a_smaller_error_than_a_guessed_one() -> None:
    stated, guessed = complete(read({"height_m": 4.0}, {}), MODELS).cameras["height_sd_m"]
    assert stated < guessed


def test_a_stated_tilt_has_an_error_too_and_a_guessed_one_that_of_its_spread() -> None:
    completed = complete(read({"tilt_deg": 20.0}, {"tilt_sd_deg": 1.0}, {"kind": "dome"}), MODELS)
    # The spreads of the defaults: from 5° to 30° of a fixed camera, from 45° to 90° of a dome.
    assert completed.cameras["tilt_sd_deg"].tolist() == [5.0, 25 / 4, 45 / 4]
    assert [rules(completed, row)["tilt_sd_deg"] for row in range(3)] == [
        "default.stated-tilt-error",
        "default.tilt",
        "default.dome-tilt",
    ]


def test_nobody_knows_how_far_a_varifocal_lens_is_zoomed() -> None:
    rows = ({"model_id": "ZOOM"}, {"model_id": "FIX-4"}, {}, {"hfov_deg": 50.0}, {"kind": "dome"})
    completed = complete(read(*rows), MODELS)
    zoom, fixed, usual, stated, dome = completed.cameras["focal_log_sd"]
    # From 8 to 12 mm as the model's papers have it, and from 2.8 to 26 mm of any fixed camera, in four deviations.
    assert zoom == pytest.approx(np.log(12 / 8) / 4)
    assert usual == pytest.approx(np.log(26 / 2.8) / 4)
    assert np.isnan([fixed, stated, dome]).all()
    assert rules(completed, 0)["focal_log_sd"] == "model.middle-of-zoom"
    assert rules(completed, 2)["focal_log_sd"] == "default.fixed-focal"
    assert not any("focal_log_sd" in rules(completed, row) for row in (1, 3, 4))


def test_what_the_reader_had_assumed_stays_named() -> None:
    completed = complete(read({"height_m": 4.0, "assumed": "height_m=osm.levels"}), MODELS)
    assert completed.cameras["assumed"].iloc[0].startswith("height_m=osm.levels;height_sd_m=")


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("height_m", 61.0),
        ("height_m", 0.0),
        ("height_m", -3.0),
        ("hfov_deg", 0.0),
        ("hfov_deg", 400.0),
        ("vfov_deg", -1.0),
        ("tilt_deg", 200.0),
        ("pixels", 3.0),
        ("azimuth_deg", 461.0),
        ("range_m", np.inf),
    ],
)
def test_a_value_that_no_camera_has_is_taken_as_unknown_and_said_so(column: str, value: float) -> None:
    completed = complete(read({}).assign(**{column: value}), MODELS)
    doubt = next(f for f in completed.findings if f.code == "cameras.value-implausible")
    assert (doubt.subjects, doubt.figures["column"]) == (("c0",), column)
    assert "to 360;" in doubt.text_en or column not in ("azimuth_deg", "hfov_deg")
    CAMERAS.check(completed.cameras)
    if column == "azimuth_deg":
        assert completed.cameras["azimuth_deg"].isna().all()
    else:
        assert column in rules(completed)


def test_defaults_used_are_counted_by_dossier() -> None:
    cameras = read({}, {"height_m": 3.0}, {"disclosure_id": "fr/other/2026"})
    used = {
        (f.subjects[0], f.figures["column"]): f.figures["cameras"]
        for f in complete(cameras, MODELS).findings
        if f.code == "cameras.default-used"
    }
    assert used["fr/town/2026", "height_m"] == 1
    assert used["fr/town/2026", "hfov_deg"] == 2
    assert used["fr/other/2026", "height_m"] == 1


@pytest.mark.slow
def test_no_camera_and_no_model_are_no_trouble() -> None:
    assert len(complete(read(), MODELS).cameras) == 0
    assert complete(read(), MODELS).findings == ()
    assert len(complete(read({}), CAMERA_MODELS.empty()).cameras) == 1


def test_the_crs_the_order_and_the_columns_stay() -> None:
    given_cameras = read({"camera_id": "z"}, {"camera_id": "a"}, crs="EPSG:3812")
    cameras = complete(given_cameras.set_index(np.array([7, 3])), MODELS).cameras
    assert cameras["camera_id"].tolist() == ["z", "a"]
    assert cameras.crs == given_cameras.crs
    assert list(cameras.columns) == list(CAMERAS.columns)
    assert cameras.geometry.x.tolist() == [0.0, 1.0]


def test_other_defaults_can_be_given_and_must_cover_every_kind() -> None:
    mine = house_defaults()
    mine.loc[mine["rule_id"] == "default.mount-height", ["value", "least", "most"]] = (6.0, 5.0, 9.0)
    camera = complete(read({}), MODELS, mine).cameras.iloc[0]
    assert (camera["height_m"], camera["height_sd_m"]) == (6.0, 1.0)
    with pytest.raises(TableError, match="no focal_mm for cameras of kind 'fixed'"):
        complete(read({}), MODELS, mine[mine["quantity"] != "focal_mm"])


_MAYBE = {
    "height_m": st.none() | st.floats(2.0, 20.0),
    "azimuth_deg": st.none() | st.floats(0.0, 359.9),
    "hfov_deg": st.none() | st.floats(5.0, 360.0),
    "tilt_deg": st.none() | st.floats(-30.0, 90.0),
    "pixels": st.none() | st.floats(640.0, 8000.0),
    "model_id": st.none() | st.sampled_from(["PTZ-1", "FIX-4", "ZOOM", "series", "nobody"]),
    "kind": st.sampled_from(sorted(CAMERA_KINDS)),
}


@pytest.mark.slow
@settings(deadline=None, max_examples=15)
@given(st.lists(st.fixed_dictionaries(_MAYBE), min_size=1, max_size=6))
def test_whatever_is_known_the_result_is_whole_and_names_just_what_was_empty(
    cameras: list[dict[str, Any]],
) -> None:
    given_cameras = read(*cameras)
    completed = complete(given_cameras, MODELS)
    for row, camera in enumerate(completed.cameras.to_dict("records")):
        named = set(rules(completed, row))
        for column in ("height_m", "hfov_deg", "tilt_deg", "pixels"):
            known = given_cameras[column].notna().iloc[row]
            assert not (known and column in named)
            assert not known or camera[column] == given_cameras[column].iloc[row]
        reached = density_px_per_m(camera["pixels"], camera["hfov_deg"], camera["range_m"])
        assert reached == pytest.approx(12.5)


@pytest.mark.slow
@settings(deadline=None, max_examples=15)
@given(st.lists(st.fixed_dictionaries(_MAYBE), min_size=2, max_size=6), st.randoms())
def test_company_and_order_change_no_camera(cameras: list[dict[str, Any]], random: Any) -> None:
    together = read(*cameras)
    shuffled = together.sample(frac=1.0, random_state=random.randrange(2**31))
    expected = complete(together, MODELS)
    found = complete(shuffled, MODELS)
    back = found.cameras.sort_values("camera_id", ignore_index=True)
    assert back.equals(expected.cameras.sort_values("camera_id", ignore_index=True))
    assert {f.finding_id() for f in found.findings} == {f.finding_id() for f in expected.findings}
    alone = complete(together.iloc[[0]], MODELS).cameras
    assert alone.iloc[0].drop("geometry").equals(expected.cameras.iloc[0].drop("geometry"))
