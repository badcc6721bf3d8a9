"""Whole towns furnished: the invented one, and a real one."""

from __future__ import annotations

from pathlib import Path

import pytest

from visavis.datasets import model_town
from visavis.model.crs import local_crs
from visavis.readers.spaces import Built, read_spaces
from visavis.spaces import Furnished, furnish


def furnished(world: Built) -> Furnished:
    west, south, east, north = world.buildings.total_bounds
    crs = local_crs([west, east], [south, north])
    return furnish(*(part.to_crs(crs) for part in (world.buildings, world.grounds, world.entrances)))


def test_the_model_town_s_homes_have_their_gardens_doors_and_courtyard() -> None:
    world = read_spaces(model_town() / "town.osm")
    made = furnished(world)
    spaces = made.spaces
    assert spaces["space_id"].str.startswith("building/").sum() == len(world.buildings)
    gardens = spaces[spaces["space_id"].str.startswith("ground/")]
    assert len(gardens) == len(world.grounds)
    # Each lies along a home of its own, but for two that are drawn over the corner of another's.
    house = spaces.set_index("space_id").geometry["building/" + gardens["building_id"]]
    assert (gardens.distance(house, align=False) < 0.1).all()
    assert gardens["building_id"].nunique() >= len(gardens) - 2
    assert spaces["space_id"].str.startswith("courtyard/").sum() == 1
    homes = set(spaces.loc[spaces["kind"] == "dwelling_facade", "building_id"])
    doors = spaces[spaces["kind"] == "dwelling_entrance"]
    assert set(doors["building_id"]) <= homes
    told = world.entrances[~world.entrances["entrance"].isin(["shop"])]
    own = told["entrance_id"].isin(doors["space_id"].str.removeprefix("entrance/"))
    assert own[told["entrance"] == "home"].all()
    kinds = spaces.set_index("building_id")["kind"]
    words = world.buildings.set_index("building_id")["building"]
    assert set(kinds[words.index[words == "church"]]) == {"sensitive_place"}
    assert set(kinds[words.index[words == "garage"]]) == {"other_private"}


@pytest.mark.slow
@pytest.mark.shared
def test_geneva_is_furnished_whole(shared: Path) -> None:
    world = read_spaces(shared / "data" / "geneva_osm" / "geneva.osm.pbf")
    made = furnished(world)
    spaces = made.spaces
    thin = [finding for finding in made.findings if finding.code == "spaces.footprint-without-area"]
    houses = spaces[spaces["space_id"].str.startswith("building/")]
    assert len(houses) + len(thin) == len(world.buildings)
    assert (houses["base_m"] < houses["height_m"]).all()
    assert spaces.is_valid.all()
    # What is told is used: a building has a default height only where it has none of its own.
    told = world.buildings["height_m"].notna() | world.buildings["levels"].notna()
    assumed = houses["assumed"].fillna("").str.contains("height_m=default")
    assert len(houses) - int(assumed.sum()) == int(told.sum())
    left = {
        finding.code: int(finding.figures["count"]) for finding in made.findings if "count" in finding.figures
    }
    gardens = spaces["space_id"].str.startswith("ground/").sum()
    assert gardens + left["spaces.garden-untold"] + left["spaces.ground-covered"] == len(world.grounds)
    private = spaces[spaces["kind"].isin(["dwelling_entrance"])]
    assert private["building_id"].isin(houses.loc[houses["kind"] == "dwelling_facade", "building_id"]).all()
