"""The optics formulas: check values, limits, and the laws that they keep."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from visavis.cameras.optics import (
    SENSOR_WIDTH_MM,
    circle_density_px_per_m,
    circle_reach_m,
    density_px_per_m,
    distance_at_density_m,
    field_of_view_deg,
    focal_length_mm,
    focal_length_px,
    ground_limits_m,
    other_side_fov_deg,
)

WIDTHS = st.sampled_from(sorted(SENSOR_WIDTH_MM.values()))
FOCALS = st.floats(1.0, 200.0)
PIXELS = st.floats(320, 12_000)
FIELDS = st.floats(1.0, 360.0)
DISTANCES = st.floats(0.5, 500.0)
INCIDENCES = st.floats(0.0, 85.0)
FACTORS = st.floats(1.01, 10.0)


def test_two_megapixels_at_four_millimetres_see_67_degrees_and_identify_at_under_six_metres() -> None:
    hfov = field_of_view_deg(SENSOR_WIDTH_MM["1/2.8"], 4.0)
    assert hfov == pytest.approx(67.7, abs=0.05)
    assert distance_at_density_m(1920, hfov, 250.0) == pytest.approx(5.7, abs=0.05)


def test_a_fisheye_that_looks_down_loses_density_towards_its_middle() -> None:
    # 6786 pixels along the rim are 2π·1080; halfway to the horizon the circle is half as long.
    assert circle_density_px_per_m(6786, 10.0, 0.0) == pytest.approx(1080 / 10, rel=1e-4)
    assert circle_density_px_per_m(6786, 10.0, 10.0) == pytest.approx(540 / 10, rel=1e-4)
    # Straight below, f = 2160 px / π a radian, over 4 m.
    assert circle_density_px_per_m(6786, 0.0, 4.0) == pytest.approx(2160 / np.pi / 4, rel=1e-4)
    assert circle_density_px_per_m(6786, 1e-9, 4.0) == pytest.approx(2160 / np.pi / 4, rel=1e-4)
    assert circle_density_px_per_m(6786, 10.0, 0.0, 60.0) == pytest.approx(540 / 10, rel=1e-4)


@given(PIXELS, st.floats(2.0, 15.0), st.floats(5.0, 1500.0))
def test_the_reach_of_a_fisheye_is_where_its_density_ends(
    pixels: float, below_m: float, density: float
) -> None:
    reach = circle_reach_m(pixels, below_m, density)
    at_foot = circle_density_px_per_m(pixels, 0.0, below_m)
    if reach == 0.0:
        assert at_foot <= density * (1 + 1e-9)
    else:
        assert circle_density_px_per_m(pixels, reach, below_m) == pytest.approx(density, rel=1e-3)


def test_a_right_angle_over_two_metres_at_one_metre_has_half_the_pixels_a_metre() -> None:
    assert density_px_per_m(1000, 90.0, 1.0) == pytest.approx(500.0)


def test_a_wall_seen_at_sixty_degrees_has_half_the_density() -> None:
    square, slanted = density_px_per_m(1920, 60.0, 10.0, [0.0, 60.0])
    assert slanted == pytest.approx(square / 2)


def test_an_all_round_picture_spreads_its_pixels_evenly_over_the_circle() -> None:
    assert density_px_per_m(3600, 360.0, 10.0) == pytest.approx(3600 / (2 * np.pi * 10))
    assert density_px_per_m(1800, 180.0, 10.0) == pytest.approx(density_px_per_m(3600, 360.0, 10.0))


def test_density_at_no_distance_is_infinite_and_no_warning() -> None:
    assert np.isposinf(density_px_per_m(1920, 60.0, 0.0))


def test_the_lower_edge_meets_the_ground_and_the_upper_edge_at_the_horizon_never_does() -> None:
    near, far = ground_limits_m(5.0, 15.0, 30.0)
    assert near == pytest.approx(5.0 / np.tan(np.radians(30.0)))
    assert np.isposinf(far)


def test_a_camera_looking_straight_down_sees_the_foot_of_its_mast() -> None:
    near, far = ground_limits_m(4.0, 45.0, 90.0)
    assert near == pytest.approx(0.0, abs=1e-12)
    assert np.isposinf(far)
    near, far = ground_limits_m(4.0, 80.0, 40.0)
    assert near == 0.0
    assert far == pytest.approx(4.0 / np.tan(np.radians(60.0)))


def test_a_camera_looking_at_the_sky_meets_no_ground() -> None:
    assert all(np.isposinf(limit) for limit in ground_limits_m(5.0, -40.0, 30.0))


def test_arrays_broadcast() -> None:
    assert density_px_per_m([1920, 3840], [[60.0], [360.0], [180.0]], 10.0).shape == (3, 2)
    near, far = ground_limits_m([3.0, 5.0, 8.0], 15.0, 25.0)
    assert near.shape == far.shape == (3,)


@given(width=WIDTHS, focal=FOCALS)
def test_focal_length_and_field_of_view_undo_each_other(width: float, focal: float) -> None:
    assert focal_length_mm(width, field_of_view_deg(width, focal)) == pytest.approx(focal)


@given(width=WIDTHS, focal=FOCALS, factor=FACTORS)
def test_the_field_grows_with_the_sensor_and_falls_with_the_focal_length(
    width: float, focal: float, factor: float
) -> None:
    field = field_of_view_deg(width, focal)
    assert field_of_view_deg(width * factor, focal) > field > field_of_view_deg(width, focal * factor)
    assert 0 < field < 180


@given(pixels=PIXELS, field=FIELDS, near=DISTANCES, factor=FACTORS, incidence=INCIDENCES)
def test_density_falls_with_distance_and_with_incidence(
    pixels: float, field: float, near: float, factor: float, incidence: float
) -> None:
    here = density_px_per_m(pixels, field, near, incidence)
    assert density_px_per_m(pixels, field, near * factor, incidence) < here
    assert density_px_per_m(pixels, field, near, incidence + 4.0) < here


@given(pixels=PIXELS, field=FIELDS, distance=DISTANCES, incidence=INCIDENCES)
def test_distance_and_density_undo_each_other(
    pixels: float, field: float, distance: float, incidence: float
) -> None:
    density = density_px_per_m(pixels, field, distance, incidence)
    assert distance_at_density_m(pixels, field, density, incidence) == pytest.approx(distance)


@given(width=WIDTHS, focal=FOCALS, pixels=PIXELS)
def test_focal_length_in_pixels_is_that_in_millimetres_over_the_pixel_pitch(
    width: float, focal: float, pixels: float
) -> None:
    assert focal_length_px(pixels, field_of_view_deg(width, focal)) == pytest.approx(pixels * focal / width)


@given(width=WIDTHS, focal=FOCALS, ratio=st.floats(0.2, 2.0))
def test_the_other_sides_field_is_that_of_the_sensors_other_side(
    width: float, focal: float, ratio: float
) -> None:
    field = field_of_view_deg(width, focal)
    assert other_side_fov_deg(field, ratio) == pytest.approx(field_of_view_deg(width * ratio, focal))


@given(height=st.floats(2.0, 30.0), tilt=st.floats(-90.0, 90.0), vfov=st.floats(1.0, 180.0), factor=FACTORS)
def test_near_is_no_farther_than_far_and_both_grow_with_height(
    height: float, tilt: float, vfov: float, factor: float
) -> None:
    near, far = ground_limits_m(height, tilt, vfov)
    higher_near, higher_far = ground_limits_m(height * factor, tilt, vfov)
    assert 0 <= near <= far
    assert higher_near >= near
    assert higher_far >= far
