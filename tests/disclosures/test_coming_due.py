"""What is due: answers, reminders, appeals and complaints, as of any day, and as a calendar."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from tests.disclosures.asked import asked_record

from visavis.disclosures import Step, steps_of
from visavis.exports.agenda import as_calendar
from visavis.law import due_on, is_working_day
from visavis.readers.reference import read_rules

LAW = read_rules()


record = partial(asked_record, status="asked")


def told(on: date, *requests: dict[str, Any]) -> list[tuple[str, str | None]]:
    steps = steps_of(record(*requests), LAW, on)
    return [(step.what, None if step.by is None else step.by.isoformat()) for step in steps]


ASKED = {"asked_on": "2026-03-02"}


@pytest.mark.parametrize(
    ("on", "request_", "expected"),
    [
        (date(2026, 4, 2), ASKED, [("answer", "2026-04-02")]),
        # Silent until the second of April; the appeal is safe until the working day before the second of June.
        (date(2026, 4, 3), ASKED, [("appeal", "2026-06-01"), ("reminder", None)]),
        (date(2026, 4, 2), {**ASKED, "kind": "access"}, [("answer", "2026-04-02")]),
        (date(2026, 4, 3), {**ASKED, "kind": "access"}, [("complaint", None), ("reminder", None)]),
        (
            date(2026, 4, 3),
            {**ASKED, "status": "withheld", "answered_on": "2026-03-20"},
            [("appeal", "2026-05-19")],
        ),
        (date(2026, 4, 3), {**ASKED, "status": "disclosed", "answered_on": "2026-03-20"}, []),
        (date(2026, 4, 3), {**ASKED, "status": "appealed", "appealed_on": "2026-04-03"}, []),
        (
            date(2026, 4, 3),
            {**ASKED, "status": "redacted", "answered_on": "2026-03-20", "appealed_on": "2026-04-01"},
            [],
        ),
        (date(2026, 4, 3), {"asked_on": "2026-03"}, []),
        (date(2026, 4, 3), {**ASKED, "status": "redacted", "answered_on": "2026-03"}, []),
    ],
)
def test_what_is_due_follows_from_what_happened(
    on: date, request_: dict[str, Any], expected: list[tuple[str, str | None]]
) -> None:
    assert told(on, request_) == expected


DAYS = st.dates(date(2019, 1, 1), date(2090, 12, 31))


@pytest.mark.slow
@given(DAYS, st.integers(0, 200), st.sampled_from(["documents", "access"]))
def test_at_every_moment_either_the_authority_or_the_person_can_act(
    asked: date, after: int, kind: str
) -> None:
    on = asked + timedelta(days=after)
    steps = steps_of(record({"asked_on": asked.isoformat(), "kind": kind}), LAW, on)
    due = due_on(LAW, "FR", kind, asked)
    assert due is not None
    if on <= due.day:
        assert [(step.what, step.by) for step in steps] == [("answer", due.day)]
        return
    assert {step.what for step in steps} == {"reminder", "appeal" if kind == "documents" else "complaint"}
    for step in steps:
        assert step.since == due.day
        if step.by is not None:
            assert due.day < step.by
            assert is_working_day("FR", step.by)
            assert step.lapsed(on) is (step.by < on)


def test_the_next_comes_first_and_what_has_no_day_last() -> None:
    steps = told(date(2026, 4, 3), {"asked_on": "2026-03-30"}, ASKED)
    assert steps == [("answer", "2026-04-30"), ("appeal", "2026-06-01"), ("reminder", None)]


def test_a_calendar_holds_what_has_a_last_day_and_calls_ones_own_steps_to_mind() -> None:
    steps = steps_of(record({"asked_on": "2026-03-30"}, ASKED), LAW, date(2026, 4, 3))
    written = as_calendar(steps, date(2026, 4, 3), "fr", "visavis 1")
    assert written == as_calendar(steps, date(2026, 4, 3), "fr", "visavis 1")
    events = Calendar.from_ical(written).walk("VEVENT")
    assert [event.decoded("dtstart") for event in events] == [date(2026, 4, 30), date(2026, 6, 1)]
    assert [len(event.walk("VALARM")) for event in events] == [0, 1]
    assert "recours" in events[1]["summary"]
    assert len({event["uid"] for event in events}) == 2


def test_a_step_with_no_last_day_never_lapses() -> None:
    step = Step("r", "d", "reminder", "Town", date(2020, 1, 1), None, None)
    assert not step.lapsed(date(2090, 1, 1))


@pytest.mark.slow
def test_the_command_lists_what_is_due_and_writes_a_calendar(root: Path, tmp_path: Path) -> None:
    folder = tmp_path / "dossier"
    folder.mkdir()
    (folder / "disclosure.yml").write_text(
        "id: fr/town/2021-cameras\ntitle: T\nauthority: Town\ncountry: FR\nlicence: CC0-1.0\nattribution: T\n"
        "request: {asked_on: 2026-03-02, status: asked}\n",
        "utf-8",
    )
    ics = tmp_path / "due.ics"
    command = [sys.executable, "-m", "visavis", "due", str(folder), "--on", "2026-04-03", "--ics", str(ics)]
    done = subprocess.run([*command, "--json"], capture_output=True, text=True, check=True)
    summary = json.loads(done.stdout)
    assert [row["what"] for row in summary["due"]] == ["appeal", "reminder"]
    assert summary["due"][0]["rule_id"] == "fr-appeal"
    assert ics.read_bytes().startswith(b"BEGIN:VCALENDAR")
    later = [*command[:-3], "2026-07-01"]
    done = subprocess.run(later, capture_output=True, text=True, check=True)
    assert "too late: 1" in done.stdout
    assert "an appeal" not in done.stdout
