"""A dossier's record."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from visavis.disclosures import Record, doubts_of_record, loose_ends, tell, withheld_count
from visavis.law import RULES
from visavis.model.vocabulary import QUESTIONS

RECORD: dict[str, Any] = {
    "id": "xx/somewhere/2026-cameras",
    "title": "Map",
    "authority": "Town",
    "country": "XX",
    "invented": True,
    "licence": "CC0-1.0",
    "attribution": "Town",
    "request": {"status": "disclosed", "asked_on": "2026-01-02"},
    "documents": [
        {"title": "Plan", "kind": "map", "status": "disclosed", "file": "sheet.pdf"},
        {"title": "Assessment", "kind": "dpia", "status": "withheld", "reason": "none given"},
    ],
    "withheld": [
        {"cameras": 2, "what": "blacked out", "authority": "Town"},
        {"cameras": 3, "what": "not on the map", "authority": "Prefect"},
    ],
}


def test_a_record_becomes_its_tables() -> None:
    tables = _told(RECORD)
    disclosure = tables["disclosures"].iloc[0]
    assert (disclosure["cameras_placed"], disclosure["cameras_withheld"]) == (7, 5)
    assert bool(disclosure["invented"])
    assert tables["documents"]["sha256"].tolist()[0] == "ab" * 32
    assert tables["withheld"]["cameras"].tolist() == [2, 3]
    assert tables["withheld"].geometry.isna().all()


def test_the_area_of_withheld_cameras_is_told_where_it_is_known() -> None:
    entry = {"cameras": 2, "what": "x", "authority": "y", "area": [[5, 45], [5, 46], [6, 46]]}
    [area] = _told(RECORD | {"withheld": [entry]})["withheld"].geometry
    assert area.exterior.is_ccw
    assert area.bounds == (5, 45, 6, 46)


def test_withheld_cameras_are_counted() -> None:
    assert withheld_count(Record.model_validate(RECORD)) == 5


@pytest.mark.parametrize("name", ["../secret.pdf", "/etc/passwd", "a/../../b", "..\\x", "C:\\x", "", " "])
def test_a_file_name_can_not_leave_the_dossier(name: str) -> None:
    paper = {"title": "Plan", "kind": "map", "status": "disclosed", "file": name}
    with pytest.raises(ValidationError):
        Record.model_validate({**RECORD, "documents": [paper]})


@pytest.mark.parametrize(
    "change",
    [
        {"id": "Somewhere"},
        {"country": "France"},
        {"withheld": [{"cameras": 0, "what": "x", "authority": "y"}]},
        {"withheld": [{"cameras": 1, "what": "x", "authority": "y", "area": [[0, 0], [1, 1]]}]},
        {
            "withheld": [
                {"cameras": 1, "what": "x", "authority": "y", "area": [[0, 0], [1, 1], [1, 0], [0, 1]]}
            ]
        },
        {"unheard_of": 1},
        {"request": {"status": "lost"}},
    ],
)
def test_a_record_that_breaks_the_format_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Record.model_validate({**RECORD, **change})


def test_days_may_be_told_by_month_or_year_as_yaml_reads_them() -> None:
    request = {"status": "disclosed", "asked_on": 2021, "answered_on": date(2021, 5, 20)}
    record = Record.model_validate({**RECORD, "request": request})
    assert (record.request.asked_on, record.request.answered_on) == ("2021", "2021-05-20")


@pytest.mark.parametrize(
    "day", ["2021-13", "2021-02-30", "last year", "21-05-2021", True, datetime(2021, 5, 20)]
)
def test_what_is_no_day_is_refused(day: object) -> None:
    with pytest.raises(ValidationError):
        Record.model_validate({**RECORD, "request": {"status": "asked", "asked_on": day}})


def test_the_six_questions_are_told_whether_asked_or_not() -> None:
    own = {"code": "drones", "wording": "Are there drones?", "answer": "refused"}
    asked = [{"code": "cameras", "answer": "partly", "documents": ["sheet.pdf"]}, own]
    questions = _told({**RECORD, "questions": asked})["questions"].set_index("code")
    assert list(questions.index) == [*QUESTIONS, "drones"]
    assert questions.loc["cameras", "document_ids"] == "xx/somewhere/2026-cameras/sheet.pdf"
    assert questions.loc["contracts", "answer"] == "not_asked"
    assert questions.loc["drones", "question_fr"] == "Are there drones?"


@pytest.mark.parametrize(
    ("change", "way"),
    [
        ({"documents": [RECORD["documents"][0], RECORD["documents"][0]]}, ("documents", 1)),
        (
            {"questions": [{"code": "cameras", "answer": "partly", "documents": ["x"]}]},
            ("questions", 0, "documents", 0),
        ),
        ({"questions": [{"code": "drones", "answer": "refused"}]}, ("questions", 0, "code")),
        (
            {"withheld": [{"cameras": 1, "what": "x", "authority": "y", "document": "z"}]},
            ("withheld", 0, "document"),
        ),
        ({"requests": [{"id": "request-1", "status": "asked"}]}, ("requests", 0)),
        (
            {"request": {"status": "disclosed", "asked_on": "2026-03", "answered_on": "2026-02-28"}},
            ("request", "answered_on"),
        ),
    ],
)
def test_names_that_lead_nowhere_or_twice_are_found(change: dict[str, Any], way: tuple[object, ...]) -> None:
    assert [each for each, _ in loose_ends(Record.model_validate({**RECORD, **change}))] == [way]


def test_a_map_that_is_not_digitised_and_papers_kept_back_without_a_reason_are_told() -> None:
    papers = [
        {"title": "Map", "kind": "map", "status": "disclosed", "digitised": False},
        {"title": "Contract", "kind": "contract", "status": "withheld"},
        {"title": "Table", "kind": "table", "status": "redacted", "reason": "r", "legal_basis": "art. 1"},
    ]
    codes = [found.code for found in doubts_of_record(Record.model_validate({**RECORD, "documents": papers}))]
    assert codes == ["record.map-not-digitised", "record.no-reason-given", "record.no-legal-basis"]


def _told(record: dict[str, Any]) -> dict[str, Any]:
    return tell(Record.model_validate(record), 7, {"sheet.pdf": "ab" * 32}, RULES.empty(), date(2026, 1, 1))
