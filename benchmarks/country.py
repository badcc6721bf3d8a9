"""A part of an invented country, built square by square with the command itself: `python -m benchmarks.country`.

Tells cameras a second and the memory at its peak, what a second worker brings, and what follows for the whole.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any, Final, NamedTuple

import geopandas as gpd
import numpy as np
import shapely

if not __package__:  # started as a file
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.towns import CAMERAS_PER_BUILDING, COUNTRY_BUILDINGS, COUNTRY_KM2, towns
from visavis.cameras import CAMERAS_READ, complete
from visavis.model.crs import local_crs
from visavis.readers.gdal_spaces import read_gdal_spaces
from visavis.readers.reference import read_reference
from visavis.spaces import furnish
from visavis.squares import MOST_CAMERAS
from visavis.views import Workers, survey_in_tiles
from visavis.work import opened_workers

MIDDLE: Final = ([2.5], [46.5])
SAMPLED_EVERY_S: Final = 0.2
MB: Final = 1024.0

# Longitude, latitude, row, column, width of the row, and twice that while they are grouped; a square's own lines.
BYTES_A_CAMERA: Final = 120
BYTES_A_SQUARE: Final = 4_000


class Memory(NamedTuple):
    """Megabytes at the peak: of the command, of its largest worker, and of all together, shared pages once."""

    parent: float
    worker: float
    together: float


def main() -> None:
    """Build the part and print what came of it."""
    options = _options()
    with tempfile.TemporaryDirectory(dir=options.scratch) as scratch:
        folder = Path(scratch)
        buildings, cameras = _write(folder, round(COUNTRY_BUILDINGS * options.percent / 100))
        _say(
            f"{options.percent:g} % of a country of {COUNTRY_KM2:,.0f} km²: {cameras:,} cameras over "
            f"{buildings:,} buildings, {options.draws} draws, {options.range:g} m, {options.workers} workers"
        )
        _tell_workers(folder, options)
        _tell_build(folder, options, cameras)


def _write(folder: Path, buildings: int) -> tuple[int, int]:
    houses, cameras = towns(buildings, local_crs(*MIDDLE))
    houses.to_crs("OGC:CRS84").to_file(folder / "country.gpkg", layer="buildings", engine="pyogrio")
    cameras.to_crs("OGC:CRS84").to_file(folder / "cameras.fgb", engine="pyogrio")
    return len(houses), len(cameras)


def _tell_build(folder: Path, options: argparse.Namespace, cameras: int) -> None:
    command = [
        *(sys.executable, "-m", "visavis", "build", "--json"),
        *("--cameras", "cameras.fgb", "--spaces", "country.gpkg", "--output", "stores"),
        *("--squares", str(options.squares), "--draws", str(options.draws)),
        *("--max-range", str(options.range), "--workers", str(options.workers)),
    ]
    start = perf_counter()
    with (
        subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE) as running,  # noqa: S603
        _watched(running.pid) as seen,
    ):
        out = running.communicate()[0]
    if running.returncode:
        raise RuntimeError(f"the build ended with {running.returncode}")
    seconds = perf_counter() - start
    told = json.loads(out)
    memory = Memory(seen["parent"], seen["worker"], seen["together"])
    squares = json.loads((folder / "stores" / "squares.json").read_text("utf-8"))
    largest = max(squares, key=lambda square: int(square["cameras"]))
    size_mb = sum(file.stat().st_size for file in (folder / "stores").glob("*.gpkg")) / MB**2
    times, every = 100.0 / options.percent, CAMERAS_PER_BUILDING * COUNTRY_BUILDINGS
    fullest = f"{largest['cameras']:,} cameras and {largest['spaces']:,} spaces"
    rows = (
        f"{told['exposures']:,} exposures, {told['facade_strips']:,} façade strips, {told['views']:,} views"
    )
    _say(f"  squares: {told['squares']}, the fullest with {fullest}")
    _say(f"  the whole build: {seconds:,.0f} s, {cameras / seconds:,.1f} cameras a second")
    _say(f"  rows: {rows}; {size_mb:,.0f} MB of stores")
    _say(
        f"  memory at its peak: {memory.parent:,.0f} MB the command, {memory.worker:,.0f} MB a worker, "
        f"{memory.together:,.0f} MB all together"
    )
    _say(
        f"The whole country: squares are built one after another and know nothing of each other, and one with more "
        f"than {MOST_CAMERAS:,} cameras is cut into four: a larger town makes more squares, not larger ones. What "
        f"grows with the country is the list of places of its cameras, {BYTES_A_CAMERA} bytes each, and that of its "
        f"squares, {BYTES_A_SQUARE} bytes each: "
        f"{(every * BYTES_A_CAMERA + times * told['squares'] * BYTES_A_SQUARE) / MB**2:,.0f} MB. So memory stays below "
        f"{memory.together + (every * BYTES_A_CAMERA + times * told['squares'] * BYTES_A_SQUARE) / MB**2:,.0f} MB. "
        f"Time and disk go with the cameras: {times:,.0f} x {seconds:,.0f} s are {times * seconds / 3600:,.0f} hours "
        f"on {options.workers} workers like these, and {times * size_mb / 1000:,.0f} GB."
    )


def _tell_workers(folder: Path, options: argparse.Namespace) -> None:
    """Look through some cameras with one process and with two, in turns."""
    cameras, spaces = _some(folder, options.sample)
    terms = {"draws": options.draws, "max_range_m": options.range}
    seconds: dict[int, list[float]] = {1: [], 2: []}
    single = ProcessPoolExecutor(1, multiprocessing.get_context("spawn"))
    with opened_workers(2) as two, single:
        one = Workers(single, 2)
        for turn in range(options.rounds + 1):
            for count, workers in ((1, one), (2, two)):
                start = perf_counter()
                survey_in_tiles(cameras, spaces, workers=workers, **terms)
                if turn:  # the first one loads the engine
                    seconds[count].append(perf_counter() - start)
    ratios = [alone / both for alone, both in zip(seconds[1], seconds[2], strict=True)]
    fastest = {count: len(cameras) / min(took) for count, took in seconds.items()}
    _say(
        f"  views of {len(cameras):,} cameras: {fastest[1]:,.1f} a second with one worker, {fastest[2]:,.1f} with two; "
        f"two against one {median(ratios):.2f}, {min(ratios):.2f} to {max(ratios):.2f} in {len(ratios)} rounds by turns"
    )


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201


def _some(folder: Path, count: int) -> tuple[Any, Any]:
    """Return the cameras around the fullest place, complete, and the spaces there."""
    places = gpd.read_file(folder / "cameras.fgb", engine="pyogrio")
    crs = local_crs(*MIDDLE)
    metric = places.to_crs(crs)
    cells = np.floor(metric.get_coordinates().to_numpy() / 1000.0)
    kinds, counts = np.unique(cells, axis=0, return_counts=True)
    middle = shapely.Point(*(kinds[counts.argmax()] * 1000.0 + 500.0))
    near = metric.iloc[metric.distance(middle).argsort()[:count]]
    reach = near.total_bounds + np.array([-500, -500, 500, 500])
    built = read_gdal_spaces(folder / "country.gpkg")
    parts = [part.to_crs(crs) for part in (built.buildings, built.grounds, built.entrances)]
    spaces = furnish(
        parts[0].cx[reach[0] : reach[2], reach[1] : reach[3]].reset_index(drop=True), *parts[1:]
    ).spaces
    read = CAMERAS_READ.frame(near.assign(disclosure_id="invented", standing="stated", source_id="invented"))
    return complete(read, read_reference().models).cameras, spaces


@contextmanager
def _watched(pid: int) -> Iterator[dict[str, float]]:
    """Note the peak memory of a process and of those that it starts, until the block ends (Linux)."""
    peak = {"parent": 0.0, "worker": 0.0, "together": 0.0}
    over = threading.Event()

    def look() -> None:
        while not over.wait(SAMPLED_EVERY_S):
            others = _children(pid)
            peak["parent"] = max(peak["parent"], _told_mb(pid, "status", "VmHWM"))
            peak["worker"] = max(peak["worker"], *(_told_mb(each, "status", "VmHWM") for each in others), 0.0)
            together = sum(_told_mb(each, "smaps_rollup", "Pss") for each in (pid, *others))
            peak["together"] = max(peak["together"], together)

    looking = threading.Thread(target=look, daemon=True)
    looking.start()
    try:
        yield peak
    finally:
        over.set()
        looking.join()


def _children(pid: int) -> list[int]:
    try:
        told = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    except OSError:
        return []
    return [each for child in map(int, told) for each in (child, *_children(child))]


def _told_mb(pid: int, file: str, name: str) -> float:
    try:
        lines = Path(f"/proc/{pid}/{file}").read_text("ascii").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / MB for line in lines if line.startswith(f"{name}:")), 0.0)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.country", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("--percent", type=float, default=1.0, help="of the country")
    parser.add_argument("--draws", type=int, default=100)
    parser.add_argument("--range", type=float, default=200.0, help="in metres")
    parser.add_argument("--squares", type=float, default=20.0, help="side in km")
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    parser.add_argument("--sample", type=int, default=300, help="cameras to compare one worker with two on")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--scratch", type=Path, help="where the part and its stores lie meanwhile")
    return parser.parse_args()


if __name__ == "__main__":
    main()
