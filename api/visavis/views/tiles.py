"""Tiles: some cameras with all that stands in their reach, so that no more than that has to be at hand.

A tile must give what the whole town gives, to the last bit. So a building that meets the tile comes whole, with
whatever touches it, for that decides where its walls stand in the open; and a scene that is asked about a place
up to which it is not known says so, instead of giving an answer that could be another one in the whole town.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from pyproj import CRS

from visavis.model.crs import assert_metric
from visavis.views.lens import Lens
from visavis.views.scene import POLYGONS, Scene
from visavis.views.targets import AT_THE_WALL_M
from visavis.views.walls import TOUCHING_M, Floats, Ints

# The side of a cell of the grid by which cameras are grouped, in ranges: what is built twice, in the reach of two
# cells, stays less than what is built once.
CELL_IN_RANGES: Final = 10.0
MOST_CAMERAS: Final = 32

# Beyond the range a camera may be drawn so many standard deviations off its place, and then moved to a wall; a
# tile in which one goes further is cut again, wider.
PLACE_IN_SD: Final = 4.0
MOVED_M: Final = 25.0

# What decides about a place stands no further from it than this: a door's wall, a house that touches another one.
_AROUND_M: Final = 2.0 * AT_THE_WALL_M
_TOUCHES_M: Final = 2.0 * TOUCHING_M

# Stands for a missing value where columns are digested.
_MISSING: Final = "\1"


class Box(NamedTuple):
    """A rectangle along the axes, in metres."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def around(cls, x: Floats, y: Floats) -> Box:
        """Return the smallest box around some places."""
        return cls(float(x.min()), float(y.min()), float(x.max()), float(y.max()))

    def grown(self, by_m: float) -> Box:
        """Return the box with its sides moved outwards."""
        return Box(self.west - by_m, self.south - by_m, self.east + by_m, self.north + by_m)

    def holds(self, other: Box) -> bool:
        """Say whether another box lies within, its sides included."""
        return (
            self.west <= other.west
            and self.south <= other.south
            and self.east >= other.east
            and self.north >= other.north
        )

    def with_(self, other: Box) -> Box:
        """Return the smallest box around both."""
        return Box(
            min(self.west, other.west),
            min(self.south, other.south),
            max(self.east, other.east),
            max(self.north, other.north),
        )


EVERYWHERE: Final = Box(-math.inf, -math.inf, math.inf, math.inf)


@dataclass(frozen=True)
class Places:
    """Ids of cameras, where they stand, and the standard deviation of that, in metres."""

    ids: NDArray[np.object_]
    x: Floats
    y: Floats
    sd_m: Floats


@dataclass(frozen=True)
class Lot:
    """What one tile is cut for: rows of cameras, or buildings to tell the findings of.

    Parameters
    ----------
    rows : ndarray
        Rows of `Town.places`; none where the tile is there for its buildings.
    reach : Box
        Up to where everything has to be known.
    """

    rows: Ints
    reach: Box


@dataclass(frozen=True)
class Tile:
    """Cameras and what stands around them.

    Parameters
    ----------
    cameras : GeoDataFrame CAMERAS, by id
    spaces : GeoDataFrame SPACES, by id
    known : Box
        Within it everything is as it is in the whole town.
    buildings : tuple of str
        The buildings that are here with all that touches them.
    """

    cameras: gpd.GeoDataFrame
    spaces: gpd.GeoDataFrame
    known: Box
    buildings: tuple[str, ...]

    def digest(self) -> str:
        """Return a digest of all that the tile holds."""
        told = hashlib.sha256(repr((self.known, self.buildings)).encode())
        for frame in (self.cameras, self.spaces):
            told.update(CRS(frame.crs).to_wkt().encode())
            for name, column in frame.items():
                told.update(f"{name}\0{len(column)}\0".encode())
                told.update(_bytes_of(column))
        return told.hexdigest()


class BeyondTile(Exception):  # noqa: N818  (not a failure: the tile is cut again)
    """A camera needs to know more than its tile holds: `needed` says up to where."""

    def __init__(self, needed: Box) -> None:
        super().__init__(needed)
        self.needed = needed


