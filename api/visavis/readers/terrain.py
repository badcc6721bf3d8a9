"""Terrain models from files that GDAL reads as a raster: one band of ground heights, in any CRS.

Nothing is read of a file but what is asked for, so that it may be larger than the memory.
"""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyproj
from pyproj.crs import CRS

from visavis.model.errors import SpacesError
from visavis.model.findings import Finding, raised
from visavis.model.provenance import Source
from visavis.readers.words import WORDS
from visavis.spaces.relief import Relief, Terrain

# Lower than any land and higher than any mountain: what is beyond is no height in metres.
LEAST_M: Final = -500.0
MOST_M: Final = 9_000.0

_METRES: Final = frozenset({"m", "metre", "meter", "metres", "meters"})
_FEET: Final = {
    "ft": 0.3048,
    "foot": 0.3048,
    "feet": 0.3048,
    "international foot": 0.3048,
    "us survey foot": 1200.0 / 3937.0,
    "us-ft": 1200.0 / 3937.0,
    "ftus": 1200.0 / 3937.0,
    "foot_us": 1200.0 / 3937.0,
}

# As many cells along each side are looked at before anything is computed.
_GLANCE: Final = 256

# Cells around a box that are read with it: a place is read between four.
_MARGIN: Final = 2


@dataclass(frozen=True)
class _Model:
    """One file: where its cells are, and how its numbers become metres."""

    path: Path
    source_id: str
    crs: str
    to_cell: tuple[float, float, float, float, float, float]
    columns: int
    rows: int
    metres: float


@dataclass(frozen=True)
class TerrainRead:
    """Terrain models: what hands out their heights, where they come from, and what is doubtful in them."""

    within: Terrain
    sources: tuple[Source, ...]
    findings: tuple[Finding, ...]


def read_terrain(files: Sequence[Path]) -> TerrainRead:
    """Return the terrain models of some files; of several that know a place the one named first counts.

    Heights are in metres, unless the file's band or its CRS says that they are in feet. Where it says nothing they are
    taken as metres, which is told.

    Raises
    ------
    SpacesError
        Where a file is missing, is no raster, has another number of bands than one, no CRS, no place, a unit that is
        no length known here, or numbers that are no heights.
    """
    models: list[_Model] = []
    sources, findings = [], []
    for file in files:
        model, doubts = _opened(file)
        if any(model.source_id == other.source_id for other in models):
            raise SpacesError("two terrain models have one name", file=file, remedy="Rename one of the files")
        models.append(model)
        findings += doubts
        sources.append(_source(model))

    def within(box: tuple[float, float, float, float], crs: Any) -> list[Relief]:
        parts = [_part(model, box, crs) for model in models]
        return [part for part in parts if part is not None]

    return TerrainRead(within, tuple(sources), tuple(findings))


def _opened(file: Path) -> tuple[_Model, list[Finding]]:
    if not file.is_file():
        raise SpacesError("no such file", file=file, remedy="Check the name")
    with _raster(file) as raster:
        if raster.count != 1:
            raise SpacesError(
                f"has {raster.count} bands instead of one of heights",
                file=file,
                remedy="Give the terrain model itself, not a picture of it",
            )
        if raster.crs is None:
            raise SpacesError(
                "does not say its CRS", file=file, remedy="Give it one: gdal_edit.py -a_srs EPSG:… FILE"
            )
        if raster.transform.is_identity:
            raise SpacesError("does not say where it lies", file=file, remedy="Give a georeferenced raster")
        crs = CRS.from_wkt(raster.crs.to_wkt())
        metres, findings = _unit(file, raster.units[0], crs)
        inverse = ~raster.transform
        model = _Model(
            file,
            f"terrain/{file.name}",
            _in_plan(crs).to_wkt(),
            (inverse.a, inverse.b, inverse.c, inverse.d, inverse.e, inverse.f),
            raster.width,
            raster.height,
            metres,
        )
        shape = (min(raster.height, _GLANCE), min(raster.width, _GLANCE))
        _heights(model, raster, None, shape)
    return model, findings


def _unit(file: Path, told: str | None, crs: CRS) -> tuple[float, list[Finding]]:
    """Return how many metres the unit of heights is: what the band says, else what the CRS says of its third axis."""
    word = (told or "").strip().lower()
    upright = [axis for axis in crs.axis_info if axis.direction.lower() in ("up", "down")]
    if not word and upright:
        word = upright[0].unit_name.lower()
    if word in _METRES:
        return 1.0, []
    if word in _FEET:
        return _FEET[word], [raised(WORDS, "terrain.in-feet", file=file.name, unit=word)]
    if word:
        raise SpacesError(
            f"gives heights in {word!r}", file=file, remedy="Give a terrain model in metres or feet"
        )
    across = {axis.unit_name.lower() for axis in crs.axis_info if axis.direction.lower() in ("east", "north")}
    if across & set(_FEET):
        raise SpacesError(
            "places are in feet and the unit of heights is not told",
            file=file,
            remedy="Say it: gdal_edit.py -units ft FILE, or -units m",
        )
    return 1.0, [raised(WORDS, "terrain.unit-untold", file=file.name)]


