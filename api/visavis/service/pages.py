"""For people: the map at `/`, which is the built page with its files beside it, and the landing page at `/?f=html`."""

from __future__ import annotations

import json
from html import escape
from http import HTTPStatus
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from visavis.service.caching import HTML, told
from visavis.service.describing import provenance
from visavis.service.landing import landing_page
from visavis.service.negotiating import form_of, language_of
from visavis.service.parameters import parameters
from visavis.service.rendering import TEMPLATES, page_of
from visavis.service.serving import Serving
from visavis.store import Store

_STYLE: Final = TEMPLATES / "pages.css"

PAGE: Final = Path(__file__).resolve().parents[1] / "_web"

# Their names change with their content, so a browser never has to ask again.
_HASHED: Final = "assets"
_FOREVER: Final = "public, max-age=31536000, immutable"

_NOT_BUILT: Final = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title>
<h1>{title}</h1>
<p>The map is not built. Build it with <code>python hatch_build.py</code> in the checkout, or install the
package, which brings it along.</p>
<p>The layers are served all the same: <a href="collections">collections</a>, <a href="api">interface</a>,
<a href="build">how they were built</a>.</p>
<p lang="fr">La carte n'est pas construite. Les couches sont servies : <a href="collections">collections</a>.</p>
</html>
"""


def page_routes(serving: Serving, page: Path) -> list[BaseRoute]:
    """Return `/` and, where the page is built in the folder `page`, a route to its files."""
    index = page / "index.html"

    async def root(request: Request) -> Response:
        given = parameters(request)
        base = serving.base(request)
        with serving.live.reading() as store:
            if form_of(request, given) == "json":
                return told(request, store, lambda: landing_page(serving, store, base))
            if "f" not in given:
                answer = _map(index, serving.settings.title, store)
                answer.headers["Vary"] = "Accept"
                return answer
            language = language_of(request, given)
            links = landing_page(serving, store, base)["links"]
            return told(
                request,
                store,
                lambda: page_of(serving, request, store, "landing.html", language, [], links=links),
                HTML,
                language=language,
            )

    async def style(request: Request) -> Response:
        parameters(request, allowed=())
        return FileResponse(_STYLE, HTTPStatus.OK, {"Cache-Control": "public, no-cache"}, "text/css")

    return [
        Route("/", root),
        Route("/pages.css", style),
        *([Mount("/", _Files(directory=page))] if index.is_file() else []),
    ]


class _Files(StaticFiles):
    """Files of the page: with a hash in their name kept for good, the others asked about."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return a file, 304, or raise 404 or 405."""
        answer = await super().get_response(path, scope)
        hashed = Path(path).parts[:1] == (_HASHED,)
        answer.headers["Cache-Control"] = _FOREVER if hashed else "public, no-cache"
        return answer


def _map(index: Path, title: str, store: Store) -> Response:
    """Return the page; it says from the start what its first frame has to know."""
    headers = {"Cache-Control": "no-cache"}
    if not index.is_file():
        return Response(_NOT_BUILT.format(title=escape(title)), HTTPStatus.OK, headers, "text/html")
    marks = provenance(store.record())
    first = {
        "invented": marks["invented"],
        "invented_in": marks["invented_in"],
        "cameras": store.layers()["cameras"].count,
    }
    told_at_once = json.dumps(first, ensure_ascii=False)
    mark = f'<meta name="visavis:build" content="{escape(told_at_once)}" />'
    page = index.read_text("utf-8").replace("</title>", f"</title>\n    {mark}", 1)
    return Response(page, HTTPStatus.OK, headers, "text/html; charset=utf-8")
