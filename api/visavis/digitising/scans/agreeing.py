"""What the symbols found have in common: a better example than the one of the legend.

The legend's example may carry a number of its own or touch its neighbour's letters; what many symbols show at
one point of theirs is the symbol's, what differs from one to the next is not.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from visavis.digitising.scans.evidence import SPREAD, Evidence
from visavis.digitising.scans.found import Found
from visavis.digitising.scans.paper import Page
from visavis.digitising.scans.template import Template

# As many as these are like the third best, and so much worse at most, in share of agreement.
_LEAST: Final = 5
_MOST: Final = 40
_WORSE: Final = 0.04
_RIM: Final = 0.9
# Likeness to the example of what is still its kind: 0.78 and more on 13 scans, 0.28 to 0.69 where letters taught.
_STILL: Final = 0.75
# From so many standard deviations on, a colour is another.
_OTHER: Final = 2.0
_OWN_PX: Final = 4.0
# Of the median absolute deviation from the standard deviation of a normal distribution.
_MAD_TO_SD: Final = 1.4826


def agreed(told: Evidence, template: Template, found: Sequence[Found], *, all_good: bool = False) -> Template:
    """Return a template with the colours that its symbols have in common, weighing by how much they do.

    Where not `all_good`, only those of `found` teach that agree about as well as the best; so they do where what all
    have in common is no longer the example: a few symbols of a kind must not be outvoted by letters. What is then still
    not the example teaches nothing.
    """
    good = _apart(sorted((f for f in found if _is_telling(f)), key=lambda f: -f.share))[:_MOST]
    best = [f for f in good if f.share >= good[min(2, len(good) - 1)].share - _WORSE]
    for teachers in [good, best] if all_good else [best]:
        taught = _taught(told, template, teachers)
        if taught is not None and _likeness(taught, template) >= _STILL:
            return taught
    return template


def _likeness(taught: Template, template: Template) -> float:
    """Return how alike two templates are, over the points at which both are sure: 1 where they are the same."""
    solid = ~template.rim
    weights = np.minimum(taught.weights, template.weights)[solid]
    off = (((taught.colours - template.colours)[solid] / np.array(SPREAD)) ** 2).sum(axis=1)
    return float((weights * np.exp(-0.5 * off)).sum() / max(float(weights.sum()), 1e-9))


def _taught(told: Evidence, template: Template, best: Sequence[Found]) -> Template | None:
    """Return a template with the colours that some symbols have in common; None where they are too few to tell."""
    if len(best) < _LEAST:
        return None
    every = np.ones(len(template.offsets), dtype=bool)
    shown = np.stack([shown_at(told.page, each, every) for each in best])
    colours = np.median(shown, axis=0)
    off = np.sqrt((((shown - colours) / np.array(SPREAD)) ** 2).sum(axis=2))
    scatter = _MAD_TO_SD * np.median(off, axis=0) / np.sqrt(3.0)
    strays = (off > 2.5).mean(axis=0)
    sure = 1.0 / (1.0 + scatter**2) * np.clip(1.0 - 2.5 * strays, 0.0, 1.0)
    weights = np.where(template.rim, template.weights, np.maximum(sure, 1e-3))
    return replace(
        template,
        colours=np.where(template.rim[:, None], template.colours, colours).astype(np.float32),
        classes=_classes(told, template, colours),
        weights=weights.astype(np.float32),
    )


def _classes(told: Evidence, template: Template, colours: NDArray[np.float32]) -> NDArray[np.int64]:
    """Return the colour class of each point, another one where what the symbols show there is another colour."""
    spread = np.array(SPREAD, dtype=np.float32)
    other = (((colours - template.colours) / spread) ** 2).sum(axis=1) > _OTHER**2
    off = (((colours[:, None] - told.classes) / spread) ** 2).sum(axis=2)
    return np.where(other & ~template.rim, off.argmin(axis=1), template.classes).astype(np.int64)


def _is_telling(found: Found) -> bool:
    """Return whether a candidate may teach: its rim is clear, and it is not the example itself."""
    at = found.variant.template.at
    own = math.hypot(found.pose.x - at[0], found.pose.y - at[1]) <= _OWN_PX
    return found.rim >= _RIM and not own


def _apart(found: Sequence[Found]) -> list[Found]:
    """Return the first of those that lie at one place."""
    kept: list[Found] = []
    for each in found:
        near = each.variant.template.radius / 2
        if all(math.hypot(each.pose.x - k.pose.x, each.pose.y - k.pose.y) > near for k in kept):
            kept.append(each)
    return kept


def shown_at(page: Page, found: Found, points: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Return L*, a*, b* (n, 3) of the page at points of a symbol's template."""
    at = (found.placed(points) - 0.5).astype(np.float32)
    coded = cv2.remap(
        page.lab, at[:, 0][:, None], at[:, 1][:, None], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )[:, 0]
    scale, zero = np.array([100 / 255, 1, 1]), np.array([0, 128, 128])
    return np.asarray(coded * scale - zero, dtype=np.float32)
