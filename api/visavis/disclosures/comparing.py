"""Claimed against computed against observed: side by side, and how they agree, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from visavis.disclosures.contradictions import number_in
from visavis.disclosures.subjects import SAME, title_of
from visavis.disclosures.table import COMPARISONS
from visavis.model.days import last_of
from visavis.model.vocabulary import Word


def compare(
    claims: pd.DataFrame,
    observations: pd.DataFrame,
    contradictions: pd.DataFrame,
    computed: Mapping[str, float],
    disclosure_id: str,
) -> pd.DataFrame:
    """Return COMPARISONS: each subject that somebody spoke of or looked at, with what the layers give beside it.

    Contradicting claims stand side by side; none is preferred. Of observations of the whole the last one counts; those
    of a single camera stand for that camera alone.

    Parameters
    ----------
    claims : DataFrame CLAIMS
    observations : DataFrame OBSERVATIONS
    contradictions : DataFrame CONTRADICTIONS_TABLE
    computed : mapping of subject to number
    disclosure_id : str
    """
    mine = claims[(claims["disclosure_id"] == disclosure_id) & claims["value"].notna()]
    seen = observations[(observations["disclosure_id"] == disclosure_id) & observations["camera"].isna()]
    against = contradictions[contradictions["disclosure_id"] == disclosure_id].groupby("subject").size()
    by_subject = {str(subject): group for subject, group in mine.groupby("subject")}
    seen_of = {str(subject): group for subject, group in seen.groupby("subject")}
    return COMPARISONS.frame(
        [
            _row(
                subject,
                by_subject.get(subject, mine.iloc[:0]),
                seen_of.get(subject, seen.iloc[:0]),
                int(against.get(SAME.get(subject, subject), 0)),
                computed.get(subject),
                disclosure_id,
            )
            for subject in sorted({*by_subject, *seen_of})
        ]
    )


def _row(
    subject: str,
    claims: pd.DataFrame,
    seen: pd.DataFrame,
    against: int,
    computed: float | None,
    disclosure_id: str,
) -> dict[str, Any]:
    values = list(dict.fromkeys(claims["value"]))
    numbers = [number for value in values if (number := number_in(value)) is not None]
    last = seen.assign(day=seen["observed_on"].map(last_of)).sort_values(["day", "observation_id"]).tail(1)
    observed = number_in(last["value"].iloc[0]) if len(last) else None
    units = claims["unit"].dropna()
    agreement, note = _agreement(values, numbers, computed, observed)
    title = title_of(subject)
    return {
        "comparison_id": f"{disclosure_id}/{subject}",
        "disclosure_id": disclosure_id,
        "subject": subject,
        "title_en": title.en,
        "title_fr": title.fr,
        "unit": None if units.empty else units.iloc[0],
        "claims": len(claims),
        "claimed": " | ".join(values) or None,
        "claimed_least": min(numbers, default=None),
        "claimed_most": max(numbers, default=None),
        "computed": computed,
        "observed": observed,
        "observed_on": last["observed_on"].iloc[0] if len(last) else None,
        "contradictions": against,
        "agreement": agreement,
        "note_en": note.en,
        "note_fr": note.fr,
    }


def _agreement(
    values: list[str], numbers: list[float], computed: float | None, observed: float | None
) -> tuple[str, Word]:
    """Return how claims stand to what was computed and seen; a claim in words is held against nothing."""
    known = [
        (number, words)
        for number, words in ((computed, _COMPUTED), (observed, _OBSERVED))
        if number is not None
    ]
    if not known:
        if len(values) > 1:
            return "claims_differ", Word(
                "The claims differ; the layers say nothing of this, and nobody reports having looked.",
                "Les déclarations diffèrent ; les couches n'en disent rien, et personne ne dit avoir regardé.",
            )
        return "only_claimed", Word(
            "Nothing to hold the claim against: the layers say nothing of this.",
            "Rien à opposer à la déclaration : les couches n'en disent rien.",
        )
    given = Word(
        " ".join(words.en.format(number=f"{number:g}") for number, words in known),
        " ".join(words.fr.format(number=f"{number:g}") for number, words in known),
    )
    told = {number for number, _ in known}
    if len(told) == 1 and set(numbers) == told and len(values) == 1:
        return "agree", Word(
            f"{given.en} It agrees with what is claimed.", f"{given.fr} Cela concorde avec la déclaration."
        )
    if not values and len(told) == 1:
        return "agree" if len(known) > 1 else "differ", Word(
            f"{given.en} Nobody claims a number.", f"{given.fr} Personne n'avance de nombre."
        )
    if told & set(numbers):
        return "agree_with_some", Word(
            f"{given.en} That agrees with some of what is said and not with the rest, to be checked on site.",
            f"{given.fr} Cela concorde avec une partie de ce qui est dit et non avec le reste, à vérifier sur place.",
        )
    return "differ", Word(
        f"{given.en} That differs from what is said, to be checked on site.",
        f"{given.fr} Cela diffère de ce qui est dit, à vérifier sur place.",
    )


_COMPUTED = Word("The layers give {number}.", "Les couches donnent {number}.")
_OBSERVED = Word("On site {number} were seen.", "Sur place, {number} ont été vues.")
