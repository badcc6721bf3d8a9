"""Ways from one place where a plate could be read to the next, along the streets."""

from __future__ import annotations

import json

import geopandas as gpd
import pytest
from tests.following.lanes import DOSSIER, cameras, read, roads, views

from visavis.following import Followed, findings_of, follow

STREET = [(0.0, 0.0), (200.0, 0.0)]
HALVES = ([(0.0, 0.0), (100.0, 0.0)], [(100.0, 0.0), (200.0, 0.0)])
SIDE = [(100.0, 0.0), (100.0, 80.0)]


def followed(streets: gpd.GeoDataFrame, *places: tuple[float, float]) -> Followed:
    watching = cameras(*places)
    return follow(read(watching, views(watching), streets), streets)


def test_two_cameras_on_one_street_follow_a_vehicle_from_one_to_the_other() -> None:
    found = followed(roads(STREET), (20, 0), (150, 0))
    way = found.ways.iloc[0]
    assert (len(found.ways), way["camera_from"], way["camera_to"]) == (1, "c0", "c1")
    assert (way["turnings"], way["sureness"], way["streets"]) == (0, "certain", "Rue 0")
    # Each reads up to 16 m to both sides of it.
    assert way["length_m"] == pytest.approx(130 - 2 * 16.16, abs=5)
    assert way.geometry.length == pytest.approx(way["length_m"], abs=0.5)
    assert found.chains == {DOSSIER: 2}


def test_a_crossing_between_is_told_as_a_place_to_turn_off() -> None:
    found = followed(roads(*HALVES, SIDE), (40, 0), (160, 0))
    assert found.ways["turnings"].tolist() == [1]
    assert found.ways["streets"].tolist() == ["Rue 0;Rue 1"]


def test_a_street_that_goes_on_under_another_number_is_no_crossing() -> None:
    assert followed(roads(*HALVES), (40, 0), (160, 0)).ways["turnings"].tolist() == [0]


def test_a_third_camera_between_parts_the_way_in_two() -> None:
    found = followed(roads(STREET), (20, 0), (100, 0), (180, 0))
    assert set(found.ways["way_id"]) == {"c0>c1", "c1>c2"}
    assert found.chains == {DOSSIER: 3}


def test_cameras_that_read_the_same_place_are_joined_by_no_way() -> None:
    assert followed(roads(STREET), (100, 0), (101, 0)).ways.empty


def test_places_that_are_too_far_apart_or_not_joined_by_a_street_are_not_followed() -> None:
    far = roads([(0.0, 0.0), (900.0, 0.0)])
    assert followed(far, (20, 0), (880, 0)).ways.empty
    apart = roads([(0.0, 0.0), (80.0, 0.0)], [(120.0, 0.0), (200.0, 0.0)])
    found = followed(apart, (40, 0), (160, 0))
    assert found.ways.empty
    assert found.chains == {DOSSIER: 1}


def test_the_shorter_of_two_streets_between_the_same_crossings_is_the_way() -> None:
    bow = [(60.0, 0.0), (100.0, 60.0), (140.0, 0.0)]
    streets = roads([(0.0, 0.0), (60.0, 0.0)], [(60.0, 0.0), (140.0, 0.0)], bow, [(140.0, 0.0), (200.0, 0.0)])
    way = followed(streets, (20, 0), (180, 0)).ways.iloc[0]
    assert way["streets"] == "Rue 0;Rue 1;Rue 3"
    assert way["turnings"] == 2


@pytest.mark.slow
def test_coverage_is_the_share_of_street_on_which_a_plate_could_be_read() -> None:
    found = followed(roads(STREET, [(0.0, 500.0), (200.0, 500.0)]), (100, 0))
    assert found.streets_m == pytest.approx(400)
    assert found.coverage(DOSSIER) == pytest.approx(2 * (16.16 - 6.93) / 400, abs=0.02)
    twice = followed(roads(STREET), (100, 0), (100, 0))
    assert twice.coverage(DOSSIER) == pytest.approx(followed(roads(STREET), (100, 0)).coverage(DOSSIER))


def test_what_is_found_is_told_with_its_figures_in_both_languages() -> None:
    streets = roads(*HALVES, SIDE)
    watching = cameras((40, 0), (160, 0))
    readings = read(watching, views(watching), streets)
    found = {each.code: each for each in findings_of(readings, follow(readings, streets), watching)}
    plates, ways = found["plates.could-be-read"], found["plates.way-could-be-followed"]
    assert (plates.rule_id, plates.figures["cameras"], plates.figures["certain"]) == ("fr-plates", 2, 2)
    assert (ways.figures["ways"], ways.figures["straight"], ways.figures["chain"]) == (1, 0, 2)
    for each in found.values():
        assert json.dumps(dict(each.figures))
        assert "to be checked on site" in each.text_en.lower()
        assert "vérifier sur place" in each.text_fr
        assert "violat" not in each.text_en


def test_where_the_spaces_hold_no_streets_that_is_told_and_not_taken_for_no_plates() -> None:
    watching = cameras((0, 0))
    readings = read(watching, views(watching), roads())
    (told,) = findings_of(readings, follow(readings, roads()), watching)
    assert told.code == "plates.no-streets"
    assert findings_of(readings, follow(readings, roads()), watching.iloc[:0]) == ()
