"""A picture agrees with rays shot through its pixels, by brute force that shares nothing with the engine."""

from __future__ import annotations

import math
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import shapely
from numpy.random import Generator
from shapely import affinity
from tests.pictures.scenes import pictured
from tests.views.towns import camera, fixed, garden, house, spaces

from visavis.pictures import Patch, Picture

RAYS = 250

# Nearer than this to the edge of a patch the width of a line decides, in pixels.
MARGIN_PX = 0.3


def _random_town(random: Generator) -> gpd.GeoDataFrame:
    """Return houses turned anyhow, some low, some with a courtyard, none touching; and gardens between them."""
    rows: list[dict[str, Any]] = []
    taken = shapely.Point(0, 0).buffer(2.0)
    for k in range(26):
        width, depth = random.uniform(4, 18, 2)
        shape = shapely.box(-width / 2, -depth / 2, width / 2, depth / 2)
        if min(width, depth) > 11:
            shape = shape.difference(shapely.box(-width / 4, -depth / 4, width / 4, depth / 4))
        shape = affinity.rotate(shape, random.uniform(0, 360))
        shape = affinity.translate(shape, *random.uniform(-60, 60, 2))
        if shape.distance(taken) > 0.5:
            rows.append(
                house(
                    f"h{k}", shape, float(random.choice([2.5, 3.5, 6.0, 10.0, 14.0]) + random.uniform(0, 1))
                )
            )
            taken = taken.union(shape)
    for k in range(6):
        area = shapely.Point(random.uniform(-50, 50, 2)).buffer(6.0).difference(taken)
        if area.area > 1.0:
            rows.append(garden(f"g{k}", area))
            taken = taken.union(area)
    return spaces(*rows)


def _ray(picture: Picture, x: float, y: float) -> Any:
    """Return the direction (east, north, up) in which a pixel looks, from the camera's own figures."""
    camera = picture.camera
    azimuth = math.radians(0.0 if math.isnan(camera.azimuth_deg) else camera.azimuth_deg)
    right, up = x - picture.width_px / 2, picture.height_px / 2 - y
    if not picture.unrolled:
        # Level first, then tilted about the picture's own horizontal, then turned.
        focal = picture.width_px / 2 / math.tan(math.radians(camera.hfov_deg) / 2)
        tilt = math.radians(camera.tilt_deg)
        ahead, side, rise = focal, right, up
        ahead, rise = (
            ahead * math.cos(tilt) + rise * math.sin(tilt),
            rise * math.cos(tilt) - ahead * math.sin(tilt),
        )
    else:
        per_rad = picture.width_px / (2 * math.pi)
        middle = math.radians(camera.tilt_deg)
        bearing, height = right / per_rad, up / per_rad - middle
        ahead, side = math.cos(height) * math.cos(bearing), math.cos(height) * math.sin(bearing)
        rise = math.sin(height)
    return np.array(
        [
            ahead * math.sin(azimuth) + side * math.cos(azimuth),
            ahead * math.cos(azimuth) - side * math.sin(azimuth),
            rise,
        ]
    )


class _Town:
    """What rays may meet: walls as edges, roofs and undersides as level faces, gardens on the ground."""

    def __init__(self, town: gpd.GeoDataFrame) -> None:
        self.gardens = town[town["height_m"] == 0]
        built = town[town["height_m"] > 0]
        self.shapes, self.names = built.geometry.to_numpy(), built["building_id"].to_numpy()
        self.base_m, self.height_m = built["base_m"].to_numpy(), built["height_m"].to_numpy()
        rings, of = [], []
        for k, shape in enumerate(self.shapes):
            for ring in (shape.exterior, *shape.interiors):
                corners = np.array(ring.coords)
                rings.append(np.hstack([corners[:-1], corners[1:]]))
                of += [k] * (len(corners) - 1)
        self.edges, self.of = np.vstack(rings), np.array(of)

    def hit(self, lens: Any, ray: Any) -> tuple[str, str | None]:
        """Return what a ray meets first: wall or roof and whose, a garden, ground or sky. Every edge is tried."""
        best, what, whose = math.inf, "sky", None
        if ray[2] < 0:
            best, what = -lens[2] / ray[2], "ground"
            here = self.gardens.geometry.contains(shapely.Point(lens[:2] + best * ray[:2]))
            if here.any():
                what, whose = "garden", str(self.gardens["space_id"][here].iloc[0])
        with np.errstate(divide="ignore", invalid="ignore"):
            for lid, heights in (("roof", self.height_m), ("underside", self.base_m)):
                if not (ray[2] < 0 if lid == "roof" else ray[2] > 0):
                    continue
                at = (heights - lens[2]) / ray[2]
                x, y = lens[0] + at * ray[0], lens[1] + at * ray[1]
                at[~(at > 0) | ~shapely.contains_xy(self.shapes, x, y)] = math.inf
                if at.min() < best:
                    best, what, whose = float(at.min()), lid, str(self.names[at.argmin()])
            run, gap = self.edges[:, 2:] - self.edges[:, :2], self.edges[:, :2] - lens[:2]
            turn = ray[0] * run[:, 1] - ray[1] * run[:, 0]
            at = (gap[:, 0] * run[:, 1] - gap[:, 1] * run[:, 0]) / turn
            along = (gap[:, 0] * ray[1] - gap[:, 1] * ray[0]) / turn
            up = lens[2] + at * ray[2]
        met = (np.abs(turn) >= 1e-12) & (at > 0) & (along >= 0) & (along <= 1)
        at[~(met & (self.base_m[self.of] <= up) & (up <= self.height_m[self.of]))] = math.inf
        if at.min() < best:
            what, whose = "wall", str(self.names[self.of[at.argmin()]])
        return what, whose


