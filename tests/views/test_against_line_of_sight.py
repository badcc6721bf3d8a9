"""The engine agrees with a straight line against solid prisms, on random towns."""

from __future__ import annotations

from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import shapely
from numpy.random import Generator
from shapely import affinity
from tests.views.oracle import MARGIN_M, Town, in_picture
from tests.views.towns import camera, fixed, ground_of, house, seen, spaces

from visavis.views import Seen

POINTS = 150


def random_town(random: Generator) -> gpd.GeoDataFrame:
    """Return houses turned anyhow, some overlapping, some with a courtyard, and two rows that share walls."""
    rows = []
    for k in range(18):
        width, depth = random.uniform(4, 25, 2)
        shape = shapely.box(-width / 2, -depth / 2, width / 2, depth / 2)
        if min(width, depth) > 12:
            shape = shape.difference(shapely.box(-width / 4, -depth / 4, width / 4, depth / 4))
        place = random.uniform(-60, 60, 2)
        shape = affinity.translate(affinity.rotate(shape, random.uniform(0, 360)), *place)
        rows.append(house(f"h{k}", shape, random.uniform(2, 16)))
    for row in range(2):
        angle, place = random.uniform(0, 360), random.uniform(-50, 50, 2)
        for k in range(4):
            depth = random.uniform(6, 10)
            shape = affinity.rotate(shapely.box(7 * k, 0, 7 * k + 7, depth), angle, origin=(0, 0))
            rows.append(house(f"r{row}.{k}", affinity.translate(shape, *place), random.uniform(3, 12)))
    return spaces(*rows)


def free_place(town: gpd.GeoDataFrame, random: Generator) -> tuple[float, float]:
    solid = shapely.union_all(town.geometry.to_numpy())
    while True:
        x, y = random.uniform(-45, 45, 2)
        # No wall so near that it counts as the camera's own.
        if solid.distance(shapely.Point(x, y)) > 1.0:
            return float(x), float(y)


def _almost_touches(town: gpd.GeoDataFrame, house_k: int, place: Any) -> bool:
    """Return whether another house is so near that the two may count as touching; one that covers it is fine."""
    off = town.geometry.drop(index=house_k).distance(shapely.Point(place))
    return bool(((off > 1e-6) & (off < 0.25)).any())


def _edges(town: gpd.GeoDataFrame) -> list[Any]:
    """Return rows of (house, edge, start, end, outward normal) of all edges long enough to ask about."""
    found = []
    for k, footprint in enumerate(town.geometry):
        pairs = [
            pair
            for ring in (footprint.exterior, *footprint.interiors)
            for pair in pairwise(np.array(ring.coords))
        ]
        for number, (start, end) in enumerate(pairs):
            length = np.hypot(*(end - start))
            if length < 0.3:
                continue
            normal = np.array([end[1] - start[1], start[0] - end[0]]) / length
            inwards = footprint.contains(shapely.Point((start + end) / 2 + 1e-3 * normal))
            found.append((k, number, start, end, -normal if inwards else normal))
    return found


def _facade_points(town: gpd.GeoDataFrame, lens: Any, reach: float, random: Generator) -> list[Any]:
    """Return rows of (house, edge, place along it, the point)."""
    found: list[Any] = []
    edges = _edges(town)
    while len(found) < POINTS:
        k, number, start, end, out = edges[random.integers(len(edges))]
        length, base, top = np.hypot(*(end - start)), town["base_m"].iloc[k], town["height_m"].iloc[k]
        at, z = random.uniform(0.1, length - 0.1), random.uniform(base + 0.1, top - 0.1)
        point = np.array([*(start + (end - start) * at / length), z])
        # What turns away is hidden by its own house, and what is in line with the lens shows nothing by rule.
        turned_to, near = (lens[:2] - point[:2]) @ out > 0.5, np.linalg.norm(point - lens) < reach - 0.1
        if turned_to and near and not _almost_touches(town, k, point[:2]):
            found.append((k, number, at, point))
    return found


