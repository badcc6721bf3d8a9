"""Buildings as spaces: what each is for, how high it is, and what of it was assumed."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.spaces.built import box, buildings, codes, entrances, furnished, grounds, space

from visavis.model.vocabulary import SPACE_KINDS
from visavis.spaces import SPACES, furnish
from visavis.spaces.classification import BY_AMENITY, BY_BUILDING


@pytest.mark.parametrize(
    ("building", "kind"),
    [
        ("house", "dwelling_facade"),
        ("terrace", "dwelling_facade"),
        ("apartments", "dwelling_facade"),
        ("garage", "other_private"),
        ("office", "other_private"),
        ("retail", "other_private"),
        ("school", "sensitive_place"),
        ("church", "sensitive_place"),
        ("hospital", "sensitive_place"),
        ("townhall", "public"),
        ("train_station", "public"),
    ],
)
def test_a_building_s_word_says_what_it_is_for(building: str, kind: str) -> None:
    row = space(furnished({"building": building}), "building/b1")
    assert row["kind"] == kind
    assert row["use_confidence"] >= 0.9
    assert "kind=" not in (row["assumed"] or "")


@pytest.mark.parametrize(
    ("amenity", "kind"),
    [
        ("place_of_worship", "sensitive_place"),
        ("clinic", "sensitive_place"),
        ("political_party", "sensitive_place"),
        ("townhall", "public"),
        ("shelter", "public"),
        ("restaurant", "dwelling_facade"),
    ],
)
def test_what_is_in_a_building_says_more_than_yes(amenity: str, kind: str) -> None:
    assert space(furnished({"building": "yes", "amenity": amenity}), "building/b1")["kind"] == kind


def test_a_block_of_flats_with_a_nursery_in_it_stays_one_of_dwellings() -> None:
    row = space(furnished({"building": "apartments", "amenity": "kindergarten"}), "building/b1")
    assert row["kind"] == "dwelling_facade"


@pytest.mark.parametrize("building", ["yes", None])
def test_a_building_that_does_not_say_its_use_is_a_dwelling_with_little_confidence(
    building: str | None,
) -> None:
    made = furnished({"building": building})
    row = space(made, "building/b1")
    assert (row["kind"], row["use_confidence"]) == ("dwelling_facade", 0.5)
    assert "kind=default.building-of-unknown-use" in row["assumed"]
    assert "spaces.use-untold" in codes(made)


@pytest.mark.slow
def test_a_small_building_without_an_address_is_an_outbuilding() -> None:
    small = {"building": "yes", "geometry": box(0, 0, 4, 4)}
    row = space(furnished(small), "building/b1")
    assert (row["kind"], row["height_m"]) == ("other_private", 3.0)
    assert "kind=default.outbuilding-by-size" in row["assumed"]
    assert space(furnished({**small, "address": "3 Rue Haute"}), "building/b1")["kind"] == "dwelling_facade"
    assert space(furnished({**small, "building": "house"}), "building/b1")["kind"] == "dwelling_facade"


def test_a_word_that_is_not_in_the_table_is_no_dwelling_and_is_told() -> None:
    made = furnished({"building": "ziggurat"}, {"building": "pagoda"})
    row = space(made, "building/b1")
    assert (row["kind"], row["use_confidence"]) == ("other_private", 0.4)
    assert "kind=default.building-word-unknown" in row["assumed"]
    (finding,) = [finding for finding in made.findings if finding.code == "spaces.use-unknown"]
    assert finding.figures["words"] == "pagoda, ziggurat"


@pytest.mark.slow
def test_a_shop_with_flats_above_is_a_dwelling_and_says_what_was_assumed() -> None:
    low, high, flats = (
        space(furnished({"building": "retail", **more}), "building/b1")
        for more in ({"levels": 1}, {"levels": 4}, {"levels": 1, "flats": 6})
    )
    assert low["kind"] == "other_private"
    assert (high["kind"], high["use_confidence"]) == ("dwelling_facade", 0.6)
    assert "kind=default.flats-above-shop" in high["assumed"]
    assert (flats["kind"], flats["use_confidence"]) == ("dwelling_facade", 0.9)
    assert "kind=" not in flats["assumed"]


def test_flats_do_not_make_a_town_hall_a_dwelling() -> None:
    assert space(furnished({"building": "townhall", "flats": 1}), "building/b1")["kind"] == "public"


@pytest.mark.parametrize(
    ("told", "height", "sd", "rule"),
    [
        ({"height_m": 7.5}, 7.5, 0.5, None),
        ({"height_m": 7.5, "levels": 9}, 7.5, 0.5, None),
        ({"levels": 2}, 6.0, 1.0, "height_m=levels-times-3-m"),
        ({"levels": 20}, 60.0, 6.0, "height_m=levels-times-3-m"),
        ({}, 9.0, 4.0, "height_m=default.building-height"),
        ({"building": "garage"}, 3.0, 0.7, "height_m=default.outbuilding-height"),
    ],
)
def test_a_height_comes_from_the_tag_else_the_storeys_else_a_default_with_its_spread(
    told: dict[str, Any], height: float, sd: float, rule: str | None
) -> None:
    row = space(furnished({"building": "house", **told}), "building/b1")
    assert (row["height_m"], row["height_sd_m"], row["assumed"]) == (height, sd, rule)


def test_defaults_are_counted_in_a_finding() -> None:
    made = furnished({"building": "house"}, {"building": "house"}, {"building": "house", "height_m": 6})
    (finding,) = made.findings
    assert (finding.code, finding.figures["count"], finding.figures["total"]) == (
        "spaces.height-assumed",
        2,
        3,
    )


def test_a_passage_keeps_its_lower_edge() -> None:
    assert space(furnished({"building": "house", "height_m": 9, "base_m": 3}), "building/b1")["base_m"] == 3


def test_a_lower_edge_above_the_top_is_told_and_not_used() -> None:
    made = furnished({"building": "house", "height_m": 6, "base_m": 6})
    assert space(made, "building/b1")["base_m"] == 0
    assert codes(made) == ["spaces.base-above-top"]
    assert made.findings[0].subjects == ("b1",)


def test_a_roof_on_posts_is_open_below() -> None:
    row = space(furnished({"building": "roof", "height_m": 4}), "building/b1")
    assert row["base_m"] == 3.5
    assert row["assumed"] == "base_m=default.open-below-roof"
    assert space(furnished({"building": "roof", "height_m": 4, "base_m": 1}), "building/b1")["base_m"] == 1


def test_footprints_are_turned_one_way_and_keep_their_holes() -> None:
    ring = [(0, 0), (0, 20), (20, 20), (20, 0)]
    hole = [(5, 5), (15, 5), (15, 15), (5, 15)]
    shape = shapely.Polygon(ring, [hole])
    two = shapely.MultiPolygon([shape, box(30, 0).reverse()])
    made = furnished({"building": "house", "geometry": shape}, {"building": "house", "geometry": two})
    for space_id in ("building/b1", "building/b2"):
        for polygon in shapely.get_parts(space(made, space_id)["geometry"]):
            assert polygon.exterior.is_ccw
            assert not any(inner.is_ccw for inner in polygon.interiors)
    assert space(made, "building/b1")["geometry"].area == pytest.approx(300)


def test_a_sliver_is_told_and_left_out() -> None:
    made = furnished(
        {"building": "house", "geometry": box(0, 0, 10, 0.01)}, {"building": "house", "height_m": 6}
    )
    assert made.spaces["building_id"].tolist() == ["b2"]
    assert codes(made) == ["spaces.footprint-without-area"]
    assert made.findings[0].subjects == ("b1",)


def test_an_outline_that_projecting_broke_is_mended() -> None:
    crossing = shapely.Polygon([(0, 0), (10, 10), (10, 0), (0, 10)])
    made = furnished({"building": "house", "geometry": crossing})
    assert made.spaces.is_valid.all()
    assert made.spaces.area.sum() == pytest.approx(50)


def test_a_world_without_anything_in_it_is_a_table_without_rows() -> None:
    made = furnished()
    assert len(made.spaces) == 0
    assert list(made.spaces.columns) == list(SPACES.columns)
    assert made.findings == ()


def test_degrees_are_refused() -> None:
    rows = buildings({"building": "house"}).to_crs("OGC:CRS84")
    with pytest.raises(AssertionError):
        furnish(rows, grounds(), entrances())


ROW = st.fixed_dictionaries(
    {"building": st.sampled_from([*sorted(BY_BUILDING), "yes", "ziggurat", None])},
    optional={
        "amenity": st.sampled_from([*sorted(BY_AMENITY), "bench"]),
        "height_m": st.floats(0.1, 300),
        "levels": st.floats(0.5, 60),
        "base_m": st.floats(0, 50),
        "flats": st.integers(0, 90),
        "address": st.just("3 Rue Haute"),
    },
)


@pytest.mark.slow
@given(st.lists(ROW, max_size=5))
@settings(deadline=None, max_examples=40)
def test_every_building_is_one_space_whatever_is_told_of_it(rows: list[dict[str, Any]]) -> None:
    made = furnished(*rows)
    houses = made.spaces
    assert sorted(houses["building_id"]) == [f"b{at}" for at in range(1, len(rows) + 1)]
    assert set(houses["kind"]) <= set(SPACE_KINDS)
    assert (houses["base_m"] < houses["height_m"]).all()
    for told, made_of in zip(rows, houses.to_dict("records"), strict=True):
        if "height_m" in told:
            assert made_of["height_m"] == told["height_m"]
        else:
            assert "height_m=" in made_of["assumed"]
        if pd.isna(made_of["assumed"]):
            assert "height_m" in told
