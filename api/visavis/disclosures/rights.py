"""The rights record: which requests were made, when an answer was due, and whether it came in time."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from visavis.disclosures.record import Record, Request, request_names
from visavis.disclosures.table import REQUESTS
from visavis.law import due_on
from visavis.model.days import first_of, last_of, whole_day


def requests_table(record: Record, rules: pd.DataFrame, on: date) -> pd.DataFrame:
    """Return REQUESTS: the requests of a dossier with their deadlines.

    Where a day is known by its month or year alone, a deadline is told only if all of these lie on one side of it.

    Parameters
    ----------
    record : Record
    rules : DataFrame RULES
    on : date
        The day on which this is told.
    """
    jurisdiction = record.jurisdiction or record.country
    every = (record.request, *record.requests)
    return REQUESTS.frame(
        [
            {
                "request_id": f"{record.id}/{name}",
                "disclosure_id": record.id,
                "kind": request.kind,
                "asked_by": request.by,
                "asked_of": record.holder or record.authority,
                "asked_on": request.asked_on,
                **_deadline(request, jurisdiction, rules, on),
                "answered_on": request.answered_on,
                "status": request.status,
                "reason": request.reason,
                "legal_basis": request.legal_basis,
                "appealed_on": request.appealed_on,
                "url": request.url,
                "note": request.note,
            }
            for name, request in zip(request_names(record), every, strict=True)
        ]
    )


def _deadline(request: Request, jurisdiction: str, rules: pd.DataFrame, on: date) -> dict[str, Any]:
    asked = whole_day(request.asked_on)
    due = None if asked is None else due_on(rules, jurisdiction, request.kind, asked)
    answered = whole_day(request.answered_on)
    return {
        "due_on": None if due is None else due.day.isoformat(),
        "rule_id": None if due is None else due.rule_id,
        "days": None if asked is None or answered is None else (answered - asked).days,
        "deadline": "unknown" if due is None else _came_out(request, due.day, on),
    }


def _came_out(request: Request, due: date, on: date) -> str:
    if request.answered_on is not None:
        if last_of(request.answered_on) <= due:
            return "kept"
        return "missed" if first_of(request.answered_on) > due else "unknown"
    if request.status not in ("asked", "appealed"):
        return "unknown"
    return "passed" if on > due else "running"
