"""Which label belongs to which symbol.

A label is a short run with a digit in it (or one that the table of cameras knows) that stands near a symbol.
Programs hang labels at one offset from the symbol: it is learned from the sheet, then labels and symbols are
joined one to one so that the sum of their distances from that offset is least.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from visavis.digitising.glyphs import outlined_runs
from visavis.digitising.legend import Entry
from visavis.digitising.lettering import TextRun
from visavis.digitising.marks import Mark
from visavis.digitising.sheet import Sheet
from visavis.digitising.tables import same_label
from visavis.digitising.words import WORDS
from visavis.model.findings import Finding, raised

Array = NDArray[np.float64]

# Lengths in sizes of a symbol (the median diagonal of their bodies).
_REACH: Final = 2.5
_REGULAR_WITHIN: Final = 0.2
_MOVED_COST: Final = 0.4
_REGULAR_SHARE: Final = 0.5
_ROUNDS: Final = 3
_LONGEST: Final = 12
# Labels tell cameras apart; a letter that stands everywhere (P, H) is a symbol of something else.
_MOST_ALIKE: Final = 3


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
    """

    text: tuple[str | None, ...]
    anchor: Array
    regular: bool


def join_labels(
    sheet: Sheet, legend: Sequence[Entry], marks: Sequence[Mark], known: Collection[str] = ()
) -> tuple[Labels, tuple[Finding, ...]]:
    """Return the label of each mark, one to one.

    Parameters
    ----------
    known : collection of str
        Labels that the authority's table lists, which may be words without a digit.
    """
    if not marks:
        return Labels((), np.empty((0, 2)), False), ()
    places = np.array([(mark.x, mark.y) for mark in marks])
    size = float(
        np.median([np.hypot(m.body_box[2] - m.body_box[0], m.body_box[3] - m.body_box[1]) for m in marks])
    )
    stored = [part for run in sheet.texts for part in _parts(run) if not _in_legend(part, legend)]
    runs = _label_like(stored, places, _REACH * size, known)
    pairs, anchors, regular = _joined(runs, places, size)
    drawn: list[TextRun] = []
    unread = 0
    if len(pairs) < len(marks):
        drawn, unread = _drawn(sheet, legend, marks, size)
        runs = _label_like([*stored, *drawn], places, _REACH * size, known)
        pairs, anchors, regular = _joined(runs, places, size)
    text = tuple(runs[pairs[i]].text if i in pairs else None for i in range(len(marks)))
    anchor = np.array([anchors[pairs[i]] if i in pairs else (np.nan, np.nan) for i in range(len(marks))])
    findings = _doubts(text, sum(runs[j] in drawn for j in pairs.values()), unread)
    return Labels(text, anchor, regular), findings


def _drawn(
    sheet: Sheet, legend: Sequence[Entry], marks: Sequence[Mark], size: float
) -> tuple[list[TextRun], int]:
    """Return the runs near symbols that are drawn as outlines, and how many can't be read."""
    places = np.array([(mark.x, mark.y) for mark in marks])
    symbols = {order for mark in marks for order in mark.parts}
    near = []
    for shape in sheet.shapes:
        x0, y0, x1, y1 = shape.box
        if (
            shape.order in symbols
            or shape.fill is None
            or shape.stroke is not None
            or max(x1 - x0, y1 - y0) > _REACH * 2 * size
        ):
            continue
        if _box_distance(np.array([shape.box]), places).min() <= _REACH * size:
            near.append(shape)
    runs, unread = outlined_runs(near)
    return [run for run in runs if not _in_legend(run, legend)], unread


def _parts(run: TextRun) -> list[TextRun]:
    """Return the run, or its words where each could be a label of its own."""
    words = run.text.split()
    if len(words) < 2 or not all(any(c.isdigit() for c in word) for word in words):
        return [run]
    x0, y0, x1, y1 = run.box
    per_letter = (x1 - x0) / len(run.text)
    parts: list[tuple[str, int]] = []
    for word in words:
        start = run.text.index(word) if not parts else run.text.index(word, parts[-1][1])
        parts.append((word, start + len(word)))
    return [
        TextRun(
            word,
            x0 + (end - len(word)) * per_letter,
            run.y,
            run.turn_deg,
            run.size,
            (x0 + (end - len(word)) * per_letter, y0, x0 + end * per_letter, y1),
        )
        for word, end in parts
    ]


