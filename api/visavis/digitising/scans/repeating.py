"""Symbols of something else that look much like a camera's: told by what they all do wrong in the same way.

What covers a camera, a label or a line, spoils it in a way of its own. Where several candidates of one example
disagree with it at the same places, they are another sign of the sheet: a P in a square of the same colour.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from visavis.digitising.scans.agreeing import shown_at
from visavis.digitising.scans.evidence import SPREAD
from visavis.digitising.scans.found import Found
from visavis.digitising.scans.paper import Page

# So much worse than the middle one of its example, in share of agreement: worth a look.
_WORSE: Final = 0.05
_CELLS: Final = 24
_ALIKE: Final = 0.6
_LEAST_GROUP: Final = 3


def without_others(page: Page, found: Sequence[Found]) -> list[Found]:
    """Return the symbols found, groups left out that disagree with their example in one and the same way."""
    left_out: set[int] = set()
    for entry in {id(f.variant.template): f.variant.template for f in found}.values():
        ours = [i for i, f in enumerate(found) if f.variant.template is entry]
        middle = float(np.median([found[i].share for i in ours]))
        worse = [i for i in ours if found[i].share * found[i].rim < middle - _WORSE]
        if len(worse) < _LEAST_GROUP:
            continue
        maps = np.stack([_disagreement(page, found[i]).ravel() for i in worse])
        maps -= maps.mean(axis=1, keepdims=True)
        length = np.sqrt((maps**2).sum(axis=1, keepdims=True))
        maps = maps / np.maximum(length, 1e-9)
        alike = maps @ maps.T >= _ALIKE
        left_out |= {i for i, row in zip(worse, alike, strict=True) if row.sum() >= _LEAST_GROUP}
    return [f for i, f in enumerate(found) if i not in left_out]


def _disagreement(page: Page, found: Found) -> NDArray[np.float32]:
    """Return where a symbol disagrees with its example, on a square of cells as the page lies."""
    t = found.variant.template
    points = found.variant.points
    off = np.sqrt((((shown_at(page, found, points) - t.colours[points]) / np.array(SPREAD)) ** 2).sum(axis=1))
    wrong = np.where(t.rim[points], np.exp(-0.5 * off**2), 1 - np.exp(-0.5 * off**2)) * t.weights[points]
    at = (found.placed(points) - np.array([found.pose.x, found.pose.y])) / t.radius
    cell = np.clip(((at + 1) / 2 * _CELLS).astype(np.int64), 0, _CELLS - 1)
    square = np.zeros((_CELLS, _CELLS), dtype=np.float32)
    np.add.at(square, (cell[:, 1], cell[:, 0]), wrong.astype(np.float32))
    return np.asarray(cv2.GaussianBlur(square, (0, 0), 0.8), dtype=np.float32)
