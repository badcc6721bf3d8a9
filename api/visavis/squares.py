"""A country: square by square, each a build of its own with its own store, so that memory is that of one square.

A square's store is whole for its place: it also holds the cameras beside the square that could view into it.
"""

from __future__ import annotations

import hashlib
import json
import math
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from visavis.model.errors import UsageError, VisavisError
from visavis.model.progress import Progress, untold
from visavis.pipeline import Options, build
from visavis.readers.cutting import Rectangle, camera_places, cut_cameras, cut_spaces
from visavis.readers.terrain import read_terrain, sha256_of_file
from visavis.store import placed
from visavis.views import IN_PROCESS, Workers
from visavis.work import engine_digest

MANIFEST: Final = "squares.json"

KM_PER_DEGREE: Final = 111.2
# A square with more cameras is cut into four, unless it is hardly larger than what a camera sees.
MOST_CAMERAS: Final = 1_000
LEAST_SIDE_IN_RANGES: Final = 4.0
# A camera may be drawn off its place, and one inside a building is moved to a wall.
ASTRAY_KM: Final = 0.5

# What the store of a square depends on beside its files.
ROOMS: Final = (
    "model",
    "disclosures",
    "cameras",
    "spaces",
    "views",
    "exposures",
    "layers",
    "readers",
    "store",
)

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Square:
    """A part of a country with cameras in it."""

    name: str
    rectangle: Rectangle
    cameras: int


def build_squares(
    cameras: Path,
    spaces: Sequence[Path],
    folder: Path,
    *,
    side_km: float,
    clock: Callable[[], datetime],
    terrain: Sequence[Path] = (),
    options: Options | None = None,
    workers: Workers = IN_PROCESS,
    progress: Progress = untold,
) -> list[dict[str, Any]]:
    """Build a store in `folder` for each square in which cameras stand, and return what each came to.

    A square that stands there already, built of the same with the same, is not built again; one that was broken
    off goes on where it was.

    Parameters
    ----------
    cameras, spaces : Path
        Files that GDAL reads; those of spaces with a spatial index.
    terrain : Path
        Terrain models; of each no more is read than lies around a square.
    folder : Path
        Of stores, and of `squares.json` that lists them.
    side_km : float
        Of a square, before those with many cameras are cut into four.

    Raises
    ------
    VisavisError
        In one line; the squares that are built stay.
    """
    options = options or Options()
    read_terrain(terrain)  # refused before anything is cut
    longitude, latitude = camera_places(cameras)
    squares = squares_of(
        longitude, latitude, side_km=side_km, least_km=LEAST_SIDE_IN_RANGES * options.max_range_m / 1000
    )
    folder.mkdir(parents=True, exist_ok=True)
    before = _listed(folder)
    told: list[dict[str, Any]] = []
    for number, square in enumerate(squares, start=1):
        told.append(
            _built(
                square,
                before.get(square.name, {}),
                cameras,
                spaces,
                folder,
                terrain=terrain,
                options=options,
                clock=clock,
                workers=workers,
                progress=_in_square(progress, number, len(squares)),
            )
        )
        # Those that are still to come stay listed as they were, should this run be broken off.
        rest = [before[later.name] for later in squares[number:] if later.name in before]
        _list(folder, [*told, *rest])
    return told


def squares_of(
    longitude: Floats, latitude: Floats, *, side_km: float, least_km: float, most: int = MOST_CAMERAS
) -> list[Square]:
    """Return the squares in which cameras stand, from south to north and west to east.

    Rows of squares are of one height in degrees; within a row they are as wide as they are high at its middle.
    """
    height = side_km / KM_PER_DEGREE
    row = np.floor(latitude / height).astype(np.int64)
    width = height / np.cos(np.radians(np.clip((row + 0.5) * height, -89.0, 89.0)))
    column = np.floor(longitude / width).astype(np.int64)
    squares: list[Square] = []
    order = np.lexsort((column, row))
    opens = np.flatnonzero((np.diff(row[order]) != 0) | (np.diff(column[order]) != 0)) + 1
    for rows in np.split(order, opens) if len(order) else []:
        r, c, wide = int(row[rows[0]]), int(column[rows[0]]), float(width[rows[0]])
        rectangle = Rectangle(c * wide, r * height, (c + 1) * wide, (r + 1) * height)
        squares += _quartered(f"r{r}c{c}", rectangle, longitude[rows], latitude[rows], most, least_km)
    return squares


