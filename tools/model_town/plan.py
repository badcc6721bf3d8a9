"""The plan of Villemodèle in metres of its own axes: streets, buildings, gardens, entrances, trees."""

from __future__ import annotations

import numpy as np
import shapely

from tools.model_town.along import beside
from tools.model_town.places import build_places
from tools.model_town.rows import build_rows
from tools.model_town.streets import streets
from tools.model_town.town import House, Point, Town

SEED = 59300
# Fences are measured to a centimetre.
FENCED_M = 0.01
# Nobody fences what is narrower than twice this.
NARROW_M = 0.3


def draw_plan() -> Town:
    """Return the town, the same each time."""
    rng = np.random.default_rng(SEED)
    town = Town(streets=streets())
    build_places(town)
    build_rows(town, rng)
    _number(town)
    _fence(town)
    _plant(town, rng)
    return town


def _number(town: Town) -> None:
    """Number the houses of each street from its start: odd on the left, even on the right."""
    for street in town.streets:
        sides: dict[bool, list[tuple[float, House]]] = {True: [], False: []}
        for house in town.houses:
            if house.tags.get("addr:street") == street.name:
                middle = house.shape.centroid
                at = street.line.project(middle)
                x, y = beside(street.line, at, 1.0)
                here = street.line.interpolate(at)
                left = (middle.x - here.x) * (x - here.x) + (middle.y - here.y) * (y - here.y) > 0
                sides[left].append((at, house))
        for left, houses in sides.items():
            for rank, (_, house) in enumerate(sorted(houses, key=lambda pair: pair[0])):
                house.tags["addr:housenumber"] = str(2 * rank + (1 if left else 2))


def _fence(town: Town) -> None:
    """Cut gardens where a building, a street or an earlier garden lies, so that each lies on its own home's land."""
    streets = [street.line.buffer(street.width_m / 2 + 0.5) for street in town.streets]
    taken = shapely.union_all([*(house.shape for house in town.houses), *streets])
    fenced = {}
    for key, ground in town.gardens.items():
        open_ground = ground.difference(taken)
        wide = open_ground.buffer(-NARROW_M, join_style="mitre").buffer(NARROW_M, join_style="mitre")
        left = shapely.get_parts(shapely.set_precision(wide, FENCED_M))
        own = [part for part in left if part.distance(town.house(key).shape) < 0.05 and part.area > 15]
        if own:
            fenced[key] = max(own, key=lambda part: float(part.area))
            taken = taken.union(fenced[key])
    town.gardens = fenced


def _plant(town: Town, rng: np.random.Generator) -> None:
    """Plant trees in parks at random, along the quay and around the square in rows, and some in gardens."""
    solid = shapely.union_all(
        [
            *(house.shape.buffer(2.5) for house in town.houses),
            *(street.line.buffer(street.width_m / 2 + 1.5) for street in town.streets),
            *(ground.shape for ground in town.grounds if ground.use in {"water", "pitch", "parking"}),
        ]
    )
    spots: list[Point] = []
    for ground in town.grounds:
        if ground.use in {"park", "lawn"}:
            x0, y0, x1, y1 = ground.shape.bounds
            tries = rng.uniform((x0, y0), (x1, y1), (int(ground.shape.area / 160), 2))
            inner = ground.shape.buffer(-2)
            spots += [(float(x), float(y)) for x, y in tries if shapely.contains_xy(inner, x, y)]
        elif ground.use == "orchard":
            x0, y0, x1, y1 = ground.shape.bounds
            rows = [(float(x), float(y)) for x in np.arange(x0, x1, 8.0) for y in np.arange(y0, y1, 8.0)]
            spots += [spot for spot in rows if shapely.contains_xy(ground.shape.buffer(-2.5), *spot)]
    quay = town.street("Quai des Tanneurs").line
    spots += [beside(quay, float(at), -6.5) for at in np.arange(20, quay.length - 10, 11.0)]
    spots += [(float(x), y) for y in (12.0, 27.0) for x in np.arange(46, 120, 9.0)]
    for garden in town.gardens.values():
        if garden.area > 200 and rng.random() < 0.8:
            inside = garden.representative_point()
            spots.append((inside.x, inside.y))
    for spot in spots:
        far = all(np.hypot(spot[0] - x, spot[1] - y) > 4.5 for x, y in town.trees)
        if far and not shapely.contains_xy(solid, *spot):
            town.trees.append(spot)
