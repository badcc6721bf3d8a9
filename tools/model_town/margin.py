"""What stands beside the map: title, legend, key, scale bar, north arrow, and that all of it is invented."""

from __future__ import annotations

from typing import Final

from reportlab.lib.colors import HexColor, white

from tools.model_town import colours
from tools.model_town.pen import Pen
from tools.model_town.signs import (
    draw_fountain,
    draw_hydrant,
    draw_parking,
    draw_recycling,
    draw_redaction,
    draw_tree,
)
from tools.model_town.symbols import BOX_PT, LEGEND, draw_symbol

LEFT: Final = 930.0
RIGHT: Final = 1156.0
LEGEND_Y: Final = 262.0
LEGEND_STEP: Final = 29.0
INVENTED: Final = ("Ville inventée — plan fictif", "Invented town — fictitious plan")
DATED: Final = "14 avril 2026"

KEY: Final = (
    (colours.HOMES, "Habitations"),
    (colours.SHOPS, "Commerces, logements"),
    (colours.PUBLIC, "Bâtiments publics"),
    (colours.WORKS, "Activités"),
    (colours.ANNEXES, "Garages, annexes"),
    ((colours.GARDEN, colours.GARDEN_EDGE), "Jardins privés"),
    (colours.GROUNDS["park"], "Parcs, espaces verts"),
    (colours.GROUNDS["water"], "Rivière"),
)

OTHERS: Final = (
    (draw_parking, "Stationnement"),
    (draw_hydrant, "Borne incendie"),
    (draw_tree, "Arbre"),
    (draw_fountain, "Fontaine"),
    (draw_recycling, "Tri sélectif"),
)


def legend_boxes() -> list[tuple[float, float, float, float]]:
    """Return the box around each legend example, sheet points from the top left, in the order of LEGEND."""
    middles = [(LEFT + 14.0, LEGEND_Y + LEGEND_STEP * row) for row in range(len(LEGEND))]
    return [(x - BOX_PT, y - BOX_PT, x + BOX_PT, y + BOX_PT) for x, y in middles]


def draw_margin(pen: Pen) -> None:
    """Draw all that stands to the right of the map."""
    c = pen.canvas
    c.setStrokeColor(colours.INK)
    c.setLineWidth(1.1)
    c.rect(LEFT - 16, pen.up(808), RIGHT - LEFT + 16, 774, stroke=1, fill=0)
    _title(pen)
    _legend(pen)
    _key(pen)
    pen.note(LEFT, 690, f"Parc déclaré au {DATED} :", "Helvetica", 8)
    pen.note(LEFT, 702, "35 caméras", "Helvetica-Bold", 11)
    _scale_bar(pen, LEFT, 735)
    _north(pen, RIGHT - 30, 722)
    pen.note(LEFT, 774, "Document communiqué le 14 avril 2026 sur demande", "Helvetica", 6.8, colours.FAINT)
    pen.note(LEFT, 784, "d'accès aux documents administratifs (fictive).", "Helvetica", 6.8, colours.FAINT)
    pen.note(LEFT, 797, "visavis model town — CC0 1.0", "Helvetica", 6.8, colours.FAINT)


def _title(pen: Pen) -> None:
    c = pen.canvas
    _arms(pen, LEFT + 18, 70)
    pen.note(LEFT + 46, 66, "VILLEMODÈLE", "Helvetica-Bold", 21)
    pen.note(LEFT + 46, 82, "Direction de l'espace public", "Helvetica", 9, colours.FAINT)
    pen.note(LEFT, 116, "Vidéoprotection", "Helvetica-Bold", 15)
    pen.note(LEFT, 132, "Plan d'implantation des caméras", "Helvetica", 11)
    pen.note(
        LEFT,
        148,
        f"Planche 1/1   ·   1:{pen.paper.scale:.0f} (A3)   ·   {DATED}",
        "Helvetica",
        8,
        colours.FAINT,
    )
    c.setFillColor(colours.WARNING)
    c.setStrokeColor(colours.WARNING_EDGE)
    c.setLineWidth(0.9)
    c.roundRect(LEFT - 4, pen.up(202), RIGHT - LEFT - 4, 42, 3, stroke=1, fill=1)
    for row, words in enumerate(INVENTED):
        pen.note(LEFT + 6, 177 + 16 * row, words, "Helvetica-Bold", 11)


