"""Signs on the plan that are no cameras, at a place of the canvas (points, y up)."""

from __future__ import annotations

from reportlab.lib.colors import HexColor, black, white
from reportlab.pdfgen.canvas import Canvas


def draw_parking(canvas: Canvas, x: float, y: float) -> None:
    """Draw the sign of a parking."""
    c = canvas
    c.setFillColor(HexColor("#5f8fc4"))
    c.roundRect(x - 4.6, y - 4.6, 9.2, 9.2, 1.4, stroke=0, fill=1)
    c.setFillColor(white)
    c.setFont("Helvetica-Bold", 7.4)
    c.drawCentredString(x, y - 2.6, "P")


def draw_hydrant(canvas: Canvas, x: float, y: float) -> None:
    """Draw the sign of a fire hydrant."""
    c = canvas
    c.setFillColor(HexColor("#f3d35b"))
    c.setStrokeColor(HexColor("#8a6d00"))
    c.setLineWidth(0.4)
    c.circle(x, y, 3.1, stroke=1, fill=1)
    c.setFillColor(HexColor("#5c4800"))
    c.setFont("Helvetica-Bold", 4.8)
    c.drawCentredString(x, y - 1.7, "H")


def draw_recycling(canvas: Canvas, x: float, y: float) -> None:
    """Draw the sign of a recycling place."""
    c = canvas
    c.setFillColor(HexColor("#6fa86a"))
    c.setStrokeColor(white)
    c.setLineWidth(0.5)
    path = c.beginPath()
    path.moveTo(x, y + 4.6)
    path.lineTo(x - 4.4, y - 3.2)
    path.lineTo(x + 4.4, y - 3.2)
    path.close()
    c.drawPath(path, stroke=1, fill=1)


def draw_fountain(canvas: Canvas, x: float, y: float) -> None:
    """Draw a fountain: two rings."""
    canvas.setStrokeColor(HexColor("#4a90c2"))
    canvas.setLineWidth(0.5)
    for radius, fill in ((4.4, "#eef4f8"), (2.1, "#9cc8e6")):
        canvas.setFillColor(HexColor(fill))
        canvas.circle(x, y, radius, stroke=1, fill=1)


def draw_tree(canvas: Canvas, x: float, y: float) -> None:
    """Draw a tree."""
    canvas.setFillColor(HexColor("#a9cb93"))
    canvas.setStrokeColor(HexColor("#86ad70"))
    canvas.setLineWidth(0.35)
    canvas.circle(x, y, 3.6, stroke=1, fill=1)


def draw_redaction(canvas: Canvas, x: float, y: float) -> None:
    """Draw a bar over what the authority blacked out."""
    canvas.setFillColor(black)
    canvas.rect(x - 14, y - 5.5, 28, 11, stroke=0, fill=1)
