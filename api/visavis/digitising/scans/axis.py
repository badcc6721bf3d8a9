"""The way that an example really points: its own axis, as a person tells it by eye and pages lie a little turned."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from visavis.digitising.scans.evidence import SPREAD
from visavis.digitising.scans.template import Template

Array = NDArray[np.float64]

# A person tells a direction to a few degrees; the axis is sought that far about it.
_REACH_DEG: Final = 4.0
# As wide as three steps tell a parabola from the grain of a small symbol's outline.
_STEP_DEG: Final = 1.0
_BLUR_PX: Final = 1.2
_ASIDE: Final = 0.06
_ASIDE_STEP_PX: Final = 0.25
# An axis is believed where mirroring about it leaves less than this share of the drawing unlike itself.
_MOST_UNLIKE: Final = 0.12
_PAPER: Final = (100.0, 0.0, 0.0)


def own_axis_deg(template: Template) -> float | None:
    """Return how far the axis about which a symbol is its own mirror image lies clockwise from where it was said to.

    None where it points nowhere, or has no such axis near by.
    """
    points_to_deg = template.entry.points_to_deg
    if points_to_deg is None:
        return None
    picture, middle = _drawn(template)
    ink = float((np.linalg.norm(picture - picture[0, 0], axis=2) ** 2).sum())
    tilts = np.arange(-_REACH_DEG, _REACH_DEG + _STEP_DEG / 2, _STEP_DEG)
    aside = np.arange(-_ASIDE * template.radius, _ASIDE * template.radius + 0.01, _ASIDE_STEP_PX)
    unlike = np.array(
        [min(_unlike(picture, middle, points_to_deg + tilt, offset) for offset in aside) for tilt in tilts]
    )
    best = int(unlike.argmin())
    if best in (0, len(tilts) - 1) or unlike[best] > _MOST_UNLIKE * ink:
        return None
    before, there, after = unlike[best - 1 : best + 2]
    bend = before - 2 * there + after
    return float(tilts[best] + (_STEP_DEG * (before - after) / (2 * bend) if bend > 0 else 0.0))


def _drawn(template: Template) -> tuple[NDArray[np.float32], Array]:
    """Return the symbol drawn on paper, colours in standard deviations, and its place there."""
    solid = ~template.rim
    at = template.offsets[solid] - template.offsets[solid].min(axis=0)
    margin = 3 + int(np.ceil(0.1 * template.radius))
    column, row = (np.rint(at).astype(np.int64) + margin).T
    picture = np.empty((int(row.max()) + margin + 1, int(column.max()) + margin + 1, 3), dtype=np.float32)
    picture[:] = _PAPER
    picture[row, column] = template.colours[solid]
    shift = np.array([column[0], row[0]]) - template.offsets[solid][0]
    spread = np.array(SPREAD, dtype=np.float32)
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), _BLUR_PX) / spread, dtype=np.float32), shift


def _unlike(picture: NDArray[np.float32], middle: Array, axis_deg: float, aside: float) -> float:
    """Return how much a picture is unlike its mirror image about an axis that passes beside its middle."""
    angle_rad = np.radians(axis_deg)
    across = np.array([np.cos(angle_rad), np.sin(angle_rad)])
    linear = np.eye(2) - 2 * np.outer(across, across)
    at = middle + aside * across
    mirrored = cv2.warpAffine(
        picture,
        np.column_stack([linear, at - linear @ at]),
        (picture.shape[1], picture.shape[0]),
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return float(((picture - mirrored) ** 2).sum()) / 2
