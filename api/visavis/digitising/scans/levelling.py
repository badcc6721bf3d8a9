"""A picture taken aslant made level, so that every symbol of a kind has one form and size on it.

The ground, which a plan shows to one scale, tells how: the projective map that is nearest to the sheet's
georeference, less its turn and scale at the middle of the page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from visavis.digitising.drawing import Box
from visavis.digitising.legend import Entry
from visavis.digitising.marks import Mark
from visavis.digitising.scans.scan import Scan
from visavis.digitising.scans.symbols import find_on_scan
from visavis.model.findings import Finding
from visavis.model.progress import Progress, untold

Array = NDArray[np.float64]

# Sides of a symbol that differ less over the page are within what the search bears.
_LEAST_ASLANT: Final = 0.02
# A map that stretches a part of the page more is none of a camera held over it.
_MOST_ASLANT: Final = 1.0
_GRID: Final = 9
_STEP_PX: Final = 1.0


@dataclass(frozen=True, eq=False)
class Level:
    """How a picture is made level.

    Parameters
    ----------
    to_level : array (3, 3)
        Projective map from pixels of the picture to those of the level one.
    size : width, height of the level picture, pixels
    aslant : float
        How much the sizes of one symbol differ over the picture, as a share.
    """

    to_level: Array
    size: tuple[int, int]
    aslant: float

    @property
    def is_needed(self) -> bool:
        return _LEAST_ASLANT < self.aslant < _MOST_ASLANT


def find_level(
    scan: Scan,
    legend: Sequence[Entry],
    to_ground: Callable[[Array], Array],
    progress: Progress = untold,
) -> tuple[tuple[Mark, ...], tuple[Finding, ...]]:
    """Return the symbols of a scan as `find_on_scan` does, the page made level first where it is aslant.

    Parameters
    ----------
    to_ground : callable
        From sheet coordinates (m, 2) to metres (m, 2), x east, y north.
    """
    level = levelled(scan, to_ground)
    if not level.is_needed:
        return find_on_scan(scan, legend, progress=progress)
    colour = cv2.warpPerspective(
        scan.colour,
        _by_middles(level.to_level),
        level.size,
        flags=cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_REPLICATE,
    )
    there = _Between(level.to_level, scan.unit)
    entries = {entry.row: entry for entry in legend}
    back = _Between(np.asarray(np.linalg.inv(level.to_level), dtype=np.float64), scan.unit)
    marks, doubts = find_on_scan(
        replace(scan, colour=np.asarray(colour, dtype=np.uint8)),
        [there.entry(e) for e in legend],
        back.places,
        progress,
    )
    return tuple(back.mark(mark, entries[mark.entry.row]) for mark in marks), doubts


def levelled(scan: Scan, to_ground: Callable[[Array], Array]) -> Level:
    """Return how a scan is made level."""
    height, width = scan.colour.shape[:2]
    across, down = np.meshgrid(np.linspace(0, width, _GRID), np.linspace(0, height, _GRID))
    seen = np.column_stack([across.ravel(), down.ravel()])
    ground = to_ground(seen * scan.unit) * np.array([1.0, -1.0])
    ground = (ground - ground.mean(axis=0)) / np.sqrt(((ground - ground.mean(axis=0)) ** 2).mean())
    fitted = np.asarray(cv2.findHomography(seen, ground)[0], dtype=np.float64)
    middle = np.array([[width / 2, height / 2]])
    # The turn and the scale at the middle of the page are kept: the nearest similarity is undone.
    u, stretch, v = np.linalg.svd(_slopes(fitted, middle)[0])
    similar = np.eye(3)
    similar[:2, :2] = (u @ v).T / np.sqrt(stretch.prod())
    upright = similar @ fitted
    corners = _through(
        upright, np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float64)
    )
    least = corners.min(axis=0)
    shift = np.eye(3)
    shift[:2, 2] = -least
    size = np.ceil(corners.max(axis=0) - least).astype(int)
    sizes = np.linalg.svd(_slopes(upright, seen), compute_uv=False)
    aslant = float(sizes.max() / sizes.min() - 1.0)
    return Level(shift @ upright, (int(size[0]), int(size[1])), aslant)


@dataclass(frozen=True, eq=False)
class _Between:
    """From sheet coordinates of one picture to those of another of the same unit."""

    matrix: Array
    unit: float

    def entry(self, entry: Entry) -> Entry:
        x0, y0, x1, y1 = entry.box
        return replace(
            entry,
            box=self._box(entry.box),
            points_to_deg=self._points_to((x0 + x1) / 2, (y0 + y1) / 2, entry.points_to_deg),
        )

    def mark(self, mark: Mark, entry: Entry) -> Mark:
        x, y = self.places(np.array([[mark.x, mark.y]]))[0]
        grown = np.sqrt(abs(np.linalg.det(_slopes(self.matrix, np.array([[mark.x, mark.y]]) / self.unit)[0])))
        return replace(
            mark,
            entry=entry,
            x=float(x),
            y=float(y),
            place_sd=mark.place_sd * float(grown),
            points_to_deg=self._points_to(mark.x, mark.y, mark.points_to_deg),
            box=self._box(mark.box),
            body_box=self._box(mark.body_box),
        )

    def places(self, places: Array) -> Array:
        """Return places (n, 2) of the one picture on the other."""
        return _through(self.matrix, places / self.unit) * self.unit

    def _box(self, box: Box) -> Box:
        x0, y0, x1, y1 = box
        corners = self.places(np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]]))
        # Middles of the sides, so that a box that is turned a little does not grow.
        sides = (corners + np.roll(corners, -1, axis=0)) / 2
        (left, top), (right, bottom) = sides.min(axis=0), sides.max(axis=0)
        return float(left), float(top), float(right), float(bottom)

    def _points_to(self, x: float, y: float, points_to_deg: float | None) -> float | None:
        if points_to_deg is None:
            return None
        angle_rad = np.radians(points_to_deg)
        towards = np.array([np.sin(angle_rad), -np.cos(angle_rad)])
        to = _slopes(self.matrix, np.array([[x, y]]) / self.unit)[0] @ towards
        return float(np.degrees(np.arctan2(to[0], -to[1])) % 360)


def _through(matrix: Array, places: Array) -> Array:
    to = np.column_stack([places, np.ones(len(places))]) @ matrix.T
    return np.asarray(to[:, :2] / to[:, 2:], dtype=np.float64)


def _slopes(matrix: Array, places: Array) -> Array:
    """Return the derivatives (m, 2, 2) of a projective map: columns by x and by y."""
    by = [
        (_through(matrix, places + step) - _through(matrix, places - step)) / (2 * _STEP_PX)
        for step in _STEP_PX * np.eye(2)
    ]
    return np.stack(by, axis=2)


def _by_middles(matrix: Array) -> Array:
    """Return a map of pixel coordinates as OpenCV counts them, the middle of the first pixel being 0."""
    half = np.array([[1.0, 0.0, 0.5], [0.0, 1.0, 0.5], [0.0, 0.0, 1.0]])
    return np.asarray(np.linalg.inv(half) @ matrix @ half, dtype=np.float64)
