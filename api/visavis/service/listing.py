"""The map without a map: `/list` says in words what it shows, for whoever has no script."""

from __future__ import annotations

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from visavis.model.vocabulary import CAMERA_KINDS, LEVELS, SURENESSES
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


def list_routes(serving: Serving) -> list[Route]:
    """Return the route to `/list`."""

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

    return [Route("/list", listed)]


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
