"""The way in for programs: what there is, what it conforms to, how it was built, how it is drawn."""

from __future__ import annotations

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from visavis import __version__
from visavis.layers import LAYERS
from visavis.layers.legend import legend
from visavis.service.caching import GEOJSON, JSON, OPENAPI_JSON, told
from visavis.service.features import provenance
from visavis.service.openapi import openapi
from visavis.service.parameters import parameters
from visavis.service.serving import Serving, link
from visavis.store import Bounds, Query, Store

_CONFORMANCE: Final = (
    "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
    "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables",
    "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables-query-parameters",
)


def landing_routes(serving: Serving) -> list[Route]:
    """Return the routes that describe the service; `/` itself is shared with the page."""

    async def conformance(request: Request) -> Response:
        parameters(request)
        with serving.live.reading() as store:
            return told(request, store, lambda: {"conformsTo": list(_CONFORMANCE)})

    async def api(request: Request) -> Response:
        parameters(request)
        with serving.live.reading() as store:
            return told(
                request, store, lambda: openapi(serving.settings, serving.base(request)), OPENAPI_JSON
            )

    async def draw(request: Request) -> Response:
        parameters(request)
        with serving.live.reading() as store:
            return told(request, store, lambda: dict(legend()))

    async def build(request: Request) -> Response:
        parameters(request)
        with serving.live.reading() as store:
            return told(request, store, lambda: _build(store, serving.settings.title))

    async def healthz(request: Request) -> Response:
        parameters(request)
        with serving.live.reading() as store:
            matched = store.page(
                next(iter(LAYERS)), Query(limit=1)
            ).matched  # a store that can't be read raises
            trouble = serving.live.trouble
            told_so = {} if trouble is None else {"newer_build": trouble.what}
            response = told(
                request,
                store,
                lambda: {
                    "status": "ok" if trouble is None else "serving an older build",
                    "build_id": store.record().build_id,
                    next(iter(LAYERS)): matched,
                    **told_so,
                },
            )
        response.headers["Cache-Control"] = "no-store"
        return response

    return [
        Route("/conformance", conformance),
        Route("/api", api),
        Route("/legend", draw),
        Route("/build", build),
        Route("/healthz", healthz),
    ]


def landing_page(serving: Serving, store: Store, base: str) -> dict[str, Any]:
    """Return the landing page as programs read it."""
    return {
        "title": serving.settings.title,
        "description": "Cameras of disclosed maps, and the private spaces that they could view.",
        **provenance(store.record()),
        "links": [
            link(f"{base}/?f=json", "self", JSON, "This page"),
            link(f"{base}/", "alternate", "text/html", "The map"),
            link(f"{base}/conformance", "conformance", JSON, "What it conforms to"),
            link(f"{base}/api", "service-desc", OPENAPI_JSON, "The interface as OpenAPI"),
            link(f"{base}/", "service-doc", "text/html", "The map"),
            link(f"{base}/collections", "data", JSON, "The layers"),
            link(f"{base}/build", "describedby", JSON, "How the layers were built, and from what"),
            link(f"{base}/legend", "related", JSON, "How the layers are drawn"),
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
