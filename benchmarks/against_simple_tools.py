"""The engine beside what map tools usually do: a fan of rays in 2D, GDAL's viewshed on a raster in 2.5D."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import shapely

from benchmarks import engine
from benchmarks.peers import PeerMissingError
from benchmarks.peers.fan import STEP_DEG, Fan
from benchmarks.peers.gdal import CELL_M, Viewsheds
from benchmarks.report import Report
from benchmarks.scenes import Subject
from benchmarks.stars import compare, star_of_corners, star_of_ground
from benchmarks.timing import Contestant, Times, interleaved
from visavis.views.lens import Lens

RANGE_M: Final = 100.0

# As many of the scene's cameras, evenly picked, as a slow peer gets through.
_FAN_CAMERAS: Final = 60
_GDAL_CAMERAS: Final = 12

_COLUMNS: Final = (
    "peer",
    "cameras/s",
    "ours, cameras/s",
    "ours is faster, least",
    "median",
    "difference, mean",
    "most",
)


def simple_tools_table(subject: Subject, report: Report, rounds: int) -> None:
    """Time both peers against ours at 100 m, and say how far their views are from it."""
    rows = [_fan_row(subject, rounds)]
    try:
        rows.append(_gdal_row(subject, rounds))
    except PeerMissingError as lacking:
        report.say(f"GDAL is left out: {lacking}")
    report.table(
        f"Simple tools at {RANGE_M:.0f} m; the difference is the symmetric one, as a share of the area in view",
        _COLUMNS,
        rows,
    )


def _fan_row(subject: Subject, rounds: int) -> list[str]:
    places = _some(subject.places, _FAN_CAMERAS)
    fan = Fan(subject.flat.walls.ends)
    lenses = [engine.lens_all_round(place, RANGE_M) for place in subject.places]
    times = interleaved(
        {
            "fan": Contestant(lambda: fan.pass_s(places, RANGE_M), len(places)),
            "ours": Contestant(lambda: engine.pass_s(subject.flat, lenses), len(lenses)),
        },
        rounds,
    )
    off = []
    for place in places:
        ground = engine.ground_in_view(subject.flat, engine.lens_all_round(place, RANGE_M))
        ours = star_of_ground(ground, float(place[0]), float(place[1]), RANGE_M)
        ours_m2, _, between_m2 = compare(ours, star_of_corners(fan.corners(place, RANGE_M)), RANGE_M)
        off.append(between_m2 / ours_m2)
    return _row(f"fan of rays, {STEP_DEG}° apart, 2D", times, "fan", off)


def _gdal_row(subject: Subject, rounds: int) -> list[str]:
    # On a raster a camera needs a cell of its own that no roof fills.
    off_m = shapely.distance(shapely.points(subject.places[:, :2]), _outlines(subject))
    clear = subject.places[(off_m > 2.0 * CELL_M) & (subject.scene.standing_on(*subject.places[:, :2].T) < 0)]
    places = _some(clear, _GDAL_CAMERAS)
    lenses = [engine.lens_all_round(place, RANGE_M) for place in places]
    with Viewsheds(subject.spaces, places, RANGE_M) as viewsheds:
        times = interleaved(
            {
                "gdal": Contestant(viewsheds.pass_s, len(places)),
                "start": Contestant(viewsheds.start_s, len(places)),
                "ours": Contestant(lambda: engine.pass_s(subject.scene, lenses), len(lenses)),
            },
            rounds,
        )
        off = [_raster_apart(subject, viewsheds, k, lens) for k, lens in enumerate(lenses)]
    start_ms = 1000.0 * float(np.median(times.rounds["start"]))
    name = f"GDAL viewshed, {CELL_M} m cells, 2.5D; {start_ms:.0f} ms a camera of it with a range of a metre"
    return _row(name, times, "gdal", off)


def _raster_apart(subject: Subject, viewsheds: Viewsheds, k: int, lens: Lens) -> float:
    middles, seen = viewsheds.ground(k)
    ground = engine.ground_in_view(subject.scene, lens)
    shapely.prepare(ground)
    ours = shapely.contains_xy(ground, *middles.T)
    return float((ours != seen).sum() * CELL_M**2 / ground.area)


def _outlines(subject: Subject) -> shapely.MultiLineString:
    return shapely.MultiLineString(list(subject.scene.walls.lines))


def _some(places: engine.Floats, n: int) -> engine.Floats:
    return np.asarray(places[np.linspace(0, len(places) - 1, n).astype(int)])


def _row(name: str, times: Times, peer: str, off: Sequence[float]) -> list[str]:
    least, median = times.ratio(peer, "ours")
    speeds = [f"{times.per_second(each):,.0f}" for each in (peer, "ours")]
    return [name, *speeds, f"{least:,.0f}", f"{median:,.0f}", f"{np.mean(off):.1%}", f"{max(off):.1%}"]
