"""In 2D the engine sees what CGAL's triangular expansion sees of the same walls."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pytest
import shapely
from shapely import affinity
from tests.views.towns import house, spaces

from benchmarks.engine import ground_in_view, lens_all_round
from benchmarks.peers import PeerMissingError
from benchmarks.peers.cgal import Cgal
from benchmarks.scenes import flattened
from benchmarks.stars import compare, star_of_corners, star_of_ground
from visavis.views.scene import Scene

FRAME_M = 5_000.0
PLACES = 40


def test_a_star_has_the_area_of_its_arc_and_of_its_sides() -> None:
    # A square of half side 10: within a range of 5 the disc, of 11 the square less four caps, of 20 the square.
    square = star_of_corners(np.array([[-10.0, -10.0], [10.0, -10.0], [10.0, 10.0], [-10.0, 10.0]]))
    bigger = star_of_corners(np.array([[-20.0, -20.0], [20.0, -20.0], [20.0, 20.0], [-20.0, 20.0]]))
    assert compare(square, square, 5.0) == pytest.approx((25.0 * math.pi, 25.0 * math.pi, 0.0))
    half = math.acos(10.0 / 11.0)
    cap = 121.0 * (half - math.sin(half) * math.cos(half))
    disc = 121.0 * math.pi
    assert compare(square, bigger, 11.0) == pytest.approx((disc - 4.0 * cap, disc, 4.0 * cap))
    assert compare(square, bigger, 100.0) == pytest.approx((400.0, 1600.0, 1200.0))


def test_stars_that_cross_differ_by_what_only_one_of_them_covers() -> None:
    upright = np.array([[-10.0, -20.0], [10.0, -20.0], [10.0, 20.0], [-10.0, 20.0]])
    lying = upright[:, ::-1][::-1]
    one, other, between = compare(star_of_corners(upright), star_of_corners(lying), 100.0)
    assert (one, other, between) == pytest.approx((800.0, 800.0, 2 * (800.0 - 400.0)))


@dataclass(frozen=True)
class _Flat:
    scene: Scene
    places: np.ndarray
    peer: Cgal


@pytest.fixture(scope="module", params=range(3))
def flat(request: pytest.FixtureRequest) -> Iterator[_Flat]:
    random = np.random.default_rng(request.param)
    town = _town(random)
    scene = Scene.of(flattened(town))
    places = _places(scene, random)
    try:
        peer = Cgal(scene.walls.ends, places[:, :2], FRAME_M)
    except PeerMissingError as lacking:
        pytest.skip(str(lacking))
    with peer:
        yield _Flat(scene, places, peer)


@pytest.mark.long
@pytest.mark.parametrize("range_m", [15.0, 60.0, 1000.0])
def test_areas_in_view_are_those_of_cgal(flat: _Flat, range_m: float) -> None:
    theirs_m2 = flat.peer.areas_m2(range_m)
    bounded = 0
    for k, place in enumerate(flat.places):
        ground = ground_in_view(flat.scene, lens_all_round(place, range_m))
        ours = star_of_ground(ground, float(place[0]), float(place[1]), range_m)
        ours_m2, drawn_m2, between_m2 = compare(ours, star_of_corners(flat.peer.outline(k)), range_m)
        assert ours_m2 == pytest.approx(theirs_m2[k], rel=1e-6)
        assert drawn_m2 == pytest.approx(theirs_m2[k], rel=1e-9), "two ways to clip one outline"
        assert between_m2 <= 1e-6 * theirs_m2[k]
        bounded += ours_m2 < 0.95 * math.pi * range_m**2
    assert bounded > PLACES / 4, "walls bound the view"


def _town(random: np.random.Generator) -> gpd.GeoDataFrame:
    """Return houses turned anyhow, overlapping or not, many with a courtyard."""
    rows = []
    for k in range(60):
        width, depth = random.uniform(3, 30, 2)
        shape = shapely.box(-width / 2, -depth / 2, width / 2, depth / 2)
        if min(width, depth) > 10:
            shape = shape.difference(shapely.box(-width / 3, -depth / 3, width / 3, depth / 3))
        shape = affinity.rotate(shape, random.uniform(0, 360))
        rows.append(house(f"h{k}", affinity.translate(shape, *random.uniform(-90, 90, 2)), 10.0))
    return spaces(*rows)


def _places(scene: Scene, random: np.random.Generator) -> np.ndarray:
    """Return places off the walls, courtyards among them."""
    found: list[tuple[float, float, float]] = []
    while len(found) < PLACES:
        x, y = random.uniform(-100, 100, 2).tolist()
        on = scene.standing_on(np.array([x]), np.array([y]))[0] >= 0
        if not on and not len(scene.walls_within(np.array([[x, y]]), 0.05)[0]):
            found.append((x, y, 5.0))
    return np.array(found)
