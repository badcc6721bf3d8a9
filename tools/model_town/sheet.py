"""The sheet as the authority would draw it: a vector PDF whose text is text."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from typing import Final

import numpy as np
import shapely
from reportlab.lib.colors import HexColor, black, white
from reportlab.pdfgen.canvas import Canvas

from tools.model_town import colours
from tools.model_town.cameras import BLACKED_OUT, Camera
from tools.model_town.ground import Paper
from tools.model_town.margin import draw_margin
from tools.model_town.pen import Pen
from tools.model_town.signs import draw_fountain, draw_hydrant, draw_parking, draw_recycling, draw_redaction
from tools.model_town.symbols import draw_symbol
from tools.model_town.town import House, Point, Town

# Left, top, right and bottom of the map, points from the page's top left.
FRAME: Final = (34.0, 34.0, 914.0, 808.0)

# Words over grounds whose middle is no good place for them.
NAMED_AT: Final = {
    "Parc de la Rive": (-120.0, -178.0),
    "Jardins familiaux": (165.0, -186.0),
    "Stade municipal": (-32.0, 150.5),
    "Square du Presbytère": (3.0, 22.0),
    "Clos des Teinturiers": (78.0, -66.0),
    "Résidence des Peupliers": (98.0, 148.0),
    "Cimetière": (-56.0, 57.0),
    "Place de la Mairie": (96.0, 19.5),
    "École des Marronniers": (-56.0, -55.0),
    "Îlot du Modèle": (81.0, 63.0),
}
PARKINGS: Final = ((102, 125.5), (160, 8), (186, 8), (-200, -118), (49, 19.5), (-24, -172))
HYDRANTS: Final = (
    (-150, -13),
    (-69, -13),
    (118, 12),
    (-92, 84),
    (35, -103),
    (196, 66),
    (-192, 96),
    (150, -131),
)
FOUNTAINS: Final = ((68.0, 19.5), (3.0, 42.0))
RECYCLING: Final = ((145.0, 24.0), (-108.0, 90.0), (84.0, 125.0))

# A house number nearer to a camera would lie under its symbol or its label.
NUMBERED_FROM_M: Final = 13.0

STREET_NAMES: Final = {
    "Grande Rue": (150, 325, 450),
    "Rue des Jardins": (120, 282, 455),
    "Quai des Tanneurs": (130, 330, 480),
    "Rue de l'Église": (60, 145, 262),
    "Rue du Pont": (75, 190),
    "Rue de la Mairie": (60, 165),
    "Rue des Tilleuls": (35, 150),
    "Rue des Peupliers": (60,),
    "Rue Neuve": (62,),
    "Rue des Forges": (45,),
    "Allée du Verger": (105,),
}


def draw_sheet(town: Town, cameras: Sequence[Camera], paper: Paper) -> bytes:
    """Return the sheet as a PDF, the same bytes each time."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(paper.width_pt, paper.height_pt), invariant=True, pageCompression=1)
    canvas.setTitle("Villemodèle : plan d'implantation des caméras (ville inventée)")
    canvas.setAuthor("visavis model town (invented)")
    pen = Pen(canvas, paper)
    left, top, right, bottom = FRAME
    canvas.saveState()
    path = canvas.beginPath()
    path.rect(left, pen.up(bottom), right - left, bottom - top)
    canvas.clipPath(path, stroke=0, fill=0)
    _draw_land(pen, town)
    _draw_streets(pen, town)
    _draw_houses(pen, town, cameras)
    _draw_trees(pen, town)
    _write_names(pen, town)
    _draw_other_marks(pen)
    _draw_cameras(pen, cameras)
    canvas.restoreState()
    canvas.setStrokeColor(colours.INK)
    canvas.setLineWidth(1.1)
    canvas.rect(left, pen.up(bottom), right - left, bottom - top, stroke=1, fill=0)
    draw_margin(pen)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _draw_land(pen: Pen, town: Town) -> None:
    pen.area(shapely.box(-300, -280, 300, 280), colours.LAND)
    for ground in town.grounds:
        fill, edge = colours.GROUNDS[ground.use]
        pen.area(ground.shape, fill, edge, 0.8 if ground.use == "pitch" else 0.5)
        if ground.use == "pitch":
            _mark_pitch(pen, ground.shape)
        elif ground.use == "allotments":
            _hatch(pen, ground.shape, HexColor("#c9d6a4"), 5.0)
        elif ground.use == "cemetery":
            _mark_graves(pen, ground.shape)
        elif ground.use == "parking":
            _hatch(pen, ground.shape, HexColor("#d3d3d8"), 2.5, along=True)
    for garden in town.gardens.values():
        pen.area(garden, colours.GARDEN, colours.GARDEN_EDGE, 0.4)


