"""A file is read in a process of its own: results and errors come back, and what takes too much is ended."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from visavis.apart import Limits, read_apart
from visavis.digitising.sheet import read_sheet
from visavis.model.errors import DossierError, GeoreferenceError, SheetError, VisavisError
from visavis.model.progress import Progress


def test_a_result_comes_back_as_if_it_had_been_computed_here() -> None:
    assert read_apart(sorted, [3, 1, 2], reverse=True) == [3, 2, 1]


@pytest.mark.slow
def test_how_far_the_process_is_comes_back_before_the_result() -> None:
    heard: list[tuple[str, int, int]] = []
    result = read_apart(counted, 3, progress=lambda *how_far: heard.append(how_far))
    assert (result, heard) == (3, [("counting", 0, 3), ("counting", 1, 3), ("counting", 2, 3)])


def counted(most: int, progress: Progress) -> int:
    for done in range(most):
        progress("counting", done, most)
    return most


@pytest.mark.slow
def test_an_error_comes_back_with_its_remedy_and_may_still_be_given_its_file() -> None:
    with pytest.raises(SheetError) as raised:
        read_apart(read_sheet, b"")
    assert str(raised.value) == "the file is empty. Give the sheet as it was received"
    assert str(raised.value.located("plan.pdf")).startswith("plan.pdf: the file is empty.")


@pytest.mark.parametrize(
    "error",
    [
        DossierError("is odd", file="a.yml", row=3, remedy="Mend it"),
        GeoreferenceError("has no point"),
        VisavisError("x", row="way/1"),
    ],
)
def test_an_error_survives_the_way_between_processes(error: VisavisError) -> None:
    back = pickle.loads(pickle.dumps(error))  # noqa: S301
    assert type(back) is type(error)
    assert (back.what, back.file, back.row, back.remedy, str(back)) == (
        error.what,
        error.file,
        error.row,
        error.remedy,
        str(error),
    )


def test_what_needs_too_much_memory_is_ended_and_told() -> None:
    with pytest.raises(SheetError, match="needs more than 300 MB of memory"):
        read_apart(bytes, 2_000_000_000, limits=Limits(memory_mb=300))


@pytest.mark.slow
def test_what_computes_without_end_is_ended_and_told() -> None:
    with pytest.raises(SheetError, match="was not read within 1 s of computing"):
        read_apart(pow, 7, 10**9, limits=Limits(computing_s=1))


def test_what_waits_without_computing_is_ended_too() -> None:
    began = time.monotonic()
    with pytest.raises(SheetError, match="was not read"):
        read_apart(time.sleep, 600, limits=Limits(waiting_s=2))
    assert time.monotonic() - began < 60


def test_a_process_that_breaks_down_is_one_line() -> None:
    with pytest.raises(SheetError, match=r"broke the reader \(exit -6\). Save the file again"):
        read_apart(os.abort)


def test_a_fault_of_ours_is_one_line_with_its_traceback_kept() -> None:
    with pytest.raises(SheetError, match="could not be read \\(ZeroDivisionError") as raised:
        read_apart(divmod, 1, 0)
    assert "Traceback" in str(raised.value.__cause__)


def test_no_process_stays_behind_when_the_one_that_asked_is_killed(tmp_path: Path) -> None:
    asking = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import time; from visavis.apart import read_apart; read_apart(time.sleep, 600)",
        ],
        cwd=tmp_path,
    )
    asker = psutil.Process(asking.pid)
    children: list[psutil.Process] = []
    while not children:
        assert asking.poll() is None
        children = asker.children()
    asking.kill()
    asking.wait()
    gone, alive = psutil.wait_procs(children, timeout=60)
    # One that has ended may wait for its new parent to take note of it.
    assert gone or all(child.status() == psutil.STATUS_ZOMBIE for child in alive)
