"""What is due, as a calendar (iCalendar, RFC 5545)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from icalendar import Alarm, Calendar, Event

from visavis.disclosures import Step
from visavis.model.vocabulary import STEPS

# How long before its last day one's own step is called to mind.
_BEFORE: Final = timedelta(days=7)


def as_calendar(steps: Sequence[Step], on: date, lang: str, software: str) -> bytes:
    """Return the steps that have a last day as whole-day events: the same bytes for the same steps and day.

    Parameters
    ----------
    steps : sequence of Step
    on : date
        The day on which this is told; the events bear it.
    lang : str
        ``en`` or ``fr``.
    software : str
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//visavis//{software}//{lang.upper()}")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for step in steps:
        if step.by is not None:
            calendar.add_component(_event(step, step.by, on, lang))
    return bytes(calendar.to_ical())


def _event(step: Step, by: date, on: date, lang: str) -> Event:
    event = Event()
    event.add("uid", f"{step.what}.{step.since:%Y%m%d}.{step.request_id.replace('/', '.')}@visavis")
    event.add("dtstamp", datetime.combine(on, time(), UTC))
    event.add("dtstart", by)
    event.add("dtend", by + timedelta(days=1))
    summary = f"{step.authority}: {getattr(STEPS[step.what], lang)}"
    event.add("summary", summary)
    event.add("description", f"{step.request_id}; {step.rule_id}")
    event.add("transp", "TRANSPARENT")
    if step.what != "answer":
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", summary)
        alarm.add("trigger", -_BEFORE)
        event.add_component(alarm)
    return event
