"""Collections and their features: OGC API Features, part 1, core."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from visavis.layers import LAYERS, Layer
from visavis.layers import layer as declared
from visavis.model.errors import NotFoundError
from visavis.model.provenance import BuildRecord
from visavis.service.caching import GEOJSON, JSON, SCHEMA_JSON, told
from visavis.service.downloads import DOWNLOADS
from visavis.service.parameters import CRS84, FEATURE, asked, parameters
from visavis.service.pictures import picture_links
from visavis.service.schemas import queryables, schema
from visavis.service.serving import Link, Serving, link, segment
from visavis.store import Page, Store

_CRS: Final = {"Content-Crs": f"<{CRS84}>"}
_QUERYABLES: Final = "http://www.opengis.net/def/rel/ogc/1.0/queryables"
_SCHEMA: Final = "http://www.opengis.net/def/rel/ogc/1.0/schema"


def feature_routes(serving: Serving) -> list[Route]:
    """Return the routes under `/collections`."""

    async def collections(request: Request) -> Response:
        parameters(request)
        base = serving.base(request)
        with serving.live.reading() as store:
            return told(
                request,
                store,
                lambda: {
                    "links": [link(f"{base}/collections", "self", JSON, "The layers")],
                    "collections": [_collection(store, layer, base) for layer in LAYERS.values()],
                },
            )

    async def collection(request: Request) -> Response:
        layer = _layer(request)
        parameters(request)
        with serving.live.reading() as store:
            return told(request, store, lambda: _collection(store, layer, serving.base(request)))

    async def items(request: Request) -> Response:
        layer = _layer(request)
        wish = asked(request, layer.table, serving.settings)
        with serving.live.reading() as store:

            def make() -> bytes:
                page = store.page(layer.name, wish)
                return _page(page, store.record(), _page_links(request, serving.base(request), layer, page))

            return told(request, store, make, GEOJSON, _CRS)

    async def item(request: Request) -> Response:
        layer, feature_id = _layer(request), request.path_params["feature_id"]
        parameters(request, FEATURE)
        with serving.live.reading() as store:
            feature = store.item(layer.name, feature_id)
            if feature is None:
                raise NotFoundError(f"{layer.name} has no feature {feature_id!r}", remedy="Check the id")
            base = serving.base(request)
            links = _item_links(base, layer, feature_id)
            if layer.name == "cameras":
                links += picture_links(serving, base, feature_id)
            return told(request, store, lambda: _item(feature, store.record(), links), GEOJSON, _CRS)

    async def describe(request: Request, make: Callable[[Layer, str], dict[str, Any]]) -> Response:
        layer = _layer(request)
        parameters(request)
        address = f"{serving.base(request)}{request.url.path}"
        with serving.live.reading() as store:
            return told(request, store, lambda: make(layer, address), SCHEMA_JSON)

    async def queryables_of(request: Request) -> Response:
        return await describe(request, queryables)

    async def schema_of(request: Request) -> Response:
        return await describe(request, schema)

    one = "/collections/{layer}"
    return [
        Route("/collections", collections),
        Route(one, collection),
        Route(f"{one}/items", items),
        Route(f"{one}/items/{{feature_id:path}}", item),
        Route(f"{one}/queryables", queryables_of),
        Route(f"{one}/schema", schema_of),
    ]


def _layer(request: Request) -> Layer:
    return declared(request.path_params["layer"])


def _collection(store: Store, layer: Layer, base: str) -> dict[str, Any]:
    summary = store.layers()[layer.name]
    here = f"{base}/collections/{layer.name}"
    extent = {} if summary.bounds is None else {"spatial": {"bbox": [list(summary.bounds)], "crs": CRS84}}
    spatial = {"crs": [CRS84], "storageCrs": CRS84} if layer.table.geometry else {}
    return {
        "id": layer.name,
        "title": layer.title.en,
        "title_fr": layer.title.fr,
        "description": layer.description.en,
        "description_fr": layer.description.fr,
        "itemType": "feature",
        **({"extent": extent} if extent else {}),
        **spatial,
        "count": summary.count,
        **provenance(store.record()),
        "links": [
            link(here, "self", JSON, layer.title.en),
            link(f"{here}/items", "items", GEOJSON, f"{layer.title.en}: features"),
            link(f"{here}/queryables", _QUERYABLES, SCHEMA_JSON, f"{layer.title.en}: what to ask by"),
            link(f"{here}/schema", _SCHEMA, SCHEMA_JSON, f"{layer.title.en}: columns"),
            *(
                link(
                    f"{base}/exports/{layer.name}.{form.name}",
                    "enclosure",
                    form.media_type.partition(";")[0],
                    f"{layer.title.en} as {form.title}",
                )
                for form in DOWNLOADS.values()
                if layer.table.geometry or not form.spatial
            ),
        ],
    }


def provenance(record: BuildRecord) -> dict[str, Any]:
    """Return the marks that every answer with data bears."""
    return {
        "licence": "; ".join(dict.fromkeys(source.licence for source in record.sources)),
        "attribution": "; ".join(dict.fromkeys(source.attribution for source in record.sources)),
        "build_id": record.build_id,
        "invented": record.invented,
    }


def _page(page: Page, record: BuildRecord, links: list[Link]) -> bytes:
    tail = {
        "numberMatched": page.matched,
        "numberReturned": len(page.features),
        "timeStamp": datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        **provenance(record),
        "links": links,
    }
    return b"".join(
        [
            b'{"type":"FeatureCollection","features":[',
            b",".join(page.features),
            b"],",
            json.dumps(tail, ensure_ascii=False).encode()[1:],
        ]
    )


def _item(feature: bytes, record: BuildRecord, links: list[Link]) -> bytes:
    tail = {**provenance(record), "links": links}
    return feature[:-1] + b"," + json.dumps(tail, ensure_ascii=False).encode()[1:]


def _page_links(request: Request, base: str, layer: Layer, page: Page) -> list[Link]:
    here = f"{base}/collections/{layer.name}"
    given = dict(request.query_params)
    links = [
        link(_with(f"{here}/items", given), "self", GEOJSON, "This page"),
        link(here, "collection", JSON, layer.title.en),
    ]
    if page.next is not None:
        further = _with(f"{here}/items", given | {"after": str(page.next[-1])})
        links.append(link(further, "next", GEOJSON, "The next page"))
    return links


def _item_links(base: str, layer: Layer, feature_id: str) -> list[Link]:
    here = f"{base}/collections/{layer.name}"
    return [
        link(f"{here}/items/{segment(feature_id)}", "self", GEOJSON, feature_id),
        link(here, "collection", JSON, layer.title.en),
    ]


def _with(address: str, parameters: dict[str, str]) -> str:
    return f"{address}?{urlencode(parameters)}" if parameters else address
