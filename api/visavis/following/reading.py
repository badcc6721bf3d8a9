"""Stretches of street on which a number plate could be sharp enough to be read."""

from __future__ import annotations

from datetime import date
from typing import Any, Final, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from visavis.cameras.catalogue import models_of
from visavis.cameras.optics import circle_reach_m
from visavis.following.table import PLATE_READINGS
from visavis.law import in_force
from visavis.model.crs import assert_metric
from visavis.model.schema import SpatialTable

# Streets are looked at in pieces of at most this length.
STEP_M: Final = 2.0
_FROM_CAMERA: Final = ["height_m", "kind", "pixels", "model_id"]

Floats = NDArray[np.float64]


class Pieces(NamedTuple):
    """Streets in short straight pieces: the row of their street, both ends, and along which of the two it counts on."""

    road: NDArray[np.int64]
    begin: Floats
    end: Floats

    @property
    def middle(self) -> Floats:
        return np.asarray((self.begin + self.end) / 2.0)

    @property
    def length_m(self) -> Floats:
        return np.asarray(np.hypot(*(self.end - self.begin).T))


def read_plates(
    cameras: gpd.GeoDataFrame,
    views: gpd.GeoDataFrame,
    roads: gpd.GeoDataFrame,
    models: pd.DataFrame,
    needs: pd.DataFrame,
    rules: pd.DataFrame,
    *,
    jurisdictions: dict[str, str],
    on: date,
) -> gpd.GeoDataFrame:
    """Return where a plate could be read: by which camera, on which stretches of street.

    A piece of street counts where the ground is in the camera's view, its density there is at least what a plate needs,
    and the line of sight is within the need's angle of the street's direction, sideways and from above. A plate is
    taken to face along the street, at the height of the ground; parked and turning vehicles are left aside. At night,
    in rain and at speed less is read than this, and with better software perhaps more.

    Probability and sureness are those of the nearest ground in the same view.

    Parameters
    ----------
    cameras : GeoDataFrame CAMERAS
    views : GeoDataFrame VIEWS
    roads : GeoDataFrame ROADS
    models : DataFrame CAMERA_MODELS
    needs : DataFrame PLATE_NEEDS
    rules : DataFrame RULES
    jurisdictions : dict of str to str
        Jurisdiction of each dossier, by its id.
    on : date
        Day whose law is applied.

    Returns
    -------
    GeoDataFrame PLATE_READINGS
        In the CRS of `views`, ordered by id.
    """
    assert_metric(views)
    need = applied_need(needs)
    pieces = pieces_of(roads)
    nearest = views.sort_values("distance_least_m").drop_duplicates(["camera_id", "mode"])
    if not len(pieces.road) or nearest.empty:
        return empty(PLATE_READINGS, views.crs)
    tree = shapely.STRtree(np.asarray(shapely.points(pieces.middle)))
    known = cameras.set_index("camera_id")
    able = dict(zip(cameras["camera_id"], models_of(cameras["model_id"], models)["anpr_able"], strict=True))
    bearing = {code: _rules(rules, code, on) for code in set(jurisdictions.values())}
    ground: dict[tuple[str, str], list[Any]] = {}
    for camera_id, mode, shape in zip(views["camera_id"], views["mode"], views.geometry, strict=True):
        ground.setdefault((camera_id, mode), []).append(shape)
    rows = []
    for view in nearest.itertuples(index=False):
        camera = known.loc[str(view.camera_id)]
        found, density = _read(
            view, camera, ground[(str(view.camera_id), str(view.mode))], pieces, tree, need
        )
        if not len(found):
            continue
        streets = roads["name"].iloc[np.unique(pieces.road[found])].dropna()
        rows.append(
            {
                **{name: getattr(view, name) for name in _FROM_VIEW},
                "plate_reading_id": f"{view.camera_id}/{view.mode}",
                "kind": camera["kind"],
                "anpr_able": able[str(view.camera_id)],
                "streets": ";".join(sorted(streets.unique())) or None,
                "length_m": float(pieces.length_m[found].sum()),
                "px_per_m": float(density.max()),
                "need_px_per_m": float(need.px_per_m),
                "need_id": need.need_id,
                "rule_ids": bearing.get(jurisdictions.get(str(view.disclosure_id), "")),
                "geometry": lines_of(pieces, found),
            }
        )
    told = pd.DataFrame(rows, columns=list(PLATE_READINGS.columns)).sort_values(
        "plate_reading_id", ignore_index=True
    )
    return PLATE_READINGS.frame(gpd.GeoDataFrame(told, geometry="geometry", crs=views.crs))


