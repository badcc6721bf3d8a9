"""The engine against its peers, in one run: `python -m benchmarks.views`, or this file itself.

Prints ratios, agreement and growth as Markdown; `--markdown docs/benchmarks.md` keeps them for readers.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

if not __package__:  # started as a file
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.against_cgal import Speed, speed_tables
from benchmarks.against_simple_tools import simple_tools_table
from benchmarks.agreement import POINTS, sight_table
from benchmarks.building import build_table
from benchmarks.costs import draws_table, outline_table, truth_table, workers_table
from benchmarks.machine import machine_line
from benchmarks.report import Report
from benchmarks.scenes import GENEVA, Subject, subjects

PARTS = ("cgal", "tools", "outlines", "draws", "truth", "workers", "build", "sightlines")

_PREFACE = """# Benchmarks

Written by `python -m benchmarks.views --markdown docs/benchmarks.md`; the figures are those of one run. To repeat
it on Debian: `apt-get install g++ libcgal-dev gdal-bin`, `make setup-test`, then that command; `--parts` and
`--scene` choose some of it. The real scenes are read from the folder that `VISAVIS_SHARED` names: OpenStreetMap's
Geneva (`data/geneva_osm/geneva.osm.pbf`) and a sheet of the French cadastre (`data/cadastre_edigeo/`). Without
them these parts are left out, and the run says so.

What is counted:

- CGAL's side is its triangular expansion (`Triangular_expansion_visibility_2`, exact predicates and
  constructions), compiled when it is first asked for. It answers in 2D, on the union of all footprints. Timed are the
  query with its output, its corners as doubles, and the exact clip to the range; not its arrangement, its
  triangulation, and finding the camera's face.
- *2D, same walls* of ours is the engine with endless roofs on the very same edges. *2.5D* is the scene with its
  heights: trapezoids on every façade, and ground over and between prisms, which no peer here gives. *Fixed
  cameras* have the middle picture of the scene's fixed cameras, tilt and all, and a direction each. All of
  them look up the walls around the camera within the time; *sweep alone* does not.
- One thread on each side, contestants in turn (A B C A B C …) after one round to warm up. Seconds are those of
  the processor, so that other work on the machine counts less; of workers and of the whole build those of the
  clock. Speeds are those of each one's best round; *least* is the round worst for us. *Unlimited* is a range
  beyond the last wall.
- A clock tells little where others take the cores: beside the clock's seconds of workers and of the whole build
  stand the share of the machine that others took meanwhile and the processor's seconds. *Times faster by the
  processor's seconds* is what two workers would be with a core each, if they end together.
- 200 draws are the 64 even ones that are taken for them. Their probabilities are held against those of 10,000
  draws with another seed; *off* is what they really miss by, beside what 200 independent draws would and what the
  tables say they do.
- GDAL's viewshed is timed as its command, start of the process included, on a raster window burnt beforehand. It
  loses the ground along walls.
- Lines of sight share no code with the engine (`tests/views/oracle.py`). A point must be in view where the line
  passes houses grown a little, and hidden where it meets houses shrunk a little; in between nothing is claimed. The
  cadastre gives no heights and no cameras: heights are drawn between 3 and 15 m, cameras invented. Geneva's hang
  where they are mapped; a direction and a picture are drawn where they have none.
"""


def main() -> None:
    """Measure what was asked for, print it, and keep it where that was asked for too."""
    options = _options()
    report = Report()
    report.say(machine_line())
    for subject in subjects(options.shared):
        if isinstance(subject, str):
            report.say(subject)
        elif options.scene in {None, subject.name.lower()}:
            _measure(subject, report, options)
    extract = options.shared / GENEVA
    if "build" in options.parts and extract.is_file():
        report.head("Whole build")
        build_table(extract, report)
    if "sightlines" in options.parts:
        report.head("Lines of sight in real scenes")
        sight_table(options.shared, POINTS, report)
    if options.markdown:
        options.markdown.write_text("\n".join([_PREFACE, *report.lines]).rstrip() + "\n", "utf-8")


def _measure(subject: Subject, report: Report, options: argparse.Namespace) -> None:
    report.head(f"{subject.name} city" if subject.name.islower() else subject.name)
    report.say(
        f"{len(subject.scene.footprints):,} prisms, {len(subject.scene.walls):,} walls in the open "
        f"({len(subject.flat.walls):,} as one flat mass), {len(subject.places):,} cameras."
    )
    rounds: int = options.rounds
    parts: dict[str, Callable[[], None]] = {
        "cgal": lambda: speed_tables(subject, report, Speed(options.ranges, rounds)),
        "tools": lambda: simple_tools_table(subject, report, rounds),
        "outlines": lambda: outline_table(subject, report, rounds),
        "draws": lambda: draws_table(subject, report, rounds),
        "truth": lambda: truth_table(subject, report),
        "workers": lambda: workers_table(subject, report, rounds),
    }
    for name, part in parts.items():
        if name in options.parts:
            part()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.views", description=__doc__.splitlines()[0])
    shared = Path(os.environ.get("VISAVIS_SHARED", Path(__file__).resolve().parents[2] / "shared"))
    parser.add_argument("--shared", type=Path, default=shared, help="folder of real data")
    parser.add_argument("--scene", choices=["geneva", "synthetic"], help="only this one")
    parser.add_argument("--parts", nargs="*", choices=PARTS, default=PARTS, help="only these")
    parser.add_argument("--rounds", type=int, default=5, help="rounds that count; one more warms up")
    parser.add_argument(
        "--ranges",
        type=float,
        nargs="*",
        default=[50.0, 100.0, 200.0, float("inf")],
        help="in metres, inf for unlimited",
    )
    parser.add_argument("--markdown", type=Path, help="file to write, docs/benchmarks.md")
    return parser.parse_args()


if __name__ == "__main__":
    main()
