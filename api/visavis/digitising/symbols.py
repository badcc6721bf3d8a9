"""Camera symbols on a drawn sheet, found by the legend's examples.

Every shape of the form of an example's body is a candidate; the pointers that lie where some one rotation
puts them tell the rotation. Shapes belong to one symbol each, the one that explains most of them. How an
example is taken apart, and which point is a symbol's place: see `examples`.
"""

from __future__ import annotations

import cmath
import heapq
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from visavis.digitising.alignment import (
    SAME_PLACE_PT,
    SAME_SIZE,
    Form,
    form_of,
    rotations,
    same_form,
    same_style,
)
from visavis.digitising.drawing import Box
from visavis.digitising.examples import Example, refuse_twins, take_apart
from visavis.digitising.legend import Entry
from visavis.digitising.marks import Mark
from visavis.digitising.sheet import Sheet
from visavis.digitising.showing import hidden
from visavis.digitising.words import WORDS
from visavis.model.findings import Finding, raised

_SAME_TURN_DEG: Final = 6.0
# A part that fewer of the symbols have belongs to the example alone: its own number, drawn as outlines.
_OWN_TO_EXAMPLE: Final = 0.2
_LEAST_TO_JUDGE: Final = 3
# Coordinates in PDF files are mostly rounded to a hundredth of a point: 0.01 / √12.
_ROUNDING_SD_PT: Final = 0.003


@dataclass(frozen=True)
class _Match:
    """One way to explain some shapes as a symbol; parts by their number in the example, shapes by theirs."""

    example: int
    body: int
    parts: dict[int, int]
    turn: complex | None
    misfit: float

    @property
    def shapes(self) -> set[int]:
        return {self.body, *self.parts.values()}


def find_symbols(sheet: Sheet, legend: Sequence[Entry]) -> tuple[tuple[Mark, ...], tuple[Finding, ...]]:
    """Return the symbols of a sheet that look like the legend's examples, those in the legend left out.

    Raises
    ------
    SymbolsError
        Where the box of an example holds no drawing, or two examples look the same.
    """
    examples = [take_apart(sheet, entry) for entry in legend]
    refuse_twins(examples)
    search = _Search(sheet, examples)
    marks = [search.mark(match) for match in search.matches()]
    outside = [mark for mark in marks if not any(_inside(mark, entry.box) for entry in legend)]
    seen, unseen = hidden(sheet, outside)
    findings = [*_doubts(examples, seen)]
    if unseen:
        findings.append(raised(WORDS, "sheet.symbols-hidden", count=len(unseen)))
    return tuple(seen), tuple(findings)


