"""Every finding names the papers that it rests on, and none that it does not."""

from __future__ import annotations

import pandas as pd

from visavis.disclosures import Record, documents_of, resting_on_papers
from visavis.model.findings import Kind, catalogue, findings_table, raised

OWN = "xx/a/b"
WORDS = catalogue(
    **{
        name: Kind("note", "x", "x")
        for name in ("cameras__one", "sheet__one", "spaces__one", "record__one", "exposures__one")
    }
)


def record() -> Record:
    return Record.model_validate(
        {
            "id": OWN,
            "title": "t",
            "authority": "a",
            "country": "XX",
            "licence": "l",
            "attribution": "a",
            "request": {"status": "disclosed"},
            "documents": [
                {"id": "plan", "title": "p", "kind": "map", "status": "disclosed", "file": "maps/north.pdf"},
                {"title": "t", "kind": "table", "status": "disclosed", "file": "table.csv"},
                {"title": "s", "kind": "map", "status": "disclosed", "file": "south.pdf"},
                {"id": "letter", "title": "l", "kind": "letter", "status": "disclosed", "file": "letter.pdf"},
            ],
            "sheets": [
                {"file": "maps/north.pdf", "symbols": "s.csv", "table": "table.csv"},
                {"file": "south.pdf", "symbols": "s.csv"},
            ],
        }
    )


def papers(
    *subjects: str, code: str = "cameras.one", dossier: str | None = None, **more: object
) -> str | None:
    finding = raised(WORDS, code, *subjects, **more)  # type: ignore[arg-type]
    row = resting_on_papers(findings_table([finding], dossier), [record()]).iloc[0]
    told = row["document_ids"]
    assert pd.isna(row["disclosure_id"]) or row["disclosure_id"] == OWN
    return told if isinstance(told, str) else None


def test_a_camera_rests_on_the_sheet_and_the_table_that_it_was_read_from() -> None:
    assert papers(f"{OWN}:north:C1") == f"{OWN}/plan;{OWN}/table.csv"
    assert papers(f"{OWN}:south:C1") == f"{OWN}/south.pdf"


def test_what_is_told_of_a_whole_dossier_rests_on_all_papers_with_cameras_and_on_no_letter() -> None:
    assert papers(OWN, code="exposures.one") == f"{OWN}/plan;{OWN}/table.csv;{OWN}/south.pdf"
    assert papers(code="sheet.one", dossier=OWN) == f"{OWN}/plan;{OWN}/table.csv;{OWN}/south.pdf"


def test_whoever_raises_a_finding_and_knows_its_papers_has_the_word() -> None:
    assert papers(OWN, code="record.one", documents=[f"{OWN}/letter"]) == f"{OWN}/letter"
    assert papers(f"{OWN}:north:C1", documents=[f"{OWN}/letter"]) == f"{OWN}/letter"


def test_what_rests_on_no_paper_names_none() -> None:
    assert papers(code="spaces.one") is None
    assert papers(OWN, code="record.one") is None
    assert papers("xx/other/dossier:north:C1") is None


def test_a_paper_changes_no_id() -> None:
    one, other = raised(WORDS, "record.one", OWN), raised(WORDS, "record.one", OWN, documents=["p"])
    assert one.finding_id() == other.finding_id()
    assert list(findings_table([other])["document_ids"]) == ["p"]


def test_files_lead_to_the_documents_that_hold_them() -> None:
    assert documents_of(record(), "south.pdf", None) == (f"{OWN}/south.pdf",)
    assert documents_of(record(), "nowhere.pdf") == ()
