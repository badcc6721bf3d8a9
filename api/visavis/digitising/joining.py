"""Which run of text is the label of which symbol, whoever read the runs.

A label is a short run with a digit in it (or one that the table of cameras knows) that stands near a symbol.
Programs hang labels at one offset from the symbol: it is learned from the sheet, then labels and symbols are
joined one to one so that the sum of their distances from that offset is least.

Where a table tells the labels they are joined first, each once. What else is printed near a symbol, a house
number say, is then its label only if it stands exactly where this sheet's labels stand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from visavis.digitising.lettering import TextRun
from visavis.digitising.marks import Mark
from visavis.digitising.tables import same_label
from visavis.digitising.words import WORDS
from visavis.model.findings import Finding, raised

Array = NDArray[np.float64]

# Lengths in sizes of a symbol (the median diagonal of their bodies).
REACH: Final = 2.5
REGULAR_WITHIN: Final = 0.2
_MOVED_COST: Final = 0.4
_REGULAR_SHARE: Final = 0.5
_TOLD_SHARE: Final = 0.5
_ROUNDS: Final = 3
_LONGEST: Final = 12
# Labels tell cameras apart; a letter that stands everywhere (P, H) is a symbol of something else.
_MOST_ALIKE: Final = 3
_NO_RUN: Final = 1e6


@dataclass(frozen=True, eq=False)
class Labels:
    """Labels joined to marks.

    Parameters
    ----------
    text : tuple of str or None
        By mark.
    anchor : array (m, 2)
        The point of the label that keeps one offset from its symbol; NaN where there is no label.
    regular : bool
        Whether such an offset was found.
    share : tuple of float or None
        By mark, what is not told being None: how likely its label is among those that it might be, where it was
        read from a picture.
    by_shape : tuple of bool
        By mark, whether the label was read by the shapes of its letters; empty where none was.
    """

    text: tuple[str | None, ...]
    anchor: Array
    regular: bool
    share: tuple[float | None, ...] = ()
    by_shape: tuple[bool, ...] = ()


@dataclass(frozen=True, eq=False)
class Joined:
    """Runs joined to marks.

    Parameters
    ----------
    pairs : mapping of int to int
        Of a mark, its run.
    hung_by : str
        Which point of a run keeps the offset: "start" or "end" of its baseline, or the "middle" of its box.
    anchors : array (r, 2)
        That point of each run.
    offset : array (2,) or None
        From a mark to the anchor of its run; None where they keep none.
    """

    pairs: Mapping[int, int]
    hung_by: str
    anchors: Array
    offset: Array | None


_NOTHING: Final = Joined(MappingProxyType({}), "start", np.empty((0, 2)), None)


def symbol_size(marks: Sequence[Mark]) -> float:
    """Return the median diagonal of the bodies of some marks, sheet units."""
    sides = [(m.body_box[2] - m.body_box[0], m.body_box[3] - m.body_box[1]) for m in marks]
    return float(np.median([np.hypot(*side) for side in sides]))


def label_like(runs: Sequence[TextRun], places: Array, reach: float, known: Collection[str]) -> list[TextRun]:
    """Return the runs within reach of a symbol that may be its label."""
    near = [run for run in runs if box_distance(np.array([run.box]), places).min() <= reach]
    often = Counter(run.text for run in near)
    names = {same_label(label) for label in known}
    listed = [run for run in near if same_label(run.text) in names]
    short = [run for run in near if len(run.text) <= _LONGEST and " " not in run.text]
    telling = [run for run in short if often[run.text] <= _MOST_ALIKE and run not in listed]
    numbered = [run for run in telling if any(c.isdigit() for c in run.text)]
    if len(listed) + len(numbered) >= len(places) / 2:
        return [*listed, *numbered]
    lettered = [run for run in telling if run.text.isupper() and len(run.text) <= 4]
    return [*listed, *numbered, *(run for run in lettered if run not in numbered)]


def join(runs: Sequence[TextRun], places: Array, size: float, known: Collection[str] = ()) -> Joined:
    """Return the run of each mark, one to one.

    Parameters
    ----------
    runs : sequence of TextRun
        The `label_like` ones.
    places : array (m, 2)
    size : float
        Of a symbol, sheet units.
    known : collection of str
        Labels that the authority's table lists.
    """
    if not runs or not len(places):
        return _NOTHING
    names = {same_label(label) for label in known}
    listed = [j for j, run in enumerate(runs) if same_label(run.text) in names]
    if listed:
        told = _joined([runs[j] for j in listed], places, size, once=True)
        if len(told.pairs) >= _TOLD_SHARE * len(places):
            return _completed(runs, places, size, told, listed)
    return _joined(runs, places, size, once=False)


def _completed(
    runs: Sequence[TextRun], places: Array, size: float, told: Joined, listed: Sequence[int]
) -> Joined:
    """Return what the table's labels joined, and the runs that stand where a label would, for the rest."""
    pairs = {mark: listed[j] for mark, j in told.pairs.items()}
    anchors = _anchors(runs)[told.hung_by]
    bare = [mark for mark in range(len(places)) if mark not in pairs]
    spare = [j for j in range(len(runs)) if j not in pairs.values()]
    if told.offset is not None and bare and spare:
        off = np.hypot(*np.moveaxis(anchors[spare][None] - places[bare][:, None] - told.offset, -1, 0))
        further = _paired(off, REGULAR_WITHIN * size)
        pairs |= {bare[i]: spare[j] for i, j in further.items()}
    return Joined(pairs, told.hung_by, anchors, told.offset)


