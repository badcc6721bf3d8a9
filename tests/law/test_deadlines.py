"""Deadlines over calendars: ends of months, leap years, weekends and holidays, and the silence that is a refusal."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visavis.law import due_on, is_working_day, last_working_day, next_working_day, send_by
from visavis.model.days import months_later
from visavis.readers.reference import read_rules

LAW = read_rules()
DAY = timedelta(days=1)
# France asks for documents since 1978, the Union for one's own data since 2018.
DAYS = st.dates(date(2018, 5, 25), date(2099, 12, 31))
PLACES = st.sampled_from(["FR", "FR-59", "FR-67", "FR-974", "BE", "GB", "XX"])


@given(PLACES, DAYS)
def test_the_next_and_the_last_working_day_are_the_nearest(place: str, day: date) -> None:
    after, before = next_working_day(place, day), last_working_day(place, day)
    assert before <= day <= after
    assert is_working_day(place, after)
    assert is_working_day(place, before)
    between = [before + n * DAY for n in range(1, (after - before).days)]
    assert not any(is_working_day(place, each) for each in between)
    assert (before == day) == (after == day) == is_working_day(place, day)


@given(PLACES, DAYS)
def test_no_weekend_is_worked(place: str, day: date) -> None:
    if day.weekday() >= 5:
        assert not is_working_day(place, day)


@pytest.mark.parametrize(
    ("place", "day", "works"),
    [
        ("FR", date(2026, 5, 1), False),
        ("FR", date(2026, 5, 14), False),  # Ascension Day
        ("FR", date(2026, 12, 26) - timedelta(days=1), False),
        ("FR", date(2025, 12, 26), True),
        ("FR-67", date(2025, 12, 26), False),  # Alsace-Moselle
        ("FR-68", date(2026, 4, 3), False),
        ("FR-57", date(2026, 4, 3), False),
        ("FR-59", date(2026, 4, 3), True),
        ("FR-974", date(2027, 12, 20), False),  # the end of slavery on La Réunion
        ("GB", date(2026, 5, 1), True),
        ("XX", date(2026, 12, 25), True),
    ],
)
def test_holidays_are_those_of_the_place(place: str, day: date, works: bool) -> None:
    assert is_working_day(place, day) is works


@pytest.mark.slow
@given(PLACES.filter(lambda place: place.startswith("FR")), DAYS)
def test_a_month_of_silence_is_a_refusal_on_whatever_day_it_ends(place: str, asked: date) -> None:
    due = due_on(LAW, place, "documents", asked)
    assert due is not None
    assert due.day == months_later(asked, 1)
    assert 28 <= (due.day - asked).days <= 31


@pytest.mark.slow
@given(PLACES.filter(lambda place: place not in ("XX", "GB")), DAYS)
def test_an_answer_on_ones_own_data_is_due_on_the_first_working_day_after_a_month(
    place: str, asked: date
) -> None:
    due = due_on(LAW, place, "access", asked)
    assert due is not None
    month = months_later(asked, 1)
    assert due.day == next_working_day(place, month)
    assert due.day >= month


@given(DAYS, st.sampled_from(["appeal", "retention"]))
def test_ones_own_step_is_always_in_time_and_never_moved_on(since: date, topic: str) -> None:
    due = send_by(LAW, "FR", topic, since)  # type: ignore[arg-type]
    assert due is not None
    over = months_later(since, 2 if topic == "appeal" else 1)
    assert due.day < over
    assert is_working_day("FR", due.day)
    # No working day was left out between the last safe day and the end.
    assert not any(is_working_day("FR", due.day + n * DAY) for n in range(1, (over - due.day).days))


@pytest.mark.slow
@given(DAYS)
def test_a_later_start_never_ends_earlier(since: date) -> None:
    for topic in ("appeal", "retention"):
        now, then = (send_by(LAW, "FR", topic, day) for day in (since, since + DAY))  # type: ignore[arg-type]
        assert now is not None
        assert then is not None
        assert now.day <= then.day


@pytest.mark.parametrize(
    ("since", "by"),
    [
        (date(2026, 11, 20), date(2026, 12, 18)),  # over on a Sunday
        (date(2026, 1, 31), date(2026, 2, 27)),  # over on the last of February
        (date(2028, 1, 31), date(2028, 2, 28)),  # … of a leap year
        (date(2026, 4, 2), date(2026, 4, 30)),  # the day before is the first of May
        (date(2025, 12, 4), date(2026, 1, 2)),
    ],
)
def test_recordings_are_asked_for_before_their_month_is_over(since: date, by: date) -> None:
    due = send_by(LAW, "FR", "retention", since)
    assert due is not None
    assert (due.day, due.rule_id) == (by, "fr-retention")


def test_where_no_rule_is_known_there_is_no_day() -> None:
    assert send_by(LAW, "GB", "retention", date(2026, 1, 1)) is None
    assert send_by(LAW, "FR", "appeal", date(1990, 1, 1)) is None
    assert due_on(LAW, "XX", "documents", date(2026, 1, 1)) is None


def test_before_2016_the_earlier_law_sets_the_time() -> None:
    assert due_on(LAW, "FR", "documents", date(2015, 12, 31)).rule_id == "fr-foi-1978"  # type: ignore[union-attr]
    assert due_on(LAW, "FR", "documents", date(2016, 1, 1)).rule_id == "fr-foi"  # type: ignore[union-attr]
