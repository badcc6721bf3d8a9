"""An invented country, or a part of it: towns of terraced houses, the larger the rarer, with cameras in the middle."""

from __future__ import annotations

from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.random import Generator
from numpy.typing import NDArray

# A country like France has some ten million buildings in its towns on 550,000 km².
COUNTRY_KM2: Final = 550_000.0
COUNTRY_BUILDINGS: Final = 10_000_000
CAMERAS_PER_BUILDING: Final = 0.1

# Sizes of towns follow Zipf's law: the k-th has a k-th of the buildings of the first.
TOWNS_PER_100_000: Final = 60
STREET_M: Final = 12.0
LOT_M: Final = (7.0, 14.0)
DEPTH_M: Final = (9.0, 14.0)
YARD_M: Final = 12.0
BLOCK_LOTS: Final = 12

Floats = NDArray[np.float64]


def towns(buildings: int, crs: Any, seed: int = 0) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Return buildings in OpenStreetMap's words, and cameras, of a square as dense as the whole country.

    Parameters
    ----------
    buildings : int
        About how many.
    crs : pyproj.CRS
        Metric; the square lies around its origin.
    """
    random = np.random.default_rng(seed)
    side = 1000.0 * np.sqrt(COUNTRY_KM2 * buildings / COUNTRY_BUILDINGS)
    count = max(TOWNS_PER_100_000 * buildings // 100_000, 1)
    share = 1.0 / np.arange(1, count + 1)
    sizes = np.maximum(np.round(buildings * share / share.sum()), 50).astype(int)
    middles = random.uniform(-0.45, 0.45, (count, 2)) * side
    parts = [_town(int(size), middle, random) for size, middle in zip(sizes, middles, strict=True)]
    outlines = np.concatenate([houses for houses, _ in parts])
    places = np.concatenate([cameras for _, cameras in parts])
    return _buildings(outlines, crs, random), _cameras(places, crs, random)


def _town(size: int, middle: Floats, random: Generator) -> tuple[NDArray[np.object_], Floats]:
    """Return the houses of a town around its middle, and where its cameras stand, in its streets."""
    depth, width = 2 * DEPTH_M[1] + YARD_M + STREET_M, BLOCK_LOTS * sum(LOT_M) / 2 + STREET_M
    rows = int(np.ceil(np.sqrt(size / (2 * BLOCK_LOTS) * width / depth)))
    columns = int(np.ceil(size / (2 * BLOCK_LOTS * rows)))
    lots = random.uniform(*LOT_M, (rows * columns * 2, BLOCK_LOTS))
    east = np.cumsum(lots, axis=1) * (width - STREET_M) / lots.sum(axis=1)[:, None]
    west = np.hstack([np.zeros((len(east), 1)), east[:, :-1]])
    row, column, back = (k.ravel() for k in np.indices((rows, columns, 2)))
    x0 = ((column - columns / 2) * width)[:, None]
    y0 = ((row - rows / 2) * depth)[:, None]
    deep = random.uniform(*DEPTH_M, east.shape)
    far = np.where(back == 1, depth - STREET_M, 0.0)[:, None]
    south, north = np.where(back[:, None] == 1, far - deep, 0.0), np.where(back[:, None] == 1, far, deep)
    front = np.broadcast_to(far, east.shape)
    outwards = np.broadcast_to(np.where(back == 1, 1.0, -1.0)[:, None], east.shape)
    houses = np.stack([west + x0, south + y0, east + x0, north + y0, front + y0, outwards], axis=-1).reshape(
        -1, 6
    )
    # The middle of a town is built first.
    near = np.argsort(np.hypot(houses[:, 0], houses[:, 1]))[:size]
    angle = random.uniform(0, np.pi / 2)
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    chosen = houses[near]
    rings = chosen[:, [0, 1, 2, 1, 2, 3, 0, 3]].reshape(-1, 4, 2) @ turn + middle
    # Cameras stand in the streets before houses, denser in the middle than at the edge.
    n = round(CAMERAS_PER_BUILDING * len(chosen))
    before = chosen[(len(chosen) * random.beta(1.0, 1.5, n)).astype(int)]
    off = before[:, 5] * random.uniform(0.3, STREET_M - 1.0, n)
    places = np.column_stack([before[:, [0, 2]].mean(axis=1), before[:, 4] + off])
    return np.asarray(shapely.polygons(rings), dtype=object), places @ turn + middle


def _buildings(outlines: NDArray[np.object_], crs: Any, random: Generator) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        {
            "id": np.arange(len(outlines)),
            "building": random.choice(["apartments", "house", "retail"], len(outlines), p=[0.5, 0.4, 0.1]),
            "height": np.round(random.gamma(9.0, 1.1, len(outlines)).clip(3.0, 60.0), 1),
        },
        geometry=outlines,
        crs=crs,
    )


def _cameras(places: Floats, crs: Any, random: Generator) -> gpd.GeoDataFrame:
    n = len(places)
    kind = random.choice(["fixed", "dome", "ptz"], n, p=[0.5, 0.35, 0.15])
    told = pd.DataFrame(
        {
            "camera_id": [f"invented/{k:07d}" for k in range(n)],
            "kind": kind,
            "azimuth_deg": np.where(kind == "fixed", random.uniform(0, 360, n).round(1), np.nan),
            "height_m": random.uniform(3.5, 8.0, n).round(1),
        }
    )
    return gpd.GeoDataFrame(told, geometry=shapely.points(places), crs=crs)
