"""A country square by square: the stores together say what one build says."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.work.quarter import RANGE_M, quarter, watching

from visavis.model.errors import SpacesError, TableError, UsageError
from visavis.pipeline import Options, build
from visavis.readers.cutting import Rectangle, camera_places, cut_cameras, cut_spaces
from visavis.squares import build_squares, grown, squares_of
from visavis.store import open_store

OPTIONS = Options(draws=3, max_range_m=RANGE_M)
SIDE_KM = 0.3


def clock() -> datetime:
    return datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("country")
    town = quarter()
    solid = town[(town["height_m"] > 0) & (town.geom_type != "Point")].drop_duplicates("building_id")
    houses = gpd.GeoDataFrame(
        {"building": "apartments", "height": solid["height_m"]}, geometry=solid.make_valid(), crs=solid.crs
    )
    # Rows without ids, in a CRS of their own.
    houses[houses.geom_type == "Polygon"].to_crs("EPSG:2154").to_file(folder / "town.gpkg", layer="buildings")
    seeing = watching().loc[
        lambda cameras: cameras["camera_id"] != "heart", ["camera_id", "kind", "geometry"]
    ]
    seeing.to_crs("EPSG:2154").to_file(folder / "cameras.fgb")
    return folder


def squares(country: Path, folder: Path, **how: Any) -> list[dict[str, Any]]:
    return build_squares(
        country / "cameras.fgb",
        [country / "town.gpkg"],
        folder,
        **{"side_km": SIDE_KM, "clock": clock, "options": OPTIONS} | how,
    )


@pytest.fixture(scope="module")
def built(country: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[dict[str, Any]]]:
    folder = tmp_path_factory.mktemp("squares")
    return folder, squares(country, folder)


def layer(store: Path, name: str) -> pd.DataFrame:
    opened = open_store(str(store))
    try:
        return opened.frame(name)
    finally:
        opened.close()


@pytest.fixture(scope="module")
def whole(country: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole")
    everywhere = Rectangle(-180, -89, 180, 89)
    cut_cameras(country / "cameras.fgb", everywhere, folder / "cameras.geojson")
    build(
        [],
        [country / "town.gpkg"],
        str(folder / "whole.gpkg"),
        cameras=[folder / "cameras.geojson"],
        options=OPTIONS,
        clock=clock,
    )
    return folder / "whole.gpkg"


@pytest.mark.long
def test_the_stores_together_say_what_one_build_says(
    built: tuple[Path, list[dict[str, Any]]], whole: Path
) -> None:
    folder, told = built
    assert len(told) >= 3
    stores = [folder / square["store"] for square in told]
    for name, key in (("exposures", "exposure_id"), ("cameras", "camera_id")):
        every = pd.concat([layer(store, name) for store in stores]).drop_duplicates(key).set_index(key)
        of_all = layer(whole, name).set_index(key)
        assert set(every.index) == set(of_all.index)
        for column in of_all.select_dtypes("number"):
            # Each square measures in a CRS of its own.
            np.testing.assert_allclose(every.loc[of_all.index, column], of_all[column], rtol=2e-3, atol=0.02)


@pytest.mark.long
def test_a_building_in_a_square_has_all_cameras_that_could_view_it(
    built: tuple[Path, list[dict[str, Any]]], whole: Path
) -> None:
    folder, told = built
    of_all = layer(whole, "exposed_buildings").set_index("building_id")["cameras"]
    checked = 0
    for square in told:
        inside = shapely.box(*square["bounds"])
        houses = layer(folder / square["store"], "exposed_buildings").set_index("building_id")
        houses = houses[houses.geometry.within(inside)]
        assert houses["cameras"].to_dict() == of_all.reindex(houses.index).to_dict()
        checked += len(houses)
    assert checked > 20


@pytest.mark.long
def test_a_square_that_stands_is_not_built_again_and_one_that_changed_is(
    built: tuple[Path, list[dict[str, Any]]], country: Path, tmp_path: Path
) -> None:
    told = built[1]
    folder = Path(shutil.copytree(built[0], tmp_path / "stores"))
    stamps = {file: file.stat().st_mtime_ns for file in folder.glob("*.gpkg")}
    (folder / told[1]["store"]).unlink()
    assert squares(country, folder) == told
    assert json.loads((folder / "squares.json").read_text("utf-8")) == told
    renewed = {file for file in folder.glob("*.gpkg") if file.stat().st_mtime_ns != stamps[file]}
    assert renewed == {folder / told[1]["store"]}
    other = squares(country, folder, options=Options(draws=4, max_range_m=RANGE_M))
    assert {square["build_id"] for square in other}.isdisjoint(square["build_id"] for square in told)
    assert not [file for file in folder.iterdir() if file.name.startswith(".")]


@settings(max_examples=50)
@given(
    st.lists(st.tuples(st.floats(-179, 179), st.floats(-80, 80)), min_size=1, max_size=40),
    st.floats(1, 80),
    st.integers(1, 10),
)
def test_every_camera_stands_in_one_square(places: list[tuple[float, float]], side: float, most: int) -> None:
    lon, lat = np.array(places).T
    found = squares_of(lon, lat, side_km=side, least_km=0.01, most=most)
    assert sum(square.cameras for square in found) == len(places)
    assert len({square.name for square in found}) == len(found)
    for x, y in places:
        held = [s for s in found if shapely.box(*grown(s.rectangle, 1e-6)).intersects(shapely.Point(x, y))]
        assert held
    crowded = [square for square in found if square.cameras > most]
    assert all((s.rectangle.north - s.rectangle.south) * 111 < 0.03 for s in crowded)


def test_rows_without_ids_keep_the_number_that_they_have_in_the_whole_file(
    country: Path, tmp_path: Path
) -> None:
    file = country / "town.gpkg"
    every = gpd.read_file(file)
    west, south, east, north = every.to_crs("OGC:CRS84").total_bounds
    cut_spaces(file, Rectangle(west, south, (west + east) / 2, (south + north) / 2), tmp_path / "part.gpkg")
    part = gpd.read_file(tmp_path / "part.gpkg", layer="buildings")
    assert 0 < len(part) < len(every)
    assert part.geometry.geom_equals(every.geometry.iloc[part["id"] - 1].reset_index(drop=True)).all()


def _fails(call: Callable[[], object], kind: type[Exception], words: str) -> None:
    with pytest.raises(kind, match=words) as refused:
        call()
    assert "\n" not in str(refused.value)


def test_files_that_can_not_be_cut_are_refused_in_one_line(country: Path, tmp_path: Path) -> None:
    everywhere = Rectangle(-180, -89, 180, 89)
    plain = tmp_path / "town.geojson"
    gpd.read_file(country / "town.gpkg").to_crs("OGC:CRS84").to_file(plain)
    _fails(lambda: cut_spaces(plain, everywhere, tmp_path / "a.gpkg"), SpacesError, "no spatial index")
    _fails(
        lambda: cut_spaces(tmp_path / "no.gpkg", everywhere, tmp_path / "a.gpkg"), SpacesError, "no such file"
    )
    _fails(lambda: camera_places(plain), TableError, "no column camera_id")
    (tmp_path / "junk.fgb").write_bytes(b"junk")
    _fails(lambda: camera_places(tmp_path / "junk.fgb"), TableError, "can't be read")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.gpkg").write_bytes(b"mine")
    _fails(lambda: squares(country, tmp_path / "full"), UsageError, "holds stores that no squares.json lists")
    assert (tmp_path / "full" / "mine.gpkg").read_bytes() == b"mine"
