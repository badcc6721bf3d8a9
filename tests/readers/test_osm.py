"""OpenStreetMap files: what stands in them is read, or told by its id."""

from __future__ import annotations

from pathlib import Path

import pytest
import shapely
from tests.readers.maps import (
    SQUARE,
    codes,
    node,
    nodes,
    read,
    relation,
    square,
    tagged,
    way,
    with_yard,
    written,
)

from visavis.datasets import model_town
from visavis.model.errors import SpacesError
from visavis.readers.osm import read_osm
from visavis.readers.osm_buildings import ground_of


def test_a_camera_on_a_node_stands_where_the_node_stands(tmp_path: Path) -> None:
    got = read(tmp_path, node(1, 6.1, 46.2, {"man_made": "surveillance", "surveillance:type": "camera"}))
    (place,) = got.cameras.geometry
    assert (place.x, place.y) == (6.1, 46.2)
    assert got.cameras.crs == "OGC:CRS84"
    assert got.cameras["position_sd_m"].isna().all()
    assert got.findings == ()


def test_cameras_of_untold_type_are_counted(tmp_path: Path) -> None:
    got = read(tmp_path, node(1, 6.1, 46.2, {"man_made": "surveillance"}))
    assert codes(got) == ["osm.type-untold"]
    assert "1 of 1" in got.findings[0].text_en


def test_a_camera_drawn_as_a_way_is_kept_at_its_middle(tmp_path: Path) -> None:
    camera = {"man_made": "surveillance", "surveillance:type": "camera"}
    got = read(tmp_path, nodes(1, SQUARE) + way(9, [1, 2, 3, 4, 1], camera))
    assert got.cameras["camera_id"].tolist() == ["osm:way/9"]
    assert codes(got) == ["osm.camera-not-a-point"]


def test_a_camera_drawn_as_a_relation_is_kept_at_its_middle(tmp_path: Path) -> None:
    got = read(tmp_path, with_yard({}, {"man_made": "surveillance", "surveillance:type": "camera"}))
    assert got.cameras["camera_id"].tolist() == ["osm:relation/7"]
    assert codes(got) == ["osm.camera-not-a-point"]


def test_a_camera_without_a_place_is_told(tmp_path: Path) -> None:
    camera = {"man_made": "surveillance"}
    got = read(tmp_path, node(1, 6.1, 95.0, camera) + way(9, [98, 99], camera))
    assert got.cameras.empty
    assert codes(got) == ["osm.place-missing"] * 2
    assert {finding.subjects[0] for finding in got.findings} == {"osm:node/1", "osm:way/9"}


def test_holes_of_relations_are_kept(tmp_path: Path) -> None:
    got = read(tmp_path, with_yard({}, {"building": "apartments"}))
    assert got.buildings["building_id"].tolist() == ["osm:relation/7"]
    (footprint,) = got.buildings.geometry
    assert len(footprint.interiors) == 1
    assert footprint.area == pytest.approx(1e-8 - 1.6e-9)
    assert got.findings == ()


def test_an_outer_way_tagged_like_its_relation_does_not_fill_the_hole(tmp_path: Path) -> None:
    got = read(tmp_path, with_yard({"building": "yes"}, {"building": "apartments"}))
    assert got.buildings["building_id"].tolist() == ["osm:relation/7"]
    assert codes(got) == ["osm.outline-double"]
    assert got.findings[0].subjects == ("osm:way/1", "osm:relation/7")


@pytest.mark.parametrize(
    ("refs", "code"),
    [
        ([1, 2, 3, 4], "osm.ring-open"),
        ([1, 2, 1], "osm.ring-without-area"),
        ([1, 2, 1, 2, 1], "osm.ring-without-area"),
        ([1, 2, 3, 99, 1], "osm.nodes-missing"),
    ],
)
def test_an_outline_that_makes_no_area_is_told_with_the_reason(
    tmp_path: Path, refs: list[int], code: str
) -> None:
    got = read(tmp_path, nodes(1, SQUARE) + way(5, refs, {"building": "yes"}))
    assert got.buildings.empty
    assert codes(got) == [code]
    assert "osm:way/5" in got.findings[0].text_en


