"""Camera symbols on a scan, found by the legend's examples."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from visavis.digitising.drawing import Box
from visavis.digitising.legend import Entry
from visavis.digitising.marks import Mark
from visavis.digitising.scans.axis import own_axis_deg
from visavis.digitising.scans.evidence import evidence
from visavis.digitising.scans.explaining import Explanation
from visavis.digitising.scans.found import Found
from visavis.digitising.scans.paper import even_page
from visavis.digitising.scans.scan import Scan
from visavis.digitising.scans.template import templates
from visavis.digitising.words import WORDS
from visavis.model.findings import Finding, raised
from visavis.model.progress import Progress, untold

# The page is read at a resolution where the box of an example has this side.
SIDE_PX: Final = 80.0
# Misfits of neighbouring points are alike: so many of them tell as much as one. The mean, over 13 scans of four
# styles, of the squared ratio of the directions' scatter to the fit's own error was 9.2: 3.5 on clean prints in colour,
# 11 and more on photocopies and on small symbols. Where it is unknown which, the wider error is told.
_ALIKE_POINTS: Final = 9.0
# How well the place of an example is known, and a fit on a page that is nowhere quite flat: 0.31 over the same scans,
# 0.0 to 0.36 with the sheets of one style left out.
_PLACED_PX: Final = 0.3
# How well the axis of an example is measured, and how well its direction is known where that can't be: pages of
# those scans lay up to 0.9° turned, 0.45° in the root of the mean square.
_AXIS_SD_DEG: Final = 0.15
_BY_EYE_SD_DEG: Final = 0.5
# Places named in a finding.
_MOST_TOLD: Final = 12


def find_on_scan(
    scan: Scan,
    legend: Sequence[Entry],
    to_told: Callable[[NDArray[np.float64]], NDArray[np.float64]] = lambda places: places,
    progress: Progress = untold,
) -> tuple[tuple[Mark, ...], tuple[Finding, ...]]:
    """Return the symbols of a scan that look like the legend's examples, those in the legend left out.

    Findings tell places (n, 2) of the scan as `to_told` gives them: on the page as a person sees it.

    Raises
    ------
    SymbolsError
        Where the box of an example holds no drawing.
    """
    boxes = [scan.in_pixels(entry.box) for entry in legend]
    side = float(np.median([max(x1 - x0, y1 - y0) for x0, y0, x1, y1 in boxes]))
    scale = min(1.0, SIDE_PX / side)
    page = even_page(scan.colour, scale)
    known, classes = templates(page, legend, [tuple(v * scale for v in box) for box in boxes])
    found = Explanation(evidence(page, classes), progress).explain(known)
    seen = [each for each in found if not any(within(each, box, scale) for box in boxes)]
    # What only looks much like a symbol is found too, so that other signs show by their number.
    outside = [each for each in seen if each.is_sure]
    axes = {id(each.variant.template): own_axis_deg(each.variant.template) for each in outside}
    marks = tuple(_mark(each, scan.unit / scale, axes[id(each.variant.template)]) for each in outside)
    unsure = np.array([(each.pose.x, each.pose.y) for each in seen if not each.is_sure]).reshape(-1, 2)
    return marks, (*_doubts(legend, marks), *_unsure(to_told(unsure * scan.unit / scale)))


def within(found: Found, box: Box, scale: float) -> bool:
    """Return whether a symbol lies in a box of the scan, in pixels; `scale` is the page's."""
    x, y = found.pose.x / scale, found.pose.y / scale
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _mark(found: Found, unit: float, axis_deg: float | None) -> Mark:
    template = found.variant.template
    at = found.placed(found.variant.points) * unit
    body = found.placed(template.of_body) * unit
    entry = template.entry
    turn = None if found.variant.is_bare else math.degrees(found.pose.turn) % 360
    points_to = None
    if turn is not None and entry.points_to_deg is not None:
        points_to = (entry.points_to_deg + turn + (axis_deg or 0.0)) % 360
    place_sd, turn_sd = _errors(found)
    axis_sd = _BY_EYE_SD_DEG if axis_deg is None else _AXIS_SD_DEG
    return Mark(
        entry,
        found.pose.x * unit,
        found.pose.y * unit,
        place_sd * unit,
        turn,
        points_to,
        None if points_to is None else math.hypot(turn_sd, axis_sd),
        _box(at),
        _box(body),
        agrees=found.agrees,
    )


def _errors(found: Found) -> tuple[float, float]:
    """Return the standard deviations of the place along an axis, pixels of the page, and of the turn, degrees."""
    variance = np.diag(found.covariance)
    place = math.sqrt(float(variance[:2].mean()) * _ALIKE_POINTS + _PLACED_PX**2)
    turn = math.sqrt(float(variance[2]) * _ALIKE_POINTS) if np.isfinite(variance[2]) else 0.0
    return math.hypot(place, found.variant.template.unsure_place), math.degrees(turn)


def _box(at: NDArray[np.float64]) -> Box:
    (x0, y0), (x1, y1) = at.min(axis=0), at.max(axis=0)
    return float(x0), float(y0), float(x1), float(y1)


def _unsure(places: NDArray[np.float64]) -> tuple[Finding, ...]:
    """Return how often something looks much like a symbol and was not taken for one, and where the first are."""
    if not len(places):
        return ()
    told = "; ".join(f"{x:.0f}, {y:.0f}" for x, y in sorted(places.tolist())[:_MOST_TOLD])
    return (raised(WORDS, "sheet.symbols-unsure", count=len(places), places=told),)


def _doubts(legend: Sequence[Entry], marks: Sequence[Mark]) -> list[Finding]:
    doubts = []
    for entry in legend:
        ours = [mark for mark in marks if mark.entry is entry]
        name = entry.name or entry.kind
        bare = sum(mark.points_to_deg is None for mark in ours)
        if not ours:
            doubts.append(raised(WORDS, "sheet.symbol-not-found", name=name, row=entry.row))
        elif entry.points_to_deg is not None and bare:
            code = "sheet.symbols-without-pointer"
            doubts.append(raised(WORDS, code, count=bare, of=len(ours), name=name, row=entry.row))
    return doubts