def _shows(strips: gpd.GeoDataFrame, building: str, edge: int, at: float, z: float, margin: float) -> bool:
    """Return whether a point on a wall lies within a strip that is `margin` larger on all sides."""
    mine = strips[(strips["building_id"] == building) & (strips["edge"] == edge)]
    for row in mine.itertuples():
        if not row.from_m - margin <= at <= row.to_m + margin:
            continue
        share = np.clip((at - row.from_m) / (row.to_m - row.from_m), 0, 1)
        low = row.z_low_from_m + share * (row.z_low_to_m - row.z_low_from_m)
        high = row.z_high_from_m + share * (row.z_high_to_m - row.z_high_from_m)
        if low - margin <= z <= high + margin:
            return True
    return False


def compare(town: gpd.GeoDataFrame, row: dict[str, Any], random: Generator) -> tuple[int, int]:
    """Hold a camera's view against lines of sight; return how many points had to be seen, and be hidden."""
    result: Seen = seen(town, row)
    lens = np.array([row["geometry"].x, row["geometry"].y, row["height_m"]])
    reach = row["range_m"]
    larger, smaller = Town(town, MARGIN_M), Town(town, -MARGIN_M)

    facade = _facade_points(town, lens, reach, random)
    # The range is that from the lens, which hangs above the ground.
    radius = np.sqrt(random.uniform(0, (reach - 1) ** 2 - lens[2] ** 2, POINTS))
    angle = random.uniform(0, 2 * np.pi, POINTS)
    ground = np.column_stack(
        [lens[0] + radius * np.cos(angle), lens[1] + radius * np.sin(angle), np.zeros(POINTS)]
    )
    points = np.vstack([[point for *_, point in facade], ground])
    own = np.array([house for house, *_ in facade] + [-1] * len(ground))
    must = ~larger.hides(lens, points, own)
    must_not = smaller.hides(lens, points, own)
    if row["hfov_deg"] < 180:
        look = SimpleNamespace(**row)
        must &= in_picture(look, lens, points, 2e-3)
        must_not |= ~in_picture(look, lens, points, -2e-3)

    view = ground_of(result.views)
    shapely.prepare(view)
    for k, (house_k, edge, at, (_, _, z)) in enumerate(facade):
        building = town["building_id"].iloc[house_k]
        where = f"façade {building} edge {edge} at {at:.2f}, height {z:.2f}"
        if must[k]:
            assert _shows(result.facade_strips, building, edge, at, z, 1e-3), f"{where} must be seen"
        if must_not[k]:
            assert not _shows(result.facade_strips, building, edge, at, z, -1e-3), f"{where} must be hidden"
    for k, (x, y, _) in enumerate(ground, start=len(facade)):
        # Arcs are drawn with chords, 1 cm inside.
        place = shapely.Point(x, y).buffer(0.02)
        if must[k]:
            assert view.intersects(place), f"ground {x:.2f} {y:.2f} must be seen"
        if must_not[k]:
            assert not view.contains(place), f"ground {x:.2f} {y:.2f} must be hidden"
    return int(must.sum()), int(must_not.sum())


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5))
def test_all_round_the_engine_sees_what_straight_lines_see(seed: int) -> None:
    random = np.random.default_rng(seed)
    town = random_town(random)
    for height in (1.5, 5.0, 9.0, 25.0):
        x, y = free_place(town, random)
        must, must_not = compare(town, camera(x=x, y=y, height_m=height, range_m=80.0), random)
        assert must > 10
        assert must_not > 10


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(8, 12))
def test_in_a_picture_the_engine_sees_what_straight_lines_see(seed: int) -> None:
    random = np.random.default_rng(seed)
    town = random_town(random)
    must = 0
    for azimuth in (0.0, 5.0, 135.0, 250.0, 355.0):
        x, y = free_place(town, random)
        row = fixed(
            x=x,
            y=y,
            azimuth_deg=azimuth,
            hfov_deg=float(random.uniform(20, 110)),
            vfov_deg=float(random.uniform(15, 70)),
            tilt_deg=float(random.uniform(-10, 50)),
            height_m=float(random.uniform(2, 12)),
            range_m=80.0,
        )
        must += compare(town, row, random)[0]
    assert must > 10


@pytest.mark.slow
def test_on_a_roof_the_engine_sees_what_straight_lines_see() -> None:
    random = np.random.default_rng(99)
    town = random_town(random)
    tower = house("tower", shapely.box(-4, -4, 4, 4), 20.0)
    town = spaces(*town[~town.intersects(tower["geometry"])].to_dict("records"), tower)
    must, must_not = compare(town, camera(height_m=22.0, range_m=90.0), random)
    assert must > 10
    assert must_not > 10
