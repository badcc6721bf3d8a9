"""The rights record: deadlines by the rule in force on the day of the request."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.disclosures.asked import asked_record

from visavis.disclosures import CLAIMS, findings_of_record, tell
from visavis.disclosures.table import CONTRADICTIONS_TABLE
from visavis.law import RULES, due_on
from visavis.model.days import first_of, is_day, last_of, months_later
from visavis.readers.reference import read_rules

LAW = read_rules()
TODAY = date(2026, 1, 1)


record = partial(asked_record, status="disclosed")


def requests(*given_: dict[str, Any], on: date = TODAY, jurisdiction: str = "FR") -> pd.DataFrame:
    table: pd.DataFrame = tell(record(*given_, jurisdiction=jurisdiction), 0, {}, LAW, on)["requests"]
    return table


@pytest.mark.parametrize(
    ("asked", "answered", "came_out"),
    [
        ("2021-04-27", "2021-05-20", "kept"),
        ("2021-04-27", "2021-05-27", "kept"),
        ("2021-04-27", "2021-05-28", "missed"),
        ("2021-04-27", "2021-06", "missed"),
        ("2021-04-27", "2021-05", "unknown"),
        ("2021", "2021-05-20", "unknown"),
        ("2021-04-27", None, "passed"),
        ("2025-12-15", None, "running"),
    ],
)
def test_an_answer_is_due_within_a_month_in_france(asked: str, answered: str | None, came_out: str) -> None:
    status = "disclosed" if answered else "asked"
    row = requests({"asked_on": asked, "answered_on": answered, "status": status}).iloc[0]
    assert row["deadline"] == came_out
    if asked == "2021-04-27":
        assert (row["due_on"], row["rule_id"]) == ("2021-05-27", "fr-foi")


def test_a_request_for_ones_own_data_falls_under_another_rule() -> None:
    row = requests({"kind": "access", "asked_on": "2021-01-31", "answered_on": "2021-02-28"}).iloc[0]
    assert (row["rule_id"], row["due_on"], row["deadline"], row["days"]) == (
        "eu-access",
        "2021-03-01",  # the last of February is a Sunday
        "kept",
        28,
    )


def test_before_the_rule_was_in_force_no_deadline_is_told() -> None:
    row = requests({"asked_on": "1978-05-01", "answered_on": "1978-05-02"}).iloc[0]
    assert row["deadline"] == "unknown"
    assert pd.isna(row["due_on"])


def test_a_place_whose_rules_are_not_known_gives_no_deadline() -> None:
    row = requests({"asked_on": "2021-05-01", "answered_on": "2021-05-02"}, jurisdiction="GB").iloc[0]
    assert (row["deadline"], row["days"]) == ("unknown", 1)


def test_a_change_of_the_rule_changes_the_deadline_from_its_day_on() -> None:
    old = LAW[LAW["rule_id"] == "fr-foi"].assign(valid_to="2021-12-31")
    new = old.assign(rule_id="fr-foi-new", valid_from="2022-01-01", valid_to=None, deadline_months=2.0)
    law = RULES.frame(pd.concat([old, new], ignore_index=True))
    assert due_on(law, "FR", "documents", date(2021, 12, 31)) == (date(2022, 1, 31), "fr-foi")
    assert due_on(law, "FR", "documents", date(2022, 1, 1)) == (date(2022, 3, 1), "fr-foi-new")


def test_the_record_is_summed_in_words_of_both_languages() -> None:
    told = record(
        {"asked_on": "2021-04-27", "answered_on": "2021-05-20"},
        {"asked_on": "2021-04-27", "answered_on": "2021-07-01"},
        {"asked_on": "2021-04-27", "status": "asked"},
        {"asked_on": "2021"},
    )
    tables = tell(told, 0, {}, LAW, TODAY)
    found = {
        f.code: f for f in findings_of_record(tables, CLAIMS.empty(), CONTRADICTIONS_TABLE.empty(), told.id)
    }
    figures = found["rights.requests"].figures
    counted = {
        name: figures[name] for name in ("made", "answered", "kept", "missed", "passed", "running", "unknown")
    }
    assert counted == {
        "made": 4,
        "answered": 3,
        "kept": 1,
        "missed": 1,
        "passed": 1,
        "running": 0,
        "unknown": 1,
    }
    assert found["rights.requests"].rule_id == "fr-foi"
    assert found["rights.questions"].figures["not_asked"] == 6
    assert "4 demande(s)" in found["rights.requests"].text_fr


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(1, 36))
def test_a_period_in_months_ends_on_the_same_day_or_the_months_last(day: date, months: int) -> None:
    end = months_later(day, months)
    assert (end.year * 12 + end.month) - (day.year * 12 + day.month) == months
    assert end.day == day.day or (end.day < day.day and last_of(f"{end:%Y-%m}") == end)


@given(st.dates(date(1000, 1, 1)))
def test_days_months_and_years_bound_the_days_in_them(day: date) -> None:
    for told in (f"{day:%Y-%m-%d}".zfill(10), f"{day:%Y-%m}".zfill(7), f"{day:%Y}".zfill(4)):
        assert is_day(told)
        assert first_of(told) <= day <= last_of(told)
