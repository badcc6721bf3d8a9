"""What of the drawn shapes a reader sees: what a later, opaque shape covers is not there for him."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Protocol, TypeVar

import shapely

from visavis.digitising.drawing import Box, Shape
from visavis.digitising.sheet import Sheet

# A panel is much larger than the symbols that it covers; symbols that cover each other in part stay.
_PANEL_TIMES: Final = 10.0
# How far a part of an example may reach out of the box that a person drew around it, as a share of the box.
_REACH: Final = 0.5


class _Placed(Protocol):
    @property
    def body_box(self) -> Box: ...


_P = TypeVar("_P", bound=_Placed)


def shown_inside(sheet: Sheet, box: Box) -> list[Shape]:
    """Return the shapes that make up what a reader sees in a box, what lies beneath its ground left out."""
    ground = max((shape.order for shape in sheet.shapes if _covers(shape, box)), default=-1)
    return [shape for shape in sheet.shapes if shape.order > ground and _belongs(shape.box, box)]


def hidden(sheet: Sheet, marks: Sequence[_P]) -> tuple[list[_P], list[_P]]:
    """Return the marks in view, and those that an opaque panel drawn later covers."""
    panels = [shape for shape in sheet.shapes if shape.fill is not None and len(shape.outlines[0]) > 2]
    bodies = {
        mark.body_box: max((shape.order for shape in sheet.shapes if shape.box == mark.body_box), default=-1)
        for mark in marks
    }
    seen: list[_P] = []
    unseen: list[_P] = []
    for mark in marks:
        large = [panel for panel in panels if _area(panel.box) > _PANEL_TIMES * _area(mark.body_box)]
        covered = any(
            panel.order > bodies[mark.body_box] and _covers(panel, mark.body_box) for panel in large
        )
        (unseen if covered else seen).append(mark)
    return seen, unseen


def _covers(shape: Shape, box: Box) -> bool:
    x0, y0, x1, y1 = shape.box
    if shape.fill is None or x0 > box[0] or y0 > box[1] or x1 < box[2] or y1 < box[3]:
        return False
    outer = max(shape.outlines, key=lambda points: float(abs(points).max()))
    if len(outer) < 3:
        return False
    return bool(shapely.covers(shapely.make_valid(shapely.Polygon(outer)), shapely.box(*box)))


def _belongs(inner: Box, box: Box) -> bool:
    x, y = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    wide, high = _REACH * (box[2] - box[0]), _REACH * (box[3] - box[1])
    return (
        box[0] <= x <= box[2]
        and box[1] <= y <= box[3]
        and inner[0] >= box[0] - wide
        and inner[1] >= box[1] - high
        and inner[2] <= box[2] + wide
        and inner[3] <= box[3] + high
    )


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])