def _anchors(runs: Sequence[TextRun]) -> dict[str, Array]:
    boxes = np.array([run.box for run in runs])
    return {
        "start": np.array([(run.x, run.y) for run in runs]),
        "middle": (boxes[:, :2] + boxes[:, 2:]) / 2,
        "end": np.column_stack([boxes[:, 2], [run.y for run in runs]]),
    }


def _joined(runs: Sequence[TextRun], places: Array, size: float, *, once: bool) -> Joined:
    """Join runs to marks; `once` lets each text be used by one mark only."""
    alike = [same_label(run.text) for run in runs] if once else None
    apart = box_distance(np.array([run.box for run in runs]), places).T
    reach = REACH * size
    choices = _anchors(runs)
    pairs = _paired(apart, reach, alike)
    hung_by, offset = "start", None
    for _ in range(_ROUNDS):
        if not pairs:
            break
        marks, labels = np.array(list(pairs.items())).T
        spread = {}
        for name, points in choices.items():
            offsets = points[labels] - places[marks]
            off = np.hypot(*(offsets - np.median(offsets, axis=0)).T)
            spread[name] = (float(np.mean(off <= REGULAR_WITHIN * size)), -float(np.median(off)))
        hung_by = max(spread, key=lambda name: spread[name])
        anchors = choices[hung_by]
        if spread[hung_by][0] < _REGULAR_SHARE:
            offset = None
            break
        offset = np.asarray(np.median(anchors[labels] - places[marks], axis=0))
        off = np.hypot(*np.moveaxis(anchors[None] - places[:, None] - offset, -1, 0))
        cost = np.minimum(off, apart + _MOVED_COST * size)
        pairs = _paired(np.where(apart > reach, np.inf, cost), reach, alike)
    return Joined(pairs, hung_by, choices[hung_by], offset)


def _paired(cost: Array, reach: float, alike: Sequence[str] | None = None) -> dict[int, int]:
    """Return the pairs (mark, label) of least cost, none dearer than `reach`.

    Of labels that are `alike` only one is paired, for each mark the cheapest being the one in question.
    """
    columns = list(range(cost.shape[1]))
    groups = [[j] for j in columns]
    if alike is not None:
        groups = [[j for j in columns if alike[j] == text] for text in dict.fromkeys(alike)]
    best = np.array([[min(group, key=lambda j: row[j]) for group in groups] for row in cost])
    least = np.take_along_axis(cost, best, axis=1)
    unpaired = np.full((len(cost), len(cost)), reach)
    rows, chosen = linear_sum_assignment(np.hstack([np.minimum(least, _NO_RUN), unpaired]))
    return {
        int(i): int(best[i, g])
        for i, g in zip(rows, chosen, strict=True)
        if g < least.shape[1] and least[i, g] < reach
    }


def box_distance(boxes: Array, places: Array) -> Array:
    """Return the distance (b, m) from each box to each place."""
    x, y = places[:, 0][None], places[:, 1][None]
    dx = np.maximum(0, np.maximum(boxes[:, 0:1] - x, x - boxes[:, 2:3]))
    dy = np.maximum(0, np.maximum(boxes[:, 1:2] - y, y - boxes[:, 3:4]))
    return np.hypot(dx, dy)


def label_doubts(text: Sequence[str | None]) -> tuple[Finding, ...]:
    """Return how many labels are missing, and which stand beside several symbols."""
    doubts = []
    missing = sum(label is None for label in text)
    if missing:
        doubts.append(raised(WORDS, "sheet.labels-missing", count=missing, of=len(text)))
    often = Counter(label for label in text if label is not None)
    doubts += [
        raised(WORDS, "sheet.label-twice", label, label=label, count=count)
        for label, count in sorted(often.items())
        if count > 1
    ]
    return tuple(doubts)
