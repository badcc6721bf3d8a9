"""The map without a map: `/list` in words, for whoever has no script, and `/overview.svg`, the town as one drawing."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import chain
from math import cos, radians
from typing import Any, Final

import pandas as pd
import shapely
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from visavis.layers import LAYERS
from visavis.layers.legend import legend
from visavis.model.vocabulary import CAMERA_KINDS, LEVELS, SURENESSES
from visavis.service.caching import entity_tag, is_known, kept, known
from visavis.service.dossiers import rows_of
from visavis.service.either import either
from visavis.service.negotiating import Language
from visavis.service.parameters import SAID, parameters
from visavis.service.rendering import page_of
from visavis.service.serving import Serving, segment
from visavis.service.words import say
from visavis.store import Query, Sort, Store

# So many on the page; the rest stand on the layers' own pages, which need no script either.
MOST_LISTED: Final = 150

# A drawing of more shapes would be heavier than the map.
MOST_DRAWN: Final = 6_000
WIDTH: Final = 900
SVG: Final = "image/svg+xml"
_EDGE: Final = 24
_TALLEST: Final = 1_200

_MARKS: Final = {"solid": 0.55, "hatched": 0.3, "dotted": 0.15}
_DASHES: Final = {"solid": "", "hatched": ' stroke-dasharray="4 2"', "dotted": ' stroke-dasharray="1 2"'}
_QUIET: Final = "#575d66"


def list_routes(serving: Serving) -> list[Route]:
    """Return the routes to `/list` and `/overview.svg`."""

    async def listed(request: Request) -> Response:
        given = parameters(request, SAID)
        with serving.live.reading() as store:
            told = await serving.found(store, _told, store, short=False)

            def page(language: Language) -> str:
                return page_of(
                    serving,
                    request,
                    store,
                    "list.html",
                    language,
                    [("/list", say("list", language))],
                    **told,
                    kinds=CAMERA_KINDS,
                    levels=LEVELS,
                    surenesses=SURENESSES,
                    segment=segment,
                )

            return either(request, store, given, lambda: told, page)

    async def overview(request: Request) -> Response:
        parameters(request, allowed=())
        with serving.live.reading() as store:
            tag = entity_tag(request, store, SVG)
            if is_known(request, tag):
                return known(tag)
            return kept(await run_in_threadpool(overview_of, store), tag, SVG)

    return [Route("/list", listed), Route("/overview.svg", overview)]


def _told(store: Store) -> dict[str, Any]:
    surest = Query(sortby=(Sort("probability", True), Sort("cameras", True)), limit=MOST_LISTED)
    named = Query(sortby=(Sort("label"),), limit=MOST_LISTED)
    counted = {name: store.layers()[name].count for name in ("exposed_buildings", "cameras")}
    return {
        "disclosures": rows_of(store, "disclosures"),
        "withheld": rows_of(store, "withheld"),
        "buildings": rows_of(store, "exposed_buildings", query=surest),
        "cameras": rows_of(store, "cameras", query=named),
        "counted": counted,
    }


def overview_of(store: Store) -> str:
    """Return exposed buildings and cameras as an SVG drawing, north up: pattern and colour say how surely.

    Of more than `MOST_DRAWN` buildings the surest are drawn.
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

    def placed(lon: float, lat: float) -> str:
        return f"{_EDGE + (lon - west) * shrunk * scale:.1f} {_EDGE + (north - lat) * scale:.1f}"

    def outline(shape: Any) -> str:
        rings = chain.from_iterable((part.exterior, *part.interiors) for part in shapely.get_parts(shape))
        return "".join(f"M{'L'.join(placed(*at) for at in ring.coords[:-1])}Z" for ring in rings)

    looks = {
        name: {each["code"]: each for each in legend()[name]} for name in ("exposed_buildings", "cameras")
    }

    def drawn() -> Iterator[str]:
        for row in _rows(buildings[::-1]):
            look = looks["exposed_buildings"][row.sureness]
            called = escape(str(row.address or row.name or row.building_id))
            yield (
                f'<path d="{outline(row.geometry)}" fill="{look["colour"]}" fill-rule="evenodd" '
                f'fill-opacity="{_MARKS[look["pattern"]]}" stroke="{look["colour"]}"{_DASHES[look["pattern"]]}>'
                f"<title>{called}</title></path>"
            )
        for row in _rows(cameras):
            x, y = placed(row.geometry.x, row.geometry.y).split()
            yield (
                f'<circle cx="{x}" cy="{y}" r="4.5" fill="{looks["cameras"][row.kind]["colour"]}" stroke="#fffdf9">'
                f"<title>{escape(str(row.label or row.camera_id))}</title></circle>"
            )

    height = round(high * scale + 2 * _EDGE)
    mark = "invented · ville inventée" if store.record().invented else ""
    words = f'<text x="{_EDGE}" y="{height + 4}" font-size="13" fill="{_QUIET}">{mark}</text>'
    return _whole(WIDTH, height + 14, [*drawn(), words])


def _rows(frame: pd.DataFrame) -> Iterator[Any]:
    yield from frame.itertuples(index=False)


def _whole(width: int, height: int, content: list[str]) -> str:
    title = LAYERS["exposed_buildings"].title
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
            'font-family="system-ui, sans-serif">',
            f"<title>{escape(title.en)} · {escape(title.fr)}</title>",
            f'<rect width="{width}" height="{height}" fill="#f6f4ef"/>',
            *content,
            "</svg>\n",
        ]
    )
