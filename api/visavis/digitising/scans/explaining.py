"""The symbols that explain a page: the one that explains most first, its pixels no evidence for the others.

A candidate is laid on the page by its colours, then judged by how much of its visible part agrees, and by its
rim: where its colour goes on beyond its outline, it is a part of something larger.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from visavis.digitising.scans.agreeing import agreed
from visavis.digitising.scans.candidates import Pose, Variant, candidates, shrunk, variants_of
from visavis.digitising.scans.evidence import SPOILT, SPREAD, Evidence
from visavis.digitising.scans.fitting import agreement, fit
from visavis.digitising.scans.found import Found
from visavis.digitising.scans.repeating import without_others
from visavis.digitising.scans.search import weigh
from visavis.digitising.scans.template import Template
from visavis.model.progress import Progress, untold

_SPREAD: Final = np.array(SPREAD)
# What disagrees counts so many times against what agrees.
_ROUNDS: Final = 3
# How often all symbols are settled; each takes about as long as to look for one of the legend.
_SETTLINGS: Final = 2
_AGAINST: Final = 2.0


class Explanation:
    """A page and the symbols found on it so far."""

    def __init__(self, told: Evidence, progress: Progress = untold) -> None:
        self.told = told
        self.progress = progress
        self.owner: NDArray[np.int32] = np.zeros(told.maps.shape[1:], dtype=np.int32)
        self.found: list[Found] = []

    def explain(self, known: Sequence[Template]) -> list[Found]:
        """Return the symbols, those that explain most first.

        What the best candidates have in common is a better example than the legend's alone.
        """
        coarse = shrunk(self.told.maps)
        tries: list[tuple[int, bool, Pose]] = []
        for number, template in enumerate(known):
            self.progress("looking for symbols", number, len(known) + _SETTLINGS)
            for variant in variants_of(template):
                tries += [(number, variant.is_bare, pose) for pose in candidates(self.told, coarse, variant)]
        self.progress("telling symbols apart", len(known), len(known) + _SETTLINGS)
        better = [self._agreed(n, template, tries) for n, template in enumerate(known)]
        found = self._settled(better, tries)
        self.progress("telling symbols apart", len(known) + 1, len(known) + _SETTLINGS)
        better = [
            agreed(self.told, known[n], [f for f in found if f.shows(template) and f.is_sure], all_good=True)
            for n, template in enumerate(better)
        ]
        return self._settled(better, tries)

    def _settled(self, known: Sequence[Template], tries: Sequence[tuple[int, bool, Pose]]) -> list[Found]:
        """Return the symbols, signs of something else left out."""
        for _ in range(_ROUNDS):
            found = self._round(known, tries)
            kept = without_others(self.told.page, found)
            if len(kept) == len(found):
                break
            # What they were taken for may be something that was then not looked for there.
            others = [each for each in found if each not in kept]
            tries = [(n, bare, pose) for n, bare, pose in tries if not _is_of(known[n], pose, others)]
        return kept

    def _agreed(self, number: int, template: Template, tries: Sequence[tuple[int, bool, Pose]]) -> Template:
        whole = variants_of(template)[0]
        laid = [self.laid(whole, pose) for n, is_bare, pose in tries if n == number and not is_bare]
        return agreed(self.told, template, laid)

    def _round(self, known: Sequence[Template], tries: Sequence[tuple[int, bool, Pose]]) -> list[Found]:
        self.owner[:] = 0
        self.found = []
        variants = [variants_of(template) for template in known]
        # A symbol is only without its pointer where it is none with one.
        for bare in (False, True):
            self._take([self.laid(variants[n][bare], pose) for n, is_bare, pose in tries if is_bare == bare])
        return self.found

    def _take(self, tries: Sequence[Found]) -> None:
        queue = [(-found.worth, number, found) for number, found in enumerate(tries)]
        heapq.heapify(queue)
        serial = len(queue)
        while queue:
            _, _, found = heapq.heappop(queue)
            now = self.laid(found.variant, found.pose)
            if not now.is_good:
                continue
            if now.worth < found.worth - 1e-6:
                serial += 1
                heapq.heappush(queue, (-now.worth, serial, now))
                continue
            self.found.append(now)
            self._claim(now)

    def laid(self, variant: Variant, pose: Pose) -> Found:
        """Return a variant laid on the page near a pose, and how it agrees with what is not explained yet."""
        t, page = variant.template, self.told.page.lab
        solid = variant.points & ~t.rim
        x, y, turn, covariance = fit(
            page,
            self.owner,
            t.offsets[solid],
            t.colours[solid],
            t.weights[solid],
            _SPREAD,
            pose.x,
            pose.y,
            pose.turn,
            variant.turns,
        )
        if math.hypot(x - pose.x, y - pose.y) > 3.0 or math.cos(turn - pose.turn) < 0.9:
            x, y, turn = pose.x, pose.y, pose.turn
        laid = Pose(x, y, turn)
        total, could, kept, rim, whole = self._agreement(variant.template, variant.points, laid)
        pointer, pointer_seen = 1.0, 1.0
        if t.has_pointer and not variant.is_bare:
            agreed, possible, _, _, all_of_it = self._agreement(t, ~t.of_body & ~t.rim, laid)
            pointer, pointer_seen = agreed / max(possible, 1e-9), possible / max(all_of_it, 1e-9)
        worth, most = weigh(
            self.told.maps,
            self.owner,
            t.offsets[variant.points],
            t.classes[variant.points],
            t.weights[variant.points],
            self.told.most,
            x,
            y,
            turn,
        )
        return Found(
            variant,
            laid,
            total / max(could, 1e-9),
            kept / max(rim, 1e-9),
            pointer,
            min(could / whole, pointer_seen),
            worth - _AGAINST * (most - worth),
            covariance,
        )

    def _agreement(
        self, t: Template, points: NDArray[np.bool_], pose: Pose
    ) -> tuple[float, float, float, float, float]:
        rarity = self.told.rarity[t.classes[points] % len(self.told.rarity)]
        return agreement(
            self.told.page.lab,
            self.owner,
            t.offsets[points],
            t.colours[points],
            t.weights[points],
            rarity,
            t.rim[points],
            _SPREAD,
            SPOILT,
            pose.x,
            pose.y,
            pose.turn,
        )

    def _claim(self, found: Found) -> None:
        """Give the pixels under a symbol to it."""
        at = found.placed(found.variant.points & ~found.variant.template.rim)
        column, row = np.floor(at[:, 0]).astype(np.int64), np.floor(at[:, 1]).astype(np.int64)
        inside = (column >= 0) & (row >= 0) & (column < self.owner.shape[1]) & (row < self.owner.shape[0])
        self.owner[row[inside], column[inside]] = len(self.found)


def _is_of(template: Template, pose: Pose, others: Sequence[Found]) -> bool:
    """Return whether a pose would take one of the other signs for the same symbol again."""
    return any(
        other.variant.template is template
        and math.hypot(pose.x - other.pose.x, pose.y - other.pose.y) <= template.radius / 2
        for other in others
    )
