"""The papers for people and feed readers: each dossier whole, authorities side by side, documents, what is new."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from visavis.layers import layer as declared
from visavis.model.days import first_of
from visavis.model.errors import NotFoundError
from visavis.model.vocabulary import ANSWERS, DEADLINES, DOCUMENT_STATUSES, QUESTIONS
from visavis.service.caching import told
from visavis.service.either import either
from visavis.service.negotiating import Language
from visavis.service.parameters import parameters
from visavis.service.rendering import page_of
from visavis.service.serving import Serving, segment
from visavis.service.words import say
from visavis.store import Query, Store

FEED_JSON: Final = "application/feed+json"
# What a dossier's page tells, in its order.
PARTS: Final = (
    "requests",
    "questions",
    "documents",
    "claims",
    "contradictions",
    "comparisons",
    "observations",
    "timeline",
    "withheld",
)
# A dossier of a whole city's register has thousands: a page shows so many and leads to the rest.
MOST_FINDINGS: Final = 100
_WORDED: Final = {"answers": ANSWERS, "statuses": DOCUMENT_STATUSES, "deadlines": DEADLINES}

Row = dict[str, Any]


def dossier_routes(serving: Serving) -> list[Route]:
    """Return the routes to dossiers, documents, the comparison of authorities, and the feed."""

    async def authorities(request: Request) -> Response:
        given = parameters(request)
        with serving.live.reading() as store:

            def page(language: Language) -> str:
                return page_of(
                    serving,
                    request,
                    store,
                    "authorities.html",
                    language,
                    [("/authorities", say("authorities", language))],
                    **_compared(store),
                    words=_WORDED,
                    segment=segment,
                )

            return either(request, store, given, lambda: _compared(store), page)

    async def dossier(request: Request) -> Response:
        given, own = parameters(request), request.path_params["dossier"]
        with serving.live.reading() as store:
            found = rows_of(store, "disclosures", {"disclosure_id": own})
            if not found:
                raise NotFoundError(
                    f"there is no dossier {own!r}", remedy="See /collections/disclosures/items"
                )
            parts = {name: rows_of(store, name, {"disclosure_id": own}) for name in PARTS}
            findings = rows_of(
                store, "findings", query=Query(where={"disclosure_id": own}, limit=MOST_FINDINGS)
            )

            def page(language: Language) -> str:
                in_order = sorted(parts["timeline"], key=lambda row: first_of(row["date"]))
                six = sorted(parts["questions"], key=lambda row: _rank(row["code"]))
                return page_of(
                    serving,
                    request,
                    store,
                    "dossier.html",
                    language,
                    [("/authorities", say("authorities", language)), ("", own)],
                    dossier=found[0],
                    parts=parts | {"timeline": in_order, "questions": six},
                    findings=findings,
                    titles={name: declared(name).title for name in (*PARTS, "findings")},
                    words=_WORDED,
                    segment=segment,
                )

            return either(request, store, given, lambda: {**found[0], **parts}, page)

    async def document(request: Request) -> Response:
        parameters(request, allowed=("f",), forms=("json",))
        own = request.path_params["document"]
        with serving.live.reading() as store:
            found = rows_of(store, "documents", {"document_id": own})
            if not found:
                raise NotFoundError(
                    f"there is no document {own!r}", remedy="See /collections/documents/items"
                )
            base = serving.base(request)
            links = {
                "item": f"{base}/collections/documents/items/{segment(own)}",
                "dossier": f"{base}/dossiers/{segment(str(found[0]['disclosure_id']))}",
            }
            return told(request, store, lambda: {**found[0], "links": links})

    async def feed(request: Request) -> Response:
        parameters(request, allowed=())
        with serving.live.reading() as store:
            return told(
                request, store, lambda: _feed(store, serving.settings.title, serving.base(request)), FEED_JSON
            )

    return [
        Route("/authorities", authorities),
        Route("/dossiers/{dossier:path}", dossier),
        Route("/documents/{document:path}", document),
        Route("/feed.json", feed),
    ]


def _rank(code: str) -> int:
    """Return where a question stands: the six in their order, then others."""
    six = list(QUESTIONS)
    return six.index(code) if code in six else len(six)


def rows_of(
    store: Store, layer: str, where: Mapping[str, str] | None = None, query: Query | None = None
) -> list[Row]:
    """Return the rows of a layer as they are told: without geometry, None where nothing is known."""
    frame = store.frame(layer, query or Query(where=where or {})).drop(columns="geometry", errors="ignore")
    filled = frame.astype(object).where(frame.notna(), None)
    return [{str(name): value for name, value in row.items()} for row in filled.to_dict("records")]


def _compared(store: Store) -> dict[str, Any]:
    """Return the six questions, and how each authority answered them, with its requests and counts beside."""
    answers: dict[str, dict[str, Row]] = {}
    for row in rows_of(store, "questions"):
        answers.setdefault(row["disclosure_id"], {})[row["code"]] = row
    requests: dict[str, list[Row]] = {}
    for row in rows_of(store, "requests"):
        requests.setdefault(row["disclosure_id"], []).append(row)
    contradictions = [row["disclosure_id"] for row in rows_of(store, "contradictions")]
    dossiers = sorted(rows_of(store, "disclosures"), key=lambda row: (row["authority"], row["disclosure_id"]))
    return {
        "questions": [{"code": code, "en": word.en, "fr": word.fr} for code, word in QUESTIONS.items()],
        "authorities": [
            {
                **{
                    name: row[name] for name in ("disclosure_id", "authority", "title", "country", "invented")
                },
                "cameras_placed": int(row["cameras_placed"]),
                "cameras_withheld": int(row["cameras_withheld"]),
                "contradictions": contradictions.count(row["disclosure_id"]),
                "answers": answers.get(row["disclosure_id"], {}),
                "requests": requests.get(row["disclosure_id"], []),
            }
            for row in dossiers
        ],
    }


def _feed(store: Store, title: str, base: str) -> dict[str, Any]:
    """Return the disclosures as JSON Feed 1.1, the newest first: what was answered, and each document given."""
    items = []
    for row in rows_of(store, "disclosures"):
        about = f"{base}/dossiers/{segment(row['disclosure_id'])}"
        said = DOCUMENT_STATUSES[row["status"]]
        items.append(
            _entry(
                about,
                row["title"],
                f"{row['authority']}. {said.en} · {said.fr}",
                row["answered_on"] or row["requested_on"],
            )
        )
    for row in rows_of(store, "documents"):
        said = DOCUMENT_STATUSES[row["status"]]
        items.append(
            _entry(
                f"{base}/documents/{segment(row['document_id'])}",
                row["title"],
                f"{said.en} · {said.fr}" + (f". {row['reason']}" if row["reason"] else ""),
                row["date"],
            )
        )
    # What bears no day comes last; a month or a year alone stands for its first day.
    items.sort(key=lambda item: (item.get("date_published", ""), item["id"]), reverse=True)
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "home_page_url": f"{base}/",
        "feed_url": f"{base}/feed.json",
        "items": items,
    }


def _entry(address: str, title: str, text: str, day: str | None) -> Row:
    published = {} if day is None else {"date_published": f"{first_of(day).isoformat()}T00:00:00Z"}
    return {"id": address, "url": address, "title": title, "content_text": text, **published}
