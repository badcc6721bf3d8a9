"""Scenes small enough to be worked out with a pencil."""

from __future__ import annotations

import math
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import shapely
from tests.views.towns import CRS, camera, cameras, door, fixed, garden, ground_of, house, seen, spaces

from visavis.model.crs import STORED_CRS
from visavis.views import Scene, see


def _strips(result: Any, building: str, edge: int | None = None) -> gpd.GeoDataFrame:
    rows = result.facade_strips[result.facade_strips["building_id"] == building]
    return rows if edge is None else rows[rows["edge"] == edge]


def _walls(scene: Scene, building: str) -> dict[int, float]:
    """Return how much of each edge of a building stands in the open."""
    mine = scene.building_ids[scene.building[scene.walls.prism]] == building
    lengths: dict[int, float] = {}
    for edge, length in zip(scene.edge[mine].tolist(), scene.walls.length_m[mine].tolist(), strict=True):
        lengths[edge] = round(lengths.get(edge, 0.0) + length, 6)
    return lengths


# shapely.box runs from the lower right corner upwards: edge 0 faces east, 1 north, 2 west, 3 south.
EAST, NORTH, WEST, SOUTH = range(4)


@pytest.mark.slow
def test_an_open_field_is_a_disc() -> None:
    result = seen(spaces(), camera(height_m=6.0, range_m=50.0))
    assert ground_of(result.views).area == pytest.approx(math.pi * (50**2 - 6**2), rel=1e-4)
    assert result.facade_strips.empty


def test_one_house_hides_the_wedge_behind_it() -> None:
    town = spaces(house("h", shapely.box(10, -5, 20, 5), 5.0))
    result = seen(town, camera(height_m=2.0, range_m=50.0))
    wedge = 2 * math.atan2(5, 10)
    assert ground_of(result.views).area == pytest.approx(
        (2 * math.pi - wedge) / 2 * (50**2 - 2**2) + 10 * 10 / 2, rel=1e-4
    )
    (strip,) = result.facade_strips.itertuples()
    assert (strip.edge, strip.from_m, strip.to_m) == (WEST, 0.0, pytest.approx(10.0))
    assert (strip.z_low_from_m, strip.z_high_to_m) == (0.0, pytest.approx(5.0))
    assert strip.distance_m == pytest.approx(10.0)
    assert strip.incidence_deg == pytest.approx(0.0, abs=1e-9)


def test_a_camera_at_six_metres_sees_over_a_three_metre_garage() -> None:
    town = spaces(
        house("garage", shapely.box(10, -6, 12, 6), 3.0), house("house", shapely.box(20, -2, 30, 2), 9)
    )
    result = seen(town, camera(height_m=6.0))
    (strip,) = _strips(result, "house").itertuples()
    # From 6 m over the roof's far edge at 12 m: 6 − 3/12 × 20 = 1 m up the wall at 20 m.
    assert (strip.z_low_from_m, strip.z_low_to_m) == (pytest.approx(1.0), pytest.approx(1.0))
    assert (strip.z_high_from_m, strip.z_high_to_m) == (pytest.approx(9.0), pytest.approx(9.0))
    sighting = result.sightings.set_index("target_id").loc["house"]
    assert sighting["area_m2"] == pytest.approx(4 * 8)
    assert sighting["share"] == pytest.approx(4 / 28)


def test_a_camera_at_two_metres_does_not_see_over_a_three_metre_garage() -> None:
    town = spaces(
        house("garage", shapely.box(10, -6, 12, 6), 3.0), house("house", shapely.box(20, -2, 30, 2), 9)
    )
    (strip,) = _strips(seen(town, camera(height_m=2.0)), "house").itertuples()
    # The line over the near edge climbs from 2 m by 1 in 10: above 4 m at 20 m the house shows.
    assert strip.z_low_from_m == pytest.approx(4.0)


def test_no_house_is_infinitely_high_and_ground_comes_back_behind_a_low_wall() -> None:
    town = spaces(house("wall", shapely.box(10, -50, 12, 50), 3.0))
    ground = ground_of(seen(town, camera(height_m=6.0)).views)
    # Lost from the wall to 24 m, where the line over its far edge meets the ground.
    assert ground.contains(shapely.Point(9.9, 0))
    assert not ground.intersects(shapely.Point(12.1, 0).buffer(0.05))
    assert not ground.intersects(shapely.Point(23.9, 0).buffer(0.05))
    assert ground.contains(shapely.Point(24.1, 0))


