"""A first look at a dossier names every problem with file and line, and is not hurt by what people write."""

from __future__ import annotations

from pathlib import Path

import pytest

from visavis.model.errors import DossierError
from visavis.model.provenance import sha256_of
from visavis.readers.beginning import begin_dossier
from visavis.readers.dossier import read_dossier
from visavis.readers.looking import look_at

RECORD = """\
id: xx/somewhere/2026-cameras
title: Map
authority: Town
country: XX
licence: CC0-1.0
attribution: Town
request: {status: disclosed, asked_on: 2026-01-02}
"""
CLAIMS = "subject,value,unit,as_of,stated_by,document_id,quote,redacted\n"


def problems(folder: Path, record: str = "", **tables: str) -> list[str]:
    """Return the problems of a dossier, each without the folder's name."""
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, "utf-8")
    named = "".join(f"{name}: {name}.csv\n" for name in tables)
    (folder / "disclosure.yml").write_text(RECORD + named + record, "utf-8")
    return [str(each).replace(f"{folder}/", "") for each in look_at(folder).problems]


def test_a_new_dossier_passes_and_every_comment_may_be_taken_away(tmp_path: Path) -> None:
    told = begin_dossier(tmp_path / "fr" / "lille" / "2026-cameras")
    folder = tmp_path / "fr" / "lille" / "2026-cameras"
    assert told["id"] == "fr/lille/2026-cameras"
    assert look_at(folder).problems == ()
    assert read_dossier(folder).findings == ()
    text = (folder / "disclosure.yml").read_text("utf-8")
    assert text.startswith("# yaml-language-server: $schema=disclosure.schema.json\n")
    assert (folder / "disclosure.schema.json").is_file()
    spoken = text.replace("# holder:", "holder: Prefecture").replace("#  by:", "  by: An association")
    (folder / "disclosure.yml").write_text(spoken, "utf-8")
    record = read_dossier(folder).record
    assert (record.holder, record.request.by) == ("Prefecture", "An association")


@pytest.mark.parametrize("name", ["75056", "null", "true", "Île-de-France (essai)", "...", "a" * 90])
def test_a_new_dossier_passes_whatever_its_folder_is_called(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "fr" / name / "2026-cameras"
    begin_dossier(folder)
    assert look_at(folder).problems == ()


def test_a_new_dossier_never_overwrites(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "mine.txt").write_text("x")
    with pytest.raises(DossierError, match="is there already"):
        begin_dossier(tmp_path / "there")


def test_every_problem_is_told_at_once_with_its_line(tmp_path: Path) -> None:
    told = problems(
        tmp_path,
        "url: ''\ndocuments:\n  - {title: Map, kind: map, status: lost}\n  - title: Plan\n    kind: map\n",
    )
    assert [each.split(" ")[0] for each in told] == [f"disclosure.yml:{line}:" for line in (8, 10, 11)]
    assert "documents.0.status" in told[1]
    assert "documents.1.status: Field required" in told[2]


def test_a_key_that_is_missing_altogether_is_told_at_the_first_line(tmp_path: Path) -> None:
    (tmp_path / "disclosure.yml").write_text(RECORD.replace("title: Map\n", ""), "utf-8")
    (told,) = look_at(tmp_path).problems
    assert str(told).startswith(f"{tmp_path}/disclosure.yml:1: title: Field required")


def test_loose_ends_and_missing_files_are_told_with_their_lines(tmp_path: Path) -> None:
    told = problems(
        tmp_path,
        "timeline: t.csv\ndocuments:\n  - {title: A, kind: map, status: disclosed, request: nobody}\n"
        "  - {title: B, kind: map, status: disclosed,\n     file: gone.pdf}\n",
    )
    assert [each.split(" ")[0] for each in told] == [f"disclosure.yml:{line}:" for line in (10, 8, 12)]


def test_every_faulty_cell_of_a_table_is_told_with_its_line(tmp_path: Path) -> None:
    told = problems(
        tmp_path,
        claims=CLAIMS
        + "cameras_installed,217,cameras,2017-02-30,City,,,\n"
        + "cameras_installed,,cameras,2017,,,,\n"
        + "\n"
        + 'cameras_installed,1,cameras,2017,City,nowhere.pdf,"two\nlines",\n'
        + "cameras_installed,1,cameras,2017,City,,,,,\n",
    )
    assert [each.split(": ")[0] for each in told] == [f"claims.csv:{line}" for line in (2, 3, 3, 7, 5)]
    assert "2017-02-30" in told[0]
    assert "stated_by is empty" in told[1]
    assert "redacted does not say why" in told[2]
    assert "no document is called nowhere.pdf" in told[4]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no header"),
        ("what,ever\n1,2\n", "no header"),
        ("subject,value,stated_by,colour\na,1,b,red\n", "does not know: colour"),
        ("subject,value,stated_by,value\na,1,b,2\n", "a column twice: value"),
        ("claim_id,subject,value,stated_by\nx,a,1,b\nx,a,2,b\n", "x stands on line 2 too"),
        ('subject,value,stated_by\na,"1,b\n', "quotation mark"),
        (f"subject,value,stated_by\na,1,{'b' * 5000}\n", "5000 letters"),
    ],
)
def test_a_spoilt_table_is_told_in_one_line(tmp_path: Path, text: str, words: str) -> None:
    told = problems(tmp_path, claims=text)
    assert len(told) == 1
    assert words in told[0]
    with pytest.raises(DossierError, match=r"claims\.csv"):
        read_dossier(tmp_path)


