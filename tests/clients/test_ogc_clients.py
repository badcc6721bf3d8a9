"""OWSLib, geopandas and GDAL's own filters against the running service."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator

import geopandas as gpd
import pytest
from owslib.ogcapi.features import Features
from tests.service.server import running_apart
from tests.store.by_hand import LAT, LON, record, street

from visavis.layers import LAYERS
from visavis.store import write_store

pytestmark = pytest.mark.gdal


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    file = tmp_path_factory.mktemp("clients") / "street.gpkg"
    write_store(str(file), street(), record())
    with running_apart(file) as (where, _):
        yield where


def test_owslib_finds_its_way(address: str) -> None:
    service = Features(address)
    assert set(service.feature_collections()) >= {
        name for name, each in LAYERS.items() if each.table.geometry
    }
    assert (
        "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/filter" in service.conformance()["conformsTo"]
    )
    assert service.collection_queryables("cameras")["properties"]["kind"]["enum"]
    assert service.collection_items("cameras", limit=3)["numberReturned"] == 3
    found = service.collection_items("cameras", filter="kind = 'ptz'")
    assert [feature["properties"]["kind"] for feature in found["features"]] == ["ptz"]
    assert service.collection_item("cameras", "osm:node/42")["id"] == "osm:node/42"


def test_geopandas_reads_items_as_a_file(address: str) -> None:
    found = gpd.read_file(f"{address}/collections/spaces/items?limit=100")
    assert list(found["space_id"]) == list(street()["spaces"]["space_id"])
    some = gpd.read_file(f"{address}/collections/cameras/items?filter=kind%20%3C%3E%20%27fixed%27&limit=100")
    assert set(some["kind"]) == {"ptz", "dome", "unknown"}


def test_gdal_leaves_filters_to_the_service(address: str) -> None:
    """With CPL_DEBUG GDAL says what it asks for: its -where and -spat are answered here, not filtered there."""
    box = [str(each) for each in (LON, LAT, LON + 5e-4, LAT + 5e-4)]
    ran = subprocess.run(
        [
            "ogrinfo",
            "-ro",
            "-al",
            "-so",
            f"OAPIF:{address}",
            "cameras",
            "-where",
            "kind = 'fixed'",
            "-spat",
            *box,
        ],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
        env={"CPL_DEBUG": "ON", "PATH": "/usr/bin:/bin"},
    )
    assert "Feature Count: 6" in ran.stdout
    asked = [line for line in ran.stderr.splitlines() if "/items?" in line]
    assert any("bbox=" in line and ("filter=" in line or "kind=fixed" in line) for line in asked), asked
