"""The engine against its peers, in one run: `python -m benchmarks.views`, or this file itself.

Prints ratios, agreement and growth as Markdown; `--markdown FILE` writes them where the docs keep them.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

if not __package__:  # started as a file
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.against_cgal import Speed, speed_tables
from benchmarks.report import Report
from benchmarks.scenes import Subject, subjects


def main() -> None:
    """Measure what was asked for and print it."""
    options = _options()
    report = Report()
    for subject in subjects(options.shared):
        if isinstance(subject, str):
            report.say(subject)
            continue
        if options.scene and subject.name.lower() != options.scene:
            continue
        _measure(subject, report, options)


def _measure(subject: Subject, report: Report, options: argparse.Namespace) -> None:
    report.head(subject.name)
    speed_tables(subject, report, Speed(options.ranges, options.rounds))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.views", description=__doc__)
    shared = Path(os.environ.get("VISAVIS_SHARED", Path(__file__).resolve().parents[2] / "shared"))
    parser.add_argument("--shared", type=Path, default=shared, help="folder of real data")
    parser.add_argument("--scene", choices=["geneva", "synthetic"], help="only this one")
    parser.add_argument("--rounds", type=int, default=5, help="rounds that count, one more warms up")
    parser.add_argument(
        "--ranges",
        type=float,
        nargs="*",
        default=[50.0, 100.0, 200.0, float("inf")],
        help="metres; inf for all",
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
