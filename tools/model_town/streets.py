"""The streets of Villemodèle and its river."""

from __future__ import annotations

from typing import Final, NamedTuple

import shapely
from shapely.ops import substring

from tools.model_town.along import curve
from tools.model_town.town import Point, Street

RIVER_M: Final = 19.0
MAIN: Final = "tertiary"
SMALL: Final = "residential"


class Course(NamedTuple):
    """A street as it is laid: places that its middle goes through, and the streets on which it starts and ends."""

    name: str
    width_m: float
    highway: str
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    starts_on: str = ""
    ends_on: str = ""


GRANDE_RUE: Final = "Grande Rue"
JARDINS: Final = "Rue des Jardins"
QUAI: Final = "Quai des Tanneurs"
EGLISE: Final = "Rue de l'Église"
TILLEULS: Final = "Rue des Tilleuls"

# Where a street starts or ends on another, its course goes a little beyond that one's middle, and is cut there.
COURSES: Final = (
    Course(
        GRANDE_RUE,
        11.0,
        MAIN,
        (-300, -185, -110, -40, 30, 95, 170, 300),
        (-39, -30, -16, -4, 0, -2, -12, -40),
    ),
    Course(JARDINS, 8.0, SMALL, (-300, -160, -78, 40, 128, 300), (80, 92, 100, 108, 106, 84)),
    Course(QUAI, 7.5, SMALL, (-300, -190, -100, 0, 90, 180, 300), (-140, -124, -116, -118, -126, -124, -106)),
    Course(
        EGLISE, 8.0, SMALL, (-106, -101, -97, -86, -78, -71, -66), (-118, -60, -13, 50, 100, 150, 260), QUAI
    ),
    Course("Rue du Pont", 10.0, MAIN, (12, 9, 8, 20, 30), (-260, -190, -118, -60, 1), "", GRANDE_RUE),
    Course("Rue de la Mairie", 9.0, SMALL, (30, 35, 40, 44, 46), (-1, 50, 108, 160, 260), GRANDE_RUE),
    Course(TILLEULS, 8.0, SMALL, (139, 135, 129, 126, 128), (-128, -60, -6, 50, 107), QUAI, JARDINS),
    Course("Rue des Peupliers", 9.0, SMALL, (128, 166, 210, 260), (105, 138, 182, 245), JARDINS),
    Course("Rue Neuve", 8.0, SMALL, (206, 203, 200), (-21, 40, 100), GRANDE_RUE, JARDINS),
    Course(
        "Rue des Forges", 6.5, SMALL, (134, 170, 206, 222, 226), (-62, -64, -72, -92, -121), TILLEULS, QUAI
    ),
    Course(
        "Allée du Verger",
        6.0,
        SMALL,
        (-214, -212, -186, -140, -100, -70),
        (86, 128, 156, 162, 150, 143),
        JARDINS,
        EGLISE,
    ),
)

RIVER: Final[tuple[Point, ...]] = (
    (-310, -166),
    (-190, -147),
    (-100, -139),
    (0, -141),
    (90, -149),
    (180, -147),
    (310, -128),
)


def streets() -> list[Street]:
    """Return the streets; one that starts or ends on another does so on its middle line."""
    lines = {each.name: curve(tuple(zip(each.xs, each.ys, strict=True))) for each in COURSES}
    return [
        Street(
            each.name,
            _cut(lines[each.name], lines.get(each.starts_on), lines.get(each.ends_on)),
            each.width_m,
            each.highway,
        )
        for each in COURSES
    ]


def river() -> shapely.Polygon:
    """Return the river's bed."""
    return curve(RIVER).buffer(RIVER_M / 2, cap_style="flat")


def _cut(
    line: shapely.LineString, first: shapely.LineString | None, last: shapely.LineString | None
) -> shapely.LineString:
    start = line.project(line.intersection(first).centroid) if first else 0.0
    end = line.project(line.intersection(last).centroid) if last else line.length
    return shapely.LineString(substring(line, start, end).coords)
