"""The Valenciennes dossier says what its sources say: every figure in it is held to the table of facts."""

from __future__ import annotations

import json
import re
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from visavis.cli import app
from visavis.datasets import disclosures, model_town
from visavis.disclosures import CLAIMS, compare, contradictions
from visavis.disclosures.table import OBSERVATIONS
from visavis.model.errors import UsageError
from visavis.pipeline import build
from visavis.readers.dossier import Dossier, read_dossier
from visavis.store import open_store

CAVEAT = "not a public decision"
STATUS = {
    "disclosed_redacted": "redacted",
    "not_existing_yet": "absent",
    "refused": "withheld",
    "answered": "disclosed",
    "published_in_part_by_press": "reported",
}
FOLDER = disclosures("fr/valenciennes/2021-cameras")


@pytest.fixture(scope="module")
def dossier() -> Dossier:
    return read_dossier(FOLDER)


@pytest.fixture(scope="module")
def claims(dossier: Dossier) -> pd.DataFrame:
    told = dossier.written[CLAIMS.name]
    return told.assign(claim_id=told["claim_id"].str.rsplit("/", n=1).str[-1]).set_index("claim_id")


def facts(shared: Path, name: str) -> pd.DataFrame:
    return pd.read_csv(shared / "facts" / f"valenciennes_{name}.csv", dtype="str")


@pytest.mark.shared
@pytest.mark.parametrize(
    "column", ["subject", "value", "unit", "as_of", "source_title", "quote", "confidence"]
)
def test_every_claim_is_that_of_the_facts(shared: Path, claims: pd.DataFrame, column: str) -> None:
    known = facts(shared, "claims").set_index("claim_id")
    assert len(known) == 35
    mine = claims.loc[known.index, column].fillna("")
    assert mine.tolist() == known[column].fillna("").tolist()
    assert set(claims.index) - set(known.index) == {"vlc-036"}, (
        "what the datasheets say, which a note of the facts tells"
    )


@pytest.mark.shared
def test_every_document_of_the_facts_is_there_with_its_day_and_status(shared: Path, dossier: Dossier) -> None:
    mine = {paper.id: paper for paper in dossier.record.documents}
    known = facts(shared, "documents")
    assert list(mine) == known["document_id"].tolist()
    for row in known.itertuples(index=False):
        paper = mine[row.document_id]
        assert paper.kind == row.kind
        assert paper.status == STATUS.get(row.status, row.status)
        assert paper.date == (row.date if isinstance(row.date, str) else None)
        assert (paper.holder or "").casefold() == row.holder.casefold()
        assert (paper.reason is None) == (not isinstance(row.reason, str) or row.document_id == "vld-13")
        assert paper.url is None or paper.url in row.source


@pytest.mark.shared
def test_the_timeline_has_every_day_of_the_facts(shared: Path, dossier: Dossier) -> None:
    assert dossier.written["timeline"]["date"].tolist() == facts(shared, "timeline")["date"].tolist()


@pytest.mark.shared
def test_no_number_stands_in_the_dossier_that_the_facts_do_not_know(shared: Path) -> None:
    known = " ".join(
        (shared / "facts" / f"valenciennes_{n}.csv").read_text("utf-8")
        for n in ("claims", "documents", "timeline")
    )
    numbers = set(re.findall(r"\d+", known))
    for file in sorted(FOLDER.iterdir()):
        told = re.sub(r"SHA-256|CC0-1\.0|FR-59|vlc-036", "", file.read_text("utf-8"))
        assert set(re.findall(r"\d+", told)) - numbers == set(), file.name


@pytest.mark.shared
def test_the_words_of_the_notes_are_ours(shared: Path, claims: pd.DataFrame) -> None:
    known = facts(shared, "claims").set_index("claim_id")["note"].dropna()
    long = known[known.str.split().str.len() > 4]
    assert [
        name for name, note in long.items() if note.casefold() in str(claims.loc[name, "note"]).casefold()
    ] == []


