"""The plan of Villemodèle in metres: streets, buildings, gardens, entrances. x runs east, y north."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray

Point = tuple[float, float]
Floats = NDArray[np.float64]

STREET_M: Final = 11.0  # between the façades of a narrow street


@dataclass(frozen=True)
class Street:
    """A named street and its middle line."""

    name: str
    line: shapely.LineString
    width_m: float = 7.0


@dataclass(frozen=True)
class House:
    """A building: footprint, OSM's words for it, height (None where nobody tagged one)."""

    key: str
    shape: shapely.Polygon
    building: str
    height_m: float | None
    tags: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Door:
    """An entrance on a wall."""

    key: str
    place: Point
    kind: str


@dataclass
class Town:
    """All that stands and lies in the town."""

    streets: list[Street] = field(default_factory=list)
    houses: list[House] = field(default_factory=list)
    gardens: list[shapely.Polygon] = field(default_factory=list)
    greens: list[shapely.Polygon] = field(default_factory=list)
    doors: list[Door] = field(default_factory=list)
    trees: list[Point] = field(default_factory=list)

    def house(self, key: str) -> House:
        return next(each for each in self.houses if each.key == key)

    def street(self, name: str) -> Street:
        return next(each for each in self.streets if each.name == name)


def draw_plan() -> Town:
    """Return the town, the same each time."""
    town = Town(streets=_streets())
    rng = np.random.default_rng(59300)
    _centre(town, rng)
    _terraces(town, rng)
    _villas(town, rng)
    _slabs(town)
    _works(town)
    _plant(town, rng)
    _number(town)
    built = shapely.union_all([house.shape for house in town.houses])
    town.gardens = [_polygon(ground.difference(built)) for ground in town.gardens]
    return town


def _streets() -> list[Street]:
    bend = [(118 + 120 * np.sin(t), -118 - 62 * (1 - np.cos(t))) for t in np.linspace(-0.2, 1.57, 14)]
    return [
        Street("Grande Rue", shapely.LineString([(-260, -14), (-55, 0), (105, 8), (260, 26)]), 9.0),
        Street("Rue de l'Église", shapely.LineString([(-78, -185), (-55, 0), (-40, 185)])),
        Street("Rue des Tilleuls", shapely.LineString([(92, -185), (105, 8), (122, 185)])),
        Street("Rue du Lavoir", shapely.LineString([(-260, 92), (-47.5, 100), (113.4, 110), (260, 118)])),
        Street("Rue des Jardins", shapely.LineString([(-260, -118), (-69.5, -110), (97, -100), (260, -92)])),
        Street("Rue de la Gare", shapely.LineString([(105, 8), (185, 62), (252, 116)])),
        Street("Allée du Verger", shapely.LineString(bend), 5.0),
        Street("Rue du Moulin", shapely.LineString([(-190.5, -119), (-176, -8), (-168, 99)])),
    ]


def _centre(town: Town, rng: np.random.Generator) -> None:
    """The square, the church, the town hall, the school, and the block around a courtyard."""
    outer = _box(-32, 20, 52, 82, turn=3.5)
    yard = _box(-14, 36, 33, 66, turn=3.5)
    town.houses.append(
        House(
            "block",
            shapely.Polygon(outer.exterior, [yard.exterior.coords]),
            "apartments",
            15.0,
            _address("Grande Rue"),
        )
    )
    _door(town, "block", (10, 18), "main")
    _door(town, "block", (53, 45), "main")
    nave, tower = _box(-150, 30, -112, 46, turn=4), _box(-112, 29.5, -100, 46.8, turn=4, about=(-131, 38))
    town.houses.append(
        House("church", nave, "church", 14.0, {"amenity": "place_of_worship", "name": "Église du Modèle"})
    )
    town.houses.append(House("tower", tower, "church", 32.0, {"amenity": "place_of_worship"}))
    town.houses.append(
        House(
            "hall",
            _box(66, 24, 92, 46, turn=3),
            "townhall",
            13.0,
            {"amenity": "townhall", "name": "Mairie de Villemodèle"},
        )
    )
    school = shapely.union_all([_box(-150, -70, -96, -56), _box(-110, -100, -96, -56)])
    town.houses.append(
        House(
            "school",
            _polygon(shapely.affinity.rotate(school, 3.5, origin=(-120, -75))),
            "school",
            8.0,
            {"amenity": "school", "name": "École des Marronniers"},
        )
    )
    _door(town, "school", (-122, -52), "main")
    for number, at in enumerate(np.linspace(-40, 40, 5)):
        _shop(town, f"shop-{number}", (at + 6, -10.5 + 0.05 * at), float(rng.uniform(7.5, 11)))
    town.greens.append(_box(60, 56, 98, 90, turn=3.5))
    town.greens.append(_box(-152, 52, -70, 84, turn=3))


