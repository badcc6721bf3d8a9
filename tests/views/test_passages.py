"""What hangs in the air hides a band and no more: views go on below it."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely
from shapely import affinity
from tests.views.test_against_line_of_sight import compare, free_place, random_town
from tests.views.towns import camera, ground_of, house, seen, spaces

from visavis.views import Seen


def _strips(result: Seen, building: str) -> gpd.GeoDataFrame:
    return result.facade_strips[result.facade_strips["building_id"] == building]


def test_one_looks_below_a_bridge_at_the_house_behind() -> None:
    # From 2 m, under an edge at 3 m that ends 20 m off, up to 2 + 1 · 40 / 20 = 4 m show at 40 m; over the front at
    # 10 m, 6 m high, what rises above 2 + 4 · 40 / 10 = 18 m.
    bridge = house("bridge", shapely.box(10, -30, 20, 30), 6.0, base_m=3.0)
    result = seen(spaces(bridge, house("tower", shapely.box(40, -2, 50, 2), 25.0)), camera(height_m=2.0))
    strips = _strips(result, "tower").sort_values("z_low_from_m")
    assert strips["z_low_from_m"].tolist() == pytest.approx([0.0, 18.0])
    assert strips["z_high_from_m"].tolist() == pytest.approx([4.0, 25.0])
    # The bridge itself shows from its lower edge to its top, and the ground goes on below it.
    front = _strips(result, "bridge")
    assert front[["z_low_from_m", "z_high_from_m"]].to_numpy().tolist() == [[3.0, 6.0]]
    assert ground_of(result.views).contains(shapely.box(9, -1, 39, 1))


def test_from_above_a_bridge_hides_the_ground_under_and_behind_it() -> None:
    # From 9 m the front edge at 3 m, 10 m off, hides the ground from 10 · 9 / 6 = 15 m on, and its top at 6 m,
    # 20 m off, up to 20 · 9 / 3 = 60 m.
    bridge = house("bridge", shapely.box(10, -30, 20, 30), 6.0, base_m=3.0)
    view = ground_of(seen(spaces(bridge), camera(height_m=9.0)).views)
    along = shapely.LineString([(1, 0), (80, 0)]).intersection(view)
    assert [round(x, 6) for part in along.geoms for x in part.bounds[::2]] == [1.0, 15.0, 60.0, 80.0]


@pytest.mark.slow
def test_through_a_passage_one_looks_into_the_yard() -> None:
    left, right = house("l", shapely.box(10, 2, 20, 20), 8.0), house("r", shapely.box(10, -20, 20, -2), 8.0)
    over = house("o", shapely.box(10, -2, 20, 2), 8.0, base_m=3.0)
    back = house("back", shapely.box(40, -20, 50, 20), 8.0)
    open_ = ground_of(seen(spaces(left, right, over, back), camera(height_m=2.5)).views)
    shut = ground_of(seen(spaces(left, right, {**over, "base_m": 0.0}, back), camera(height_m=2.5)).views)
    yard = shapely.box(20.1, -20, 39.9, 20)
    assert shut.intersection(yard).area == pytest.approx(0.0, abs=1e-6)
    # The opening, 4 m wide and 10 m off, is 8 m wide at 20 m and 16 m at 40 m; at its far end, 4 m, it is narrower:
    # 4 m at 20 m, 8 m at 40 m.
    assert open_.intersection(yard).area == pytest.approx((4.02 + 7.98) / 2 * 19.8, rel=1e-3)
    # Below the passage the walls on both sides show, up to its ceiling.
    result = seen(spaces(left, right, over, back), camera(height_m=2.5))
    sides = _strips(result, "l")
    inner = sides[sides.geometry.distance(shapely.LineString([(10, 2), (20, 2)])) < 1e-6]
    inner = inner[inner.geometry.apply(lambda line: abs(line.coords[0][1] - line.coords[1][1]) < 1e-6)]
    assert inner["z_high_from_m"].to_numpy() == pytest.approx(3.0)


def test_a_camera_under_a_passage_stays_there_and_sees_both_ways() -> None:
    left, right = house("l", shapely.box(-5, 2, 5, 20), 8.0), house("r", shapely.box(-5, -20, 5, -2), 8.0)
    over = house("o", shapely.box(-5, -2, 5, 2), 8.0, base_m=3.0)
    result = seen(spaces(left, right, over), camera(height_m=2.5))
    assert not result.findings
    view = ground_of(result.views)
    assert view.contains(shapely.box(-40, -1.9, 40, 1.9))


def test_what_hangs_without_a_base_stands() -> None:
    shape = shapely.box(10, -5, 20, 5)
    grounded = ground_of(seen(spaces(house("h", shape, 8.0)), camera(height_m=6.0)).views)
    hanging = ground_of(seen(spaces(house("h", shape, 8.0, base_m=1e-9)), camera(height_m=6.0)).views)
    assert grounded.symmetric_difference(hanging).area == pytest.approx(0.0, abs=1e-5)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(20, 24))
def test_over_and_under_the_engine_sees_what_straight_lines_see(seed: int) -> None:
    random = np.random.default_rng(seed)
    town = random_town(random)
    raised = random.random(len(town)) < 0.4
    base = np.where(raised, town["height_m"] * random.uniform(0.2, 0.8, len(town)), 0.0)
    town = town.assign(base_m=base)
    bridge = affinity.rotate(shapely.box(-40, -3, 40, 3), random.uniform(0, 360))
    town = spaces(
        *town.to_dict("records"), house("bridge", affinity.translate(bridge, 12, 9), 7.0, base_m=4.5)
    )
    for height in (1.5, 5.5, 12.0):
        x, y = free_place(town, random)
        must, must_not = compare(town, camera(x=x, y=y, height_m=height, range_m=80.0), random)
        assert must > 5
        assert must_not > 10
