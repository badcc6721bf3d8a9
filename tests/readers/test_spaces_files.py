"""Files of buildings that GDAL reads, and several files as one world."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
import shapely
from tests.readers.maps import SQUARE, square, written

from visavis.model.errors import SpacesError
from visavis.readers.osm import read_osm
from visavis.readers.spaces import Built, merge_spaces, read_spaces
from visavis.spaces import furnish

HOUSE = shapely.box(6.0, 46.0, 6.001, 46.001)
BOW_TIE = shapely.Polygon([(6.0, 46.0), (6.001, 46.001), (6.001, 46.0), (6.0, 46.001)])


def layer(*rows: dict[str, Any]) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame([{"geometry": HOUSE, **row} for row in rows], crs="EPSG:4326")


def saved(path: Path, **layers: gpd.GeoDataFrame) -> Path:
    for name, frame in layers.items():
        frame.to_file(path, layer=name, engine="pyogrio")
    return path


def codes(built: Built) -> list[str]:
    return [finding.code for finding in built.findings]


def test_columns_with_openstreetmap_s_names_are_read_as_its_tags(tmp_path: Path) -> None:
    row = {
        "building": "house",
        "height": "7,5 m",
        "building:levels": 2,
        "roof:levels": "1",
        "min_height": 1.5,
        "addr:housenumber": "3",
        "addr:street": "Rue Haute",
        "name": "",
    }
    built = read_spaces(saved(tmp_path / "town.gpkg", buildings=layer(row)))
    got = built.buildings.iloc[0]
    assert (got["building"], got["height_m"], got["levels"], got["base_m"]) == ("house", 7.5, 3, 1.5)
    assert got["address"] == "3 Rue Haute"
    assert built.buildings["name"].isna().all()
    assert built.findings == ()
    assert built.sources[0].title == "town.gpkg"


def test_gardens_and_entrances_are_read_from_their_layers(tmp_path: Path) -> None:
    file = saved(
        tmp_path / "town.gpkg",
        buildings=layer({"building": "house"}),
        gardens=layer({"access": "private"}, {"access": "yes"}),
        entrances=layer({"entrance": "home", "geometry": shapely.Point(6, 46)}, {"geometry": None}),
    )
    built = read_spaces(file)
    assert built.grounds[["ground", "access"]].to_numpy().tolist() == [["garden", "private"]]
    assert built.entrances["entrance"].tolist() == ["home"]
    assert codes(built) == ["spaces.geometry-missing"]


@pytest.mark.parametrize("name", ["houses.geojson", "houses.fgb", "houses.gpkg", "houses.shp"])
def test_a_file_of_a_single_layer_is_one_of_buildings(tmp_path: Path, name: str) -> None:
    built = read_spaces(saved(tmp_path / name, houses=layer({"building": "yes", "height": 8.0})))
    assert built.buildings["height_m"].tolist() == [8]


def test_metres_of_another_crs_become_degrees(tmp_path: Path) -> None:
    swiss = layer({"building": "yes"}).to_crs("EPSG:2056")
    built = read_spaces(saved(tmp_path / "swiss.gpkg", buildings=swiss))
    assert built.buildings.crs == "OGC:CRS84"
    assert built.buildings.total_bounds == pytest.approx(HOUSE.bounds, abs=1e-7)


def test_a_self_crossing_outline_is_repaired_and_told_by_its_row(tmp_path: Path) -> None:
    file = saved(
        tmp_path / "a.gpkg", buildings=layer({"building": "yes"}, {"building": "yes", "geometry": BOW_TIE})
    )
    built = read_spaces(file)
    assert built.buildings.is_valid.all()
    assert built.buildings.geometry.iloc[1].area == pytest.approx(HOUSE.area / 2)
    assert codes(built) == ["spaces.geometry-repaired"]
    assert built.findings[0].subjects == (built.buildings["building_id"].iloc[1],)


def test_a_row_without_an_area_is_told_and_left_out(tmp_path: Path) -> None:
    file = saved(
        tmp_path / "a.gpkg", buildings=layer({"building": "yes"}, {"building": "yes", "geometry": None})
    )
    built = read_spaces(file)
    assert len(built.buildings) == 1
    assert codes(built) == ["spaces.geometry-missing"]


def test_a_height_that_can_not_be_read_is_told(tmp_path: Path) -> None:
    built = read_spaces(saved(tmp_path / "a.gpkg", buildings=layer({"building": "yes", "height": "tall"})))
    assert built.buildings["height_m"].isna().all()
    assert codes(built) == ["osm.tag-unread"]
    assert "height=tall" in built.findings[0].text_en


def test_buildings_that_say_nothing_are_told_once(tmp_path: Path) -> None:
    built = read_spaces(saved(tmp_path / "a.gpkg", buildings=layer({"colour": "red"}, {"colour": "blue"})))
    assert codes(built) == ["spaces.columns-missing"]


@pytest.mark.parametrize("own", [[4, 9], ["w4", "w9"]])
def test_ids_of_the_file_are_kept_behind_its_name(tmp_path: Path, own: list[object]) -> None:
    rows = [{"building": "yes", "osm_id": each} for each in own]
    built = read_spaces(saved(tmp_path / "north.gpkg", buildings=layer(*rows)))
    assert built.buildings["building_id"].tolist() == [f"north:building/{each}" for each in own]


def test_ids_that_are_no_ids_give_way_to_the_row_s_number(tmp_path: Path) -> None:
    rows = [{"building": "yes", "osm_id": 4}, {"building": "yes", "osm_id": 4}]
    built = read_spaces(saved(tmp_path / "north.gpkg", buildings=layer(*rows)))
    assert built.buildings["building_id"].tolist() == ["north:building/1", "north:building/2"]


def no_database(path: Path) -> None:
    path.write_text("not a database")


def empty(path: Path) -> None:
    path.write_bytes(b"")


def truncated(path: Path) -> None:
    saved(path, buildings=layer(*[{"building": "yes", "note": "x" * 500}] * 200))
    path.write_bytes(path.read_bytes()[:3000])


def other_layers(path: Path) -> None:
    saved(path, roads=layer({"a": 1}), rivers=layer({"a": 1}))


def no_crs(path: Path) -> None:
    saved(path, buildings=layer({"building": "yes"}).set_crs(None, allow_override=True))


def only_points(path: Path) -> None:
    saved(path, buildings=layer({"building": "yes", "geometry": shapely.Point(6, 46)}))


def wrong_crs(path: Path) -> None:
    far = gpd.GeoDataFrame(
        {"building": ["yes"]}, geometry=[shapely.box(5e5, 1e5, 5.1e5, 1.1e5)], crs="EPSG:4326"
    )
    saved(path, buildings=far)


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (no_database, "GDAL"),
        (empty, "GDAL"),
        (truncated, "read"),
        (other_layers, "only roads, rivers"),
        (no_crs, "CRS"),
        (only_points, "no areas"),
        (wrong_crs, "outside"),
    ],
)
@pytest.mark.filterwarnings("ignore:.*crs.*was not provided:UserWarning")
def test_a_file_that_is_no_world_is_refused_in_one_line(tmp_path: Path, spoil: Any, words: str) -> None:
    file = tmp_path / "town.gpkg"
    spoil(file)
    with pytest.raises(SpacesError, match=words) as refused:
        read_spaces(file)
    assert "town.gpkg" in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SpacesError, match="no such file"):
        read_spaces(tmp_path / "nowhere.gpkg")


def test_cameras_of_an_extract_are_no_matter_of_its_buildings(tmp_path: Path) -> None:
    body = (
        square({"building": "yes"})
        + "<node id='90' lat='0' lon='0'><tag k='man_made' v='surveillance'/></node>"
    )
    file = written(tmp_path, body)
    assert [finding.code for finding in read_osm(file).findings] == ["osm.type-untold"]
    assert read_spaces(file).findings == ()


def world(folder: Path, name: str, *shapes: shapely.Geometry, **more: Any) -> Built:
    rows = [{"building": "yes", "geometry": shape, **more} for shape in shapes]
    return read_spaces(saved(folder / f"{name}.gpkg", buildings=layer(*rows)))


def test_of_two_files_the_first_wins_where_they_overlap(tmp_path: Path) -> None:
    beside = shapely.box(6.001, 46.0, 6.002, 46.001)
    shifted = shapely.affinity.translate(HOUSE, 4e-4)
    merged = merge_spaces([world(tmp_path, "a", HOUSE), world(tmp_path, "b", shifted, beside)])
    assert merged.buildings["source_id"].tolist() == ["file/a.gpkg", "file/b.gpkg"]
    assert merged.buildings.geometry.iloc[1].equals(beside)
    assert codes(merged) == ["spaces.source-won"]
    assert "a.gpkg" in merged.findings[0].text_en
    assert [source.title for source in merged.sources] == ["a.gpkg", "b.gpkg"]


def test_a_block_gives_way_to_the_houses_that_it_is_made_of(tmp_path: Path) -> None:
    halves = [shapely.box(6.0, 46.0, 6.0005, 46.001), shapely.box(6.0005, 46.0, 6.001, 46.001)]
    merged = merge_spaces([world(tmp_path, "a", *halves), world(tmp_path, "b", HOUSE)])
    assert len(merged.buildings) == 2
    merged = merge_spaces([world(tmp_path, "c", HOUSE), world(tmp_path, "d", *halves)])
    assert len(merged.buildings) == 1


def test_a_shed_in_the_first_file_does_not_hide_the_house_around_it(tmp_path: Path) -> None:
    shed = shapely.box(6.0, 46.0, 6.0001, 46.0001)
    merged = merge_spaces([world(tmp_path, "a", shed), world(tmp_path, "b", HOUSE)])
    assert len(merged.buildings) == 2


def test_an_object_that_stands_in_two_extracts_counts_once(tmp_path: Path) -> None:
    garden = {"leisure": "garden", "access": "private"}
    body = square({"building": "yes"}) + square(
        garden, number=6, first=20, places=[(x + 1e-3, y) for x, y in SQUARE]
    )
    body += "<node id='90' lat='0' lon='0'><tag k='entrance' v='yes'/></node>"
    (tmp_path / "north").mkdir()
    once = read_spaces(written(tmp_path, body))
    twice = merge_spaces([once, read_spaces(written(tmp_path / "north", body))])
    for name in ("buildings", "grounds", "entrances"):
        assert len(getattr(once, name)) == len(getattr(twice, name)) == 1
    assert codes(twice) == ["spaces.source-won"] * 3


def test_one_file_alone_stays_as_it_is(tmp_path: Path) -> None:
    built = world(tmp_path, "a", HOUSE)
    assert merge_spaces([built]) is built


def test_two_files_of_one_name_with_different_houses_are_refused(tmp_path: Path) -> None:
    (tmp_path / "north").mkdir()
    far = shapely.affinity.translate(HOUSE, 0.01)
    with pytest.raises(SpacesError, match="a:building/1"):
        merge_spaces([world(tmp_path, "a", HOUSE), world(tmp_path / "north", "a", far)])


def test_a_file_without_a_building_is_a_world_without_one(tmp_path: Path) -> None:
    file = tmp_path / "empty.geojson"
    file.write_text('{"type": "FeatureCollection", "features": []}', "utf-8")
    built = read_spaces(file)
    assert built.buildings.empty
    metric = [table.to_crs("EPSG:2154") for table in (built.buildings, built.grounds, built.entrances)]
    assert furnish(*metric).spaces.empty


def test_a_column_of_numbers_and_words_is_read_without_a_warning(tmp_path: Path) -> None:
    rows = [("a", 9), ("b", "high"), ("c", 0), ("d", -4)]
    features = [
        {
            "type": "Feature",
            "properties": {"id": name, "building": "house", "height": height},
            "geometry": shapely.geometry.mapping(shapely.affinity.translate(HOUSE, 0.01 * at)),
        }
        for at, (name, height) in enumerate(rows)
    ]
    file = tmp_path / "mixed.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    built = read_spaces(file)
    assert built.buildings["height_m"].tolist() == pytest.approx([9.0, *[float("nan")] * 3], nan_ok=True)
    assert len(built.findings) == 3


def test_null_and_text_values_of_geojson_do_not_become_tags(tmp_path: Path) -> None:
    file = tmp_path / "a.geojson"
    feature = {
        "type": "Feature",
        "properties": {"building": "house", "height": None, "building:levels": "2"},
        "geometry": shapely.geometry.mapping(HOUSE),
    }
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), "utf-8")
    built = read_spaces(file)
    assert built.buildings["levels"].tolist() == [2]
    assert built.buildings["height_m"].isna().all()
    assert built.findings == ()
