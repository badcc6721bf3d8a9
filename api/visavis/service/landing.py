"""The way in for programs: what there is, what it conforms to, how it was built, how it is drawn."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from visavis import __version__
from visavis.layers import LAYERS
from visavis.layers.legend import legend
from visavis.service.caching import GEOJSON, HTML, JSON, OPENAPI_JSON, told
from visavis.service.conformance import CONFORMANCE
from visavis.service.describing import TILE_SCHEMES_REL, provenance
from visavis.service.either import either
from visavis.service.negotiating import Language
from visavis.service.openapi import openapi
from visavis.service.parameters import parameters
from visavis.service.rendering import page_of
from visavis.service.serving import Serving, link
from visavis.service.words import say
from visavis.store import Bounds, Query, Store


def landing_routes(serving: Serving) -> list[Route]:
    """Return the routes that describe the service; `/` itself is shared with the page."""

    async def conformance(request: Request) -> Response:
        given = parameters(request)
        with serving.live.reading() as store:

            def page(language: Language) -> str:
                path = [("/conformance", say("conformance", language))]
                return page_of(
                    serving, request, store, "conformance.html", language, path, classes=CONFORMANCE
                )

            return either(request, store, given, lambda: {"conformsTo": list(CONFORMANCE)}, page)

    async def api(request: Request) -> Response:
        given = parameters(request)
        with serving.live.reading() as store:
            document = openapi(serving.settings, serving.base(request))

            def page(language: Language) -> str:
                path = [("/api", say("interface", language))]
                return page_of(serving, request, store, "api.html", language, path, api=document)

            return either(request, store, given, lambda: document, page, OPENAPI_JSON)

    async def draw(request: Request) -> Response:
        parameters(request, forms=("json",))
        with serving.live.reading() as store:
            return told(request, store, lambda: dict(legend()))

    async def build(request: Request) -> Response:
        parameters(request, forms=("json",))
        with serving.live.reading() as store:
            return told(request, store, lambda: _build(store, serving.settings.title))

    async def healthz(request: Request) -> Response:
        parameters(request, allowed=())
        return _now({"status": "ok", "service": f"visavis {__version__}"})

    async def readyz(request: Request) -> Response:
        parameters(request, allowed=())
        with serving.live.reading() as store:
            first = next(iter(LAYERS))
            page = await serving.found(
                store, store.page, first, Query(limit=1), short=True
            )  # raises if damaged
            trouble = serving.live.trouble
            told_so = {} if trouble is None else {"newer_build": trouble.what}
            return _now(
                {
                    "status": "ok" if trouble is None else "serving an older build",
                    "build_id": store.record().build_id,
                    first: page.matched,
                    **told_so,
                }
            )

    return [
        Route("/conformance", conformance),
        Route("/api", api),
        Route("/legend", draw),
        Route("/build", build),
        Route("/healthz", healthz),
        Route("/readyz", readyz),
    ]


def _now(said: dict[str, Any]) -> Response:
    return JSONResponse(said, headers={"Cache-Control": "no-store"})


def landing_page(serving: Serving, store: Store, base: str) -> dict[str, Any]:
    """Return the landing page as programs read it."""
    return {
        "title": serving.settings.title,
        "description": "Cameras of disclosed maps, and the private spaces that they could view.",
        **provenance(store.record()),
        "links": [
            link(f"{base}/?f=json", "self", JSON, "This page"),
            link(f"{base}/?f=html", "alternate", HTML, "This page for people"),
            link(f"{base}/conformance", "conformance", JSON, "What it conforms to"),
            link(f"{base}/api", "service-desc", OPENAPI_JSON, "The interface as OpenAPI"),
            link(f"{base}/api?f=html", "service-doc", HTML, "The interface for people"),
            link(f"{base}/collections", "data", JSON, "The layers"),
            link(f"{base}/build", "describedby", JSON, "How the layers were built, and from what"),
            link(f"{base}/search", "search", JSON, "Search over the papers"),
            link(f"{base}/search?f=html", "search", HTML, "Search over the papers, for people"),
            link(f"{base}/legend", "related", JSON, "How the layers are drawn"),
            link(f"{base}/", "related", HTML, "The map"),
            link(f"{base}/tileMatrixSets", TILE_SCHEMES_REL, JSON, "The grid of tiles"),
            link(f"{base}/collections/cameras/items", "items", GEOJSON, "The cameras"),
        ],
    }


def _build(store: Store, title: str) -> dict[str, Any]:
    layers = store.layers()
    return {
        "title": title,
        **store.record().as_dict(),
        **provenance(store.record()),
        "bounds": _around([summary.bounds for summary in layers.values() if summary.bounds is not None]),
        "counts": {name: summary.count for name, summary in layers.items()},
        "service": f"visavis {__version__}",
    }


def _around(bounds: list[Bounds]) -> list[float] | None:
    if not bounds:
        return None
    west, south, east, north = zip(*bounds, strict=True)
    return [min(west), min(south), max(east), max(north)]
