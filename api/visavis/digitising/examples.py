"""A legend example taken apart: which part marks the place, which parts point.

The *body* stands on the place; *core* parts are as symmetric as the body and lie around the same centre;
*pointers* are all that breaks the symmetry: arrows, wedges, the lines of a field of view.

The *place* of a symbol is the centre of its body. The body is the largest closed part that some turn lays on
itself (disc, square, bar), since a mark with a centre is set by its centre; where no part has one, it is the
largest part, and its centroid stands for the place, with the error that this leaves (`unsure_centre`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from visavis.digitising.alignment import SAME_PLACE_PT, SAME_SIZE, Form, form_of, same_form
from visavis.digitising.legend import Entry
from visavis.digitising.sheet import Sheet
from visavis.digitising.showing import shown_inside
from visavis.model.errors import SymbolsError


@dataclass(frozen=True, eq=False)
class Example:
    """A legend row with its drawing."""

    entry: Entry
    body: Form
    core: tuple[Form, ...]
    pointers: tuple[Form, ...]

    @property
    def parts(self) -> tuple[Form, ...]:
        """All but the body, the core first."""
        return (*self.core, *self.pointers)

    @property
    def needed(self) -> int:
        """How many of `parts`, from the first, a symbol can't lack.

        A mark with a centre may be drawn without its pointer where a camera points nowhere; one
        without a centre is only known whole.
        """
        return len(self.core) + (0 if self.body.is_symmetric else len(self.pointers))

    @property
    def shows_direction(self) -> bool:
        return self.entry.points_to_deg is not None and (bool(self.pointers) or not self.body.is_symmetric)

    @property
    def unsure_centre(self) -> float:
        """How far, along each axis, the place may be from the body's centroid: points.

        Some programs set a mark without a centre by its centroid, some by the middle of its bounds:
        half their distance, shared between two axes.
        """
        if self.body.is_symmetric:
            return 0.0
        x0, y0, x1, y1 = self.body.shape.box
        return abs(self.body.centre - complex((x0 + x1) / 2, (y0 + y1) / 2)) / 2 / math.sqrt(2)


def take_apart(sheet: Sheet, entry: Entry) -> Example:
    """Return the parts of a legend example.

    Raises
    ------
    SymbolsError
        Where nothing is drawn in its box.
    """
    forms = [form_of(shape) for shape in shown_inside(sheet, entry.box)]
    if not forms:
        raise SymbolsError(
            "nothing is drawn inside the box",
            row=entry.row,
            remedy="Draw the box around the example of the symbol, in points from the page's top left",
        )
    closed = [form for form in forms if all(form.shape.closed) and form.area > 0]
    centred = [form for form in closed if form.is_symmetric]
    filled = [form for form in centred or closed if form.shape.fill is not None]
    body = max(filled or centred or closed or forms, key=lambda form: (form.area, form.length))
    others = [form for form in forms if form is not body]
    core = [form for form in others if _is_core(form, body)]
    return Example(entry, body, tuple(core), tuple(form for form in others if form not in core))


def refuse_twins(examples: Sequence[Example]) -> None:
    """Raise SymbolsError where two examples look the same: no symbol could tell which is meant."""
    for number, example in enumerate(examples):
        ours = [example.body, *example.parts]
        for other in examples[:number]:
            theirs = [other.body, *other.parts]
            if len(ours) == len(theirs) and all(any(same_form(p, q) for q in theirs) for p in ours):
                raise SymbolsError(
                    f"the example looks the same as that of row {other.entry.row}",
                    row=example.entry.row,
                    remedy="Give one row, of kind camera, where one symbol stands for several kinds",
                )


def _is_core(form: Form, body: Form) -> bool:
    near = SAME_PLACE_PT + SAME_SIZE * body.spread
    return body.is_symmetric and abs(form.centre - body.centre) <= near and form.is_symmetric
