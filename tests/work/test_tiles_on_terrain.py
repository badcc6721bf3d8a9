"""On ground of different heights tiles give the bytes of the whole town as well."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
from tests.work.quarter import RANGE_M, quarter, watching

from visavis.spaces.raising import raise_ground
from visavis.spaces.relief import Relief
from visavis.views import Scene, survey, survey_in_tiles
from visavis.views.tiles import Town, cut, lots_of
from visavis.work.packing import packed

pytestmark = pytest.mark.slow

TERMS = {"draws": 3, "seed": 7, "max_range_m": RANGE_M}


def hills(lift: float = 0.0) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Return the cameras and the quarter on hills some metres high."""
    cells = np.arange(200) * 8.0 - 796.0
    x, y = np.meshgrid(cells, -cells)
    heights = 400.0 + lift + 5.0 * np.sin(x / 40.0) + 4.0 * np.cos(y / 30.0)
    model = Relief(
        "terrain/hills", quarter().crs.to_wkt(), (0.125, 0.0, 100.0, 0.0, -0.125, 100.0), 0, 0, heights
    )
    found = raise_ground(watching(), quarter(), lambda _box, _crs: [model], 0.5)
    return found.cameras, found.spaces


def test_the_size_of_tiles_changes_nothing_on_hills() -> None:
    cameras, town = hills()
    plain = packed(survey(cameras, Scene.of(town), town, **TERMS))  # type: ignore[arg-type]
    for cell_m, most in ((61.0, 7), (5000.0, 3)):
        tiled = survey_in_tiles(cameras, town, **TERMS, cell_m=cell_m, most=most)  # type: ignore[arg-type]
        assert packed(tiled) == plain


def test_another_terrain_makes_another_tile() -> None:
    digests = set()
    for lift in (0.0, 0.0, 0.25):
        town = Town(*hills(lift))
        digests.add(cut(lots_of(town, max_range_m=RANGE_M)[0], town).digest())
    assert len(digests) == 2
