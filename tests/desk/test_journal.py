"""The file of corrections loses nothing: not to a kill, a full disk, another desk, or a step back."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visavis.desk.journal import ChangedError, Entry, Journal, NotSavedError
from visavis.digitising.corrections import Correction
from visavis.model.errors import DossierError
from visavis.readers.corrections import read_corrections

STAMP = "2026-11-02T10:00:00+00:00"


def labelled(subject: str, label: str = "C1") -> Correction:
    return Correction("relabel", subject, {}, {"label": label}, "M", STAMP)


FILES = [
    None,
    b"",
    b"act,subject,before,after,who,when\n",
    b"act,subject,before,after,who,when\nconfirm,d:1,,,,2026-11-02\n",
    b"act,subject,before,after,who,when\nconfirm,d:1,,,,2026-11-02",
    b"act,subject,before,after,who,when\r\nconfirm,d:1,,,,2026-11-02\r\n\r\n",
    'act;subject;after;before;who;when\nrelabel;d:\xe9;"label=\xe0";;;2026-11-02\n'.encode("cp1252"),
    b"act,subject,before,after,who,when\nbless,d:1,,,,2026-11-02\nconfirm,d:2,,,,2026-11-02\n",
]
STEPS = st.lists(
    st.one_of(
        st.lists(
            st.text("abé;\",'=% \n", min_size=0, max_size=6).map(lambda v: " ".join(v.split())),
            min_size=1,
            max_size=3,
        ),
        st.just("undo"),
        st.just("redo"),
    ),
    max_size=14,
)


@pytest.mark.slow
@given(st.sampled_from(FILES), STEPS)
def test_any_walk_of_acts_and_steps_back_and_forth_ends_where_it_began_once_all_is_taken_back(
    before: bytes | None, steps: list[list[str] | str]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "corrections.csv"
        if before is not None:
            file.write_bytes(before)
        journal, done, undone = Journal(file), [], []
        contents = [before]
        for step in steps:
            if step == "undo":
                if done:
                    journal.take_out(done[-1])
                    undone.append(done.pop())
                    contents.pop()
            elif step == "redo":
                if undone:
                    done.append(journal.again(undone.pop())[0])
                    contents.append(file.read_bytes())
            else:
                lines = [labelled(f"d:{i}", label) for i, label in enumerate(step)]
                done.append(journal.append(lines)[0])
                undone.clear()
                contents.append(file.read_bytes())
            assert _content(file) == contents[-1]
        while done:
            journal.take_out(done.pop())
        assert _content(file) == before


def _content(file: Path) -> bytes | None:
    return file.read_bytes() if file.exists() else None


def test_a_line_is_written_in_the_manner_of_the_file_that_stands_there(tmp_path: Path) -> None:
    file = tmp_path / "corrections.csv"
    file.write_bytes("act;subject;after;before;who;when\r\nconfirm;d:é;;;;2026-11-02\r\n".encode("cp1252"))
    Journal(file).append([labelled("d:é2", "C;1")])
    told = file.read_bytes().decode("cp1252").splitlines()
    assert told[2] == f"relabel;d:é2;label=C%3B1;;M;{STAMP}"
    assert [each.subject for each in read_corrections(file)] == ["d:é", "d:é2"]
    with pytest.raises(DossierError, match="lacks a letter"):
        Journal(file).append([labelled("d:Ω")])


def test_lines_that_others_wrote_behind_stay_when_one_is_taken_out(tmp_path: Path) -> None:
    file = tmp_path / "corrections.csv"
    one, other = Journal(file), Journal(file)
    mine, _ = one.append([labelled("d:1"), labelled("d:2")])
    other.append([labelled("d:3")])
    one.take_out(mine)
    assert [each.subject for each in read_corrections(file)] == ["d:3"]


def test_a_line_that_somebody_changed_is_not_taken_out(tmp_path: Path) -> None:
    file = tmp_path / "corrections.csv"
    journal = Journal(file)
    entry, _ = journal.append([labelled("d:1")])
    journal.append([labelled("d:2")])
    changed = file.read_text("utf-8").replace("label=C1,M", "label=C9,M", 1)
    file.write_text(changed, "utf-8")
    with pytest.raises(ChangedError):
        journal.take_out(entry)
    assert file.read_text("utf-8") == changed


def test_a_file_whose_lines_can_not_be_told_apart_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "corrections.csv"
    broken = b'act,subject,before,after,who,when\nconfirm,"d:1,,,,2026-11-02\n'
    file.write_bytes(broken)
    journal = Journal(file)
    now = journal.snapshot()
    assert now.problem is not None
    assert now.problem.row == 2
    with pytest.raises(DossierError):
        journal.append([labelled("d:1")])
    with pytest.raises(DossierError):
        journal.take_out(Entry(b"x", (labelled("d:1"),), made_file=False))
    assert file.read_bytes() == broken


_WRITE_ON = """
import sys
from pathlib import Path
from visavis.desk.journal import Journal
from visavis.digitising.corrections import Correction
journal = Journal(Path(sys.argv[1]))
number = 0
while True:
    number += 1
    line = Correction("relabel", f"d:{sys.argv[2]}:{number}", {}, {"label": "x" * 200}, "M", "2026-11-02")
    journal.append([line])
    print(number, flush=True)
