"""Days of work and of rest, by country."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from holidays import HolidayBase, country_holidays

_DAY: Final = timedelta(days=1)

# Departments in which the local law of Alsace-Moselle adds two holidays; the package knows them by one of the three.
_ALSACE_MOSELLE: Final = {"67": "57", "68": "57"}


def is_working_day(jurisdiction: str, day: date) -> bool:
    """Say whether a day is neither of the weekend nor a public holiday.

    Where a country's holidays are not known, Saturday and Sunday alone are days of rest.

    Parameters
    ----------
    jurisdiction : str
        ISO 3166 code of a country or a part of it.
    day : date
    """
    known = _holidays(jurisdiction.upper())
    return day.weekday() < 5 if known is None else bool(known.is_working_day(day))


def next_working_day(jurisdiction: str, day: date) -> date:
    """Return a day itself where it is a working day, else the next that is."""
    while not is_working_day(jurisdiction, day):
        day += _DAY
    return day


def last_working_day(jurisdiction: str, day: date) -> date:
    """Return a day itself where it is a working day, else the last before it that is."""
    while not is_working_day(jurisdiction, day):
        day -= _DAY
    return day


@lru_cache(maxsize=64)
def _holidays(jurisdiction: str) -> HolidayBase | None:
    country, _, part = jurisdiction.partition("-")
    part = _ALSACE_MOSELLE.get(part, part) if country == "FR" else part
    try:
        whole = country_holidays(country)
    except NotImplementedError:
        return None
    return country_holidays(country, subdiv=part) if part in whole.subdivisions else whole
