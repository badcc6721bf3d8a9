"""The scorer counts as a person would."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Point

from visavis.digitising import score


def cameras(*rows: tuple[float, float, Any], **columns: Any) -> gpd.GeoDataFrame:
    """Cameras at metres east and north of one place, with their azimuth."""
    places = [Point(3.5 + east / 71_120, 50.36 + north / 111_240) for east, north, _ in rows]
    data = {
        "label": [f"{i}" for i in range(len(rows))],
        "kind": ["fixed"] * len(rows),
        "azimuth_deg": [azimuth for _, _, azimuth in rows],
        **columns,
    }
    return gpd.GeoDataFrame(data, geometry=places, crs="OGC:CRS84")


TRUTH = cameras((0, 0, 10.0), (100, 0, None), (200, 0, 350.0), (300, 0, 90.0))


def test_the_truth_scores_full_marks_against_itself() -> None:
    told = score(TRUTH, TRUTH)
    assert (told.recall, told.precision, told.kind, told.label, told.direction_found) == (1, 1, 1, 1, 1)
    assert (told.position_m_p95, told.direction_deg_p95, told.direction_invented) == (0, 0, 0)


def test_missing_extra_and_invented_are_counted() -> None:
    told = score(TRUTH, cameras((1, 0, 14.0), (100, 2, 5.0), (260, 0, 0.0)))
    assert (told.recall, told.precision) == (0.5, pytest.approx(2 / 3))
    assert told.direction_invented == 1
    assert told.direction_found == 1
    assert told.direction_deg_median == pytest.approx(4)
    assert told.position_m_median == pytest.approx(1.5, abs=0.01)


def test_directions_are_compared_across_north() -> None:
    told = score(cameras((0, 0, 359.0)), cameras((0, 0, 3.0)))
    assert told.direction_deg_median == pytest.approx(4)


def test_as_many_as_can_be_are_matched_before_near_ones() -> None:
    told = score(cameras((0, 0, None), (14, 0, None)), cameras((13, 0, None), (27, 0, None)))
    assert told.recall == 1


def test_errors_within_the_stated_bound_are_counted_as_covered() -> None:
    near = cameras((2, 0, 12.0), (100, 2, None), position_sd_m=[1.0, 0.5], azimuth_sd_deg=[1.5, None])
    told = score(cameras((0, 0, 10.0), (100, 0, None)), near)
    assert told.position_covered_95 == 0.5
    assert told.direction_covered_95 == 1


def test_nothing_found_is_a_score_and_no_error() -> None:
    told = score(TRUTH, TRUTH.iloc[:0])
    assert (told.recall, told.precision, told.kind) == (0, None, None)


@pytest.mark.slow
@given(st.permutations(range(4)))
@settings(deadline=None)
def test_the_order_of_rows_has_no_part_in_the_score(order: list[int]) -> None:
    near = cameras((1, 0, 12.0), (101, 0, None), (203, 0, 340.0), (400, 0, 90.0))
    assert score(TRUTH, near.iloc[order]) == score(TRUTH, near)
