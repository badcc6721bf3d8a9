"""The accuracy page says what was read how well, what missed its target, and what was not read."""

from __future__ import annotations

from dataclasses import replace

import geopandas as gpd
from shapely import Point

from benchmarks.accuracy import Reading, page
from visavis.digitising.scoring import score

CAMERAS = gpd.GeoDataFrame(
    {
        "kind": ["dome"],
        "label": ["C1"],
        "azimuth_deg": [90.0],
        "position_sd_m": [1.0],
        "azimuth_sd_deg": [1.0],
    },
    geometry=[Point(6.12, 46.2)],
    crs="OGC:CRS84",
)
EXACT = score(CAMERAS, CAMERAS)


def test_a_figure_that_misses_its_target_is_bold_and_one_that_meets_it_is_not() -> None:
    read = [
        Reading("A1", "vector", replace(EXACT, recall=0.9), 20.0),
        Reading("A1", "s3", replace(EXACT, position_m_p95=3.1), 40.0),
    ]
    written = page(read, 512.0)
    assert "| vector | 1 of 1 | **0.900** (≥ 0.99) | 1.000 (≥ 0.99) |" in written
    assert "**3.10** (≤ 2.5)" in written
    assert "Renderings left out of this run: outlined, scan300, s1, s2." in written


def test_a_rendering_that_was_not_read_is_listed_with_its_reason_and_no_path_of_the_machine() -> None:
    why = "visavis: /home/someone/A1/s1.jpg: the picture can't be read. Save it again as PNG or JPEG"
    written = page([Reading("A1", "s1", None, 3.0, why), Reading("B1", "s1", EXACT, 30.0)], 512.0)
    assert "| s1 | 1 of 2 |" in written
    assert "- A1 s1: s1.jpg: the picture can't be read." in written
    assert "/home" not in written