def test_an_outline_that_crosses_itself_is_mended_and_told(tmp_path: Path) -> None:
    got = read(tmp_path, nodes(1, SQUARE) + way(5, [1, 2, 4, 3, 1], {"building": "yes"}))
    assert got.buildings["building_id"].tolist() == ["osm:way/5"]
    (footprint,) = got.buildings.geometry
    assert footprint.is_valid
    assert footprint.area == pytest.approx(0.5e-8)
    assert codes(got) == ["osm.ring-mended"]


def test_a_relation_with_broken_rings_is_told(tmp_path: Path) -> None:
    body = nodes(1, SQUARE) + way(1, [1, 2, 3, 4])
    got = read(tmp_path, body + relation(7, [(1, "outer")], {"type": "multipolygon", "building": "yes"}))
    assert got.buildings.empty
    assert codes(got) == ["osm.rings-broken"]
    assert got.findings[0].subjects == ("osm:relation/7",)


def test_a_building_that_is_a_point_is_told(tmp_path: Path) -> None:
    got = read(tmp_path, node(1, 6.1, 46.2, {"building": "house"}))
    assert got.buildings.empty
    assert codes(got) == ["osm.not-an-area"]


@pytest.mark.parametrize(
    ("tags", "code"),
    [
        ({"building": "demolished"}, "osm.building-absent"),
        ({"building": "yes", "location": "underground"}, "osm.building-underground"),
    ],
)
def test_what_does_not_stand_above_ground_is_told_and_left_out(
    tmp_path: Path, tags: dict[str, str], code: str
) -> None:
    got = read(tmp_path, square(tags))
    assert got.buildings.empty
    assert codes(got) == [code]


def test_a_building_on_a_lower_layer_is_kept_and_told(tmp_path: Path) -> None:
    got = read(tmp_path, square({"building": "yes", "layer": "-1"}))
    assert len(got.buildings) == 1
    assert codes(got) == ["osm.building-lower-layer"]


def test_building_no_says_that_there_is_none(tmp_path: Path) -> None:
    got = read(tmp_path, square({"building": "no"}))
    assert got.buildings.empty
    assert got.findings == ()


def test_parts_of_buildings_are_not_buildings_and_keep_their_heights(tmp_path: Path) -> None:
    tags = {"building:part": "yes", "height": "20", "building:min_level": "1"}
    got = read(tmp_path, square(tags))
    assert got.buildings.empty
    assert got.findings == ()
    (part,) = got.parts.to_dict("records")
    assert (part["part_id"], part["part"], part["height_m"], part["base_m"]) == (
        "osm:way/5",
        "yes",
        20.0,
        3.0,
    )


def test_a_building_that_is_tagged_as_its_own_part_is_a_building(tmp_path: Path) -> None:
    got = read(tmp_path, square({"building": "house", "building:part": "yes"}))
    assert len(got.buildings) == 1
    assert got.parts.empty
    assert read(tmp_path, square({"building:part": "no"})).parts.empty


@pytest.mark.parametrize(
    ("tags", "width", "clear"),
    [
        ({}, None, None),
        ({"width": "2,5", "maxheight": "3.8"}, 2.5, 3.8),
        ({"maxheight": "3.5", "maxheight:physical": "4.1", "est_width": "6"}, 6.0, 4.1),
        ({"maxheight": "default", "width": "400"}, None, None),
    ],
)
def test_a_way_under_a_building_is_a_passage(
    tmp_path: Path, tags: dict[str, str], width: float | None, clear: float | None
) -> None:
    line = {"highway": "service", "tunnel": "building_passage", **tags}
    got = read(tmp_path, nodes(1, SQUARE) + way(9, [1, 2, 3], line))
    (passage,) = got.passages.astype(object).where(got.passages.notna(), None).to_dict("records")
    assert (passage["passage_id"], passage["way"]) == ("osm:way/9", "service")
    assert (passage["width_m"], passage["clear_m"]) == (width, clear)
    assert len(passage["geometry"].coords) == 3


