"""Where on a page a template could lie: all places and turns on a coarse copy, then the best ones refined."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numba
import numpy as np
from numpy.typing import NDArray

from visavis.compiled import njit
from visavis.digitising.scans.evidence import ZERO

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Turned:
    """The points of a template at several turns, on a coarse copy of the page.

    Parameters
    ----------
    dx, dy, kind : array (t, n) of int
        Column and row from the place, and class, heavy points first.
    weight : array (t, n)
    count : array (t,)
        Of the points of each turn.
    best_left : array (t, n + 1)
        The most that the points from here on can add.
    """

    dx: Ints
    dy: Ints
    kind: Ints
    weight: Floats
    count: Ints
    best_left: Floats


def best_turns(maps: Bytes, bound: Floats, points: Turned, least: float) -> tuple[Floats, NDArray[np.int16]]:
    """Return the best sum of evidence (h, w) over turns, and the number of the turn; sums below `least` are not."""
    p = points
    return sweep(maps, bound, p.dx, p.dy, p.kind, p.weight, p.count, p.best_left, least)


@njit(cache=True, nogil=True, parallel=True)
def sweep(
    maps: Bytes,
    bound: Floats,
    dx: Ints,
    dy: Ints,
    kind: Ints,
    weight: Floats,
    count: Ints,
    best_left: Floats,
    least: float,
) -> tuple[Floats, NDArray[np.int16]]:
    """Return the best sum of evidence (h, w) over turns, and the turn (h, w).

    Parameters
    ----------
    maps : uint8 (k, h, w), evidence
    bound : float32 (h, w)
        More than any turn can reach at a place.
    dx, dy, kind : int64 (t, n); weight : float32 (t, n)
        Points of each turn, heavy ones first; `count` (t,) of them.
    best_left : float32 (t, n + 1)
        The most that the points from here on can add.
    least : float
        Sums below it needn't be finished.
    """
    _, height, width = maps.shape
    best = np.full((height, width), np.float32(-1e9))
    turn = np.zeros((height, width), dtype=np.int16)
    for y in numba.prange(height):
        for x in range(width):
            if bound[y, x] < least:
                continue
            for t in range(dx.shape[0]):
                total = np.float32(0.0)
                for i in range(count[t]):
                    u = x + dx[t, i]
                    v = y + dy[t, i]
                    if u >= 0 and v >= 0 and u < width and v < height:
                        total += weight[t, i] * (np.float32(maps[kind[t, i], v, u]) - np.float32(ZERO))
                    if total + best_left[t, i + 1] < least:
                        break
                else:
                    if total > best[y, x]:
                        best[y, x] = total
                        turn[y, x] = t
    return best, turn


def most_there(maps: Bytes, most: Doubles, mass: Doubles, reach: int) -> Floats:
    """Return a bound (h, w) on what a template with so much `mass` of each class can reach at a place.

    No more of a class can be met than the template has, nor than lies within its reach.
    """
    bound = np.zeros(maps.shape[1:], dtype=np.float32)
    side = 2 * reach + 1
    for k in np.flatnonzero(mass):
        if most[k] <= 0:
            continue
        least = float(maps[k].min())
        span = float(most[k]) + ZERO - least
        met = (maps[k].astype(np.float32) - least) / span
        found = cv2.boxFilter(met, -1, (side, side), normalize=False, borderType=cv2.BORDER_CONSTANT)
        bound += np.minimum(found, mass[k]) * span - mass[k] * (ZERO - least)
    return bound


@njit(cache=True, nogil=True)
def weigh(
    maps: Bytes,
    owner: NDArray[np.int32],
    offsets: Floats,
    kind: Ints,
    weight: Floats,
    most: Doubles,
    x: float,
    y: float,
    turn: float,
) -> tuple[float, float]:
    """Return the sum of evidence of a template at a pose, and the most that its visible points could have.

    Points over pixels that `owner` gives to another symbol count for neither.
    """
    _, height, width = maps.shape
    cos, sin = np.cos(turn), np.sin(turn)
    total = 0.0
    could = 0.0
    for i in range(offsets.shape[0]):
        u = int(np.floor(x + cos * offsets[i, 0] - sin * offsets[i, 1]))
        v = int(np.floor(y + sin * offsets[i, 0] + cos * offsets[i, 1]))
        if u < 0 or v < 0 or u >= width or v >= height or owner[v, u] != 0:
            continue
        total += weight[i] * (maps[kind[i], v, u] - np.float64(ZERO))
        could += weight[i] * most[kind[i]]
    return total, could


@njit(cache=True, nogil=True)
def climb(
    maps: Bytes,
    owner: NDArray[np.int32],
    offsets: Floats,
    kind: Ints,
    weight: Floats,
    most: Doubles,
    x: float,
    y: float,
    turn: float,
    steps: Doubles,
) -> tuple[float, float, float, float, float]:
    """Return the pose of most evidence near one: x, y, turn (radians), sum, most possible.

    Parameters
    ----------
    steps : float64 (n, 4)
        Rounds: half width and step in pixels, half width and step in radians.
    """
    best_total = -1e18
    best = (x, y, turn)
    could = 0.0
    for r in range(steps.shape[0]):
        centre = best
        reach = int(np.round(steps[r, 0] / steps[r, 1]))
        turns = int(np.round(steps[r, 2] / steps[r, 3])) if steps[r, 3] > 0 else 0
        for a in range(-turns, turns + 1):
            angle = centre[2] + a * steps[r, 3]
            for j in range(-reach, reach + 1):
                for i in range(-reach, reach + 1):
                    at_x, at_y = centre[0] + i * steps[r, 1], centre[1] + j * steps[r, 1]
                    total, possible = weigh(maps, owner, offsets, kind, weight, most, at_x, at_y, angle)
                    if total > best_total:
                        best_total, could = total, possible
                        best = (at_x, at_y, angle)
    return best[0], best[1], best[2], best_total, could
