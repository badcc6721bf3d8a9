"""The rules of law, and which of them hold in a place on a day."""

from __future__ import annotations

from datetime import date
from typing import Final

import pandas as pd

from visavis.model.schema import day, key, number, plain_table, text

TOPICS: Final = (
    # What a rule may say of a single view …
    "facade",
    "entrance",
    "place",
    # … and the duties of whoever runs the cameras, on which no view bears.
    "access",
    "analytics",
    "appeal",
    "authorisation",
    "complaint",
    "dpia",
    "foi",
    "map",
    "plates",
    "preservation",
    "purpose",
    "register",
    "retention",
)

RULES: Final = plain_table(
    "rules",
    rule_id=key("Stable name"),
    jurisdiction=text("ISO 3166 code, or EU for a rule that holds in every member state"),
    instrument=text("Act, code or decree"),
    instrument_fr=text("Its name in French, where that is another", optional=True),
    article=text("Article"),
    valid_from=day("First day in force, ISO 8601"),
    valid_to=day("Last day in force, ISO 8601; empty where none is known", optional=True, ends=True),
    bears_on=text("What it is about", among=TOPICS),
    summary_en=text("What it says, in our words"),
    summary_fr=text("The same in French"),
    deadline_months=number(
        "Months that it sets: for the answer to a request, for bringing an appeal, or for keeping recordings at most",
        "1",
        above=0,
        optional=True,
    ),
    silence=text("What silence until then counts as", among=("refusal",), optional=True),
    rest_days=text(
        "Whether a time for an answer that ends on a day of rest runs on to the next working day",
        among=("next_working_day", "stay"),
        optional=True,
    ),
    source=text("Where that stands"),
    url=text("Where the official wording can be read", optional=True),
    changed_in=text("Version of the jurisdiction's table in which the row was last changed"),
    confidence=text("How sure the row is", among=("high", "medium", "low")),
)

JURISDICTIONS: Final = plain_table(
    "jurisdictions",
    jurisdiction=key("ISO 3166 code, or EU"),
    name_en=text("Name"),
    name_fr=text("The same in French"),
    version=text("Version of its table of rules: the day on which it was last changed"),
    supervisor=text("Authority that complaints about personal data go to", optional=True),
    supervisor_address=text("Its postal address", optional=True),
    appeal_body=text("Whom an appeal against a refusal of documents goes to", optional=True),
    appeal_address=text("Its postal address", optional=True),
    covers_en=text("What the table covers, and what is left out"),
    covers_fr=text("The same in French"),
)

# Members of the European Union on 1 January 2026; its rules hold in each.
# fmt: off
EU_MEMBERS: Final = frozenset((
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU",
    "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
))
# fmt: on


def jurisdictions_over(jurisdiction: str) -> tuple[str, ...]:
    """Return a jurisdiction and those that it belongs to, nearest first: FR-59 → FR-59, FR, EU."""
    code = jurisdiction.upper()
    country = code.partition("-")[0]
    within = (code,) if country == code else (code, country)
    return (*within, "EU") if country in EU_MEMBERS else within


def in_force(rules: pd.DataFrame, jurisdiction: str, on: date) -> pd.DataFrame:
    """Return the rules that hold in a jurisdiction on a day; the last day counts.

    Parameters
    ----------
    rules : DataFrame RULES
    jurisdiction : str
        ISO 3166 code of a country or a part of it, or ``EU``.
    on : date
    """
    day = on.isoformat()
    begun = rules["valid_from"] <= day
    not_ended = rules["valid_to"].isna() | (rules["valid_to"].fillna("") >= day)
    return rules[rules["jurisdiction"].isin(jurisdictions_over(jurisdiction)) & begun & not_ended]
