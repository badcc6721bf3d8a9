"""How well sheets are read: `python -m benchmarks.accuracy FOLDER --markdown docs/accuracy.md`.

FOLDER holds a folder a sheet: `R.pdf`, `.jpg` or `.png` with `R.georef.json` and `R.symbols.csv` for each rendering R,
and `truth.geojson`. The command line is run as a user runs it, so that seconds and memory are those of a user.
With `--keep ELSEWHERE` what was read stays there, and a run that was broken off goes on where it was.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from typing import Final

from benchmarks.accuracy_page import TARGETS, Reading, page
from benchmarks.coverage import picked_anew
from visavis.digitising.scoring import Score, score
from visavis.readers.cameras import read_points

_ENDINGS: Final = (".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff")


def main(given: Sequence[str] | None = None) -> int:
    """Read every rendering, print a line each, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path, help="folder of sheets with truth")
    parser.add_argument("--markdown", type=Path, help="page to write")
    parser.add_argument("--only", nargs="*", default=list(TARGETS), help="renderings to read")
    parser.add_argument("--limit", type=float, default=300.0, help="seconds for one sheet")
    parser.add_argument("--keep", type=Path, help="folder for what is read; what it holds is not read again")
    asked = parser.parse_args(given)
    sheets = sorted(truth.parent for truth in asked.folder.glob("*/truth.geojson"))
    if not sheets:
        sys.stderr.write(f"{asked.folder} holds no sheet with a truth.geojson\n")
        return 1
    read = []
    for rendering in asked.only:
        for sheet in sheets:
            file = next((f for e in _ENDINGS if (f := sheet / f"{rendering}{e}").is_file()), None)
            if file is None:
                continue
            with tempfile.TemporaryDirectory() as passing:
                read.append(read_one(sheet, rendering, file, asked.limit, asked.keep or Path(passing)))
            sys.stdout.write(_line(read[-1]) + "\n")
            sys.stdout.flush()
            if asked.markdown is not None:
                # Written anew each time: a long run that is broken off leaves what it had.
                asked.markdown.write_text(page(read), "utf-8")
    return 0


def read_one(sheet: Path, rendering: str, file: Path, limit_s: float, keep: Path) -> Reading:
    """Return how well a rendering is read by the command, or why it is not; what `keep` holds is not read again."""
    cameras = keep / f"{sheet.name}-{rendering}.geojson"
    cost = cameras.with_suffix(".cost.json")
    if not cost.is_file():
        refused, seconds = _digitise(sheet, rendering, file, limit_s, cameras)
        if refused:
            return Reading(sheet.name, rendering, None, seconds, refused)
        largest_mb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        cost.write_text(json.dumps({"seconds": seconds, "largest_mb": largest_mb}), "utf-8")
    told = json.loads(cost.read_text("utf-8"))
    found = read_points(cameras)
    return Reading(
        sheet.name,
        rendering,
        score(read_points(sheet / "truth.geojson"), found),
        told["seconds"],
        largest_mb=told["largest_mb"],
        anew=picked_anew(sheet, rendering, found),
    )


def _digitise(sheet: Path, rendering: str, file: Path, limit_s: float, cameras: Path) -> tuple[str, float]:
    """Write what the command reads; return why it read nothing, else no words, and its seconds."""
    # A PDF holds its table on a page of its own; of a scan the table is a picture beside it.
    table = next((t for t in (sheet / "table.csv", sheet / "table.jpg") if t.is_file()), None)
    cameras.parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "visavis", "digitise", str(file), "-o", str(cameras), "--json"]
    command += ["--georef", str(sheet / f"{rendering}.georef.json")]
    command += ["--symbols", str(sheet / f"{rendering}.symbols.csv")]
    command += (
        ["--table", str(table)]
        if table is not None and (file.suffix != ".pdf" or table.suffix == ".csv")
        else []
    )
    started, before = time.perf_counter(), _cpu_s()
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=limit_s, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        waited = time.perf_counter() - started
        return f"not read in {waited:.0f} s", waited
    said = done.stderr.strip().splitlines()
    return "" if cameras.is_file() else said[-1] if said else "no cameras written", _cpu_s() - before


def _cpu_s() -> float:
    """Return the seconds that finished children kept a core busy: others on the machine don't lengthen them."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _line(each: Reading) -> str:
    if each.score is None:
        return json.dumps({"sheet": each.sheet, "rendering": each.rendering, "refused": each.refused})
    rounded = {
        field.name: round(value, 3) if isinstance(value := getattr(each.score, field.name), float) else value
        for field in fields(Score)
    }
    return json.dumps(
        {"sheet": each.sheet, "rendering": each.rendering, "s": round(each.seconds, 1), **rounded}
    )


if __name__ == "__main__":
    sys.exit(main())
