"""Small plans drawn as an authority's program would draw them, with all that was drawn known."""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import pyproj
from reportlab.pdfgen.canvas import Canvas

from visavis.digitising import Annotation, ControlPoint, write_annotation
from visavis.model.crs import STORED_CRS, grid_convergence_deg, local_crs

WIDTH, HEIGHT = 640.0, 480.0
METRES_PER_POINT = 1.25
CRS = local_crs([3.52], [50.36])


@dataclass(frozen=True)
class Drawn:
    """A camera as it is drawn; `points_to_deg` clockwise from the sheet's up, None where it points nowhere."""

    kind: str
    label: str
    x: float
    y: float
    points_to_deg: float | None = None


@dataclass(frozen=True)
class Placing:
    """How the whole drawing is laid on the page: turned clockwise about its middle, scaled, moved."""

    turn_deg: float = 0.0
    scale: float = 1.0
    dx: float = 0.0
    dy: float = 0.0

    def __call__(self, x: float, y: float) -> tuple[float, float]:
        turn = math.radians(self.turn_deg)
        cos, sin = math.cos(turn) * self.scale, math.sin(turn) * self.scale
        u, v = x - WIDTH / 2, y - HEIGHT / 2
        return WIDTH / 2 + u * cos - v * sin + self.dx, HEIGHT / 2 + u * sin + v * cos + self.dy


LEGEND: dict[str, tuple[float, float]] = {
    "fixed": (560.0, 60.0),
    "dome": (560.0, 110.0),
    "ptz": (560.0, 160.0),
    "anpr": (560.0, 210.0),
}
NAMES = {
    "fixed": "Caméra fixe",
    "dome": "Caméra dôme",
    "ptz": "Caméra mobile (PTZ)",
    "anpr": "Lecture de plaques",
}
CAMERAS = (
    Drawn("fixed", "V01", 60, 60, 0),
    Drawn("fixed", "V02", 150, 90, 75),
    Drawn("fixed", "V03", 240, 60, 140),
    Drawn("fixed", "V04", 330, 110, 200),
    Drawn("fixed", "V05", 420, 70, 290),
    Drawn("fixed", "V06", 70, 190, 33),
    Drawn("dome", "V07", 160, 200),
    Drawn("dome", "V08", 250, 220),
    Drawn("ptz", "V09", 340, 210, 310),
    Drawn("ptz", "V10", 430, 190, 45),
    Drawn("ptz", "V11", 90, 330),
    Drawn("anpr", "V12", 200, 340, 120),
    Drawn("anpr", "V13", 310, 330, 265),
    Drawn("anpr", "V14", 420, 350, 10),
)


@dataclass
class Plan:
    """A plan to be drawn.

    `before` and `after` draw more beneath and above the symbols, in points from the top left corner.
    """

    cameras: Sequence[Drawn] = CAMERAS
    placing: Placing = field(default_factory=Placing)
    page_turn: int = 0
    in_form: bool = False
    labels: bool = True
    before: Callable[[Canvas], None] | None = None
    after: Callable[[Canvas], None] | None = None
    pages: Sequence[Callable[[Canvas], None]] = ()

    def pdf(self) -> bytes:
        buffer = io.BytesIO()
        # reportlab takes the size as it is seen once the page is turned.
        size = (WIDTH, HEIGHT) if self.page_turn % 180 == 0 else (HEIGHT, WIDTH)
        canvas = Canvas(buffer, pagesize=size, invariant=1)
        canvas.setPageRotation(self.page_turn)
        canvas.saveState()
        self._place(canvas)
        if self.in_form:
            canvas.beginForm("plan")
            self._draw(canvas)
            canvas.endForm()
            canvas.doForm("plan")
        else:
            self._draw(canvas)
        canvas.restoreState()
        for draw in self.pages:
            canvas.showPage()
            draw(canvas)
        canvas.save()
        return buffer.getvalue()

    def symbols(self) -> pd.DataFrame:
        rows = []
        for kind, (x, y) in LEGEND.items():
            corners = [self.seen(x + dx, y + dy) for dx in (-14, 14) for dy in (-16, 14)]
            (x0, y0), (x1, y1) = np.min(corners, axis=0), np.max(corners, axis=0)
            points_to = None if kind == "dome" else (self.placing.turn_deg + self.page_turn) % 360
            rows.append((kind, NAMES[kind], x0, y0, x1, y1, points_to))
        return pd.DataFrame(rows, columns=["kind", "name", "x0", "y0", "x1", "y1", "points_to_deg"])

    def annotation(self, noise: float = 0.0, seed: int = 0) -> Annotation:
        picked = np.random.default_rng(seed).normal(0, noise, (9, 2)) if noise else np.zeros((9, 2))
        places = [(x, y) for x in (20.0, 260.0, 500.0) for y in (20.0, 230.0, 440.0)]
        points = []
        for (x, y), (ex, ey) in zip(places, picked, strict=True):
            sheet = self.seen(x, y)
            longitude, latitude = ground(x, y)
            points.append(ControlPoint(sheet[0] + ex, sheet[1] + ey, longitude, latitude))
        return Annotation(tuple(points), "plan.pdf")

    def georef(self, noise: float = 0.0, seed: int = 0) -> dict[str, object]:
        return write_annotation(self.annotation(noise, seed))

    def seen(self, x: float, y: float) -> tuple[float, float]:
        """Return where a reader sees a place of the drawing, the page's own turn included."""
        u, v = self.placing(x, y)
        return {
            0: (u, v),
            90: (HEIGHT - v, u),
            180: (WIDTH - u, HEIGHT - v),
            270: (v, WIDTH - u),
        }[self.page_turn]

    def _place(self, canvas: Canvas) -> None:
        x, y = self.placing(0, 0)
        canvas.translate(x, HEIGHT - y)
        canvas.rotate(-self.placing.turn_deg)
        canvas.scale(self.placing.scale, self.placing.scale)
        canvas.translate(0, -HEIGHT)

    def _draw(self, canvas: Canvas) -> None:
        canvas.setFillColorRGB(0.95, 0.94, 0.9)
        canvas.rect(10, 10, WIDTH - 130, HEIGHT - 20, fill=1, stroke=1)
        if self.before is not None:
            self.before(canvas)
        for kind, (x, y) in LEGEND.items():
            draw_symbol(canvas, Drawn(kind, "", x, y, None if kind == "dome" else 0.0))
            text(canvas, x + 20, y + 3, NAMES[kind])
        for camera in self.cameras:
            draw_symbol(canvas, camera)
        for camera in self.cameras if self.labels else ():
            text(canvas, camera.x + 9, camera.y - 6, camera.label)
        text(canvas, 300, 300, "Rue du 8 Mai")
        if self.after is not None:
            self.after(canvas)


