"""The labels of a drawn sheet: runs that it stores as text, and letters that it draws as outlines."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

import numpy as np

from visavis.digitising.glyphs import outlined_runs
from visavis.digitising.joining import (
    REACH,
    Labels,
    box_distance,
    join,
    label_doubts,
    label_like,
    symbol_size,
)
from visavis.digitising.legend import Entry
from visavis.digitising.lettering import TextRun
from visavis.digitising.marks import Mark
from visavis.digitising.sheet import Sheet
from visavis.digitising.words import WORDS
from visavis.model.findings import Finding, raised

_LARGEST: Final = 2 * REACH  # of a piece of lettering, in sizes of a symbol


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
    size = symbol_size(marks)
    stored = [part for run in sheet.texts for part in _parts(run) if not in_legend(part, legend)]
    runs = label_like(stored, places, REACH * size, known)
    joined = join(runs, places, size, known)
    drawn: list[TextRun] = []
    unread = 0
    if len(joined.pairs) < len(marks):
        drawn, unread = _drawn(sheet, legend, marks, size)
        runs = label_like([*stored, *drawn], places, REACH * size, known)
        joined = join(runs, places, size, known)
    pairs, anchors = joined.pairs, joined.anchors
    text = tuple(runs[pairs[i]].text if i in pairs else None for i in range(len(marks)))
    anchor = np.array([anchors[pairs[i]] if i in pairs else (np.nan, np.nan) for i in range(len(marks))])
    by_shape = tuple(i in pairs and runs[pairs[i]] in drawn for i in range(len(marks)))
    doubts = list(label_doubts(text))
    if any(by_shape):
        doubts.append(raised(WORDS, "sheet.labels-read-by-shape", count=sum(by_shape)))
    if unread and None in text:
        doubts.append(raised(WORDS, "sheet.lettering-unread", count=unread))
    return Labels(text, anchor, joined.offset is not None, by_shape=by_shape), tuple(doubts)


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
            or max(x1 - x0, y1 - y0) > _LARGEST * size
        ):
            continue
        if box_distance(np.array([shape.box]), places).min() <= REACH * size:
            near.append(shape)
    runs, unread = outlined_runs(near)
    return [run for run in runs if not in_legend(run, legend)], unread


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


def in_legend(run: TextRun, legend: Sequence[Entry]) -> bool:
    """Return whether a run stands within a box of the legend."""
    x, y = (run.box[0] + run.box[2]) / 2, (run.box[1] + run.box[3]) / 2
    return any(e.box[0] <= x <= e.box[2] and e.box[1] <= y <= e.box[3] for e in legend)
