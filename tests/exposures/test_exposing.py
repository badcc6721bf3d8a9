"""Sightings of private spaces become exposures, worded with care."""

from __future__ import annotations

from typing import Any

import pytest
from tests.exposures.exposed_town import CRS, DOSSIER, cameras, exposed, house, part, sightings, spaces

from visavis.exposures import EXPOSURES
from visavis.exposures.words import WORDS
from visavis.model.errors import TableError

TOWN = spaces(
    house("a", assumed="height_m=default.levels"),
    house("b", kind="public"),
    house("c", kind="sensitive_place", use_confidence=0.6),
    part("dwelling_entrance", "a1", "a"),
    part("private_ground", "a2", "a"),
)


def one(probability: float = 0.99, mode: str = "fixed", **camera: Any) -> Any:
    eye = cameras({"camera_id": "k", **camera})
    seen = sightings(
        TOWN,
        {"camera_id": "k", "target_id": "building/a", "mode": mode, "probability": probability},
    )
    return exposed(eye, TOWN, seen)


def codes(result: Any) -> set[str]:
    return {finding.code for finding in result.findings}


def test_an_exposure_tells_camera_space_level_sureness_and_rule() -> None:
    row = one().exposures.iloc[0]
    assert row["exposure_id"] == "k/fixed/building/a"
    assert (row["level"], row["sureness"], row["rule_ids"]) == ("detect", "certain", "fr-facade")
    assert (row["disclosure_id"], row["standing"], row["building_id"]) == (DOSSIER, "stated", "a")
    assert row["use_confidence"] == 0.9


def test_public_buildings_are_left_out_and_sensitive_places_are_not() -> None:
    seen = sightings(
        TOWN,
        {"camera_id": "k", "target_id": "building/b"},
        {"camera_id": "k", "target_id": "building/c"},
    )
    rows = exposed(cameras({"camera_id": "k"}), TOWN, seen).exposures
    assert rows["kind"].tolist() == ["sensitive_place"]
    assert rows["rule_ids"].isna().all(), "the French article speaks of dwellings"


@pytest.mark.parametrize(
    ("probability", "sureness"),
    [(1.0, "certain"), (0.95, "certain"), (0.94, "likely"), (0.5, "likely"), (0.49, "possible")],
)
def test_sureness_is_the_probability_in_words(probability: float, sureness: str) -> None:
    assert one(probability).exposures["sureness"].tolist() == [sureness]


def test_what_is_too_unlikely_is_left_out_and_counted() -> None:
    result = one(0.05)
    assert len(result.exposures) == 0
    assert len(result.exposed_buildings) == 0
    assert codes(result) == {"exposures.too-unlikely-to-tell"}


@pytest.mark.parametrize("kind", ["fixed", "anpr", "unknown", "ptz"])
def test_an_unknown_direction_is_possible_at_most_and_its_number_stays(kind: str) -> None:
    result = one(0.97, kind=kind, azimuth_deg=None, azimuth_sd_deg=None)
    assert result.exposures[["sureness", "probability"]].to_numpy().tolist() == [["possible", 0.97]]
    assert result.exposed_buildings["sureness"].tolist() == ["possible"]
    assert "exposures.direction-unknown" in codes(result)


def test_what_rests_on_no_direction_is_as_sure_as_its_number() -> None:
    dome = one(0.97, kind="dome", hfov_deg=360.0, azimuth_deg=None)
    reach = one(0.97, mode="reach", kind="ptz", azimuth_deg=None)
    for result in (dome, reach):
        assert result.exposures["sureness"].tolist() == ["certain"]
        assert "exposures.direction-unknown" not in codes(result)


def test_an_unknown_direction_does_not_raise_what_is_too_unlikely() -> None:
    assert len(one(0.04, azimuth_deg=None).exposures) == 0


