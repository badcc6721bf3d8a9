"""What is in or on a building beside what it is."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import pytest
import shapely
from tests.spaces.built import CRS, box, buildings, codes, entrances, grounds, space

from visavis.spaces import PARTS, USES, Furnished, furnish

FLATS = {"geometry": box(0.0, 0.0, 20.0, 10.0), "building": "apartments", "height_m": 12.0, "levels": 4.0}


def uses(*rows: dict[str, Any]) -> gpd.GeoDataFrame:
    told = [{"use_id": f"u{at}", "source_id": "s", **row} for at, row in enumerate(rows, start=1)]
    return USES.frame(gpd.GeoDataFrame(told, columns=[*USES.columns], crs=CRS))


def made(house: dict[str, Any], *points: dict[str, Any], parts: Any = None) -> Furnished:
    return furnish(buildings(house), grounds(), entrances(), parts, None, uses(*points))


def ground_kind(house: dict[str, Any], *points: dict[str, Any]) -> str | None:
    told: str | None = space(made(house, *points), "building/b1")["ground_kind"]
    return told


INSIDE = shapely.Point(5, 3)


@pytest.mark.parametrize(
    ("point", "kind"),
    [
        ({"use": "shop"}, "other_private"),
        ({"use": "shop", "floor": 0.0}, "other_private"),
        ({"use": "shop", "floor": 1.0}, None),
        ({"use": "doctors", "floor": 0.0}, "sensitive_place"),
        ({"use": "doctors"}, None),
        ({"use": "bench"}, None),
    ],
)
def test_a_point_tells_what_the_ground_floor_of_flats_holds(point: dict[str, Any], kind: str | None) -> None:
    assert ground_kind(FLATS, {**point, "geometry": INSIDE}) == kind


def test_a_shop_before_its_window_counts_and_one_across_the_street_does_not() -> None:
    assert ground_kind(FLATS, {"use": "shop", "geometry": shapely.Point(5, -1)}) == "other_private"
    assert ground_kind(FLATS, {"use": "shop", "geometry": shapely.Point(5, -6)}) is None


def test_a_house_of_one_floor_has_no_other_ground_floor() -> None:
    assert ground_kind(FLATS | {"height_m": 4.0, "levels": 1.0}, {"use": "shop", "geometry": INSIDE}) is None


@pytest.mark.parametrize(
    ("house", "kind"),
    [
        ({"building": "retail", "levels": 4.0}, "other_private"),
        ({"building": "commercial", "flats": 6.0}, "other_private"),
        ({"building": "apartments", "amenity": "shop"}, "other_private"),
        ({"building": "yes", "amenity": "shop", "levels": 4.0}, "other_private"),
        ({"building": "apartments", "amenity": "kindergarten"}, "sensitive_place"),
        ({"building": "apartments"}, None),
    ],
)
def test_a_building_with_flats_tells_what_is_below_them(house: dict[str, Any], kind: str | None) -> None:
    told = space(made({"geometry": box(0, 0, 20, 10), **house}), "building/b1")
    assert (told["kind"], told["ground_kind"]) == ("dwelling_facade", kind)


@pytest.mark.parametrize("use", ["doctors", "place_of_worship", "union", "political_party", "kindergarten"])
def test_a_sensitive_place_in_a_house_is_a_space_of_its_own_at_the_nearest_wall(use: str) -> None:
    result = made(FLATS, {"use": use, "name": "N", "geometry": INSIDE})
    place = space(result, "use/u1")
    assert (place["kind"], place["building_id"], place["name"]) == ("sensitive_place", "b1", "N")
    assert place["geometry"].equals(shapely.Point(5, 0))
    assert (place["use_confidence"], place["assumed"]) == (0.5, "geometry=default.nearest-wall")


def test_one_drawn_at_its_door_is_surer_and_one_upstairs_is_up_there() -> None:
    place = space(made(FLATS, {"use": "doctors", "floor": 2.0, "geometry": shapely.Point(5, 0.5)}), "use/u1")
    assert place["use_confidence"] == 0.95
    assert (place["base_m"], place["assumed"]) == (6.0, "base_m=storeys-times-storey-height")


def test_a_school_in_a_school_is_not_told_twice_and_one_in_no_building_is_counted() -> None:
    school = FLATS | {"building": "school"}
    result = made(
        school,
        {"use": "school", "geometry": INSIDE},
        {"use": "doctors", "geometry": shapely.Point(90, 90)},
        {"use": "bench", "geometry": shapely.Point(90, 90)},
    )
    assert result.spaces["space_id"].tolist() == ["building/b1"]
    (told,) = [finding for finding in result.findings if finding.code == "spaces.sensitive-alone"]
    assert told.figures["count"] == 1


def balconies(**more: Any) -> gpd.GeoDataFrame:
    row = {"part_id": "p", "part": "balcony", "source_id": "s", "geometry": box(5, -1.2, 3, 1.2), **more}
    return PARTS.frame(gpd.GeoDataFrame([row], columns=[*PARTS.columns], crs=CRS))


def test_a_balcony_is_the_wall_behind_it_at_its_own_height() -> None:
    result = made(FLATS, parts=balconies(base_m=6.3))
    balcony = space(result, "balcony/p")
    assert (balcony["kind"], balcony["building_id"], balcony["base_m"]) == ("balcony", "b1", 6.3)
    assert balcony["geometry"].distance(shapely.Point(6.5, 0)) < 1e-9
    assert balcony["assumed"] is None
    # It stands in nobody's way.
    assert "spaces.building-in-parts" not in codes(result)


def test_a_balcony_of_unknown_height_is_on_the_first_floor_and_says_so() -> None:
    balcony = space(made(FLATS | {"height_m": 14.0}, parts=balconies()), "balcony/p")
    assert (balcony["base_m"], balcony["assumed"]) == (3.5, "base_m=default.first-floor-balcony")


def test_an_offices_balcony_is_nobodys() -> None:
    assert len(made(FLATS | {"building": "office"}, parts=balconies()).spaces) == 1


def test_a_storey_is_told_only_where_height_and_storeys_are() -> None:
    assert space(made(FLATS), "building/b1")["storey_m"] == 3.0
    assert space(made({**FLATS, "levels": None}), "building/b1")["storey_m"] is None
    # Nine metres on one storey are a hall, or a mistake.
    assert space(made({**FLATS, "levels": 1.0}), "building/b1")["storey_m"] is None
