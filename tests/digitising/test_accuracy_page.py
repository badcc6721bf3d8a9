"""The accuracy page says what was read how well, what missed its target, and what was not read."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
from shapely import Point

from benchmarks.accuracy import main
from benchmarks.accuracy_page import Reading, page
from benchmarks.coverage import picked_anew
from visavis.digitising.annotation import (
    Annotation,
    ControlPoint,
    annotation_for,
    read_annotations,
    write_annotation,
)
from visavis.digitising.georeferencing import georeference
from visavis.digitising.scoring import score
from visavis.readers.cameras import read_points

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
    written = page(read)
    assert "| vector | 1 of 1 | **0.900** (≥ 0.99) | 1.000 (≥ 0.99) |" in written
    assert "**3.10** (≤ 2.5)" in written
    assert "Renderings left out of this run: outlined, scan300, s1, s2." in written


def test_a_rendering_that_was_not_read_is_listed_with_its_reason_and_no_path_of_the_machine() -> None:
    why = "visavis: /home/someone/A1/s1.jpg: the picture can't be read. Save it again as PNG or JPEG"
    written = page([Reading("A1", "s1", None, 3.0, why), Reading("B1", "s1", EXACT, 30.0)])
    assert "| s1 | 1 of 2 |" in written
    assert "- A1 s1: s1.jpg: the picture can't be read." in written
    assert "/home" not in written


@pytest.mark.slow
def test_what_an_earlier_run_kept_is_not_read_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keep = tmp_path / "kept"
    keep.mkdir()
    # No program could read this sheet: figures can only come from what is kept.
    sheet = drawn_sheet(tmp_path / "A1")
    (sheet / "vector.pdf").write_bytes(b"no PDF")
    (keep / "A1-vector.geojson").write_bytes((sheet / "truth.geojson").read_bytes())
    (keep / "A1-vector.cost.json").write_text(json.dumps({"seconds": 7.5, "largest_mb": 321.0}), "utf-8")
    assert main([str(tmp_path), "--keep", str(keep), "--markdown", str(tmp_path / "page.md")]) == 0
    assert json.loads(capsys.readouterr().out)["s"] == 7.5
    assert "321 MB" in (tmp_path / "page.md").read_text("utf-8")


@pytest.mark.slow
@pytest.mark.parametrize(("stated", "least", "most"), [(1.0, 0.85, 1.0), (0.3, 0.0, 0.6)])
def test_errors_stated_too_small_show_when_control_points_are_picked_anew(
    tmp_path: Path, stated: float, least: float, most: float
) -> None:
    sheet = drawn_sheet(tmp_path / "A1", picked_to=1.0)
    truth = read_points(sheet / "truth.geojson")
    fitted, _ = georeference(
        annotation_for(
            read_annotations(json.loads((sheet / "vector.georef.json").read_text("utf-8"))),
            "vector.georef.json",
        )
    )
    # Read a pixel off, and so stated: or less than that.
    rng = np.random.default_rng(7)
    shown = PLACES + rng.normal(0, 2.0, PLACES.shape)
    read = truth.set_geometry(gpd.points_from_xy(*fitted.place(shown).T), crs="OGC:CRS84")
    read["position_sd_m"] = np.hypot(fitted.position_sd_m(PLACES), stated * 2.0 * METRES_PER_PIXEL)
    share = picked_anew(sheet, "vector", read, times=8).position
    assert share is not None
    assert least <= share <= most


METRES_PER_PIXEL = 0.5
PLACES = np.array([(x, y) for x in (100.0, 400.0, 700.0) for y in (120.0, 380.0, 640.0)] * 4)
PLACES += np.random.default_rng(3).uniform(-60, 60, PLACES.shape)
PICKED = np.array([(x, y) for x in (50.0, 300.0, 550.0, 800.0) for y in (60.0, 400.0, 740.0)])


def drawn_sheet(folder: Path, picked_to: float = 0.5) -> Path:
    """Return a folder with the truth of cameras drawn at `PLACES`, and control points picked some pixels off."""
    folder.mkdir()
    lonlat = [
        6.1 + PLACES[:, 0] * METRES_PER_PIXEL / 77_300,
        46.2 - PLACES[:, 1] * METRES_PER_PIXEL / 111_140,
    ]
    truth = gpd.GeoDataFrame(
        {name: [values.iloc[0]] * len(PLACES) for name, values in CAMERAS.drop(columns="geometry").items()},
        geometry=gpd.points_from_xy(*lonlat),
        crs="OGC:CRS84",
    )
    told = json.loads(truth.to_json())
    for feature, (x, y) in zip(told["features"], PLACES, strict=True):
        feature["properties"]["sheet_xy"] = {"vector": [x, y]}
    (folder / "truth.geojson").write_text(json.dumps(told), "utf-8")
    picked = PICKED + np.random.default_rng(5).normal(0, picked_to, PICKED.shape)
    points = tuple(
        ControlPoint(
            float(px), float(py), 6.1 + x * METRES_PER_PIXEL / 77_300, 46.2 - y * METRES_PER_PIXEL / 111_140
        )
        for (px, py), (x, y) in zip(picked, PICKED, strict=True)
    )
    (folder / "vector.georef.json").write_text(
        json.dumps(write_annotation(Annotation(points, source="vector.pdf"))), "utf-8"
    )
    return folder
