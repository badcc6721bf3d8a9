"""Features of a layer: OGC API Features, parts 1 (core), 2 (CRS) and 3 (filtering)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Final
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from visavis.layers import Layer
from visavis.layers import layer as declared
from visavis.model.errors import NotFoundError
from visavis.service.asking import ITEM, Asked, asked, key_text
from visavis.service.caching import GEOJSON, HTML, JSON, entity_tag, is_known, kept, known, written
from visavis.service.coordinates import CRS84
from visavis.service.coordinates import known as known_crs
from visavis.service.crops import crop_of
from visavis.service.describing import item_members, provenance_members
from visavis.service.negotiating import form_of, language_of
from visavis.service.parameters import parameters
from visavis.service.pictures import picture_links
from visavis.service.recasting import recast
from visavis.service.rendering import item_page, items_page
from visavis.service.serving import Link, Serving, link, segment
from visavis.store import Page, Store

# A page for people holds fewer, where they name no number.
_FOR_PEOPLE: Final = 25


def feature_routes(serving: Serving) -> list[Route]:
    """Return the routes to `/collections/{layer}/items`."""

    async def items(request: Request) -> Response:
        return await _items(serving, request)

    async def item(request: Request) -> Response:
        return await _item(serving, request)

    one = "/collections/{layer}/items"
    return [Route(one, items), Route(f"{one}/{{feature_id:path}}", item)]


async def _items(serving: Serving, request: Request) -> Response:
    layer = declared(request.path_params["layer"])
    with serving.live.reading() as store:
        wish = asked(request, layer.table, store.layers()[layer.name].bounds, serving.settings)
        form = form_of(request, wish.given)
        language = language_of(request, wish.given) if form == "html" else None
        tag = entity_tag(request, store, form, language)
        if is_known(request, tag):
            return known(tag, _crs(wish.crs))
        query = wish.query
        if form == "html" and "limit" not in wish.given:
            query = wish.for_people(_FOR_PEOPLE)
        page = await serving.found(
            store, _page_of, store, layer.name, wish, query, short=store.is_prompt(layer.name, query)
        )
        links = _page_links(wish.given, serving.base(request), layer, page)
        if language is not None:
            html = items_page(serving, request, store, layer, page, wish.given, language, links)
            return kept(html, tag, HTML, _crs(wish.crs), language)
        return kept(_page(page, store, links), tag, GEOJSON, _crs(wish.crs) | _said(links))


async def _item(serving: Serving, request: Request) -> Response:
    layer, feature_id = declared(request.path_params["layer"]), request.path_params["feature_id"]
    given = parameters(request, ITEM)
    with serving.live.reading() as store:
        crs = CRS84
        if "crs" in given:
            crs = known_crs(given["crs"], "crs", store.layers()[layer.name].bounds)
        feature = await serving.found(store, store.item, layer.name, feature_id, short=True)
        if feature is None:
            raise NotFoundError(f"{layer.name} has no feature {feature_id!r}", remedy="Check the id")
        form = form_of(request, given)
        language = language_of(request, given) if form == "html" else None
        tag = entity_tag(request, store, form, language)
        if is_known(request, tag):
            return known(tag, _crs(crs))
        if crs != CRS84:
            (feature,) = recast([feature], crs)
        base = serving.base(request)
        crop = None
        if layer.name == "cameras":
            crop = await serving.found(store, crop_of, store, base, feature_id, short=True)
        further = () if crop is None else crop.links
        if language is not None:
            links = [
                *_item_links(serving.settings.pictures, base, layer, segment(feature_id), feature_id),
                *further,
            ]
            html = item_page(serving, request, store, layer, feature, language, links, crop)
            return kept(html, tag, HTML, _crs(crs), language)
        told = _written_links(serving.settings.pictures, base, layer.name, feature_id)
        if further:
            told = b"".join([told[:-1], b",", written(further)[1:]])
        return kept(_feature(feature, store, told), tag, GEOJSON, _crs(crs))


def _page_of(store: Any, layer: str, wish: Asked, query: Any) -> Page:
    page: Page = store.page(layer, query)
    return (
        page if wish.crs == CRS84 else Page(tuple(recast(page.features, wish.crs)), page.matched, page.next)
    )


def _crs(uri: str) -> dict[str, str]:
    return {"Content-Crs": f"<{uri}>"}


def _said(links: Sequence[Link]) -> dict[str, str]:
    """Return the links of a page in its head too, where they can be written there (RFC 8288)."""
    told = [f'<{each["href"]}>; rel="{each["rel"]}"' for each in links if each["rel"] == "next"]
    return {"Link": ", ".join(told)} if told and ", ".join(told).isascii() else {}


def _page(page: Page, store: Store, links: list[Link]) -> bytes:
    moment = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return b"".join(
        [
            b'{"type":"FeatureCollection","features":[',
            b",".join(page.features),
            f'],"numberMatched":{page.matched},"numberReturned":{len(page.features)},"timeStamp":"{moment}",'.encode(),
            provenance_members(store),
            b',"links":',
            written(links),
            b"}",
        ]
    )


def _feature(feature: bytes, store: Store, links: bytes) -> bytes:
    return b"".join([feature[:-1], b",", item_members(store, feature), b',"links":', links, b"}"])


def _page_links(given: Any, base: str, layer: Layer, page: Page) -> list[Link]:
    here = f"{base}/collections/{layer.name}"
    plain = {name: value for name, value in given.items() if name not in ("f", "lang")}
    links = [
        link(_with(f"{here}/items", given), "self", GEOJSON, "This page"),
        link(_with(f"{here}/items", plain | {"f": "html"}), "alternate", HTML, "This page for people"),
        link(here, "collection", JSON, layer.title.en),
    ]
    if page.next is not None:
        further = _with(f"{here}/items", given | {"after": key_text(page.next)})
        links.append(link(further, "next", GEOJSON, "The next page"))
    return links


def _item_links(pictures: bool, base: str, layer: Layer, own: str, title: str) -> list[Link]:
    """Return the links of a feature, whose id is `own` in an address."""
    here = f"{base}/collections/{layer.name}"
    item = f"{here}/items/{own}"
    return [
        link(item, "self", GEOJSON, title),
        link(f"{item}?f=html", "alternate", HTML, title),
        link(here, "collection", JSON, layer.title.en),
        *(picture_links(base, own) if pictures and layer.name == "cameras" else []),
    ]


def _written_links(pictures: bool, base: str, layer: str, feature_id: str) -> bytes:
    """Return them as JSON: written once for a layer, with room for the id."""
    own = {"own": segment(feature_id), "title": written(feature_id).decode()[1:-1]}
    return (_links_with_room(pictures, base, layer) % own).encode()


@lru_cache(maxsize=256)
def _links_with_room(pictures: bool, base: str, layer: str) -> str:
    """Return the text of the links, to be filled by ``%``: the id in addresses, and in titles."""
    own, title = "own-in-addresses", "own-in-titles"
    text = written(_item_links(pictures, base, declared(layer), own, title)).decode()
    return text.replace("%", "%%").replace(own, "%(own)s").replace(title, "%(title)s")


def _with(address: str, parameters: dict[str, str]) -> str:
    return f"{address}?{urlencode(parameters)}" if parameters else address
