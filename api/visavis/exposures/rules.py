"""Which rules of law bear on a view of a private space, by place and day.

That a rule bears on a row is a reason to check on site. No row says that a rule is broken: a view tells what
could be in a picture, not what is masked in it nor what the camera is aimed at.
"""

from __future__ import annotations

from datetime import date
from typing import Final

import pandas as pd

from visavis.law import in_force

_DWELLINGS: Final = ("dwelling_facade", "dwelling_entrance")


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
