"""The rules of law, and which of them bear on a view of a private space, by place and day.

That a rule bears on a row is a reason to check on site. No row says that a rule is broken: a view tells what
could be in a picture, not what is masked in it nor what the camera is aimed at.
"""

from __future__ import annotations

from datetime import date
from typing import Final

import pandas as pd

from visavis.model.schema import key, plain_table, text

TOPICS: Final = (
    # What a rule may say of a single view …
    "facade",
    "entrance",
    "place",
    # … and the duties of whoever runs the cameras, on which no view bears.
    "access",
    "analytics",
    "authorisation",
    "complaint",
    "dpia",
    "foi",
    "map",
    "plates",
    "purpose",
    "register",
    "retention",
)

RULES: Final = plain_table(
    "rules",
    rule_id=key("Stable name"),
    jurisdiction=text("ISO 3166 code, or EU for a rule that holds in every member state"),
    instrument=text("Act, code or decree"),
    article=text("Article"),
    valid_from=text("First day in force, ISO 8601"),
    valid_to=text("Last day in force, ISO 8601; empty where none is known", optional=True),
    bears_on=text("What it is about", among=TOPICS),
    summary_en=text("What it says, in our words"),
    summary_fr=text("The same in French"),
    source=text("Where that stands"),
    confidence=text("How sure the row is", among=("high", "medium", "low")),
)

# Members of the European Union on 1 January 2026; its rules hold in each.
# fmt: off
EU_MEMBERS: Final = frozenset((
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU",
    "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
))
# fmt: on

_DWELLINGS: Final = ("dwelling_facade", "dwelling_entrance")


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


def bearing_on(rules: pd.DataFrame, kind: str, aspect: str) -> list[str]:
    """Return the ids of those rules that bear on the view of a space of some kind, in order.

    A rule on façades or entrances speaks of dwellings, and bears on no other building; a balcony is of the façade.

    Parameters
    ----------
    rules : DataFrame RULES
        Those in force.
    kind : str
        Kind of space.
    aspect : str
        Façade, entrance or ground.
    """
    topics = ["place"]
    if kind in _DWELLINGS and aspect in ("facade", "entrance"):
        topics.append(aspect)
    if kind == "balcony":
        topics.append("facade")
    return sorted(rules.loc[rules["bears_on"].isin(topics), "rule_id"])


def rule_ids(rows: pd.DataFrame, rules: pd.DataFrame, on: date) -> pd.Series[str]:
    """Return for each row the ids of the rules that bear on it, joined by ';', empty where none does.

    Parameters
    ----------
    rows : DataFrame
        With the columns jurisdiction (may be empty), kind and aspect.
    rules : DataFrame RULES
    on : date
        Day whose law is asked for.
    """
    # A city has thousands of views and a handful of combinations: law is looked up once for each of these.
    cases = rows[["jurisdiction", "kind", "aspect"]].drop_duplicates().dropna()
    held = {code: in_force(rules, code, on) for code in cases["jurisdiction"].unique()}
    told = [
        ";".join(bearing_on(held[code], kind, aspect)) or None
        for code, kind, aspect in zip(cases["jurisdiction"], cases["kind"], cases["aspect"], strict=True)
    ]
    joined = rows.merge(cases.assign(rule_ids=pd.Series(told, index=cases.index, dtype="str")), how="left")
    return joined["rule_ids"].set_axis(rows.index)