def _arms(pen: Pen, x: float, down: float) -> None:
    """Draw the town's arms: a shield with a bridge over a river, as invented as the town."""
    c = pen.canvas
    c.saveState()
    c.translate(x, pen.up(down))
    path = c.beginPath()
    path.moveTo(-15, 17)
    path.lineTo(15, 17)
    path.lineTo(15, -3)
    path.curveTo(15, -12, 7, -17, 0, -21)
    path.curveTo(-7, -17, -15, -12, -15, -3)
    path.close()
    c.setFillColor(HexColor("#2d5f8b"))
    c.setStrokeColor(colours.INK)
    c.setLineWidth(0.8)
    c.drawPath(path, stroke=1, fill=1)
    c.setFillColor(HexColor("#f2c84b"))
    c.rect(-10, 0, 20, 4, stroke=0, fill=1)
    for left in (-10, -2, 6):
        c.rect(left, -6, 4, 7, stroke=0, fill=1)
    for left in (-10, -4, 2, 8):
        c.rect(left, 4, 2.4, 3, stroke=0, fill=1)
    c.setStrokeColor(white)
    c.setLineWidth(1.1)
    for low in (-9.5, -13):
        wave = c.beginPath()
        wave.moveTo(-8, low)
        wave.curveTo(-5, low + 2.4, -3, low - 2.4, 0, low)
        wave.curveTo(3, low + 2.4, 5, low - 2.4, 8, low)
        c.drawPath(wave, stroke=1, fill=0)
    c.restoreState()


def _legend(pen: Pen) -> None:
    pen.note(LEFT, LEGEND_Y - 28, "LÉGENDE", "Helvetica-Bold", 11)
    for row, symbol in enumerate(LEGEND):
        y = LEGEND_Y + LEGEND_STEP * row
        draw_symbol(pen.canvas, symbol.kind, LEFT + 14, pen.up(y), 0.0 if symbol.points else None)
        pen.note(LEFT + 36, y + 3.3, symbol.words, "Helvetica", 9.5)
    y = LEGEND_Y + LEGEND_STEP * len(LEGEND)
    draw_redaction(pen.canvas, LEFT + 14, pen.up(y))
    pen.note(LEFT + 36, y + 1.0, "Emplacement occulté (3)", "Helvetica", 9.5)
    pen.note(LEFT + 36, y + 10.5, "sécurité publique", "Helvetica-Oblique", 7, colours.FAINT)


def _key(pen: Pen) -> None:
    c = pen.canvas
    top = LEGEND_Y + LEGEND_STEP * len(LEGEND) + 36
    pen.note(LEFT, top, "FOND DE PLAN", "Helvetica-Bold", 9)
    for number, ((fill, edge), words) in enumerate(KEY):
        x, y = LEFT + 116 * (number % 2), top + 16 + 16 * (number // 2)
        c.setFillColor(fill)
        c.setStrokeColor(edge or fill)
        c.setLineWidth(0.5)
        c.rect(x, pen.up(y + 2), 14, 8, stroke=1, fill=1)
        pen.note(x + 19, y, words, "Helvetica", 7.6)
    y = top + 16 + 16 * 4
    for number, (draw, words) in enumerate(OTHERS):
        x, down = LEFT + 116 * (number % 2), y + 15 * (number // 2)
        draw(c, x + 7, pen.up(down - 2.5))
        pen.note(x + 19, down, words, "Helvetica", 7.6)


def _north(pen: Pen, x: float, down: float) -> None:
    c = pen.canvas
    c.saveState()
    c.translate(x, pen.up(down))
    c.rotate(-pen.paper.direction(0.0))
    c.setStrokeColor(colours.INK)
    c.setLineWidth(0.8)
    for side, fill in ((-1, colours.INK), (1, white)):
        path = c.beginPath()
        path.moveTo(0, 32)
        path.lineTo(side * 9, -18)
        path.lineTo(0, -9)
        path.close()
        c.setFillColor(fill)
        c.drawPath(path, stroke=1, fill=1)
    c.setFillColor(colours.INK)
    c.setFont("Helvetica-Bold", 12)
    c.drawCentredString(0, 36, "N")
    c.restoreState()


def _scale_bar(pen: Pen, x: float, down: float) -> None:
    c = pen.canvas
    c.setStrokeColor(colours.INK)
    c.setLineWidth(0.6)
    start = 0
    for number, end in enumerate((10, 20, 50, 80)):
        c.setFillColor(colours.INK if number % 2 == 0 else white)
        c.rect(x + pen.points(start), pen.up(down), pen.points(end - start), 4.5, stroke=1, fill=1)
        start = end
    for metres in (0, 20, 50, 80):
        words = f"{metres}" + (" m" if metres == 80 else "")
        pen.note(x + pen.points(metres) - 2, down + 10, words, "Helvetica", 7.5)
