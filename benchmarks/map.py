"""The map page on a cheap phone and a slow line: `python -m benchmarks.map STORE --lighthouse FOLDER`.

STORE is a build of Geneva. FOLDER holds Lighthouse (`npm install lighthouse`), which is no part of this project.
Parts may be measured one by one (`--parts first --kept FOLDER`): `--page` then writes the page of all that is kept.
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
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from benchmarks.browsing import CPU_RATE, chromium, first_map, interactions, served
from benchmarks.machine import machine_line
from benchmarks.many import many_record, many_tables
from benchmarks.panning import pan
from benchmarks.report import Report, verdict
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
  has come to rest before each. Cards, lists and the map are written out after that frame, so that a touch is answered
  at once.
- What scripts and styles weigh is held by `tests/web/test_budgets.py`.
- The page draws cameras from one answer, not from tiles, and above 20,000 of them asks first; panning is what
  MapLibre makes of the service's tiles.
"""


@dataclass
class Part:
    """What one part of the page measured."""

    load: float
    lines: list[str]
    targets: list[tuple[str, str, bool]]

    def told(self) -> str:
        """Return it as JSON."""
        return json.dumps(asdict(self))


def main() -> None:
    """Measure, and tell."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("store", type=Path, help="a build of Geneva")
    options.add_argument("--lighthouse", type=Path, help="folder in which lighthouse is installed")
    options.add_argument(
        "--many", type=Path, help=f"store of {CAMERAS:,} invented cameras; made where it is missing"
    )
    options.add_argument("--parts", default=",".join(PARTS), help="some of " + ", ".join(PARTS))
    options.add_argument(
        "--kept", type=Path, help="folder for the parts measured, and of those measured before"
    )
    options.add_argument("--page", action="store_true", help=f"write {PAGE.name}")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        kept = given.kept or Path(scratch)
        kept.mkdir(parents=True, exist_ok=True)
        for name in filter(None, given.parts.split(",")):
            (kept / f"{name}.json").write_text(_measured(name, given, Path(scratch)).told(), "utf-8")
        if given.page:
            parts = [Part(**json.loads((kept / f"{name}.json").read_text("utf-8"))) for name in PARTS]
            PAGE.write_text(_page(parts), "utf-8")


def _measured(name: str, given: argparse.Namespace, scratch: Path) -> Part:
    """Measure one part."""
    load, report = os.getloadavg()[0], Report()
    if name == "lighthouse":
        targets = _lighthouse(report, given.lighthouse, given.store, scratch)
    elif name == "pan":
        with served(_many(given.many or scratch / "many.gpkg")) as many, chromium() as browser:
            targets = _pan(report, [(zoom, *pan(browser, many, zoom)) for zoom in (11, 13)])
    else:
        with served(given.store) as geneva, chromium() as browser:
            targets = (
                _first(report, [first_map(browser, geneva, phone=phone) for phone in (True, False)])
                if name == "first"
                else _interactions(report, interactions(browser, geneva))
            )
    return Part(load, report.lines, targets)


def _page(parts: Sequence[Part]) -> str:
    report = Report([_PREFACE])
    report.say(machine_line())
    loads = [part.load for part in parts]
    report.say(
        f"As the parts began, {min(loads):.1f} to {max(loads):.1f} processes wanted the {os.cpu_count()} cores (the "
        "last minute's load): what others took of the machine makes times longer."
    )
    rows = [(target, measured, verdict(met)) for part in parts for target, measured, met in part.targets]
    report.table("Targets", ["target", "measured", ""], rows)
    report.lines.extend(line for part in parts for line in part.lines)
    return "\n".join(report.lines).rstrip() + "\n"


Targets = list[tuple[str, str, bool]]


def _first(report: Report, told: Sequence[dict[str, Any]]) -> Targets:
    rows = [
        (
            screen,
            f"{each['painted_s']:.1f}",
            f"{each['first_s']:.1f}",
            f"{each['kilobytes']:.0f}",
            str(each["requests"]),
        )
        for screen, each in zip(("small screen", "large screen"), told, strict=True)
    ]
    head = ["", "first words, s", "first map and list, s", "kB until then", "requests"]
    report.table("Geneva at a quarter of the processor, over slow 4G", head, rows)
    phone, desktop = told
    report.say(
        f"From the first touch on a small screen until the map that moves is drawn: {phone['moving_s']:.1f} s."
    )
    weights = [phone["kilobytes"], desktop["kilobytes"]]
    measured = f"small screen {weights[0]:.0f} kB, large screen {weights[1]:.0f} kB"
    return [("before the first map on Geneva at most 750 kB", measured, max(weights) <= 750)]


def _interactions(report: Report, told: Sequence[tuple[str, float]]) -> Targets:
    worst = max(milliseconds for _, milliseconds in told)
    rows = [(name, f"{milliseconds:.0f}") for name, milliseconds in told]
    report.table(f"Geneva, ms until the next frame at 1/{CPU_RATE} of the processor", ["", "ms"], rows)
    below = sum(milliseconds < 200 for _, milliseconds in told)
    measured = f"{below} of {len(told)} below 200 ms, the longest {worst:.0f} ms"
    return [("interaction to next paint below 200 ms", measured, worst < 200)]


def _pan(report: Report, told: Sequence[tuple[float, float, float, int]]) -> Targets:
    rows = [
        (f"zoom {zoom:g}", f"{seen:,}", f"{ours:.1f}", f"{empty:.1f}", f"{ours / empty:.2f}")
        for zoom, ours, empty, seen in told
    ]
    head = ["", "features on screen", "frames a second", "empty map", "ratio"]
    report.table(f"Panning over {CAMERAS:,} cameras by the service's tiles, drawn in software", head, rows)
    ratios = [ours / empty for _, ours, empty, _ in told]
    measured = ", ".join(f"{ratio:.2f} at zoom {each[0]:g}" for ratio, each in zip(ratios, told, strict=True))
    target = f"panning over {CAMERAS:,} cameras at least 0.6 of an empty map"
    return [(target, measured, min(ratios) >= 0.6)]


def _many(store: Path) -> Path:
    if not store.is_file():
        tables = many_tables(CAMERAS)
        write_store(str(store), tables | {"views": tables["views"][:0]}, many_record())
    return store


def _lighthouse(report: Report, folder: Path, geneva: Path, scratch: Path) -> Targets:
    town = scratch / "town.gpkg"
    papers = model_town()
    built = ["-m", "visavis", "build", str(papers), "--spaces", str(papers / "town.osm"), "-o", str(town)]
    subprocess.run([sys.executable, *built], check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    scored = {}
    for name, store in (("Geneva", geneva), ("the model town", town)):
        with served(store) as address:
            scored[name] = _scored(folder, f"{address}/")
    head = ["", "performance", "accessibility", "best practices"]
    head += ["first paint", "largest paint", "blocking", "shift"]
    report.table("Lighthouse, its mobile settings", head, [(name, *each) for name, each in scored.items()])
    measured = "; ".join(f"{name} {', '.join(each[:3])}" for name, each in scored.items())
    met = all(
        int(each[0]) >= 90 and all(int(score) == 100 for score in each[1:3]) for each in scored.values()
    )
    return [
        (
            "Lighthouse, mobile: performance at least 90, accessibility and best practices 100",
            measured,
            met,
        )
    ]


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
