"""An invented quarter where tiles are easily cut wrong, and its cameras."""

from __future__ import annotations

from functools import cache
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from shapely import affinity
from tests.views.towns import camera, cameras, door, fixed, garden, house, spaces

RANGE_M = 40.0


@cache
def quarter() -> gpd.GeoDataFrame:
    """Rows of houses that touch and overlap, yards, doors, a wide hall, a building in two far pieces, a buried one,
    arches, and a pile.
    """
    random = np.random.default_rng(5)
    rows = []
    for row in range(5):
        for column in range(14):
            west, south = -150 + column * 22.0, -110 + row * 45.0
            name = f"h{row}.{column:02d}"
            # Neighbours share a wall, or overlap a little, in the middle row at one height; every third stands free.
            width = 22.05 if column % 3 else 15.0
            shape = shapely.box(west, south, west + width, south + 12 + random.uniform(0, 4))
            rows.append(
                house(
                    name,
                    affinity.rotate(shape, 3.0, (0, 0)),
                    6.0 + 3 * (column % 2) * (row != 2),
                    height_sd_m=1.0,
                )
            )
            if column % 2:
                yard = shapely.box(west, south - 10, west + 18, south - 1)
                rows.append(garden(f"g{name}", affinity.rotate(yard, 3.0, (0, 0))))
            rows.append(door(f"d{name}", west + 7.0, south - 0.4, of=name))
    rows += [
        house("hall", shapely.box(180, -60, 480, 240), 9.0),
        house("twin", shapely.box(-220, -20, -200, 0), 7.0, space_id="twin-west"),
        house("twin", shapely.box(520, -20, 540, 0), 7.0, space_id="twin-east"),
        house("arch", shapely.box(-200, -20, -190, 0), 7.0, base_m=3.0),
        *_pile(),
        house("buried", shapely.box(185, -50, 190, -45), 3.0),
        house("broken", shapely.Polygon([(-60, 130), (-40, 150), (-60, 150), (-40, 130)]), 5.0),
    ]
    return spaces(*rows)


def _pile() -> list[dict[str, Any]]:
    """A long slab on two others; whether the far one stands, and so bears it, is settled by what lies beyond it."""
    upper, lower, ground = {"base_m": 6.0}, {"base_m": 3.0, "height_sd_m": 1.0}, {"height_sd_m": 1.0}
    return [
        house("slab", shapely.box(-200, 200, -100, 210), 9.0, **upper),
        house("near-slab", shapely.box(-200, 200, -150, 210), 6.0, **lower),
        house("far-slab", shapely.box(-150, 200, -50, 210), 6.0, **lower),
        house("near-pier", shapely.box(-200, 200, -150, 210), 3.0, **ground),
        house("far-pier", shapely.box(-150, 200, -98, 210), 3.0, **ground),
        house("last-pier", shapely.box(-98, 200, -50, 210), 3.0, **ground),
    ]


@cache
def watching() -> gpd.GeoDataFrame:
    """Cameras in the streets, on walls, on a roof, many on one point, and in the heart of the hall."""
    random = np.random.default_rng(6)
    doubt = {"position_sd_m": 2.0, "height_sd_m": 0.5, "range_m": RANGE_M}
    rows = [
        camera(f"street/{k:02d}", random.uniform(-220, 200), random.uniform(-130, 120), **doubt)
        for k in range(14)
    ]
    rows += [
        fixed(
            f"fixed/{k}",
            random.uniform(-150, 150),
            random.uniform(-110, 110),
            None if k == 3 else 45.0 * k,
            height_m=5.0,
            **doubt | ({} if k == 3 else {"azimuth_sd_deg": 10.0}),
        )
        for k in range(6)
    ]
    rows += [camera(f"pole/{k}", 30.0, -70.0, **doubt) for k in range(5)]
    rows += [
        camera("heart", 330.0, 90.0, range_m=RANGE_M),
        *(
            camera(
                f"seam/{column:02d}",
                *_turned(-150 + (column + 1) * 22.0 + 0.02, -16.0),
                height_m=7.0,
                **doubt,
            )
            for column in range(13)
            if column % 3
        ),
        camera("twin", -195.0, -30.0, **doubt),
        camera("pile", -225.0, 190.0, range_m=RANGE_M),
        camera("ptz", 0.0, 20.0, kind="ptz", azimuth_deg=10.0, azimuth_sd_deg=3.0, hfov_deg=60.0, **doubt),
    ]
    return cameras(*rows)


def _turned(x: float, y: float) -> tuple[float, float]:
    point = affinity.rotate(shapely.Point(x, y), 3.0, (0, 0))
    return point.x, point.y
