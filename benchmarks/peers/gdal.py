"""GDAL's viewshed on a raster of roofs, by its command: the usual 2.5D answer of a GIS."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import warnings
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import geopandas as gpd
import numpy as np
import pyogrio
from numpy.typing import NDArray

from benchmarks.peers import PeerMissingError

Floats = NDArray[np.float64]

CELL_M: Final = 0.5


class Viewsheds:
    """GDAL's programs on one raster window around each place; burning the windows is not timed.

    Parameters
    ----------
    spaces : GeoDataFrame SPACES
        Roofs; where several cover a cell the highest counts.
    places : ndarray (n, 3), metres
    range_m : float

    Raises
    ------
    PeerMissingError
        Where GDAL's commands are not installed.
    """

    def __init__(self, spaces: gpd.GeoDataFrame, places: Floats, range_m: float) -> None:
        self._viewshed, burn = (_command(name) for name in ("gdal_viewshed", "gdal_rasterize"))
        self._range_m = range_m
        self._folder = tempfile.TemporaryDirectory()
        self._home = Path(self._folder.name)
        roofs = self._home / "roofs.gpkg"
        solid = spaces.loc[spaces["height_m"] > 0.0, ["height_m", "geometry"]].sort_values("height_m")
        # Without a CRS: looking one up in its tables would be most of what GDAL's command takes.
        bare = gpd.GeoDataFrame({"height_m": solid["height_m"]}, geometry=solid.geometry.to_numpy())
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="'crs' was not provided", category=UserWarning)
            pyogrio.write_dataframe(bare, roofs, layer="roofs", driver="GPKG", promote_to_multi=True)
        # Whole cells around the place: its own is the one in the middle.
        cells = int(np.ceil(range_m / CELL_M))
        self.cells = 2 * cells + 1
        self._corners = np.floor(places[:, :2] / CELL_M) * CELL_M - cells * CELL_M
        self._places = places
        size = self.cells * CELL_M
        for k, (west, south) in enumerate(self._corners.tolist()):
            _run(
                burn, "-q", "-of", "ENVI", "-ot", "Float32", "-init", 0, "-a", "height_m", "-l", "roofs",
                "-tr", CELL_M, CELL_M, "-te", west, south, west + size, south + size, roofs, self._raster(k),
            )  # fmt: skip

    def pass_s(self) -> float:
        """Return the seconds that looking from all places took, a process each."""
        start = _children_s()
        for k in range(len(self._places)):
            self._look(k)
        return _children_s() - start

    def start_s(self) -> float:
        """Return the seconds that so many processes take that look no further than two cells."""
        start = _children_s()
        for k in range(len(self._places)):
            self._look(k, 2.0 * CELL_M)
        return _children_s() - start

    def ground(self, k: int) -> tuple[Floats, NDArray[np.bool_]]:
        """Return the middles (cells, 2) of all cells of ground in range of place k, and whether it sees them."""
        seen = np.fromfile(self._look(k), dtype=np.uint8).reshape(self.cells, self.cells)
        roof = np.fromfile(self._raster(k), dtype=np.float32).reshape(self.cells, self.cells)
        west, south = self._corners[k]
        middles = (np.arange(self.cells) + 0.5) * CELL_M
        x, y = np.meshgrid(west + middles, south + middles[::-1])  # rows run from north to south
        near = np.hypot(x - self._places[k, 0], y - self._places[k, 1]) <= self._range_m
        ground = near & (roof == 0.0)
        return np.column_stack([x[ground], y[ground]]), seen[ground] > 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._folder.cleanup()

    def _raster(self, k: int) -> Path:
        return self._home / f"roofs{k}.bin"

    def _look(self, k: int, range_m: float | None = None) -> Path:
        x, y, height_m = self._places[k].tolist()
        to = self._home / "seen.bin"
        _run(
            self._viewshed, "-q", "-f", "ENVI", "-ox", x, "-oy", y, "-oz", height_m, "-tz", 0,
            "-md", range_m or self._range_m, "-cc", 0, self._raster(k), to,
        )  # fmt: skip
        return to


def _children_s() -> float:
    """Return the seconds of the processor that finished processes of ours took."""
    times = os.times()
    return times.children_user + times.children_system


def _command(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise PeerMissingError(f"no {name} on this machine (Debian: apt-get install gdal-bin)")
    return found


def _run(*words: object) -> None:
    ran = subprocess.run([str(word) for word in words], capture_output=True, text=True, check=False)  # noqa: S603
    if ran.returncode:
        raise RuntimeError(f"{words[0]}: {ran.stderr.strip()}")
