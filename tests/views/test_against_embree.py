"""The engine agrees with dense rays in 3D: Embree against triangles of walls and roofs, on random towns."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import shapely
from numpy.random import Generator
from shapely import affinity
from tests.views.oracle import in_picture
from tests.views.towns import camera, fixed, house, seen, spaces

EmbreeScene = pytest.importorskip("embreex.rtcore_scene", reason="no embreex for this machine").EmbreeScene
TriangleMesh = pytest.importorskip("embreex.mesh_construction").TriangleMesh

RAYS = 60_000

# Rays are let end this far before a wall; walls whose plane passes closer by the lens show nothing by rule.
_OFF_M = 2e-3
_EDGE_ON_M = 0.31


def _town(random: Generator) -> gpd.GeoDataFrame:
    """Return houses apart, L-shaped, with courtyards, or in a terrace of different heights."""
    rows: list[dict[str, Any]] = []
    taken = shapely.Point(0, 0).buffer(6.0)
    while len(rows) < 22:
        width, depth = random.uniform(5, 24, 2)
        shape = shapely.box(-width / 2, -depth / 2, width / 2, depth / 2)
        if min(width, depth) > 12:
            shape = shape.difference(shapely.box(-width / 4, -depth / 4, width / 4, depth / 4))
        elif random.random() < 0.5:
            shape = shape.difference(shapely.box(0, 0, width, depth))
        shape = affinity.rotate(shape, random.uniform(0, 360), origin=(0, 0))
        shape = affinity.translate(shape, *random.uniform(-70, 70, 2))
        # Houses stand apart, and off the camera: what touches is asked of the terrace.
        if shape.distance(taken) < 0.5:
            continue
        rows.append(house(f"h{len(rows)}", shape, random.uniform(2, 18)))
        taken = taken.union(shape)
    angle = random.uniform(0, 360)
    while True:
        row = [affinity.rotate(shapely.box(7 * k, 0, 7 * k + 7, 9), angle, origin=(0, 0)) for k in range(5)]
        place = random.uniform(-80, 80, 2)
        row = [affinity.translate(shape, *place) for shape in row]
        if shapely.union_all(row).distance(taken) > 0.5:
            break
    rows += [house(f"r{k}", shape, random.uniform(3, 14)) for k, shape in enumerate(row)]
    return spaces(*rows)


def _edges(town: gpd.GeoDataFrame) -> Any:
    """Return start, end (n, 2) of all edges, the house to their left, and the house of each."""
    starts, ends, of = [], [], []
    for k, footprint in enumerate(shapely.orient_polygons(town.geometry.to_numpy())):
        for ring in (footprint.exterior, *footprint.interiors):
            points = np.array(ring.coords)
            starts.append(points[:-1])
            ends.append(points[1:])
            of += [k] * (len(points) - 1)
    return np.vstack(starts), np.vstack(ends), np.array(of)


def _scene_of(town: gpd.GeoDataFrame) -> Any:
    start, end, of = _edges(town)
    top = town["height_m"].to_numpy()[of][:, None]
    foot = np.zeros_like(top)
    a, b = np.hstack([start, foot]), np.hstack([end, foot])
    c, d = np.hstack([end, top]), np.hstack([start, top])
    triangles = [np.stack([a, b, c], axis=1), np.stack([a, c, d], axis=1)]
    for footprint, roof in zip(town.geometry, town["height_m"], strict=True):
        flat = shapely.get_parts(shapely.constrained_delaunay_triangles(footprint))
        corners = shapely.get_coordinates(flat).reshape(-1, 4, 2)[:, :3]
        triangles.append(np.dstack([corners, np.full(corners.shape[:2], roof)]))
    scene = EmbreeScene()
    TriangleMesh(scene, np.vstack(triangles).astype(np.float32))
    return scene


def _sampled(town: gpd.GeoDataFrame, row: dict[str, Any], random: Generator) -> tuple[Any, Any]:
    """Return the area that each house shows, and its standard error, from rays to places all over its walls."""
    start, end, of = _edges(town)
    lens = np.array([row["geometry"].x, row["geometry"].y, row["height_m"]])
    run = end - start
    length = np.hypot(*run.T)
    out = np.column_stack([run[:, 1], -run[:, 0]]) / length[:, None]
    faces = ((lens[:2] - start) * out).sum(axis=1) > _EDGE_ON_M
    height = town["height_m"].to_numpy()[of]
    area = np.where(faces, length * height, 0.0)
    n = np.where(faces, np.maximum(np.round(RAYS * area / area.sum()), 50), 0).astype(int)
    edge = np.repeat(np.arange(len(n)), n)
    along, up = random.random(len(edge)), random.random(len(edge))
    points = np.column_stack([start[edge] + run[edge] * along[:, None], height[edge] * up])
    points[:, :2] += _OFF_M * out[edge]
    origins = np.broadcast_to(lens, points.shape).astype(np.float32)
    hit = _scene_of(town).run(origins, (points - lens).astype(np.float32), query="DISTANCE")
    visible = hit > 1.0 - 1e-5
    if row["hfov_deg"] < 180:
        visible &= in_picture(SimpleNamespace(**row), lens, points, 0.0)
    share = np.bincount(edge, visible, len(n)) / np.maximum(n, 1)
    # Agresti and Coull's share, so that none and all of a few rays are not certain.
    unsure = (share * n + 2.0) / (n + 4.0)
    variance = np.where(faces, area**2 * unsure * (1.0 - unsure) / (n + 4.0), 0.0)
    houses = len(town)
    return np.bincount(of, share * area, houses), np.sqrt(np.bincount(of, variance, houses))


def _exact(town: gpd.GeoDataFrame, row: dict[str, Any]) -> Any:
    strips = seen(town, row, max_range_m=400.0).facade_strips
    rise = strips["z_high_from_m"] + strips["z_high_to_m"] - strips["z_low_from_m"] - strips["z_low_to_m"]
    area = (strips["to_m"] - strips["from_m"]) * rise / 2.0
    return area.groupby(strips["building_id"]).sum().reindex(town["building_id"], fill_value=0.0).to_numpy()


def _compare(town: gpd.GeoDataFrame, row: dict[str, Any], random: Generator) -> float:
    """Hold the façade shown by each house against rays; return the share of all façade that shows."""
    exact = _exact(town, row)
    sampled, error = _sampled(town, row, random)
    # Some thirty houses are asked at a time and hundreds in all: 5 standard errors are met by chance in none.
    off = np.abs(exact - sampled) - 5.0 * error
    worst = int(off.argmax())
    told = f"{town['building_id'].iloc[worst]}: exact {exact[worst]:.2f} m², rays {sampled[worst]:.2f} m²"
    assert off[worst] <= 0.05, f"{told} ± {error[worst]:.2f}"
    total_error = np.sqrt((error**2).sum())
    assert abs(exact.sum() - sampled.sum()) <= 4.0 * total_error + 0.5
    assert total_error < 0.02 * max(sampled.sum(), 500.0), "too few rays to tell anything"
    return float(sampled.sum() / (town.length * town["height_m"]).sum())


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
def test_all_round_a_camera_sees_as_much_of_each_house_as_dense_rays_do(seed: int) -> None:
    random = np.random.default_rng(seed)
    town = _town(random)
    shares = [
        _compare(town, camera(height_m=height, range_m=390.0), random)
        for height in (1.5, 4.0, 8.0, 14.0, 40.0)
    ]
    assert 0.02 < shares[0] < shares[-1] < 0.9


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6, 10))
def test_in_a_picture_a_camera_sees_as_much_of_each_house_as_dense_rays_do(seed: int) -> None:
    random = np.random.default_rng(seed)
    town = _town(random)
    shares = []
    for azimuth in (0.0, 80.0, 170.0, 265.0, 350.0):
        row = fixed(
            azimuth_deg=azimuth,
            hfov_deg=float(random.uniform(25, 110)),
            vfov_deg=float(random.uniform(20, 70)),
            tilt_deg=float(random.uniform(-10, 40)),
            height_m=float(random.uniform(2, 14)),
            range_m=390.0,
        )
        shares.append(_compare(town, row, random))
    assert max(shares) > 0.005
