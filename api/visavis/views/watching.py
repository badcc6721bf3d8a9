"""One camera in one mode: its view as given, and how likely each part of it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from visavis.views.bands import Band, bands_of, places_in
from visavis.views.counting import Asked, Counted, Shares, count
from visavis.views.draws import drawn_poses, drawn_roofs, generator_of
from visavis.views.lens import Lens
from visavis.views.looks import Look, Poses, lenses_of, rows_of_lenses
from visavis.views.outline import ground_polygon
from visavis.views.scene import Scene
from visavis.views.strips import PART_M, Parts, facade_of
from visavis.views.surroundings import Surroundings
from visavis.views.sweep import WALL
from visavis.views.targets import DOOR_M, DOOR_SHOWS_M, Targets, rings_of
from visavis.views.walls import Floats, Ints

_ANYWHERE = (-np.inf, np.inf, 0.0)


@dataclass(frozen=True)
class Watched:
    """What one camera sees in one mode.

    Parameters
    ----------
    lens, pieces, ground, bands
        The camera as it is given: its lens, façade pieces, ground as a polygon, and that in bands.
    parts, of_parts
        The pieces in short parts, and how likely each is in view.
    of_bands
        How likely a place in each band is in view, on average.
    samples, of_samples, sample_height_m
        Parts of the façades that the camera as given does not see: wall, from, to; how likely each is in view;
        and how much of its height then shows.
    of_buildings
        How likely each building of `around` is in view.
    entrances, of_entrances; grounds, of_grounds
        Entrances and areas around (indices in the targets), and how likely each is in view.
    fullest
        For each of `grounds` the lens, the roofs and the rise of the ground of the draw that sees most of it.
    """

    lens: Lens
    around: Surroundings
    pieces: Floats
    ground: Any
    bands: Sequence[Band]
    parts: Parts
    of_parts: Shares
    of_bands: Shares
    samples: Floats
    of_samples: Shares
    sample_height_m: Floats
    of_buildings: Shares
    entrances: Ints
    of_entrances: Shares
    grounds: Ints
    of_grounds: Shares
    fullest: Mapping[int, tuple[Lens, Floats, float]]

    @property
    def largest_se(self) -> float:
        """The largest standard error of a probability that is told."""
        told = (self.of_parts, self.of_bands, self.of_buildings, self.of_entrances, self.of_grounds)
        return max(float(each.se.max(initial=0.0)) for each in told)

    def ground_at_most(self, k: int) -> Any:
        """Return the ground in view in the draw that sees most of the k-th of `grounds`."""
        lens, roof_m, rise_m = self.fullest[k]
        return ground_polygon(self.around.seen(lens, roof_m, rise_m)[1], lens)


def watch(
    camera: Any,
    look: Look,
    pose: Poses,
    scene: Scene,
    targets: Targets,
    *,
    draws: int,
    seed: int,
    max_range_m: float,
) -> Watched:
    """Return what a camera sees in one mode.

    Parameters
    ----------
    camera : row of CAMERAS
    look : Look
    pose : Poses
        The camera as given: one pose.
    scene : Scene
    targets : Targets
    draws : int
        How many even draws to take.
    seed, max_range_m
        As for `visavis.views.seeing.see`.
    """
    random = generator_of(seed, camera.camera_id)
    poses, alike, rise_m = drawn_poses(
        camera, pose, look, scene, random, draws=draws, max_range_m=max_range_m
    )
    lens = lenses_of(pose, look, unturned=look.undirected)[0]
    astray = np.hypot(poses.x - lens.x, poses.y - lens.y)
    reach = max(lens.range_m, float((poses.range_m + astray).max()))
    around = Surroundings.around(lens.x, lens.y, reach, scene)

    facades, cells = scene.seen(lens)
    facades[:, WALL] = np.searchsorted(around.walls, facades[:, WALL])
    pieces = facade_of(facades, lens, around.ends, lens.range_m)
    ground = ground_polygon(cells, lens)
    bands = bands_of(ground, lens, camera.pixels, camera.hfov_deg, lens.range_m)
    parts = Parts.of(pieces)
    samples = _unseen(around, pieces)
    places = [places_in(band.ground) for band in bands]
    entrances = targets.entrances_near(lens.x, lens.y, reach)
    grounds = targets.grounds_near(lens.x, lens.y, reach)

    door_wall, doors, off_wall = _doors(targets, entrances, around)
    asked = Asked(
        wall=np.concatenate([pieces[parts.piece, WALL], samples[:, 0], door_wall]).astype(np.int64),
        wall_points=np.vstack([_anywhere(parts.middle_m), _anywhere(samples[:, 1:].mean(axis=1)), doors]),
        ground_points=np.vstack([*places, targets.entrance_points[entrances[off_wall]]]),
        patches=[len(points) for points in places],
        rings=rings_of(targets.grounds[grounds]),
        areas=len(grounds),
    )
    roof_m = drawn_roofs(scene, around.prisms, random, draws) - rise_m[:, None]
    lenses = rows_of_lenses(poses, look)
    counted = count(around, lenses, alike, roof_m, asked, rise_m=rise_m)
    of_parts, of_samples, of_doors = counted.wall_points.split(len(parts.piece), len(samples))
    of_entrances = Shares(np.zeros(len(entrances)), np.zeros(len(entrances)))
    for some, found in ((~off_wall, of_doors), (off_wall, counted.ground_points)):
        of_entrances.share[some], of_entrances.se[some] = found.share, found.se
    return Watched(
        lens=lens,
        around=around,
        pieces=pieces,
        ground=ground,
        bands=bands,
        parts=parts,
        of_parts=of_parts,
        of_bands=counted.patches,
        samples=samples,
        of_samples=of_samples,
        sample_height_m=counted.wall_height_m[len(parts.piece) :][: len(samples)],
        of_buildings=counted.buildings,
        entrances=entrances,
        of_entrances=of_entrances,
        grounds=grounds,
        of_grounds=counted.areas,
        fullest=_fullest(counted, lenses, roof_m, rise_m),
    )


def _unseen(around: Surroundings, pieces: Floats) -> Floats:
    """Return short parts of all façades of buildings that show nothing: wall, from, to."""
    shown = np.unique(around.building[pieces[:, WALL].astype(np.int64)])
    wall = np.flatnonzero(~np.isin(around.building, shown))
    length = around.length_m[wall]
    n = np.maximum(np.ceil(length / PART_M), 1).astype(np.int64)
    k = np.arange(n.sum()) - np.repeat(np.cumsum(n) - n, n)
    step = np.repeat(length / n, n)
    return np.column_stack([np.repeat(wall, n), k * step, (k + 1) * step])


def _doors(targets: Targets, entrances: Ints, around: Surroundings) -> tuple[Ints, Floats, Any]:
    """Return the points that stand for entrances on walls around, and which entrances have no wall there."""
    wall = targets.entrance_wall[entrances]
    local = np.minimum(np.searchsorted(around.walls, wall), max(len(around.walls) - 1, 0))
    on_wall = wall >= 0
    if len(around.walls):
        on_wall &= around.walls[local] == wall
    base = targets.entrance_base_m[entrances]
    rows = np.column_stack(
        [
            targets.entrance_at_m[entrances],
            base,
            base + DOOR_M,
            np.full(len(entrances), DOOR_SHOWS_M),
        ]
    )
    return local[on_wall], rows[on_wall], ~on_wall


def _anywhere(at_m: Floats) -> Floats:
    """Return points that count as seen wherever any of the wall above them shows."""
    return np.column_stack([at_m, np.broadcast_to(_ANYWHERE, (len(at_m), 3))])


def _fullest(
    counted: Counted, lenses: Floats, roof_m: Floats, rise_m: Floats
) -> dict[int, tuple[Lens, Floats, float]]:
    return {
        k: (Lens(*lenses[draw].tolist()), roof_m[draw], float(rise_m[draw]))
        for k, draw in enumerate(counted.fullest_draw.tolist())
    }