def test_a_table_that_an_office_saved_is_read(tmp_path: Path) -> None:
    problems(tmp_path, claims="x")
    text = "subject;value;as_of;stated_by\ncameras_installed;217;2017-02-09;Ville de Villemodèle\n"
    (tmp_path / "claims.csv").write_bytes(text.encode("cp1252"))
    claims = read_dossier(tmp_path).written["claims"]
    assert claims["stated_by"].tolist() == ["Ville de Villemodèle"]
    assert claims["claim_id"].tolist() == ["xx/somewhere/2026-cameras/claim-1"]


def bomb(levels: int) -> str:
    """Return YAML in which a few lines stand for ten to the power of `levels` values."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, levels)]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (bomb(9), 9, "alias"),
        ("documents: &d [*d]\n", 8, "alias"),
        ("title: " + "[" * 5_000 + "]" * 5_000 + "\n", 8, "deep"),
        ("documents: " + "{a: " * 100 + "1" + "}" * 100 + "\n", 8, "deep"),
        ("title: Twice\n", 8, "duplicate key"),
        ("documents: [\n", 9, "not YAML"),
        ("documents: \x07\n", 8, "not YAML"),
        ("url: !!python/object/apply:os.system [ls]\n", 8, "url"),
        ("--- \nsecond: document\n", 8, "not YAML"),
    ],
)
def test_yaml_that_is_made_to_hurt_is_refused_with_its_line(
    tmp_path: Path, text: str, line: int, words: str
) -> None:
    told = problems(tmp_path, text)
    assert told[0].startswith(f"disclosure.yml:{line}: ")
    assert words in told[0]


def test_bytes_that_are_no_text_are_refused_with_their_line(tmp_path: Path) -> None:
    (tmp_path / "disclosure.yml").write_bytes(RECORD.encode() + b"url: \xff\xfe\n")
    (told,) = look_at(tmp_path).problems
    assert str(told).startswith(f"{tmp_path}/disclosure.yml:8: is not UTF-8")


def test_an_empty_record_is_refused(tmp_path: Path) -> None:
    (tmp_path / "disclosure.yml").write_text("", "utf-8")
    assert "disclosure.yml:1: the file" in str(look_at(tmp_path).problems[0])


@pytest.mark.parametrize("name", ["../x.pdf", "/etc/passwd", "a/../../x", "C:\\\\x", "..\\\\x", "a\\0b"])
def test_a_document_name_can_not_lead_out_of_the_dossier(tmp_path: Path, name: str) -> None:
    told = problems(tmp_path, f'documents: [{{title: A, kind: map, status: disclosed, file: "{name}"}}]\n')
    assert len(told) == 1
    assert told[0].startswith("disclosure.yml:8: ")


def test_a_link_can_not_lead_out_of_the_dossier(tmp_path: Path) -> None:
    outside = tmp_path / "outside.pdf"
    outside.write_text("secret")
    folder = tmp_path / "dossier"
    folder.mkdir()
    (folder / "link.pdf").symlink_to(outside)
    (told,) = problems(folder, "documents: [{title: A, kind: map, status: disclosed, file: link.pdf}]\n")
    assert "lies outside the dossier" in told


def test_a_file_that_is_not_the_one_that_was_hashed_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_text("one")
    paper = "documents:\n  - {title: A, kind: map, status: disclosed, file: a.pdf, sha256: "
    assert problems(tmp_path, paper + sha256_of(b"one") + "}\n") == []
    (told,) = problems(tmp_path, paper + sha256_of(b"other") + "}\n")
    assert told.startswith("disclosure.yml:9: a.pdf is another file")


@pytest.mark.parametrize("digest", ["abc", "AB" * 32, "zz" * 32])
def test_an_observation_keeps_the_digest_of_its_photograph(tmp_path: Path, digest: str) -> None:
    head = "observed_on,subject,value,what,photo_sha256,photo\n"
    row = "2026-03-01,cameras_installed,3,Counted from the square"
    assert problems(tmp_path, observations=f"{head}{row},{'ab' * 32},\n") == []
    (told,) = problems(tmp_path, observations=f"{head}{row},{digest},\n")
    assert told.startswith("observations.csv:2: photo_sha256 is no SHA-256")
    told = problems(tmp_path, observations=f"{head}{row},,../away.jpg\n")
    assert "not a file inside" in told[0]


def test_a_folder_among_disclosures_is_called_as_its_id_ends(tmp_path: Path) -> None:
    folder = tmp_path / "disclosures" / "xx" / "somewhere" / "2025-cameras"
    folder.mkdir(parents=True)
    assert problems(folder) == []
    assert [found.code for found in read_dossier(folder).findings] == ["record.folder-named-otherwise"]


def test_a_dossier_of_ten_thousand_claims_is_read(tmp_path: Path) -> None:
    rows = "".join(f"cameras_installed,{n},cameras,{1000 + n % 9000},City {n},,,\n" for n in range(10_000))
    assert problems(tmp_path, claims=CLAIMS + rows) == []
    assert len(read_dossier(tmp_path).written["claims"]) == 10_000
