"""What is to be told of a dossier's record: what was kept back, what contradicts, how the requests came out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from visavis.disclosures.record import Record, document_names
from visavis.disclosures.words import WORDS
from visavis.model.findings import Finding, raised
from visavis.model.vocabulary import ANSWERS, DEADLINES, QUESTIONS

_KEPT_BACK = ("redacted", "withheld")


def doubts_of_record(record: Record) -> Iterator[Finding]:
    """Yield what a record leaves open: it is told where a dossier is checked, and where it is built."""
    own = record.id
    for name, paper in zip(document_names(record), record.documents, strict=True):
        about = {"disclosure": own, "title": paper.title}
        if paper.digitised is False and paper.status in ("disclosed", "redacted"):
            yield raised(
                WORDS, "record.map-not-digitised", f"{own}/{name}", documents=[f"{own}/{name}"], **about
            )
        if paper.status in _KEPT_BACK and paper.reason is None:
            yield raised(
                WORDS, "record.no-reason-given", f"{own}/{name}", documents=[f"{own}/{name}"], **about
            )
        if paper.status in _KEPT_BACK and paper.legal_basis is None:
            yield raised(
                WORDS, "record.no-legal-basis", f"{own}/{name}", documents=[f"{own}/{name}"], **about
            )


def doubts_of_claims(claims: pd.DataFrame, disclosure_id: str) -> Iterator[Finding]:
    """Yield what claims, as they are published, leave open.

    Parameters
    ----------
    claims : DataFrame CLAIMS
        Of one dossier.
    disclosure_id : str
    """
    for code, rows in (
        ("record.claim-blacked-out", claims["value"].isna()),
        ("record.claim-undated", claims["as_of"].isna()),
        ("record.source-of-claim-missing", claims["document_id"].isna() & claims["source"].isna()),
    ):
        if rows.any():
            papers = claims.loc[rows, "document_id"].dropna()
            yield raised(
                WORDS,
                code,
                disclosure_id,
                documents=papers,
                disclosure=disclosure_id,
                claims=int(rows.sum()),
            )


def findings_of_record(
    tables: Mapping[str, pd.DataFrame],
    claims: pd.DataFrame,
    contradictions: pd.DataFrame,
    disclosure_id: str,
) -> Iterator[Finding]:
    """Yield how the requests and the questions of one dossier came out, and whether its claims contradict.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        What :func:`visavis.disclosures.tell` gives.
    claims : DataFrame CLAIMS
    contradictions : DataFrame CONTRADICTIONS_TABLE
        Of the dossier.
    disclosure_id : str
    """
    requests, documents = tables["requests"], tables["documents"]
    answered = requests["answered_on"].notna() | ~requests["status"].isin(["asked", "appealed"])
    # A request whose answer has no day was answered, and nobody can tell whether in time.
    counts = {code: int((requests["deadline"] == code).sum()) for code in DEADLINES}
    yield raised(
        WORDS,
        "rights.requests",
        disclosure_id,
        rule_id=";".join(sorted(requests["rule_id"].dropna().unique())) or None,
        documents=documents.loc[documents["request_id"].notna(), "document_id"],
        disclosure=disclosure_id,
        made=len(requests),
        answered=int(answered.sum()),
        **{**counts, "unknown": int((answered & (requests["deadline"] == "unknown")).sum())},
    )
    six = tables["questions"]
    six = six[six["code"].isin(list(QUESTIONS))]
    yield raised(
        WORDS,
        "rights.questions",
        disclosure_id,
        rule_id=None,
        documents=(paper for papers in six["document_ids"].dropna() for paper in papers.split(";")),
        disclosure=disclosure_id,
        **{code: int((six["answer"] == code).sum()) for code in ANSWERS},
    )
    if not tables["disclosures"]["cameras_placed"].any():
        maps = documents.loc[documents["kind"].isin(["map", "table", "register"]), "document_id"]
        yield raised(
            WORDS, "record.no-camera-placed", disclosure_id, documents=maps, disclosure=disclosure_id
        )
    if len(contradictions):
        yield raised(
            WORDS,
            "record.claims-contradict",
            disclosure_id,
            documents=claims.loc[
                claims["claim_id"].isin(contradictions["claim_ids"].str.split(";").explode()), "document_id"
            ].dropna(),
            disclosure=disclosure_id,
            groups=len(contradictions),
            subjects=int(contradictions["subject"].nunique()),
        )