def _terraces(town: Town, rng: np.random.Generator) -> None:
    """Rows of houses that share their walls, along the old streets."""
    rows = (
        ("Rue de l'Église", 12, 92, +1, 9, "T1"),
        ("Rue de l'Église", 104, 178, -1, 8, "T2"),
        ("Rue de l'Église", 199, 268, -1, 7, "T3"),
        ("Rue de l'Église", 300, 362, +1, 7, "T4"),
        ("Grande Rue", 12, 72, -1, 6, "T5"),
        ("Grande Rue", 100, 150, +1, 5, "T6"),
        ("Rue du Lavoir", 110, 200, +1, 9, "T7"),
        ("Rue des Tilleuls", 112, 176, +1, 6, "T8"),
        ("Rue du Moulin", 12, 92, -1, 8, "T9"),
    )
    for street, start, end, side, houses, name in rows:
        line = town.street(street).line
        stops = np.linspace(start, end, houses + 1)
        depth = 11.0
        front = [_beside(line, at, side * STREET_M / 2) for at in stops]
        back = [_beside(line, at, side * (STREET_M / 2 + depth)) for at in stops]
        garden = [_beside(line, at, side * (STREET_M / 2 + depth + 12)) for at in stops]
        for number in range(houses):
            key = f"{name}-{number + 1}"
            shape = shapely.Polygon([front[number], front[number + 1], back[number + 1], back[number]])
            height = float(round(rng.uniform(6.5, 10.5), 1)) if rng.random() > 0.12 else None
            tags = _address(street)
            if height is None:
                tags["building:levels"] = "2"
            if not _free(town, shape):
                continue
            town.houses.append(House(key, shape, "terrace", height, tags))
            _door(town, key, _between(front[number], front[number + 1], 0.3), "home")
            if number % 3 == 0:
                ground = shapely.Polygon([back[number], back[number + 1], garden[number + 1], garden[number]])
                if _free(town, ground.buffer(-0.2)):
                    town.gardens.append(ground)


def _villas(town: Town, rng: np.random.Generator) -> None:
    """Detached houses with gardens; some have a low garage towards the street, before the tall house."""
    rows = (
        ("Rue des Jardins", 10, 172, -1, 7, "V1"),
        ("Rue des Jardins", 215, 345, +1, 6, "V2"),
        ("Rue des Jardins", 205, 350, -1, 5, "V3"),
        ("Rue du Lavoir", 8, 205, +1, 8, "V4"),
        ("Rue du Lavoir", 225, 368, +1, 6, "V5"),
        ("Rue du Lavoir", 396, 515, +1, 5, "V6"),
        ("Allée du Verger", 46, 160, +1, 5, "V8"),
        ("Rue des Jardins", 376, 520, +1, 6, "V9"),
    )
    for street, start, end, side, houses, name in rows:
        line = town.street(street).line
        plot = (end - start) / houses
        for number in range(houses):
            key = f"{name}-{number + 1}"
            left, right = start + number * plot, start + (number + 1) * plot - 1.5
            ground = shapely.Polygon(
                [
                    _beside(line, left, side * 5),
                    _beside(line, right, side * 5),
                    _beside(line, right, side * 36),
                    _beside(line, left, side * 36),
                ]
            )
            setback = float(rng.uniform(15, 17)) if number % 2 == 0 else float(rng.uniform(9, 12))
            shape = _plot(line, left + 2.5, right - 2.5, side, setback, setback + 10)
            if right > line.length:
                continue
            if not (_free(town, shape.buffer(1)) and _free(town, ground.buffer(-2))):
                continue
            height = float(round(rng.uniform(6, 9), 1)) if rng.random() > 0.2 else None
            tags = _address(street)
            town.houses.append(House(key, shape, "house" if rng.random() < 0.7 else "yes", height, tags))
            middle = (left + right) / 2
            _door(town, key, _beside(line, middle, side * (setback - 1)), "home")
            if number % 2 == 0:
                garage = _plot(line, left + 1, left + 7, side, 7, 13)
                if _free(town, garage):
                    town.houses.append(House(f"{key}-garage", garage, "garage", 3.0))
            town.gardens.append(ground)


def _slabs(town: Town) -> None:
    """Three apartment slabs with many storeys, and their common green."""
    for number, (x, y, height) in enumerate(((168, 18, 24.0), (205, 46, 27.0), (160, 78, 18.0))):
        key = f"slab-{number + 1}"
        shape = _box(x - 6, y - 18, x + 6, y + 18, turn=(-38, -38, 52)[number])
        if _free(town, shape):
            levels = {"building:levels": f"{height / 3:.0f}"}
            town.houses.append(House(key, shape, "apartments", None, levels | _address("Rue de la Gare")))
            _door(town, key, (x, y), "main")


