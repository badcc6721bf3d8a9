"""Claims that can't all be so, found and shown: none is preferred, none is left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Any, Final, NamedTuple

import pandas as pd

from visavis.disclosures.subjects import GROWING, SAME, title_of
from visavis.disclosures.table import CONTRADICTIONS_TABLE
from visavis.model.days import first_of, last_of

_OPPOSITES: Final = frozenset({"true", "false"})
# So many values and names are spelt out in a sentence; the columns beside it hold them all.
_MOST_TOLD: Final = 8


class Claim(NamedTuple):
    """What one claim says, and of which days: of all of them where it tells none."""

    claim_id: str
    subject: str
    value: str
    stated_by: str
    first: date = date.min
    last: date = date.max

    @property
    def dated(self) -> bool:
        return self.first > date.min


def contradictions(claims: pd.DataFrame) -> pd.DataFrame:
    """Return CONTRADICTIONS_TABLE: groups of claims on one subject that can't all be so.

    - `same_time`: different values of days that overlap. A claim of a whole year overlaps each of its days: the number
      may have changed within it, and the row says of which days each claim speaks.
    - `falls`: a number of something that grows, said to be smaller later, in the next claim or group of claims.
    - `both_ways`: said to be true and to be false, of whichever days.
    - `undated`: a claim without a day that differs from another.

    Claims whose value is blacked out contradict nothing.

    Parameters
    ----------
    claims : DataFrame CLAIMS
    """
    told: dict[tuple[str, str], list[Claim]] = {}
    for row in claims[claims["value"].notna()].itertuples(index=False):
        claim = Claim(str(row.claim_id), str(row.subject), str(row.value), str(row.stated_by))
        if isinstance(row.as_of, str):
            claim = claim._replace(first=first_of(row.as_of), last=last_of(row.as_of))
        told.setdefault((str(row.disclosure_id), SAME.get(claim.subject, claim.subject)), []).append(claim)
    return CONTRADICTIONS_TABLE.frame(
        [row for (dossier, subject), group in sorted(told.items()) for row in _rows(dossier, subject, group)]
    )


def _rows(dossier: str, subject: str, claims: Sequence[Claim]) -> Iterator[dict[str, Any]]:
    for number, (kind, group) in enumerate(_found(subject, claims), start=1):
        yield _row(f"{dossier}/{subject}/{kind}/{number}", dossier, subject, kind, group)


def _found(subject: str, claims: Sequence[Claim]) -> Iterator[tuple[str, list[Claim]]]:
    dated = sorted((c for c in claims if c.dated), key=lambda c: (c.first, c.last, c.claim_id))
    undated = [claim for claim in claims if not claim.dated]
    values = _values(claims)
    if values >= _OPPOSITES:
        yield "both_ways", [claim for claim in claims if claim.value in _OPPOSITES]
        return
    periods = list(_overlapping(dated))
    for period in periods:
        if len(_values(period)) > 1:
            yield "same_time", period
    if subject in GROWING:
        for earlier, later in pairwise(periods):
            if (most := _numbers(earlier)) and (least := _numbers(later)) and min(least) < max(most):
                yield "falls", [*_with(earlier, max(most)), *_with(later, min(least))]
    if undated and len(values) > 1:
        yield "undated", [*undated, *dated]


def _overlapping(claims: Iterable[Claim]) -> Iterator[list[Claim]]:
    """Yield claims whose days hang together, in the order of time."""
    period: list[Claim] = []
    end = date.min
    for claim in claims:
        if period and claim.first > end:
            yield period
            period = []
        period.append(claim)
        end = max(end, claim.last)
    if period:
        yield period


def _with(claims: Iterable[Claim], number: float) -> list[Claim]:
    return [claim for claim in claims if number_in(claim.value) == number]


def _numbers(claims: Iterable[Claim]) -> list[float]:
    return [number for claim in claims if (number := number_in(claim.value)) is not None]


def number_in(value: object) -> float | None:
    """Return the number that a claim's value is, or None where it is none."""
    try:
        number = float(str(value).replace(" ", "").replace("\u202f", ""))
    except ValueError:
        return None
    return number if number == number and abs(number) != float("inf") else None


def _values(claims: Iterable[Claim]) -> set[str]:
    return {claim.value for claim in claims}


def _row(name: str, dossier: str, subject: str, kind: str, claims: Sequence[Claim]) -> dict[str, Any]:
    values = list(dict.fromkeys(claim.value for claim in claims))
    days = [day for claim in claims if claim.dated for day in (claim.first, claim.last)]
    by_value = {
        value: list(dict.fromkeys(c.stated_by for c in claims if c.value == value)) for value in values[:50]
    }
    return {
        "contradiction_id": name,
        "disclosure_id": dossier,
        "subject": subject,
        "kind": kind,
        "from_day": min(days).isoformat() if days else None,
        "to_day": max(days).isoformat() if days else None,
        "claimed": " | ".join(values),
        "stated_by": " | ".join(f"{value}: {', '.join(names)}" for value, names in by_value.items()),
        "claim_ids": ";".join(claim.claim_id for claim in claims),
        "claims": len(claims),
        "text_en": _told(subject, _worded(kind, claims), values, 0),
        "text_fr": _told(subject, _worded(kind, claims), values, 1),
    }


def _worded(kind: str, claims: Sequence[Claim]) -> str:
    """Return which sentence fits: a claim of a month or a year leaves room for a change within it."""
    wide = any(claim.first != claim.last for claim in claims)
    return "same_months" if kind == "same_time" and wide else kind


def _told(subject: str, kind: str, values: Sequence[str], language: int) -> str:
    shown = ", ".join(values[:_MOST_TOLD]) + (" …" if len(values) > _MOST_TOLD else "")
    return _SENTENCES[kind][language].format(subject=_capital(title_of(subject)[language]), values=shown)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


_SENTENCES: Final = {
    "same_time": (
        "{subject}: {values} are said of the same time. They can't all be so on one day; none is preferred here.",
        "{subject} : {values} sont dits d'un même moment. Tous ne peuvent valoir un même jour ; aucun n'est préféré.",
    ),
    "same_months": (
        "{subject}: {values} are said of times that overlap. They can't all be so on one day, unless the number "
        "changed within the month or year that is told; none is preferred here.",
        "{subject} : {values} sont dits de périodes qui se recouvrent. Tous ne peuvent valoir un même jour, sauf si le "
        "nombre a changé pendant le mois ou l'année indiqués ; aucun n'est préféré.",
    ),
    "falls": (
        "{subject}: {values} are said one after the other, the later one smaller. Whether cameras were taken down or "
        "counted otherwise is not said.",
        "{subject} : {values} sont dits l'un après l'autre, le dernier plus petit. Retrait de caméras ou autre façon "
        "de compter, cela n'est pas dit.",
    ),
    "both_ways": (
        "{subject}: some say that it is so, others that it is not. Both stand here.",
        "{subject} : les uns disent que oui, les autres que non. Les deux sont donnés ici.",
    ),
    "undated": (
        "{subject}: {values} are said, and not all of them of a day. They may be of different times.",
        "{subject} : {values} sont dits, sans que tous portent une date. Ils peuvent être de moments différents.",
    ),
}
