"""By when a request is to be answered, and by when one's own step has to be taken."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final, Literal, NamedTuple

import pandas as pd

from visavis.law.calendars import last_working_day, next_working_day
from visavis.law.rules import in_force, jurisdictions_over
from visavis.model.days import months_later

# Which rules set the time for an answer to which kind of request.
TOPIC_OF_REQUEST: Final = {"documents": "foi", "access": "access"}


class Due(NamedTuple):
    """The last day, and the rule that sets it."""

    day: date
    rule_id: str


def due_on(rules: pd.DataFrame, jurisdiction: str, kind: str, asked: date) -> Due | None:
    """Return the last day for an answer, or None where no rule that is known sets one.

    The rule is the one in force on the day of the request; of several, that of the nearest jurisdiction, and of
    these the shortest time. Where the rule says so, a time that ends on a day of rest runs on to the next working day
    (Regulation (EEC, Euratom) 1182/71, art. 3(4)); the silence that counts as a refusal in France does not wait for it.

    Parameters
    ----------
    rules : DataFrame RULES
    jurisdiction : str
    kind : str
        Kind of request: documents or access.
    asked : date
    """
    rule = _setting(rules, jurisdiction, TOPIC_OF_REQUEST[kind], asked)
    if rule is None:
        return None
    last = months_later(asked, int(rule["deadline_months"]))
    if rule["rest_days"] == "next_working_day":
        last = next_working_day(jurisdiction, last)
    return Due(last, str(rule["rule_id"]))


def send_by(
    rules: pd.DataFrame, jurisdiction: str, topic: Literal["appeal", "retention"], since: date
) -> Due | None:
    """Return the last day on which one's own step is surely in time, or None where no rule is known.

    Reckoned on the safe side, for it is lost when it comes too late: the working day before the time is over,
    whichever way its first day is counted, and never moved on to a later day.

    Parameters
    ----------
    rules : DataFrame RULES
    jurisdiction : str
    topic : str
        ``appeal``: since the refusal, or the silence that counts as one. ``retention``: since the day that was filmed,
        whose recordings may be erased when the time is over.
    since : date
    """
    rule = _setting(rules, jurisdiction, topic, since)
    if rule is None:
        return None
    over = months_later(since, int(rule["deadline_months"]))
    return Due(last_working_day(jurisdiction, over - timedelta(days=1)), str(rule["rule_id"]))


def _setting(rules: pd.DataFrame, jurisdiction: str, topic: str, on: date) -> Any:
    """Return the rule that sets the time of a topic, or None."""
    held = in_force(rules, jurisdiction, on)
    setting = held[(held["bears_on"] == topic) & held["deadline_months"].notna()]
    if setting.empty:
        return None
    nearness = {code: rank for rank, code in enumerate(jurisdictions_over(jurisdiction))}
    nearest = setting.assign(rank=setting["jurisdiction"].map(nearness)).sort_values(
        ["rank", "deadline_months", "rule_id"]
    )
    return nearest.iloc[0]
