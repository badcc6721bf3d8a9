"""Cameras and spaces put onto the ground that a terrain model tells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from visavis.cameras import CAMERAS
from visavis.model.crs import assert_metric
from visavis.model.findings import Finding, raised
from visavis.spaces.relief import Floats, Ints, Terrain, ground_heights_m
from visavis.spaces.table import POLYGONS, SPACES
from visavis.spaces.words import WORDS

# Where the error of a terrain model is not stated. Models of towns from laser scans are good to 0.2 m to 0.5 m in the
# open, less so beside walls, where cells hold what lies on both sides.
DEFAULT_SD_M: Final = 1.0

DEFAULT_SD_RULE: Final = "ground_sd_m=terrain.default-error"
NEAREST_RULE: Final = "ground_m=terrain.nearest-known"

# Along an outline the ground is asked at every corner, and in between no further apart than this.
ALONG_M: Final = 5.0

# How far around a camera the ground is asked how it slopes: as far as its place may be off, at least this.
AROUND_M: Final = 5.0
_RING: Final = 8

# So much of a terrain model is at hand at once: a square of this side.
_SIDE_M: Final = 1_000.0


@dataclass(frozen=True)
class Raised:
    """Cameras and spaces on their ground, and what is doubtful in that."""

    cameras: gpd.GeoDataFrame
    spaces: gpd.GeoDataFrame
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class _Ground:
    """Height of the ground at some places, NaN where not known, and the model that told it (empty for none)."""

    height_m: Floats
    source: NDArray[np.object_]

    @property
    def known(self) -> NDArray[np.bool_]:
        return np.asarray(np.isfinite(self.height_m))


def raise_ground(
    cameras: gpd.GeoDataFrame, spaces: gpd.GeoDataFrame, terrain: Terrain, sd_m: float | None = None
) -> Raised:
    """Return cameras and spaces with the height of the ground that each stands on.

    A camera stands on the ground at its place. A building stands on the lowest ground along its outline, all its
    pieces on the same, as OpenStreetMap counts heights: its walls reach down to there. An entrance, and what else
    begins at the ground, stands on that at its own place; a balcony goes with its building. Where no model knows the
    ground, it is taken to be as high as at the nearest place where one does, which is told.

    Parameters
    ----------
    cameras : GeoDataFrame CAMERAS
    spaces : GeoDataFrame SPACES, in the same metric CRS
    terrain : Terrain
        What hands out heights.
    sd_m : float, optional
        Standard deviation of a height of the terrain model; `DEFAULT_SD_M` where it is not stated, named in `assumed`.

    Returns
    -------
    Raised
        CAMERAS and SPACES, flat as they were where no model knows the ground of any of them.
    """
    for frame in (cameras, spaces):
        assert_metric(frame)
    own = _cameras_ground(cameras, terrain)
    theirs, places = _spaces_ground(spaces, terrain)
    feet = shapely.get_coordinates(cameras.geometry.to_numpy())
    known = np.concatenate([own.height_m[own.known], theirs.height_m[theirs.known]])
    if not len(known):
        return Raised(cameras, spaces, (raised(WORDS, "spaces.terrain-elsewhere"),))
    sd = DEFAULT_SD_M if sd_m is None else sd_m
    unsure = float(np.hypot(sd, known.std()))
    tree = cKDTree(np.vstack([feet[own.known], places[theirs.known]]))
    sources = np.concatenate([own.source[own.known], theirs.source[theirs.known]])
    frames, off = [], []
    for declared, frame, ground, at in ((CAMERAS, cameras, own, feet), (SPACES, spaces, theirs, places)):
        distance, nearest = tree.query(at[~ground.known])
        height, source = ground.height_m.copy(), ground.source.copy()
        height[~ground.known], source[~ground.known] = known[nearest], sources[nearest]
        off.append(np.asarray(distance, dtype=np.float64))
        rules = [(~ground.known, NEAREST_RULE), (ground.known & (sd_m is None), DEFAULT_SD_RULE)]
        frames.append(
            declared.frame(
                frame.assign(
                    terrain=source,
                    ground_m=height,
                    ground_sd_m=np.where(ground.known, sd, unsure),
                    assumed=_with_rules(frame["assumed"], rules),
                )
            )
        )
    raised_cameras, raised_spaces = frames
    slope_east, slope_north = _slopes(cameras, own, terrain)
    raised_cameras = CAMERAS.frame(
        raised_cameras.assign(ground_rise_east=slope_east, ground_rise_north=slope_north)
    )
    findings = _told(cameras, spaces, own, theirs, off, sorted(set(sources.tolist())), unsure, sd, sd_m)
    return Raised(raised_cameras, raised_spaces, tuple(findings))


def _cameras_ground(cameras: gpd.GeoDataFrame, terrain: Terrain) -> _Ground:
    return _asked(shapely.get_coordinates(cameras.geometry.to_numpy()), cameras.crs, terrain)


def _slopes(cameras: gpd.GeoDataFrame, own: _Ground, terrain: Terrain) -> tuple[Floats, Floats]:
    """Return how the ground around each camera rises to the east and to the north: the plane nearest to a ring of it.

    What is not known of the ring counts as level.
    """
    feet = shapely.get_coordinates(cameras.geometry.to_numpy())
    reach = np.maximum(cameras["position_sd_m"].to_numpy(float), AROUND_M)
    turn = np.arange(_RING) * 2.0 * np.pi / _RING
    ring = np.column_stack([np.cos(turn), np.sin(turn)])
    asked = feet[:, None, :] + reach[:, None, None] * ring[None, :, :]
    heights = _asked(asked.reshape(-1, 2), cameras.crs, terrain).height_m.reshape(len(cameras), _RING)
    rise = np.nan_to_num(heights - own.height_m[:, None])
    # Over a whole ring the sum of squares of either share is half the number of its places.
    east, north = (rise @ ring / (0.5 * _RING) / reach[:, None]).T
    return np.asarray(east), np.asarray(north)


def _spaces_ground(spaces: gpd.GeoDataFrame, terrain: Terrain) -> tuple[_Ground, Floats]:
    """Return the ground of each space, and a place that stands for it."""
    shapes = spaces.geometry.to_numpy()
    solid = (spaces.geom_type.isin(POLYGONS) & (spaces["height_m"] > 0.0)).to_numpy(bool)
    places = shapely.get_coordinates(shapely.point_on_surface(shapes))
    outlines = shapely.segmentize(shapely.boundary(shapes[solid]), ALONG_M)
    corners, of = shapely.get_coordinates(outlines, return_index=True)
    along = _asked(corners, spaces.crs, terrain)
    owner, codes = _owners(spaces)
    lowest = np.full(len(codes), np.inf)
    known = along.known
    np.minimum.at(lowest, owner[solid][of[known]], along.height_m[known])
    source = np.full(len(codes), "", dtype=object)
    lowest_first = np.flatnonzero(known)[np.argsort(-along.height_m[known], kind="stable")]
    source[owner[solid][of[lowest_first]]] = along.source[lowest_first]
    built = np.where(np.isfinite(lowest), lowest, np.nan)

    alone = _asked(places, spaces.crs, terrain)
    # What hangs on a building is as far above the ground as that counts it.
    of_building = solid | ((spaces["base_m"].to_numpy(float) > 0.0) & np.isfinite(built[owner]))
    return _Ground(
        np.where(of_building, built[owner], alone.height_m),
        np.where(of_building, source[owner], alone.source),
    ), places


def _owners(spaces: gpd.GeoDataFrame) -> tuple[Ints, NDArray[np.object_]]:
    """Return the number of the building that each space is or belongs to; one without a building is its own."""
    names = spaces["building_id"].fillna("/" + spaces["space_id"]).to_numpy(object)
    codes, owner = np.unique(names, return_inverse=True)
    return owner.astype(np.int64), codes


def _asked(places: Floats, crs: Any, terrain: Terrain) -> _Ground:
    """Return the ground at places, (n, 2), square by square, so that little of a model is at hand at once."""
    heights, source = np.full(len(places), np.nan), np.full(len(places), "", dtype=object)
    for rows in _squares(places):
        x, y = places[rows].T
        reliefs = terrain((float(x.min()), float(y.min()), float(x.max()), float(y.max())), crs)
        heights[rows], which = ground_heights_m(x, y, crs, reliefs)
        ids = np.array([*(relief.source_id for relief in reliefs), ""], dtype=object)
        source[rows] = ids[which]  # the last for none
    return _Ground(heights, source)


def _squares(places: Floats) -> Iterator[Ints]:
    cells = np.floor(places / _SIDE_M).astype(np.int64)
    order = np.lexsort((cells[:, 1], cells[:, 0]))
    opens = np.flatnonzero((np.diff(cells[order], axis=0) != 0).any(axis=1)) + 1
    if len(order):
        yield from np.split(order, opens)


def _with_rules(assumed: pd.Series[str], rules: list[tuple[NDArray[np.bool_], str]]) -> pd.Series[str]:
    told = assumed.fillna("")
    for where, rule in rules:
        told = told.mask(where & (told != ""), told + ";" + rule).mask(where & (told == ""), rule)
    return told.replace("", None).astype("str")


def _told(
    cameras: gpd.GeoDataFrame,
    spaces: gpd.GeoDataFrame,
    own: _Ground,
    theirs: _Ground,
    off: list[Floats],
    sources: list[str],
    unsure: float,
    sd: float,
    stated: float | None,
) -> Iterator[Finding]:
    yield raised(WORDS, "spaces.terrain-level-view", terrain=", ".join(sources), sd_m=round(sd, 2))
    if stated is None:
        yield raised(WORDS, "spaces.terrain-error-assumed", sd_m=DEFAULT_SD_M)
    lost = sorted(cameras["camera_id"][~own.known])
    if lost:
        yield raised(
            WORDS,
            "spaces.terrain-lacks-cameras",
            *lost,
            cameras=len(lost),
            furthest_m=round(float(off[0].max()), 1),
            sd_m=round(unsure, 2),
        )
    building = spaces["building_id"].fillna(spaces["space_id"])
    unknown = sorted(set(building[~theirs.known]))
    if unknown:
        yield raised(
            WORDS,
            "spaces.terrain-lacks-buildings",
            *unknown,
            buildings=len(unknown),
            furthest_m=round(float(off[1].max()), 1),
            sd_m=round(unsure, 2),
        )
