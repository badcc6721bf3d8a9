"""A pen that draws on a canvas in the town's metres and in sheet points (y down from the top left)."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import shapely
from reportlab.lib.colors import white
from reportlab.pdfgen.canvas import Canvas

from tools.model_town.colours import INK
from tools.model_town.ground import POINTS_PER_M, Paper
from tools.model_town.town import Point


class Pen:
    """Areas, lines, words and discs; colours are reportlab's, widths are points."""

    def __init__(self, canvas: Canvas, paper: Paper) -> None:
        self.canvas = canvas
        self.paper = paper

    def at(self, place: Point) -> tuple[float, float]:
        """Return where a place of the town lies on the canvas (points, y up)."""
        x, y = self.paper.place(np.asarray(place[0]), np.asarray(place[1]))
        return float(x), self.up(float(y))

    def up(self, down: float) -> float:
        """Return the canvas's y of a distance from the page's top."""
        return self.paper.height_pt - down

    def points(self, metres: float) -> float:
        """Return a length of the town in points."""
        return metres * POINTS_PER_M / self.paper.scale

    def area(self, shape: Any, fill: Any, edge: Any = None, width: float = 0.45) -> None:
        path = self.canvas.beginPath()
        for part in shapely.get_parts(shape):
            for ring in (part.exterior, *part.interiors):
                self._trace(path, ring.coords[:-1])
                path.close()
        self.canvas.setFillColor(fill)
        self.canvas.setLineWidth(width)
        self.canvas.setLineJoin(1)
        if edge is not None:
            self.canvas.setStrokeColor(edge)
        self.canvas.drawPath(path, stroke=int(edge is not None), fill=1, fillMode=0)

    def line(self, line: Any, colour: Any, width: float, cap: int = 1) -> None:
        self.canvas.setStrokeColor(colour)
        self.canvas.setLineWidth(width)
        self.canvas.setLineCap(cap)
        self.canvas.setLineJoin(1)
        for part in shapely.get_parts(line):
            path = self.canvas.beginPath()
            self._trace(path, part.coords)
            self.canvas.drawPath(path, stroke=1, fill=0)

    def disc(self, place: Point, radius: float, fill: Any, edge: Any = None) -> None:
        x, y = self.at(place)
        self.canvas.setFillColor(fill)
        self.canvas.setLineWidth(0.35)
        if edge is not None:
            self.canvas.setStrokeColor(edge)
        self.canvas.circle(x, y, radius, stroke=int(edge is not None), fill=1)

    def words(
        self, place: Point, words: str, font: str, size: float, colour: Any = INK, turn_deg: float = 0.0
    ) -> None:
        """Write words centred on a place, turned anticlockwise."""
        x, y = self.at(place)
        self.canvas.saveState()
        self.canvas.translate(x, y)
        self.canvas.rotate(turn_deg)
        self.canvas.setFillColor(colour)
        self.canvas.setFont(font, size)
        for row, line in enumerate(words.split("\n")):
            rows = words.count("\n")
            self.canvas.drawCentredString(0, (rows / 2 - row) * size * 1.15 - 0.35 * size, line)
        self.canvas.restoreState()

    def words_along(
        self, line: shapely.LineString, at: float, words: str, font: str, size: float, colour: Any
    ) -> None:
        """Write words along a line, straight at its tangent, so that they are read from the left or from below."""
        before, after = line.interpolate(max(at - 12, 0)), line.interpolate(min(at + 12, line.length))
        angle = math.degrees(math.atan2(after.y - before.y, after.x - before.x))
        angle = angle if -90 < angle <= 90 else angle + 180
        middle = line.interpolate(at)
        self.words((middle.x, middle.y), words, font, size, colour, angle)

    def note(self, x: float, down: float, words: str, font: str, size: float, colour: Any = INK) -> None:
        """Write words from a sheet point to the right."""
        self.canvas.setFillColor(colour)
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, self.up(down), words)

    def paper_behind(self, x: float, y: float, width: float, height: float) -> None:
        """Lighten what lies behind words, in canvas points from the lower left."""
        self.canvas.saveState()
        self.canvas.setFillColor(white, alpha=0.72)
        self.canvas.roundRect(x, y, width, height, 1.2, stroke=0, fill=1)
        self.canvas.restoreState()

    def _trace(self, path: Any, points: Any) -> None:
        for number, point in enumerate(points):
            (path.moveTo if number == 0 else path.lineTo)(*self.at((point[0], point[1])))