@pytest.mark.parametrize("tags", [{"tunnel": "yes", "highway": "service"}, {"tunnel": "building_passage"}])
def test_other_tunnels_are_no_passages(tmp_path: Path, tags: dict[str, str]) -> None:
    assert read(tmp_path, nodes(1, SQUARE) + way(9, [1, 2, 3], tags)).passages.empty


@pytest.mark.parametrize(
    ("tags", "use", "floor"),
    [
        ({"shop": "bakery"}, "shop", None),
        ({"amenity": "restaurant", "level": "0"}, "shop", 0.0),
        ({"amenity": "doctors", "level": "2"}, "doctors", 2.0),
        ({"office": "political_party"}, "political_party", None),
        ({"craft": "tailor", "level": "0;1"}, "shop", None),
    ],
)
def test_what_is_in_a_building_is_read_from_points(
    tmp_path: Path, tags: dict[str, str], use: str, floor: float | None
) -> None:
    (row,) = read(tmp_path, node(3, 0.0, 0.0, tags)).uses.to_dict("records")
    assert row["use"] == use
    assert row["floor"] == floor or (floor is None and row["floor"] != row["floor"])


def test_a_vacant_shop_is_no_use(tmp_path: Path) -> None:
    assert read(tmp_path, node(3, 0.0, 0.0, {"shop": "vacant"})).uses.empty


def test_heights_levels_and_addresses_are_read(tmp_path: Path) -> None:
    tags = {
        "building": "house",
        "height": "7,5 m",
        "building:levels": "2",
        "roof:levels": "1",
        "building:min_level": "1",
        "building:flats": "4",
        "addr:housenumber": "3bis",
        "addr:street": "Rue Haute",
    }
    row = read(tmp_path, square(tags)).buildings.iloc[0]
    assert (row["height_m"], row["levels"], row["base_m"], row["flats"]) == (7.5, 3, 3, 4)
    assert row["address"] == "3bis Rue Haute"


@pytest.mark.parametrize(
    ("tag", "value"),
    [
        ("building:levels", "1;3"),
        ("building:levels", "0"),
        ("building:min_level", "-1"),
        ("height", "0"),
        ("height", "high"),
        ("height", "5000"),
        ("min_height", "-3"),
        ("building:flats", "many"),
    ],
)
def test_a_measure_that_can_not_be_is_told(tmp_path: Path, tag: str, value: str) -> None:
    got = read(tmp_path, square({"building": "yes", tag: value}))
    row = got.buildings.iloc[0]
    assert row[["height_m", "levels", "base_m", "flats"]].isna().all()
    assert codes(got) == ["osm.tag-unread"]
    assert f"{tag}={value}" in got.findings[0].text_en


def test_house_numbers_on_nodes_are_the_building_s_where_it_has_none(tmp_path: Path) -> None:
    def numbered(number: int, lon: float, house: str) -> str:
        return node(number, lon, 5e-5, {"addr:housenumber": house, "addr:street": "Rue Haute"})

    inside = numbered(20, 4e-5, "12") + numbered(21, 5e-5, "2") + numbered(22, 5e-5, "2")
    outside = numbered(23, 3e-4, "99")
    got = read(tmp_path, square({"building": "yes"}) + inside + outside)
    assert got.buildings["address"].tolist() == ["2 Rue Haute; 12 Rue Haute"]
    own = {"building": "yes", "addr:housenumber": "7", "addr:street": "Rue Basse"}
    got = read(tmp_path, square(own) + inside)
    assert got.buildings["address"].tolist() == ["7 Rue Basse"]


