"""The map for people: the built page at `/`, and its files beside it."""

from __future__ import annotations

from html import escape
from http import HTTPStatus
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from visavis.service.caching import told
from visavis.service.landing import landing_page
from visavis.service.parameters import parameters
from visavis.service.serving import Serving

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
        given = parameters(request, forms=("json", "html"))
        with serving.live.reading() as store:
            if _wants_html(request, given.get("f")):
                answer = _html(index, serving.settings.title)
            else:
                answer = told(request, store, lambda: landing_page(serving, store, serving.base(request)))
        answer.headers["Vary"] = "Accept"
        return answer

    return [Route("/", root), *([Mount("/", _Files(directory=page))] if index.is_file() else [])]


class _Files(StaticFiles):
    """Files of the page: with a hash in their name kept for good, the others asked about."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return a file, 304, or raise 404 or 405."""
        answer = await super().get_response(path, scope)
        hashed = Path(path).parts[:1] == (_HASHED,)
        answer.headers["Cache-Control"] = _FOREVER if hashed else "public, no-cache"
        return answer


def _wants_html(request: Request, form: str | None) -> bool:
    """Let a browser have the page; a program that takes anything gets JSON."""
    if form is not None:
        return form == "html"
    return "text/html" in request.headers.get("accept", "")


def _html(index: Path, title: str) -> Response:
    headers = {"Cache-Control": "no-cache"}
    if index.is_file():
        return FileResponse(index, HTTPStatus.OK, headers)
    return Response(_NOT_BUILT.format(title=escape(title)), HTTPStatus.OK, headers, "text/html")
