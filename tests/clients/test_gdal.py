"""GDAL reads the service as it reads any OGC API."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import geopandas as gpd
import pyogrio
import pytest
import shapely
from tests.service.server import running_apart
from tests.store.by_hand import LAT, LON, record, same, street

from visavis.layers import LAYERS
from visavis.store import write_store

pytestmark = pytest.mark.gdal


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    file = tmp_path_factory.mktemp("gdal") / "street.gpkg"
    write_store(str(file), street(), record())
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("VISAVIS_MAX_LIMIT", "4")  # so that there are pages to go through
        # GDAL within this process holds it up while it waits, so the server needs one of its own.
        with running_apart(file) as (where, _):
            yield where


def run(*command: object) -> str:
    ran = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False, timeout=120)
    assert ran.returncode == 0, ran.stderr
    assert not ran.stderr, ran.stderr
    return ran.stdout


def test_ogrinfo_lists_every_layer_and_counts_its_features(address: str) -> None:
    told = run("ogrinfo", "-ro", "-al", "-so", f"OAPIF:{address}")
    counts: dict[str, int] = {}
    for line in told.splitlines():
        if line.startswith("Layer name: "):
            name = line.removeprefix("Layer name: ")
        if line.startswith("Feature Count: "):
            counts[name] = int(line.removeprefix("Feature Count: "))
    assert counts == {name: len(table) for name, table in street().items()}


@pytest.mark.parametrize("name", [name for name, layer in LAYERS.items() if layer.table.geometry])
def test_ogr2ogr_brings_home_each_feature_through_the_pages(address: str, name: str, tmp_path: Path) -> None:
    run("ogr2ogr", "-f", "GeoJSON", "-lco", "RFC7946=YES", tmp_path / "out.geojson", f"OAPIF:{address}", name)
    features = json.loads((tmp_path / "out.geojson").read_text())["features"]
    table = street()[name]
    ids = [feature["properties"][LAYERS[name].table.id_column] for feature in features]
    assert ids == list(table[LAYERS[name].table.id_column])
    for feature, shape in zip(features, table["geometry"], strict=True):
        if shape is None:
            assert feature["geometry"] is None
        else:
            assert (
                shapely.hausdorff_distance(shapely.from_geojson(json.dumps(feature["geometry"])), shape)
                < 2e-7
            )


def test_gdal_asks_for_a_box_and_a_column(address: str) -> None:
    box = ["-spat", LON, LAT, LON + 5e-4, LAT + 5e-4]
    assert "Feature Count: 6" in run("ogrinfo", "-ro", "-so", *box, f"OAPIF:{address}", "cameras")
    told = run("ogrinfo", "-ro", "-so", "-where", "kind = 'ptz'", f"OAPIF:{address}", "cameras")
    assert "Feature Count: 1" in told


def test_geopandas_reads_a_collection_and_a_page(address: str) -> None:
    whole = pyogrio.read_dataframe(f"OAPIF:{address}/collections/cameras", layer="cameras")
    table = LAYERS["cameras"].table
    assert list(whole["camera_id"]) == list(street()["cameras"]["camera_id"])
    kept = street()["cameras"]
    assert shapely.distance(whole.geometry.to_numpy(), kept["geometry"].to_numpy()).max() < 1e-7
    page = gpd.read_file(f"{address}/collections/cameras/items?limit=4&f=json")
    assert page.crs == "EPSG:4326"
    assert len(page) == 4
    numbers = [name for name in table.columns if table.unit(name)]
    same_numbers = kept.head(4)[numbers].round(3)
    same(page[numbers].round(3).astype(same_numbers.dtypes.to_dict()), same_numbers)
