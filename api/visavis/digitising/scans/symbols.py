"""Camera symbols on a scan, found by the legend's examples.

Places and turns where much of an example lies are looked for on a coarse copy, refined, and then explained
one after the other: the one that explains most first, its pixels no evidence for the others.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from visavis.digitising.drawing import Box
from visavis.digitising.legend import Entry
from visavis.digitising.marks import Mark
from visavis.digitising.scans.evidence import ZERO, evidence
from visavis.digitising.scans.paper import even_page
from visavis.digitising.scans.scan import Scan
from visavis.digitising.scans.search import Turned, best_turns, climb, most_there, weigh
from visavis.digitising.scans.template import Template, templates
from visavis.digitising.words import WORDS
from visavis.model.findings import Finding, raised

# The page is read at a resolution where the box of an example has this side; finer only where it is placed.
_SIDE_PX: Final = 80.0
_COARSE: Final = 3
_TURNS: Final = 36
# Of the evidence that an example has on itself: worth a closer look.
_LEAST_COARSE: Final = 0.4
_MOST_CANDIDATES: Final = 3000
# Of the evidence that its visible points could have.
_LEAST_SHARE: Final = 0.6
_LEAST_SHARE_BARE: Final = 0.7
_LEAST_POINTER: Final = 0.4
# Of a symbol, what may be hidden by others.
_LEAST_SEEN: Final = 0.35
# How a candidate is refined: half width and step, in pixels and in radians.
_ROUNDS: Final = np.array(
    [[3.0, 1.0, math.radians(10), math.radians(2.5)], [0.75, 0.375, math.radians(2), math.radians(1)]]
)


@dataclass(frozen=True, eq=False)
class Variant:
    """A template, whole or without its pointer."""

    template: Template
    is_bare: bool
    offsets: NDArray[np.float32]
    kinds: NDArray[np.int64]
    weights: NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Found:
    """A symbol at a pose; x, y in pixels of the page, turn in radians clockwise from the example."""

    variant: Variant
    x: float
    y: float
    turn: float
    total: float
    could: float
    seen: float = 1.0

    @property
    def share(self) -> float:
        return self.total / max(self.could, 1e-9)


def find_on_scan(scan: Scan, legend: Sequence[Entry]) -> tuple[tuple[Mark, ...], tuple[Finding, ...]]:
    """Return the symbols of a scan that look like the legend's examples, those in the legend left out.

    Raises
    ------
    SymbolsError
        Where the box of an example holds no drawing.
    """
    boxes = [scan.in_pixels(entry.box) for entry in legend]
    side = float(np.median([max(x1 - x0, y1 - y0) for x0, y0, x1, y1 in boxes]))
    scale = min(1.0, _SIDE_PX / side)
    page = even_page(scan.colour, scale)
    known, classes = templates(page, legend, [tuple(v * scale for v in box) for box in boxes])
    search = Search(evidence(page, classes), known)
    found = [f for f in search.explained() if not any(_within(f, box, scale) for box in boxes)]
    marks = tuple(_mark(scan, scale, f) for f in found)
    return marks, tuple(_doubts(legend, marks))


class Search:
    """The evidence of a page and the symbols that explain it."""

    def __init__(self, maps: NDArray[np.uint8], known: Sequence[Template]) -> None:
        self.maps = maps
        self.most = maps.reshape(len(maps), -1).max(axis=1).astype(np.float64) - ZERO
        small = (maps.shape[2] // _COARSE, maps.shape[1] // _COARSE)
        self.coarse = np.stack([_shrunk(each, small) for each in maps])
        self.owner: NDArray[np.int32] = np.zeros(maps.shape[1:], dtype=np.int32)
        self.variants = [variant for template in known for variant in variants_of(template)]

    def explained(self) -> list[Found]:
        """Return the symbols that explain most of the evidence, one after the other."""
        queue: list[tuple[float, int, Found]] = []
        for variant in self.variants:
            for found in self.candidates(variant):
                heapq.heappush(queue, (-found.total, len(queue), found))
        taken: list[Found] = []
        serial = len(queue)
        while queue:
            _, _, found = heapq.heappop(queue)
            now = self.weighed(found)
            if not self.is_good(now):
                continue
            if now.total < found.total - 1e-6:
                serial += 1
                heapq.heappush(queue, (-now.total, serial, now))
                continue
            taken.append(now)
            self.claim(now, len(taken))
        return taken

    def candidates(self, variant: Variant) -> list[Found]:
        found = []
        for x, y, turn in self.rough(variant):
            pose = climb(
                self.maps,
                self.owner,
                variant.offsets,
                variant.kinds,
                variant.weights,
                self.most,
                x,
                y,
                turn,
                _ROUNDS,
            )
            found.append(Found(variant, *pose))
        kept: list[Found] = []
        for each in sorted(found, key=lambda f: -f.total):
            if each.share >= 0.3 and not any(_same(each, other) for other in kept):
                kept.append(each)
        return kept

    def rough(self, variant: Variant) -> list[tuple[float, float, float]]:
        template = variant.template
        order = 1 if variant.is_bare else template.order
        turns = 1 if order == 0 else max(1, _TURNS // order)
        points = _turned_points(variant, turns, self.most)
        x, y = (int(v / _COARSE) for v in template.at)
        near = np.ascontiguousarray(self.coarse[:, max(0, y - 14) : y + 15, max(0, x - 14) : x + 15])
        own = float(best_turns(near, np.full(near.shape[1:], np.inf, np.float32), points, -np.inf)[0].max())
        least = _LEAST_COARSE * own
        mass = np.bincount(variant.kinds, variant.weights, minlength=len(self.most))
        reach = math.ceil(float(np.hypot(*variant.offsets.T).max()) / _COARSE) + 1
        bound = most_there(self.coarse, self.most, mass / _COARSE**2, reach) * _COARSE**2
        best, turn = best_turns(self.coarse, bound, points, least)
        peak = (best >= cv2.dilate(best, np.ones((3, 3), np.uint8))) & (best > least)
        rows, columns = np.nonzero(peak)
        order_ = np.argsort(-best[rows, columns])[:_MOST_CANDIDATES]
        return [
            (
                (float(columns[i]) + 0.5) * _COARSE,
                (float(rows[i]) + 0.5) * _COARSE,
                2 * math.pi * float(turn[rows[i], columns[i]]) / _TURNS,
            )
            for i in order_
        ]

    def weighed(self, found: Found) -> Found:
        v = found.variant
        total, could = weigh(
            self.maps, self.owner, v.offsets, v.kinds, v.weights, self.most, found.x, found.y, found.turn
        )
        whole = float((v.weights * self.most[v.kinds]).sum())
        return replace(found, total=total, could=could, seen=could / whole)

    def is_good(self, found: Found) -> bool:
        if found.seen < _LEAST_SEEN:
            return False
        if found.variant.is_bare:
            return found.share >= _LEAST_SHARE_BARE
        if found.share < _LEAST_SHARE:
            return False
        return not found.variant.template.has_pointer or self.pointer_share(found) >= _LEAST_POINTER

    def pointer_share(self, found: Found) -> float:
        v = found.variant
        pointer = ~v.template.of_body
        total, could = weigh(
            self.maps,
            self.owner,
            v.offsets[pointer],
            v.kinds[pointer],
            v.weights[pointer],
            self.most,
            found.x,
            found.y,
            found.turn,
        )
        return float(total / max(could, 1e-9))

    def claim(self, found: Found, number: int) -> None:
        """Give the pixels under a symbol to it."""
        v = found.variant
        drawn = v.offsets[v.kinds < len(self.most) // 2]
        at = _placed(found, drawn)
        u, w = np.floor(at[:, 0]).astype(np.int64), np.floor(at[:, 1]).astype(np.int64)
        inside = (u >= 0) & (w >= 0) & (u < self.owner.shape[1]) & (w < self.owner.shape[0])
        self.owner[w[inside], u[inside]] = number


def variants_of(template: Template) -> list[Variant]:
    """Return a template whole, and without its pointer where it is known so too."""
    t = template
    whole = Variant(t, False, t.offsets, t.classes, t.weights)
    if not t.has_pointer:
        return [whole]
    b = t.of_body
    return [whole, Variant(t, True, t.offsets[b], t.classes[b], t.weights[b])]


def _turned_points(variant: Variant, turns: int, most: NDArray[np.float64]) -> Turned:
    """Return the points of a variant on the coarse copy at each turn, as `sweep` takes them."""
    rows = []
    for k in range(turns):
        angle = 2 * math.pi * k / _TURNS
        c, s = math.cos(angle), math.sin(angle)
        turned = variant.offsets @ np.array([[c, s], [-s, c]], dtype=np.float32)
        key = np.column_stack([np.floor(turned / _COARSE + 0.5).astype(np.int64), variant.kinds])
        cells, at = np.unique(key, axis=0, return_inverse=True)[:2]
        weight = np.bincount(at.ravel(), variant.weights)
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


def _placed(found: Found, offsets: NDArray[np.float32]) -> NDArray[np.float64]:
    c, s = math.cos(found.turn), math.sin(found.turn)
    turned = offsets @ np.array([[c, s], [-s, c]]) + np.array([found.x, found.y])
    return np.asarray(turned, dtype=np.float64)


def _same(one: Found, other: Found) -> bool:
    if math.hypot(one.x - other.x, one.y - other.y) > 2.0:
        return False
    return one.variant.is_bare or one.variant.template.order == 0 or math.cos(one.turn - other.turn) > 0.9


def _mark(scan: Scan, scale: float, found: Found) -> Mark:
    v, unit = found.variant, scan.unit / scale
    drawn = v.template.offsets
    at = _placed(found, drawn if not v.is_bare else v.offsets)
    (x0, y0), (x1, y1) = at.min(axis=0) * unit, at.max(axis=0) * unit
    body = _placed(found, drawn[v.template.of_body])
    (u0, v0), (u1, v1) = body.min(axis=0) * unit, body.max(axis=0) * unit
    turn = None if v.is_bare else math.degrees(found.turn) % 360
    entry = v.template.entry
    points_to = None if turn is None or entry.points_to_deg is None else (entry.points_to_deg + turn) % 360
    return Mark(
        entry,
        found.x * unit,
        found.y * unit,
        0.5 * unit,
        turn,
        points_to,
        None if points_to is None else 3.0,
        (float(x0), float(y0), float(x1), float(y1)),
        (float(u0), float(v0), float(u1), float(v1)),
    )


def _within(found: Found, box: Box, scale: float) -> bool:
    return box[0] <= found.x / scale <= box[2] and box[1] <= found.y / scale <= box[3]


def _shrunk(each: NDArray[np.uint8], size: tuple[int, int]) -> NDArray[np.uint8]:
    whole = each[: size[1] * _COARSE, : size[0] * _COARSE]
    return np.asarray(cv2.resize(whole, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _doubts(legend: Sequence[Entry], marks: Sequence[Mark]) -> list[Finding]:
    doubts = []
    for entry in legend:
        ours = [mark for mark in marks if mark.entry is entry]
        name = entry.name or entry.kind
        bare = sum(mark.points_to_deg is None for mark in ours)
        if not ours:
            doubts.append(raised(WORDS, "sheet.symbol-not-found", name=name, row=entry.row))
        elif entry.points_to_deg is not None and bare:
            code = "sheet.symbols-without-pointer"
            doubts.append(raised(WORDS, code, count=bare, of=len(ours), name=name, row=entry.row))
    return doubts
