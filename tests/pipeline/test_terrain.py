"""Terrain models from the command line to the store."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import rasterio
import shapely
from rasterio.transform import from_origin

from visavis.exports.picturing import picture_from
from visavis.pipeline import Options, Outcome, build
from visavis.squares import build_squares
from visavis.store import open_store

# Lambert 93 around the middle of a field in the Berry, and a slope of 1 in 10 to the east; all of it invented.
EAST, NORTH = 650_000.0, 6_650_000.0
RISE = 0.1


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("slope")
    lambert = "EPSG:2154"

    def at(x: float, y: float) -> Any:
        return shapely.Point(EAST + x, NORTH + y)

    houses = {
        "garage": (shapely.box(10, -6, 12, 6), "garage", 3.0),
        "house": (shapely.box(20, -2, 30, 2), "house", 9.0),
        "far": (shapely.box(60, -9, 70, 9), "house", 9.0),
    }
    gpd.GeoDataFrame(
        {"id": list(houses), "building": [kind for _, kind, _ in houses.values()],
         "height": [height for _, _, height in houses.values()]},
        geometry=[shapely.affinity.translate(shape, EAST, NORTH) for shape, _, _ in houses.values()],
        crs=lambert,
    ).to_file(folder / "town.gpkg", layer="buildings")  # fmt: skip
    gpd.GeoDataFrame(
        {"camera_id": ["foot"], "kind": ["fixed"], "height_m": [6.0], "height_sd_m": [0.0], "azimuth_deg": [90.0],
         "azimuth_sd_deg": [0.0], "hfov_deg": [80.0], "vfov_deg": [90.0], "tilt_deg": [0.0],
         "position_sd_m": [0.0], "pixels": [1920.0], "range_m": [100.0]},
        geometry=[at(0, 0)],
        crs=lambert,
    ).to_crs("EPSG:4326").to_file(folder / "cameras.geojson")  # fmt: skip
    slope(folder / "slope.tif")
    return folder


def slope(file: Path, lift: float = 0.0, reach: int = 100) -> Path:
    """Write a terrain model of `reach` metres around the middle."""
    heights = 150.0 + lift + RISE * (np.arange(2 * reach) + 0.5 - reach)
    with rasterio.open(
        file, "w", driver="GTiff", dtype="float32", crs="EPSG:2154", count=1, width=2 * reach, height=2 * reach,
        transform=from_origin(EAST - reach, NORTH + reach, 1.0, 1.0),
    ) as raster:  # fmt: skip
        raster.write(np.broadcast_to(heights, (2 * reach, 2 * reach)).astype(np.float32), 1)
        raster.units = ["m"]
    return file


def built(folder: Path, name: str, *terrain: Path, **options: Any) -> Outcome:
    return build(
        [],
        [folder / "town.gpkg"],
        str(folder / name),
        cameras=[folder / "cameras.geojson"],
        terrain=terrain,
        clock=lambda: datetime(2026, 1, 1, tzinfo=UTC),
        options=Options(draws=4, **options),
    )


@pytest.fixture(scope="module")
def on_slope(folder: Path) -> Outcome:
    return built(folder, "slope.gpkg", folder / "slope.tif", terrain_sd_m=0.0)


@pytest.fixture(scope="module")
def on_flat(folder: Path) -> Outcome:
    return built(folder, "flat.gpkg")


def strips(outcome: Outcome, building: str) -> Any:
    table = outcome.tables["facade_strips"]
    return table[table["building_id"].str.endswith(building)]


def test_each_row_says_what_ground_it_was_reckoned_with(on_slope: Outcome, on_flat: Outcome) -> None:
    for name in ("cameras", "spaces", "views", "facade_strips", "exposures"):
        assert set(on_slope.tables[name]["terrain"]) == {"terrain/slope.tif"}
        assert set(on_flat.tables[name]["terrain"]) == {"flat"}
    assert on_flat.tables["cameras"]["ground_m"].isna().all()
    camera = on_slope.tables["cameras"].iloc[0]
    assert camera["ground_m"] == pytest.approx(150.0, abs=0.01)
    assert camera["ground_rise_east"] == pytest.approx(RISE, abs=1e-3)
    sources = {source.source_id for source in on_slope.record.sources}
    assert "terrain/slope.tif" in sources
    assert on_slope.record.build_id != on_flat.record.build_id


def test_a_slope_lifts_the_house_behind_the_garage_into_view(on_slope: Outcome, on_flat: Outcome) -> None:
    # By hand in tests/views/test_on_terrain.py; the ways between the CRSs cost some centimetres.
    assert strips(on_flat, "house")["z_low_from_m"].min() == pytest.approx(1.0, abs=0.05)
    assert strips(on_slope, "house")["z_low_from_m"].min() == pytest.approx(2 / 3, abs=0.05)


def test_the_picture_of_a_camera_on_a_slope_fits_its_rows(folder: Path, on_slope: Outcome) -> None:
    store = open_store(str(folder / "slope.gpkg"))
    try:
        picture = picture_from(store, "foot")
    finally:
        store.close()
    flat = open_store(str(folder / "flat.gpkg"))
    try:
        assert picture.svg != picture_from(flat, "foot").svg
    finally:
        flat.close()
    assert picture.svg.startswith("<svg")
    assert "as high as terrain/slope.tif tells" in repr(picture.captions)


@pytest.mark.slow
def test_squares_take_terrain_along_and_are_built_anew_when_it_changes(
    folder: Path, on_slope: Outcome
) -> None:
    def squares() -> list[dict[str, Any]]:
        return build_squares(
            folder / "cameras.geojson",
            [folder / "town.gpkg"],
            folder / "squares",
            side_km=2.0,
            terrain=[folder / "copy" / "slope.tif"],
            clock=lambda: datetime(2026, 1, 1, tzinfo=UTC),
            options=Options(draws=4, terrain_sd_m=0.0),
        )

    (folder / "copy").mkdir()
    slope(folder / "copy" / "slope.tif")
    (first,) = squares()
    store = open_store(str(folder / "squares" / first["store"]))
    try:
        low = store.frame("facade_strips").query("building_id.str.endswith('house')")["z_low_from_m"].min()
    finally:
        store.close()
    assert low == pytest.approx(strips(on_slope, "house")["z_low_from_m"].min(), abs=1e-3)
    assert squares()[0] == first
    slope(folder / "copy" / "slope.tif", lift=0.5)
    assert squares()[0]["digest"] != first["digest"]


def run(*arguments: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-m",
        "visavis",
        "build",
        "--cameras",
        "cameras.geojson",
        "--spaces",
        "town.gpkg",
    ]
    given = [*command, "--draws", "2", "--workers", "1", *map(str, arguments)]
    return subprocess.run(given, cwd=cwd, capture_output=True, text=True, check=False, timeout=300)


@pytest.mark.long
def test_the_command_takes_terrain_and_tells_what_it_lacks(folder: Path) -> None:
    slope(folder / "small.tif", reach=25)
    ran = run("--terrain", "small.tif", "--terrain-sd", "0.3", "-o", "small.gpkg", "--json", cwd=folder)
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout)["facade_strips"] > 0
    store = open_store(str(folder / "small.gpkg"))
    try:
        findings = store.frame("findings").set_index("code")
        assert "spaces.terrain-lacks-buildings" in findings.index
        assert "spaces.terrain-lacks-cameras" not in findings.index
        far = store.frame("spaces").query("building_id.str.endswith('far')").iloc[0]
        assert "ground_m=terrain.nearest-known" in far["assumed"]
        assert store.frame("cameras")["ground_sd_m"].tolist() == [0.3]
    finally:
        store.close()


@pytest.mark.long
def test_the_command_refuses_what_is_no_terrain_in_one_line(folder: Path) -> None:
    (folder / "text.tif").write_text("heights")
    for arguments, code, words in (
        (("--terrain", "text.tif"), 1, "text.tif: is no raster that GDAL reads"),
        (("--terrain", "missing.tif"), 1, "missing.tif: no such file"),
        (("--terrain-sd", "1"), 2, "--terrain-sd goes with a terrain model"),
    ):
        ran = run(*arguments, "-o", "never.gpkg", cwd=folder)
        assert ran.returncode == code
        (line,) = ran.stderr.strip().splitlines()
        assert words in line
    assert not (folder / "never.gpkg").exists()


@pytest.mark.long
def test_terrain_of_another_place_is_a_problem_and_the_rows_say_flat(folder: Path) -> None:
    with rasterio.open(
        folder / "away.tif", "w", driver="GTiff", dtype="float32", crs="EPSG:2154", count=1, width=9, height=9,
        transform=from_origin(EAST + 90_000, NORTH, 1.0, 1.0),
    ) as raster:  # fmt: skip
        raster.write(np.full((9, 9), 150.0, dtype=np.float32), 1)
    ran = run("--terrain", "away.tif", "-o", "away.gpkg", cwd=folder)
    assert ran.returncode == 1, ran.stdout + ran.stderr
    store = open_store(str(folder / "away.gpkg"))
    try:
        assert set(store.frame("views")["terrain"]) == {"flat"}
        assert "spaces.terrain-elsewhere" in set(store.frame("findings")["code"])
    finally:
        store.close()
