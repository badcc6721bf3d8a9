"""By when a request is to be answered."""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple

import pandas as pd

from visavis.law.rules import in_force, jurisdictions_over
from visavis.model.days import months_later

# Which rules set the time for an answer to which kind of request.
TOPIC_OF_REQUEST: Final = {"documents": "foi", "access": "access"}


class Due(NamedTuple):
    """The last day for an answer, and the rule that sets it."""

    day: date
    rule_id: str


def due_on(rules: pd.DataFrame, jurisdiction: str, kind: str, asked: date) -> Due | None:
    """Return the last day for an answer, or None where no rule that is known sets one.

    The rule is the one in force on the day of the request; of several, that of the nearest jurisdiction, and of
    these the shortest time.

    Parameters
    ----------
    rules : DataFrame RULES
    jurisdiction : str
    kind : str
        Kind of request: documents or access.
    asked : date
    """
    held = in_force(rules, jurisdiction, asked)
    setting = held[(held["bears_on"] == TOPIC_OF_REQUEST[kind]) & held["deadline_months"].notna()]
    if setting.empty:
        return None
    nearness = {code: rank for rank, code in enumerate(jurisdictions_over(jurisdiction))}
    nearest = setting.assign(rank=setting["jurisdiction"].map(nearness)).sort_values(
        ["rank", "deadline_months", "rule_id"]
    )
    rule = nearest.iloc[0]
    return Due(months_later(asked, int(rule["deadline_months"])), str(rule["rule_id"]))
