"""Search over the papers of all dossiers: `/search?q=`, as a page that needs no script and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final
from urllib.parse import urlencode
from weakref import WeakKeyDictionary

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from visavis.layers import LAYERS
from visavis.model.errors import RequestError
from visavis.model.provenance import BuildRecord
from visavis.service.caching import HTML, JSON
from visavis.service.dossiers import rows_of
from visavis.service.either import either
from visavis.service.index import SEARCHED, Hit, Index, Row, terms_of
from visavis.service.negotiating import Language
from visavis.service.parameters import SAID, parameters
from visavis.service.rendering import page_of
from visavis.service.serving import Serving, link, segment
from visavis.service.words import say
from visavis.store import Store

PARAMETERS: Final = ("q", "in", "dossier", "limit", "offset")
MOST_LETTERS: Final = 200
USUAL: Final = 20
MOST: Final = 100
_FARTHEST: Final = 1_000_000


def search_routes(serving: Serving) -> list[Route]:
    """Return the route to the search."""

    async def search(request: Request) -> Response:
        given = parameters(request, (*PARAMETERS, *SAID))
        query, layer = _query(given), _layer(given)
        limit, offset = _whole(given, "limit", USUAL, MOST), _whole(given, "offset", 0, _FARTHEST)
        base = serving.base(request)
        with serving.live.reading() as store:
            index = _INDEXES.get(store)
            if index is None:
                index = await serving.found(store, _indexed, store, short=False)
            hits = index.find(query, layer, given.get("dossier"))
            shown = [_told(hit, query, base, store.record()) for hit in hits[offset : offset + limit]]
            further = None
            if offset + limit < len(hits):
                further = f"{base}/search?{urlencode(given | {'offset': str(offset + limit)})}"

            def page(language: Language) -> str:
                return page_of(
                    serving,
                    request,
                    store,
                    "search.html",
                    language,
                    [("/search", say("search", language))],
                    query=query,
                    layer=layer,
                    dossier=given.get("dossier"),
                    layers={name: LAYERS[name].title for name in SEARCHED},
                    results=shown,
                    matched=len(hits),
                    offset=offset,
                    further=further,
                )

            return either(
                request,
                store,
                given,
                lambda: _as_json(query, hits, shown, base, given, further, offset),
                page,
            )

    return [Route("/search", search)]


_INDEXES: Final[WeakKeyDictionary[Store, Index]] = WeakKeyDictionary()


def _indexed(store: Store) -> Index:
    index = _INDEXES[store] = Index.of(_searched(store))
    return index


def _searched(store: Store) -> Iterator[tuple[str, Row]]:
    for name in SEARCHED:
        for row in rows_of(store, name):
            yield name, row


def _query(given: dict[str, str]) -> str:
    query = given.get("q", "").strip()
    if len(query) > MOST_LETTERS:
        raise RequestError("q is too long", remedy=f"Give {MOST_LETTERS} letters at most")
    return query


def _layer(given: dict[str, str]) -> str | None:
    layer = given.get("in") or None
    if layer is not None and layer not in SEARCHED:
        raise RequestError(f"in is {layer[:40]!r}", remedy=f"Choose {', '.join(SEARCHED)}")
    return layer


def _whole(given: dict[str, str], name: str, usual: int, most: int) -> int:
    text = given.get(name, str(usual))
    if not (text.isascii() and text.isdigit()) or len(text) > 18 or int(text) < min(usual, 1):
        raise RequestError(f"{name} is {text[:40]!r}", remedy=f"Give a whole number, {most} at most")
    return min(int(text), most)


def _told(hit: Hit, query: str, base: str, record: BuildRecord) -> dict[str, Any]:
    entry = hit.entry
    return {
        "layer": entry.layer,
        "id": entry.id,
        "disclosure_id": entry.disclosure_id,
        "title": entry.title,
        "excerpt": entry.excerpt(terms_of(query)),
        "invented": record.is_invented(entry.disclosure_id),
        "item": f"{base}/collections/{entry.layer}/items/{segment(entry.id)}",
        "dossier": f"{base}/dossiers/{segment(entry.disclosure_id)}",
    }


def _as_json(
    query: str,
    hits: Sequence[Hit],
    shown: Sequence[dict[str, Any]],
    base: str,
    given: dict[str, str],
    further: str | None,
    offset: int,
) -> dict[str, Any]:
    here = f"{base}/search?{urlencode(given)}" if given else f"{base}/search"
    page = f"{base}/search?{urlencode(given | {'f': 'html'})}"
    return {
        "query": query,
        "matched": len(hits),
        "returned": len(shown),
        "offset": offset,
        "results": [
            {
                "layer": each["layer"],
                "id": each["id"],
                "disclosure_id": each["disclosure_id"],
                "title": each["title"].en,
                "title_fr": each["title"].fr,
                "excerpt": "".join(text for text, _ in each["excerpt"]),
                "invented": each["invented"],
                "links": {"item": each["item"], "dossier": each["dossier"]},
            }
            for each in shown
        ],
        "links": [
            link(here, "self", JSON, "This answer"),
            link(page, "alternate", HTML, "This answer as a page"),
            *([] if further is None else [link(further, "next", JSON, "Further results")]),
        ],
    }
