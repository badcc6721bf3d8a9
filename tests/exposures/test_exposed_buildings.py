"""Exposures summed by building: what holds, whatever the exposures."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.exposures.exposed_town import cameras, exposed, house, part, sightings, spaces

TOWN = spaces(
    house("a", name="Hill House", address="1 Hill", geometry=shapely.box(0, 0, 10, 10)),
    house("b", kind="other_private", use_confidence=0.5, geometry=shapely.box(20, 0, 30, 10)),
    house("town-hall", kind="public", geometry=shapely.box(40, 0, 50, 10)),
    part("dwelling_entrance", "a-door", "a", geometry=shapely.Point(5, 0)),
    part("private_ground", "a-garden", "a"),
    part("private_ground", "hall-court", "town-hall"),
    part("private_ground", "nobody's", None),
)
EYES = cameras(
    {"camera_id": "k1"},
    {"camera_id": "k2", "azimuth_deg": None, "azimuth_sd_deg": None},
    {"camera_id": "p", "kind": "ptz"},
)
RANK = {"possible": 0, "likely": 1, "certain": 2}


def summed(*seen: dict[str, Any]) -> Any:
    return exposed(EYES, TOWN, sightings(TOWN, *seen)).exposed_buildings.set_index("building_id")


def test_entrances_and_gardens_count_towards_their_building() -> None:
    row = summed(
        {"camera_id": "k1", "target_id": "private_ground/a-garden", "probability": 0.6, "px_per_m": 20.0},
        {"camera_id": "p", "target_id": "dwelling_entrance/a-door", "probability": 0.97, "px_per_m": 130.0},
    ).loc["a"]
    assert (row["cameras"], row["camera_ids"]) == (2, "p;k1")
    assert (row["sureness"], row["probability"]) == ("certain", 0.97)
    assert (row["px_per_m"], row["level"]) == (130.0, "recognise")
    assert row["rule_ids"] == "fr-entrance"
    assert (row["kind"], row["name"], row["address"]) == ("dwelling_facade", "Hill House", "1 Hill")
    assert row["geometry"].equals(shapely.box(0, 0, 10, 10))


def test_a_camera_counts_once_whatever_its_modes() -> None:
    row = summed(
        {"camera_id": "p", "target_id": "building/a", "mode": "now", "probability": 0.2},
        {"camera_id": "p", "target_id": "building/a", "mode": "reach", "probability": 0.99},
    ).loc["a"]
    assert row[["cameras", "cameras_certain", "cameras_likely", "cameras_possible"]].tolist() == [1, 1, 0, 0]
    assert row["sureness"] == "certain"


def test_cameras_are_named_surest_first_then_by_probability() -> None:
    row = summed(
        {"camera_id": "k1", "target_id": "building/a", "probability": 0.6},
        {"camera_id": "k2", "target_id": "building/a", "probability": 0.99},
        {"camera_id": "p", "target_id": "building/a", "mode": "now", "probability": 0.55},
    ).loc["a"]
    assert row["camera_ids"] == "k1;p;k2"
    assert row[["cameras_certain", "cameras_likely", "cameras_possible"]].tolist() == [0, 2, 1]
    assert (row["sureness"], row["probability"]) == ("likely", 0.99)


def test_rules_of_all_its_spaces_are_named_once() -> None:
    rows = summed(
        {"camera_id": "k1", "target_id": "building/a"},
        {"camera_id": "p", "target_id": "building/a", "mode": "now"},
        {"camera_id": "k1", "target_id": "dwelling_entrance/a-door"},
        {"camera_id": "k1", "target_id": "building/b"},
    )
    assert rows["rule_ids"].fillna("").to_dict() == {"a": "fr-entrance;fr-facade", "b": ""}
    assert rows["use_confidence"].to_dict() == {"a": 0.9, "b": 0.5}


def test_only_private_buildings_are_told_and_a_garden_of_no_building_is_none() -> None:
    seen = sightings(
        TOWN,
        *(
            {"camera_id": "k1", "target_id": target}
            for target in ("building/town-hall", "private_ground/hall-court", "private_ground/nobody's")
        ),
    )
    result = exposed(EYES, TOWN, seen)
    assert len(result.exposures) == 2
    assert len(result.exposed_buildings) == 0


@pytest.mark.slow
def test_forty_thousand_sightings_of_a_hundred_houses_are_a_hundred_rows() -> None:
    eyes = cameras(*({"camera_id": f"k{n}", "assumed": "height_m=x;pixels=y"} for n in range(200)))
    town = spaces(*(house(str(n), assumed="height_m=x") for n in range(100)))
    pairs = product(eyes["camera_id"], town["space_id"], ("now", "reach"))
    seen = sightings(
        town,
        *(
            {"camera_id": eye, "target_id": target, "mode": mode, "probability": (n % 97) / 96}
            for n, (eye, target, mode) in enumerate(pairs)
        ),
    )
    result = exposed(eyes, town, seen)
    assert len(seen) == 40_000
    assert len(result.exposed_buildings) == 100


_TARGETS = sorted(TOWN["space_id"])
_SEEN = st.lists(
    st.fixed_dictionaries(
        {
            "camera_id": st.sampled_from(["k1", "k2", "p"]),
            "target_id": st.sampled_from(_TARGETS),
            "mode": st.sampled_from(["now", "reach"]),
            "probability": st.floats(0.0, 1.0),
            "share": st.floats(0.0, 1.0),
            "px_per_m": st.floats(0.0, 500.0),
        }
    ),
    min_size=1,
    max_size=10,
    unique_by=lambda row: (row["camera_id"], row["target_id"], row["mode"]),
)
law = settings(deadline=None, max_examples=20)


@pytest.mark.slow
@law
@given(_SEEN)
def test_shares_and_probabilities_stay_within_one_and_the_sum_is_no_less_than_its_parts(
    seen: list[dict[str, Any]],
) -> None:
    result = exposed(EYES, TOWN, sightings(TOWN, *seen))
    rows, buildings = result.exposures, result.exposed_buildings.set_index("building_id")
    assert rows[["share", "probability"]].le(1).all(axis=None)
    assert buildings["probability"].le(1).all()
    for building, mine in rows[rows["building_id"].isin(buildings.index)].groupby("building_id"):
        told = buildings.loc[building]
        assert told["probability"] == mine["probability"].max()
        assert RANK[told["sureness"]] == mine["sureness"].map(RANK).max()
        assert set(told["camera_ids"].split(";")) == set(mine["camera_id"])
        counts = told[["cameras_certain", "cameras_likely", "cameras_possible"]]
        assert counts.sum() == told["cameras"] == mine["camera_id"].nunique()


@pytest.mark.slow
@law
@given(_SEEN)
def test_one_more_exposure_never_makes_a_building_less_sure(seen: list[dict[str, Any]]) -> None:
    fewer, more = summed(*seen[:-1]), summed(*seen)
    assert set(fewer.index) <= set(more.index)
    for building, before in fewer.iterrows():
        after = more.loc[building]
        assert RANK[after["sureness"]] >= RANK[before["sureness"]]
        assert after["probability"] >= before["probability"]
        assert after["cameras"] >= before["cameras"]
        assert after["px_per_m"] >= before["px_per_m"]


@pytest.mark.slow
@law
@given(_SEEN, st.randoms())
def test_the_order_of_rows_changes_nothing(seen: list[dict[str, Any]], random: Any) -> None:
    seed = random.randrange(2**31)
    told = sightings(TOWN, *seen)
    expected = exposed(EYES, TOWN, told)
    found = exposed(
        EYES.sample(frac=1, random_state=seed),
        TOWN.sample(frac=1, random_state=seed),
        told.sample(frac=1, random_state=seed),
    )
    assert found.exposures.equals(expected.exposures)
    assert found.exposed_buildings.equals(expected.exposed_buildings)
    assert {f.finding_id() for f in found.findings} == {f.finding_id() for f in expected.findings}


@pytest.mark.slow
@law
@given(_SEEN)
def test_what_rests_on_an_unknown_direction_is_never_more_than_possible(seen: list[dict[str, Any]]) -> None:
    rows = exposed(EYES, TOWN, sightings(TOWN, *seen)).exposures
    blind = rows[(rows["camera_id"] == "k2") & (rows["mode"] == "now")]
    assert set(blind["sureness"]) <= {"possible"}


@pytest.mark.slow
def test_more_doubt_never_turns_possible_into_certain() -> None:
    sure = [
        exposed(
            cameras({"camera_id": "k", "azimuth_deg": azimuth}),
            TOWN,
            sightings(TOWN, {"camera_id": "k", "target_id": "building/a", "probability": probability}),
        )
        .exposures["sureness"]
        .tolist()
        for azimuth in (10.0, None)
        for probability in (0.3, 0.7, 1.0)
    ]
    assert sure == [["possible"], ["likely"], ["certain"], ["possible"], ["possible"], ["possible"]]
