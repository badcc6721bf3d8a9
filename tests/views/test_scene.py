"""From spaces to the walls that stand in the open."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from shapely import affinity
from tests.views.towns import camera, garden, ground_of, house, seen, spaces

from visavis.views import Scene
from visavis.views.ground import areas
from visavis.views.lens import Lens
from visavis.views.outline import ground_polygon
from visavis.views.surroundings import Surroundings
from visavis.views.targets import rings_of
from visavis.views.words import WORDS


def test_a_self_crossing_footprint_is_repaired_and_told() -> None:
    bow = shapely.Polygon([(10, -5), (20, 5), (20, -5), (10, 5)])
    result = seen(spaces(house("bow", bow, 8.0)), camera(height_m=3.0))
    assert [(f.code, f.subjects) for f in result.findings] == [("views.footprint-repaired", ("bow",))]
    assert len(result.facade_strips)


def test_what_stands_on_a_lower_part_stands_and_what_nothing_bears_hangs() -> None:
    scene = Scene.of(
        spaces(
            house("a", shapely.box(0, 0, 20, 20), 10.0),
            house("b", shapely.box(5, 5, 15, 15), 30.0, base_m=10.0),
            house("c", shapely.box(30, 0, 40, 20), 10.0, base_m=4.0),
        )
    )
    assert scene.base_m.tolist() == [-np.inf, -np.inf, 4.0]


def test_what_has_no_height_stands_in_nobodys_way() -> None:
    flat = spaces(house("flat", shapely.box(10, -5, 20, 5), 0.0), garden("g", shapely.box(30, -5, 40, 5)))
    assert len(Scene.of(flat).walls) == 0
    assert seen(flat, camera()).sightings["target_id"].tolist() == ["flat", "g"]


def test_the_parts_of_a_building_share_its_id_and_number_their_edges_on() -> None:
    parts = [
        house("a", shapely.box(0, 0, 10, 10), 5.0, building_id="b"),
        house("z", shapely.box(20, 0, 30, 10), 9.0, building_id="b"),
        house("other", shapely.box(50, 0, 60, 10), 9.0),
    ]
    scene = Scene.of(spaces(*parts))
    assert scene.building_ids.tolist() == ["b", "other"]
    of_b = scene.building[scene.walls.prism] == 0
    assert sorted(scene.edge[of_b].tolist()) == list(range(8))
    assert sorted(scene.edge[~of_b].tolist()) == list(range(4))


def test_a_multipolygon_numbers_its_edges_part_by_part_and_holes_after_the_exterior() -> None:
    with_hole = shapely.box(0, 0, 20, 20).difference(shapely.box(5, 5, 15, 15))
    scene = Scene.of(spaces(house("b", shapely.MultiPolygon([with_hole, shapely.box(40, 0, 50, 10)]), 5.0)))
    length = dict(zip(scene.edge.tolist(), scene.walls.length_m.tolist(), strict=True))
    assert [length[k] for k in range(12)] == pytest.approx([20.0] * 4 + [10.0] * 4 + [10.0] * 4)


def test_repeated_corners_keep_their_number_and_make_no_wall() -> None:
    ring = [(0, 0), (10, 0), (10, 0), (10, 10), (0, 10)]
    scene = Scene.of(spaces(house("b", shapely.Polygon(ring), 5.0)))
    assert sorted(scene.edge.tolist()) == [0, 2, 3, 4]


def test_each_wall_has_its_house_on_the_left() -> None:
    block = shapely.box(0, 0, 20, 20).difference(shapely.box(5, 5, 15, 15))
    for shape in (block, shapely.reverse(block)):
        scene = Scene.of(spaces(house("b", shape, 5.0)))
        run = scene.walls.ends[:, 2:] - scene.walls.ends[:, :2]
        middle = (scene.walls.ends[:, :2] + scene.walls.ends[:, 2:]) / 2
        left = middle + 0.01 * np.column_stack([-run[:, 1], run[:, 0]]) / np.hypot(*run.T)[:, None]
        assert shapely.contains_xy(shape, left[:, 0], left[:, 1]).all()


def test_a_house_in_line_with_another_one_of_the_same_height_hides_a_seam() -> None:
    row = [
        house(f"r{k}", affinity.rotate(shapely.box(7 * k, 20, 7 * k + 7, 30), 33.3, (0, 0)), 8.0)
        for k in range(-4, 4)
    ]
    behind = house("behind", affinity.rotate(shapely.box(-28, 40, 28, 50), 33.3, (0, 0)), 7.0)
    result = seen(spaces(*row, behind), camera(height_m=5.0))
    assert "behind" not in set(result.sightings["target_id"])


@pytest.mark.parametrize("seed", range(5))
def test_the_outline_of_seen_ground_is_as_large_as_its_cells_whatever_they_are_cut_to(seed: int) -> None:
    random = np.random.default_rng(seed)
    rows = []
    for k in range(40):
        shape = affinity.rotate(shapely.box(0, 0, *random.uniform(2, 15, 2)), random.uniform(0, 360))
        rows.append(
            house(f"h{k}", affinity.translate(shape, *random.uniform(-70, 70, 2)), random.uniform(1, 9))
        )
    scene = Scene.of(spaces(*rows))
    for half, axis in ((math.pi, 0.0), (0.6, 2.0), (1.7, -3.0)):
        x, y = random.uniform(-30, 30, 2)
        lens = Lens(x, y, 11.0, axis, half, 80.0, -math.inf, math.inf, 0.0, 0.0)
        around = Surroundings.around(x, y, 80.0, scene)
        cells = around.seen(lens, scene.roof_m[around.prisms])[1]
        whole = ground_polygon(cells, lens)
        assert whole.is_valid
        square = shapely.box(-20, -20, 40, 40).difference(shapely.box(0, 0, 10, 10))
        # A square with a hole, a strip, all there is, a bow around the lens that opens to one side, and one far off.
        bow = shapely.Point(x, y).buffer(40.0, 3).difference(shapely.box(x - 60, y - 5, x + 9, y + 5))
        others = [
            shapely.box(-60, -60, -30, 60),
            shapely.box(-200, -200, 200, 200),
            bow,
            shapely.box(300, 0, 310, 9),
        ]
        asked = np.array([square, *others], dtype=object)
        expected = [whole.intersection(shape).area for shape in asked]
        found = np.zeros(len(asked))
        areas(cells, lens, *rings_of(asked), found)
        assert expected[2] == pytest.approx(whole.area, rel=1e-12)
        assert found.tolist() == pytest.approx(expected, rel=1e-9, abs=1e-6)


@pytest.mark.slow
def test_many_walls_are_no_matter() -> None:
    # More pieces and cells than any fixed buffer would have been given.
    random = np.random.default_rng(5)
    posts = [
        house(f"p{k}", affinity.translate(shapely.box(0, 0, 0.4, 0.4), *random.uniform(-90, 90, 2)), 1.0)
        for k in range(3000)
    ]
    posts = [post for post in posts if post["geometry"].distance(shapely.Point(0, 0)) > 2]
    result = seen(spaces(*posts), camera(height_m=12.0))
    assert len(result.facade_strips) > 2000
    assert ground_of(result.views).is_valid


def test_words_say_what_to_check_and_never_accuse() -> None:
    for kind in WORDS.values():
        for text in (kind.en.lower(), kind.fr.lower()):
            assert not any(word in text for word in ("violat", "illegal", "illégal", "spies", "espion"))