def _quartered(
    name: str, rectangle: Rectangle, longitude: Floats, latitude: Floats, most: int, least_km: float
) -> list[Square]:
    west, south, east, north = rectangle
    if not len(longitude):
        return []
    if len(longitude) <= most or (north - south) * KM_PER_DEGREE < 2.0 * least_km:
        return [Square(name, rectangle, len(longitude))]
    x, y = (west + east) / 2, (south + north) / 2
    parts = []
    for corner, (part, inside) in {
        "sw": (Rectangle(west, south, x, y), (longitude < x) & (latitude < y)),
        "se": (Rectangle(x, south, east, y), (longitude >= x) & (latitude < y)),
        "nw": (Rectangle(west, y, x, north), (longitude < x) & (latitude >= y)),
        "ne": (Rectangle(x, y, east, north), (longitude >= x) & (latitude >= y)),
    }.items():
        parts += _quartered(f"{name}{corner}", part, longitude[inside], latitude[inside], most, least_km)
    return parts


def grown(rectangle: Rectangle, by_km: float) -> Rectangle:
    """Return a rectangle with its sides moved outwards."""
    north = by_km / KM_PER_DEGREE
    furthest = min(max(abs(rectangle.south), abs(rectangle.north)) + north, 89.0)
    east = north / math.cos(math.radians(furthest))
    return Rectangle(
        rectangle.west - east, rectangle.south - north, rectangle.east + east, rectangle.north + north
    )


def _built(
    square: Square,
    before: dict[str, Any],
    cameras: Path,
    spaces: Sequence[Path],
    folder: Path,
    *,
    terrain: Sequence[Path],
    options: Options,
    clock: Callable[[], datetime],
    workers: Workers,
    progress: Progress,
) -> dict[str, Any]:
    store = folder / f"{square.name}.gpkg"
    seen_from = grown(square.rectangle, options.max_range_m / 1000)
    around = grown(seen_from, options.max_range_m / 1000 + ASTRAY_KM)
    with tempfile.TemporaryDirectory(prefix=".cut-", dir=folder) as cut:
        progress("cutting it out", 0, 0)
        # They keep their names, for ids are made of them.
        seeing = Path(cut) / f"{cameras.stem}.geojson"
        cut_cameras(cameras, seen_from, seeing)
        standing = [Path(cut) / str(number) / f"{file.stem}.gpkg" for number, file in enumerate(spaces)]
        for file, part in zip(spaces, standing, strict=True):
            part.parent.mkdir()
            cut_spaces(file, around, part)
        digest = _digest([seeing, *standing], terrain, options)
        if before.get("digest") == digest and store.is_file():
            return before
        named = {
            str(seeing): cameras,
            **{str(part): file for part, file in zip(standing, spaces, strict=True)},
        }
        try:
            outcome = build(
                [],
                standing,
                str(store),
                cameras=[seeing],
                terrain=terrain,
                options=options,
                clock=clock,
                workers=workers,
                progress=progress,
            )
        except VisavisError as error:
            if error.file not in named:
                raise
            where = f"{named[error.file]} (square {square.name})"
            raise type(error)(error.what, file=where, row=error.row, remedy=error.remedy) from None
    return {
        "square": square.name,
        "store": store.name,
        "bounds": [round(degrees, 6) for degrees in square.rectangle],
        "cameras_in_it": square.cameras,
        "digest": digest,
        "build_id": outcome.record.build_id,
        **{name: len(table) for name, table in outcome.tables.items()},
    }


def _in_square(progress: Progress, number: int, of: int) -> Progress:
    return lambda stage, done, total: progress(f"square {number} of {of}: {stage}", done, total)


def _digest(files: Sequence[Path], terrain: Sequence[Path], options: Options) -> str:
    told = hashlib.sha256(repr((engine_digest(ROOMS), sorted(asdict(options).items()))).encode())
    for file in files:
        told.update(hashlib.sha256(file.read_bytes()).digest())
    for file in terrain:
        told.update(f"{file.name} {sha256_of_file(file)}".encode())
    return told.hexdigest()


def _listed(folder: Path) -> dict[str, dict[str, Any]]:
    file = folder / MANIFEST
    if not file.is_file():
        if any(folder.glob("*.gpkg")):
            raise UsageError(
                f"{folder} holds stores that no {MANIFEST} lists", remedy="Name a new or empty folder"
            )
        return {}
    try:
        return {square["square"]: square for square in json.loads(file.read_text("utf-8"))}
    except (ValueError, KeyError, TypeError):
        return {}


def _list(folder: Path, told: Sequence[dict[str, Any]]) -> None:
    with placed(folder / MANIFEST) as beside:
        beside.write_text(json.dumps(told, indent=1) + "\n", "utf-8")