def ground(x: float, y: float) -> tuple[float, float]:
    """Return longitude and latitude of a place of the drawing: its up is grid north of `CRS`."""
    to_stored = pyproj.Transformer.from_crs(CRS, STORED_CRS, always_xy=True)
    longitude, latitude = to_stored.transform(x * METRES_PER_POINT, -y * METRES_PER_POINT)
    return longitude, latitude


def azimuth(camera: Drawn) -> float | None:
    """Return the azimuth of a drawn camera from true north."""
    if camera.points_to_deg is None:
        return None
    convergence = grid_convergence_deg(CRS, *ground(camera.x, camera.y))[0]
    return float((camera.points_to_deg - convergence) % 360)


def text(canvas: Canvas, x: float, y: float, words: str, size: float = 7) -> None:
    canvas.setFillColorRGB(0, 0, 0)
    canvas.setFont("Helvetica", size)
    canvas.drawString(x, HEIGHT - y, words)


def polygon(canvas: Canvas, points: Sequence[tuple[float, float]], *, fill: int = 1) -> None:
    path = canvas.beginPath()
    path.moveTo(points[0][0], HEIGHT - points[0][1])
    for x, y in points[1:]:
        path.lineTo(x, HEIGHT - y)
    path.close()
    canvas.drawPath(path, stroke=1, fill=fill)


def draw_symbol(canvas: Canvas, camera: Drawn) -> None:
    """Draw a symbol with its insertion point at the camera's place."""
    canvas.setLineWidth(0.6)
    canvas.setStrokeColorRGB(0, 0, 0)
    turn = math.radians(camera.points_to_deg or 0.0)

    def at(right: float, ahead: float) -> tuple[float, float]:
        x = camera.x + right * math.cos(turn) + ahead * math.sin(turn)
        return x, camera.y + right * math.sin(turn) - ahead * math.cos(turn)

    points = camera.points_to_deg is not None
    if camera.kind == "fixed":
        canvas.setFillColorRGB(0.85, 0.1, 0.1)
        polygon(canvas, [at(-4, -3), at(4, -3), at(0, 9)])
    elif camera.kind == "dome":
        canvas.setFillColorRGB(0.1, 0.4, 0.8)
        canvas.circle(camera.x, HEIGHT - camera.y, 5, fill=1)
    elif camera.kind == "ptz":
        canvas.setFillColorRGB(0.1, 0.6, 0.3)
        if points:
            polygon(canvas, [at(-3, 3), at(3, 3), at(0, 11)])
        canvas.circle(camera.x, HEIGHT - camera.y, 4, fill=1)
    elif camera.kind == "anpr":
        canvas.setFillColorRGB(0.5, 0.4, 0.7)
        polygon(canvas, [at(-4, -4), at(4, -4), at(4, 4), at(-4, 4)])
        if points:
            start, end = at(0, 4), at(0, 11)
            canvas.line(start[0], HEIGHT - start[1], end[0], HEIGHT - end[1])
