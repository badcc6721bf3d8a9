"""The labels of a scan: read where the sheet's labels hang, and judged by which labels the sheet may bear.

1. Text around the symbols is found and read; what looks like labels tells where they hang and of what form they
   are. Whether they stand inside the symbols is tried as well.
2. At that place beside every symbol, found there or not, each possible label is given its probability: of those
   that the table lists, or of that form.
3. Labels tell cameras apart: each is given once, so that their probabilities multiply to the most. One that is
   unlikely, or hardly likelier than another that is still free, is left out.
4. A symbol that has none yet takes a piece of text near it that is no other symbol's.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from scipy.special import logsumexp

from visavis.digitising.joining import REACH, Labels, box_distance, label_doubts, symbol_size
from visavis.digitising.labels import in_legend
from visavis.digitising.legend import Entry
from visavis.digitising.marks import Mark
from visavis.digitising.scans.forms import possible_labels
from visavis.digitising.scans.hanging import Hanging, learn_hanging, sure_label
from visavis.digitising.scans.near import Piece, pieces_near
from visavis.digitising.scans.recognising import line_picture, log_likelihoods, read_lines
from visavis.digitising.scans.scan import Scan
from visavis.digitising.words import WORDS
from visavis.model.findings import Finding, raised

Array = NDArray[np.float64]
Pixels = NDArray[np.uint8]

_LOOKED_AT: Final = 48  # symbols around which text is sought at first
# Margins, in heights, at which the same label is read again.
_MARGINS: Final = ((0.0, 0.0), (-0.05, -0.15), (0.0, -0.1))
_LEAST_LOG: Final = -6.0
_LEAST_SHARE: Final = 0.6
_NEVER: Final = -1e6


def read_labels(
    scan: Scan, legend: Sequence[Entry], marks: Sequence[Mark], listed: Collection[str] = ()
) -> tuple[Labels, tuple[Finding, ...]]:
    """Return the label of each mark, one to one; its anchor is not told: it is read where it is expected.

    Parameters
    ----------
    listed : collection of str
        Labels that the authority's table lists.
    """
    none = np.full((len(marks), 2), np.nan)
    if not marks:
        return Labels((), none, False), ()
    places = np.array([(mark.x, mark.y) for mark in marks]) / scan.unit
    bodies = np.array([scan.in_pixels(mark.body_box) for mark in marks])
    size = symbol_size(marks) / scan.unit
    looked_at = np.unique(np.linspace(0, len(marks) - 1, min(_LOOKED_AT, len(marks))).astype(int))
    pieces = _outside(pieces_near(scan.colour, places[looked_at], size), legend, scan)
    hanging, read = learn_hanging(scan.colour, places, bodies, size, pieces, listed)
    read += [label for piece in pieces if (label := sure_label(piece.reading))]
    possible = possible_labels(listed, read)
    text: list[str | None] = [None] * len(marks)
    share: list[float | None] = [None] * len(marks)
    if hanging is not None and possible:
        text, share = _decided(_expected(scan.colour, places, hanging, possible), possible)
    bare = [i for i, label in enumerate(text) if label is None]
    if bare and possible:
        further = [i for i in bare if i not in looked_at]
        pieces += _outside(pieces_near(scan.colour, places[further], size), legend, scan) if further else []
        free = _unclaimed(pieces, places, hanging, text)
        further_labels = _moved(free, places[bare], size, [p for p in possible if p not in text])
        for i, (label, likely) in further_labels.items():
            text[bare[i]], share[bare[i]] = label, likely
    doubts = list(label_doubts(text))
    by_picture = len(text) - text.count(None)
    if by_picture:
        doubts.append(raised(WORDS, "sheet.labels-read-from-picture", count=by_picture))
    return Labels(tuple(text), none, False, tuple(share)), tuple(doubts)


def _expected(colour: Pixels, places: Array, hanging: Hanging, possible: Sequence[str]) -> Array:
    """Return the log-probability (m, p) of each possible label at the place where it would hang."""
    longest = max(map(len, possible))
    told = []
    for margin in _MARGINS:
        lines = [line_picture(colour, hanging.corners(place, longest, margin)) for place in places]
        told.append(np.array([log_likelihoods(line.probability, possible) for line in read_lines(lines)]))
    return np.asarray(logsumexp(told, axis=0) - np.log(len(told)))


def _decided(log_probability: Array, possible: Sequence[str]) -> tuple[list[str | None], list[float | None]]:
    """Return a label for each row, each label once, none where it would be a guess; and how likely each is."""
    rows = len(log_probability)
    none = np.full((rows, rows), _LEAST_LOG)
    weighed = np.hstack([np.maximum(log_probability, _NEVER), none])
    chosen = linear_sum_assignment(weighed, maximize=True)[1]
    taken = {int(column): row for row, column in enumerate(chosen) if column < len(possible)}
    labels: list[str | None] = [None] * rows
    shares: list[float | None] = [None] * rows
    for row, column in enumerate(chosen):
        if column >= len(possible):
            continue
        free = [c for c in range(len(possible)) if taken.get(c, row) == row]
        share = np.exp(log_probability[row, column] - logsumexp(log_probability[row, free]))
        if share >= _LEAST_SHARE:
            labels[row], shares[row] = possible[int(column)], float(share)
    return labels, shares


def _outside(pieces: Sequence[Piece], legend: Sequence[Entry], scan: Scan) -> list[Piece]:
    boxes = [Entry(e.row, e.kind, e.name, scan.in_pixels(e.box), e.points_to_deg) for e in legend]
    return [piece for piece in pieces if not in_legend(piece.run(), boxes)]


def _unclaimed(
    pieces: Sequence[Piece], places: Array, hanging: Hanging | None, text: Sequence[str | None]
) -> list[Piece]:
    """Return the pieces that are not the label of a symbol that has one."""
    labelled = [i for i, label in enumerate(text) if label is not None]
    if hanging is None or not labelled:
        return list(pieces)
    middles = np.array([hanging.corners(places[i], len(text[i] or "")).mean(axis=0) for i in labelled])
    return [
        piece
        for piece in pieces
        if np.hypot(*(middles - piece.middle).T).min() > max(piece.height, hanging.height)
    ]


def _moved(
    pieces: Sequence[Piece], places: Array, size: float, possible: Sequence[str]
) -> dict[int, tuple[str, float]]:
    """Return the label of each place that has just one possible label near it, by the least distance.

    With each goes how likely it is among the possible ones.
    """
    told = [
        np.asarray(log_likelihoods(piece.reading.probability, possible)) for piece in pieces if len(possible)
    ]
    good = [
        (piece, possible[int(log.argmax())], likely)
        for piece, log in zip(pieces, told, strict=True)
        if log.max() >= _LEAST_LOG and (likely := float(np.exp(log.max() - logsumexp(log)))) >= _LEAST_SHARE
    ]
    if not good:
        return {}
    apart = box_distance(np.array([piece.run().box for piece, _, _ in good]), places).T
    reach = REACH * size
    rows, columns = linear_sum_assignment(np.hstack([apart, np.full((len(places),) * 2, reach)]))
    found: dict[int, tuple[str, float]] = {}
    for i, j in zip(rows, columns, strict=True):
        taken = {label for label, _ in found.values()}
        if j < len(good) and apart[i, j] < reach and good[j][1] not in taken:
            found[int(i)] = good[j][1:]
    return found