"""


def _writer(file: Path, name: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", _WRITE_ON, str(file), name], stdout=subprocess.PIPE, text=True
    )


@pytest.mark.slow
def test_a_desk_killed_in_the_middle_of_saving_loses_nothing_that_it_said_was_saved(tmp_path: Path) -> None:
    file = tmp_path / "corrections.csv"
    for round_, lines in enumerate((3, 8, 14)):
        writer = _writer(file, str(round_))
        assert writer.stdout is not None
        said = 0
        while said < lines:
            said = int(writer.stdout.readline())
        writer.send_signal(signal.SIGKILL)
        rest = [int(line) for line in writer.communicate()[0].split()]
        said = rest[-1] if rest else said
        subjects = [each.subject for each in read_corrections(file)]
        there = sum(subject.startswith(f"d:{round_}:") for subject in subjects)
        assert there in (said, said + 1), "saved and not yet said is the only other thing that may be"
    Journal(file).append([labelled("d:after")])
    assert read_corrections(file)[-1].subject == "d:after"


def test_two_desks_that_write_at_once_both_keep_every_line(tmp_path: Path) -> None:
    file = tmp_path / "corrections.csv"

    def write(name: str) -> None:
        journal = Journal(file)
        for number in range(15):
            journal.append([labelled(f"d:{name}:{number}")])

    threads = [threading.Thread(target=write, args=(name,)) for name in "abc"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    subjects = [each.subject for each in read_corrections(file)]
    assert sorted(subjects) == sorted(f"d:{name}:{number}" for name in "abc" for number in range(15))
    for name in "abc":
        own = [subject for subject in subjects if subject.startswith(f"d:{name}:")]
        assert own == [f"d:{name}:{number}" for number in range(15)]


_FULL = """
import resource, sys
from pathlib import Path
from visavis.desk.journal import Journal, NotSavedError
from visavis.digitising.corrections import Correction
resource.setrlimit(resource.RLIMIT_FSIZE, (600, 600))
journal = Journal(Path(sys.argv[1]))
try:
    for number in range(100):
        journal.append([Correction("relabel", f"d:{number}", {}, {"label": "C1"}, "M", "2026-11-02")])
        print(number)
except NotSavedError as error:
    print(error)
"""


@pytest.mark.slow
def test_a_full_disk_is_told_and_what_was_saved_stands(tmp_path: Path) -> None:
    file = tmp_path / "corrections.csv"
    told = subprocess.run(
        [sys.executable, "-c", _FULL, str(file)], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert "nothing was saved" in told[-1]
    saved = [int(number) for number in told[:-1]]
    assert [each.subject for each in read_corrections(file)] == [f"d:{number}" for number in saved]
    assert len(saved) > 3
    assert [each.name for each in tmp_path.iterdir()] == ["corrections.csv"], "nothing is left beside it"
    Journal(file).append([labelled("d:after")])


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_to_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(NotSavedError, match="nothing was saved"):
            Journal(tmp_path / "corrections.csv").append([labelled("d:1")])
    finally:
        tmp_path.chmod(0o700)


def test_a_lock_held_by_one_desk_makes_the_other_wait_and_not_fail(tmp_path: Path) -> None:
    file = tmp_path / "corrections.csv"
    journal, order = Journal(file), []
    inside = threading.Event()

    def slowly(_: object) -> list[Correction]:
        inside.set()
        time.sleep(0.05)
        order.append("slow")
        return [labelled("d:slow")]

    thread = threading.Thread(target=lambda: journal.append([], slowly))
    thread.start()
    inside.wait()
    Journal(file).append([labelled("d:quick")])
    order.append("quick")
    thread.join()
    assert order == ["slow", "quick"]
    assert [each.subject for each in read_corrections(file)] == ["d:slow", "d:quick"]
