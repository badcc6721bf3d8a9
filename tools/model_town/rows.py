"""Houses along the streets: terraces that share their walls, shops below flats, and villas in gardens."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import shapely

from tools.model_town.along import beside, merged, square_to, strip
from tools.model_town.town import House, Point, Town


class Terrace(NamedTuple):
    """A row along a street, on its left (+1) or right (-1), from one distance along it to another."""

    key: str
    street: str
    side: int
    start: float
    end: float
    houses: int
    setback: float = 1.8
    depth: float = 10.5
    garden: float = 13.0
    building: str = "terrace"


class Villas(NamedTuple):
    """Plots along a street with a house on each; `garages` says which have one before the house."""

    key: str
    street: str
    side: int
    start: float
    end: float
    plots: int
    depth: float
    garages: str = ""


TERRACES = (
    Terrace("eglise-w", "Rue de l'Église", +1, 114, 188, 9),
    Terrace("eglise-n", "Rue de l'Église", -1, 230, 280, 6),
    Terrace("grande-w", "Grande Rue", +1, 78, 144, 8),
    Terrace("grande-sw", "Grande Rue", -1, 74, 132, 7),
    Terrace("jardins-s", "Rue des Jardins", -1, 240, 314, 9),
    Terrace("tilleuls-e", "Rue des Tilleuls", -1, 132, 196, 7),
    Terrace("tilleuls-w", "Rue des Tilleuls", +1, 24, 76, 6),
    Terrace("quai", "Quai des Tanneurs", +1, 208, 280, 8),
    Terrace("pont-e", "Rue du Pont", -1, 162, 216, 6, garden=12.0),
    Terrace("neuve-e", "Rue Neuve", -1, 18, 78, 6, garden=9.0),
    Terrace("shops-w", "Grande Rue", -1, 218, 286, 5, 1.0, 13.0, 0.0, "retail"),
    Terrace("shops-e", "Grande Rue", -1, 348, 418, 5, 1.0, 13.0, 0.0, "retail"),
)

VILLAS = (
    Villas("verger-in", "Rue des Jardins", +1, 102, 208, 5, 30.0, "01.1."),
    Villas("verger-out", "Allée du Verger", +1, 44, 196, 5, 30.0, "1.11."),
    Villas("jardins-w", "Rue des Jardins", -1, 72, 186, 5, 31.0, "1.1.1"),
    Villas("jardins-n", "Rue des Jardins", +1, 250, 330, 4, 31.0, "1.1."),
    Villas("jardins-e", "Rue des Jardins", -1, 447, 474, 1, 30.0, "1"),
    Villas("quai-e", "Quai des Tanneurs", +1, 343, 424, 3, 32.0, "1.1"),
    Villas("quai-f", "Quai des Tanneurs", +1, 452, 512, 3, 27.0, "1.1"),
    Villas("forges", "Rue des Forges", +1, 14, 82, 3, 25.0, ".1."),
    Villas("forges-w", "Rue des Forges", -1, 12, 58, 2, 23.0, "1."),
    Villas("rive", "Rue du Pont", -1, 58, 104, 2, 36.0, "1."),
)


def build_rows(town: Town, rng: np.random.Generator) -> None:
    """Build the terraces and the villas that there is room for, with doors, gardens and garages."""
    for terrace in TERRACES:
        _build_terrace(town, terrace, rng)
    for villas in VILLAS:
        _build_villas(town, villas, rng)


def _build_terrace(town: Town, row: Terrace, rng: np.random.Generator) -> None:
    street = town.street(row.street)
    line, front = street.line, street.width_m / 2 + row.setback
    widths = rng.uniform(0.85, 1.15, row.houses)
    stops = row.start + (row.end - row.start) * np.r_[0.0, np.cumsum(widths)] / widths.sum()
    depths = row.depth + np.round(rng.uniform(-1.2, 1.2, row.houses), 1)

    def at(stop: float, deep: float) -> Point:
        return beside(line, float(stop), row.side * (front + deep))

    for n in range(row.houses):
        here = depths[n]
        # A longer wall carries the corner of the shorter house beside it, so that both share that part of it.
        walls = [[min(here, depths[m]) for m in (n + step,) if 0 <= m < row.houses] for step in (-1, 1)]
        left = [at(stops[n], deep) for deep in sorted({0.0, here, *walls[0]})]
        right = [at(stops[n + 1], deep) for deep in sorted({0.0, here, *walls[1]})]
        shape = shapely.Polygon(left + right[::-1])
        if not town.has_room_for(shape):
            continue
        key = f"{row.key}-{n + 1}"
        tags = {"addr:street": row.street}
        shop = row.building == "retail"
        height = round(float(rng.uniform(9.0, 12.5) if shop else rng.uniform(6.5, 9.5)), 1)
        if shop or n % 6 == 4:
            tags["building:levels"] = "3" if shop else "2"
        if shop:
            tags["shop"] = "yes"
        untold = n % 6 == 4 and not shop
        town.houses.append(House(key, shape, row.building, None if untold else height, tags))
        a, b = at(stops[n], 0.0), at(stops[n + 1], 0.0)
        if shop:
            town.open_door(key, _between(a, b, 0.6), "shop")
        town.open_door(key, _between(a, b, 0.22), "home")
        if row.garden:
            ground = shapely.Polygon(
                [
                    left[-1],
                    right[-1],
                    at(stops[n + 1], row.depth + row.garden),
                    at(stops[n], row.depth + row.garden),
                ]
            )
            if n % 3 != 2 and town.has_room_for(ground):
                town.gardens[key] = ground


def _build_villas(town: Town, row: Villas, rng: np.random.Generator) -> None:
    street = town.street(row.street)
    line, edge = street.line, street.width_m / 2 + 1.5
    plot = (row.end - row.start) / row.plots
    for n in range(row.plots):
        key = f"{row.key}-{n + 1}"
        left, right = row.start + n * plot, row.start + (n + 1) * plot
        ground = strip(line, left, right, row.side * edge, row.side * (edge + row.depth))
        garage = row.garages[n] == "1"
        setback = edge + (10.5 if garage else float(rng.uniform(4.5, 6.5)))
        width, depth = min(plot - 5.0, float(rng.uniform(10.0, 13.0))), float(rng.uniform(8.0, 9.5))
        middle = (left + right) / 2 + float(rng.uniform(-0.5, 0.5))
        shape = square_to(line, middle, row.side * setback, width, depth)
        if n % 3 == 1:
            wing = square_to(line, middle + width / 4, row.side * (setback - 2.5), width / 2.2, depth)
            shape = merged(shape, wing)
        if not (town.has_room_for(shape.buffer(1)) and town.has_room_for(ground.buffer(-1.5))):
            continue
        told = rng.random() > 0.2
        tags = {"addr:street": row.street} | ({} if told else {"building:levels": "2"} if n % 2 else {})
        height = round(float(rng.uniform(6.0, 9.0)), 1) if told else None
        town.houses.append(House(key, shape, "house" if rng.random() < 0.8 else "yes", height, tags))
        town.open_door(key, beside(line, middle - 1.5, row.side * (setback - 3)), "home")
        if garage:
            box = square_to(line, left + 4.2, row.side * (edge + 1.5), 3.8, 6.2)
            town.houses.append(House(f"{key}-garage", box, "garage", 3.0))
        town.gardens[key] = ground


def _between(a: Point, b: Point, share: float) -> Point:
    return a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])
