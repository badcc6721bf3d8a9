"""The sheet's symbols: a body that stands at the camera's place, and a pointer that shows where it looks."""

from __future__ import annotations

import math
from types import MappingProxyType
from typing import Final, NamedTuple

from reportlab.lib.colors import Color, HexColor, white
from reportlab.pdfgen.canvas import Canvas


class Symbol(NamedTuple):
    """A legend entry: kind as `sheet.symbols.csv` names it, words, colour, and whether it shows a direction."""

    kind: str
    words: str
    colour: str
    points: bool


LEGEND: Final = (
    Symbol("fixed", "Caméra fixe", "#1d5fa8", True),
    Symbol("dome", "Caméra dôme (360°)", "#0c7a6b", False),
    Symbol("ptz", "Caméra mobile (PTZ)", "#6b3fa0", True),
    Symbol("multisensor", "Caméra multi-capteurs", "#a0522d", False),
    Symbol("anpr", "Lecture de plaques (LAPI)", "#2b2b2b", True),
    Symbol("unknown", "Caméra, orientation non communiquée", "#7a7f85", False),
    Symbol("camera", "Autre caméra (voir tableau)", "#b8860b", False),
)
BY_KIND: Final = MappingProxyType({symbol.kind: symbol for symbol in LEGEND})

# Half the size of the box around an example, in points: body, pointer and a little air.
BOX_PT: Final = 11.0


def draw_symbol(canvas: Canvas, kind: str, x: float, y: float, direction_deg: float | None) -> None:
    """Draw a symbol at a place of the canvas (y up); `direction_deg` runs clockwise from the page's up."""
    canvas.saveState()
    canvas.translate(x, y)
    canvas.setLineWidth(0.5)
    canvas.setStrokeColor(white)
    canvas.setFillColor(HexColor(BY_KIND[kind].colour))
    if direction_deg is not None:
        canvas.saveState()
        canvas.rotate(-direction_deg)
        _POINTERS[kind](canvas)
        canvas.restoreState()
    _BODIES[kind](canvas)
    canvas.restoreState()


def _polygon(canvas: Canvas, points: list[tuple[float, float]]) -> None:
    path = canvas.beginPath()
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)
    path.close()
    canvas.drawPath(path, stroke=1, fill=1)


def _disc(canvas: Canvas) -> None:
    canvas.circle(0, 0, 4.2, stroke=1, fill=1)


def _square(canvas: Canvas) -> None:
    canvas.rect(-3.8, -3.8, 7.6, 7.6, stroke=1, fill=1)


def _hexagon(canvas: Canvas) -> None:
    corners = [(4.8 * math.cos(math.radians(60 * k)), 4.8 * math.sin(math.radians(60 * k))) for k in range(6)]
    _polygon(canvas, corners)


def _diamond(canvas: Canvas) -> None:
    _polygon(canvas, [(0, 5.2), (5.2, 0), (0, -5.2), (-5.2, 0)])


def _ring(canvas: Canvas) -> None:
    _disc(canvas)
    canvas.setFillColor(Color(1, 1, 1))
    canvas.circle(0, 0, 1.7, stroke=0, fill=1)


def _wedge(canvas: Canvas) -> None:
    _polygon(canvas, [(0, 0), (-4.4, 9.6), (4.4, 9.6)])


def _arrow(canvas: Canvas) -> None:
    _polygon(canvas, [(-1.0, 0), (-1.0, 7.0), (-3.0, 7.0), (0, 10.6), (3.0, 7.0), (1.0, 7.0), (1.0, 0)])


def _bar(canvas: Canvas) -> None:
    _polygon(canvas, [(-1.1, 0), (-1.1, 10.0), (1.1, 10.0), (1.1, 0)])


_BODIES: Final = MappingProxyType(
    {
        "fixed": _disc,
        "dome": _ring,
        "ptz": _disc,
        "multisensor": _hexagon,
        "anpr": _square,
        "unknown": _square,
        "camera": _diamond,
    }
)
_POINTERS: Final = MappingProxyType({"fixed": _wedge, "ptz": _arrow, "anpr": _bar})
