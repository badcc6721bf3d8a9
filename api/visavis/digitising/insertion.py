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

from visavis.digitising.joining import Labels
from visavis.digitising.legend import Entry
from visavis.digitising.marks import Mark

Array = NDArray[np.float64]

_LEAST_LABELS: Final = 5
_STRAY: Final = 4.0  # in robust standard deviations
_LEAST_AGREEING: Final = 0.5
# The labels must fix the point better than the centroid does, by this factor.
_LEAST_GAIN: Final = 0.5
# Of the median distance from the centre to the standard deviation along an axis, in the plane.
_MEDIAN_TO_SD: Final = 0.8493
_ROUNDS: Final = 30
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
    turned = np.array([marks[i].entry in wanted for i in good])
    solved, sd = _solve(design, target, turned)
    if solved is None:
        return tuple(marks)
    shifts = {entry: (solved[2 + 2 * k : 4 + 2 * k], sd[2 + 2 * k]) for k, entry in enumerate(wanted)}
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


def _solve(design: Array, target: Array, turned: NDArray[np.bool_]) -> tuple[Array | None, Array]:
    """Return the solution over the labels that agree, and the standard deviation of each unknown.

    The least sum of distances (by reweighting) is hardly led by labels that were moved aside; what
    lies far from it is left out, and the rest solved by least squares. `turned` tells the labels
    that bear on a shift: only their scatter says how well it is known.
    """
    if np.linalg.matrix_rank(design) < design.shape[1]:
        return None, np.empty(0)
    weight = np.ones(len(turned))
    off = weight
    for _ in range(_ROUNDS):
        root = np.repeat(np.sqrt(weight), 2)
        solution = np.linalg.lstsq(design * root[:, None], target * root, rcond=None)[0]
        off = np.hypot(*(target - design @ solution).reshape(-1, 2).T)
        weight = 1 / np.maximum(off, _ROUNDING_PT)
    kept = off <= _STRAY * _MEDIAN_TO_SD * float(np.median(off[turned])) + _ROUNDING_PT
    rows = np.repeat(kept, 2)
    agreeing = kept & turned
    spare = 2 * int(agreeing.sum()) - design.shape[1] + 2
    fixed = np.linalg.matrix_rank(design[rows]) == design.shape[1]
    if agreeing.sum() < _LEAST_AGREEING * turned.sum() or spare <= 0 or not fixed:
        return None, np.empty(0)
    solution = np.linalg.lstsq(design[rows], target[rows], rcond=None)[0]
    residual = (target - design @ solution).reshape(-1, 2)
    variance = float((residual[agreeing] ** 2).sum()) / spare
    inverse = np.linalg.inv(design[rows].T @ design[rows])
    return np.asarray(solution, dtype=np.float64), np.sqrt(variance * np.diag(inverse))


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
