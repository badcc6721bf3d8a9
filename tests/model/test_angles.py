"""Azimuths run clockwise from north and never reach 360."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from visavis.model.angles import COMPASS_DEG, azimuth_of, turn_deg, wrap_deg

ANGLES = st.floats(-1e6, 1e6)


@pytest.mark.parametrize(
    ("east", "north", "azimuth"),
    [(0, 1, 0), (1, 1, 45), (1, 0, 90), (0, -1, 180), (-1, 0, 270), (-1, 1, 315)],
)
def test_azimuths_run_clockwise_from_north(east: float, north: float, azimuth: float) -> None:
    assert azimuth_of(east, north) == pytest.approx(azimuth)


def test_the_compass_has_sixteen_points_in_order() -> None:
    assert len(COMPASS_DEG) == 16
    named = {point: COMPASS_DEG[point] for point in ("N", "NE", "ESE", "S", "SSW", "W", "NNW")}
    assert named == {"N": 0, "NE": 45, "ESE": 112.5, "S": 180, "SSW": 202.5, "W": 270, "NNW": 337.5}


def test_a_tiny_negative_angle_is_north_and_not_360() -> None:
    assert wrap_deg(-1e-18) == 0.0
    assert wrap_deg([-90.0, 360.0, 725.0]).tolist() == [270.0, 0.0, 5.0]


def test_the_turn_across_north_is_the_short_one() -> None:
    assert turn_deg([350.0, 10.0, 0.0], [10.0, 350.0, 180.0]).tolist() == [20.0, -20.0, -180.0]


@given(ANGLES)
def test_a_wrapped_angle_is_within_the_circle_and_points_the_same_way(angle: float) -> None:
    wrapped = float(wrap_deg(angle))
    assert 0.0 <= wrapped < 360.0
    assert np.sin(np.radians(wrapped)) == pytest.approx(np.sin(np.radians(angle)), abs=1e-6)
    assert np.cos(np.radians(wrapped)) == pytest.approx(np.cos(np.radians(angle)), abs=1e-6)


@given(st.floats(0.0, 359.999), st.floats(0.0, 359.999))
def test_turning_from_one_azimuth_by_the_turn_gives_the_other(first: float, second: float) -> None:
    turn = float(turn_deg(first, second))
    assert -180.0 <= turn < 180.0
    assert abs(turn_deg(wrap_deg(first + turn), second)) < 1e-9


@given(st.floats(0.0, 359.9))
def test_the_direction_of_an_azimuth_has_that_azimuth(azimuth: float) -> None:
    rad = np.radians(azimuth)
    assert abs(turn_deg(azimuth_of(np.sin(rad), np.cos(rad)), azimuth)) < 1e-9
