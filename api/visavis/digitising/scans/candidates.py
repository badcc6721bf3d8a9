"""Where an example of the legend could lie on a page: coarse places and turns, refined to pixels."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from visavis.digitising.scans.evidence import ZERO, Evidence
from visavis.digitising.scans.search import Turned, best_turns, climb, most_there
from visavis.digitising.scans.template import Template

COARSE: Final = 3
_TURNS: Final = 36
# Of the evidence that an example has on itself: worth a closer look.
_LEAST_COARSE: Final = 0.4
_LEAST_FINE: Final = 0.3
_MOST: Final = 2000
# How a candidate is refined: half width and step, in pixels and in radians.
_STEPS: Final = np.array(
    [[3.0, 1.0, math.radians(10), math.radians(2.5)], [0.75, 0.375, math.radians(2), math.radians(1)]]
)


@dataclass(frozen=True, eq=False)
class Variant:
    """A template whole, or without its pointer: which of its points count."""

    template: Template
    is_bare: bool
    points: NDArray[np.bool_]

    @property
    def turns(self) -> bool:
        """Whether its turn shows: a disc has none."""
        return not self.is_bare and self.template.order != 0


@dataclass(frozen=True)
class Pose:
    """Place on the page in pixels, and turn from the example in radians clockwise."""

    x: float
    y: float
    turn: float


def variants_of(template: Template) -> list[Variant]:
    """Return a template whole, and without its pointer where it is known so too."""
    whole = Variant(template, False, np.ones(len(template.offsets), dtype=bool))
    return [whole, Variant(template, True, template.of_body)] if template.has_pointer else [whole]


def candidates(told: Evidence, coarse: NDArray[np.uint8], variant: Variant) -> list[Pose]:
    """Return the poses at which much of a variant could lie, best first, each place once.

    Parameters
    ----------
    coarse : array (k, h, w)
        The maps of `told`, averaged over squares of `COARSE` pixels.
    """
    template, points = variant.template, variant.points
    offsets, kinds, weights = template.offsets[points], template.classes[points], template.weights[points]
    nobody = np.zeros(told.maps.shape[1:], dtype=np.int32)
    found = []
    most = float((weights * told.most[kinds]).sum())
    for rough in _rough(told, coarse, variant):
        x, y, turn, total, _ = climb(
            told.maps, nobody, offsets, kinds, weights, told.most, rough.x, rough.y, rough.turn, _STEPS
        )
        if total >= _LEAST_FINE * most:
            found.append((total, Pose(x, y, turn)))
    kept: list[Pose] = []
    for _, pose in sorted(found, key=lambda f: -f[0]):
        if not any(_same(pose, other, variant) for other in kept):
            kept.append(pose)
    return kept


def shrunk(maps: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return maps (k, h, w) averaged over squares of `COARSE` pixels."""
    high, wide = maps.shape[1] // COARSE, maps.shape[2] // COARSE
    small = [
        cv2.resize(each[: high * COARSE, : wide * COARSE], (wide, high), interpolation=cv2.INTER_AREA)
        for each in maps
    ]
    return np.asarray(np.stack(small), dtype=np.uint8)


def _rough(told: Evidence, coarse: NDArray[np.uint8], variant: Variant) -> list[Pose]:
    template = variant.template
    order = 1 if variant.is_bare else template.order
    turns = 1 if order == 0 else max(1, _TURNS // order)
    points = _turned_points(variant, turns, told.most)
    x, y = (int(v / COARSE) for v in template.at)
    near = np.ascontiguousarray(coarse[:, max(0, y - 14) : y + 15, max(0, x - 14) : x + 15])
    anywhere = np.full(near.shape[1:], np.inf, np.float32)
    least = _LEAST_COARSE * float(best_turns(near, anywhere, points, -np.inf)[0].max())
    kinds, weights = template.classes[variant.points], template.weights[variant.points]
    mass = np.bincount(kinds, weights, minlength=len(told.most)) / COARSE**2
    reach = math.ceil(float(np.hypot(*template.offsets[variant.points].T).max()) / COARSE) + 1
    bound = most_there(coarse, told.most, mass, reach) * np.float32(COARSE**2)
    best, turn = best_turns(coarse, bound, points, least)
    peak = (best >= cv2.dilate(best, np.ones((3, 3), np.uint8))) & (best > least)
    rows, columns = np.nonzero(peak)
    first = np.argsort(-best[rows, columns])[:_MOST]
    return [
        Pose(
            (float(columns[i]) + 0.5) * COARSE,
            (float(rows[i]) + 0.5) * COARSE,
            2 * math.pi * float(turn[rows[i], columns[i]]) / _TURNS,
        )
        for i in first
    ]


def _turned_points(variant: Variant, turns: int, most: NDArray[np.float64]) -> Turned:
    """Return the points of a variant on the coarse copy at each turn."""
    template, points = variant.template, variant.points
    rows = []
    for k in range(turns):
        angle = 2 * math.pi * k / _TURNS
        c, s = math.cos(angle), math.sin(angle)
        turned = template.offsets[points] @ np.array([[c, s], [-s, c]], dtype=np.float32)
        key = np.column_stack([np.floor(turned / COARSE + 0.5).astype(np.int64), template.classes[points]])
        cells, at = np.unique(key, axis=0, return_inverse=True)[:2]
        weight = np.bincount(at.ravel(), template.weights[points])
        heavy = np.argsort(-weight * (most[cells[:, 2]] + ZERO), kind="stable")
        rows.append((cells[heavy], weight[heavy]))
    length = max(len(weight) for _, weight in rows)
    places = [np.zeros((turns, length), dtype=np.int64) for _ in range(3)]
    weights = np.zeros((turns, length), dtype=np.float32)
    left = np.zeros((turns, length + 1), dtype=np.float32)
    for k, (cell, weight) in enumerate(rows):
        for place, values in zip(places, cell.T, strict=True):
            place[k, : len(weight)] = values
        weights[k, : len(weight)] = weight
        left[k, : len(weight)] = np.cumsum((weight * most[cell[:, 2]])[::-1])[::-1]
    count = np.array([len(weight) for _, weight in rows])
    return Turned(places[0], places[1], places[2], weights, count, left)


def _same(one: Pose, other: Pose, variant: Variant) -> bool:
    if math.hypot(one.x - other.x, one.y - other.y) > 2.0:
        return False
    return not variant.turns or math.cos(one.turn - other.turn) > 0.9
