"""Layers as collections over HTTP: the list, each one, what it can be asked by, and its columns."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from visavis.layers import LAYERS, Layer
from visavis.layers import layer as declared
from visavis.service.caching import SCHEMA_JSON
from visavis.service.describing import collection, collections
from visavis.service.either import either
from visavis.service.negotiating import Language
from visavis.service.parameters import parameters
from visavis.service.rendering import collection_page, layer_step, layers_step, page_of
from visavis.service.schemas import queryables, schema
from visavis.service.serving import Serving
from visavis.service.words import say


def layer_routes(serving: Serving) -> list[Route]:
    """Return the routes under `/collections` that describe layers."""

    async def every(request: Request) -> Response:
        given = parameters(request)
        with serving.live.reading() as store:

            def page(language: Language) -> str:
                shown = [(layer, store.layers()[name]) for name, layer in LAYERS.items()]
                steps = [layers_step(language)]
                return page_of(serving, request, store, "collections.html", language, steps, layers=shown)

            return either(request, store, given, lambda: collections(store, serving.base(request)), page)

    async def one(request: Request) -> Response:
        layer, given = declared(request.path_params["layer"]), parameters(request)
        with serving.live.reading() as store:

            def make() -> dict[str, Any]:
                return collection(store, layer, serving.base(request))

            def page(language: Language) -> str:
                return collection_page(serving, request, store, layer, language, make()["links"])

            return either(request, store, given, make, page)

    async def described(
        request: Request, make: Callable[[Layer, str], dict[str, Any]], heading: str
    ) -> Response:
        layer, given = declared(request.path_params["layer"]), parameters(request)
        address = f"{serving.base(request)}{request.url.path}"
        with serving.live.reading() as store:

            def page(language: Language) -> str:
                words = say(heading, language)
                return page_of(
                    serving,
                    request,
                    store,
                    "columns.html",
                    language,
                    [layers_step(language), layer_step(layer, language), ("", words)],
                    layer=layer,
                    heading=words,
                    properties=make(layer, address)["properties"],
                )

            return either(request, store, given, lambda: make(layer, address), page, SCHEMA_JSON)

    async def queryables_of(request: Request) -> Response:
        return await described(request, queryables, "queryables")

    async def schema_of(request: Request) -> Response:
        return await described(request, schema, "schema")

    here = "/collections/{layer}"
    return [
        Route("/collections", every),
        Route(here, one),
        Route(f"{here}/queryables", queryables_of),
        Route(f"{here}/schema", schema_of),
    ]
