"""Pictures worked out by hand: where walls, roofs, doors, gardens, ground and sky have to stand."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from tests.pictures.scenes import at, of, pictured
from tests.views.towns import camera, cameras, door, fixed, garden, house, seen, spaces

from visavis.model.errors import InputError, UsageError
from visavis.pictures import picture_of
from visavis.pictures.projecting import Panorama, Pinhole, Plane
from visavis.views import Scene

# 90° over 1,000 pixels: a focal length of 500, so that a metre at ten metres is fifty pixels wide.
LEVEL = {"hfov_deg": 90.0, "vfov_deg": 90.0, "pixels": 1000.0, "tilt_deg": 0.0, "height_m": 5.0}


def test_a_wall_square_to_the_axis_at_ten_metres_stands_where_the_rule_of_three_puts_it() -> None:
    # It looks east; the wall runs from 4 m north to 2 m south, from the ground to 8 m, the lens at 5 m.
    town = spaces(house("h", shapely.box(10, -2, 20, 4), 8.0))
    picture = pictured(town, fixed(azimuth_deg=90.0, **LEVEL))
    assert (picture.width_px, picture.height_px) == (1000.0, pytest.approx(1000.0))
    wall = of(picture, "dwelling_facade")
    assert wall.bounds == pytest.approx((500 - 200, 500 - 150, 500 + 100, 500 + 250), abs=1e-3)
    assert wall.area == pytest.approx(300 * 400, abs=1)
    assert at(picture, 400, 400).distance_m == pytest.approx(10.0)
    assert at(picture, 400, 400).px_per_m == pytest.approx(50.0)
    assert at(picture, 400, 400).level == "detect"
    assert at(picture, 400, 100).what == "sky"
    assert at(picture, 400, 900).what == "ground"
    assert picture.projection.horizon_px == pytest.approx(500.0)


def test_what_stands_to_the_right_of_the_axis_stands_to_the_right_in_the_picture() -> None:
    # It looks north, so east is to the right.
    town = spaces(
        house("east", shapely.box(4, 10, 8, 14), 8.0), house("west", shapely.box(-8, 10, -4, 14), 8.0)
    )
    picture = pictured(town, fixed(azimuth_deg=0.0, **LEVEL))
    assert at(picture, 800, 500).building_id == "east"
    assert at(picture, 200, 500).building_id == "west"


def test_a_tilted_picture_meets_the_ground_where_the_right_triangle_says() -> None:
    # 30° down with a vertical field of 40°: the lower edge meets the ground at 5 / tan 50°, the middle at 5 / tan 30°.
    tilted = {"hfov_deg": 60.0, "vfov_deg": 40.0, "pixels": 1000.0, "tilt_deg": 30.0, "height_m": 5.0}
    for distance, share in ((5 / math.tan(math.radians(50.0)), 1.0), (5 / math.tan(math.radians(30.0)), 0.5)):
        pad = garden("g", shapely.box(distance, -1, distance + 0.5, 1))
        picture = pictured(spaces(pad), fixed(azimuth_deg=90.0, **tilted))
        _, _, _, bottom = of(picture, "private_ground").bounds
        assert bottom == pytest.approx(share * picture.height_px, abs=1e-2)
    assert picture.projection.horizon_px < 0.0


def test_upright_edges_lean_towards_the_middle_below_when_the_camera_looks_down() -> None:
    town = spaces(house("h", shapely.box(10, -4, 20, 4), 12.0))
    wall = of(pictured(town, fixed(azimuth_deg=90.0, **LEVEL | {"tilt_deg": 25.0})), "dwelling_facade")
    foot, top = (wall.intersection(shapely.box(0, y, 1000, y + 1)).bounds for y in (wall.bounds[3] - 2, 50))
    assert foot[2] - foot[0] < top[2] - top[0]


def test_over_a_garage_the_roof_and_the_house_behind_show() -> None:
    town = spaces(
        house("garage", shapely.box(10, -3, 14, 3), 3.0, kind="other_private"),
        house("home", shapely.box(20, -3, 26, 3), 9.0),
    )
    picture = pictured(town, fixed(azimuth_deg=90.0, **LEVEL))
    # The garage's front rises to (3 − 5) / 10 below the axis, its back edge lies at (3 − 5) / 14, the home's foot is
    # hidden up to there, and its top is (9 − 5) / 20 above.
    assert of(picture, "other_private").bounds[1] == pytest.approx(500 + 500 * 2 / 10, abs=1e-3)
    assert of(picture, "roof").bounds[1] == pytest.approx(500 + 500 * 2 / 14, abs=1e-3)
    assert of(picture, "roof").bounds[3] == pytest.approx(500 + 500 * 2 / 10, abs=1e-3)
    assert of(picture, "dwelling_facade").bounds[3] == pytest.approx(500 + 500 * 2 / 14, abs=1e-3)
    assert of(picture, "dwelling_facade").bounds[1] == pytest.approx(500 - 500 * 4 / 20, abs=1e-3)
    assert at(picture, 500, 585).building_id == "garage"
    assert at(picture, 500, 585).what == "roof"


def test_a_door_is_a_metre_wide_and_belongs_to_its_wall() -> None:
    town = spaces(house("h", shapely.box(10, -5, 20, 5), 8.0), door("d", 10.0, 1.0, of="h"))
    picture = pictured(town, fixed(azimuth_deg=90.0, **LEVEL))
    # One metre north of the axis is 50 px to the left; from the ground (250 px below) to 2.1 m.
    assert of(picture, "dwelling_entrance").bounds == pytest.approx((425, 645, 475, 750), abs=1e-3)
    found = at(picture, 450, 700)
    assert (found.space_id, found.building_id, found.what) == ("d", "h", "dwelling_entrance")


def test_an_entrance_without_a_wall_is_a_spot_on_the_ground() -> None:
    picture = pictured(spaces(door("d", 10.0, 0.0)), fixed(azimuth_deg=90.0, **LEVEL))
    assert at(picture, 500, 500 + 500 * 5 / 10).space_id == "d"


def test_a_garden_takes_the_level_of_each_band_and_none_beyond_the_range() -> None:
    strip = garden("g", shapely.box(2, -1, 90, 1))
    picture = pictured(spaces(strip), fixed(azimuth_deg=90.0, **LEVEL, range_m=30.0))
    levels = {patch.level: patch.distance_m for patch in picture.patches if patch.what == "private_ground"}
    # 500 px of focal length: 62.5 px/m end at 8 m, 25 at 20 m, 12.5 at 40 m, and the range at 30 m.
    assert set(levels) == {"observe", "detect", "monitor", None}
    assert levels["detect"] == pytest.approx(8.0, abs=0.01)
    assert levels["monitor"] == pytest.approx(20.0, abs=0.01)
    assert levels[None] == pytest.approx(30.0, abs=0.01)
    assert not any(patch.told for patch in picture.patches if patch.level is None)


def test_what_lies_further_than_was_computed_is_told_apart_from_ground_and_sky() -> None:
    picture = pictured(
        spaces(house("h", shapely.box(-20, -2, -10, 4), 8.0)), fixed(azimuth_deg=90.0, **LEVEL)
    )
    assert at(picture, 500, 505).what == "beyond"
    assert at(picture, 500, 500 + 500 * 5 / 140).what == "ground"


def test_a_wall_that_the_camera_hangs_on_fills_its_side_of_the_picture() -> None:
    # The wall runs along the axis, five centimetres to the left: the engine tells nothing of it, the picture does.
    town = spaces(house("h", shapely.box(-10, 0.05, 10, 8), 8.0), house("o", shapely.box(30, -9, 40, 9), 8.0))
    picture = pictured(town, fixed(azimuth_deg=90.0, **LEVEL))
    assert at(picture, 100, 500).what == "edge_on"
    assert at(picture, 100, 500).building_id == "h"
    assert at(picture, 600, 500).building_id == "o"


def test_in_an_unrolled_picture_each_degree_is_as_wide_as_the_next() -> None:
    # 3,600 px all round, north in the middle; from the horizon to straight below.
    town = spaces(house("h", shapely.box(10, -1, 20, 1), 5.0))
    dome = camera(pixels=3600.0, tilt_deg=45.0, vfov_deg=90.0, height_m=5.0)
    picture = pictured(town, dome)
    assert picture.unrolled
    assert (picture.width_px, picture.height_px) == pytest.approx((3600.0, 900.0))
    wall = of(picture, "dwelling_facade")
    half = math.degrees(math.atan(1 / 10))
    left, top, right, bottom = wall.bounds
    assert (left, right) == pytest.approx((2700 - 10 * half, 2700 + 10 * half), abs=0.01)
    assert top == pytest.approx(0.0, abs=1e-3)
    assert bottom == pytest.approx(10 * math.degrees(math.atan(5 / 10)), abs=0.01)
    # Straight below the lens all bearings meet, and the ground fills the whole lower edge.
    assert at(picture, 10, 899).what == at(picture, 3590, 899).what == "ground"


def test_what_stands_across_the_seam_of_an_unrolled_picture_is_cut_there() -> None:
    town = spaces(house("h", shapely.box(-3, -20, 3, -10), 8.0))
    wall = of(pictured(town, camera(pixels=3600.0, tilt_deg=45.0, vfov_deg=90.0)), "dwelling_facade")
    assert len(shapely.get_parts(wall)) == 2
    assert wall.bounds[0] == pytest.approx(0.0, abs=1e-2)
    assert wall.bounds[2] == pytest.approx(3600.0, abs=1e-2)


def test_a_pinhole_keeps_straight_lines_straight_and_a_panorama_follows_them() -> None:
    plane = Plane((0.0, 0.0, 3.0), (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (-50.0, -50.0, 50.0, 50.0))
    line = shapely.LineString([(-10, 10), (10, 10)])
    straight = Pinhole(0.0, 0.0, 500.0, 1000.0, 1000.0).trace(plane, line)
    assert np.ptp(shapely.get_coordinates(straight)[:, 1]) == pytest.approx(0.0, abs=1e-6)
    curved = Panorama(0.0, 0.0, 500.0, 1000.0 * math.pi, 1000.0).trace(plane, line)
    heights = shapely.get_coordinates(curved)[:, 1]
    assert heights.min() == pytest.approx(500 - 500 * math.atan(3 / 10), abs=0.05)
    assert heights.max() == pytest.approx(500 - 500 * math.atan(3 / math.hypot(10, 10)), abs=0.05)


def test_the_compass_tells_true_north_where_the_grid_is_turned() -> None:
    picture = pictured(spaces(house("h", shapely.box(9, 9, 10, 10), 3.0)), fixed(azimuth_deg=0.0, **LEVEL))
    assert picture.projection.bearing_x(0.0) == 500.0
    # 45° to the right is the right edge of a level picture of 90°.
    assert picture.projection.bearing_x(math.radians(45.0)) == pytest.approx(1000.0)
    assert math.isnan(picture.projection.bearing_x(math.pi))


@pytest.mark.slow
def test_a_ptz_shows_what_it_looks_at_now_and_else_all_that_it_can_be_pointed_at() -> None:
    town = spaces(house("h", shapely.box(10, -2, 20, 4), 8.0))
    known, unknown = (fixed(azimuth_deg=azimuth, kind="ptz", **LEVEL) for azimuth in (90.0, None))
    assert (pictured(town, known).mode, pictured(town, known).unrolled) == ("now", False)
    assert (pictured(town, unknown).mode, pictured(town, unknown).unrolled) == ("reach", True)
    assert pictured(town, known, mode="reach").unrolled
    with pytest.raises(UsageError, match="has no mode 'now'"):
        pictured(town, unknown, mode="now")


def test_a_direction_that_nobody_knows_gives_the_whole_circle_and_no_picture_of_its_own() -> None:
    town = spaces(house("h", shapely.box(-20, -2, -10, 4), 8.0))
    picture = pictured(town, fixed(azimuth_deg=None, **LEVEL))
    assert picture.undirected
    assert picture.unrolled
    assert picture.width_px == pytest.approx(500.0 * 2 * math.pi)
    assert of(picture, "dwelling_facade").area > 0.0


def test_a_camera_that_is_shut_in_has_no_picture() -> None:
    town = spaces(house("h", shapely.box(-900, -900, 900, 900), 8.0))
    with pytest.raises(InputError, match="stands inside a building"):
        pictured(town, fixed(azimuth_deg=90.0, **LEVEL))


def test_what_is_assumed_of_the_buildings_in_the_picture_is_counted() -> None:
    town = spaces(
        house("h", shapely.box(10, -2, 20, 4), 8.0, assumed="height_m=default.levels;kind=default.x"),
        house("o", shapely.box(10, 5, 20, 9), 8.0, assumed="height_sd_m=default.levels"),
        house("behind", shapely.box(-20, -2, -10, 4), 8.0, assumed="height_m=default.levels"),
    )
    picture = pictured(town, fixed(azimuth_deg=90.0, **LEVEL))
    assert (picture.buildings, picture.heights_assumed, picture.uses_assumed) == (2, 1, 1)


def test_below_a_house_over_a_passage_the_yard_shows_and_above_the_lens_its_underside() -> None:
    # From 2 m, looking east through a passage 4 m wide and 10 m deep, 3 m high: its ceiling goes from (3 − 2) / 10 to
    # (3 − 2) / 20 above the axis, and the house in the yard shows below that.
    town = spaces(
        house("l", shapely.box(10, 2, 20, 20), 8.0),
        house("r", shapely.box(10, -20, 20, -2), 8.0),
        house("o", shapely.box(10, -2, 20, 2), 8.0, base_m=3.0),
        house("back", shapely.box(40, -20, 50, 20), 8.0, kind="sensitive_place"),
    )
    picture = pictured(town, fixed(azimuth_deg=90.0, **LEVEL | {"height_m": 2.0}))
    under = of(picture, "underside")
    assert under.bounds == pytest.approx((400, 450, 600, 475), abs=1e-3)
    assert under.area == pytest.approx((200 + 100) / 2 * 25, rel=1e-4)
    assert at(picture, 500, 460).building_id == "o"
    assert at(picture, 500, 400).building_id == "o"
    assert at(picture, 500, 490).building_id == "back"
    assert at(picture, 500, 500 + 500 * 2 / 30).what == "ground"
    # Its sides show up to the ceiling, and no further.
    assert at(picture, 430, 480).building_id == "l"
    assert not [
        p for p in picture.patches if p.what == "sky" and p.shape.intersects(shapely.box(400, 440, 600, 999))
    ]


def test_a_wall_along_the_lens_has_a_gap_where_a_passage_opens() -> None:
    # The camera hangs in a passage, five centimetres before its left wall.
    town = spaces(
        house("l", shapely.box(-10, 0.05, 20, 20), 8.0),
        house("o", shapely.box(-10, -6, 20, 0.05), 8.0, base_m=4.0),
        house("back", shapely.box(40, -20, 50, 20), 8.0),
    )
    picture = pictured(town, fixed(azimuth_deg=90.0, **LEVEL | {"height_m": 2.0}))
    assert at(picture, 100, 500).what == "edge_on"
    assert at(picture, 600, 300).what == "underside"
    assert at(picture, 100, 100).what == "underside" or at(picture, 100, 100).building_id == "l"
    assert at(picture, 520, 490).building_id == "back"


def test_in_the_circle_of_a_fisheye_what_is_seen_is_as_sharp_as_its_strips_are_told() -> None:
    town = spaces(house("h", shapely.box(10, -2, 20, 4), 4.0), garden("g", shapely.box(3, -2, 8, 2)))
    row = camera(kind="fisheye", hfov_deg=360.0, vfov_deg=180.0, tilt_deg=90.0, pixels=3000.0, height_m=5.0)
    result, picture = seen(town, row), pictured(town, row)
    told = result.sightings.set_index("target_id")["px_per_m"]
    for space in ("h", "g"):
        sharpest = max(patch.px_per_m for patch in picture.patches if patch.space_id == space)
        assert sharpest == pytest.approx(told[space], rel=1e-6)


def test_a_shop_below_flats_is_drawn_as_what_it_is() -> None:
    town = spaces(
        house("h", shapely.box(10, -5, 20, 5), 8.0, ground_kind="other_private", storey_m=4.0),
        house("o", shapely.box(10, 6, 20, 9), 8.0, ground_kind="sensitive_place"),
    )
    picture = pictured(town, fixed(azimuth_deg=90.0, **LEVEL))
    # The lens is at 5 m: 4 m are 1 / 10 below the axis, and a storey of 3 m, where none is told, 2 / 10.
    shop = of(picture, "other_private")
    assert (shop.bounds[1], shop.bounds[3]) == pytest.approx((550, 750), abs=1e-3)
    assert (at(picture, 500, 549).what, at(picture, 500, 551).what) == ("dwelling_facade", "other_private")
    assert (at(picture, 125, 599).what, at(picture, 125, 601).what) == ("dwelling_facade", "sensitive_place")


def test_up_a_slope_the_ground_rises_to_the_house_and_is_no_sky() -> None:
    on_slope = {"terrain": "terrain/test", "ground_m": 3.0, "ground_sd_m": 0.0}
    town = spaces({**house("h", shapely.box(20, -10, 30, 10), 9.0), **on_slope})
    seen_by = fixed(height_m=2.0, hfov_deg=40.0, vfov_deg=60.0, **on_slope | {"ground_m": 0.0})
    (row,) = cameras(seen_by).itertuples(index=False)
    picture = picture_of(row, Scene.of(town), town)
    # The wall's foot, 3 m above the lens's foot and 20 m off, stands 1 / 20 above the horizon.
    (facade,) = [patch for patch in picture.patches if patch.building_id == "h" and patch.told]
    foot = picture.projection.horizon_px - picture.projection.focal_px / 20.0
    assert facade.shape.bounds[3] == pytest.approx(foot, abs=0.5)
    below = shapely.box(picture.width_px / 2 - 5, foot + 1.0, picture.width_px / 2 + 5, picture.height_px)
    ground = shapely.union_all([patch.shape for patch in picture.patches if patch.what == "ground"])
    assert shapely.intersection(ground, below).area == pytest.approx(below.area, rel=0.01)
