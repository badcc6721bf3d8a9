"""The town as an OpenStreetMap file.

Its ids lie far beyond any that OpenStreetMap has given. Negative ones, the custom for data that is in no database,
are not assembled to areas by common readers.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from xml.sax.saxutils import quoteattr

import shapely

from tools.model_town.ground import to_degrees
from tools.model_town.town import Point, Street, Town

# As many as OpenStreetMap keeps: a centimetre.
DECIMALS = 7
# Streets that come as near as this meet.
TOUCH_M = 0.2
FIRST_NODE = 900_000_000_001
FIRST_WAY = 900_000_100_001
FIRST_RELATION = 900_000_200_001

GROUND_TAGS = {
    "park": {"leisure": "park"},
    "lawn": {"landuse": "grass"},
    "orchard": {"landuse": "orchard"},
    "cemetery": {"landuse": "cemetery"},
    "allotments": {"landuse": "allotments"},
    "pitch": {"leisure": "pitch"},
    "square": {"place": "square"},
    "parking": {"amenity": "parking"},
    "water": {"natural": "water", "water": "river"},
}


def write_osm(town: Town) -> str:
    """Return the file; nodes come first, then ways, then relations, as readers expect."""
    file = _File()
    for house in town.houses:
        tags = {"building": house.building, **house.tags}
        if house.height_m is not None:
            tags["height"] = f"{house.height_m:g}"
        file.area(house.shape, tags)
    for garden in town.gardens.values():
        file.area(garden, {"leisure": "garden", "garden:type": "residential", "access": "private"})
    for ground in town.grounds:
        if ground.use in GROUND_TAGS:
            file.area(ground.shape, GROUND_TAGS[ground.use] | ({"name": ground.name} if ground.name else {}))
    for street in town.streets:
        file.way(_with_crossings(street, town), {"highway": street.highway, "name": street.name})
    for door in town.doors:
        file.node(door.place, {"entrance": door.kind})
    return file.text()


def _with_crossings(street: Street, town: Town) -> list[Point]:
    """Return a street's points with one more wherever another street meets it, so that both share a node."""
    line = street.line
    places = {line.project(shapely.Point(point)): (point[0], point[1]) for point in line.coords}
    for other in town.streets:
        if other.name != street.name and line.distance(other.line) < TOUCH_M:
            spot = town.crossing(*sorted((street.name, other.name)))
            places = {at: point for at, point in places.items() if math.dist(point, spot) > TOUCH_M}
            places[line.project(shapely.Point(spot))] = spot
    return [point for _, point in sorted(places.items())]


class _File:
    """Nodes, ways and relations with their running ids."""

    def __init__(self) -> None:
        self.nodes: list[str] = []
        self.ways: list[str] = []
        self.relations: list[str] = []
        self.known: dict[tuple[float, float], int] = {}

    def text(self) -> str:
        return "\n".join(
            [
                "<?xml version='1.0' encoding='UTF-8'?>",
                "<!-- Villemodèle is an invented town in the open Atlantic: no real place. CC0-1.0 -->",
                "<osm version='0.6' generator='visavis model town'>",
                *self.nodes,
                *self.ways,
                *self.relations,
                "</osm>",
                "",
            ]
        )

    def node(self, at: Iterable[float], tags: dict[str, str] | None = None) -> int:
        x, y = at
        key = (round(x, 4), round(y, 4))
        if tags is None and key in self.known:
            return self.known[key]
        number = FIRST_NODE + len(self.nodes)
        self.known.setdefault(key, number)
        lon, lat = to_degrees(x, y)
        place = f"lat='{float(lat):.{DECIMALS}f}' lon='{float(lon):.{DECIMALS}f}'"
        self.nodes.append(_element("node", number, place, _tags(tags or {})))
        return number

    def way(self, points: Iterable[Iterable[float]], tags: dict[str, str]) -> int:
        refs = [f"  <nd ref='{self.node(point)}'/>" for point in points]
        number = FIRST_WAY + len(self.ways)
        self.ways.append(_element("way", number, "", [*refs, *_tags(tags)]))
        return number

    def area(self, shape: shapely.Polygon, tags: dict[str, str]) -> None:
        """Write a polygon: a closed way, or a multipolygon relation where it has holes."""
        if not shape.interiors:
            self.way(shape.exterior.coords, tags)
            return
        rings = [("outer", shape.exterior), *(("inner", ring) for ring in shape.interiors)]
        members = [
            f"  <member type='way' ref='{self.way(ring.coords, {})}' role='{role}'/>" for role, ring in rings
        ]
        number = FIRST_RELATION + len(self.relations)
        self.relations.append(
            _element("relation", number, "", [*members, *_tags({"type": "multipolygon", **tags})])
        )


def _element(name: str, number: int, attributes: str, inside: list[str]) -> str:
    start = " ".join(filter(None, [f"<{name} id='{number}' version='1'", attributes]))
    return f"{start}/>" if not inside else "\n".join([f"{start}>", *inside, f"</{name}>"])


def _tags(tags: dict[str, str]) -> list[str]:
    return [f"  <tag k={quoteattr(key)} v={quoteattr(value)}/>" for key, value in sorted(tags.items())]