def test_entrances_are_read_with_their_word(tmp_path: Path) -> None:
    body = node(1, 6.1, 46.2, {"entrance": "home", "addr:housenumber": "4"}) + node(
        2, 6.1, 46.2, {"entrance": "no"}
    )
    got = read(tmp_path, body)
    assert got.entrances[["entrance_id", "entrance", "address"]].to_numpy().tolist() == [
        ["osm:node/1", "home", "4"]
    ]


@pytest.mark.parametrize(
    ("tags", "ground"),
    [
        ({"leisure": "garden", "garden:type": "residential"}, "residential_garden"),
        ({"leisure": "garden", "access": "private"}, "garden"),
        ({"leisure": "garden"}, "garden"),
        ({"leisure": "garden", "access": "yes"}, None),
        ({"leisure": "garden", "garden:type": "community"}, None),
        ({"place": "courtyard", "access": "private"}, "courtyard"),
        ({"place": "courtyard"}, None),
        ({"leisure": "swimming_pool", "access": "private"}, "swimming_pool"),
        ({"landuse": "grass", "access": "private"}, "grass"),
        ({"landuse": "grass"}, None),
        ({"landuse": "residential", "access": "private"}, None),
    ],
)
def test_a_ground_is_private_where_its_tags_say_so_or_leave_it_open(
    tmp_path: Path, tags: dict[str, str], ground: str | None
) -> None:
    assert ground_of(tags) == ground
    got = read(tmp_path, square(tags))
    assert got.grounds["ground"].tolist() == ([ground] if ground else [])
    assert got.findings == ()


@pytest.mark.parametrize(
    "content", [b"", b"no xml", b"<osm version='0.6'><node id='1'", b"<gpx></gpx>", b"\x00\x01\x02"]
)
@pytest.mark.parametrize("name", ["a.osm", "a.osm.pbf"])
def test_a_file_that_is_no_osm_file_is_refused_in_one_line(tmp_path: Path, content: bytes, name: str) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(SpacesError) as refused:
        read_osm(file)
    assert str(file) in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("<node id='zz' lat='46' lon='6'/>", "zz"),
        ("<node id='1' lat='46' lon='foo'/>", "foo"),
        (nodes(1, SQUARE) + way(-5, [1, 2, 3, 4, 1], {"building": "yes"}), "negative ids"),
        (node(1, 6.1, 46.2, {"entrance": "yes"}) * 2, "osm:node/1"),
    ],
)
def test_ids_and_places_that_are_none_are_refused_by_name(tmp_path: Path, body: str, words: str) -> None:
    with pytest.raises(SpacesError, match=words) as refused:
        read_osm(written(tmp_path, body))
    assert "a.osm" in str(refused.value)


def test_a_history_of_the_map_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.osm"
    file.write_text(f"<osmChange version='0.6'><create>{node(1, 6, 46)}</create></osmChange>", "utf-8")
    with pytest.raises(SpacesError, match="history"):
        read_osm(file)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SpacesError, match="no such file"):
        read_osm(tmp_path / "nowhere.osm")


def test_the_source_says_whose_data_it_is(tmp_path: Path) -> None:
    source = read(tmp_path, tagged({})).source
    assert (source.licence, source.attribution) == ("ODbL-1.0", "© OpenStreetMap contributors")
    assert source.sha256 is not None
    assert len(source.sha256) == 64
    assert not source.invented


def test_the_model_town_is_read_whole_and_says_that_it_is_invented() -> None:
    got = read_osm(model_town() / "town.osm")
    assert got.source.invented
    assert got.source.licence == "CC0-1.0"
    assert len(got.buildings) >= 140
    assert got.findings == ()
    assert got.buildings.is_valid.all()
    assert any(len(shapely.get_parts(f)[0].interiors) for f in got.buildings.geometry)
