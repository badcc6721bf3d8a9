"""An invented city as dense as the tip of Manhattan: blocks turned off the axes, lots, light wells, towers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import geopandas as gpd
import numpy as np
import shapely
from numpy.random import Generator
from shapely import affinity

from visavis.cameras import CAMERAS_READ
from visavis.model.crs import local_crs
from visavis.spaces import BUILDINGS

BLOCKS: Final = (16, 16)
BLOCK_M: Final = (72.0, 58.0)
STREET_M: Final = (12.0, 9.0)
TURNED_DEG: Final = 29.0
OPEN_SHARE: Final = 0.06  # blocks left open, as squares and parks are
CAMERAS: Final = 400

# Shapes of houses on a lot of 1 by 1, street at the bottom, and how often each stands there.
_OUTLINES: Final = (
    (0.18, ((0, 0), (1, 0), (1, 1), (0, 1))),
    (0.24, ((0, 0), (1, 0), (1, 0.55), (0.6, 0.55), (0.6, 1), (0, 1))),
    (0.20, ((0, 0), (1, 0), (1, 1), (0.72, 1), (0.72, 0.5), (0.28, 0.5), (0.28, 1), (0, 1))),
    (0.16, ((0, 0), (1, 0), (1, 0.45), (0.7, 0.45), (0.7, 1), (0.3, 1), (0.3, 0.45), (0, 0.45))),
    (
        0.12,
        (
            (0, 0.08), (0.35, 0.08), (0.35, 0), (0.65, 0), (0.65, 0.08), (1, 0.08),
            (1, 0.6), (0.8, 0.6), (0.8, 1), (0.2, 1), (0.2, 0.7), (0, 0.7),
        ),
    ),
    (
        0.10,
        (
            (0.12, 0), (0.88, 0), (1, 0.05), (1, 0.4), (0.9, 0.4), (0.9, 0.6), (1, 0.6), (1, 1),
            (0.55, 1), (0.55, 0.85), (0, 0.85), (0, 0.05),
        ),
    ),
)  # fmt: skip


def synthetic_buildings(seed: int = 0) -> gpd.GeoDataFrame:
    """Return some 2,800 buildings (BUILDINGS, in a metric CRS) of 8 edges on average; none is real."""
    random = np.random.default_rng([seed, 1])
    shapes: list[Any] = []
    for column in range(BLOCKS[0]):
        for row in range(BLOCKS[1]):
            if random.random() < OPEN_SHARE:
                continue
            corner = [
                (k - n / 2) * (block + street)
                for k, n, block, street in zip((column, row), BLOCKS, BLOCK_M, STREET_M, strict=True)
            ]
            skewed = affinity.rotate(shapely.MultiPolygon(_block(random)), random.normal(0, 1.5))
            shapes += shapely.get_parts(affinity.translate(skewed, *corner)).tolist()
    turned = [affinity.rotate(shape, TURNED_DEG, origin=(0, 0)) for shape in shapes]
    # Most houses have a handful of storeys, a few are towers.
    height = np.clip(np.exp(random.normal(np.log(18.0), 0.65, len(turned))), 3.5, 220.0)
    return BUILDINGS.frame(
        [
            {
                "building_id": f"synthetic:{k}",
                "building": "apartments",
                "height_m": round(float(h), 1),
                "base_m": 0.0,
                "source_id": "synthetic",
                "geometry": shape,
            }
            for k, (shape, h) in enumerate(zip(turned, height, strict=True))
        ],
        crs=_crs(),
    )


def synthetic_cameras(buildings: gpd.GeoDataFrame, seed: int = 0) -> gpd.GeoDataFrame:
    """Return cameras (CAMERAS_READ) of the invented city, half of them anywhere in its streets."""
    width, depth = (n * (b + s) / 2 for n, b, s in zip(BLOCKS, BLOCK_M, STREET_M, strict=True))

    def anywhere(random: Generator) -> Any:
        point = shapely.Point(random.uniform(-width, width), random.uniform(-depth, depth))
        return affinity.rotate(point, TURNED_DEG, origin=(0, 0))

    return cameras_among(buildings, anywhere, seed)


def cameras_among(
    buildings: gpd.GeoDataFrame, anywhere: Callable[[Generator], Any], seed: int = 0
) -> gpd.GeoDataFrame:
    """Return invented cameras (CAMERAS_READ): half of them 1 to 3 m before a wall, half where `anywhere` says.

    Those stand 3 m off all walls, at least.
    """
    random = np.random.default_rng([seed, 2])
    solid = shapely.union_all(buildings.geometry.to_numpy())
    shapely.prepare(solid)
    outline: Any = shapely.boundary(solid)
    rows: list[dict[str, Any]] = []
    while len(rows) < CAMERAS:
        by_a_wall = len(rows) % 2 == 1
        if by_a_wall:
            on_wall: Any = outline.interpolate(random.uniform(0, outline.length))
            angle, off = random.uniform(0, 2 * np.pi), random.uniform(1.0, 3.0)
            point = shapely.Point(on_wall.x + off * np.cos(angle), on_wall.y + off * np.sin(angle))
        else:
            point = anywhere(random)
        if solid.distance(point) < (1.0 if by_a_wall else 3.0):
            continue
        fixed = random.random() < 0.5
        rows.append(
            {
                "camera_id": f"synthetic:{len(rows):03d}",
                "disclosure_id": "synthetic",
                "standing": "stated",
                "kind": "fixed" if fixed else "dome",
                "height_m": float(random.uniform(3.5, 8.0)),
                "azimuth_deg": float(random.uniform(0, 360)) if fixed else None,
                "source_id": "synthetic",
                "geometry": point,
            }
        )
    return CAMERAS_READ.frame(rows, crs=buildings.crs)


def _crs() -> Any:
    return local_crs([0.0], [45.0])


def _block(random: Generator) -> list[Any]:
    """Return the houses of one block around the origin: two rows back to back, each on its own lot."""
    width, depth = BLOCK_M
    houses = []
    for side in (1, -1):
        x = -width / 2
        while x < width / 2 - 4.0:
            lot = min(random.gamma(9.0, 1.35), width / 2 - x)
            lot = width / 2 - x if width / 2 - x - lot < 5.0 else lot
            house = _house(random, lot, random.uniform(0.72, 1.0) * depth / 2)
            # The second row looks to the street behind.
            placed = affinity.translate(house, x, -depth / 2)
            houses.append(placed if side == 1 else affinity.scale(placed, 1, -1, origin=(0, 0)))
            x += lot
    return houses


def _house(random: Generator, width: float, depth: float) -> Any:
    shares = np.array([share for share, _ in _OUTLINES])
    outline = np.array(_OUTLINES[random.choice(len(shares), p=shares / shares.sum())][1], dtype=float)
    if random.random() < 0.5:
        outline[:, 0] = 1.0 - outline[:, 0]
    house: Any = shapely.Polygon(outline * (width, depth))
    if width > 14.0 and random.random() < 0.6:
        # A light well, where the lot is wide enough for one.
        well = shapely.box(0.4 * width, 0.15 * depth, 0.6 * width, 0.35 * depth)
        house = house.difference(well)
    return shapely.normalize(house)
