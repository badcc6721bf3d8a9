"""The sheet as the authority would draw it: a vector PDF whose text is text."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import shapely
from reportlab.lib.colors import HexColor, black, white
from reportlab.pdfgen.canvas import Canvas

from tools.model_town.cameras import Camera
from tools.model_town.ground import POINTS_PER_M, Paper
from tools.model_town.plan import Point, Street, Town
from tools.model_town.symbols import BOX_PT, LEGEND, draw_symbol

FRAME: Final = (
    36.0,
    36.0,
    900.0,
    805.89,
)  # left, top, right, bottom of the map, points from the page's top left
LEGEND_X: Final = 930.0
LEGEND_Y: Final = 300.0
LEGEND_STEP: Final = 30.0

PAPER: Final = HexColor("#faf8f2")
ROAD: Final = HexColor("#ffffff")
ROAD_EDGE: Final = HexColor("#cfcabd")
GREEN: Final = HexColor("#dfeBd3")
GARDEN: Final = HexColor("#eaf1dd")
HOUSE: Final = HexColor("#d9d2c5")
HOUSE_EDGE: Final = HexColor("#8d8577")
TREE: Final = HexColor("#9bbf85")
INVENTED: Final = "Ville inventée — plan fictif · Invented town — fictitious plan"


def draw_sheet(town: Town, cameras: Sequence[Camera], paper: Paper) -> bytes:
    """Return the sheet as a PDF, the same bytes each time."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(paper.width_pt, paper.height_pt), invariant=True, pageCompression=1)
    canvas.setTitle("Villemodèle : plan d'implantation des caméras (ville inventée)")
    canvas.setAuthor("visavis model town (invented)")
    page = _Page(canvas, paper)
    page.map_ground(town)
    page.map_names(town.streets)
    page.other_marks()
    page.cameras(cameras)
    page.margin()
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def legend_boxes() -> list[tuple[float, float, float, float]]:
    """Return the box around each legend example, sheet points from the top left, in the order of LEGEND."""
    boxes = []
    for row in range(len(LEGEND)):
        x, y = LEGEND_X + 12.0, LEGEND_Y + LEGEND_STEP * row
        boxes.append((x - BOX_PT, y - BOX_PT, x + BOX_PT, y + BOX_PT))
    return boxes


