"""How the cost grows with draws and shrinks with workers, and what outlines cost beside the sweep."""

from __future__ import annotations

import math
import multiprocessing
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from time import perf_counter, process_time
from typing import Any, Final, NamedTuple

import geopandas as gpd
import numpy as np
import shapely

from benchmarks import engine
from benchmarks.against_cgal import picture_of
from benchmarks.others import Meanwhile
from benchmarks.report import Report
from benchmarks.scenes import Subject
from benchmarks.timing import Contestant, interleaved
from visavis.cameras import CAMERAS
from visavis.model.ground import FLAT
from visavis.views.lens import Lens
from visavis.views.seeing import see

RANGE_M: Final = 100.0
DRAWS: Final = 200

# Errors of the cameras whose doubt is drawn.
PLACE_SD_M: Final = 1.0
AZIMUTH_SD_DEG: Final = 5.0
HEIGHT_SD_M: Final = 0.5

# What is true is counted in many draws, of a seed of their own, for a few cameras; nearer to 0 than this, what is
# unlikely is left out of the tables, and those of it that are told are told too high.
_TRUE_CAMERAS: Final = 12
_TRUE_DRAWS: Final = 10_000
_TRUE_SEED: Final = 1000
_TRIES: Final = 3
_NOT_CUT_OFF: Final = 0.15

_CAMERAS: Final = 40
_CHUNK: Final = 10


def draws_table(subject: Subject, report: Report, rounds: int) -> None:
    """Tell what 200 draws cost, as a multiple of a single pass over the same cameras."""
    rows = []
    for all_round in (True, False):
        cameras = _doubtful(subject, all_round=all_round)
        lenses = _lenses(subject, all_round=all_round)
        times = interleaved(
            {
                "pass": Contestant(lambda lenses=lenses: engine.pass_s(subject.scene, lenses), len(lenses)),  # type: ignore[misc]
                "one": Contestant(lambda cameras=cameras: _see_s(subject, cameras, 1), len(cameras)),  # type: ignore[misc]
                "many": Contestant(lambda cameras=cameras: _see_s(subject, cameras, DRAWS), len(cameras)),  # type: ignore[misc]
            },
            rounds,
        )
        least = {name: float(seconds.min()) for name, seconds in times.rounds.items()}
        extra = times.rounds["many"] - times.rounds["one"]
        rows.append(
            [
                "all round" if all_round else "fixed",
                *(f"{1000 * least[name]:.2f}" for name in ("pass", "one")),
                f"{1000 * extra.min():.2f}",
                f"{np.median(extra / times.rounds['pass']):.0f}",
            ]
        )
    report.table(
        f"Doubt at {RANGE_M:.0f} m ({PLACE_SD_M:g} m, {AZIMUTH_SD_DEG:g}°, {HEIGHT_SD_M:g} m, roofs by their "
        f"own): what {DRAWS} draws add, counted for every façade, entrance and garden around",
        ["cameras", "single pass, ms", "see, one draw, ms", f"{DRAWS} draws, ms", "draws / single pass"],
        rows,
    )


def truth_table(subject: Subject, report: Report) -> None:
    """Tell how far probabilities of 200 draws are from the truth, beside the errors told with them."""
    rows = []
    for all_round in (True, False):
        cameras = _doubtful(subject, all_round=all_round, most=_TRUE_CAMERAS)
        truth = _probabilities(subject, cameras, _TRUE_DRAWS, _TRUE_SEED)
        off, told, independent = [], [], []
        for seed in range(_TRIES):
            both = truth.join(_probabilities(subject, cameras, DRAWS, seed), rsuffix="_told", how="inner")
            both = both[(both["probability"] > _NOT_CUT_OFF) & (both["probability"] < 1.0 - _NOT_CUT_OFF)]
            p = both["probability"].to_numpy(float)
            off.append(both["probability_told"].to_numpy(float) - p)
            told.append(both["probability_se_told"].to_numpy(float))
            independent.append(p * (1.0 - p) / DRAWS)
        every, se = np.concatenate(off), np.concatenate(told)
        rows.append(
            [
                "all round" if all_round else "fixed",
                f"{len(every):,}",
                f"{np.sqrt((every**2).mean()):.4f}",
                f"{np.sqrt(np.concatenate(independent).mean()):.4f}",
                f"{np.sqrt((se**2).mean()):.4f}",
                *(f"{(np.abs(every) <= times * se).mean():.1%}" for times in (1.0, 2.0)),
            ]
        )
    report.table(
        f"The same doubt: probabilities of {DRAWS} draws against those of {_TRUE_DRAWS:,}, of façades, entrances and "
        f"gardens between {_NOT_CUT_OFF:g} and {1 - _NOT_CUT_OFF:g}; {_TRIES} seeds",
        [
            *("cameras", "probabilities", "off, root mean square", f"that of {DRAWS} independent draws"),
            *("standard error told", "within one", "within two"),
        ],
        rows,
    )


def _probabilities(subject: Subject, cameras: gpd.GeoDataFrame, draws: int, seed: int) -> Any:
    seen = see(cameras, subject.scene, subject.spaces, draws=draws, seed=seed, max_range_m=RANGE_M)
    return seen.sightings.set_index("sighting_id")[["probability", "probability_se"]]


