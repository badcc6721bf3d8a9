"""The facts of a case: what a letter speaks of, and the rules that hold on its day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from visavis.law import in_force, jurisdictions_over


@dataclass(frozen=True)
class CameraFacts:
    """A camera as the layers tell of it.

    Parameters
    ----------
    name : str
        Its label, or its id where it has none.
    kind : str
        Code of CAMERA_KINDS.
    azimuth_deg : float, optional
        Clockwise from true north; None where it is not known.
    buildings : int
        Private buildings that it could view.
    sureness, level : str, optional
        Of the surest and of the sharpest of these views.
    """

    camera_id: str
    name: str
    kind: str
    longitude: float
    latitude: float
    azimuth_deg: float | None
    buildings: int
    sureness: str | None
    level: str | None


@dataclass(frozen=True)
class Held:
    """A rule in force, as a letter cites it."""

    rule_id: str
    jurisdiction: str
    instrument: str
    article: str
    bears_on: str
    summary: str
    months: int | None
    silence: str | None
    url: str | None


@dataclass(frozen=True)
class Case:
    """What a letter is about.

    Parameters
    ----------
    authority : str
        Who runs the cameras.
    jurisdiction : str
    record : str
        Title of the dossier that the facts are from.
    origin : str
        Software and build that computed them.
    invented : bool
        Whether the place is made up.
    camera : CameraFacts, optional
        None where a letter is about all cameras of the authority.
    retention_days : int, optional
        Days that recordings are kept, as somebody stated them.
    supervisor, appeal_body : tuple of str, optional
        Name and address.
    """

    authority: str
    jurisdiction: str
    record: str
    origin: str
    invented: bool
    camera: CameraFacts | None = None
    retention_days: int | None = None
    supervisor: tuple[str, str] | None = None
    appeal_body: tuple[str, str] | None = None


def held_on(rules: pd.DataFrame, jurisdiction: str, on: date, lang: str) -> dict[str, Held]:
    """Return the rules in force by id: the nearest jurisdiction first.

    Parameters
    ----------
    rules : DataFrame RULES
    """
    nearness = {code: rank for rank, code in enumerate(jurisdictions_over(jurisdiction))}
    held = in_force(rules, jurisdiction, on)
    ranked = held.assign(rank=held["jurisdiction"].map(nearness)).sort_values(
        ["rank", "deadline_months", "rule_id"]
    )
    return {rule["rule_id"]: _held(rule, lang) for rule in ranked.to_dict("records")}


def _held(rule: dict[Any, Any], lang: str) -> Held:
    def known(column: str) -> Any:
        return None if pd.isna(rule[column]) else rule[column]

    months = known("deadline_months")
    own = known("instrument_fr") if lang == "fr" else None
    return Held(
        rule["rule_id"],
        rule["jurisdiction"],
        own or rule["instrument"],
        rule["article"],
        rule["bears_on"],
        rule[f"summary_{lang}"],
        None if months is None else int(months),
        known("silence"),
        known("url"),
    )