def _agrees(patch: Patch, what: str, whose: str | None) -> bool:
    if what == "wall":
        return patch.what in ("dwelling_facade", "edge_on") and patch.building_id == whose
    if what == "garden":
        return patch.what == "private_ground" and patch.space_id == whose
    if what == "ground":
        return patch.what in ("ground", "beyond")
    return patch.what == what and patch.building_id == whose


def _compare(town: gpd.GeoDataFrame, row: dict[str, Any], random: Generator) -> set[str]:
    picture = pictured(town, row, reach_m=300.0)
    lens = np.array([row["geometry"].x, row["geometry"].y, row["height_m"]])
    rays = _Town(town)
    met: set[str] = set()
    asked = 0
    shapes = np.array([patch.shape for patch in picture.patches])
    shapely.prepare(shapes)
    edges = shapely.union_all([patch.shape.boundary for patch in picture.patches])
    shapely.prepare(edges)
    for x, y in random.uniform(0, 1, (RAYS, 2)) * [picture.width_px, picture.height_px]:
        pixel = shapely.Point(x, y)
        if edges.distance(pixel) < MARGIN_PX:
            continue
        asked += 1
        what, whose = rays.hit(lens, _ray(picture, float(x), float(y)))
        found = [picture.patches[k] for k in np.flatnonzero(shapely.contains(shapes, pixel))]
        assert len(found) == 1
        assert _agrees(found[0], what, whose), (
            f"pixel {x:.1f} {y:.1f}: {what} {whose}, drawn as {found[0].what}"
        )
        met.add(what)
    assert asked > 0.9 * RAYS
    return met


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5))
def test_through_a_pinhole_each_ray_meets_what_is_drawn(seed: int) -> None:
    random = np.random.default_rng(seed)
    town = _random_town(random)
    met: set[str] = set()
    for azimuth in random.uniform(0, 360, 3):
        row = fixed(
            azimuth_deg=float(azimuth),
            hfov_deg=float(random.uniform(30, 100)),
            vfov_deg=float(random.uniform(25, 70)),
            tilt_deg=float(random.uniform(-15, 60)),
            height_m=float(random.uniform(2, 16)),
            pixels=1600.0,
        )
        met |= _compare(town, row, random)
    assert {"wall", "ground"} <= met


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(20, 23))
def test_all_round_each_ray_meets_what_is_drawn(seed: int) -> None:
    random = np.random.default_rng(seed)
    town = _random_town(random)
    met: set[str] = set()
    for height in (4.0, 12.0):
        row = camera(height_m=height, tilt_deg=30.0, vfov_deg=120.0, pixels=7200.0)
        met |= _compare(town, row, random)
    assert {"wall", "roof", "ground", "sky"} <= met


@pytest.mark.slow
def test_from_a_roof_each_ray_meets_what_is_drawn() -> None:
    random = np.random.default_rng(5)
    town = _random_town(random)
    tower = house("tower", shapely.box(-4, -4, 4, 4), 20.0)
    town = spaces(*town[~town.intersects(tower["geometry"].buffer(0.5))].to_dict("records"), tower)
    assert "roof" in _compare(
        town, camera(height_m=22.0, tilt_deg=45.0, vfov_deg=90.0, pixels=7200.0), random
    )


@pytest.mark.slow
@pytest.mark.parametrize(("seed", "height"), [(30, 2.5), (31, 3.5), (32, 13.0)])
def test_over_and_under_what_hangs_in_the_air_each_ray_meets_what_is_drawn(seed: int, height: float) -> None:
    random = np.random.default_rng(seed)
    town = _random_town(random)
    raised = (town["height_m"] > 0.0) & (random.random(len(town)) < 0.5)
    town = town.assign(base_m=np.where(raised, town["height_m"] * random.uniform(0.3, 0.8, len(town)), 0.0))
    # One hangs right over the lens, or lies right under it.
    over = house("over", shapely.box(-4, -5, 6, 5), 7.0, base_m=4.0)
    town = spaces(*town[~town.intersects(over["geometry"].buffer(0.5))].to_dict("records"), over)
    row = camera(height_m=height, tilt_deg=10.0, vfov_deg=150.0, pixels=7200.0)
    met = _compare(town, row, random)
    narrow = fixed(
        azimuth_deg=70.0, hfov_deg=90.0, vfov_deg=70.0, tilt_deg=-20.0, height_m=height, pixels=1600.0
    )
    met |= _compare(town, narrow, random)
    assert {"wall", "ground", "sky"} <= met
    assert "roof" in met if height > 7.0 else "underside" in met


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_patches_fill_the_picture_and_don_t_overlap(seed: int) -> None:
    random = np.random.default_rng(seed)
    town = _random_town(random)
    for row in (
        fixed(
            azimuth_deg=float(random.uniform(0, 360)),
            hfov_deg=80.0,
            vfov_deg=60.0,
            tilt_deg=20.0,
            height_m=7.0,
        ),
        camera(height_m=7.0, tilt_deg=45.0, vfov_deg=90.0),
    ):
        picture = pictured(town, row)
        whole = picture.width_px * picture.height_px
        assert sum(patch.shape.area for patch in picture.patches) == pytest.approx(whole, rel=1e-5)
        joined = shapely.union_all([patch.shape for patch in picture.patches])
        assert joined.area == pytest.approx(whole, rel=1e-5)
        assert all(patch.shape.is_valid for patch in picture.patches)
