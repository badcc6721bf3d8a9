"""Where exactly a symbol without a centre stands: told by its labels.

A program sets a symbol by an insertion point and hangs the label at one offset from it. For a wedge or an
arrow that point is not written on the sheet; but the labels of wedges that point every way share one offset
from it. With the centroid c, the turn R and the label's anchor a of each symbol, a = c + R·s + d holds for
one shift s a legend row and one offset d a sheet: linear least squares, solved with strays left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from visavis.digitising.labels import Labels
from visavis.digitising.legend import Entry
from visavis.digitising.marks import Mark

Array = NDArray[np.float64]

_LEAST_LABELS: Final = 5
_STRAY: Final = 4.0  # in robust standard deviations
_LEAST_AGREEING: Final = 0.5
# The labels must fix the point better than the centroid does, by this factor.
_LEAST_GAIN: Final = 0.5
_MAD_TO_SD: Final = 1.4826
_ROUNDING_PT: Final = 0.003


def set_by_labels(marks: Sequence[Mark], labels: Labels) -> tuple[Mark, ...]:
    """Return the marks, those without a centre moved to the insertion point that their labels tell.

    Marks stay where the labels are too few, too scattered, or all turned the same way.
    """
    unsure = [entry for entry in dict.fromkeys(mark.entry for mark in marks) if _is_unsure(marks, entry)]
    good = [
        i for i, mark in enumerate(marks) if np.isfinite(labels.anchor[i]).all() and _is_usable(mark, unsure)
    ]
    wanted = [e for e in unsure if sum(marks[i].entry == e for i in good) >= _LEAST_LABELS]
    good = [i for i in good if marks[i].entry in wanted or marks[i].entry not in unsure]
    if not labels.regular or not wanted:
        return tuple(marks)
    design, target = _equations([marks[i] for i in good], labels.anchor[good], wanted)
    solved, covariance = _solve(design, target)
    if solved is None:
        return tuple(marks)
    shifts = {entry: (solved[2 + 2 * k : 4 + 2 * k], covariance[2 + 2 * k]) for k, entry in enumerate(wanted)}
    return tuple(_moved(mark, *shifts[mark.entry]) if mark.entry in shifts else mark for mark in marks)


def _is_unsure(marks: Sequence[Mark], entry: Entry) -> bool:
    return any(mark.entry == entry and mark.place_sd > 2 * _ROUNDING_PT for mark in marks)


def _is_usable(mark: Mark, unsure: Sequence[Entry]) -> bool:
    return mark.entry not in unsure or mark.turn_deg is not None


def _equations(marks: Sequence[Mark], anchors: Array, wanted: Sequence[Entry]) -> tuple[Array, Array]:
    """Return the design matrix (2n, 2 + 2k) and target (2n,) for d and the shift of each wanted entry."""
    design = np.zeros((len(marks), 2, 2 + 2 * len(wanted)))
    design[:, :, :2] = np.eye(2)
    for i, mark in enumerate(marks):
        if mark.entry in wanted:
            at = 2 + 2 * wanted.index(mark.entry)
            design[i, :, at : at + 2] = _turn(mark)
    target = anchors - np.array([(mark.x, mark.y) for mark in marks])
    return design.reshape(-1, design.shape[2]), target.ravel()


def _solve(design: Array, target: Array) -> tuple[Array | None, Array]:
    """Return the solution over the labels that agree, and the standard deviation of each unknown."""
    kept = np.ones(len(target) // 2, dtype=bool)
    # Start from the median offset: a label that was moved aside must not lead the first fit.
    residual = (target.reshape(-1, 2) - np.median(target.reshape(-1, 2), axis=0)).ravel()
    solution = None
    for _ in range(6):
        off = np.hypot(*residual.reshape(-1, 2).T)
        limit = _STRAY * _MAD_TO_SD * float(np.median(off)) + _ROUNDING_PT
        kept = off <= limit
        rows = np.repeat(kept, 2)
        if np.linalg.matrix_rank(design[rows]) < design.shape[1]:
            return None, np.empty(0)
        solution = np.linalg.lstsq(design[rows], target[rows], rcond=None)[0]
        residual = target - design @ solution
    rows = np.repeat(kept, 2)
    spare = int(rows.sum()) - design.shape[1]
    if kept.mean() < _LEAST_AGREEING or spare <= 0:
        return None, np.empty(0)
    variance = float((residual[rows] ** 2).sum()) / spare
    inverse = np.linalg.inv(design[rows].T @ design[rows])
    return solution, np.sqrt(variance * np.diag(inverse))


def _moved(mark: Mark, shift: Array, shift_sd: float) -> Mark:
    if mark.turn_deg is None or shift_sd > _LEAST_GAIN * mark.place_sd:
        return mark
    dx, dy = _turn(mark) @ shift
    return replace(
        mark, x=mark.x + float(dx), y=mark.y + float(dy), place_sd=float(np.hypot(shift_sd, _ROUNDING_PT))
    )


def _turn(mark: Mark) -> Array:
    angle_rad = np.radians(mark.turn_deg or 0.0)
    cos, sin = np.cos(angle_rad), np.sin(angle_rad)
    return np.array([[cos, -sin], [sin, cos]])