def _label_like(
    runs: Sequence[TextRun], places: Array, reach: float, known: Collection[str]
) -> list[TextRun]:
    near = [run for run in runs if _box_distance(np.array([run.box]), places).min() <= reach]
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


def _joined(runs: Sequence[TextRun], places: Array, size: float) -> tuple[dict[int, int], Array, bool]:
    """Return the run of each mark, the anchors of all runs, and whether they keep one offset."""
    if not runs:
        return {}, np.empty((0, 2)), False
    boxes = np.array([run.box for run in runs])
    apart = _box_distance(boxes, places)
    reach = _REACH * size
    choices = {
        "start": np.array([(run.x, run.y) for run in runs]),
        "middle": (boxes[:, :2] + boxes[:, 2:]) / 2,
        "end": np.column_stack([boxes[:, 2], [run.y for run in runs]]),
    }
    pairs = _paired(apart.T, reach)
    anchors, regular = choices["start"], False
    for _ in range(_ROUNDS):
        if not pairs:
            break
        marks, labels = np.array(list(pairs.items())).T
        spread = {}
        for name, points in choices.items():
            offsets = points[labels] - places[marks]
            off = np.hypot(*(offsets - np.median(offsets, axis=0)).T)
            spread[name] = (float(np.mean(off <= _REGULAR_WITHIN * size)), -float(np.median(off)))
        best = max(spread, key=lambda name: spread[name])
        anchors, regular = choices[best], spread[best][0] >= _REGULAR_SHARE
        if not regular:
            break
        offset = np.median(anchors[labels] - places[marks], axis=0)
        off = np.hypot(*np.moveaxis(anchors[None] - places[:, None] - offset, -1, 0))
        cost = np.minimum(off, apart.T + _MOVED_COST * size)
        pairs = _paired(np.where(apart.transpose() > reach, np.inf, cost), reach)
    return pairs, anchors, regular


def _paired(cost: Array, reach: float) -> dict[int, int]:
    """Return the pairs (mark, label) of least cost, none dearer than `reach`."""
    unpaired = np.full((len(cost), len(cost)), reach)
    rows, columns = linear_sum_assignment(np.hstack([np.minimum(cost, 1e6), unpaired]))
    return {
        int(i): int(j) for i, j in zip(rows, columns, strict=True) if j < cost.shape[1] and cost[i, j] < reach
    }


def _box_distance(boxes: Array, places: Array) -> Array:
    """Return the distance (b, m) from each box to each place."""
    x, y = places[:, 0][None], places[:, 1][None]
    dx = np.maximum(0, np.maximum(boxes[:, 0:1] - x, x - boxes[:, 2:3]))
    dy = np.maximum(0, np.maximum(boxes[:, 1:2] - y, y - boxes[:, 3:4]))
    return np.hypot(dx, dy)


def _in_legend(run: TextRun, legend: Sequence[Entry]) -> bool:
    x, y = (run.box[0] + run.box[2]) / 2, (run.box[1] + run.box[3]) / 2
    return any(e.box[0] <= x <= e.box[2] and e.box[1] <= y <= e.box[3] for e in legend)


def _doubts(text: Sequence[str | None], by_shape: int, unread: int) -> tuple[Finding, ...]:
    doubts = []
    missing = sum(label is None for label in text)
    if missing:
        doubts.append(raised(WORDS, "sheet.labels-missing", count=missing, of=len(text)))
    if by_shape:
        doubts.append(raised(WORDS, "sheet.labels-read-by-shape", count=by_shape))
    if unread and missing:
        doubts.append(raised(WORDS, "sheet.lettering-unread", count=unread))
    often = Counter(label for label in text if label is not None)
    doubts += [
        raised(WORDS, "sheet.label-twice", label, label=label, count=count)
        for label, count in sorted(often.items())
        if count > 1
    ]
    return tuple(doubts)
