"""The papers that a finding rests on: those that the cameras which it is about were read from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import pandas as pd

from visavis.disclosures.record import Record, document_names
from visavis.model.findings import FINDINGS

# Rooms whose findings rest on what was read of cameras; what is told of buildings or terrain rests on no paper.
_OF_CAMERAS: Final = (
    "sheet",
    "table",
    "listed",
    "correction",
    "cameras",
    "views",
    "exposures",
    "plates",
    "osm",
)


def documents_of(record: Record, *files: str | None) -> tuple[str, ...]:
    """Return the ids of the documents whose file is one of some files of the dossier."""
    return tuple(
        f"{record.id}/{name}"
        for name, paper in zip(document_names(record), record.documents, strict=True)
        if paper.file is not None and paper.file in files
    )


def resting_on_papers(findings: pd.DataFrame, records: Sequence[Record]) -> pd.DataFrame:
    """Return FINDINGS with the dossier and the documents of each, where they were not told yet.

    A finding on cameras rests on the papers that these were read from; one on a whole dossier on all such papers of it.

    Parameters
    ----------
    findings : DataFrame FINDINGS
    records : sequence of Record
    """
    known = {record.id: dict(_read_from(record)) for record in records}
    told = [
        _told(row, known)
        for row in findings[["code", "disclosure_id", "subject_ids", "document_ids"]].itertuples(index=False)
    ]
    dossiers, papers = zip(*told, strict=True) if told else ((), ())
    return FINDINGS.frame(findings.assign(disclosure_id=list(dossiers), document_ids=list(papers)))


def _told(
    row: tuple[object, ...], known: Mapping[str, Mapping[str, tuple[str, ...]]]
) -> tuple[str | None, str | None]:
    code, dossier, subjects, papers = (value if isinstance(value, str) else None for value in row)
    about = subjects.split(";") if subjects else []
    if dossier is None:
        of = {name for each in about for name in [each.split(":", 1)[0]] if name in known}
        dossier = of.pop() if len(of) == 1 else None
    if (
        papers is None
        and dossier is not None
        and dossier in known
        and str(code).split(".", 1)[0] in _OF_CAMERAS
    ):
        papers = ";".join(_papers(about, known[dossier])) or None
    return dossier, papers


def _papers(about: Sequence[str], read_from: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Yield, each once, the papers that some cameras stand in; of what is no camera, every paper with cameras."""
    stands_in = {subject.split(":")[1] for subject in about if subject.count(":") > 1}
    some = [papers for stem, papers in read_from.items() if stem in stands_in]
    yield from dict.fromkeys(paper for papers in some or read_from.values() for paper in papers)


def _read_from(record: Record) -> Iterator[tuple[str, tuple[str, ...]]]:
    for sheet in record.sheets:
        yield _stem(sheet.file), documents_of(record, sheet.file, sheet.table)
    for listed in record.lists:
        yield _stem(listed.file), documents_of(record, listed.file)
    for digitised in record.cameras:
        yield _stem(digitised.file), documents_of(record, digitised.file)


def _stem(file: str) -> str:
    return file.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0]
