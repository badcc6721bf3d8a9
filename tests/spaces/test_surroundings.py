"""Gardens, courtyards and doors: whose they are, and which of them are private."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.spaces.built import box, buildings, codes, entrances, furnished, grounds, space

from visavis.spaces import Furnished, furnish

HOUSE = {"building": "house", "height_m": 6.0, "address": "1 Rue Haute", "geometry": box(0, 0)}
GARAGE = {"building": "garage", "height_m": 3.0, "geometry": box(10, 0)}
PRIVATE = {"access": "private"}


def with_ground(ground: dict[str, Any], *houses: dict[str, Any]) -> Furnished:
    return furnish(buildings(*(houses or (HOUSE,))), grounds(ground), entrances())


def with_door(x: float, y: float, *houses: dict[str, Any], entrance: str = "yes", **more: Any) -> Furnished:
    door = {"entrance": entrance, "geometry": shapely.Point(x, y), **more}
    return furnish(buildings(*(houses or (HOUSE,))), grounds(), entrances(door))


def test_a_private_garden_belongs_to_the_house_beside_it() -> None:
    row = space(with_ground({**PRIVATE, "geometry": box(0, 8)}), "ground/g0")
    assert (row["kind"], row["building_id"], row["address"]) == ("private_ground", "b1", "1 Rue Haute")
    assert (row["use_confidence"], row["height_m"], row["assumed"]) == (0.9, 0, None)


def test_a_garden_behind_a_terrace_belongs_to_the_house_along_which_it_lies_longest() -> None:
    """Its corners touch the neighbours too, and the first of them has the smaller id."""
    terrace = [{**HOUSE, "geometry": box(10.0 * at, 0)} for at in range(3)]
    made = with_ground({**PRIVATE, "geometry": box(20, 8)}, *terrace)
    assert space(made, "ground/g0")["building_id"] == "b3"
    made = with_ground({**PRIVATE, "geometry": box(10, 8)}, *terrace)
    assert space(made, "ground/g0")["building_id"] == "b2"


def test_a_garden_belongs_to_the_nearest_home_and_not_to_a_garage_before_it() -> None:
    made = with_ground({**PRIVATE, "geometry": box(20, 0)}, HOUSE, GARAGE)
    assert space(made, "ground/g0")["building_id"] == "b1"


def test_a_private_garden_far_from_any_home_stays_without_one() -> None:
    row = space(with_ground({**PRIVATE, "geometry": box(200, 0)}), "ground/g0")
    assert row["building_id"] is None
    assert row["use_confidence"] == 0.9


def test_a_garden_that_does_not_say_whose_counts_with_little_confidence_along_a_home() -> None:
    row = space(with_ground({"geometry": box(0, 8)}), "ground/g0")
    assert row["use_confidence"] == 0.4
    assert row["assumed"] == "kind=default.garden-of-unknown-owner"


def test_a_garden_that_does_not_say_whose_and_lies_along_no_home_is_counted_and_left_out() -> None:
    made = with_ground({"geometry": box(0, 12)})
    assert "ground/g0" not in set(made.spaces["space_id"])
    assert codes(made) == ["spaces.garden-untold"]


def test_a_garden_is_no_surer_than_the_home_that_it_belongs_to() -> None:
    untold = {**HOUSE, "building": "yes"}
    assert (
        space(with_ground({**PRIVATE, "geometry": box(0, 8)}, untold), "ground/g0")["use_confidence"] == 0.5
    )


def test_a_garden_drawn_around_its_house_ends_at_the_walls() -> None:
    made = with_ground({**PRIVATE, "geometry": box(-5, -5, 20, 20)})
    row = space(made, "ground/g0")
    assert row["geometry"].area == pytest.approx(400 - 80)
    assert row["building_id"] == "b1"


def test_a_garden_on_a_roof_has_no_ground_and_is_counted() -> None:
    made = with_ground({**PRIVATE, "geometry": box(1, 1, 4, 4)})
    assert "ground/g0" not in set(made.spaces["space_id"])
    assert codes(made) == ["spaces.ground-covered"]


def test_a_hole_in_a_dwelling_is_its_courtyard() -> None:
    block = box(0, 0, 40, 40).difference(box(10, 10, 20, 20))
    made = furnished({**HOUSE, "geometry": block})
    row = space(made, "courtyard/b1/0")
    assert (row["kind"], row["building_id"], row["use_confidence"]) == ("private_ground", "b1", 0.6)
    assert row["geometry"].equals(box(10, 10, 20, 20))


def test_every_hole_of_every_part_has_an_id_of_its_own() -> None:
    def holed(x: float) -> shapely.Polygon:
        return box(x, 0, 40, 20).difference(box(x + 5, 5, 10, 10)).difference(box(x + 25, 5, 10, 10))

    first = {**HOUSE, "geometry": shapely.MultiPolygon([holed(0), holed(50)])}
    made = furnished(first, {**HOUSE, "geometry": holed(100)}, {**HOUSE, "geometry": box(200, 0)})
    ids = [each for each in made.spaces["space_id"] if each.startswith("courtyard/")]
    assert ids == [f"courtyard/b1/{at}" for at in range(4)] + [f"courtyard/b2/{at}" for at in range(2)]
    assert made.spaces.set_index("space_id").loc[ids].area.tolist() == pytest.approx([100] * 6)


def test_a_shaft_is_no_courtyard_nor_is_a_hole_in_a_school() -> None:
    shaft = {**HOUSE, "geometry": box(0, 0, 20, 20).difference(box(9, 9, 2, 2))}
    school = {
        "building": "school",
        "height_m": 9,
        "geometry": box(50, 0, 40, 40).difference(box(60, 10, 20, 20)),
    }
    assert set(furnished(shaft, school).spaces["space_id"]) == {"building/b1", "building/b2"}


# Four houses round a yard of 20 m by 20 m, each touching the next.
BLOCK = (box(0, 0, 40, 10), box(0, 30, 40, 10), box(0, 10, 10, 20), box(30, 10, 10, 20))


def test_houses_that_touch_one_another_enclose_a_yard() -> None:
    made = furnished(*({**HOUSE, "geometry": shape} for shape in BLOCK))
    (yard,) = made.spaces[made.spaces["kind"] == "private_ground"].to_dict("records")
    assert yard["space_id"] in {"yard/b1/0", "yard/b2/0"}
    assert shapely.symmetric_difference(yard["geometry"], box(10, 10, 20, 20)).area < 0.1
    assert (yard["use_confidence"], yard["assumed"]) == (0.4, "kind=default.yard-between-houses")


def test_a_block_with_a_way_in_or_of_offices_or_as_large_as_a_square_has_no_yard() -> None:
    def yards(*houses: dict[str, Any]) -> int:
        return int(furnished(*houses).spaces["space_id"].str.startswith("yard/").sum())

    assert yards(*({**HOUSE, "geometry": shape} for shape in BLOCK[:3])) == 0
    offices = {"building": "office", "height_m": 12}
    assert yards({**HOUSE, "geometry": BLOCK[0]}, *({**offices, "geometry": each} for each in BLOCK[1:])) == 0
    large = [shapely.affinity.scale(shape, 4, 4, origin=(0, 0)) for shape in BLOCK]
    assert yards(*({**HOUSE, "geometry": shape} for shape in large)) == 0


def test_a_garden_in_a_yard_is_not_told_twice() -> None:
    houses = buildings(*({**HOUSE, "geometry": shape} for shape in BLOCK))
    made = furnish(houses, grounds({**PRIVATE, "geometry": box(10, 10, 20, 15)}), entrances())
    green = made.spaces[made.spaces["kind"] == "private_ground"].set_index("space_id").area
    assert green["ground/g0"] == pytest.approx(300.0)
    assert green.drop("ground/g0").tolist() == pytest.approx([100.0], abs=0.1)


def test_a_house_within_a_courtyard_is_not_its_ground() -> None:
    block = {**HOUSE, "geometry": box(0, 0, 40, 40).difference(box(10, 10, 20, 20))}
    made = furnished(block, {**GARAGE, "geometry": box(12, 12, 5, 5)})
    assert space(made, "courtyard/b1/0")["geometry"].area == pytest.approx(375)


@pytest.mark.parametrize(("x", "y"), [(5, 0), (5, -1.9), (5, 1.9), (0, 0)])
def test_a_door_at_a_wall_is_that_dwelling_s(x: float, y: float) -> None:
    row = space(with_door(x, y), "entrance/e0")
    assert (row["kind"], row["building_id"], row["address"]) == ("dwelling_entrance", "b1", "1 Rue Haute")


def test_a_door_keeps_its_own_address() -> None:
    assert space(with_door(5, 0, address="1b Rue Haute"), "entrance/e0")["address"] == "1b Rue Haute"


@pytest.mark.parametrize(("x", "y"), [(5, -2.1), (5, 4)])
def test_a_door_at_no_wall_is_counted_and_left_out(x: float, y: float) -> None:
    """Neither outside the house nor in the middle of it."""
    made = with_door(x, y)
    assert len(made.spaces) == 1
    assert codes(made) == ["spaces.entrance-alone"]


def test_a_door_of_another_building_is_not_private() -> None:
    made = with_door(15, 0, HOUSE, GARAGE)
    assert "entrance/e0" not in set(made.spaces["space_id"])
    assert made.findings == ()


@pytest.mark.parametrize("order", [(HOUSE, GARAGE), (GARAGE, HOUSE)])
def test_a_door_in_a_wall_that_is_shared_goes_to_the_home(order: Sequence[dict[str, Any]]) -> None:
    made = with_door(10, 0, *order)
    home = made.spaces.loc[made.spaces["kind"] == "dwelling_facade", "building_id"].item()
    assert space(made, "entrance/e0")["building_id"] == home


@pytest.mark.parametrize("entrance", ["shop", "garage", "emergency"])
def test_the_door_of_a_shop_in_a_dwelling_house_is_no_home_s(entrance: str) -> None:
    made = with_door(5, 0, entrance=entrance)
    assert len(made.spaces) == 1
    assert codes(made) == ["spaces.entrance-of-no-home"]


@pytest.mark.slow
@given(st.permutations(range(4)), st.permutations(range(3)))
@settings(deadline=None, max_examples=20)
def test_the_order_of_the_rows_changes_nothing(houses: list[int], around: list[int]) -> None:
    built = buildings(*({**HOUSE, "geometry": box(10.0 * at, 0)} for at in range(4)))
    green = grounds(*({**PRIVATE, "geometry": box(10.0 * at, 8)} for at in range(3)))
    doors = entrances(*({"geometry": shapely.Point(10.0 * at, 0)} for at in range(3)))
    one = furnish(built, green, doors).spaces
    other = furnish(built.iloc[houses], green.iloc[around], doors.iloc[around]).spaces
    columns = ["space_id", "building_id", "kind", "use_confidence"]
    assert (
        one[columns].sort_values("space_id").to_numpy().tolist()
        == other[columns].sort_values("space_id").to_numpy().tolist()
    )


@pytest.mark.slow
@given(st.floats(-2e4, 2e4), st.floats(-2e4, 2e4))
@settings(deadline=None, max_examples=20)
def test_the_place_of_the_town_changes_nothing(east: float, north: float) -> None:
    block = box(20, 0, 30, 30).difference(box(30, 10))
    built = buildings(HOUSE, {**HOUSE, "geometry": block}, GARAGE)
    green, doors = grounds({**PRIVATE, "geometry": box(0, 8)}), entrances({"geometry": shapely.Point(5, 0)})
    here = furnish(built, green, doors).spaces
    there = furnish(
        *(frame.set_geometry(frame.translate(east, north)) for frame in (built, green, doors))
    ).spaces
    columns = [name for name in here.columns if name != "geometry"]
    assert here[columns].equals(there[columns])
    assert here.area.tolist() == pytest.approx(there.area.tolist(), abs=1e-6)