def test_what_was_assumed_of_camera_and_space_is_named_after_its_table() -> None:
    both = one(assumed="height_m=default.mount-height;pixels=default.two-megapixels")
    assert both.exposures["assumed"].tolist() == ["camera.height_m;camera.pixels;space.height_m"]
    assert one().exposures["assumed"].tolist() == ["space.height_m"]


def test_each_kind_of_space_meets_its_own_rule() -> None:
    seen = sightings(
        TOWN,
        *(
            {"camera_id": "k", "target_id": target}
            for target in ("building/a", "dwelling_entrance/a1", "private_ground/a2")
        ),
    )
    rows = exposed(cameras({"camera_id": "k"}), TOWN, seen).exposures.set_index("aspect")["rule_ids"]
    assert rows.fillna("").to_dict() == {"facade": "fr-facade", "entrance": "fr-entrance", "ground": ""}


def test_where_no_rule_is_known_the_silence_is_told() -> None:
    eye = cameras({"camera_id": "k"})
    seen = sightings(TOWN, {"camera_id": "k", "target_id": "building/a"})
    for jurisdiction in ("CH", None):
        result = exposed(eye, TOWN, seen, jurisdiction)
        assert result.exposures["rule_ids"].isna().all()
        assert "exposures.no-rules-known" in codes(result)
    assert "exposures.no-rules-known" not in codes(exposed(eye, TOWN, seen, "FR-59"))


def test_a_density_below_every_level_has_no_level() -> None:
    seen = sightings(TOWN, {"camera_id": "k", "target_id": "building/a", "px_per_m": 12.4})
    assert exposed(cameras({"camera_id": "k"}), TOWN, seen).exposures["level"].isna().all()


@pytest.mark.parametrize("stranger", [{"camera_id": "x"}, {"target_id": "building/x"}])
def test_a_sighting_of_nobody_or_nothing_is_an_error(stranger: dict[str, str]) -> None:
    seen = sightings(TOWN, {"camera_id": "k", "target_id": "building/a"} | stranger)
    with pytest.raises(TableError, match="is not in the table it names"):
        exposed(cameras({"camera_id": "k"}), TOWN, seen)


def test_nothing_seen_is_an_empty_table_in_the_same_crs() -> None:
    result = exposed(cameras(), TOWN, sightings(TOWN))
    assert (len(result.exposures), len(result.exposed_buildings), result.findings) == (0, 0, ())
    assert result.exposures.crs == result.exposed_buildings.crs == CRS
    assert list(result.exposures.columns) == list(EXPOSURES.columns)


def test_the_summary_counts_each_space_once_by_its_surest_view() -> None:
    eyes = cameras({"camera_id": "k"}, {"camera_id": "l"})
    seen = sightings(
        TOWN,
        {"camera_id": "k", "target_id": "building/a", "probability": 0.99},
        {"camera_id": "l", "target_id": "building/a", "probability": 0.3},
        {"camera_id": "l", "target_id": "dwelling_entrance/a1", "probability": 0.6},
        {"camera_id": "l", "target_id": "private_ground/a2", "probability": 0.2},
    )
    found = {(f.code, f.rule_id): f for f in exposed(eyes, TOWN, seen).findings}
    whole = found["exposures.camera-could-view-private-space", None]
    counts = ("cameras", "spaces", "certain", "likely", "possible")
    assert [whole.figures[name] for name in counts] == [2, 3, 1, 1, 1]
    assert "could view" in whole.text_en
    assert "to be checked on site" in whole.text_en
    facade = found["exposures.rule-bears-on-views", "fr-facade"]
    assert [facade.figures[name] for name in counts] == [2, 1, 1, 0, 0]


def test_no_word_of_this_room_accuses() -> None:
    told = " ".join(f"{kind.en} {kind.fr}" for kind in WORDS.values()).lower()
    for word in ("violat", "illegal", "illégal", "spies", "espionn", "breach", "enfrein"):
        assert word not in told
