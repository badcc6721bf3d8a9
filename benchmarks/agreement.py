"""Line of sight in real scenes, point by point: `python -m benchmarks.agreement`, or this file itself.

Points on façades and on the ground around every camera are asked of a straight line against solid prisms
(`tests/views/oracle.py`, which shares nothing with the engine) and of the tables that the engine publishes. The
line is asked twice: of houses grown by a little, and of houses shrunk by a little. What is seen past the grown
ones must be in view, what is hidden by the shrunk ones must not be; in between nothing is claimed.
"""

from __future__ import annotations

import argparse
import math
import os
import sys
from pathlib import Path
from time import perf_counter

if not __package__:  # started as a file
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.report import Report
from benchmarks.scenes import Subject, cadastre_or_why, geneva_or_why
from benchmarks.sightlines import GROWN_M, RANGE_M, SHRUNK_M, Tally, tally

MODES = ("all round", "fov")
POINTS = 100_000


def main() -> None:
    """Ask both real scenes in both modes; end with 1 where a point disagrees."""
    options = _options()
    sys.exit(1 if sight_table(options.shared, options.points, Report(), seed=options.seed) else 0)


def sight_table(shared: Path, points: int, report: Report, *, seed: int = 0) -> int:
    """Ask as many points of each real scene in each mode, tell the figures, and return how many disagree."""
    rows, found = [], 0
    for read in (geneva_or_why, cadastre_or_why):
        subject = read(shared)
        if isinstance(subject, str):
            report.say(subject)
            continue
        for mode in MODES:
            start = perf_counter()
            told = tally(subject, points, seed=seed, ahead=mode == "fov")
            rows.append(_row(subject, mode, told, perf_counter() - start))
            found += told.outside
            for line in told.examples:
                report.say(line)
    report.table(
        f"Lines of sight against the published tables, {RANGE_M:.0f} m, houses grown by {100 * GROWN_M:.0f} cm "
        f"and shrunk by {100 * SHRUNK_M:.0f} cm",
        [
            "scene",
            "mode",
            "points",
            "on façades",
            "must be seen",
            "must be hidden",
            "undecided",
            "outside",
            "s",
        ],
        rows,
    )
    return found


def _row(subject: Subject, mode: str, told: Tally, seconds: float) -> list[str]:
    undecided = told.points - told.must - told.must_not
    figures = (told.points, told.facade_points, told.must, told.must_not, undecided, told.outside)
    return [subject.name, mode, *(f"{figure:,}" for figure in figures), f"{math.ceil(seconds)}"]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.agreement", description=__doc__.splitlines()[0]
    )
    shared = Path(os.environ.get("VISAVIS_SHARED", Path(__file__).resolve().parents[2] / "shared"))
    parser.add_argument("--shared", type=Path, default=shared, help="folder of real data")
    parser.add_argument("--points", type=int, default=POINTS, help="for each scene and mode")
    parser.add_argument("--seed", type=int, default=0)
    return parser.parse_args()


if __name__ == "__main__":
    main()
