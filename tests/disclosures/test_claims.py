"""Claims side by side: against each other, against the layers, against what somebody saw."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from visavis.disclosures import CLAIMS, OBSERVATIONS, compare, contradictions, written_table

DOSSIER = "xx/a/b"
DAYS = st.sampled_from(["2017", "2017-03", "2018-01-01", None])
INSTALLED = "cameras_installed"


def claims(*rows: tuple[str, str | None, str | None], subject: str = INSTALLED) -> pd.DataFrame:
    """Return claims of (who, value, day)."""
    told = [
        {
            "subject": subject,
            "stated_by": who,
            "value": value,
            "as_of": day,
            "redacted": None if value else "refused",
        }
        for who, value, day in rows
    ]
    return written_table(CLAIMS, pd.DataFrame(told), DOSSIER)


def seen(*rows: tuple[str, str], camera: str | None = None, subject: str = INSTALLED) -> pd.DataFrame:
    """Return observations of (day, value)."""
    told = [
        {"subject": subject, "observed_on": day, "value": value, "what": "counted", "camera": camera}
        for day, value in rows
    ]
    return written_table(OBSERVATIONS, pd.DataFrame(told) if told else None, DOSSIER)


def kinds(frame: pd.DataFrame) -> list[str]:
    return contradictions(frame)["kind"].tolist()


def compared(frame: pd.DataFrame, observations: pd.DataFrame | None = None, **computed: float) -> pd.Series:
    observations = seen() if observations is None else observations
    return compare(frame, observations, contradictions(frame), computed, DOSSIER).iloc[0]


def test_different_numbers_of_one_time_contradict_and_both_are_kept() -> None:
    found = contradictions(claims(("city", "147", "2017"), ("city", "150", "2017-02-09"))).iloc[0]
    assert (found["kind"], found["claimed"], found["claims"]) == ("same_time", "147 | 150", 2)
    assert (found["from_day"], found["to_day"]) == ("2017-01-01", "2017-12-31")
    assert found["stated_by"] == "147: city | 150: city"
    assert "none is preferred" in found["text_en"]
    assert "aucun n'est préféré" in found["text_fr"]


def test_numbers_of_different_times_that_grow_do_not_contradict() -> None:
    assert kinds(claims(("a", "100", "2016"), ("b", "200", "2017"))) == []


def test_a_number_that_is_smaller_later_is_shown() -> None:
    found = contradictions(
        claims(("a", "308", "2019"), ("b", "241", "2020-01-03"), ("c", "361", "2020-02-12"))
    )
    assert found["kind"].tolist() == ["falls"]
    assert found["claimed"].tolist() == ["308 | 241"]


def test_a_plan_may_shrink() -> None:
    assert kinds(claims(("a", "308", "2019"), ("b", "241", "2020-01-03"), subject="cameras_planned")) == []


def test_the_same_said_twice_contradicts_nothing() -> None:
    assert kinds(claims(("a", "217", "2017"), ("b", "217", "2017-02-09"), ("c", "217", None))) == []


def test_yes_and_no_contradict_whenever_they_were_said() -> None:
    frame = claims(("pi", "true", "2021"), ("city", "false", "2020-01-22"), subject="face_recognition_able")
    assert kinds(frame) == ["both_ways"]


def test_a_claim_without_a_day_is_shown_with_those_it_differs_from() -> None:
    assert kinds(claims(("a", "217", None), ("b", "240", "2017"))) == ["undated"]
    assert kinds(claims(("a", "217", None), ("b", "240", None))) == ["undated"]


def test_a_blacked_out_claim_contradicts_nothing_and_is_not_claimed() -> None:
    frame = claims(("a", None, "2017"), ("b", "240", "2017"))
    assert kinds(frame) == []
    assert compared(frame)["claimed"] == "240"


def test_what_was_promised_is_held_against_what_was_given() -> None:
    promised = claims(("city", "217", "2017-02-09"), subject="cameras_promised")
    given_ = claims(("pi", "240", "2017"), subject="cameras_given").assign(claim_id="xx/a/b/other")
    found = contradictions(pd.concat([promised, given_], ignore_index=True))
    assert found["claimed"].tolist() == ["240 | 217"]


def test_claims_of_two_dossiers_are_not_held_against_each_other() -> None:
    other = claims(("a", "1", "2017")).assign(disclosure_id="xx/c/d", claim_id="xx/c/d/claim-1")
    assert kinds(pd.concat([claims(("a", "2", "2017")), other], ignore_index=True)) == []


@pytest.mark.slow
@settings(max_examples=25)
@given(st.lists(st.tuples(st.sampled_from(["1", "2"]), DAYS), max_size=7))
def test_the_order_of_claims_changes_nothing(rows: list[tuple[str, str | None]]) -> None:
    frame = claims(*(("a", value, day) for value, day in rows)) if rows else CLAIMS.empty()
    there, back = contradictions(frame), contradictions(frame.iloc[::-1].reset_index(drop=True))
    assert there["kind"].tolist() == back["kind"].tolist()
    assert [set(v.split(" | ")) for v in there["claimed"]] == [set(v.split(" | ")) for v in back["claimed"]]


def test_ten_thousand_claims_are_held_against_each_other() -> None:
    days = [f"{2000 + number % 20}-{1 + number % 12:02d}" for number in range(10_000)]
    frame = claims(*((f"source {number % 7}", str(number), day) for number, day in enumerate(days)))
    found = contradictions(frame)
    row = compare(frame, seen(), found, {INSTALLED: 5.0}, DOSSIER).iloc[0]
    assert row["claims"] == 10_000
    assert found.loc[found["kind"] == "same_time", "claims"].sum() == 10_000


def test_claim_and_layers_that_agree_are_said_to() -> None:
    row = compared(claims(("town", "240", "2017")), cameras_installed=240.0)
    assert (row["agreement"], row["claimed"], row["computed"]) == ("agree", "240", 240.0)
    assert "concorde" in row["note_fr"]


def test_contradicting_claims_stand_side_by_side_beside_the_layers() -> None:
    row = compared(claims(("town", "217", "2017"), ("paper", "240", "2017")), cameras_installed=240.0)
    assert (row["claimed"], row["claimed_least"], row["claimed_most"]) == ("217 | 240", 217, 240)
    assert (row["agreement"], row["contradictions"]) == ("agree_with_some", 1)


def test_a_claim_that_the_layers_say_nothing_of_is_kept() -> None:
    row = compared(
        claims(("town", "205", "2017"), subject="police_extraction_requests"), cameras_installed=3.0
    )
    assert (row["agreement"], row["claimed"]) == ("only_claimed", "205")
    assert pd.isna(row["computed"])
    assert row["title_fr"] == "réquisitions d'images par la police"


def test_a_disagreement_is_worded_as_something_to_check() -> None:
    row = compared(
        claims(("town", "0", "2026"), subject="cameras_viewing_private_spaces"),
        cameras_viewing_private_spaces=12.0,
    )
    assert row["agreement"] == "differ"
    assert "to be checked on site" in row["note_en"]
    assert "à vérifier sur place" in row["note_fr"]


def test_what_was_seen_last_is_held_against_claim_and_layers() -> None:
    observations = seen(("2026-03-01", "30"), ("2026-04-01", "33"))
    row = compared(claims(("town", "35", "2026")), observations, cameras_installed=35.0)
    assert (row["observed"], row["observed_on"], row["agreement"]) == (33, "2026-04-01", "agree_with_some")
    assert "33" in row["note_en"]


def test_what_was_seen_of_one_camera_does_not_stand_for_all() -> None:
    row = compared(
        claims(("town", "35", "2026")), seen(("2026-03-01", "1"), camera="C01"), cameras_installed=35.0
    )
    assert pd.isna(row["observed"])


def test_something_seen_that_nobody_claims_is_told() -> None:
    row = compared(CLAIMS.empty(), seen(("2026-03-01", "30")), cameras_installed=30.0)
    assert (row["agreement"], row["claims"]) == ("agree", 0)


@pytest.mark.parametrize("value", ["nan", "inf", "-inf", "1e999", "217 cameras", "", "<b>9</b>"])
def test_what_is_no_number_is_held_against_nothing(value: str) -> None:
    row = compared(claims(("town", value or "x", "2017")), cameras_installed=35.0)
    assert row["agreement"] == "differ"
    assert pd.isna(row["claimed_least"])
