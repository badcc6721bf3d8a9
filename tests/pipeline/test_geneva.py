"""Real data, the whole way: OpenStreetMap's Geneva from the extract to a store that others open."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import geopandas as gpd
import pyogrio
import pytest

from visavis.layers import LAYERS

pytestmark = [pytest.mark.shared, pytest.mark.long]


def run(*arguments: object, cwd: Path) -> dict[str, object]:
    command = [sys.executable, "-W", "error", "-m", "visavis", *map(str, arguments), "--json"]
    ran = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, timeout=900)
    assert ran.returncode == 0, ran.stderr
    told: dict[str, object] = json.loads(ran.stdout)
    return told


@pytest.fixture(scope="module")
def city(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, object]]:
    folder = tmp_path_factory.mktemp("geneva")
    extract = shared / "data" / "geneva_osm" / "geneva.osm.pbf"
    imported = run("import", "osm", extract, "-o", "dossier", cwd=folder)
    assert imported["objects"] == 406
    told = run("build", "dossier", "--spaces", extract, "-o", "city.gpkg", "--draws", 50, cwd=folder)
    return folder / "city.gpkg", told


def test_every_layer_is_there_for_others_to_open(city: tuple[Path, dict[str, object]]) -> None:
    names = {str(name) for name in pyogrio.list_layers(city[0])[:, 0]}
    assert set(LAYERS) <= names


def test_every_camera_is_built_and_most_see_something(city: tuple[Path, dict[str, object]]) -> None:
    cameras = gpd.read_file(city[0], layer="cameras", engine="pyogrio")
    views = gpd.read_file(city[0], layer="views", engine="pyogrio")
    assert cameras["source_ref"].nunique() == 406
    assert views["camera_id"].nunique() > 0.9 * len(cameras)
    assert views.geometry.is_valid.all()


def test_unknown_directions_are_never_more_than_possible(city: tuple[Path, dict[str, object]]) -> None:
    cameras = gpd.read_file(city[0], layer="cameras", engine="pyogrio")
    views = gpd.read_file(city[0], layer="views", engine="pyogrio")
    blind = cameras["azimuth_deg"].isna() & (cameras["hfov_deg"] < 360) & (cameras["kind"] != "ptz")
    assert blind.sum() > 50
    told = views[views["camera_id"].isin(cameras.loc[blind, "camera_id"])]
    assert set(told["sureness"]) == {"possible"}


def test_exposures_keep_their_laws(city: tuple[Path, dict[str, object]]) -> None:
    exposures = gpd.read_file(city[0], layer="exposures", engine="pyogrio")
    assert len(exposures) > 1000
    assert exposures["share"].between(0, 1).all()
    assert exposures["probability"].between(0.05, 1).all()
    assert exposures["rule_ids"].isna().all(), (
        "the country of the extract is not stated, so no rule is applied"
    )


def test_the_store_names_its_source_and_licence(city: tuple[Path, dict[str, object]]) -> None:
    from visavis.store import open_store

    store = open_store(str(city[0]))
    try:
        sources = store.record().sources
    finally:
        store.close()
    assert {source.licence for source in sources} == {"ODbL-1.0", "CC0-1.0"}
