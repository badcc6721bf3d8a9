"""The map page on a cheap phone and a slow line: `python -m benchmarks.map STORE --lighthouse FOLDER`.

STORE is a build of Geneva. FOLDER holds Lighthouse (`npm install lighthouse`), which is no part of this project.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from benchmarks.browsing import CPU_RATE, chromium, first_map, interactions, served
from benchmarks.machine import machine_line
from benchmarks.many import many_record, many_tables
from benchmarks.panning import pan
from benchmarks.report import Report
from visavis.datasets import model_town
from visavis.store import write_store

PAGE: Final = Path(__file__).resolve().parents[1] / "docs" / "benchmarks-map.md"
PARTS: Final = ("first", "interactions", "pan", "lighthouse")
CAMERAS: Final = 200_000

_PREFACE: Final = """# Benchmarks of the map

Written by `python -m benchmarks.map STORE --lighthouse FOLDER --page`. STORE is Geneva, as `visavis import osm` and
`visavis build` make it of an extract; FOLDER is where `npm install lighthouse` was said. The system's Chromium draws
without a graphics card, in software, which no phone does: what the map itself takes is more than readers meet.

- A slow line is Lighthouse's slow 4G (1.6 Mbit/s, 150 ms there and back); a slow processor has a quarter of this
  one's speed.
- On a small screen the first look is the town as a drawing (`/overview.svg`); the map that moves is loaded when the
  reader first touches, scrolls or types. On a large screen the first look is that map.
- What an interaction takes is the time until the next frame is shown, as the browser tells it (Event Timing); the map
  has come to rest before each. The map itself is drawn anew after that frame, so that a touch is answered at once.
- What scripts and styles weigh is held by `tests/web/test_budgets.py`.
- The page draws cameras from one answer, not from tiles; the last table is what MapLibre makes of the service's tiles.
"""


def main() -> None:
    """Measure, and tell."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("store", type=Path, help="a build of Geneva")
    options.add_argument("--lighthouse", type=Path, help="folder in which lighthouse is installed")
    options.add_argument(
        "--many", type=Path, help=f"store of {CAMERAS:,} invented cameras; made where it is missing"
    )
    options.add_argument("--parts", default=",".join(PARTS), help="some of " + ", ".join(PARTS))
    options.add_argument("--page", action="store_true", help=f"write {PAGE.name}")
    given = options.parse_args()
    parts = given.parts.split(",")
    report = Report([_PREFACE])
    report.say(machine_line())
    report.say(
        f"As it began, {os.getloadavg()[0]:.1f} processes wanted the {os.cpu_count()} cores (the last minute's load): "
        "what others took of the machine makes times longer."
    )
    with served(given.store) as geneva, chromium() as browser:
        if "first" in parts:
            _first(report, [first_map(browser, geneva, phone=phone) for phone in (True, False)])
        if "interactions" in parts:
            _interactions(report, interactions(browser, geneva))
        if "pan" in parts:
            with (
                tempfile.TemporaryDirectory() as folder,
                served(_many(given.many or Path(folder) / "many.gpkg")) as many,
            ):
                _pan(report, [(zoom, *pan(browser, many, zoom)) for zoom in (11, 13)])
    if "lighthouse" in parts and given.lighthouse:
        _lighthouse(report, given.lighthouse, given.store)
    if given.page:
        PAGE.write_text("\n".join(report.lines).rstrip() + "\n", "utf-8")


def _first(report: Report, told: Sequence[dict[str, Any]]) -> None:
    phone, desktop = told
    rows = [
        (
            "small screen",
            f"{phone['painted_s']:.1f}",
            f"{phone['first_s']:.1f}",
            f"{phone['kilobytes']:.0f}",
            str(phone["requests"]),
        ),
        (
            "large screen",
            f"{desktop['painted_s']:.1f}",
            f"{desktop['first_s']:.1f}",
            f"{desktop['kilobytes']:.0f}",
            str(desktop["requests"]),
        ),
    ]
    head = ["", "first words, s", "first map and list, s", "kB until then (at most 750)", "requests"]
    report.table("Geneva at a quarter of the processor, over slow 4G", head, rows)
    report.say(
        f"From the first touch on a small screen until the map that moves is drawn: {phone['moving_s']:.1f} s."
    )


def _interactions(report: Report, told: Sequence[tuple[str, float]]) -> None:
    worst = max(milliseconds for _, milliseconds in told)
    rows = [(name, f"{milliseconds:.0f}") for name, milliseconds in told]
    title = f"Geneva, ms until the next frame at 1/{CPU_RATE} of the processor (at most 200; the worst {worst:.0f})"
    report.table(title, ["", "ms"], rows)


def _pan(report: Report, told: Sequence[tuple[float, float, float, int]]) -> None:
    rows = [
        (f"zoom {zoom:g}", f"{seen:,}", f"{ours:.1f}", f"{empty:.1f}", f"{ours / empty:.2f}")
        for zoom, ours, empty, seen in told
    ]
    head = ["", "features on screen", "frames a second", "empty map", "ratio (at least 0.6)"]
    report.table(f"Panning over {CAMERAS:,} cameras by the service's tiles, drawn in software", head, rows)


def _many(store: Path) -> Path:
    if not store.is_file():
        tables = many_tables(CAMERAS)
        write_store(str(store), tables | {"views": tables["views"][:0]}, many_record())
    return store


def _lighthouse(report: Report, folder: Path, geneva: Path) -> None:
    rows = []
    with tempfile.TemporaryDirectory() as scratch:
        town = Path(scratch) / "town.gpkg"
        papers = model_town()
        built = ["-m", "visavis", "build", str(papers), "--spaces", str(papers / "town.osm"), "-o", str(town)]
        subprocess.run([sys.executable, *built], check=True, stdout=subprocess.DEVNULL)  # noqa: S603
        for name, store in (("Geneva", geneva), ("the model town", town)):
            with served(store) as address:
                rows += [
                    (f"{name}, {what}", *_scored(folder, f"{address}/{page}"))
                    for what, page in (("the map", ""), ("the list", "list?f=html&lang=en"))
                ]
    head = [
        "",
        "performance",
        "accessibility",
        "best practices",
        "first paint",
        "largest paint",
        "blocking",
        "shift",
    ]
    report.table("Lighthouse, its mobile settings", head, rows)


def _scored(folder: Path, address: str) -> list[str]:
    """Run Lighthouse once on an address: its scores, and what the first is made of."""
    command = [
        str(folder / "node_modules" / ".bin" / "lighthouse"),
        address,
        "--quiet",
        "--output=json",
        "--only-categories=performance,accessibility,best-practices",
        "--chrome-flags=--headless --no-sandbox --disable-gpu-sandbox",
    ]
    environment = os.environ | {"CHROME_PATH": shutil.which("chromium") or ""}
    told = json.loads(subprocess.run(command, check=True, capture_output=True, env=environment).stdout)  # noqa: S603
    scores = [
        f"{round(100 * told['categories'][name]['score'])}"
        for name in ("performance", "accessibility", "best-practices")
    ]
    audits = (
        "first-contentful-paint",
        "largest-contentful-paint",
        "total-blocking-time",
        "cumulative-layout-shift",
    )
    return [*scores, *(str(told["audits"][name]["displayValue"]).replace("\xa0", " ") for name in audits)]


if __name__ == "__main__":
    main()