def test_the_shadow_of_a_roof_edge_on_a_wall_is_a_straight_line() -> None:
    town = spaces(
        house("garage", shapely.Polygon([(10, -6), (12, -6), (12, 6), (10, 6)]), 3.0),
        house("house", shapely.Polygon([(16, -2), (30, -2), (30, 2), (18, 2)]), 9.0),
    )
    strips = _strips(seen(town, camera(height_m=6.0)), "house").sort_values("from_m")
    # The slanting wall runs from (18, 2) to (16, −2): its foot is hidden up to 6 − 3 x / 12.
    assert strips["z_low_from_m"].iloc[0] == pytest.approx(6 - 3 * 18 / 12)
    assert strips["z_low_to_m"].iloc[-1] == pytest.approx(6 - 3 * 16 / 12)
    assert len(strips) == 1


def test_a_wall_shows_as_far_as_its_roof_stands_out_of_the_shadow() -> None:
    town = spaces(
        house("garage", shapely.box(10, -15, 12, 15), 3.0),
        house("house", shapely.Polygon([(20, -5), (40, -5), (40, 5), (30, 5)]), 4.5),
        house("hidden", shapely.box(30, 10, 40, 20), 4.5),
    )
    result = seen(town, camera(height_m=2.0))
    # The line over the garage is at 2 + x / 10: it passes the roof where x is 25, half way along the wall.
    (strip,) = result.facade_strips[result.facade_strips["building_id"] == "house"].itertuples()
    ends = sorted([(strip.z_low_from_m, strip.z_high_from_m), (strip.z_low_to_m, strip.z_high_to_m)])
    assert ends == [(pytest.approx(4.0), pytest.approx(4.5)), (pytest.approx(4.5), pytest.approx(4.5))]
    assert strip.to_m - strip.from_m == pytest.approx(math.hypot(10, 10) / 2)
    assert "hidden" not in set(result.sightings["target_id"])


def test_a_courtyard_is_kept_and_seen_from_within() -> None:
    block = shapely.box(-20, -20, 20, 20).difference(shapely.box(-8, -8, 8, 8))
    result = seen(spaces(house("block", block, 12.0)), camera(x=1.0, y=2.0, height_m=4.0))
    assert ground_of(result.views).area == pytest.approx(16 * 16, rel=1e-6)
    assert set(result.facade_strips["edge"]) == {4, 5, 6, 7}
    assert result.facade_strips["to_m"].sub(result.facade_strips["from_m"]).sum() == pytest.approx(4 * 16)
    assert result.sightings["share"].tolist() == pytest.approx([64 / (64 + 160)])


def test_a_courtyard_is_seen_into_from_above_its_roof_only() -> None:
    block = shapely.box(10, -10, 30, 10).difference(shapely.box(15, -5, 25, 5))
    town = spaces(house("block", block, 4.0), garden("court", shapely.box(15, -5, 25, 5)))
    low, high = (seen(town, camera(height_m=h)).sightings.set_index("target_id") for h in (3.0, 8.0))
    assert "court" not in low.index
    # Over the roof's inner edge, 15 m off and 4 m below the lens: the ground is hidden up to 30 m.
    assert "court" not in high.index
    # From 12 m: up to 15 × 12 / 8 = 22.5 m, on a line square to the axis.
    highest = seen(town, camera(height_m=12.0)).sightings.set_index("target_id").loc["court"]
    assert highest["area_m2"] == pytest.approx(2.5 * 10)
    assert highest["share"] == pytest.approx(0.25)


@pytest.mark.parametrize("off", [0.0, 0.02, 0.3])
def test_a_camera_on_a_wall_sees_outward_only(off: float) -> None:
    town = spaces(
        house("own", shapely.box(0, -30, 10, 30), 8.0), house("other", shapely.box(30, -5, 40, 5), 8.0)
    )
    result = seen(town, camera(x=-off, height_m=5.0, range_m=60.0))
    ground = ground_of(result.views)
    assert ground.bounds[2] < 0.0 + 1e-6 or not ground.intersection(shapely.box(0, -29, 60, 29)).area
    assert ground.area == pytest.approx(math.pi * 60**2 / 2, rel=0.06)
    assert _strips(result, "other").empty
    assert not [finding for finding in result.findings if "inside" in finding.code]


