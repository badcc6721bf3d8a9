"""The town as one drawing: `/overview.svg`, for browsers without WebGL, and for the first look on a small screen.

`plain=yes` leaves out the names of what is drawn, and groups it by its look: a tenth of the weight.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from html import escape
from itertools import chain
from math import cos, radians
from typing import Any, Final

import numpy as np
import pandas as pd
import shapely
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from visavis.layers import LAYERS
from visavis.layers.legend import legend
from visavis.service.caching import entity_tag, is_known, kept, known
from visavis.service.parameters import parameters
from visavis.service.serving import Serving
from visavis.store import Query, Sort, Store

# A drawing of more shapes would be heavier than the map.
MOST_DRAWN: Final = 6_000
WIDTH: Final = 900
SVG: Final = "image/svg+xml"
_EDGE: Final = 24
_TALLEST: Final = 1_200
# Parts of a unit that places are rounded to.
_FINE: Final = 10

_MARKS: Final = {"solid": 0.55, "hatched": 0.3, "dotted": 0.15}
_DASHES: Final = {"solid": "", "hatched": ' stroke-dasharray="4 2"', "dotted": ' stroke-dasharray="1 2"'}
_QUIET: Final = "#575d66"
_PAPER: Final = ("#f6f4ef", "#13171c")

Place = Callable[[Any], Any]


def overview_routes(serving: Serving) -> list[Route]:
    """Return the route to `/overview.svg`."""
    made: dict[bool, tuple[str, str]] = {}

    def drawn(store: Store, plain: bool) -> str:
        build = f"{store.record().build_id} {store.record().built_at}"
        if made.get(plain, ("",))[0] != build:
            made[plain] = (build, overview_of(store, plain=plain))
        return made[plain][1]

    async def overview(request: Request) -> Response:
        given = parameters(request, allowed=("plain",))
        with serving.live.reading() as store:
            tag = entity_tag(request, store, SVG)
            if is_known(request, tag):
                return known(tag)
            return kept(await run_in_threadpool(drawn, store, given.get("plain") == "yes"), tag, SVG)

    return [Route("/overview.svg", overview)]


def overview_of(store: Store, *, plain: bool = False) -> str:
    """Return exposed buildings and cameras as an SVG drawing, north up: pattern and colour say how surely.

    Of more than `MOST_DRAWN` buildings the surest are drawn. It follows the reader's light or dark scheme.
    """
    surest = Query(sortby=(Sort("probability", True),), limit=MOST_DRAWN)
    buildings = store.frame("exposed_buildings", surest)
    cameras = store.frame("cameras", Query(limit=MOST_DRAWN))
    shapes = [*buildings["geometry"], *cameras["geometry"]]
    if not shapes:
        return _whole(WIDTH, 80, [f'<text x="{_EDGE}" y="44">visavis</text>'])
    west, south, east, north = shapely.total_bounds(shapes)
    shrunk = cos(radians((south + north) / 2))
    wide, high = max((east - west) * shrunk, 1e-6), max(north - south, 1e-6)
    scale = min((WIDTH - 2 * _EDGE) / wide, (_TALLEST - 2 * _EDGE) / high)

    def placed(at: Any) -> Any:
        across = (np.asarray(at) - (west, north)) * (shrunk * scale, -scale)
        return across + _EDGE

    drawn = chain(
        _buildings(buildings[::-1], placed, plain),
        _cameras(cameras, placed, plain),
    )
    height = round(high * scale + 2 * _EDGE)
    mark = "invented · ville inventée" if store.record().invented else ""
    words = f'<text x="{_EDGE}" y="{height + 4}" font-size="13" fill="{_QUIET}">{mark}</text>'
    return _whole(WIDTH, height + 14, [*drawn, words])


def _buildings(rows: pd.DataFrame, placed: Place, plain: bool) -> Iterator[str]:
    for look in reversed(legend()["exposed_buildings"]):
        mine = rows[rows["sureness"] == look["code"]]
        drawing = (
            f'fill="{look["colour"]}" fill-rule="evenodd" fill-opacity="{_MARKS[look["pattern"]]}" '
            f'stroke="{look["colour"]}" class="{look["code"]}"{_DASHES[look["pattern"]]}'
        )
        if plain:
            yield f'<path d="{"".join(_outline(shape, placed, 1) for shape in mine["geometry"])}" {drawing}/>'
            continue
        for row in _rows(mine):
            called = escape(str(row.address or row.name or row.building_id))
            yield f'<path d="{_outline(row.geometry, placed, _FINE)}" {drawing}><title>{called}</title></path>'


def _cameras(rows: pd.DataFrame, placed: Place, plain: bool) -> Iterator[str]:
    colours = {each["code"]: each["colour"] for each in legend()["cameras"]}
    for row in _rows(rows):
        x, y = placed((row.geometry.x, row.geometry.y))
        look = f'r="4.5" fill="{colours[row.kind]}" class="{row.kind}" stroke="#fffdf9"'
        circle = f'<circle cx="{x:.1f}" cy="{y:.1f}" {look}'
        yield (
            f"{circle}/>"
            if plain
            else f"{circle}><title>{escape(str(row.label or row.camera_id))}</title></circle>"
        )


def _rows(frame: pd.DataFrame) -> Iterator[Any]:
    yield from frame.itertuples(index=False)


def _outline(shape: Any, placed: Place, fine: int) -> str:
    rings = chain.from_iterable((part.exterior, *part.interiors) for part in shapely.get_parts(shape))
    return "".join(_ring(np.rint(placed(ring.coords[:-1]) * fine) / fine) for ring in rings)


def _ring(corners: Any) -> str:
    """Return a ring's path: its first corner, and the steps from each to the next that go anywhere."""
    steps = np.diff(corners, axis=0)
    told = "".join(_signed(x) + _signed(y) for x, y in steps if x or y)
    return f"M{corners[0][0]:g} {corners[0][1]:g}l{told}z" if told else ""


def _signed(value: float) -> str:
    """Return a number that needs no space before it."""
    told = f"{value:.1f}".rstrip("0").rstrip(".") or "0"
    return told if told.startswith("-") else f" {told}"


def _whole(width: int, height: int, content: Iterable[str]) -> str:
    title = LAYERS["exposed_buildings"].title
    dark = "".join(
        f".{each['code']}{{{_paint(name, each['colour_dark'])}}}"
        for name in ("exposed_buildings", "cameras")
        for each in legend()[name]
    )
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
            'font-family="system-ui, sans-serif">',
            f"<title>{escape(title.en)} · {escape(title.fr)}</title>",
            f"<style>@media(prefers-color-scheme:dark){{.paper{{fill:{_PAPER[1]}}}{dark}}}</style>",
            f'<rect width="{width}" height="{height}" fill="{_PAPER[0]}" class="paper"/>',
            *content,
            "</svg>\n",
        ]
    )


def _paint(layer: str, colour: str) -> str:
    return (
        f"fill:{colour};stroke:{colour}"
        if layer == "exposed_buildings"
        else f"fill:{colour};stroke:{_PAPER[1]}"
    )
