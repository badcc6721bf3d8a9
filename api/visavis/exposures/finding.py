"""What is to be told of exposures, summed by dossier and rule."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from visavis.exposures.words import WORDS
from visavis.law import in_force
from visavis.model.findings import Finding, raised
from visavis.model.vocabulary import SURENESS_MIN_PROBABILITY, SURENESSES


def findings_of(
    exposures: pd.DataFrame, seen: pd.DataFrame, rules: pd.DataFrame, on: date
) -> tuple[Finding, ...]:
    """Return what to tell of the exposures.

    Parameters
    ----------
    exposures : DataFrame EXPOSURES
    seen : DataFrame
        The sightings of private spaces that they were made of, also those too unlikely to tell, with
        disclosure_id, jurisdiction, sureness and `held`: whether an unknown direction holds the wording.
    rules : DataFrame RULES
    on : date
        Day whose law is applied.
    """
    return (
        *_views(exposures),
        *_rules(exposures, rules),
        *_doubts(seen),
        *_lawless(seen, rules, on),
    )


def _views(exposures: pd.DataFrame) -> list[Finding]:
    return [
        raised(
            WORDS,
            "exposures.camera-could-view-private-space",
            str(disclosure),
            disclosure=str(disclosure),
            cameras=int(mine["camera_id"].nunique()),
            spaces=int(mine["space_id"].nunique()),
            **_by_surest(mine),
        )
        for disclosure, mine in exposures.groupby("disclosure_id")
    ]


def _rules(exposures: pd.DataFrame, rules: pd.DataFrame) -> list[Finding]:
    bearing = exposures.assign(rule_id=exposures["rule_ids"].str.split(";")).explode("rule_id")
    named = rules.set_index("rule_id")[["instrument", "article"]].to_dict("index")
    return [
        raised(
            WORDS,
            "exposures.rule-bears-on-views",
            str(disclosure),
            rule_id=str(rule_id),
            disclosure=str(disclosure),
            instrument=str(named[rule_id]["instrument"]),
            article=str(named[rule_id]["article"]),
            cameras=int(mine["camera_id"].nunique()),
            spaces=int(mine["space_id"].nunique()),
            **_by_surest(mine),
        )
        for (disclosure, rule_id), mine in bearing.groupby(["disclosure_id", "rule_id"])
    ]


def _doubts(seen: pd.DataFrame) -> list[Finding]:
    unlikely = seen[seen["sureness"].isna()].groupby("disclosure_id").size()
    return [
        raised(
            WORDS,
            "exposures.direction-unknown",
            str(disclosure),
            disclosure=str(disclosure),
            exposures=len(mine),
            cameras=int(mine["camera_id"].nunique()),
        )
        for disclosure, mine in seen[seen["held"]].groupby("disclosure_id")
    ] + [
        raised(
            WORDS,
            "exposures.too-unlikely-to-tell",
            str(disclosure),
            disclosure=str(disclosure),
            exposures=int(views),
            most=SURENESS_MIN_PROBABILITY["possible"],
        )
        for disclosure, views in unlikely.items()
    ]


def _lawless(seen: pd.DataFrame, rules: pd.DataFrame, on: date) -> list[Finding]:
    """Say where the table has no rule on views at all: its silence must not read as leave."""
    places = seen[["disclosure_id", "jurisdiction"]].drop_duplicates().sort_values("disclosure_id")
    return [
        raised(
            WORDS,
            "exposures.no-rules-known",
            str(place.disclosure_id),
            disclosure=str(place.disclosure_id),
            jurisdiction=place.jurisdiction if isinstance(place.jurisdiction, str) else "?",
            on=on.isoformat(),
        )
        for place in places.itertuples(index=False)
        if not _has_rules_on_views(place.jurisdiction, rules, on)
    ]


def _has_rules_on_views(jurisdiction: object, rules: pd.DataFrame, on: date) -> bool:
    if not isinstance(jurisdiction, str):
        return False
    return bool(in_force(rules, jurisdiction, on)["bears_on"].isin(("facade", "entrance", "place")).any())


def _by_surest(mine: pd.DataFrame) -> dict[str, Any]:
    """Return how many spaces are viewed, and how many cameras view some, how surely: each once, by its surest view."""
    ranks = {code: rank for rank, code in enumerate(SURENESSES)}
    rank = mine["sureness"].map(ranks)
    spaces, cameras = (rank.groupby(mine[of]).min() for of in ("space_id", "camera_id"))
    return {
        **{code: int((spaces == at).sum()) for code, at in ranks.items()},
        **{f"cameras_{code}": int((cameras == at).sum()) for code, at in ranks.items()},
    }