def test_the_wall_that_a_camera_hangs_on_shows_nothing() -> None:
    town = spaces(
        house("own", shapely.box(0, -30, 10, 30), 8.0), house("next", shapely.box(0, 30, 10, 50), 8.0)
    )
    assert seen(town, camera(height_m=5.0, range_m=60.0)).facade_strips.empty


def test_a_camera_on_a_corner_sees_three_quarters_of_the_circle() -> None:
    town = spaces(house("own", shapely.box(0, 0, 100, 100), 8.0))
    area = ground_of(seen(town, camera(height_m=5.0, range_m=50.0)).views).area
    assert area == pytest.approx(0.75 * math.pi * (50**2 - 5**2), rel=0.01)


def test_a_camera_inside_a_house_is_moved_to_the_nearest_wall_and_that_is_told() -> None:
    town = spaces(house("own", shapely.box(-3, -30, 10, 30), 8.0))
    result = seen(town, camera(height_m=5.0, range_m=60.0))
    (finding,) = result.findings
    assert finding.code == "views.camera-inside-building"
    assert finding.subjects == ("c", "own")
    assert finding.figures["depth_m"] == pytest.approx(3.0)
    assert ground_of(result.views).bounds[2] == pytest.approx(-3.0, abs=0.1)


def test_a_camera_above_the_roof_it_stands_on_looks_over_it() -> None:
    town = spaces(house("own", shapely.box(-10, -10, 10, 10), 20.0))
    result = seen(town, camera(height_m=22.0))
    ground = ground_of(result.views)
    # The roof's edge, 10 m off and 2 m below, hides the ground up to 110 m; its corners, 14 m off, further.
    assert ground.is_empty
    assert {finding.code for finding in result.findings} == {
        "views.camera-on-roof",
        "views.camera-sees-nothing",
    }
    higher = ground_of(seen(town, camera(height_m=30.0)).views)
    # 10 m above: hidden up to 30 m straight ahead.
    assert not higher.intersects(shapely.Point(29.9, 0))
    assert higher.contains(shapely.Point(30.1, 0))


def test_between_equally_high_neighbours_there_is_no_facade() -> None:
    scene = Scene.of(
        spaces(house("a", shapely.box(0, 0, 10, 10), 8.0), house("b", shapely.box(10, 0, 20, 10), 8.0))
    )
    assert _walls(scene, "a") == {NORTH: 10, WEST: 10, SOUTH: 10}
    assert _walls(scene, "b") == {EAST: 10, NORTH: 10, SOUTH: 10}


def test_above_a_lower_neighbour_the_rest_of_the_wall_shows() -> None:
    town = spaces(
        house("low", shapely.box(10, -5, 14, 5), 3.0),
        house("high", shapely.box(14, -5, 24, 5), 9.0),
    )
    assert _walls(Scene.of(town), "low") == {NORTH: 4, WEST: 10, SOUTH: 4}
    strips = _strips(seen(town, camera(height_m=12.0)), "high", WEST)
    # From 12 m over the low roof's near edge (at 10 m, 3 m high) the wall at 14 m is free from 3 m up.
    assert strips["z_low_from_m"].tolist() == pytest.approx([3.0])
    assert strips["z_high_from_m"].tolist() == pytest.approx([9.0])


def test_a_house_against_part_of_a_longer_wall_cuts_it() -> None:
    scene = Scene.of(
        spaces(house("long", shapely.box(0, 0, 30, 10), 8.0), house("shed", shapely.box(10, -4, 15, 0), 8.0))
    )
    assert _walls(scene, "long") == {EAST: 10, NORTH: 30, WEST: 10, SOUTH: 25}
    assert _walls(scene, "shed") == {EAST: 4, WEST: 4, SOUTH: 5}


@pytest.mark.parametrize("gap", [0.001, 0.0001, 0.0, -0.001])
def test_a_gap_that_is_an_error_of_the_map_is_not_seen_through(gap: float) -> None:
    town = spaces(
        house("a", shapely.box(-20, 10, 0, 20), 8.0),
        house("b", shapely.box(gap, 10, 20, 20), 8.0),
        house("behind", shapely.box(-20, 30, 20, 40), 8.0),
    )
    result = seen(town, camera(x=gap / 2, height_m=4.0))
    assert _strips(result, "behind").empty
    assert set(_strips(result, "a")["edge"]) == {SOUTH}
    assert set(_strips(result, "b")["edge"]) == {SOUTH}


