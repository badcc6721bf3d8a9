"""`corrections.csv` is read line by line, and one line is appended at a time."""

from __future__ import annotations

from pathlib import Path

import pytest

from visavis.desk.journal import Journal
from visavis.digitising.corrections import Correction
from visavis.model.errors import DossierError
from visavis.readers.corrections import read_corrections

MOVE = Correction("move", "d:a:C1", {}, {"longitude": 2.35, "latitude": 48.85}, "m", "2026-11-02", 2)
LABEL = Correction("relabel", "d:a:C1", {"label": "C1"}, {"label": 'é "1", %3B; x'}, "", "2026-11-02", 3)


def test_lines_appended_are_read_back_in_order(tmp_path: Path) -> None:
    file = tmp_path / "corrections.csv"
    Journal(file).append([MOVE])
    Journal(file).append([LABEL])
    assert read_corrections(file) == (MOVE, LABEL)
    assert file.read_text("utf-8").splitlines()[0] == "act,subject,before,after,who,when"


def test_a_last_line_without_an_end_is_not_run_into(tmp_path: Path) -> None:
    file = tmp_path / "corrections.csv"
    Journal(file).append([MOVE])
    file.write_text(file.read_text("utf-8").rstrip("\n"), "utf-8")
    Journal(file).append([LABEL])
    assert read_corrections(file) == (MOVE, LABEL)


def test_a_spreadsheet_may_have_saved_it_with_semicolons_and_another_encoding(tmp_path: Path) -> None:
    file = tmp_path / "corrections.csv"
    file.write_bytes(
        'act;subject;before;after;who;when\nrelabel;d:a:é;;"label=à; kind=dome";;2026-11-02\n'.encode(
            "cp1252"
        )
    )
    (read,) = read_corrections(file)
    assert (read.subject, read.after) == ("d:a:é", {"label": "à", "kind": "dome"})


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("cameras\nC1\n", "row 1: its first line is no header"),
        ("act,subject,before,after,who,when\n\nbless,d,,,,2026-11-02\n", "row 3: 'bless' is no act"),
        ('act,subject,before,after,who,when\nconfirm,"d,,,,2026-11-02\n', "row 2"),
    ],
)
def test_a_broken_file_is_refused_with_file_and_row(tmp_path: Path, content: str, words: str) -> None:
    file = tmp_path / "corrections.csv"
    file.write_text(content, "utf-8")
    with pytest.raises(DossierError) as refused:
        read_corrections(file)
    assert str(refused.value).startswith(f"{file}, {words}")


def test_a_file_that_can_not_be_taken_apart_is_not_written_to(tmp_path: Path) -> None:
    file = tmp_path / "corrections.csv"
    content = 'act,subject,before,after,who,when\nconfirm,"d,,,,2026-11-02\n'
    file.write_text(content, "utf-8")
    with pytest.raises(DossierError):
        Journal(file).append([MOVE])
    assert file.read_text("utf-8") == content


def test_what_could_not_be_read_back_is_not_written(tmp_path: Path) -> None:
    file = tmp_path / "corrections.csv"
    with pytest.raises(DossierError):
        Journal(file).append([Correction("move", "d:a:C1", {}, {}, "m", "2026-11-02")])
    assert not file.exists()


def test_an_empty_file_has_no_corrections(tmp_path: Path) -> None:
    file = tmp_path / "corrections.csv"
    file.touch()
    assert read_corrections(file) == ()