def _draw_streets(pen: Pen, town: Town) -> None:
    for colour, extra in ((colours.ROAD_EDGE, 1.0), (colours.ROAD, 0.0)):
        for street in town.streets:
            pen.line(street.line, colour, pen.points(street.width_m) + extra)


def _draw_houses(pen: Pen, town: Town, cameras: Sequence[Camera]) -> None:
    for house in town.houses:
        fill, edge = colours.BUILDINGS[house.building]
        pen.area(house.shape, fill, edge, 0.4)
    doors = {door.key.rsplit("/", 1)[0]: door.place for door in town.doors if door.kind != "shop"}
    for house in town.houses:
        place = _inside(house, doors[house.key]) if house.key in doors else _middle(house)
        covered = any(math.dist(place, camera.place) < NUMBERED_FROM_M for camera in cameras)
        if not covered and (number := house.tags.get("addr:housenumber")):
            pen.words(place, number, "Helvetica", 3.9, colours.FAINT)


def _inside(house: House, door: Point) -> Point:
    middle = _middle(house)
    size = float(np.hypot(middle[0] - door[0], middle[1] - door[1]))
    step = min(3.0, size) / size
    return door[0] + step * (middle[0] - door[0]), door[1] + step * (middle[1] - door[1])


def _middle(house: House) -> Point:
    spot = house.shape.representative_point()
    return spot.x, spot.y


def _draw_trees(pen: Pen, town: Town) -> None:
    for number, tree in enumerate(town.trees):
        pen.disc(tree, pen.points((2.0, 1.5, 2.4)[number % 3]), colours.TREE, colours.TREE_EDGE)


def _write_names(pen: Pen, town: Town) -> None:
    for name, shares in STREET_NAMES.items():
        street = town.street(name)
        for metres in shares:
            size = 8.0 if street.highway == "tertiary" else 7.0
            pen.words_along(street.line, metres, name, "Helvetica", size, colours.ROAD_NAME)
    for ground in town.grounds:
        if ground.use == "water":
            for at in (-150.0, 60.0, 200.0):
                pen.words(
                    (at, _river_at(ground.shape, at)), "la Modèle", "Times-Italic", 10, HexColor("#3d78a3"), 3
                )
        elif ground.name and ground.use not in {"parking"}:
            spot = ground.shape.representative_point()
            place = NAMED_AT.get(ground.name, (spot.x, spot.y))
            pen.words(place, ground.name, "Times-Italic", 7.5, HexColor("#4f6b3c"))
    for house in town.houses:
        name = house.tags.get("name", "")
        if house.shape.area > 100 and name and house.key not in {"tower"}:
            place = NAMED_AT.get(name, _middle(house))
            pen.words(
                place,
                name if name in NAMED_AT else _broken(name),
                "Helvetica-Oblique",
                5.6,
                HexColor("#5b2d1c"),
            )


def _river_at(river: shapely.Polygon, x: float) -> float:
    return float(river.intersection(shapely.LineString([(x, -300), (x, 0)])).centroid.y)


def _broken(name: str) -> str:
    head, _, tail = name.partition(" ")
    return f"{head}\n{tail}" if len(name) > 12 and tail else name