def test_every_published_count_stands_with_who_said_it_and_of_when(claims: pd.DataFrame) -> None:
    counts = claims[claims["unit"] == "cameras"]
    assert set(counts["value"]) >= {
        "147",
        "150",
        "160",
        "200",
        "217",
        "220",
        "230",
        "240",
        "241",
        "308",
        "323",
        "361",
        "211",
    }
    assert counts["stated_by"].notna().all()
    assert counts["as_of"].notna().all()
    assert claims["source"].notna().all()


def test_contradictions_are_computed_and_none_is_settled(dossier: Dossier) -> None:
    told = dossier.written[CLAIMS.name]
    found = contradictions(told)
    assert set(zip(found["subject"], found["kind"], found["claimed"], strict=True)) == {
        ("cameras_installed", "same_time", "147 | 150"),
        ("cameras_installed", "same_time", "308 | 160"),
        ("cameras_installed", "falls", "308 | 241"),
        ("cameras_planned", "same_time", "200 | 323"),
        ("cameras_promised", "same_time", "240 | 217"),
        ("face_recognition_able", "both_ways", "true | false"),
        ("people_told_from_vehicles", "both_ways", "false | true"),
    }
    compared = compare(told, OBSERVATIONS.empty(), found, {}, dossier.record.id).set_index("subject")
    assert compared.loc["cameras_installed", "claimed"] == "147 | 150 | 160 | 308 | 241 | 361"
    assert compared["computed"].isna().all()


def test_wherever_the_warning_is_mentioned_the_caveat_stands_beside_it(
    dossier: Dossier, claims: pd.DataFrame
) -> None:
    mentioned = claims["note"].fillna("").str.contains("warning|concern")
    mentions = claims[mentioned | claims["subject"].str.startswith("cnil_")]
    assert len(mentions) >= 4
    assert mentions["note"].str.contains(CAVEAT).all()
    events = dossier.written["timeline"]
    warned = events[events["what_en"].str.contains("warn")]
    assert len(warned) == 3
    assert warned["what_en"].str.contains("no public decision|not a public decision").all()
    assert warned["what_fr"].str.contains("pas une décision publique").all()
    papers = {paper.id: paper for paper in dossier.record.documents}
    assert CAVEAT in (papers["vld-13"].note or "")
    assert CAVEAT in (FOLDER / "README.md").read_text("utf-8").replace("\n", " ")


def test_the_map_is_told_as_disclosed_and_not_digitised_and_no_camera_is_invented(dossier: Dossier) -> None:
    assert "record.map-not-digitised" in {found.code for found in dossier.findings}
    assert (dossier.cameras, dossier.sheets, dossier.lists, dossier.record.withheld) == ((), (), (), ())
    paper = next(paper for paper in dossier.record.documents if paper.kind == "map")
    assert len(paper.next_steps) == len(paper.next_steps_fr) == 5


def test_each_of_the_six_questions_has_an_answer_and_a_source(dossier: Dossier) -> None:
    answers = {question.code: question.answer for question in dossier.record.questions}
    assert list(answers.values()) == ["answered", "answered", "answered", "partly", "refused", "answered"]
    assert all(question.source and question.summary_fr for question in dossier.record.questions)


@pytest.mark.slow
def test_it_is_built_without_buildings_and_says_what_is_not_there(tmp_path: Path) -> None:
    file = tmp_path / "papers.gpkg"
    told = CliRunner().invoke(app, ["build", str(FOLDER), "-o", str(file), "--json"], catch_exceptions=False)
    summary = json.loads(told.stdout)
    assert (told.exit_code, summary["cameras"], summary["claims"]) == (0, 0, 36)
    [said] = summary["without_cameras"]
    assert "nothing is computed" in said
    with closing(open_store(str(file))) as store:
        findings = store.frame("findings").set_index("code")
        compared = store.frame("comparisons")
    assert findings.loc["record.no-camera-placed", "document_ids"] == "fr/valenciennes/2021-cameras/vld-05"
    assert findings["document_ids"].notna().all(), "each of these rests on papers"
    assert compared["computed"].isna().all(), "no camera here is not the same as none there"


def test_a_dossier_with_cameras_asks_for_buildings(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="has cameras"):
        build([model_town()], [], str(tmp_path / "x.gpkg"), clock=lambda: datetime(2026, 1, 1, tzinfo=UTC))
