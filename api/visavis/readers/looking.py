"""A first look at a dossier's folder: its record and written tables, and every problem in them with file and line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pandas as pd

from visavis.cameras import CAMERA_MODELS
from visavis.disclosures import FILES, Record, document_names, loose_ends, named_files
from visavis.model.errors import DossierError
from visavis.model.provenance import sha256_of
from visavis.readers.written_tables import read_written
from visavis.readers.yaml_files import checked, line_of, read_yaml

RECORD_FILE: Final = "disclosure.yml"
# Every table that a person writes, by the key of the record that names it.
TABLES: Final = {**FILES, "models": CAMERA_MODELS}


@dataclass(frozen=True)
class Looked:
    """What a first look gives; `record` is None where it can't be read."""

    record: Record | None = None
    tables: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    hashes: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[DossierError, ...] = ()


def look_at(folder: Path) -> Looked:
    """Return a dossier's record and written tables with all that is wrong in them. Sheets are not opened."""
    file = folder / RECORD_FILE
    if not file.is_file():
        return Looked(
            problems=(
                DossierError("no such file", file=file, remedy=f"A dossier is a folder with a {RECORD_FILE}"),
            )
        )
    try:
        content = read_yaml(file)
    except DossierError as broken:
        return Looked(problems=(broken,))
    record, problems = checked(Record, content, file)
    if record is None:
        return Looked(problems=tuple(problems))
    problems += [
        DossierError(what, file=file, line=line_of(content, way), remedy="Mend one of the two")
        for way, what in loose_ends(record)
    ]
    missing = list(_missing(folder, record, content))
    problems += missing
    if missing:
        return Looked(record, problems=tuple(problems))
    hashes = {
        paper.file: sha256_of((folder / paper.file).read_bytes()) for paper in record.documents if paper.file
    }
    problems += _other_hash(record, hashes, content, file)
    tables, faults = _tables(folder, record)
    return Looked(record, tables, hashes, (*problems, *faults))


def _missing(folder: Path, record: Record, content: Any) -> Iterator[DossierError]:
    for way, name in named_files(record):
        there = folder / name
        line = line_of(content, way)
        if not there.resolve().is_relative_to(folder.resolve()):
            yield DossierError(
                f"{name} lies outside the dossier",
                file=folder / RECORD_FILE,
                line=line,
                remedy="Move it inside",
            )
        elif not there.is_file():
            yield DossierError(
                f"names {name}, which is not there",
                file=folder / RECORD_FILE,
                line=line,
                remedy="Add the file or take the name out",
            )


def _other_hash(
    record: Record, hashes: Mapping[str, str], content: Any, file: Path
) -> Iterator[DossierError]:
    for number, paper in enumerate(record.documents):
        if paper.file and paper.sha256 and hashes[paper.file] != paper.sha256:
            yield DossierError(
                f"{paper.file} is another file than the one that sha256 was taken of",
                file=file,
                line=line_of(content, ("documents", number, "sha256")),
                remedy="Put the file back, or write its new SHA-256",
            )


def _tables(folder: Path, record: Record) -> tuple[dict[str, pd.DataFrame], list[DossierError]]:
    tables, problems = {}, []
    papers = set(document_names(record))
    for name, declared in TABLES.items():
        if (named := getattr(record, name)) is None:
            continue
        file = folder / named
        frame, lines, faults = read_written(file, declared)
        tables[name] = frame
        problems += faults
        if "document_id" in frame:
            told = zip(frame["document_id"], lines, strict=True)
            problems += [
                DossierError(
                    f"no document is called {paper}", file=file, line=line, remedy="Name one of the record"
                )
                for paper, line in told
                if isinstance(paper, str) and paper not in papers
            ]
        if "photo" in frame:
            told = zip(frame["photo"], lines, strict=True)
            problems += [
                DossierError(
                    f"names {photo}, which is not there", file=file, line=line, remedy="Add the file"
                )
                for photo, line in told
                if isinstance(photo, str) and not (folder / photo).is_file()
            ]
    return tables, problems