class _Page:
    """A canvas that is drawn on in sheet points, y down, and in metres of the town."""

    def __init__(self, canvas: Canvas, paper: Paper) -> None:
        self.canvas = canvas
        self.paper = paper

    def map_ground(self, town: Town) -> None:
        c = self.canvas
        left, top, right, bottom = FRAME
        c.setFillColor(PAPER)
        c.rect(left, self._y(bottom), right - left, bottom - top, stroke=0, fill=1)
        c.saveState()
        self._clip()
        for shape in town.greens:
            self._area(shape, GREEN, None)
        for shape in town.gardens:
            self._area(shape, GARDEN, HexColor("#c9d8b6"))
        for colour, extra in ((ROAD_EDGE, 1.2), (ROAD, 0.0)):
            for street in town.streets:
                self._line(street.line, colour, street.width_m * POINTS_PER_M / self.paper.scale + extra)
        for house in town.houses:
            self._area(house.shape, HOUSE, HOUSE_EDGE)
        for tree in town.trees:
            x, y = self._place(tree)
            c.setFillColor(TREE)
            c.setStrokeColor(HexColor("#7fa56a"))
            c.setLineWidth(0.4)
            c.circle(x, y, 3.2, stroke=1, fill=1)
        c.restoreState()
        c.setStrokeColor(black)
        c.setLineWidth(0.9)
        c.rect(left, self._y(bottom), right - left, bottom - top, stroke=1, fill=0)

    def map_names(self, streets: Sequence[Street]) -> None:
        for street in streets:
            for share in (0.28, 0.72) if street.line.length > 300 else (0.5,):
                self._name(street, share)

    def other_marks(self) -> None:
        """What stands on the plan and is no camera: parking, hydrants, a fountain."""
        c = self.canvas
        for at in ((72, 48), (-235, 70), (238, 92), (-20, -60)):
            x, y = self._place(at)
            c.setFillColor(HexColor("#2f6fb5"))
            c.rect(x - 4.5, y - 4.5, 9, 9, stroke=0, fill=1)
            c.setFillColor(white)
            c.setFont("Helvetica-Bold", 7)
            c.drawCentredString(x, y - 2.5, "P")
        for at in ((-70, 12), (100, -40), (-120, 98), (60, -104), (150, 16)):
            x, y = self._place(at)
            c.setFillColor(HexColor("#f0c419"))
            c.setStrokeColor(black)
            c.setLineWidth(0.4)
            c.circle(x, y, 3.6, stroke=1, fill=1)
            c.setFillColor(black)
            c.setFont("Helvetica", 5.5)
            c.drawCentredString(x, y - 2, "H")
        x, y = self._place((80, 74))
        c.setStrokeColor(HexColor("#4a90c2"))
        for radius in (2.0, 4.0):
            c.circle(x, y, radius, stroke=1, fill=0)

    def cameras(self, cameras: Sequence[Camera]) -> None:
        for camera in cameras:
            x, y = self._place(camera.place)
            aim = None if camera.azimuth_deg is None else self.paper.direction(camera.azimuth_deg)
            draw_symbol(self.canvas, camera.drawn_as, x, y, aim)
        self.canvas.setFont("Helvetica", 6.5)
        self.canvas.setFillColor(black)
        for camera in cameras:
            x, y = self._place(camera.place)
            self.canvas.drawString(x + 6.5, y + 4.5, camera.label)

    def margin(self) -> None:
        """Title, legend, north arrow, scale bar, and what the authority blacked out."""
        c = self.canvas
        self._text(LEGEND_X, 58, "VILLEMODÈLE", "Helvetica-Bold", 22)
        self._text(LEGEND_X, 80, "Vidéoprotection — plan d'implantation", "Helvetica", 11)
        self._text(LEGEND_X, 96, f"Échelle 1:{self.paper.scale:.0f} au format A3", "Helvetica", 9)
        self._text(LEGEND_X, 110, "Service du plan, 14 avril 2026", "Helvetica", 9)
        c.setFillColor(HexColor("#fff2cc"))
        c.rect(LEGEND_X - 4, self._y(172), 234, 46, stroke=0, fill=1)
        for row, words in enumerate(INVENTED.split(" · ")):
            self._text(LEGEND_X + 4, 143 + 17 * row, words, "Helvetica-Bold", 10.5)
        c.setFillColor(black)
        c.rect(LEGEND_X, self._y(214), 110, 14, stroke=0, fill=1)
        self._text(LEGEND_X, 228, "3 emplacements occultés (sécurité publique)", "Helvetica-Oblique", 8)
        self._text(LEGEND_X, LEGEND_Y - 26, "LÉGENDE", "Helvetica-Bold", 11)
        for row, symbol in enumerate(LEGEND):
            y = LEGEND_Y + LEGEND_STEP * row
            draw_symbol(c, symbol.kind, LEGEND_X + 12, self._y(y), 0.0 if symbol.points else None)
            self._text(LEGEND_X + 32, y + 3.5, symbol.words, "Helvetica", 9.5)
        y = LEGEND_Y + LEGEND_STEP * len(LEGEND) + 4
        for words in ("P  stationnement", "H  borne incendie", "◦  arbre, fontaine"):
            self._text(LEGEND_X + 32, y, words.replace("◦", "o"), "Helvetica", 8)
            y += 13
        self._north(LEGEND_X + 190, 660)
        self._scale_bar(LEGEND_X, 760)

    def _north(self, x: float, y: float) -> None:
        c = self.canvas
        c.saveState()
        c.translate(x, self._y(y))
        c.rotate(-self.paper.direction(0.0))
        c.setFillColor(black)
        path = c.beginPath()
        path.moveTo(0, 30)
        path.lineTo(-9, -16)
        path.lineTo(0, -6)
        path.lineTo(9, -16)
        path.close()
        c.drawPath(path, stroke=0, fill=1)
        c.setFont("Helvetica-Bold", 12)
        c.drawCentredString(0, 36, "N")
        c.restoreState()

    def _scale_bar(self, x: float, y: float) -> None:
        c = self.canvas
        step = 50.0 * POINTS_PER_M / self.paper.scale
        for number in range(2):
            c.setFillColor(black if number == 0 else white)
            c.setStrokeColor(black)
            c.setLineWidth(0.6)
            c.rect(x + number * step, self._y(y), step, 5, stroke=1, fill=1)
        for number in range(3):
            self._text(
                x + number * step - 3,
                y + 12,
                f"{50 * number}" + (" m" if number == 2 else ""),
                "Helvetica",
                8,
            )

    def _name(self, street: Street, share: float) -> None:
        middle = street.line.interpolate(share, normalized=True)
        ahead = street.line.interpolate(min(share + 0.02, 1.0), normalized=True)
        (x, y), (x1, y1) = self._place((middle.x, middle.y)), self._place((ahead.x, ahead.y))
        angle = math.degrees(math.atan2(y1 - y, x1 - x))
        if not -90 < angle <= 90:
            angle += 180
        self.canvas.saveState()
        self.canvas.translate(x, y)
        self.canvas.rotate(angle)
        self.canvas.setFillColor(HexColor("#5b564d"))
        self.canvas.setFont("Helvetica-Oblique", 7.5)
        self.canvas.drawCentredString(0, -2.6, street.name)
        self.canvas.restoreState()

    def _area(self, shape: shapely.Polygon, fill: Any, edge: Any) -> None:
        path = self.canvas.beginPath()
        for part in shapely.get_parts(shape):
            for ring in (part.exterior, *part.interiors):
                points = [self._place(point) for point in ring.coords[:-1]]
                path.moveTo(*points[0])
                for point in points[1:]:
                    path.lineTo(*point)
                path.close()
        self.canvas.setFillColor(fill)
        self.canvas.setLineWidth(0.45)
        if edge is not None:
            self.canvas.setStrokeColor(edge)
        self.canvas.drawPath(path, stroke=int(edge is not None), fill=1, fillMode=0)

    def _line(self, line: shapely.LineString, colour: Any, width: float) -> None:
        c = self.canvas
        c.setStrokeColor(colour)
        c.setLineWidth(width)
        c.setLineCap(1)
        c.setLineJoin(1)
        path = c.beginPath()
        points = [self._place(point) for point in line.coords]
        path.moveTo(*points[0])
        for point in points[1:]:
            path.lineTo(*point)
        c.drawPath(path, stroke=1, fill=0)

    def _clip(self) -> None:
        left, top, right, bottom = FRAME
        path = self.canvas.beginPath()
        path.rect(left, self._y(bottom), right - left, bottom - top)
        self.canvas.clipPath(path, stroke=0, fill=0)

    def _text(self, x: float, y: float, words: str, font: str, size: float) -> None:
        self.canvas.setFillColor(black)
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, self._y(y), words)

    def _place(self, at: Point | Any) -> tuple[float, float]:
        x, y = self.paper.place(np.asarray(at[0]), np.asarray(at[1]))
        return float(x), self._y(float(y))

    def _y(self, down: float) -> float:
        return self.paper.height_pt - down
