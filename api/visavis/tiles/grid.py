"""The grid of the web's maps: which tile is where."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np
import pyproj
from numpy.typing import NDArray

from visavis.model.crs import STORED_CRS
from visavis.model.errors import NotFoundError

GRID: Final = "WebMercatorQuad"
GRID_URI: Final = f"http://www.opengis.net/def/tilematrixset/OGC/1.0/{GRID}"

# West, south, east, north in CRS84.
Box = tuple[float, float, float, float]

# At level 18 a step of a tile's own grid is under 4 cm: finer than any position here.
DEEPEST: Final = 18

# Half the width of the map (OGC 17-083r4, annex D.1): π times the radius of EPSG:3857's sphere.
HALF_M: Final = math.pi * 6_378_137.0

_TO_MAP: Final = pyproj.Transformer.from_crs(STORED_CRS, "EPSG:3857", always_xy=True)

# Where the square map ends.
_MOST_LATITUDE: Final = 85.0511287798066


class Tile(NamedTuple):
    """A place in the grid: level, column from the west, row from the north."""

    z: int
    x: int
    y: int

    @property
    def side_m(self) -> float:
        """Return its width on the map, in metres of EPSG:3857."""
        return 2 * HALF_M / (1 << self.z)

    @property
    def corner_m(self) -> tuple[float, float]:
        """Return its north-west corner on the map."""
        return self.x * self.side_m - HALF_M, HALF_M - self.y * self.side_m

    def checked(self) -> Tile:
        """Return the tile if the grid has it.

        Raises
        ------
        NotFoundError
        """
        if not (0 <= self.z <= DEEPEST and 0 <= self.x < 1 << self.z and 0 <= self.y < 1 << self.z):
            raise NotFoundError(
                f"there is no tile {self.z}/{self.y}/{self.x}",
                remedy=f"Levels are 0 to {DEEPEST}; z/row/column",
            )
        return self

    def quarters(self) -> list[Tile]:
        """Return the four tiles within it, a level deeper."""
        return [
            Tile(self.z + 1, 2 * self.x + right, 2 * self.y + down) for down in (0, 1) for right in (0, 1)
        ]

    def bounds(self, beyond: float = 0.0) -> Box:
        """Return its box in CRS84, wider by `beyond` of its side at each of them."""
        west, north = self.corner_m
        more = self.side_m * beyond
        x = [west - more, west + self.side_m + more]
        y = [north - self.side_m - more, north + more]
        within = [min(max(v, -HALF_M), HALF_M) for v in (*x, *y)]
        lon, lat = _TO_MAP.transform(within[:2], within[2:], direction="INVERSE")
        return lon[0], lat[0], lon[1], lat[1]


def on_map(lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return places of CRS84 in metres of EPSG:3857."""
    north = np.clip(lonlat[:, 1], -_MOST_LATITUDE, _MOST_LATITUDE)
    return np.column_stack(_TO_MAP.transform(lonlat[:, 0], north))


def limits(bounds: Box, z: int) -> tuple[int, int, int, int]:
    """Return the first and last column, and the first and last row, of tiles that meet a box at a level."""
    west, south, east, north = bounds
    corners = on_map(np.array([[west, north], [east, south]], dtype=float))
    side = 2 * HALF_M / (1 << z)
    steps = np.floor(np.column_stack([corners[:, 0] + HALF_M, HALF_M - corners[:, 1]]) / side).astype(int)
    (left, top), (right, bottom) = np.clip(steps, 0, (1 << z) - 1).tolist()
    return left, right, top, bottom


def tiles_of(bounds: Box, z: int) -> Iterator[Tile]:
    """Give the tiles that meet a box at a level, row by row."""
    left, right, top, bottom = limits(bounds, z)
    for y in range(top, bottom + 1):
        for x in range(left, right + 1):
            yield Tile(z, x, y)
