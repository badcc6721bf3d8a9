"""Streets for vehicles from OpenStreetMap, cut where they meet."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.readers.maps import nodes, way, written

from visavis.datasets import model_town
from visavis.model.errors import SpacesError
from visavis.readers.osm_roads import read_roads

NODES = nodes(1, [(6.1 + number / 1000, 46.2) for number in range(7)])


def test_streets_are_cut_where_they_meet_and_where_they_cross_themselves(tmp_path: Path) -> None:
    ways = way(10, [1, 2, 3], {"highway": "residential", "name": "A"}) + way(
        11, [2, 4, 5, 4], {"highway": "service"}
    )
    roads = read_roads([written(tmp_path, NODES + ways)])
    assert roads["road_id"].tolist() == [f"osm:way/{each}" for each in ("10#1", "10#2", "11#1", "11#2")]
    assert roads["from_node"].tolist()[:3] == ["osm:node/1", "osm:node/2", "osm:node/2"]
    assert roads["name"].tolist()[0] == "A"


def test_what_is_closed_to_vehicles_is_no_street(tmp_path: Path) -> None:
    ways = "".join(
        way(10 + number, [1, 2], tags)
        for number, tags in enumerate(
            (
                {"highway": "footway"},
                {"highway": "service", "access": "private"},
                {"highway": "residential", "motor_vehicle": "no"},
                {"highway": "service", "area": "yes"},
                {"highway": "residential", "access": "no", "motor_vehicle": "destination"},
            )
        )
    )
    assert read_roads([written(tmp_path, NODES + ways)])["road_id"].tolist() == ["osm:way/14#1"]


def test_overlapping_extracts_give_a_street_once_and_other_files_none(tmp_path: Path) -> None:
    town = model_town() / "town.osm"
    once = read_roads([town])
    assert len(read_roads([town, town])) == len(once) > 11
    assert read_roads([tmp_path / "houses.gpkg"]).empty


def test_a_spoilt_extract_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.osm.pbf").write_bytes(b"\x00\x00\x00\x0d\x0a\x09OSMHeader")
    with pytest.raises(SpacesError, match=r"x\.osm\.pbf"):
        read_roads([tmp_path / "x.osm.pbf"])
