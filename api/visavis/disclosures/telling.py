"""A dossier's record as tables, and its claims against what the layers give."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import pandas as pd

from visavis.disclosures.record import Record
from visavis.disclosures.table import CLAIMS, COMPARISONS, DISCLOSURES, DOCUMENTS, WITHHELD
from visavis.model.vocabulary import Word

# Subjects of claims that the layers can be held against.
CAMERAS_INSTALLED: Final = "cameras_installed"
CAMERAS_VIEWING_PRIVATE_SPACES: Final = "cameras_viewing_private_spaces"

SUBJECTS: Final[Mapping[str, Word]] = {
    CAMERAS_INSTALLED: Word("cameras installed", "caméras installées"),
    CAMERAS_VIEWING_PRIVATE_SPACES: Word(
        "cameras that could view private spaces",
        "caméras qui pourraient voir des espaces privés",
    ),
}


def tell(record: Record, placed: int, hashes: Mapping[str, str]) -> dict[str, Any]:
    """Return the record as the tables disclosures, documents and withheld.

    Parameters
    ----------
    record : Record
    placed : int
        How many of its cameras have a place.
    hashes : mapping of str to str
        SHA-256 of each of the dossier's files, by name.
    """
    names = _document_names(record)
    return {
        DISCLOSURES.name: DISCLOSURES.frame(
            [
                {
                    "disclosure_id": record.id,
                    "title": record.title,
                    "authority": record.authority,
                    "country": record.country,
                    "jurisdiction": record.jurisdiction,
                    "requested_on": _iso(record.request.asked_on),
                    "answered_on": _iso(record.request.answered_on),
                    "status": record.request.status,
                    "licence": record.licence,
                    "attribution": record.attribution,
                    "invented": record.invented,
                    "cameras_placed": placed,
                    "cameras_withheld": withheld_count(record),
                }
            ]
        ),
        DOCUMENTS.name: DOCUMENTS.frame(
            [
                {
                    "document_id": name,
                    "disclosure_id": record.id,
                    "title": paper.title,
                    "kind": paper.kind,
                    "status": paper.status,
                    "date": _iso(paper.date),
                    "reason": paper.reason,
                    "file": paper.file,
                    "sha256": hashes.get(paper.file) if paper.file else None,
                    "licence": paper.licence,
                    "url": paper.url,
                }
                for name, paper in zip(names, record.documents, strict=True)
            ]
        ),
        WITHHELD.name: WITHHELD.frame(
            [
                {
                    "withheld_id": f"{record.id}/withheld-{number}",
                    "disclosure_id": record.id,
                    "cameras": entry.cameras,
                    "what": entry.what,
                    "reason": entry.reason,
                    "authority": entry.authority,
                    "date": _iso(entry.date),
                    "document_id": None if entry.document is None else f"{record.id}/{entry.document}",
                }
                for number, entry in enumerate(record.withheld, start=1)
            ]
        ),
    }


def withheld_count(record: Record) -> int:
    """Return how many cameras the record says exist without a disclosed place."""
    return sum(entry.cameras for entry in record.withheld)


def compare(claims: pd.DataFrame, computed: Mapping[str, float], disclosure_id: str) -> pd.DataFrame:
    """Return COMPARISONS: each subject that somebody spoke of, with what the layers give beside it.

    Contradicting claims stand side by side; none is preferred.

    Parameters
    ----------
    claims : DataFrame CLAIMS
    computed : mapping of subject to number
    disclosure_id : str
    """
    mine = claims[claims["disclosure_id"] == disclosure_id]
    rows = []
    for subject in sorted(mine["subject"].unique()):
        values = list(dict.fromkeys(mine.loc[mine["subject"] == subject, "value"]))
        note = _agreement(values, computed.get(subject))
        rows.append(
            {
                "comparison_id": f"{disclosure_id}/{subject}",
                "disclosure_id": disclosure_id,
                "subject": subject,
                "claimed": " | ".join(values),
                "computed": computed.get(subject),
                "note_en": note.en,
                "note_fr": note.fr,
            }
        )
    return COMPARISONS.frame(rows)


def claims_table(claims: pd.DataFrame | None, disclosure_id: str) -> pd.DataFrame:
    """Return a dossier's claims as the declared table; ids are given where the file has none."""
    if claims is None:
        return CLAIMS.empty()
    rows: list[dict[str, Any]] = []
    for number, row in enumerate(claims.to_dict("records"), start=1):
        paper = row.get("document_id")
        rows.append(
            {
                **{str(column): value for column, value in row.items()},
                "claim_id": f"{disclosure_id}/{row.get('claim_id') or f'claim-{number}'}",
                "disclosure_id": disclosure_id,
                "document_id": f"{disclosure_id}/{paper}" if paper else None,
            }
        )
    return CLAIMS.frame(rows)


def _document_names(record: Record) -> list[str]:
    return [
        f"{record.id}/{paper.file or f'document-{number}'}"
        for number, paper in enumerate(record.documents, start=1)
    ]


def _agreement(values: list[str], computed: float | None) -> Word:
    if computed is None:
        return Word("The layers say nothing of this.", "Les couches n'en disent rien.")
    told = f"{computed:.0f}"
    if values == [told]:
        return Word("Claim and computation agree.", "Déclaration et calcul concordent.")
    if told in values:
        return Word(
            "The claims contradict each other; one agrees with the computation.",
            "Les déclarations se contredisent ; l'une concorde avec le calcul.",
        )
    return Word(
        f"The computation gives {told}; to be checked on site.",
        f"Le calcul donne {told} ; à vérifier sur place.",
    )


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
