"""How fast and how alike: the engine and CGAL's triangular expansion on the same walls."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np

from benchmarks import engine
from benchmarks.engine import Picture
from benchmarks.peers import PeerMissingError
from benchmarks.peers.cgal import Cgal
from benchmarks.report import Report
from benchmarks.scenes import Subject, edges_within
from benchmarks.stars import compare, star_of_corners, star_of_ground
from benchmarks.timing import Contestant, Times, interleaved

CGAL: Final = "CGAL 2D, clipped"
FLAT: Final = "2D, same walls"
PRISMS: Final = "2.5D, façade strips"
AHEAD: Final = "2.5D, fixed cameras"
_OURS: Final = (FLAT, PRISMS, AHEAD)

# Beyond this range a pass of ours takes so many cameras, not all.
_FAR_M: Final = 1000.0
_FAR_CAMERAS: Final = 60

# Areas that differ by no more than this share are the same.
_ALIKE: Final = 1e-6

# The frame around CGAL's scene, and an unlimited range, as multiples of the scene's half width: the range ends
# within the frame and beyond all walls, so that both sides answer the same question.
_FRAME: Final = 8.0
_UNLIMITED: Final = 4.0


class Speed(NamedTuple):
    """What to measure: ranges in metres, ∞ for unlimited, and how many rounds."""

    ranges_m: Sequence[float]
    rounds: int


def speed_tables(subject: Subject, report: Report, speed: Speed) -> None:
    """Time both sides at each range, and say how alike their answers are."""
    half_m = float(np.abs(subject.flat.walls.ends).max())
    try:
        peer = Cgal(subject.flat.walls.ends, subject.places[:, :2], _FRAME * half_m)
    except PeerMissingError as lacking:
        report.say(f"CGAL is left out: {lacking}")
        return
    with peer:
        measured = {}
        for range_m in speed.ranges_m:
            contestants = _contestants(subject, peer, _reach(range_m, half_m))
            measured[range_m] = interleaved(contestants, speed.rounds)
        report.table(
            "Speed, one thread each; times faster than CGAL's 2D query, least and median round",
            ["engine", "range", "walls in range", "cameras/s", "CGAL's cameras/s", "least", "median"],
            [row for range_m, times in measured.items() for row in _rows(subject, times, range_m)],
        )
        _growth_table(subject, measured, report)
        _agreement_table(subject, peer, report, {r: _reach(r, half_m) for r in speed.ranges_m})


def _reach(range_m: float, half_m: float) -> float:
    return range_m if math.isfinite(range_m) else _UNLIMITED * half_m


def _told(range_m: float) -> str:
    return f"{range_m:.0f} m" if math.isfinite(range_m) else "unlimited"


def _walls(subject: Subject, name: str, range_m: float) -> float:
    """Return how many walls a camera has within range, on average."""
    scene = subject.flat if name in {CGAL, FLAT} else subject.scene
    near = edges_within(scene, subject.places, range_m) if math.isfinite(range_m) else len(scene.walls)
    return float(np.mean(near))


def _contestants(subject: Subject, peer: Cgal, range_m: float) -> Mapping[str, Contestant]:
    places, axes = subject.places, subject.azimuths_rad
    few = slice(None) if range_m < _FAR_M else slice(0, _FAR_CAMERAS)
    picture = picture_of(subject)
    round_lenses = [engine.lens_all_round(place, range_m) for place in places[few]]
    ahead = [
        engine.lens_ahead(p, range_m, float(t), picture) for p, t in zip(places[few], axes[few], strict=True)
    ]
    n = len(round_lenses)
    flat, scene = subject.flat, subject.scene
    return {
        CGAL: Contestant(lambda: peer.pass_s(range_m), len(places)),
        FLAT: Contestant(lambda: engine.pass_s(flat, round_lenses), n),
        PRISMS: Contestant(lambda: engine.pass_s(scene, round_lenses), n),
        AHEAD: Contestant(lambda: engine.pass_s(scene, ahead), n),
    }


def picture_of(subject: Subject) -> Picture:
    """Return the picture that the scene's fixed cameras have in the middle."""
    fixed = subject.cameras[subject.cameras["kind"] == "fixed"]
    return Picture(*(float(fixed[name].median()) for name in ("hfov_deg", "vfov_deg", "tilt_deg")))


def _rows(subject: Subject, times: Times, range_m: float) -> list[list[str]]:
    rows = []
    for name in _OURS:
        least, median = times.ratio(CGAL, name)
        speeds = [f"{times.per_second(each):,.0f}" for each in (name, CGAL)]
        walls = f"{_walls(subject, name, range_m):,.0f}"
        rows.append([name, _told(range_m), walls, *speeds, f"{least:.2f}", f"{median:.2f}"])
    return rows


def _growth_table(subject: Subject, measured: Mapping[float, Times], report: Report) -> None:
    ranges_m = [range_m for range_m in measured if math.isfinite(range_m)]
    if len(ranges_m) < 2:
        return
    rows = []
    for name in _OURS:
        walls = [_walls(subject, name, range_m) for range_m in ranges_m]
        seconds = [float(measured[range_m].rounds[name].min()) for range_m in ranges_m]
        # The least squares fit of log seconds over log walls.
        power = float(np.polyfit(np.log(walls), np.log(seconds), 1)[0])
        span = f"{min(walls):,.0f} to {max(walls):,.0f}"
        rows.append([name, span, f"{power:.2f}"])
    ends = f"{_told(min(ranges_m))} to {_told(max(ranges_m))}"
    report.table(f"Growth from {ends}: seconds ~ wallsᵖ", ["engine", "walls in range", "p"], rows)


def _agreement_table(subject: Subject, peer: Cgal, report: Report, reaches: Mapping[float, float]) -> None:
    rows = []
    for range_m, reach_m in reaches.items():
        theirs_m2 = peer.areas_m2(reach_m)
        few = theirs_m2 if reach_m < _FAR_M else theirs_m2[:_FAR_CAMERAS]
        off = np.array([_apart(subject, peer, k, reach_m, float(m2)) for k, m2 in enumerate(few)])
        worst = [f"{most:.1e}" for most in off.max(axis=0)]
        rows.append([_told(range_m), f"{len(off)}", *worst, f"{(off[:, 0] > _ALIKE).sum()}"])
    report.table(
        "Agreement with CGAL's clipped area, as a share of it; the most of all cameras",
        ["range", "cameras", "area", "symmetric difference", f"cameras off by more than {_ALIKE:g}"],
        rows,
    )


def _apart(subject: Subject, peer: Cgal, k: int, range_m: float, theirs_m2: float) -> tuple[float, float]:
    x, y, _ = subject.places[k].tolist()
    lens = engine.lens_all_round(subject.places[k], range_m)
    ours = star_of_ground(engine.ground_in_view(subject.flat, lens), x, y, range_m)
    ours_m2, _, between_m2 = compare(ours, star_of_corners(peer.outline(k)), range_m)
    return abs(ours_m2 / theirs_m2 - 1.0), between_m2 / theirs_m2