def _draw_other_marks(pen: Pen) -> None:
    """What stands on the plan and is no camera: parking, hydrants, recycling, and what was blacked out."""
    for draw, places in (
        (draw_parking, PARKINGS),
        (draw_hydrant, HYDRANTS),
        (draw_fountain, FOUNTAINS),
        (draw_recycling, RECYCLING),
        (draw_redaction, BLACKED_OUT),
    ):
        for place in places:
            draw(pen.canvas, *pen.at(place))


def _draw_cameras(pen: Pen, cameras: Sequence[Camera]) -> None:
    c = pen.canvas
    taken = [shapely.box(x - 5, y - 5, x + 5, y + 5) for x, y in (pen.at(each.place) for each in cameras)]
    for camera in cameras:
        x, y = pen.at(camera.place)
        aim = None if camera.azimuth_deg is None else np.radians(pen.paper.direction(camera.azimuth_deg))
        away = (0.7, 0.7) if aim is None else (-float(np.sin(aim)), -float(np.cos(aim)))
        boxes = [shapely.box(x + dx, y + dy, x + dx + 15.5, y + dy + 7.5) for dx, dy in SPOTS]

        def cost(box: shapely.Polygon, x: float = x, y: float = y, away: tuple[float, float] = away) -> float:
            covered = sum(box.intersection(other).area for other in taken)
            toward = (box.centroid.x - x) * away[0] + (box.centroid.y - y) * away[1]
            return float(covered - 0.6 * toward)

        best = min(boxes, key=cost)
        taken.append(best)
        left, low, right, high = best.bounds
        pen.paper_behind(left, low, right - left, high - low)
        c.setFillColor(black)
        c.setFont("Helvetica-Bold", 6.6)
        c.drawString(left + 1.6, low + 1.5, camera.label)
    for camera in cameras:
        aim_deg = None if camera.azimuth_deg is None else pen.paper.direction(camera.azimuth_deg)
        draw_symbol(c, camera.drawn_as, *pen.at(camera.place), aim_deg)


# Where a label may stand: its lower left corner from the symbol's middle.
SPOTS: Final = ((6.0, 1.5), (6.0, -9.0), (-21.5, 1.5), (-21.5, -9.0), (-7.75, 6.5), (-7.75, -14.0))


def _mark_pitch(pen: Pen, pitch: shapely.Polygon) -> None:
    a, b, c, d = (np.array(corner) for corner in pitch.exterior.coords[:4])
    pen.line(shapely.LineString([(a + b) / 2, (c + d) / 2]), white, 0.8)
    pen.line(pitch.centroid.buffer(8).exterior, white, 0.8)


def _hatch(pen: Pen, shape: shapely.Polygon, colour: HexColor, step: float, along: bool = False) -> None:
    x0, y0, x1, y1 = shape.bounds
    for at in np.arange(x0 + step, x1, step):
        spine = shapely.LineString([(at, y0), (at + (0 if along else 3), y1)])
        for part in shapely.get_parts(shape.intersection(spine)):
            if along:
                low, high = part.bounds[1], part.bounds[3]
                for end, inner in ((low, low + 4.5), (high, high - 4.5)):
                    pen.line(shapely.LineString([(at, end), (at, inner)]), colour, 0.4)
            else:
                pen.line(part, colour, 0.4)


def _mark_graves(pen: Pen, shape: shapely.Polygon) -> None:
    x0, y0, x1, y1 = shape.bounds
    for x in np.arange(x0 + 3, x1, 4.0):
        for y in np.arange(y0 + 3, y1, 4.5):
            if shapely.contains_xy(shape.buffer(-1.5), x, y):
                for arm in ([(x, y - 0.9), (x, y + 0.9)], [(x - 0.6, y + 0.3), (x + 0.6, y + 0.3)]):
                    pen.line(shapely.LineString(arm), HexColor("#98a68a"), 0.4)
