"""What a town is made of: streets, buildings, gardens, other grounds, entrances, trees."""

from __future__ import annotations

from dataclasses import dataclass, field

import shapely

Point = tuple[float, float]


@dataclass(frozen=True)
class Street:
    """A named street and its middle line."""

    name: str
    line: shapely.LineString
    width_m: float
    highway: str = "residential"


@dataclass(frozen=True)
class House:
    """A building: footprint, OSM's words for it, height (None where nobody tagged one)."""

    key: str
    shape: shapely.Polygon
    building: str
    height_m: float | None
    tags: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Ground:
    """Land that is not built on: what it is for, and its name where it has one."""

    use: str
    shape: shapely.Polygon
    name: str = ""


@dataclass(frozen=True)
class Door:
    """An entrance on a wall: of a home, the main one of a larger building, or a shop's."""

    key: str
    place: Point
    kind: str


@dataclass
class Town:
    """All that stands and lies in the town."""

    streets: list[Street] = field(default_factory=list)
    houses: list[House] = field(default_factory=list)
    gardens: dict[str, shapely.Polygon] = field(default_factory=dict)
    grounds: list[Ground] = field(default_factory=list)
    doors: list[Door] = field(default_factory=list)
    trees: list[Point] = field(default_factory=list)

    def house(self, key: str) -> House:
        return next(each for each in self.houses if each.key == key)

    def street(self, name: str) -> Street:
        return next(each for each in self.streets if each.name == name)

    def crossing(self, first: str, second: str) -> Point:
        """Return where the middle lines of two streets meet."""
        spots = shapely.shortest_line(self.street(first).line, self.street(second).line)
        return spots.coords[0][0], spots.coords[0][1]

    def lay(self, use: str, shape: shapely.Polygon, name: str = "") -> None:
        self.grounds.append(Ground(use, shape, name))

    def open_door(self, key: str, towards: Point, kind: str) -> None:
        """Put an entrance on the wall of a house, where it is nearest to a place."""
        outline = self.house(key).shape.exterior
        spot = outline.interpolate(outline.project(shapely.Point(towards)))
        self.doors.append(Door(f"{key}/door-{len(self.doors) + 1}", (spot.x, spot.y), kind))

    def has_room_for(self, shape: shapely.Polygon) -> bool:
        """Whether a shape meets no house but along a wall, and no street but at its edge."""
        inner = shape.buffer(-0.05)
        on_street = any(inner.intersects(each.line.buffer(each.width_m / 2)) for each in self.streets)
        return not on_street and not any(inner.intersects(house.shape) for house in self.houses)