def _in_plan(crs: CRS) -> CRS:
    """Return a CRS without its heights."""
    return crs.sub_crs_list[0] if crs.is_compound else crs.to_2d()


def _part(model: _Model, box: tuple[float, float, float, float], crs: Any) -> Relief | None:
    """Return the part of a model around a box; None where it has none there."""
    from rasterio.windows import Window

    carried = pyproj.Transformer.from_crs(crs, model.crs, always_xy=True)
    west, south, east, north = carried.transform_bounds(*box, densify_pts=21)
    if not np.isfinite([west, south, east, north]).all() or east < west:
        return None
    a, b, c, d, e, f = model.to_cell
    corners = np.array([(x, y) for x in (west, east) for y in (south, north)])
    column, row = a * corners[:, 0] + b * corners[:, 1] + c, d * corners[:, 0] + e * corners[:, 1] + f
    first_column = max(int(np.floor(column.min())) - _MARGIN, 0)
    first_row = max(int(np.floor(row.min())) - _MARGIN, 0)
    end_column = min(int(np.ceil(column.max())) + _MARGIN, model.columns)
    end_row = min(int(np.ceil(row.max())) + _MARGIN, model.rows)
    if first_column >= end_column or first_row >= end_row:
        return None
    with _raster(model.path) as raster:
        window = Window(first_column, first_row, end_column - first_column, end_row - first_row)
        heights = _heights(model, raster, window, None)
    return Relief(model.source_id, model.crs, model.to_cell, first_column, first_row, heights)


def _heights(model: _Model, raster: Any, window: Any, shape: tuple[int, int] | None) -> Any:
    """Return heights in metres, NaN where there are none.

    Raises
    ------
    SpacesError
        Where numbers can't be read, or are no heights.
    """
    from rasterio.errors import RasterioError

    try:
        read = raster.read(1, window=window, out_shape=shape, masked=True)
    except (RasterioError, MemoryError) as broken:
        raise SpacesError(f"can't be read ({broken})", file=model.path, remedy="Get it again") from None
    if np.iscomplexobj(read):
        raise SpacesError(
            "holds no heights but complex numbers", file=model.path, remedy="Give a terrain model"
        )
    heights = read.astype(np.float64) * raster.scales[0] + raster.offsets[0]
    metres = np.asarray(heights.filled(np.nan), dtype=np.float64) * model.metres
    known = np.isfinite(metres)
    metres[~known] = np.nan
    least, most = (float(metres[known].min()), float(metres[known].max())) if known.any() else (0.0, 0.0)
    if least < LEAST_M or most > MOST_M:
        odd = least if least < LEAST_M else most
        raise SpacesError(
            f"holds a height of {odd:g} m, which no ground has",
            file=model.path,
            remedy="If that stands for no data, say so: gdal_edit.py -a_nodata VALUE FILE",
        )
    return metres.astype(np.float32)


class _raster:  # noqa: N801  (reads as what it opens)
    """A raster file, open as long as it is needed; GDAL's errors are told in one line."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def __enter__(self) -> Any:
        import rasterio
        from rasterio.errors import NotGeoreferencedWarning, RasterioIOError

        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", NotGeoreferencedWarning)  # told as an error, with a remedy
                self._open = rasterio.open(self._file)
        except RasterioIOError:
            raise SpacesError(
                "is no raster that GDAL reads", file=self._file, remedy="Give a terrain model, as a GeoTIFF"
            ) from None
        return self._open

    def __exit__(self, *_: object) -> None:
        self._open.close()


def _source(model: _Model) -> Source:
    name, digest = model.path.name, sha256_of_file(model.path)
    return Source(model.source_id, f"Terrain model {name}", "not stated", name, sha256=digest)


def sha256_of_file(file: Path) -> str:
    """Return the SHA-256 of a file that may be large; of one that has not changed it is taken once."""
    stands = file.stat()
    return _sha256_of(file, stands.st_size, stands.st_mtime_ns)


@lru_cache(maxsize=4_096)
def _sha256_of(file: Path, size: int, changed_ns: int) -> str:
    del size, changed_ns  # a file that has changed is another one
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
