"""OWSLib, geopandas and GDAL's own filters against the running service, on both kinds of store."""

from __future__ import annotations

import subprocess

import geopandas as gpd
import pyogrio
import pytest
import shapely
from owslib.ogcapi.features import Features
from tests.store.by_hand import LAT, LON, street

from visavis.layers import LAYERS

pytestmark = pytest.mark.gdal


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


def test_gdal_and_geopandas_bring_home_each_row_as_it_was_written(address: str) -> None:
    for name in ("cameras", "exposures"):
        whole = pyogrio.read_dataframe(f"OAPIF:{address}/collections/{name}", layer=name)
        table, kept = LAYERS[name].table, street()[name]
        assert list(whole[table.id_column]) == list(kept[table.id_column])
        assert shapely.hausdorff_distance(whole.geometry.to_numpy(), kept.geometry.to_numpy()).max() < 2e-7
        part = gpd.read_file(f"{address}/exports/{name}.geojson")
        assert list(part[table.id_column]) == list(kept[table.id_column])
    ptz = gpd.read_file(f"{address}/exports/cameras.fgb?kind=ptz")
    assert list(ptz["camera_id"]) == ["xx/street/2026-map/sheet.pdf/12"]
