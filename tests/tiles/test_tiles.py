"""Tiles hold what the layer holds, where it is; from afar they never say less than is so."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geopandas as gpd
import mapbox_vector_tile
import numpy as np
import pandas as pd
import pytest
import shapely
from tests.store.by_hand import LAT, LON, record, street

from visavis.layers import LAYERS
from visavis.model.errors import NotFoundError
from visavis.store import Store, make_tile, open_store, write_store
from visavis.tiles import EXTENT, Tile
from visavis.tiles.grid import on_map, tiles_of
from visavis.tiles.summing import SQUARES

MANY = 1_500
SURENESSES = ["possible", "likely", "certain"]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The street, with many cameras and views in a town around it."""
    chance = np.random.default_rng(7)
    tables = street()
    places = np.column_stack([LON + chance.random(MANY) * 0.02, LAT + chance.random(MANY) * 0.02])
    for name, shapes in (
        ("cameras", shapely.points(places)),
        ("views", shapely.box(*(places - 5e-5).T, *(places + 5e-5).T)),
    ):
        some = tables[name].iloc[np.zeros(MANY, int)].reset_index(drop=True)
        some = pd.DataFrame(some.drop(columns="geometry")).assign(
            **{LAYERS[name].table.id_column: [f"many/{number:05}" for number in range(MANY)]}
        )
        if name == "views":
            some["sureness"] = chance.choice(SURENESSES, MANY)
            some["probability"] = chance.random(MANY)
        tables[name] = gpd.GeoDataFrame(some, geometry=shapes, crs=tables[name].crs)
    file = tmp_path_factory.mktemp("tiles") / "many.gpkg"
    write_store(str(file), tables, record())
    opened = open_store(str(file))
    yield opened
    opened.close()


def features(tile: bytes, layer: str) -> list[dict[str, Any]]:
    if not tile:
        return []
    found: list[dict[str, Any]] = mapbox_vector_tile.decode(
        gzip.decompress(tile), default_options={"y_coord_down": True}
    )[layer]["features"]
    return found


def home(shape: Any, tile: Tile) -> Any:
    """Return a shape of a tile in metres of the map."""
    west, north = tile.corner_m
    step = tile.side_m / EXTENT
    return shapely.transform(
        shape, lambda xy: np.column_stack([west + xy[:, 0] * step, north - xy[:, 1] * step])
    )


@pytest.mark.parametrize("name", ["spaces", "exposed_buildings", "exposures", "facade_strips"])
def test_near_tiles_hold_each_feature_where_it_is(store: Store, name: str) -> None:
    table = street()[name]
    bounds = store.layers()[name].bounds
    assert bounds is not None
    seen: dict[str, list[Any]] = {}
    for tile in tiles_of(bounds, 17):
        for feature in features(make_tile(store, name, tile), name):
            values = feature["properties"]
            seen.setdefault(values[LAYERS[name].table.id_column], []).append(
                home(shapely.geometry.shape(feature["geometry"]), tile)
            )
    assert set(seen) == set(table[LAYERS[name].table.id_column])
    step = Tile(17, 0, 0).side_m / EXTENT
    for key, shape in zip(table[LAYERS[name].table.id_column], table.geometry, strict=True):
        true = shapely.transform(shape, on_map)
        assert shapely.hausdorff_distance(shapely.union_all(seen[key]), true) < 2 * step


def test_a_feature_bears_its_properties_and_no_unknown_ones(store: Store) -> None:
    (tile,) = {*tiles_of(store.layers()["spaces"].bounds, 15)}  # type: ignore[arg-type]
    told = {
        each["properties"]["space_id"]: each["properties"]
        for each in features(make_tile(store, "spaces", tile), "spaces")
    }
    table = street()["spaces"].drop(columns="geometry")
    for row in table.to_dict("records"):
        expected = {name: value for name, value in row.items() if value is not None and value == value}
        assert told[row["space_id"]] == expected


@pytest.mark.parametrize("z", [0, 7, 12])
@pytest.mark.parametrize("name", ["cameras", "views"])
def test_what_is_summed_up_is_counted_once_and_never_less_sure(store: Store, name: str, z: int) -> None:
    table = store.frame(name)
    bounds = store.layers()[name].bounds
    assert bounds is not None
    counted, squares = 0, []
    for tile in tiles_of(bounds, z):
        for feature in features(make_tile(store, name, tile), name):
            values = feature["properties"]
            if "count" in values:
                assert values["generalised"] is True
                assert LAYERS[name].table.id_column not in values
                counted += values["count"]
                squares.append((home(shapely.geometry.shape(feature["geometry"]), tile), values, tile))
    if not squares:
        pytest.skip("no tile of this level holds too many")
    if (
        all(len(features(make_tile(store, name, tile), name)) <= SQUARES**2 for tile in tiles_of(bounds, z))
        and z < 13
    ):
        assert counted == len(table)
    if name == "views":
        corners = shapely.get_coordinates(
            shapely.get_point(shapely.get_exterior_ring(table.geometry.to_numpy()), 0)
        )  # type: ignore[attr-defined]
        beginnings = shapely.points(on_map(corners))
        for square, values, _ in squares:
            within = shapely.contains(square, beginnings)
            if not within.any():
                continue
            least = max(table["sureness"][within], key=SURENESSES.index)
            assert SURENESSES.index(values["sureness"]) >= SURENESSES.index(least)
            assert values["probability"] >= table["probability"][within].max() - 1e-6


def test_what_is_too_small_for_the_grid_is_still_there(store: Store) -> None:
    found = features(
        make_tile(
            store, "spaces", Tile(2, *next((t.x, t.y) for t in tiles_of(store.layers()["spaces"].bounds, 2)))
        ),
        "spaces",
    )  # type: ignore[arg-type]
    assert len(found) == len(street()["spaces"])


def test_rings_wind_as_the_format_wants_it(store: Store) -> None:
    """Mapbox Vector Tile 2.1, 4.3.3.3: by the surveyor's formula an outer ring has a positive area."""
    tile = next(tiles_of(store.layers()["spaces"].bounds, 17))  # type: ignore[arg-type]
    for each in features(make_tile(store, "spaces", tile), "spaces"):
        shape = shapely.geometry.shape(each["geometry"])
        for polygon in getattr(shape, "geoms", [shape]):
            if polygon.geom_type == "Polygon":
                assert shapely.is_ccw(polygon.exterior)
                assert not any(shapely.is_ccw(ring) for ring in polygon.interiors)


def test_an_empty_place_is_an_empty_tile(store: Store) -> None:
    assert make_tile(store, "cameras", Tile(10, 0, 0)) == b""


@pytest.mark.parametrize("tile", [Tile(19, 0, 0), Tile(1, 2, 0), Tile(1, 0, 2), Tile(-1, 0, 0)])
def test_a_tile_that_the_grid_lacks_is_not_found(store: Store, tile: Tile) -> None:
    with pytest.raises(NotFoundError, match="no tile"):
        make_tile(store, "cameras", tile)


def test_tiles_of_one_build_are_the_same_to_the_byte(store: Store, tmp_path: Path) -> None:
    tile = next(tiles_of(store.layers()["views"].bounds, 14))  # type: ignore[arg-type]
    assert make_tile(store, "views", tile) == make_tile(store, "views", tile)
