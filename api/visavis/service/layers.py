"""Layers as collections over HTTP: the list, each one, what it can be asked by, and its columns."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from visavis.layers import LAYERS, Layer
from visavis.layers import layer as declared
from visavis.service.caching import HTML, SCHEMA_JSON, told
from visavis.service.describing import collection, collections
from visavis.service.negotiating import form_of, language_of
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
            if form_of(request, given) == "json":
                return told(request, store, lambda: collections(store, serving.base(request)))
            language = language_of(request, given)
            shown = [(layer, store.layers()[name]) for name, layer in LAYERS.items()]
            return told(
                request,
                store,
                lambda: page_of(
                    serving,
                    request,
                    store,
                    "collections.html",
                    language,
                    [layers_step(language)],
                    layers=shown,
                ),
                HTML,
                language=language,
            )

    async def one(request: Request) -> Response:
        layer, given = declared(request.path_params["layer"]), parameters(request)
        with serving.live.reading() as store:

            def make() -> dict[str, Any]:
                return collection(store, layer, serving.base(request))

            if form_of(request, given) == "json":
                return told(request, store, make)
            language = language_of(request, given)
            return told(
                request,
                store,
                lambda: collection_page(serving, request, store, layer, language, make()["links"]),
                HTML,
                language=language,
            )

    async def described(
        request: Request, make: Callable[[Layer, str], dict[str, Any]], heading: str
    ) -> Response:
        layer, given = declared(request.path_params["layer"]), parameters(request)
        address = f"{serving.base(request)}{request.url.path}"
        with serving.live.reading() as store:
            if form_of(request, given) == "json":
                return told(request, store, lambda: make(layer, address), SCHEMA_JSON)
            language = language_of(request, given)
            words = say(heading, language)
            return told(
                request,
                store,
                lambda: page_of(
                    serving,
                    request,
                    store,
                    "columns.html",
                    language,
                    [layers_step(language), layer_step(layer, language), ("", words)],
                    layer=layer,
                    heading=words,
                    properties=make(layer, address)["properties"],
                ),
                HTML,
                language=language,
            )

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
