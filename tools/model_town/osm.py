"""The town as an OpenStreetMap file.

Its ids lie far beyond any that OpenStreetMap has given. Negative ones, the custom for data that is in no database,
are not assembled to areas by common readers.
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import quoteattr

import shapely

from tools.model_town.ground import to_degrees
from tools.model_town.plan import Town

DECIMALS = 8
FIRST_NODE = 900_000_000_001
FIRST_WAY = 900_000_100_001
FIRST_RELATION = 900_000_200_001


def write_osm(town: Town) -> str:
    """Return the file; nodes come first, then ways, then relations, as readers expect."""
    file = _File()
    for house in town.houses:
        tags = {"building": house.building, **house.tags}
        if house.height_m is not None:
            tags["height"] = f"{house.height_m:g}"
        file.area(house.shape, tags)
    for garden in town.gardens:
        for part in shapely.get_parts(garden):
            file.area(part, {"leisure": "garden", "garden:type": "residential", "access": "private"})
    for green in town.greens:
        file.area(green, {"leisure": "park"})
    for street in town.streets:
        file.way(street.line.coords, {"highway": "residential", "name": street.name})
    for door in town.doors:
        file.node(door.place, {"entrance": door.kind})
    return file.text()


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
