"""The cameras of Villemodèle: what they truly are, before anybody draws them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely

from tools.model_town.ground import azimuth_deg
from tools.model_town.town import Point, Town

# Where the authority blacked out what stood on its plan.
BLACKED_OUT: Final[tuple[Point, ...]] = ((-6.0, -4.0), (170.0, -40.0), (-178.0, 120.0))


@dataclass(frozen=True)
class Camera:
    """A camera as it stands.

    `drawn_as` is the symbol that the sheet gives it; `camera` says nothing of the kind. `azimuth_deg` is None where
    the camera looks all round or where the sheet does not draw its direction.
    """

    label: str
    kind: str
    drawn_as: str
    place: Point
    azimuth_deg: float | None
    height_m: float
    model: str
    since: str


def set_up(town: Town) -> list[Camera]:
    """Return the town's cameras in the order of their labels."""
    cameras: list[Camera] = []

    def add(
        kind: str,
        place: Point,
        aim: Point | None,
        height: float,
        since: str,
        model: str = "",
        drawn: str | None = None,
    ) -> None:
        azimuth = None if aim is None else round(azimuth_deg(aim[0] - place[0], aim[1] - place[1]), 2)
        label = f"C{len(cameras) + 1:02d}"
        cameras.append(Camera(label, kind, drawn or kind, place, azimuth, height, model, since))

    # The Grande Rue and the square.
    add("anpr", (-221, -40), (-262, -43), 6.0, "2019-03-10")
    front = _on_wall(town, "grande-w-5", (-168, -26))
    add("fixed", front, (-110, -18), 4.5, "2011-04-01", "generic fixed 2 MP")
    add("fixed", (-91, -5.5), (-110, 26), 5.0, "2011-04-01", "generic fixed 2 MP")
    add("ptz", (-106.5, -23), (-60, -12), 7.0, "2016-09-15", "generic PTZ 2 MP 30x")
    add("dome", _on_wall(town, "shops-w-3", (-52, -6)), None, 4.0, "2012-02-01")
    add("ptz", (40.5, 10), (84, 24), 8.0, "2016-09-15", "generic PTZ 2 MP 30x")
    add("fixed", _on_wall(town, "hall", (74, 28)), (52, 12), 4.5, "2018-06-01", "generic fixed 4 MP")
    add("fixed", (122, 7.5), (88, -10), 5.0, "2018-06-01", "generic fixed 4 MP")
    add("multisensor", (137, 0.5), None, 7.0, "2021-05-17")
    add("anpr", (214, -13), (260, -22), 6.0, "2019-03-10")
    # The school, the works, the church.
    add("fixed", (-97.5, -58), (-87, -70), 5.0, "2014-09-01", "generic fixed 2 MP")
    add("dome", _on_wall(town, "gym", (-30, -70)), None, 4.0, "2014-09-01")
    add("fixed", (-112, -97), None, 4.5, "2009-10-12", drawn="unknown")
    add("fixed", _on_wall(town, "tower", (-80, 44)), (-98, 62), 6.5, "2015-01-20")
    # Homes and gardens: over a low garage at a tall house, into gardens, along a terrace.
    before, house = _before(town, "jardins-w-3-garage", 8.0), _middle(town, "jardins-w-3")
    add("fixed", before, house, 6.0, "2020-11-30", "generic fixed 4 MP")
    add("fixed", (-207, 124), (-219, 154), 6.0, "2020-11-30", "generic fixed 4 MP")
    add("fixed", (-130, 157), (-130, 190), 5.0, "2022-02-02", "generic fixed 8 MP")
    add("fixed", (-80.5, 108), (-60, 142), 4.5, "2013-05-05", "generic fixed 2 MP")
    add("fixed", (29.5, 113.5), (-20, 132), 5.0, "2013-05-05")
    add("ptz", (30, 101), None, 8.0, "2020-11-30", "generic PTZ 2 MP 30x")
    # The flats: a row of garages close by, a door of which nobody says where the camera looks, and the crossing.
    add("fixed", (63.4, 126), (63.4, 120), 2.2, "2021-05-17", "generic fixed 2 MP")
    add("fixed", (158.5, 141.5), None, 5.0, "2009-10-12", drawn="unknown")
    add("ptz", (139.5, 110), (176, 150), 8.0, "2021-05-17", "generic PTZ 2 MP 30x")
    # Symbols that say only "camera": the table tells the rest.
    add("dome", (196.5, 76), None, 5.5, "2018-06-01", drawn="camera")
    add("multisensor", (190, 101), None, 7.0, "2021-05-17", drawn="camera")
    # By the river, and south of the square.
    add("fixed", _on_wall(town, "market", (172, 24)), (172, 4), 5.0, "2021-05-17", "generic fixed 8 MP")
    add("fixed", (131, -46), (118, -84), 5.0, "2013-05-05")
    add("fixed", (162, -60), (172, -44), 5.0, "2022-02-02")
    add("anpr", (15, -172), (13, -210), 5.5, "2019-03-10")
    add("dome", (-62, -167), None, 6.0, "2018-06-01")
    return cameras


def _on_wall(town: Town, key: str, towards: Point) -> Point:
    """Return a place 0.3 m before the wall of a house, where it is nearest to another."""
    shape = town.house(key).shape
    spot = shape.exterior.interpolate(shape.exterior.project(shapely.Point(towards)))
    dx, dy = towards[0] - spot.x, towards[1] - spot.y
    size = float(np.hypot(dx, dy))
    return spot.x + 0.3 * dx / size, spot.y + 0.3 * dy / size


def _middle(town: Town, key: str) -> Point:
    middle = town.house(key).shape.centroid
    return middle.x, middle.y


def _before(town: Town, key: str, metres: float) -> Point:
    """Return a place on the street before a building."""
    middle = town.house(key).shape.centroid
    street = min(town.streets, key=lambda each: each.line.distance(middle))
    on_street = street.line.interpolate(street.line.project(middle))
    share = metres / middle.distance(on_street)
    return middle.x + share * (on_street.x - middle.x), middle.y + share * (on_street.y - middle.y)
