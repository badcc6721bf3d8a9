"""The cameras of Villemodèle: what they truly are, before anybody draws them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from tools.model_town.plan import Point, Town


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
        azimuth = None if aim is None else _azimuth(place, aim)
        label = f"C{len(cameras) + 1:02d}"
        cameras.append(Camera(label, kind, drawn or kind, place, azimuth, height, model, since))

    # Along the Grande Rue: the old fixed cameras, most of them down the street.
    add("fixed", _on_wall(town, "T5-6", (-190, 0)), (-255, -10), 4.5, "2011-04-01", "generic fixed 2 MP")
    add("fixed", _on_wall(town, "T6-5", (-100, 0)), (-170, -5), 5.0, "2011-04-01", "generic fixed 2 MP")
    add("ptz", (-62, 8), (-58, 60), 7.0, "2016-09-15", "generic PTZ 2 MP 30x")
    add("fixed", _on_wall(town, "shop-1", (-14, 0)), (10, 20), 4.0, "2012-02-01", "generic fixed 2 MP")
    add("dome", (6, 7.5), None, 5.0, "2016-09-15")
    add("fixed", _on_wall(town, "shop-4", (45, 0)), (100, 10), 4.0, "2012-02-01", "generic fixed 2 MP")
    add("dome", (60, 12), None, 5.5, "2018-06-01")
    add("fixed", _on_wall(town, "hall", (78, 20)), (60, -10), 4.5, "2018-06-01", "generic fixed 4 MP")
    add("anpr", (118, 14), (180, 18), 6.0, "2019-03-10", drawn="anpr")
    add("ptz", (99, 14), (160, 45), 8.0, "2016-09-15", "generic PTZ 2 MP 30x")
    # The school and the church.
    add("fixed", (-120, -48), (-122, -54), 5.0, "2014-09-01", "generic fixed 2 MP")
    add("dome", _on_wall(town, "school", (-100, -105)), None, 4.0, "2014-09-01")
    add("fixed", (-158, 24), (-130, 34), 5.0, "2015-01-20")
    # Rue de l'Église: one looks over a low garage, one straight at a terrace.
    add("fixed", (-54.5, 70), (-42, 40), 5.0, "2013-05-05", "generic fixed 2 MP")
    add("fixed", _on_wall(town, "T4-1", (-45, 120)), (-30, 160), 4.5, "2013-05-05")
    add("fixed", (-66, -60), (-56, -45), 5.0, "2013-05-05")
    # Rue des Jardins and its gardens.
    add("fixed", (-185, -109), (-240, -118), 6.0, "2020-11-30", "generic fixed 4 MP")
    add("fixed", (-62, -104), (-15, -100), 6.0, "2020-11-30", "generic fixed 4 MP")
    add("fixed", (12, -110), (20, -80), 6.0, "2020-11-30", "generic fixed 4 MP")
    add("ptz", (98, -96), None, 8.0, "2020-11-30", "generic PTZ 2 MP 30x")
    add("anpr", (-214, -110), (-255, -112), 5.5, "2019-03-10")
    # Rue du Lavoir.
    add("fixed", (-205, 101), (-205, 120), 5.0, "2021-05-17", "generic fixed 8 MP")
    add("multisensor", (-44, 106), None, 7.0, "2021-05-17")
    add("fixed", (20, 110), (60, 128), 5.0, "2021-05-17", "generic fixed 8 MP")
    add("ptz", (117, 115), (150, 118), 8.0, "2021-05-17", "generic PTZ 2 MP 30x")
    add("fixed", (190, 121), (225, 130), 5.0, "2021-05-17")
    # The station and the slabs: symbols that say only "camera".
    add("dome", (216, 76), None, 6.0, "2018-06-01", drawn="camera")
    add("dome", (182, 52), None, 6.0, "2018-06-01", drawn="camera")
    add("multisensor", (150, 40), None, 7.0, "2021-05-17", drawn="camera")
    # Drawn without a direction, though they have one.
    add("fixed", (170, -88), None, 5.0, "2009-10-12", drawn="unknown")
    add("fixed", (-178, 20), None, 4.5, "2009-10-12", drawn="unknown")
    add("fixed", (185, -113), None, 5.0, "2022-02-02", drawn="unknown")
    return cameras


def _azimuth(place: Point, aim: Point) -> float:
    """Return the direction clockwise from grid north, which at the origin of the town's CRS is true north."""
    return round(float(np.degrees(np.arctan2(aim[0] - place[0], aim[1] - place[1])) % 360.0), 2)


def _on_wall(town: Town, key: str, towards: Point) -> Point:
    """Return a place 0.3 m before the wall of a house, where it is nearest to another."""
    shape = town.house(key).shape
    spot = shape.exterior.interpolate(shape.exterior.project(shapely.Point(towards)))
    dx, dy = towards[0] - spot.x, towards[1] - spot.y
    size = float(np.hypot(dx, dy))
    return spot.x + 0.3 * dx / size, spot.y + 0.3 * dy / size
