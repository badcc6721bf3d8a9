"""Days as papers tell them: a whole date, or a month or a year alone (ISO 8601: 2021-05-12, 2021-05, 2021)."""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import Final

FORM: Final = r"^\d{4}(-\d{2}(-\d{2})?)?$"
_FORM: Final = re.compile(FORM)


def is_day(text: str) -> bool:
    """Say whether a text is a day, a month or a year that the calendar has."""
    if _FORM.match(text) is None:
        return False
    try:
        first_of(text)
    except ValueError:
        return False
    return True


def first_of(day: str) -> date:
    """Return the first day that `day` may mean: 2021-05 → 2021-05-01."""
    year, month, of_month = _parts(day)
    return date(year, month or 1, of_month or 1)


def last_of(day: str) -> date:
    """Return the last day that `day` may mean: 2021-05 → 2021-05-31."""
    year, month, of_month = _parts(day)
    month = month or 12
    return date(year, month, of_month or calendar.monthrange(year, month)[1])


def whole_day(day: str | None) -> date | None:
    """Return a day that is told as such; None for a month or a year alone."""
    return None if day is None or first_of(day) != last_of(day) else first_of(day)


def months_later(day: date, months: int) -> date:
    """Return the same day some months on, or the month's last where it has no such day.

    Regulation (EEC, Euratom) 1182/71, art. 3(2)(c): a period in months ends with the day of the same date, or the
    last of the month.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    month += 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _parts(day: str) -> tuple[int, int | None, int | None]:
    year, *rest = (int(part) for part in day.split("-"))
    return year, rest[0] if rest else None, rest[1] if len(rest) > 1 else None
