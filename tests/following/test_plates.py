"""Where a number plate could be read: by density, by angle, by what is in view."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.following.lanes import AT_ONE_M, HEIGHT_M, cameras, read, roads, views

from visavis.following.reading import STEP_M
from visavis.readers.reference import read_plate_needs

AWAY = [(0.0, 0.0), (100.0, 0.0)]
ACROSS = [(10.0, -50.0), (10.0, 50.0)]
NEED = 326.9


def test_a_plate_is_read_between_where_it_is_seen_too_steeply_and_where_it_is_too_small() -> None:
    watching = cameras((0, 0))
    row = read(watching, views(watching), roads(AWAY)).iloc[0]
    nearest = HEIGHT_M / np.tan(np.radians(30))
    farthest = np.sqrt((AT_ONE_M / NEED) ** 2 - HEIGHT_M**2)
    assert farthest == pytest.approx(16.16, abs=0.01)
    assert row["length_m"] == pytest.approx(farthest - nearest, abs=2 * STEP_M)
    assert row["px_per_m"] >= row["need_px_per_m"] == NEED
    west, _, east, _ = row.geometry.bounds
    assert west >= nearest - STEP_M
    assert east <= farthest + STEP_M
    assert (row["streets"], row["sureness"], row["rule_ids"]) == ("Rue 0", "certain", "fr-plates")


def test_a_plate_that_passes_across_the_view_is_not_read() -> None:
    watching = cameras((0, 0))
    assert read(watching, views(watching), roads(ACROSS)).empty


def test_a_street_that_is_not_in_view_is_not_read() -> None:
    watching = cameras((0, 0))
    assert read(watching, views(watching, half_m=3.0), roads(AWAY)).empty


def test_a_camera_that_looks_at_no_street_at_all_reads_nothing() -> None:
    watching = cameras((0, 0))
    assert read(watching, views(watching), roads()).empty
    assert read(watching, views(watching).iloc[:0], roads(AWAY)).empty


def test_a_camera_straight_above_the_street_is_too_steep() -> None:
    watching = cameras((0, 0), height_m=12.0)
    assert read(watching, views(watching), roads(AWAY)).empty


def test_the_doubt_of_the_view_is_that_of_the_reading() -> None:
    watching = cameras((0, 0))
    doubtful = views(watching, probability=0.3, sureness="possible", assumed="azimuth_deg")
    row = read(watching, doubtful, roads(AWAY)).iloc[0]
    assert (row["probability"], row["sureness"], row["assumed"]) == (0.3, "possible", "azimuth_deg")


def test_a_model_that_is_able_to_read_plates_is_told_apart_from_one_of_which_nothing_is_known() -> None:
    watching = cameras((0, 0), (0, 1)).assign(model_id=["Falcon", None])
    told = read(watching, views(watching), roads(AWAY)).set_index("camera_id")["anpr_able"]
    assert told["c0"] == "yes"
    assert pd.isna(told["c1"])


def test_a_rule_on_plates_is_named_only_while_it_holds() -> None:
    watching = cameras((0, 0))
    before = read(watching, views(watching), roads(AWAY), on=date(2012, 4, 30)).iloc[0]
    assert pd.isna(before["rule_ids"])


@pytest.mark.slow
@settings(max_examples=8)
@given(st.floats(50, 1500), st.floats(1.0, 3.0))
def test_a_plate_that_needs_more_is_read_on_no_more_street(need: float, times: float) -> None:
    watching = cameras((0, 0))
    less, more = (
        read(watching, views(watching), roads(AWAY), n)["length_m"].sum() for n in (need, need * times)
    )
    assert more <= less


def test_each_need_comes_to_the_density_that_it_tells() -> None:
    needs = read_plate_needs()
    assert np.allclose(needs["plate_px"] / needs["plate_m"], needs["px_per_m"], atol=0.05)
    assert needs["source"].str.len().gt(10).all()
    assert needs["url"].str.startswith("https://").all()
