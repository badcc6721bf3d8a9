"""What a camera sees of each target: façades, entrances, private ground."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
import shapely

from visavis.model.vocabulary import SURENESS_MIN_PROBABILITY
from visavis.views.bands import LEAST_AREA_M2, ground_density_px_per_m, polygons_of
from visavis.views.scene import Scene
from visavis.views.strips import lines_of, nearest_sight, sight_of
from visavis.views.sweep import FROM, HIGH_FROM, HIGH_TO, LOW_FROM, LOW_TO, TO, WALL
from visavis.views.targets import DOOR_M, Targets
from visavis.views.walls import Floats
from visavis.views.watching import Watched

Row = dict[str, Any]

_LEAST_PROBABILITY: Final = SURENESS_MIN_PROBABILITY["possible"]


def sightings_of(camera: Any, watched: Watched, targets: Targets, scene: Scene) -> Iterator[Row]:
    """Yield a row for each target that is likely enough in view, without camera, mode and standard error.

    A target that the camera as given does not see, but that many a draw does, is told as well. Of a façade the
    part given is then that which more than one draw in twenty sees, counted by the metre; of ground it
    is what the draw sees that sees most.
    """
    yield from _facades(camera, watched, targets, scene)
    yield from _entrances(camera, watched, targets, scene)
    yield from _grounds(camera, watched, targets)


def _facades(camera: Any, watched: Watched, targets: Targets, scene: Scene) -> Iterator[Row]:
    around = watched.around
    piece_building = around.building[watched.pieces[:, WALL].astype(np.int64)]
    sample_building = around.building[watched.samples[:, 0].astype(np.int64)]
    facade_m = scene.facade_m
    for local in np.flatnonzero(watched.building_probability > _LEAST_PROBABILITY):
        spaces = targets.facades_of(int(around.buildings[local]))
        if not len(spaces):
            continue
        pieces = watched.pieces[piece_building == local]
        if not len(pieces):
            pieces = _likely(watched, sample_building == local)
        if not len(pieces):
            continue
        sight = nearest_sight(pieces, watched.lens, around.ends, camera.pixels, camera.hfov_deg)
        length = pieces[:, TO] - pieces[:, FROM]
        height = (pieces[:, HIGH_FROM] - pieces[:, LOW_FROM] + pieces[:, HIGH_TO] - pieces[:, LOW_TO]) / 2.0
        row = {
            "aspect": "facade",
            "length_m": float(length.sum()),
            "area_m2": float((length * height).sum()),
            "share": min(float(length.sum() / facade_m[around.buildings[local]]), 1.0),
            "distance_m": float(sight.distance_m.min()),
            "px_per_m": float(sight.px_per_m.max()),
            "probability": float(watched.building_probability[local]),
            "geometry": shapely.line_merge(shapely.MultiLineString(list(lines_of(pieces, around)))),
        }
        yield from (row | {"target_id": space} for space in spaces)


def _likely(watched: Watched, mine: Any) -> Floats:
    """Return the parts of a façade that the camera as given does not see and that many draws do, as pieces."""
    often = mine & (watched.sample_probability > _LEAST_PROBABILITY)
    some = often if often.any() else mine & (watched.sample_probability > 0.0)
    wall, from_m, to_m = watched.samples[some].T
    height = watched.sample_height_m[some]
    zero = np.zeros(len(wall))
    return np.column_stack([wall, from_m, to_m, zero, zero, height, height])


def _entrances(camera: Any, watched: Watched, targets: Targets, scene: Scene) -> Iterator[Row]:
    lens = watched.lens
    likely = watched.entrance_probability > _LEAST_PROBABILITY
    entrances, probability = watched.entrances[likely], watched.entrance_probability[likely]
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
            "probability": float(probability[k]),
            "geometry": shapely.Point(targets.entrance_points[entrance]),
        }


def _grounds(camera: Any, watched: Watched, targets: Targets) -> Iterator[Row]:
    lens = watched.lens
    foot = shapely.Point(lens.x, lens.y)
    for k in np.flatnonzero(watched.ground_probability > _LEAST_PROBABILITY):
        area = targets.grounds[watched.grounds[k]]
        seen = polygons_of(shapely.intersection(area, watched.ground))
        if seen.area < LEAST_AREA_M2:
            seen = polygons_of(shapely.intersection(area, watched.ground_at_most(int(k))))
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
            "probability": float(watched.ground_probability[k]),
            "geometry": seen,
        }