def test_a_real_passage_is_seen_through() -> None:
    town = spaces(
        house("a", shapely.box(-20, 10, -0.5, 20), 8.0),
        house("b", shapely.box(0.5, 10, 20, 20), 8.0),
        house("behind", shapely.box(-20, 30, 20, 40), 8.0),
    )
    (strip,) = _strips(seen(town, camera(height_m=4.0)), "behind").itertuples()
    # Between the far corners, half a metre to each side at 20 m: 0.75 m to each side at 30 m.
    assert strip.to_m - strip.from_m == pytest.approx(1.5)


def test_a_house_drawn_twice_counts_once_and_that_is_told() -> None:
    shape = shapely.box(10, -5, 20, 5)
    town = spaces(house("a", shape, 5.0), house("b", shape, 5.0))
    result = seen(town, camera(height_m=2.0))
    assert set(result.facade_strips["building_id"]) == {"a"}
    assert [(f.code, f.subjects) for f in result.findings] == [("views.building-buried", ("b",))]


def test_crossing_houses_show_only_what_is_outside_of_both() -> None:
    scene = Scene.of(
        spaces(house("a", shapely.box(-15, -5, 15, 5), 8.0), house("b", shapely.box(-5, -15, 5, 15), 8.0))
    )
    assert _walls(scene, "a") == {EAST: 10, NORTH: 20, WEST: 10, SOUTH: 20}
    assert _walls(scene, "b") == {EAST: 20, NORTH: 10, WEST: 20, SOUTH: 10}


def test_a_long_wall_shows_as_far_as_the_range() -> None:
    wall = spaces(house("long", shapely.box(30, -200, 40, 200), 4.0))
    strips = seen(wall, camera(range_m=50.0)).facade_strips
    assert float((strips["to_m"] - strips["from_m"]).sum()) == pytest.approx(80.0, abs=1e-6)


def test_walls_in_line_with_the_lens_hide_and_show_nothing() -> None:
    town = spaces(house("a", shapely.box(10, 0, 20, 10), 8.0), house("b", shapely.box(30, -10, 40, 10), 8.0))
    result = seen(town, camera(height_m=4.0))
    assert set(_strips(result, "a")["edge"]) == {WEST}
    (strip,) = _strips(result, "b").itertuples()
    assert (strip.edge, strip.to_m - strip.from_m) == (WEST, pytest.approx(10.0))


@pytest.mark.parametrize("azimuth", [0.0, 10.0, 350.0, 359.999, 180.0])
def test_a_sector_across_north_is_as_large_as_any_other(azimuth: float) -> None:
    ground = ground_of(seen(spaces(), fixed(azimuth_deg=azimuth, hfov_deg=60.0, height_m=5.0)).views)
    # The picture begins 5 m / tan 60° before the lens; over 60° that straight line is 2 × 2.887 × tan 30° long.
    near = 5 / math.tan(math.radians(60))
    triangle = near * near * math.tan(math.radians(30))
    assert ground.area == pytest.approx(math.pi * (100**2 - 5**2) / 6 - triangle, rel=1e-4)
    ahead = math.radians(azimuth)
    assert ground.contains(shapely.Point(50 * math.sin(ahead), 50 * math.cos(ahead)))


def test_a_wall_through_north_is_one_strip() -> None:
    town = spaces(house("h", shapely.box(-10, 20, 10, 30), 8.0))
    result = seen(town, fixed(azimuth_deg=0.0, hfov_deg=90.0, height_m=3.0))
    (strip,) = result.facade_strips.itertuples()
    assert (strip.edge, strip.from_m, strip.to_m) == (SOUTH, pytest.approx(0.0), pytest.approx(20.0))


def test_a_wall_through_the_line_behind_is_one_strip() -> None:
    town = spaces(house("h", shapely.box(-30, -10, -20, 10), 8.0))
    result = seen(town, camera(height_m=3.0))
    lengths = result.facade_strips["to_m"] - result.facade_strips["from_m"]
    assert lengths.sum() == pytest.approx(20.0)