@dataclass(frozen=True)
class TileScene(Scene):
    """A scene that is known up to the edge of its tile, and says so where it is asked for more."""

    known: Box = EVERYWHERE

    def walls_near(self, x: float, y: float, reach_m: float) -> Ints:
        self._need(Box(x - reach_m, y - reach_m, x + reach_m, y + reach_m))
        return super().walls_near(x, y, reach_m)

    def hanging_near(self, x: float, y: float, reach_m: float) -> Ints:
        self._need(Box(x - reach_m, y - reach_m, x + reach_m, y + reach_m))
        return super().hanging_near(x, y, reach_m)

    def seen(self, lens: Lens) -> tuple[Floats, Floats]:
        reach_m = lens.range_m
        self._need(Box(lens.x - reach_m, lens.y - reach_m, lens.x + reach_m, lens.y + reach_m))
        return super().seen(lens)

    def standing_on(self, x: Floats, y: Floats, height_m: Floats | float = math.inf) -> Ints:
        if len(x):
            self._need(Box.around(x, y))
        return super().standing_on(x, y, height_m)

    def _need(self, box: Box) -> None:
        if not self.known.holds(box):
            raise BeyondTile(box)


def scene_of(tile: Tile) -> TileScene:
    """Return the scene of a tile; its findings are of no use, for buildings at its rim lack their neighbours."""
    scene = TileScene.of(tile.spaces)
    assert isinstance(scene, TileScene)  # noqa: S101  (for the type)
    return replace(scene, known=tile.known)


def lots_of(
    town: Town, *, max_range_m: float, cell_m: float | None = None, most: int = MOST_CAMERAS
) -> list[Lot]:
    """Return the lots of a town: first its cameras, the largest lot first, then cells of buildings.

    Parameters
    ----------
    town : Town
    max_range_m : float
    cell_m : float, optional
        Side of a cell, in metres; `CELL_IN_RANGES` ranges where none is given. The result does not depend on it.
    most : int
        Cameras in a lot; a cell with more is several lots.
    """
    side = CELL_IN_RANGES * max_range_m if cell_m is None else cell_m
    places = town.places
    cells = cell_of(places.x, places.y, side)
    order = np.lexsort((cells[:, 1], cells[:, 0]))
    opens = np.flatnonzero((np.diff(cells[order], axis=0) != 0).any(axis=1)) + 1
    lots = []
    for rows in np.split(order, opens) if len(order) else []:
        for part in _halved(rows, places, most):
            astray = PLACE_IN_SD * float(places.sd_m[part].max()) + MOVED_M
            lots.append(Lot(part, Box.around(places.x[part], places.y[part]).grown(max_range_m + astray)))
    lots.sort(key=lambda lot: -len(lot.rows))
    none = np.zeros(0, dtype=np.int64)
    for column, row in town.cells(side).tolist():
        lots.append(Lot(none, Box(column * side, row * side, (column + 1) * side, (row + 1) * side)))
    return lots


def _halved(rows: Ints, places: Places, most: int) -> list[Ints]:
    """Return cameras in compact parts of no more than `most`, halved across their longer side."""
    if len(rows) <= most:
        return [rows]
    x, y = places.x[rows], places.y[rows]
    across = (x, y) if np.ptp(x) >= np.ptp(y) else (y, x)
    # Where they stand on one point, the order goes by the ids.
    by_id = np.argsort(places.ids[rows])
    order = rows[by_id[np.lexsort((across[1][by_id], across[0][by_id]))]]
    middle = len(rows) // 2
    return [*_halved(order[:middle], places, most), *_halved(order[middle:], places, most)]


def cell_of(x: Floats, y: Floats, side_m: float) -> Ints:
    """Return the cell of each place, as (n, 2) column and row, on a grid from the origin of the CRS."""
    return np.floor(np.column_stack([x, y]) / side_m).astype(np.int64)


def cut(lot: Lot, town: Town) -> Tile:
    """Return the tile of a lot."""
    box = lot.reach.grown(_AROUND_M)
    met = town.spaces(box)
    solid = met[solids(met)]
    rows = np.union1d(met.index, _with_what_decides(solid.index.to_numpy(), town))
    return Tile(
        cameras=town.cameras(lot.rows).sort_values("camera_id", ignore_index=True),
        spaces=town.spaces_at(rows).sort_values("space_id", ignore_index=True),
        known=EVERYWHERE if box.holds(town.bounds) else lot.reach,
        buildings=tuple(np.unique(building_of(solid)).tolist()),
    )