def _works(town: Town) -> None:
    """A workshop at the edge of the town, with a flat roof and a shed."""
    for key, shape, building, height in (
        ("works", _box(196, -52, 246, -16, turn=5), "industrial", 7.0),
        ("works-shed", _box(180, -44, 192, -34, turn=5), "shed", 3.5),
        ("station", _box(225, 66, 252, 78, turn=38), "train_station", 7.0),
        ("surgery", _box(-235, -60, -212, -42, turn=4), "yes", 6.0),
        ("kiosk", _box(72, 66, 76, 70), "kiosk", 3.0),
        ("depot", _box(-240, 22, -205, 46, turn=3), "warehouse", 6.5),
        ("hut", _box(-232, 58, -226, 62), "hut", 2.6),
    ):
        if _free(town, shape):
            tags = {"amenity": "doctors", "name": "Cabinet médical"} if key == "surgery" else {}
            town.houses.append(House(key, shape, building, height, tags))


def _plant(town: Town, rng: np.random.Generator) -> None:
    solid = shapely.union_all([house.shape.buffer(2) for house in town.houses])
    for green in town.greens:
        x0, y0, x1, y1 = green.bounds
        for x, y in rng.uniform((x0, y0), (x1, y1), (16, 2)):
            if shapely.contains_xy(green.buffer(-2), x, y) and not shapely.contains_xy(solid, x, y):
                town.trees.append((float(x), float(y)))


def _shop(town: Town, key: str, at: Point, height: float) -> None:
    """A shop with flats above, its window on the Grande Rue."""
    x, y = at
    shape = _box(x, y - 12, x + 14, y, turn=3.0)
    tags = {"building:levels": "3", "shop": "yes"} | _address("Grande Rue")
    town.houses.append(House(key, shape, "retail", round(height, 1), tags))
    _door(town, key, (x + 7, y + 1), "shop")


def _door(town: Town, key: str, towards: Point, kind: str) -> None:
    """Put an entrance on the wall of a house, where it is nearest to a place."""
    outline = town.house(key).shape.exterior
    spot = outline.interpolate(outline.project(shapely.Point(towards)))
    town.doors.append(Door(f"{key}/door-{len(town.doors) + 1}", (spot.x, spot.y), kind))


def _number(town: Town) -> None:
    """Number the houses of each street from its start: odd on the left, even on the right."""
    for street in town.streets:
        sides: dict[bool, list[tuple[float, House]]] = {True: [], False: []}
        for house in town.houses:
            if house.tags.get("addr:street") == street.name:
                middle = house.shape.centroid
                at = street.line.project(middle)
                x, y = _beside(street.line, at, 1.0)
                here = street.line.interpolate(at)
                left = (middle.x - here.x) * (x - here.x) + (middle.y - here.y) * (y - here.y) > 0
                sides[left].append((at, house))
        for left, houses in sides.items():
            for rank, (_, house) in enumerate(sorted(houses, key=lambda pair: pair[0])):
                house.tags["addr:housenumber"] = str(2 * rank + (1 if left else 2))


def _address(street: str) -> dict[str, str]:
    return {"addr:street": street}


def _free(town: Town, shape: shapely.Polygon) -> bool:
    """Whether a shape meets no house but along a wall, and no street but at its edge."""
    inner = shape.buffer(-0.05)
    streets = any(inner.intersects(street.line.buffer(street.width_m / 2)) for street in town.streets)
    return not streets and not any(inner.intersects(house.shape) for house in town.houses)


def _plot(
    line: shapely.LineString, start: float, end: float, side: int, near: float, far: float
) -> shapely.Polygon:
    return shapely.Polygon(
        [
            _beside(line, start, side * near),
            _beside(line, end, side * near),
            _beside(line, end, side * far),
            _beside(line, start, side * far),
        ]
    )


def _beside(line: shapely.LineString, at: float, aside: float) -> Point:
    """Return the place `at` metres along a street and `aside` metres to its left."""
    at = min(at, line.length - 0.5)
    here, there = line.interpolate(at), line.interpolate(at + 0.5)
    before = line.interpolate(max(at - 0.5, 0.0))
    dx, dy = there.x - before.x, there.y - before.y
    size = float(np.hypot(dx, dy))
    return here.x - aside * dy / size, here.y + aside * dx / size


def _between(a: Point, b: Point, share: float) -> Point:
    return a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])


def _box(
    x0: float, y0: float, x1: float, y1: float, turn: float = 0.0, about: Point | None = None
) -> shapely.Polygon:
    shape = shapely.box(x0, y0, x1, y1)
    return shapely.affinity.rotate(shape, turn, origin=about or "centroid")


def _polygon(shape: Any) -> shapely.Polygon:
    """Return the largest polygon of a shape, its outer ring anticlockwise."""
    return max(
        (shapely.Polygon(part) for part in shapely.get_parts(shapely.orient_polygons(shape))),
        key=lambda part: part.area,
    )
