"""What has to be sent or answered by when, request by request."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pandas as pd

from visavis.disclosures.record import Record, Request, request_names
from visavis.law import due_on, send_by
from visavis.model.days import whole_day

# Of these answers an appeal can be brought against.
_REFUSED = ("withheld", "redacted")


@dataclass(frozen=True)
class Step:
    """One thing that is due, or can be done, in an exchange with an authority.

    Parameters
    ----------
    request_id, disclosure_id : str
    what : str
        Code of STEPS.
    authority : str
        Who was asked.
    since : date
        The day that its time is counted from.
    by : date, optional
        The last day; of one's own steps the last on which it is surely in time. None where there is none.
    rule_id : str, optional
        The rule that sets the time.
    """

    request_id: str
    disclosure_id: str
    what: str
    authority: str
    since: date
    by: date | None
    rule_id: str | None

    def lapsed(self, on: date) -> bool:
        """Say whether its last day is over."""
        return self.by is not None and self.by < on


def steps_of(record: Record, rules: pd.DataFrame, on: date) -> list[Step]:
    """Return what is due in the requests of a dossier as of a day, the next first; what has no last day comes last.

    A request whose day is known by its month or year alone has no deadline that could be told.

    Parameters
    ----------
    record : Record
    rules : DataFrame RULES
    on : date
    """
    every = (record.request, *record.requests)
    found = [
        step
        for name, request in zip(request_names(record), every, strict=True)
        for step in _steps(record, f"{record.id}/{name}", request, rules, on)
    ]
    return sorted(found, key=lambda step: (step.by or date.max, step.request_id, step.what))


def _steps(record: Record, name: str, request: Request, rules: pd.DataFrame, on: date) -> Iterator[Step]:
    place = record.jurisdiction or record.country

    def step(what: str, since: date, by: date | None = None, rule: str | None = None) -> Step:
        return Step(name, record.id, what, record.holder or record.authority, since, by, rule)

    def appeal(since: date) -> Iterator[Step]:
        if request.kind == "documents" and request.appealed_on is None and request.status != "appealed":
            last = send_by(rules, place, "appeal", since)
            if last is not None:
                yield step("appeal", since, *last)

    asked, answered = whole_day(request.asked_on), whole_day(request.answered_on)
    if answered is not None and request.status in _REFUSED:
        yield from appeal(answered)
    if request.answered_on is not None or request.status != "asked" or asked is None:
        return
    due = due_on(rules, place, request.kind, asked)
    if due is None:
        return
    if on <= due.day:
        yield step("answer", asked, *due)
        return
    yield step("reminder", due.day)
    yield from appeal(due.day)
    if request.kind == "access":
        yield step("complaint", due.day)
