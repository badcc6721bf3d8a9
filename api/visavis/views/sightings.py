"""What a camera sees of each target: façades, entrances, private ground."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray

from visavis.model.vocabulary import SURENESS_MIN_PROBABILITY
from visavis.views.bands import LEAST_AREA_M2, ground_density_px_per_m
from visavis.views.counting import Shares
from visavis.views.overlay import common
from visavis.views.scene import Scene
from visavis.views.strips import lines_of, nearest_sight, sight_of
from visavis.views.sweep import FROM, HIGH_FROM, HIGH_TO, LOW_FROM, LOW_TO, TO, WALL
from visavis.views.targets import DOOR_M, Targets
from visavis.views.walls import Floats, Ints
from visavis.views.watching import Watched

Row = dict[str, Any]

_LEAST_PROBABILITY: Final = SURENESS_MIN_PROBABILITY["possible"]


def sightings_of(camera: Any, watched: Watched, targets: Targets, scene: Scene) -> Iterator[Row]:
    """Yield a row for each target that is likely enough in view, without camera and mode.

    A target that the camera as given does not see, but that many a draw does, is told as well. Of a façade the
    part given is then that which more than one draw in twenty sees, counted by the metre; of ground it
    is what the draw sees that sees most.
    """
    yield from _facades(camera, watched, targets, scene)
    yield from _entrances(camera, watched, targets, scene)
    yield from _grounds(camera, watched, targets)


def _facades(camera: Any, watched: Watched, targets: Targets, scene: Scene) -> Iterator[Row]:
    around, n = watched.around, len(watched.around.buildings)
    told = watched.of_buildings.share > _LEAST_PROBABILITY
    told &= np.array([len(targets.facades_of(int(k))) > 0 for k in around.buildings], dtype=bool)
    pieces = np.vstack([watched.pieces, _likely(watched, told)])
    building = around.building[pieces[:, WALL].astype(np.int64)]
    order = np.argsort(building, kind="stable")
    order = order[told[building[order]]]
    pieces, building = pieces[order], building[order]
    if not len(pieces):
        return
    sight = nearest_sight(pieces, watched.lens, around.ends, camera.pixels, camera.hfov_deg)
    length = pieces[:, TO] - pieces[:, FROM]
    height = (pieces[:, HIGH_FROM] - pieces[:, LOW_FROM] + pieces[:, HIGH_TO] - pieces[:, LOW_TO]) / 2.0
    length_m, area_m2 = np.bincount(building, length, n), np.bincount(building, length * height, n)
    local, opens = np.unique(building, return_index=True)
    nearest = np.minimum.reduceat(sight.distance_m, opens)
    densest = np.maximum.reduceat(sight.px_per_m, opens)
    share = np.minimum(length_m[local] / scene.facade_m[around.buildings[local]], 1.0)
    whole = shapely.multilinestrings(lines_of(pieces, around), indices=_runs(building))
    lines = np.asarray(shapely.line_merge(whole), dtype=object)
    for k, mine in enumerate(local.tolist()):
        row = {
            "aspect": "facade",
            "length_m": float(length_m[mine]),
            "area_m2": float(area_m2[mine]),
            "share": float(share[k]),
            "distance_m": float(nearest[k]),
            "px_per_m": float(densest[k]),
            **_surely(watched.of_buildings, mine),
            "geometry": lines[k],
        }
        spaces = targets.facades_of(int(around.buildings[mine]))
        yield from (row | {"target_id": space} for space in spaces)


def _runs(values: Ints) -> Ints:
    """Return the number of the run that each of some sorted values belongs to."""
    return np.cumsum(np.diff(values, prepend=values[0]) != 0)


def _likely(watched: Watched, told: NDArray[np.bool_]) -> Floats:
    """Return the parts of façades that the camera as given does not see and that many draws do, as pieces.

    Of a building that no part of is likely enough it is all parts that some draw sees.
    """
    building = watched.around.building[watched.samples[:, 0].astype(np.int64)]
    often = watched.of_samples.share > _LEAST_PROBABILITY
    has_often = np.bincount(building, often, len(told)) > 0
    some = told[building] & np.where(has_often[building], often, watched.of_samples.share > 0.0)
    wall, from_m, to_m = watched.samples[some].T
    height = watched.sample_height_m[some]
    foot = watched.around.ground_m[watched.around.top[wall.astype(np.int64)]]
    return np.column_stack([wall, from_m, to_m, foot, foot, foot + height, foot + height])


def _entrances(camera: Any, watched: Watched, targets: Targets, scene: Scene) -> Iterator[Row]:
    lens = watched.lens
    likely = watched.of_entrances.share > _LEAST_PROBABILITY
    entrances, in_view = watched.entrances[likely], watched.of_entrances[likely]
    wall = targets.entrance_wall[entrances]
    points = targets.entrance_points[entrances].copy()
    ends = scene.walls.ends[wall] if len(scene.walls) else np.zeros((len(wall), 4))
    run = ends[:, 2:] - ends[:, :2]
    length = np.maximum(np.hypot(*run.T), np.finfo(float).tiny)
    on_wall = wall >= 0
    at = targets.entrance_at_m[entrances]
    points[on_wall] = (ends[:, :2] + run * (at / length)[:, None])[on_wall]
    off = np.abs(run[:, 0] * (lens.y - ends[:, 1]) - run[:, 1] * (lens.x - ends[:, 0])) / length
    # An entrance without a wall is taken as square to the line of sight.
    off[~on_wall] = np.inf
    middle = targets.entrance_base_m[entrances] + np.where(on_wall, DOOR_M / 2.0, 0.0)
    sight = sight_of(points, middle, off, lens, camera.pixels, camera.hfov_deg)
    for k, entrance in enumerate(entrances):
        yield {
            "target_id": targets.entrance_ids[entrance],
            "aspect": "entrance",
            "share": 1.0,
            "distance_m": float(sight.distance_m[k]),
            "px_per_m": float(sight.px_per_m[k]),
            **_surely(in_view, k),
            "geometry": shapely.Point(targets.entrance_points[entrance]),
        }


def _grounds(camera: Any, watched: Watched, targets: Targets) -> Iterator[Row]:
    lens = watched.lens
    foot = shapely.Point(lens.x, lens.y)
    for k in np.flatnonzero(watched.of_grounds.share > _LEAST_PROBABILITY):
        area = targets.grounds[watched.grounds[k]]
        seen = common(area, watched.ground)
        if seen.area < LEAST_AREA_M2:
            seen = common(area, watched.ground_at_most(int(k)))
        if seen.area < LEAST_AREA_M2:
            continue
        distance = float(np.hypot(shapely.distance(foot, seen), lens.height_m))
        yield {
            "target_id": targets.ground_ids[watched.grounds[k]],
            "aspect": "ground",
            "area_m2": float(seen.area),
            "share": min(float(seen.area / area.area), 1.0),
            "distance_m": distance,
            "px_per_m": ground_density_px_per_m(distance, lens, camera.pixels, camera.hfov_deg),
            **_surely(watched.of_grounds, int(k)),
            "geometry": seen,
        }


def _surely(in_view: Shares, k: int) -> Row:
    return {"probability": float(in_view.share[k]), "probability_se": float(in_view.se[k])}
