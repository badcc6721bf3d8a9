"""The scenes that are measured: one as its map has it, one generated, each in 2.5D and flattened to 2D."""

from __future__ import annotations

import math
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pyogrio
import shapely
from numpy.random import Generator
from numpy.typing import NDArray

from benchmarks.synthetic import cameras_among, synthetic_buildings, synthetic_cameras
from visavis.cameras import complete
from visavis.model.crs import local_crs
from visavis.model.ground import FLAT
from visavis.readers.osm import read_osm
from visavis.readers.reference import read_reference
from visavis.readers.spaces import read_spaces
from visavis.spaces import ENTRANCES, GROUNDS, SPACES, furnish
from visavis.views.placing import settle
from visavis.views.scene import Scene
from visavis.views.walls import TOUCHING_M

Floats = NDArray[np.float64]

GENEVA: Final = Path("data", "geneva_osm", "geneva.osm.pbf")
CADASTRE: Final = Path("data", "cadastre_edigeo", "edigeo-740240000A01.tar.bz2")

# In 2D every house is as high as this: nothing is seen over any.
ENDLESS_M: Final = 10_000.0

# Corners of the flattened scene lie on a grid this fine; a wall shorter than a millimetre would be left out.
GRID_M: Final = 5e-3

_SEED: Final = 2017


@dataclass(frozen=True)
class Subject:
    """A scene and its cameras, as the engine takes them.

    Parameters
    ----------
    name : str
    spaces : GeoDataFrame SPACES, in a metric CRS
    cameras : GeoDataFrame CAMERAS, in the same CRS
    """

    name: str
    spaces: gpd.GeoDataFrame
    cameras: gpd.GeoDataFrame

    @cached_property
    def scene(self) -> Scene:
        return Scene.of(self.spaces)

    @cached_property
    def flat(self) -> Scene:
        """The same houses as one flat mass: what a peer in 2D is given, edge for edge."""
        return Scene.of(flattened(self.spaces))

    @cached_property
    def places(self) -> Floats:
        """Where cameras hang in both scenes, (n, 3) in metres: those on roofs or shut in are left out."""
        found = []
        points = self.cameras.geometry
        for x, y, height_m in zip(points.x, points.y, self.cameras["height_m"], strict=True):
            place = settle(x, y, height_m, self.scene)
            if math.isnan(place.moved_m):
                continue
            covered = self.flat.standing_on(np.array([place.x]), np.array([place.y]))[0] >= 0
            if not covered and self._clear_of_walls(place.x, place.y):
                found.append((place.x, place.y, float(height_m)))
        return np.array(found)

    def _clear_of_walls(self, x: float, y: float) -> bool:
        """Return whether a place is off all walls of both scenes, so that it lies in one face for any peer."""
        point = np.array([[x, y]])
        return not any(len(scene.walls_within(point, 1e-2)[0]) for scene in (self.scene, self.flat))

    @cached_property
    def azimuths_rad(self) -> Floats:
        """A direction for each of `places`, drawn: one camera in two has none that is known."""
        return np.random.default_rng(_SEED).uniform(-math.pi, math.pi, len(self.places))


def subjects(shared: Path) -> Iterator[Subject | str]:
    """Return the scenes that are timed; in the place of one that cannot be had, a line that says why."""
    yield geneva_or_why(shared)
    yield synthetic()


def geneva_or_why(shared: Path) -> Subject | str:
    """Return Geneva, or why it cannot be had."""
    file = shared / GENEVA
    return geneva(file) if file.is_file() else f"Geneva is left out: {GENEVA} is not in the shared folder."


def cadastre_or_why(shared: Path) -> Subject | str:
    """Return the cadastre's sheet, or why it cannot be had."""
    file = shared / CADASTRE
    return (
        cadastre(file) if file.is_file() else f"The cadastre is left out: no {CADASTRE} in the shared folder."
    )