def _with_what_decides(rows: Ints, town: Town) -> Ints:
    """Return solids with what touches them, and with what those stand on, down to the ground."""
    asked = rows
    while len(asked):
        beside = np.setdiff1d(town.touching(asked), rows)
        rows = np.union1d(rows, beside)
        # Where nothing bears it, it hangs in the air and one looks below it.
        asked = beside[town.raised(beside)]
    return rows


def solids(spaces: gpd.GeoDataFrame) -> NDArray[np.bool_]:
    """Return which spaces a scene is built of."""
    return np.asarray(
        spaces.geom_type.isin(POLYGONS) & ~spaces.is_empty & (spaces["height_m"] > 0.0), dtype=bool
    )


def building_of(solid: gpd.GeoDataFrame) -> NDArray[np.object_]:
    """Return the building of each solid: one without a building stands for itself."""
    return solid["building_id"].fillna(solid["space_id"]).to_numpy(object)


class Town:
    """Cameras and the spaces around them, in one metric CRS, of which tiles are cut."""

    def __init__(self, cameras: gpd.GeoDataFrame, spaces: gpd.GeoDataFrame) -> None:
        for frame in (cameras, spaces):
            assert_metric(frame)
            if frame.crs != spaces.crs:
                raise AssertionError(f"cameras and spaces have to share one CRS: {frame.crs}, {spaces.crs}")
        self._cameras = cameras.reset_index(drop=True)
        self._spaces = spaces[~spaces.is_empty].reset_index(drop=True)
        self._tree = shapely.STRtree(self._spaces.geometry.to_numpy())
        self._solid = solids(self._spaces)
        solid = np.flatnonzero(self._solid)
        of = pd.Series(building_of(self._spaces.iloc[solid]), index=solid, dtype=object)
        # Few buildings are of several pieces, and only those can have one beyond a box.
        several = of[of.duplicated(keep=False)]
        self._pieces = {str(name): rows.index.to_numpy() for name, rows in several.groupby(several)}
        self._several = several

    @property
    def crs(self) -> Any:
        return self._spaces.crs

    @property
    def bounds(self) -> Box:
        """A box around all spaces."""
        return Box(*self._spaces.total_bounds.tolist())

    @property
    def places(self) -> Places:
        """Where the cameras stand."""
        points = self._cameras.geometry
        return Places(
            self._cameras["camera_id"].to_numpy(object),
            np.asarray(points.x, dtype=np.float64),
            np.asarray(points.y, dtype=np.float64),
            self._cameras["position_sd_m"].to_numpy(float),
        )

    def cameras(self, rows: Ints) -> gpd.GeoDataFrame:
        """Return some CAMERAS by their rows."""
        return self._cameras.iloc[rows]

    def spaces(self, box: Box) -> gpd.GeoDataFrame:
        """Return the SPACES whose bounds meet a box, and with each the other solids of its building, by row."""
        met = self._tree.query(shapely.box(*box))
        split = self._several.reindex(met).dropna().unique()
        return self.spaces_at(np.unique(np.concatenate([met, *(self._pieces[name] for name in split)])))

    def spaces_at(self, rows: Ints) -> gpd.GeoDataFrame:
        """Return some SPACES by their rows."""
        return self._spaces.iloc[rows]

    def touching(self, rows: Ints) -> Ints:
        """Return the rows of the solids that touch some solids, these included."""
        shapes = self._spaces.geometry.to_numpy()[rows]
        met = np.unique(self._tree.query(shapes, predicate="dwithin", distance=_TOUCHES_M)[1])
        return np.asarray(met[self._solid[met]], dtype=np.int64)

    def raised(self, rows: Ints) -> NDArray[np.bool_]:
        """Return which of some solids begin above the ground."""
        return self._spaces["base_m"].to_numpy(float)[rows] > 0.0

    def cells(self, side_m: float) -> Ints:
        """Return the cells of a grid in which solids begin, as (n, 2) columns and rows."""
        bounds = self._spaces[self._solid].bounds
        return np.unique(cell_of(bounds["minx"].to_numpy(), bounds["miny"].to_numpy(), side_m), axis=0)


def _bytes_of(column: pd.Series[Any]) -> bytes:
    if isinstance(column, gpd.GeoSeries):
        return b"\0".join(shapely.to_wkb(column.to_numpy(), include_srid=False))
    if column.dtype.kind in "biuf":
        return bytes(column.to_numpy().tobytes())
    told = column.astype(object).where(column.notna(), _MISSING).to_numpy(object)
    return bytes(pd.util.hash_array(told).tobytes())
