"""Buildings in pieces: parts in the place of the outline, and passages under it."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.spaces.built import CRS, box, buildings, codes, entrances, grounds, space

from visavis.spaces import PARTS, PASSAGES, Furnished, furnish

# 20 m by 10 m, 12 m high.
HOUSE = {"geometry": box(0.0, 0.0, 20.0, 10.0), "building": "apartments", "height_m": 12.0}


def parts(*rows: dict[str, Any]) -> gpd.GeoDataFrame:
    told = [
        {"part_id": f"p{at}", "part": "yes", "source_id": "s", **row} for at, row in enumerate(rows, start=1)
    ]
    return PARTS.frame(gpd.GeoDataFrame(told, columns=[*PARTS.columns], crs=CRS))


def passages(*rows: dict[str, Any]) -> gpd.GeoDataFrame:
    told = [
        {"passage_id": f"w{at}", "way": "service", "source_id": "s", **row}
        for at, row in enumerate(rows, start=1)
    ]
    return PASSAGES.frame(gpd.GeoDataFrame(told, columns=[*PASSAGES.columns], crs=CRS))


def made(
    *houses: dict[str, Any], parts: gpd.GeoDataFrame | None = None, passages: gpd.GeoDataFrame | None = None
) -> Furnished:
    return furnish(buildings(*houses), grounds(), entrances(), parts, passages)


def test_parts_that_cover_the_outline_stand_in_its_place() -> None:
    result = made(
        HOUSE,
        parts=parts(
            {"geometry": box(0, 0, 14, 10), "height_m": 6.0},
            {"geometry": box(14, 0, 6, 10), "levels": 8.0},
        ),
    )
    assert result.spaces["building_id"].tolist() == ["b1", "b1"]
    own, other = space(result, "building/b1"), space(result, "part/p2")
    assert (own["height_m"], own["part_of"], own["geometry"].area) == (6.0, None, 140.0)
    assert (other["height_m"], other["part_of"]) == (24.0, "building/b1")
    assert (own["kind"], other["kind"]) == ("dwelling_facade", "dwelling_facade")
    assert other["assumed"] == "height_m=levels-times-3-m"
    assert "spaces.building-in-parts" in codes(result)


def test_what_parts_leave_of_the_outline_keeps_its_height() -> None:
    result = made(HOUSE, parts=parts({"geometry": box(14, 0, 6, 10), "height_m": 30.0, "base_m": 3.0}))
    own, tower = space(result, "building/b1"), space(result, "part/p1")
    assert (own["height_m"], own["geometry"].area) == (12.0, 140.0)
    assert (tower["base_m"], tower["height_m"]) == (3.0, 30.0)


def test_a_part_that_does_not_say_how_high_it_is_is_as_high_as_its_building() -> None:
    hanging = space(made(HOUSE, parts=parts({"geometry": box(0, 0, 5, 10), "base_m": 4.0})), "part/p1")
    assert (hanging["base_m"], hanging["height_m"]) == (4.0, 12.0)
    assert hanging["assumed"] == "height_m=default.as-its-building"


def test_a_part_that_hangs_above_its_own_top_is_told_and_stands_on_the_ground() -> None:
    result = made(HOUSE, parts=parts({"geometry": box(0, 0, 5, 10), "base_m": 9.0, "height_m": 6.0}))
    assert space(result, "part/p1")["base_m"] == 0.0
    assert "spaces.base-above-top" in codes(result)


def test_a_part_in_no_outline_is_a_building_and_a_neighbours_corner_does_not_make_it_a_part() -> None:
    result = made(HOUSE, parts=parts({"geometry": box(19, 0, 10, 10), "height_m": 7.0}))
    alone = space(result, "building/p1")
    assert (alone["building_id"], alone["height_m"], alone["part_of"]) == ("p1", 7.0, None)
    assert space(result, "building/b1")["geometry"].area == 200.0
    assert "spaces.part-alone" in codes(result)


def test_a_passage_leaves_the_building_on_both_sides_and_hangs_it_over_the_way() -> None:
    way = shapely.LineString([(8, 0), (8, 10)])
    result = made(HOUSE, passages=passages({"geometry": way, "width_m": 4.0, "clear_m": 3.5}))
    own, over = space(result, "building/b1"), space(result, "passage/w1/building/b1")
    assert sorted(part.bounds for part in shapely.get_parts(own["geometry"])) == [
        (0, 0, 6, 10),
        (10, 0, 20, 10),
    ]
    assert (own["base_m"], own["height_m"]) == (0.0, 12.0)
    assert over["geometry"].bounds == (6, 0, 10, 10)
    assert (over["base_m"], over["height_m"], over["part_of"]) == (3.5, 12.0, "building/b1")
    assert over["assumed"] is None


@pytest.mark.parametrize(("way", "width", "clear"), [("footway", 2.0, 3.0), ("service", 3.5, 4.0)])
def test_a_passage_that_does_not_say_how_big_it_is_gets_a_usual_size_that_is_named(
    way: str, width: float, clear: float
) -> None:
    line = shapely.LineString([(8, 0), (8, 10)])
    result = made(HOUSE, passages=passages({"geometry": line, "way": way}))
    over = space(result, "passage/w1/building/b1")
    assert over["geometry"].area == pytest.approx(10 * width)
    assert over["base_m"] == clear
    assert over["assumed"] == "geometry=default.passage-width;base_m=default.passage-ceiling"
    (told,) = [finding for finding in result.findings if finding.code == "spaces.passage-cut"]
    assert (told.figures["count"], told.figures["guessed"]) == (1, 1)


def test_a_slanting_passage_leaves_no_corner_standing_in_the_way() -> None:
    line = shapely.LineString([(4, 0), (10, 10)])
    result = made(HOUSE, passages=passages({"geometry": line, "width_m": 3.0}))
    own, over = space(result, "building/b1"), space(result, "passage/w1/building/b1")
    assert len(shapely.get_parts(own["geometry"])) == 2
    assert own["geometry"].area + over["geometry"].area == pytest.approx(200.0)


def test_a_passage_higher_than_the_house_leaves_something_above_it() -> None:
    low = HOUSE | {"height_m": 4.0}
    line = shapely.LineString([(8, 0), (8, 10)])
    result = made(low, passages=passages({"geometry": line, "clear_m": 6.0}))
    assert space(result, "passage/w1/building/b1")["base_m"] == 3.5


def test_a_passage_under_a_part_that_hangs_already_changes_nothing() -> None:
    line = shapely.LineString([(8, 0), (8, 10)])
    hanging = parts({"geometry": box(6, 0, 4, 10), "base_m": 4.0})
    result = made(HOUSE, parts=hanging, passages=passages({"geometry": line, "width_m": 4.0, "clear_m": 3.5}))
    assert space(result, "part/p1")["base_m"] == 4.0
    assert sorted(result.spaces["space_id"]) == ["building/b1", "part/p1"]


def test_a_passage_into_a_courtyard_leaves_it_a_courtyard() -> None:
    ring = shapely.box(0, 0, 20, 20).difference(shapely.box(6, 6, 14, 14))
    line = shapely.LineString([(10, 0), (10, 6)])
    result = made(HOUSE | {"geometry": ring}, passages=passages({"geometry": line}))
    assert space(result, "courtyard/b1/0")["kind"] == "private_ground"
    assert space(result, "building/b1")["geometry"].interiors[:] == []


@pytest.mark.slow
@settings(deadline=None, max_examples=25)
@given(
    st.floats(1, 19), st.floats(1, 19), st.floats(1, 6), st.lists(st.floats(1, 18), min_size=0, max_size=3)
)
def test_cutting_neither_adds_nor_loses_ground(
    x0: float, x1: float, width: float, splits: list[float]
) -> None:
    line = shapely.LineString([(x0, 0), (x1, 10)])
    pieces = [
        {"geometry": box(at, 0, 1.5, 10), "base_m": 5.0, "height_m": 9.0}
        for at in sorted({*map(int, splits)})
    ]
    result = made(HOUSE, parts=parts(*pieces), passages=passages({"geometry": line, "width_m": width}))
    assert set(result.spaces["building_id"]) == {"b1"}
    assert (result.spaces["base_m"] < result.spaces["height_m"]).all()
    assert result.spaces.geometry.union_all().area == pytest.approx(200.0, abs=0.7)
    assert result.spaces["part_of"].isna().sum() == 1
