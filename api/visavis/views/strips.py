"""Façade in view: pieces of walls with the nearest point of each, and the strips that are told of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray

from visavis.cameras.optics import circle_density_px_per_m, density_px_per_m
from visavis.model.vocabulary import SURENESS_MIN_PROBABILITY
from visavis.views.counting import Shares
from visavis.views.lens import Lens
from visavis.views.looks import draws_a_circle
from visavis.views.scene import Scene
from visavis.views.surroundings import Surroundings
from visavis.views.sweep import FROM, HIGH_FROM, HIGH_TO, LOW_FROM, LOW_TO, TO, WALL
from visavis.views.walls import Floats, Ints

# Shorter or lower pieces are rounding, not façade.
LEAST_M: Final = 0.01

# The probability along a strip is counted in parts no longer than this.
PART_M: Final = 1.0


@dataclass(frozen=True)
class Sight:
    """How a camera meets some points: distance from the lens, incidence in plan, density along the wall."""

    distance_m: Floats
    incidence_deg: Floats
    px_per_m: Floats


def facade_of(facades: Floats, lens: Lens, ends: Floats, range_m: float) -> Floats:
    """Return the pieces that are told: not tiny ones, nor those wholly beyond the range."""
    tall = np.maximum(facades[:, HIGH_FROM] - facades[:, LOW_FROM], facades[:, HIGH_TO] - facades[:, LOW_TO])
    told = (facades[:, TO] - facades[:, FROM] >= LEAST_M) & (tall >= LEAST_M)
    near = nearest_sight(facades, lens, ends, 1.0, 90.0).distance_m <= range_m
    return facades[told & near]


def nearest_sight(pieces: Floats, lens: Lens, ends: Floats, pixels: float, hfov_deg: float) -> Sight:
    """Return how the camera meets each piece at the point nearest to it in plan, where density is highest."""
    wall = pieces[:, WALL].astype(np.int64)
    start, run = ends[wall, :2], ends[wall, 2:] - ends[wall, :2]
    along = run / np.hypot(*run.T)[:, None]
    to_lens = np.array([lens.x, lens.y]) - start
    at = np.clip((to_lens * along).sum(axis=1), pieces[:, FROM], pieces[:, TO])
    off = np.abs(along[:, 0] * to_lens[:, 1] - along[:, 1] * to_lens[:, 0])
    low, high = bounds_at(pieces, at)
    height = np.clip(lens.height_m, low, high)
    return sight_of(start + along * at[:, None], height, off, lens, pixels, hfov_deg)


def sight_of(
    points: Floats, height_m: Floats, off_m: Floats, lens: Lens, pixels: float, hfov_deg: float
) -> Sight:
    """Return how the camera meets points at some heights on walls whose planes pass the lens at `off_m`.

    Infinitely far off stands for a surface that is square to the line of sight.
    """
    in_plan = np.hypot(points[:, 0] - lens.x, points[:, 1] - lens.y)
    distance = np.hypot(in_plan, height_m - lens.height_m)
    # Straight below the lens a wall is seen edge-on.
    beside = in_plan > 0.0
    cosine = np.divide(off_m, in_plan, out=np.where(np.isinf(off_m), 1.0, 0.0), where=beside)
    incidence = np.degrees(np.arccos(np.clip(cosine, 0.0, 1.0)))
    if draws_a_circle(lens, hfov_deg):
        below = lens.height_m - height_m
        return Sight(distance, incidence, circle_density_px_per_m(pixels, in_plan, below, incidence))
    return Sight(distance, incidence, density_px_per_m(pixels, hfov_deg, distance, incidence))


def bounds_at(pieces: Floats, at: Floats) -> tuple[Floats, Floats]:
    """Return the lower and the upper bound of each piece at a place along its wall."""
    share = (at - pieces[:, FROM]) / (pieces[:, TO] - pieces[:, FROM])
    low = pieces[:, LOW_FROM] + share * (pieces[:, LOW_TO] - pieces[:, LOW_FROM])
    high = pieces[:, HIGH_FROM] + share * (pieces[:, HIGH_TO] - pieces[:, HIGH_FROM])
    return low, high


@dataclass(frozen=True)
class Parts:
    """Pieces cut into short parts, where their probability is counted at the middle."""

    piece: Ints
    from_m: Floats
    to_m: Floats

    @classmethod
    def of(cls, pieces: Floats) -> Parts:
        """Return the parts of some pieces, in their order."""
        length = pieces[:, TO] - pieces[:, FROM]
        n = np.maximum(np.ceil(length / PART_M), 1).astype(np.int64)
        piece = np.repeat(np.arange(len(pieces)), n)
        k = np.arange(len(piece)) - np.repeat(np.cumsum(n) - n, n)
        step = (length / n)[piece]
        start = pieces[piece, FROM]
        last = k + 1 == n[piece]
        return cls(piece, start + k * step, np.where(last, pieces[piece, TO], start + (k + 1) * step))

    @property
    def middle_m(self) -> Floats:
        return (self.from_m + self.to_m) / 2.0


def strips_of(pieces: Floats, parts: Parts, in_view: Shares) -> tuple[Floats, Shares]:
    """Return pieces cut where their sureness changes, and the probability of each.

    Neighbouring parts of one piece whose probabilities go by one word are joined; theirs is the mean, and its
    standard error at most the mean of theirs. Parts too unlikely to be told are left out.
    """
    if not len(parts.piece):
        return pieces[:0], in_view[:0]
    word = _word(in_view.share)
    opens = np.flatnonzero(np.append(True, (np.diff(parts.piece) != 0) | (np.diff(word) != 0)))
    closes = np.append(opens[1:], len(word)) - 1
    length = parts.to_m - parts.from_m
    whole = np.add.reduceat(length, opens)
    mean, error = (np.add.reduceat(each * length, opens) / whole for each in (in_view.share, in_view.se))
    told = word[opens] > 0
    opens, closes = opens[told], closes[told]
    cut = pieces[parts.piece[opens]]
    from_m, to_m = parts.from_m[opens], parts.to_m[closes]
    low_from, high_from = bounds_at(cut, from_m)
    low_to, high_to = bounds_at(cut, to_m)
    return np.column_stack([cut[:, WALL], from_m, to_m, low_from, low_to, high_from, high_to]), Shares(
        mean, error
    )[told]


def _word(probability: Floats) -> Ints:
    """Return 0 for too unlikely, then the rank of sureness: possible above its bound, the others from theirs."""
    least = SURENESS_MIN_PROBABILITY
    return (
        (probability > least["possible"]).astype(np.int64)
        + (probability >= least["likely"])
        + (probability >= least["certain"])
    )


def on_edges(strips: Floats, around: Surroundings, scene: Scene) -> dict[str, NDArray[Any]]:
    """Return strips measured along the edges of footprints, from vertex to vertex as stored, and above their ground."""
    local = strips[:, WALL].astype(np.int64)
    wall = around.walls[local]
    along = scene.walls.along[wall] > 0.0
    at = [scene.walls.start_m[wall] + scene.walls.along[wall] * strips[:, end] for end in (FROM, TO)]
    columns, ground_m = {"from_m": (at[0], at[1])}, scene.ground_m[scene.walls.prism[wall]]
    for name, first, last in (("z_low", LOW_FROM, LOW_TO), ("z_high", HIGH_FROM, HIGH_TO)):
        columns[f"{name}_from_m"] = (strips[:, first] - ground_m, strips[:, last] - ground_m)
    forth = {name: np.where(along, *pair) for name, pair in columns.items()}
    back = {name.replace("from", "to"): np.where(along, *pair[::-1]) for name, pair in columns.items()}
    # Rounding must not put a strip below the ground.
    return {name: np.maximum(values, 0.0) for name, values in (forth | back).items()} | {
        "building": scene.building[scene.walls.prism[wall]],
        "edge": scene.edge[wall],
        "geometry": lines_of(strips, around, along),
    }


def lines_of(
    strips: Floats, around: Surroundings, along: NDArray[np.bool_] | None = None
) -> NDArray[np.object_]:
    """Return strips as lines on the ground plan; where `along` is false they run against their wall."""
    wall = strips[:, WALL].astype(np.int64)
    start, run = around.ends[wall, :2], around.ends[wall, 2:] - around.ends[wall, :2]
    unit = run / around.length_m[wall][:, None]
    first = start + unit * strips[:, FROM][:, None]
    last = start + unit * strips[:, TO][:, None]
    if along is not None:
        forth = along[:, None]
        first, last = np.where(forth, first, last), np.where(forth, last, first)
    return np.asarray(shapely.linestrings(np.stack([first, last], axis=1)), dtype=object)
