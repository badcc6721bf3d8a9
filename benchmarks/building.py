"""A whole build in a process of its own: how long, and how much memory at most."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from benchmarks.others import Meanwhile
from benchmarks.report import Report


class Ran(NamedTuple):
    """What a command took."""

    seconds: float
    processor_s: float
    others: float
    peak_mb: float


def build_table(extract: Path, report: Report) -> None:
    """Build Geneva from its extract twice, and tell the second time: by then all code is compiled."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        _run(home, "import", "osm", str(extract), "-o", "dossier")
        command = ("build", "dossier", "--spaces", str(extract), "-o", "city.gpkg")
        _run(home, *command)
        ran = _run(home, *command)
        layers = json.loads((home / "told.json").read_text("utf-8"))
    told = layers.get("layers", layers)
    rows = {name: told[name] for name in ("cameras", "spaces", "facade_strips", "exposures") if name in told}
    report.table(
        "The whole `visavis build` of Geneva, warm, as it stands by default",
        ["", "seconds", "processor's seconds", "others' share of the machine", "peak memory, MB", *rows],
        [
            [
                "build",
                *(f"{ran.seconds:.1f}", f"{ran.processor_s:.1f}", f"{ran.others:.0%}", f"{ran.peak_mb:.0f}"),
                *(f"{value:,}" for value in rows.values()),
            ]
        ],
    )


def _run(folder: Path, *words: str) -> Ran:
    start, meanwhile = perf_counter(), Meanwhile()
    with (folder / "told.json").open("wb") as out:
        process = subprocess.Popen(  # noqa: S603 -- our own command
            [sys.executable, "-m", "visavis", *words, "--json"], cwd=folder, stdout=out
        )
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"visavis {' '.join(words)} ended with {process.returncode}")
    kilobytes = usage.ru_maxrss / (1024.0 if sys.platform == "darwin" else 1.0)
    own_s = usage.ru_utime + usage.ru_stime
    return Ran(perf_counter() - start, own_s, meanwhile.others_share(own_s), kilobytes / 1024.0)