def outline_table(subject: Subject, report: Report, rounds: int) -> None:
    """Tell what the polygons of ground in view cost beside the sweep that found the ground."""
    rows = []
    for range_m in (50.0, 100.0, 200.0):
        lenses = [engine.lens_all_round(place, range_m) for place in subject.places]
        times = interleaved(
            {
                "sweep": Contestant(lambda x=lenses: engine.sweep_s(subject.scene, x), len(lenses)),  # type: ignore[misc]
                "outline": Contestant(lambda x=lenses: engine.outline_s(subject.scene, x), len(lenses)),  # type: ignore[misc]
            },
            rounds,
        )
        sweep_ms, outline_ms = (1000 * float(times.rounds[name].min()) for name in ("sweep", "outline"))
        _, median = times.ratio("outline", "sweep")
        rows.append([f"{range_m:.0f} m", f"{sweep_ms:.3f}", f"{outline_ms:.3f}", f"{median:.2f}"])
    report.table(
        "Polygons of ground in view, 2.5D, all round",
        ["range", "sweep, ms", "polygons, ms", "polygons / sweep"],
        rows,
    )


def workers_table(subject: Subject, report: Report, rounds: int) -> None:
    """Tell how much faster two processes are than one."""
    cameras = _doubtful(subject, all_round=True, most=2 * _CAMERAS)
    chunks = [cameras.iloc[k : k + _CHUNK] for k in range(0, len(cameras), _CHUNK)]
    _shared["subject"] = subject
    context = multiprocessing.get_context("fork")
    ran: dict[str, list[_Worked]] = {"one": [], "two": []}
    with ProcessPoolExecutor(1, context) as one, ProcessPoolExecutor(2, context) as two:
        times = interleaved(
            {
                "one": Contestant(lambda: _work_s(one, chunks, ran["one"]), len(cameras)),
                "two": Contestant(lambda: _work_s(two, chunks, ran["two"]), len(cameras)),
            },
            rounds,
        )
    least, median = times.ratio("one", "two")
    own = {name: np.array([each.processor_s for each in counted[1:]]) for name, counted in ran.items()}
    others = {name: np.median([each.others for each in counted[1:]]) for name, counted in ran.items()}
    ideal = 2.0 * float(np.median(own["one"] / own["two"]))
    report.table(
        f"Workers: `see` with 20 draws at {RANGE_M:.0f} m",
        [
            "workers",
            "cameras/s",
            "times faster, least",
            "median",
            "others' share of the machine",
            "times faster by the processor's seconds",
        ],
        [
            ["1", f"{times.per_second('one'):,.0f}", "", "", f"{others['one']:.0%}", ""],
            [
                *("2", f"{times.per_second('two'):,.0f}", f"{least:.2f}", f"{median:.2f}"),
                *(f"{others['two']:.0%}", f"{ideal:.2f}"),
            ],
        ],
    )


class _Worked(NamedTuple):
    """What all workers together took, and what others did meanwhile."""

    processor_s: float
    others: float


# What worker processes find in their memory, as they are forked.
_shared: dict[str, Subject] = {}


def _work_s(pool: ProcessPoolExecutor, chunks: Sequence[gpd.GeoDataFrame], ran: list[_Worked]) -> float:
    start, meanwhile = perf_counter(), Meanwhile()
    own_s = sum(pool.map(_work, chunks))
    ran.append(_Worked(own_s, meanwhile.others_share(own_s)))
    return perf_counter() - start


def _work(cameras: gpd.GeoDataFrame) -> float:
    subject, start = _shared["subject"], process_time()
    see(cameras, subject.scene, subject.spaces, draws=20, max_range_m=RANGE_M)
    return process_time() - start


def _see_s(subject: Subject, cameras: gpd.GeoDataFrame, draws: int) -> float:
    start = process_time()
    see(cameras, subject.scene, subject.spaces, draws=draws, max_range_m=RANGE_M)
    return process_time() - start


def _lenses(subject: Subject, *, all_round: bool) -> list[Lens]:
    picture = picture_of(subject)
    some = slice(0, _CAMERAS)
    if all_round:
        return [engine.lens_all_round(place, RANGE_M) for place in subject.places[some]]
    ways = zip(subject.places[some], subject.azimuths_rad[some].tolist(), strict=True)
    return [engine.lens_ahead(place, RANGE_M, axis, picture) for place, axis in ways]


def _doubtful(subject: Subject, *, all_round: bool, most: int = _CAMERAS) -> gpd.GeoDataFrame:
    """Return cameras (CAMERAS) at the first places of a scene, with errors."""
    picture = picture_of(subject)
    rows = []
    for k, (x, y, height_m) in enumerate(subject.places[:most].tolist()):
        azimuth = None if all_round else 90.0 - math.degrees(subject.azimuths_rad[k])
        rows.append(
            {
                "camera_id": f"b{k:04d}",
                "disclosure_id": "benchmark",
                "standing": "stated",
                "terrain": FLAT,
                "kind": "dome" if all_round else "fixed",
                "position_sd_m": PLACE_SD_M,
                "height_m": height_m,
                "height_sd_m": HEIGHT_SD_M,
                "azimuth_deg": None if azimuth is None else azimuth % 360.0,
                "azimuth_sd_deg": None if azimuth is None else AZIMUTH_SD_DEG,
                "hfov_deg": 360.0 if all_round else picture.hfov_deg,
                "vfov_deg": 180.0 if all_round else picture.vfov_deg,
                "tilt_deg": 0.0 if all_round else picture.tilt_deg,
                "pixels": 8000.0 if all_round else 1920.0,
                "range_m": RANGE_M,
                "source_id": "benchmark",
                "geometry": shapely.Point(x, y),
            }
        )
    return CAMERAS.frame(rows, crs=subject.spaces.crs)