_FROM_VIEW: Final = (
    "camera_id",
    "disclosure_id",
    "standing",
    "mode",
    "probability",
    "probability_se",
    "sureness",
    "assumed",
)


def applied_need(needs: pd.DataFrame) -> Any:
    """Return the row of the need that is applied."""
    return next(needs[needs["applied"] == "yes"].itertuples(index=False))


def pieces_of(roads: gpd.GeoDataFrame) -> Pieces:
    """Return streets cut into straight pieces of at most `STEP_M`."""
    fine = shapely.segmentize(roads.geometry.to_numpy(), STEP_M)
    places, road = shapely.get_coordinates(fine, return_index=True)
    same = road[1:] == road[:-1]
    return Pieces(road[1:][same].astype(np.int64), places[:-1][same], places[1:][same])


def lines_of(pieces: Pieces, found: NDArray[np.int64]) -> Any:
    """Return pieces as lines, joined where they follow each other."""
    ends = np.stack([pieces.begin[found], pieces.end[found]], axis=1)
    return shapely.line_merge(shapely.multilinestrings(np.asarray(shapely.linestrings(ends))))


def empty(table: SpatialTable, crs: Any) -> gpd.GeoDataFrame:
    """Return a table without a row, in a metric CRS."""
    return table.empty(crs=crs)


def _read(
    view: Any, camera: Any, ground: list[Any], pieces: Pieces, tree: Any, need: Any
) -> tuple[NDArray[np.int64], Floats]:
    """Return the pieces on which a camera in one mode could read a plate, and the density on each."""
    height = float(camera["height_m"])
    # In a pinhole's picture density falls with the distance from the lens, so their product is the same in every band.
    at_one_m = float(view.px_per_m_least * view.distance_most_m)
    if camera["kind"] == "fisheye":
        reach = circle_reach_m(float(camera["pixels"]), height, float(need.px_per_m))
    else:
        reach = float(np.sqrt(max((at_one_m / float(need.px_per_m)) ** 2 - height**2, 0.0)))
    if reach <= 0.0:
        return np.empty(0, np.int64), np.empty(0)
    foot = shapely.get_coordinates(camera["geometry"])[0]
    near = tree.query(shapely.box(*(foot - reach), *(foot + reach)))
    aside = pieces.middle[near] - foot
    distance = np.hypot(*aside.T)
    along = pieces.end[near] - pieces.begin[near]
    cosine = np.abs((along * aside).sum(axis=1)) / np.maximum(np.hypot(*along.T) * distance, 1e-9)
    widest = np.radians(float(need.angle_most_deg))
    fits = (distance <= reach) & (np.arctan2(height, distance) <= widest) & (cosine >= np.cos(widest))
    near, distance = near[fits], distance[fits]
    places = shapely.points(pieces.middle[near])
    seen = np.zeros(len(near), dtype=bool)
    for shape in ground:
        shapely.prepare(shape)
        seen |= shapely.covers(shape, places)
    found = np.sort(near[seen])
    density = at_one_m / np.hypot(distance[seen], height)
    return found, np.asarray(density)


def _rules(rules: pd.DataFrame, jurisdiction: str, on: date) -> str | None:
    held = in_force(rules, jurisdiction, on)
    return ";".join(sorted(held.loc[held["bears_on"] == "plates", "rule_id"])) or None