def geneva(file: Path) -> Subject:
    """Return OpenStreetMap's Geneva, read and completed as `visavis build` does it."""
    read = read_osm(file)
    bounds = read.buildings.bounds
    crs = local_crs(bounds[["minx", "maxx"]].to_numpy().ravel(), bounds[["miny", "maxy"]].to_numpy().ravel())
    spaces = furnish(*(part.to_crs(crs) for part in (read.buildings, read.grounds, read.entrances))).spaces
    return Subject("Geneva", spaces, complete(read.cameras.to_crs(crs), read_reference().models).cameras)


def cadastre(file: Path, seed: int = 0) -> Subject:
    """Return real footprints of a French cadastre sheet with invented heights (3 to 15 m) and cameras.

    The sheet tells neither; half of the cameras stand by a wall, half up to some tens of metres off a house.
    """
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(file) as packed:
            packed.extractall(folder, filter="data")
        outlines = pyogrio.read_dataframe(next(Path(folder).rglob("*.THF")), layer="BATIMENT_id")
        plain = Path(folder) / "buildings.gpkg"
        outlines = outlines[["geometry"]].assign(building="yes")
        pyogrio.write_dataframe(outlines, plain, layer="buildings", driver="GPKG")
        built = read_spaces(plain)
    bounds = built.buildings.bounds
    crs = local_crs(bounds[["minx", "maxx"]].to_numpy().ravel(), bounds[["miny", "maxy"]].to_numpy().ravel())
    random = np.random.default_rng([seed, 3])
    buildings = built.buildings.to_crs(crs)
    buildings = buildings.assign(height_m=random.uniform(3.0, 15.0, len(buildings)))
    corners = shapely.get_coordinates(buildings.geometry.to_numpy())

    def by_a_house(random: Generator) -> shapely.Point:
        return shapely.Point(corners[random.integers(len(corners))] + random.normal(0.0, 15.0, 2))

    cameras = complete(cameras_among(buildings, by_a_house, seed), read_reference().models).cameras
    rest = (part.to_crs(crs) for part in (built.grounds, built.entrances))
    return Subject("cadastre", furnish(buildings, *rest).spaces, cameras)


def synthetic(seed: int = 0) -> Subject:
    """Return the invented dense city."""
    buildings = synthetic_buildings(seed)
    empty = (table.empty(crs=buildings.crs) for table in (GROUNDS, ENTRANCES))
    cameras = complete(synthetic_cameras(buildings, seed), read_reference().models).cameras
    return Subject("synthetic", furnish(buildings, *empty).spaces, cameras)


def edges_within(scene: Scene, places: Floats, reach_m: float) -> Floats:
    """Return how many walls come within reach of each place."""
    at, _ = scene.walls_within(places[:, :2], reach_m)
    return np.bincount(at, minlength=len(places)).astype(np.float64)


def flattened(spaces: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the union of all footprints as spaces of one endless height.

    Gaps narrower than those that the engine takes for touching are closed beforehand, so that the union's
    edges are the walls of its scene, one for one.
    """
    solid = spaces[(spaces["height_m"] > 0.0) & spaces.geom_type.isin(["Polygon", "MultiPolygon"])]
    grown = shapely.buffer(shapely.make_valid(solid.geometry.to_numpy()), TOUCHING_M, join_style="mitre")
    union = shapely.buffer(shapely.union_all(grown), -TOUCHING_M, join_style="mitre")
    snapped = shapely.set_precision(union.simplify(GRID_M), GRID_M)
    parts = [part for part in _polygons(snapped) if part.area > 1.0]
    rest = {
        "kind": "other_private",
        "base_m": 0.0,
        "height_m": ENDLESS_M,
        "height_sd_m": 0.0,
        "terrain": FLAT,
        "use_confidence": 1.0,
        "source_id": "flattened",
    }
    rows = [
        rest | {"space_id": f"{k:06d}", "building_id": f"{k:06d}", "geometry": part}
        for k, part in enumerate(parts)
    ]
    return SPACES.frame(rows, crs=spaces.crs)


def _polygons(shape: Any) -> list[Any]:
    return [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
