"""Layers as files: opened again with other tools and compared with the tables, feature by feature."""

from __future__ import annotations

import json
from pathlib import Path

import pyogrio
import pytest
import shapely
from tests.store.by_hand import record, same, street

from visavis.exports import FORMATS, export
from visavis.layers import LAYERS
from visavis.model.errors import NotFoundError, UsageError, VisavisError
from visavis.store import Query, Store


@pytest.mark.parametrize("name", list(LAYERS))
def test_geojson_holds_each_feature_and_says_where_it_comes_from(
    store: Store, name: str, tmp_path: Path
) -> None:
    export(store, name, "geojson", tmp_path / "layer.geojson")
    whole = json.loads((tmp_path / "layer.geojson").read_text("utf-8"))
    assert whole["type"] == "FeatureCollection"
    assert whole["invented"] is True
    assert whole["build_id"] == record().build_id
    assert whole["licence"] == "CC0-1.0; ODbL-1.0"
    assert [source["attribution"] for source in whole["sources"]] == [
        "Town of Street",
        "© Somebody & <others>",
    ]
    assert "crs" not in whole  # RFC 7946, section 4
    assert whole["features"] == [
        json.loads(feature) for feature in store.page(name, Query(limit=100)).features
    ]
    assert len(whole["features"]) == len(street()[name])


@pytest.mark.parametrize("name", list(LAYERS))
def test_gdal_reads_the_geojson(store: Store, name: str, tmp_path: Path) -> None:
    export(store, name, "geojson", tmp_path / "layer.geojson")
    table = street()[name]
    if table.empty:
        assert pyogrio.read_info(tmp_path / "layer.geojson")["features"] == 0
        return
    read = pyogrio.read_dataframe(tmp_path / "layer.geojson")
    key = LAYERS[name].table.id_column
    assert list(read[key]) == list(table[key])
    assert list(read["id"]) == list(table[key])
    if LAYERS[name].table.geometry:
        assert read.crs == "EPSG:4326"
        there = table["geometry"].notna().to_numpy()
        far = shapely.hausdorff_distance(read.geometry.to_numpy()[there], table["geometry"].to_numpy()[there])
        assert far.max() <= 1e-7


@pytest.mark.parametrize("name", list(LAYERS))
def test_a_geopackage_holds_the_very_table(store: Store, name: str, tmp_path: Path) -> None:
    export(store, name, "gpkg", tmp_path / "layer.gpkg")
    assert {layer for layer, _ in pyogrio.list_layers(tmp_path / "layer.gpkg")} == {
        name,
        "visavis_build",
        "visavis_sources",
    }
    read = pyogrio.read_dataframe(tmp_path / "layer.gpkg", layer=name)
    if LAYERS[name].table.geometry:
        read = read.set_crs("OGC:CRS84", allow_override=True)
    same(LAYERS[name].table.frame(read), street()[name])
    told = pyogrio.read_info(tmp_path / "layer.gpkg", layer=name)["dataset_metadata"]
    assert told["LICENCE"] == "CC0-1.0; ODbL-1.0"
    assert told["INVENTED"].startswith("yes")
    assert told["BUILD_ID"] == record().build_id


@pytest.mark.parametrize("form", ["geojson", "gpkg"])
def test_the_same_build_gives_the_same_file(store: Store, form: str, tmp_path: Path) -> None:
    for name in ("one", "two"):
        export(store, "exposures", form, tmp_path / f"{name}.{form}")
    assert (tmp_path / f"one.{form}").read_bytes() == (tmp_path / f"two.{form}").read_bytes()


def test_what_there_is_not_is_told_in_one_line(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "out"
    with pytest.raises(UsageError, match=r"there is no format 'dwg'\. Choose geojson, geojsonseq, gpkg, fgb"):
        export(store, "cameras", "dwg", target)
    with pytest.raises(NotFoundError, match="no layer is called 'houses'"):
        export(store, "houses", "geojson", target)
    with pytest.raises(UsageError, match="findings is not drawn on a map"):
        export(store, "findings", "html", target)
    with pytest.raises(UsageError, match="is the store itself"):
        export(store, "cameras", "gpkg", Path(store.target))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("form", list(FORMATS))
def test_a_file_that_cannot_be_written_is_told_in_one_line(
    store: Store, form: str, tmp_path: Path, leaflet: Path
) -> None:
    (tmp_path / "folder").mkdir()
    for target in (tmp_path / "nowhere" / "x", tmp_path / "folder"):
        with pytest.raises(VisavisError) as refused:
            export(store, "cameras", form, target)
        assert str(refused.value).startswith(f"{target}: can't be written")
        assert "\n" not in str(refused.value)
    assert [each.name for each in tmp_path.iterdir()] == ["folder"]


def test_an_export_that_fails_leaves_the_old_file(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "map.html"
    target.write_text("an older map")
    with pytest.raises(UsageError):
        export(store, "claims", "html", target)
    assert target.read_text() == "an older map"
    assert list(tmp_path.iterdir()) == [target]