class _Search:
    """The shapes of a sheet that could be parts of the examples, and the matches among them."""

    def __init__(self, sheet: Sheet, examples: list[Example]) -> None:
        parts = [part for example in examples for part in (example.body, *example.parts)]
        self.forms = [
            form_of(shape) for shape in sheet.shapes if any(same_style(shape, part.shape) for part in parts)
        ]
        self.turns: dict[tuple[int, int], list[tuple[float, float]]] = {}
        self.centres = np.array([form.centre for form in self.forms], dtype=complex)
        self.alike = {
            id(part): [
                i for i, form in enumerate(self.forms) if same_form(part, form) and self._fits(part, i)
            ]
            for part in parts
        }
        self.examples = [self._without_own_parts(example, examples) for example in examples]

    def _fits(self, part: Form, at: int) -> bool:
        """Return whether some turn lays a part on a shape of the same size."""
        if part.is_round or self.forms[at].is_round:
            return part.is_round and self.forms[at].is_round
        return bool(self._rotations(part, at))

    def matches(self) -> list[_Match]:
        """Return the matches that explain most shapes, no shape used twice."""
        queue: list[tuple[int, float, int, int]] = []
        found: dict[tuple[int, int], _Match] = {}
        used: set[int] = set()

        def propose(example: int, body: int) -> None:
            match = self._match(example, body, used)
            if match is not None and self._is_whole(match):
                found[example, body] = match
                heapq.heappush(queue, (-len(match.shapes), match.misfit, example, body))

        for number, example in enumerate(self.examples):
            for candidate in self.alike[id(example.body)]:
                propose(number, candidate)
        taken = []
        while queue:
            _, _, number, body = heapq.heappop(queue)
            match = found[number, body]
            if body in used:
                continue
            if match.shapes & used:
                propose(number, body)
                continue
            used |= match.shapes
            taken.append(match)
        return sorted(taken, key=lambda match: match.body)

    def mark(self, match: _Match) -> Mark:
        example = self.examples[match.example]
        body = self.forms[match.body]
        boxes = np.array([self.forms[i].shape.box for i in sorted(match.shapes)])
        box = (*boxes[:, :2].min(axis=0).tolist(), *boxes[:, 2:].max(axis=0).tolist())
        turn = None if match.turn is None else math.degrees(cmath.phase(match.turn)) % 360
        points_to = sd = None
        if turn is not None and example.entry.points_to_deg is not None:
            points_to = (example.entry.points_to_deg + turn) % 360
            arm = max(self.forms[i].spread + abs(self.forms[i].centre - body.centre) for i in match.shapes)
            # Both the example and the symbol are rounded.
            sd = math.degrees(math.sqrt(2) * max(match.misfit, _ROUNDING_SD_PT) / arm)
        return Mark(
            example.entry,
            body.centre.real,
            body.centre.imag,
            math.hypot(_ROUNDING_SD_PT, example.unsure_centre),
            turn,
            points_to,
            sd,
            (box[0], box[1], box[2], box[3]),
            body.shape.box,
            tuple(sorted(self.forms[i].shape.order for i in match.shapes)),
        )

    def _without_own_parts(self, example: Example, examples: Sequence[Example]) -> Example:
        """Drop parts that the other symbols lack: the example's own number, drawn as an outline; a rule.

        Not where another example has the same body: then the parts tell them apart.
        """
        if any(same_form(example.body, other.body) for other in examples if other is not example):
            return example
        matches = [self._match_of(example, -1, body, set()) for body in self.alike[id(example.body)]]
        known = [match for match in matches if match is not None]
        parts = example.parts
        if len(known) < _LEAST_TO_JUDGE:
            return example
        share = {i: sum(i in match.parts for match in known) / len(known) for i in range(len(parts))}
        own = {
            id(part)
            for i, part in enumerate(parts)
            if share[i] < _OWN_TO_EXAMPLE
            and (not example.body.is_symmetric or _within(part.shape.box, example.body.shape.box))
        }
        return replace(
            example,
            core=tuple(part for part in example.core if id(part) not in own),
            pointers=tuple(part for part in example.pointers if id(part) not in own),
        )

    def _match(self, number: int, body: int, used: set[int]) -> _Match | None:
        return self._match_of(self.examples[number], number, body, used)

    def _match_of(self, example: Example, number: int, body: int, used: set[int]) -> _Match | None:
        """Return the reading of a body with the most parts, by the rotation that finds them."""
        if body in used:
            return None
        core = {
            i: at
            for i, part in enumerate(example.core)
            if (at := self._at_centre(part, body, used)) is not None
        }
        first = len(example.core)
        best: _Match | None = None
        for turn, misfit in self._turns_to_try(example, body, used):
            pointers = {
                first + i: at
                for i, part in enumerate(example.pointers)
                if (at := self._where_turned(part, example.body, body, turn, used)) is not None
            }
            match = _Match(number, body, core | pointers, turn, misfit)
            if best is None or (len(match.parts), -misfit) > (len(best.parts), -best.misfit):
                best = match
        if best is None:
            return _Match(number, body, core, None, 0.0) if example.body.is_symmetric else None
        return self._sharpened(example, best)

    def _is_whole(self, match: _Match) -> bool:
        return all(i in match.parts for i in range(self.examples[match.example].needed))

    def _turns_to_try(self, example: Example, body: int, used: set[int]) -> list[tuple[complex, float]]:
        if not example.body.is_symmetric:
            return [(_unit(turn), misfit) for turn, misfit in self._rotations(example.body, body)[:1]]
        tries: list[tuple[complex, float]] = []
        for part in example.pointers:
            offset = part.centre - example.body.centre
            for at in self._near(part, body, abs(offset), used):
                tries += self._turns_of_pointer(part, offset, at, body)
        return tries

    def _turns_of_pointer(
        self, part: Form, offset: complex, at: int, body: int
    ) -> list[tuple[complex, float]]:
        seen = self.forms[at].centre - self.forms[body].centre
        near = SAME_PLACE_PT + SAME_SIZE * abs(offset)
        if abs(offset) > near and (part.is_round or part.is_symmetric) and abs(seen) > 0:
            around = seen / offset
            around /= abs(around)
            if part.is_round or self._turned_by(part, at, around):
                return [(around, abs(abs(seen) - abs(offset)))]
            return []
        turns = [(_unit(turn), misfit) for turn, misfit in self._rotations(part, at)]
        return [(turn, misfit) for turn, misfit in turns if abs(turn * offset - seen) <= near]

    def _near(self, part: Form, body: int, reach: float, used: set[int]) -> list[int]:
        tolerance = SAME_PLACE_PT + SAME_SIZE * reach
        places = self.alike[id(part)]
        distance = np.abs(self.centres[places] - self.forms[body].centre) if places else np.array([])
        return [
            at
            for at, d in zip(places, distance, strict=True)
            if abs(d - reach) <= tolerance and at != body and at not in used
        ]

    def _at_centre(self, part: Form, body: int, used: set[int]) -> int | None:
        return next(iter(self._near(part, body, 0.0, used)), None)

    def _where_turned(
        self, part: Form, example_body: Form, body: int, turn: complex, used: set[int]
    ) -> int | None:
        offset = part.centre - example_body.centre
        wanted = self.forms[body].centre + turn * offset
        tolerance = SAME_PLACE_PT + SAME_SIZE * abs(offset)
        for at in self._near(part, body, abs(offset), used):
            if abs(self.forms[at].centre - wanted) <= tolerance and (
                part.is_round or self._turned_by(part, at, turn)
            ):
                return at
        return None

    def _turned_by(self, part: Form, at: int, turn: complex) -> bool:
        least = math.cos(math.radians(_SAME_TURN_DEG))
        return any((_unit(angle) * turn.conjugate()).real >= least for angle, _ in self._rotations(part, at))

    def _rotations(self, part: Form, at: int) -> list[tuple[float, float]]:
        key = (id(part), at)
        if key not in self.turns:
            self.turns[key] = rotations(part, self.forms[at])
        return self.turns[key]

    def _sharpened(self, example: Example, match: _Match) -> _Match:
        """Return the match with its turn averaged over the parts that show one, long ones weighing more."""
        if match.turn is None:
            return match
        towards = match.turn
        body = self.forms[match.body].centre
        total, misfits = 0j, []
        shown = [(example.parts[i], at) for i, at in match.parts.items() if i >= len(example.core)]
        if not example.body.is_symmetric:
            shown.append((example.body, match.body))
        for part, at in shown:
            offset = part.centre - example.body.centre
            total += (self.forms[at].centre - body) * offset.conjugate()
            misfits.append(abs(self.forms[at].centre - body - towards * offset))
            if part.is_round:
                continue
            turns = [(_unit(angle), misfit) for angle, misfit in self._rotations(part, at)]
            nearest = max(turns, key=lambda t: (t[0] * towards.conjugate()).real, default=None)
            if nearest is not None:
                total += nearest[0] * part.spread**2
                misfits.append(nearest[1])
        if not shown or abs(total) == 0:
            return replace(match, turn=None)
        misfit = math.sqrt(sum(m * m for m in misfits) / len(misfits))
        return replace(match, turn=total / abs(total), misfit=misfit)


def _unit(turn_deg: float) -> complex:
    return cmath.exp(1j * math.radians(turn_deg))


def _doubts(examples: Sequence[Example], marks: Sequence[Mark]) -> list[Finding]:
    doubts = []
    for example in examples:
        row, name = example.entry.row, example.entry.name or example.entry.kind
        ours = [mark for mark in marks if mark.entry is example.entry]
        if not ours:
            doubts.append(raised(WORDS, "sheet.symbol-not-found", name=name, row=row))
        if example.entry.points_to_deg is not None and not example.shows_direction:
            doubts.append(raised(WORDS, "sheet.direction-not-drawn", name=name, row=row))
        bare = sum(mark.points_to_deg is None for mark in ours)
        if example.shows_direction and bare:
            code = "sheet.symbols-without-pointer"
            doubts.append(raised(WORDS, code, count=bare, of=len(ours), name=name, row=row))
    return doubts


def _within(inner: Box, outer: Box) -> bool:
    return outer[0] <= inner[0] and outer[1] <= inner[1] and inner[2] <= outer[2] and inner[3] <= outer[3]


def _inside(mark: Mark, box: Box) -> bool:
    return box[0] <= mark.x <= box[2] and box[1] <= mark.y <= box[3]
