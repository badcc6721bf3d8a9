"""A dossier with a list and corrections, from its folder to the store and to what `check` says."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.readers.books import ods, xlsx

from visavis.datasets import model_town
from visavis.desk.journal import Journal
from visavis.digitising.corrections import Correction
from visavis.model.errors import VisavisError
from visavis.papers import read_papers
from visavis.pipeline import Options, build

RECORD = """\
id: xx/villemodele/2026-list
title: A list (invented)
authority: Ville de Villemodèle (invented)
country: XX
invented: true
licence: CC0-1.0
attribution: invented
request: {status: disclosed}
lists:
  - {file: list.csv, columns: list.columns.yml}
"""
COLUMNS = "columns: {label: Repère, place: Lieu, kind: Type}\n"
LIST = 'Repère;Lieu;Type\n1;"Grande Rue, rue du Pont";dôme\n2;Grande Rue;fixe\n3;Nulle part;fixe\n'
CROSSING = "nom1,nom2,lon,lat\nGrande Rue,Rue du Pont,-19.9996,47.00004\n"
FIRST, SECOND, THIRD = (f"xx/villemodele/2026-list:list:{n}" for n in (1, 2, 3))


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    files = {"disclosure.yml": RECORD, "list.columns.yml": COLUMNS, "list.csv": LIST}
    for name, content in files.items():
        (tmp_path / name).write_text(content, "utf-8")
    return tmp_path


def with_gazetteer(dossier: Path) -> Path:
    (dossier / "crossings.csv").write_text(CROSSING, "utf-8")
    told = "gazetteers:\n  - {file: crossings.csv, licence: CC0-1.0, attribution: invented}\n"
    (dossier / "disclosure.yml").write_text(RECORD + told, "utf-8")
    return dossier


def correction(act: str, subject: str, **after: float | str) -> Correction:
    return Correction(act, subject, {}, after, "m", "2026-11-02")


def test_check_reads_a_list_places_what_it_can_and_tells_the_rest(dossier: Path) -> None:
    papers = read_papers(with_gazetteer(dossier))
    assert papers.cameras["camera_id"].tolist() == [FIRST]
    assert papers.cameras["source_ref"].tolist() == ["row 2: Grande Rue × Rue du Pont"]
    assert papers.unplaced["camera_id"].tolist() == [SECOND, THIRD]
    told = {f.subjects[0] for f in papers.findings if f.code.startswith("listed.place-")}
    assert told == {SECOND, THIRD}


def test_check_says_that_words_were_not_looked_up_where_no_gazetteer_is_given(dossier: Path) -> None:
    papers = read_papers(dossier)
    assert papers.cameras.empty
    assert [f.code for f in papers.findings] == ["listed.places-not-sought"]


def test_corrections_are_found_by_name_and_undone_by_deleting_their_line(dossier: Path) -> None:
    file = with_gazetteer(dossier) / "corrections.csv"
    Journal(file).append([correction("confirm", FIRST)])
    Journal(file).append([correction("move", THIRD, longitude=-19.9995, latitude=47.0001)])
    Journal(file).append([correction("confirm", "xx/villemodele/2026-list:list:9")])
    papers = read_papers(dossier)
    assert papers.cameras.set_index("camera_id")["standing"].to_dict() == {
        FIRST: "reviewed",
        THIRD: "reviewed",
    }
    assert {f.subjects[0] for f in papers.findings if f.kind.severity == "problem"} == {
        "xx/villemodele/2026-list:list:9"
    }
    assert THIRD not in {subject for f in papers.findings for subject in f.subjects}
    lines = file.read_text("utf-8").splitlines(keepends=True)
    file.write_text("".join([lines[0], lines[2]]), "utf-8")
    undone = read_papers(dossier)
    assert undone.cameras.set_index("camera_id")["standing"].to_dict() == {
        FIRST: "detected",
        THIRD: "reviewed",
    }


@pytest.mark.slow
@pytest.mark.parametrize("make", [xlsx, ods])
def test_a_workbook_serves_as_a_list(dossier: Path, make: object) -> None:
    rows = [["Repère", "Lieu", "Type"], [1, "Grande Rue, rue du Pont", "dôme"]]
    (dossier / "list.csv").write_bytes(make({"Feuille": rows}))  # type: ignore[operator]
    assert read_papers(with_gazetteer(dossier)).cameras["kind"].tolist() == ["dome"]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        (
            "list.columns.yml",
            "columns: {label: Repère}\n",
            "list.columns.yml:1: the file: columns: name the one that says where",
        ),
        ("list.columns.yml", "columns: {place: Lieu, colour: x}\n", "list.columns.yml:1: "),
        ("list.columns.yml", "columns: {place: Lieu}\ncrs: EPSG:999999\n", "list.columns.yml:2: "),
        ("list.columns.yml", "columns: {place: Lieu}\npages: from 3 on\n", "list.columns.yml:2: "),
        ("list.columns.yml", "columns: [\n", "is not YAML"),
        ("list.csv", "", "list.csv: the file is empty"),
        ("crossings.csv", "nom1,nom2\nA,B\n", "crossings.csv: has no column for longitude, latitude"),
        ("crossings.csv", "nom1,lon,lat\nA,?,?\n", "crossings.csv: no row has a name with longitude"),
        ("crossings.csv", "", "crossings.csv: is not a CSV"),
    ],
)
def test_a_file_that_can_not_be_read_is_one_line_with_its_name(
    dossier: Path, name: str, content: str, words: str
) -> None:
    with_gazetteer(dossier)
    (dossier / name).write_text(content, "utf-8")
    with pytest.raises(VisavisError) as refused:
        read_papers(dossier)
    assert words in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.long
def test_a_build_places_a_list_by_the_streets_of_its_spaces_and_counts_who_has_no_place(
    dossier: Path, tmp_path: Path
) -> None:
    claim = "subject,value,unit,as_of,stated_by,document_id,quote\ncameras_installed,3,,2026-01-01,Ville,,\n"
    (dossier / "claims.csv").write_text(claim, "utf-8")
    (dossier / "disclosure.yml").write_text(RECORD + "claims: claims.csv\n", "utf-8")
    Journal(dossier / "corrections.csv").append([correction("confirm", FIRST)])
    outcome = build(
        [dossier],
        [model_town() / "town.osm"],
        str(tmp_path / "out.gpkg"),
        clock=lambda: datetime(2026, 1, 1, tzinfo=UTC),
        options=Options(draws=5),
    )
    assert "xx/villemodele/2026-list/corrections" in {source.source_id for source in outcome.record.sources}
    cameras = outcome.tables["cameras"]
    assert cameras["camera_id"].tolist() == [FIRST]
    assert cameras["standing"].tolist() == ["reviewed"]
    assert cameras["place_score"].tolist() == [1.0]
    assert "position_sd_m=place-told-in-words" in cameras["assumed"].iloc[0]
    findings = outcome.tables["findings"]
    assert set(findings.loc[findings["code"].str.startswith("listed.place-"), "subject_ids"]) == {
        SECOND,
        THIRD,
    }
    assert outcome.tables["comparisons"]["computed"].tolist() == [3.0]
