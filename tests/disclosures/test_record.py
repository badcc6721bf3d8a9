"""A dossier's record and its claims."""

from __future__ import annotations

import pandas as pd
import pytest
from pydantic import ValidationError

from visavis.disclosures import Record, claims_table, compare, tell, withheld_count

RECORD = {
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
    tables = tell(Record.model_validate(RECORD), placed=7, hashes={"sheet.pdf": "ab" * 32})
    disclosure = tables["disclosures"].iloc[0]
    assert (disclosure["cameras_placed"], disclosure["cameras_withheld"]) == (7, 5)
    assert bool(disclosure["invented"])
    assert tables["documents"]["sha256"].tolist()[0] == "ab" * 32
    assert tables["withheld"]["cameras"].tolist() == [2, 3]
    assert tables["withheld"].geometry.isna().all()


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
        {"unheard_of": 1},
        {"request": {"status": "lost"}},
    ],
)
def test_a_record_that_breaks_the_format_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Record.model_validate({**RECORD, **change})


def _claims(*rows: tuple[str, str, str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["subject", "value", "stated_by"])
    return claims_table(frame, "xx/a/b")


def test_contradicting_claims_stand_side_by_side() -> None:
    claims = _claims(("cameras_installed", "217", "town"), ("cameras_installed", "240", "paper"))
    row = compare(claims, {"cameras_installed": 240.0}, "xx/a/b").iloc[0]
    assert row["claimed"] == "217 | 240"
    assert row["computed"] == 240.0
    assert "contradict" in row["note_en"]


def test_a_claim_that_the_layers_say_nothing_of_is_kept() -> None:
    claims = _claims(("requests_by_police", "205", "town"))
    row = compare(claims, {"cameras_installed": 3.0}, "xx/a/b").iloc[0]
    assert pd.isna(row["computed"])
    assert row["claimed"] == "205"


def test_a_disagreement_is_worded_as_something_to_check() -> None:
    claims = _claims(("cameras_viewing_private_spaces", "0", "town"))
    row = compare(claims, {"cameras_viewing_private_spaces": 12.0}, "xx/a/b").iloc[0]
    assert "to be checked on site" in row["note_en"]
    assert "à vérifier sur place" in row["note_fr"]
