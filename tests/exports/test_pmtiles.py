"""PMTiles: the tiles of the service in one file, read again with the package and with GDAL."""

from __future__ import annotations

import gzip
from pathlib import Path

import mapbox_vector_tile
import pyogrio
import pytest
from pmtiles.reader import MemorySource, Reader, all_tiles
from tests.store.by_hand import record, street

from visavis.exports import export
from visavis.exports.packed_tiles import DEEPEST_PACKED
from visavis.layers import LAYERS
from visavis.model.errors import UsageError
from visavis.store import Query, Store, make_tile, open_store, write_store
from visavis.tiles import Tile
from visavis.tiles.grid import tiles_of


def packed(store: Store, name: str, folder: Path) -> Path:
    file = folder / f"{name}.pmtiles"
    export(store, name, "pmtiles", file)
    return file


@pytest.mark.parametrize("name", ["cameras", "views", "exposures"])
def test_it_holds_the_tiles_of_the_service_and_no_others(store: Store, name: str, tmp_path: Path) -> None:
    held = {
        Tile(*place): body
        for place, body in all_tiles(MemorySource(packed(store, name, tmp_path).read_bytes()))
    }
    bounds = store.layers()[name].bounds
    assert bounds is not None
    expected = {
        tile: body
        for z in range(DEEPEST_PACKED + 1)
        for tile in tiles_of(bounds, z)
        if (body := make_tile(store, name, tile))
    }
    assert expected.items() <= held.items()
    # A neighbour may hold the rim of a feature beyond its edge.
    assert all(make_tile(store, name, tile) == held[tile] for tile in held.keys() - expected.keys())


def test_it_says_what_it_is_and_gdal_finds_each_camera(store: Store, tmp_path: Path) -> None:
    file = packed(store, "cameras", tmp_path)
    reader = Reader(MemorySource(file.read_bytes()))
    header, told = reader.header(), reader.metadata()
    assert (header["min_zoom"], header["max_zoom"], header["clustered"]) == (0, DEEPEST_PACKED, True)
    assert told["licence"] == "CC0-1.0; ODbL-1.0"
    assert told["build_id"] == record().build_id
    assert told["invented"].startswith("yes")
    assert told["vector_layers"][0]["id"] == "cameras"
    assert set(LAYERS["cameras"].table.columns) - {"geometry"} < set(told["vector_layers"][0]["fields"])
    read = pyogrio.read_dataframe(file, layer="cameras")
    assert set(read["camera_id"]) == set(street()["cameras"]["camera_id"])


def test_the_same_build_gives_the_same_bytes(store: Store, tmp_path: Path) -> None:
    (tmp_path / "again").mkdir()
    one, two = (packed(store, "views", folder).read_bytes() for folder in (tmp_path, tmp_path / "again"))
    assert one == two


@pytest.mark.slow
def test_a_layer_without_a_feature_is_one_empty_tile(tmp_path: Path) -> None:
    tables = {name: layer.table.empty() for name, layer in LAYERS.items()}
    write_store(str(tmp_path / "empty.gpkg"), tables, record())
    store = open_store(str(tmp_path / "empty.gpkg"))
    ((place, body),) = all_tiles(MemorySource(packed(store, "views", tmp_path).read_bytes()))
    store.close()
    assert tuple(place) == (0, 0, 0)
    assert mapbox_vector_tile.decode(gzip.decompress(body))["views"]["features"] == []


@pytest.mark.parametrize("form", ["pmtiles", "html"])
def test_a_part_of_a_layer_is_refused_where_only_whole_ones_are_held(
    store: Store, form: str, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match="holds whole layers"):
        export(store, "cameras", form, tmp_path / "x", query=Query(where={"kind": "ptz"}), told="kind is ptz")
    assert list(tmp_path.iterdir()) == []