def test_the_picture_ends_below_and_above_where_its_edges_point() -> None:
    town = spaces(house("h", shapely.box(40, -30, 50, 30), 20.0))
    result = seen(town, fixed(azimuth_deg=90.0, hfov_deg=40.0, vfov_deg=30.0, tilt_deg=10.0, height_m=5.0))
    ground = ground_of(result.views)
    near = 5 / math.tan(math.radians(25))
    assert ground.bounds[0] == pytest.approx(near, abs=1e-6)
    # The near edge is straight: square to the axis, as the picture's lower edge is.
    assert ground.contains(shapely.Point(near + 0.01, 3.0))
    assert not ground.contains(shapely.Point(near - 0.01, 3.0))
    (strip,) = result.facade_strips.itertuples()
    assert strip.z_high_from_m == pytest.approx(5 + 40 * math.tan(math.radians(5)))
    assert strip.z_high_to_m == pytest.approx(5 + 40 * math.tan(math.radians(5)))


def test_a_picture_that_points_down_ends_on_the_ground() -> None:
    row = fixed(azimuth_deg=90.0, hfov_deg=40.0, vfov_deg=20.0, tilt_deg=30.0, height_m=5.0)
    bounds = ground_of(seen(spaces(), row).views).bounds
    assert bounds[0] == pytest.approx(5 / math.tan(math.radians(40)))
    assert bounds[2] == pytest.approx(5 / math.tan(math.radians(20)))


def test_density_follows_the_lens() -> None:
    town = spaces(house("h", shapely.box(20, -10, 30, 30), 8.0))
    row = fixed(azimuth_deg=90.0, hfov_deg=60.0, pixels=1920.0, height_m=5.0)
    result = seen(town, row)
    strip = result.facade_strips.iloc[0]
    focal_px = 1920 / (2 * math.tan(math.radians(30)))
    assert strip["px_per_m"] == pytest.approx(focal_px / 20)
    assert strip["level"] == "observe"
    bands = result.views.set_index("level")
    assert bands.loc["observe", "distance_most_m"] == pytest.approx(focal_px / 62.5)
    assert bands.loc["observe", "px_per_m_least"] == pytest.approx(62.5)
    assert bands.loc["detect", "px_per_m_least"] == pytest.approx(25)


def test_a_slanting_wall_is_seen_less_sharply() -> None:
    town = spaces(house("h", shapely.Polygon([(20, 0), (40, 20), (40, 40), (20, 20)]), 8.0))
    row = fixed(y=10.0, azimuth_deg=90.0, hfov_deg=4.0, pixels=1920.0, height_m=5.0)
    strip = _strips(seen(town, row), "h").iloc[0]
    focal_px = 1920 / (2 * math.tan(math.radians(2)))
    expected = focal_px / strip["distance_m"] * math.cos(math.radians(strip["incidence_deg"]))
    assert strip["px_per_m"] == pytest.approx(expected)


def test_an_all_round_picture_has_its_pixels_by_angle() -> None:
    town = spaces(house("h", shapely.box(20, -10, 30, 10), 8.0))
    strip = seen(town, camera(pixels=6000.0, height_m=5.0)).facade_strips.iloc[0]
    assert strip["px_per_m"] == pytest.approx(6000 / (2 * math.pi) / 20)


def test_edges_are_numbered_and_measured_as_the_footprint_is_stored() -> None:
    ring = [(10.0, -5.0), (10.0, 5.0), (20.0, 5.0), (20.0, -5.0)]  # clockwise: the west wall is edge 0
    clockwise = spaces(house("h", shapely.Polygon(ring), 8.0))
    counter = spaces(house("h", shapely.Polygon(ring[::-1]), 8.0))  # here the west wall is edge 2, southwards
    blind = house("blind", shapely.box(4.5, 0, 5.5, 10), 20.0)  # hides the northern half
    for town, edge, span in ((clockwise, 0, (0.0, 5.0)), (counter, 2, (5.0, 10.0))):
        strip = _strips(seen(spaces(*town.to_dict("records"), blind), camera(height_m=4.0)), "h").iloc[0]
        assert strip["edge"] == edge
        assert (strip["from_m"], strip["to_m"]) == (pytest.approx(span[0]), pytest.approx(span[1]))
        corners = np.array(town.geometry.iloc[0].exterior.coords)
        start = corners[edge] + (corners[edge + 1] - corners[edge]) / 10 * strip["from_m"]
        assert strip["geometry"].coords[0] == pytest.approx(tuple(start))


