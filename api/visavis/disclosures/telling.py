"""A dossier's record as tables."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
from shapely import Polygon
from shapely.geometry.polygon import orient

from visavis.disclosures.record import DocumentEntry, QuestionEntry, Record, document_names
from visavis.disclosures.rights import requests_table
from visavis.disclosures.table import DISCLOSURES, DOCUMENTS, QUESTIONS, REQUESTS, WITHHELD
from visavis.model.schema import Table
from visavis.model.vocabulary import QUESTIONS as SIX
from visavis.model.vocabulary import Word


def tell(
    record: Record, placed: int, hashes: Mapping[str, str], rules: pd.DataFrame, on: date
) -> dict[str, Any]:
    """Return the record as the tables disclosures, requests, questions, documents and withheld.

    Parameters
    ----------
    record : Record
    placed : int
        How many of its cameras have a place.
    hashes : mapping of str to str
        SHA-256 of each of the dossier's files, by name.
    rules : DataFrame RULES
    on : date
        The day on which this is told.
    """
    return {
        DISCLOSURES.name: DISCLOSURES.frame([_disclosure(record, placed)]),
        REQUESTS.name: requests_table(record, rules, on),
        QUESTIONS.name: QUESTIONS.frame(_questions(record)),
        DOCUMENTS.name: DOCUMENTS.frame(
            [
                _document(record, name, paper, hashes)
                for name, paper in zip(document_names(record), record.documents, strict=True)
            ]
        ),
        WITHHELD.name: WITHHELD.frame(
            [
                {
                    "withheld_id": f"{record.id}/withheld-{number}",
                    "disclosure_id": record.id,
                    **entry.model_dump(
                        include={"cameras", "what", "reason", "legal_basis", "authority", "date"}
                    ),
                    "document_id": _of(record, entry.document),
                    "geometry": None if entry.area is None else orient(Polygon(entry.area)),
                }
                for number, entry in enumerate(record.withheld, start=1)
            ]
        ),
    }


def withheld_count(record: Record) -> int:
    """Return how many cameras the record says exist without a disclosed place."""
    return sum(entry.cameras for entry in record.withheld)


def written_table(table: Table, rows: pd.DataFrame | None, disclosure_id: str) -> pd.DataFrame:
    """Return what a person wrote as one of the dossier's tables as it is published.

    Ids are given where the file has none.

    Parameters
    ----------
    table : Table
        CLAIMS, OBSERVATIONS or TIMELINE.
    rows : DataFrame, optional
        The file's rows; None where there is no file.
    disclosure_id : str
    """
    if rows is None:
        return table.empty()
    own = table.id_column
    word = own.removesuffix("_id")
    names = rows[own] if own in rows else pd.Series([None] * len(rows), index=rows.index, dtype="str")
    numbered = pd.Series(
        [f"{word}-{number}" for number in range(1, len(rows) + 1)], index=rows.index, dtype="str"
    )
    ids = f"{disclosure_id}/" + names.where(names.notna(), numbered).astype("str")
    told = rows.drop(columns=own, errors="ignore").assign(disclosure_id=disclosure_id)
    told[own] = ids
    if "document_id" in told:
        papers = told["document_id"]
        told = told.assign(
            document_id=(f"{disclosure_id}/" + papers.astype("str")).where(papers.notna(), None)
        )
    return table.frame(told)


def _disclosure(record: Record, placed: int) -> dict[str, Any]:
    return {
        "disclosure_id": record.id,
        **record.model_dump(
            include={
                "title",
                "authority",
                "country",
                "jurisdiction",
                "licence",
                "attribution",
                "url",
                "invented",
            }
        ),
        "requested_on": record.request.asked_on,
        "answered_on": record.request.answered_on,
        "status": record.request.status,
        "cameras_placed": placed,
        "cameras_withheld": withheld_count(record),
    }


def _document(record: Record, name: str, paper: DocumentEntry, hashes: Mapping[str, str]) -> dict[str, Any]:
    return {
        **paper.model_dump(
            include={"title", "kind", "status", "holder", "date", "reason", "legal_basis", "file", "licence"}
        ),
        "document_id": f"{record.id}/{name}",
        "disclosure_id": record.id,
        "request_id": _of(record, paper.request),
        "sha256": hashes.get(paper.file, paper.sha256) if paper.file else paper.sha256,
        "url": paper.url,
        "next_steps_en": "; ".join(paper.next_steps) or None,
        "next_steps_fr": "; ".join(paper.next_steps_fr) or None,
        "note": paper.note,
    }


def _questions(record: Record) -> list[dict[str, Any]]:
    """Return every question that was asked, and the six whether they were or not."""
    asked = {question.code: question for question in record.questions}
    return [
        _question(record, code, asked.get(code) or QuestionEntry(code=code, answer="not_asked"))
        for code in dict.fromkeys((*SIX, *asked))
    ]


def _question(record: Record, code: str, question: QuestionEntry) -> dict[str, Any]:
    own = question.wording or code
    words = SIX.get(code) or Word(own, question.wording_fr or own)
    return {
        "question_id": f"{record.id}/{code}",
        "disclosure_id": record.id,
        "authority": record.authority,
        "code": code,
        "question_en": words.en,
        "question_fr": words.fr,
        "answer": question.answer,
        "answered_on": question.answered_on,
        "summary_en": question.summary,
        "summary_fr": question.summary_fr,
        "reason": question.reason,
        "legal_basis": question.legal_basis,
        "document_ids": ";".join(f"{record.id}/{name}" for name in question.documents) or None,
        "request_id": _of(record, question.request),
        "source": question.source,
    }


def _of(record: Record, name: str | None) -> str | None:
    return None if name is None else f"{record.id}/{name}"
