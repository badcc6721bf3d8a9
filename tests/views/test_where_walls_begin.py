"""What a wall rises from, and which part of it is told of which edge."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from tests.views.towns import camera, house, seen, spaces

from visavis.views import Scene
from visavis.views.edges import edges_of, straight_walls
from visavis.views.lens import Lens

CORNERS = [(10, -5), (20, -5), (20, 5), (10, 5), (10, 2), (10, -1)]


@pytest.mark.slow
def test_behind_a_higher_house_a_wall_rises_from_the_lower_roof_before_it() -> None:
    # From 12 m over a house of 4 m one looks down on the roof of 3 m behind it, and not at what it hides.
    town = spaces(
        house("first", shapely.box(10, -5, 12, 5), 4.0),
        house("low", shapely.box(12, -5, 30, 5), 3.0),
        house("high", shapely.box(30, -5, 40, 5), 9.0),
    )
    strips = seen(town, camera(height_m=12.0)).facade_strips
    high = strips[(strips["building_id"] == "high") & (strips["incidence_deg"] < 1.0)]
    assert high["z_low_from_m"].tolist() == high["z_low_to_m"].tolist() == pytest.approx([3.0])
    assert high["z_high_from_m"].tolist() == pytest.approx([9.0])
    scene = Scene.of(town)
    walls = np.flatnonzero(scene.building_ids[scene.building[scene.walls.prism]] == "high")
    west = walls[(scene.walls.ends[walls][:, [0, 2]] == 30.0).all(axis=1)]
    assert scene.standing.feet[west].tolist() == [3.0]


def test_a_wall_drawn_with_corners_is_told_edge_by_edge() -> None:
    strips = seen(spaces(house("a", shapely.Polygon(CORNERS), 4.0)), camera(height_m=3.0)).facade_strips
    # The western wall, from (10, 5) over two corners back to where the ring began.
    assert strips["edge"].tolist() == [3, 4, 5]
    assert strips["to_m"].sub(strips["from_m"]).tolist() == pytest.approx([3.0, 3.0, 4.0])


@pytest.mark.parametrize("first", range(len(CORNERS)))
@pytest.mark.parametrize("back", [False, True])
def test_a_straight_wall_is_one_wherever_its_ring_begins(first: int, back: bool) -> None:
    ring = np.roll(np.array(CORNERS, dtype=float), -first, axis=0)
    straight = straight_walls(
        edges_of(np.array([shapely.Polygon(ring[::-1] if back else ring)], dtype=object))
    )
    assert len(straight.prism) == 4
    west = (straight.ends[:, [0, 2]] == 10.0).all(axis=1)
    # The house lies to the left.
    assert straight.ends[west].tolist() == [[10.0, 5.0, 10.0, -5.0]]
    assert sorted(np.bincount(straight.wall).tolist()) == [1, 1, 1, 3]


def test_a_round_tower_of_many_corners_stays_round() -> None:
    turn = np.linspace(0.0, 2.0 * math.pi, 60_000, endpoint=False)
    round_ = shapely.Polygon(np.column_stack([60.0 * np.cos(turn), 60.0 * np.sin(turn)]))
    straight = straight_walls(edges_of(np.array([round_], dtype=object)))
    # A corner is off the line through its neighbours by less than counts; over many that would be metres.
    assert len(straight.prism) == 60_000


@pytest.mark.parametrize("length", [1e-4, 5e-4])
def test_an_edge_below_a_millimetre_leaves_no_gap(length: float) -> None:
    # 100 m behind the notch in the wall such a gap would be a hundred times as wide.
    notched = shapely.Polygon([(1, -9), (2, -9), (2, 9), (1, 9), (1, length), (1 + 1e-6, 0)])
    scene = Scene.of(spaces(house("near", notched, 9.0), house("far", shapely.box(90, -50, 95, 50), 12.0)))
    facades, _ = scene.seen(Lens(0.0, 0.0, 3.0, 0.0, math.pi / 6, 200.0, -math.inf, math.inf, 1.0, 0.0))
    seen_of = scene.building_ids[scene.building[scene.walls.prism[facades[:, 0].astype(int)]]]
    assert set(seen_of) == {"near"}