def test_an_entrance_is_seen_where_the_door_shows() -> None:
    town = spaces(
        house("wall", shapely.box(10, -20, 11, 0), 1.0),
        house("high wall", shapely.box(10, 0, 11, 20), 2.9),
        house("home", shapely.box(14, -20, 24, 20), 8.0),
        door("behind the low", 14.0, -5.0, "home"),
        door("behind the high", 14.0, 5.0, "home"),
        door("far side", 24.0, 5.0, "home"),
        door("a step off", 13.5, -8.0, "home"),
    )
    sightings = seen(town, camera(height_m=3.0)).sightings
    doors = sightings[sightings["aspect"] == "entrance"].set_index("target_id")
    assert set(doors.index) == {"behind the low", "a step off"}
    assert doors["share"].tolist() == [1.0, 1.0]


def test_an_entrance_straight_below_the_lens_is_told_in_numbers() -> None:
    town = spaces(house("home", shapely.box(-10, 0, 10, 10), 4.0), door("below", 0.0, 0.0, "home"))
    # As given the camera hangs on the wall right above the door and does not see it; from a step aside it would.
    sightings = seen(town, camera(height_m=6.0, position_sd_m=1.0), draws=40).sightings
    (below,) = sightings[sightings["target_id"] == "below"].itertuples()
    assert 0.0 < below.probability < 1.0
    # 20,000 pixels around a circle of 4.95 m: from the lens to the middle of the door.
    assert below.distance_m == pytest.approx(4.95, abs=0.01)
    assert 0.0 <= below.px_per_m <= 20_000 / (2 * math.pi * 4.95) + 1.0


def test_a_garden_is_seen_in_part() -> None:
    town = spaces(house("h", shapely.box(10, 0, 12, 20), 8.0), garden("g", shapely.box(20, -10, 30, 10)))
    sighting = seen(town, camera(height_m=3.0)).sightings.set_index("target_id").loc["g"]
    # The line along the house's corner (10, 0) is the x axis: only the half below it shows.
    assert sighting["area_m2"] == pytest.approx(100, rel=1e-6)
    assert sighting["share"] == pytest.approx(0.5, rel=1e-6)
    assert sighting["geometry"].equals(shapely.box(20, -10, 30, 0)) or sighting["geometry"].bounds[3] < 1e-6


def test_azimuths_are_from_true_north() -> None:
    grid = "EPSG:32631"  # central meridian 3° E; at 6° E and 46° N grid north is 2.2° off
    place = gpd.GeoSeries.from_xy([6.0], [46.0], crs=STORED_CRS).to_crs(grid).iloc[0]
    north = gpd.GeoSeries.from_xy([6.0], [46.0008], crs=STORED_CRS).to_crs(grid).iloc[0]
    row = cameras(fixed(azimuth_deg=0.0, hfov_deg=1.0)).set_crs(grid, allow_override=True)
    row = row.set_geometry(gpd.GeoSeries([place], crs=grid))
    town = spaces().set_crs(grid, allow_override=True)
    ground = ground_of(see(row, Scene.of(town), town, draws=1, max_range_m=100.0).views)
    assert abs(math.degrees(math.atan2(north.x - place.x, north.y - place.y))) > 2.0
    assert ground.contains(north)
    middle = ground.centroid
    assert math.atan2(middle.x - place.x, middle.y - place.y) == pytest.approx(
        math.atan2(north.x - place.x, north.y - place.y), abs=1e-4
    )


def test_what_is_measured_is_not_in_degrees() -> None:
    town = spaces()
    with pytest.raises(AssertionError, match="measured in metres"):
        see(cameras(camera()).to_crs(STORED_CRS), Scene.of(town), town)
    with pytest.raises(AssertionError, match="one CRS"):
        see(cameras(camera()).to_crs("EPSG:2154"), Scene.of(town), town)
    with pytest.raises(AssertionError, match="measured in metres"):
        Scene.of(town.to_crs(STORED_CRS))
    assert str(CRS.axis_info[0].unit_name) == "metre"


def test_a_camera_with_no_outer_wall_near_is_shut_in_and_that_is_told() -> None:
    result = seen(spaces(house("hall", shapely.box(-500, -500, 500, 500), 8.0)), camera(height_m=5.0))
    assert result.views.empty
    assert [finding.code for finding in result.findings] == ["views.camera-shut-in"]


def test_a_camera_that_looks_into_its_wall_sees_nothing_and_that_is_told() -> None:
    town = spaces(house("own", shapely.box(0, -30, 10, 30), 8.0))
    result = seen(town, fixed(x=-0.1, azimuth_deg=90.0, hfov_deg=20.0, height_m=5.0))
    assert result.facade_strips.empty
    assert [finding.code for finding in result.findings] == ["views.camera-sees-nothing"]
