"""The service, put together."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from brotli_asgi import BrotliMiddleware
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from visavis.service.addresses import address_routes
from visavis.service.crops import crop_routes
from visavis.service.dossiers import dossier_routes
from visavis.service.downloads import download_routes
from visavis.service.features import feature_routes
from visavis.service.guarding import Guarded
from visavis.service.landing import landing_routes
from visavis.service.layers import layer_routes
from visavis.service.letters import letter_routes
from visavis.service.listing import list_routes
from visavis.service.overview import overview_routes
from visavis.service.pages import PAGE, page_routes
from visavis.service.pictures import picture_routes
from visavis.service.problems import HANDLED, Surprises, answer
from visavis.service.search import search_routes
from visavis.service.serving import Serving
from visavis.service.settings import Settings
from visavis.service.tiles import tile_routes
from visavis.store import LiveStore

_WORTH_COMPRESSING_BYTES = 1_000


def create_app(settings: Settings, *, page: Path = PAGE) -> Starlette:
    """Return the service over the store that `settings` names.

    Handlers are plain Starlette routes that answer with finished bytes: for so short a way, checking
    parameters and models anew for each request would cost more than the answer.

    Parameters
    ----------
    settings : Settings
        Which store, and under which name and address.
    page : Path
        Folder of the built web page. Where it is not built, `/` says so.

    Raises
    ------
    StoreError
        Where the store can't be opened.
    """
    live = LiveStore(settings.store)
    serving = Serving(settings, live)
    watched, measured = _watching(settings)

    @asynccontextmanager
    async def closing(_: Starlette) -> AsyncIterator[None]:
        yield
        live.close()

    return Starlette(
        lifespan=closing,
        routes=[
            *feature_routes(serving),
            *tile_routes(serving),
            *layer_routes(serving),
            *landing_routes(serving),
            *address_routes(serving),
            *list_routes(serving),
            *overview_routes(serving),
            *download_routes(serving),
            *dossier_routes(serving),
            *search_routes(serving),
            *picture_routes(serving),
            *crop_routes(serving),
            *letter_routes(serving),
            *measured,
            *page_routes(serving, page),
        ],
        middleware=[
            *watched,
            Middleware(Guarded, settings),
            Middleware(
                Where,
                b"origin",
                Middleware(
                    CORSMiddleware,
                    allow_origins=settings.cors_origins,
                    allow_methods=["GET", "HEAD"],
                    expose_headers=["ETag", "Link", "Content-Crs"],
                ),
            ),
            Middleware(
                Where,
                b"accept-encoding",
                Middleware(GZipMiddleware, minimum_size=_WORTH_COMPRESSING_BYTES, compresslevel=4),
                Middleware(
                    BrotliMiddleware, minimum_size=_WORTH_COMPRESSING_BYTES, quality=4, gzip_fallback=False
                ),
            ),
            Middleware(Surprises),
        ],
        exception_handlers=dict.fromkeys(HANDLED, answer),
    )


def _watching(settings: Settings) -> tuple[list[Middleware], list[Route]]:
    """Return what counts and times answers, and the route to its figures; nothing where nobody wants to know."""
    if not settings.metrics and settings.log != "requests":
        return [], []
    from visavis.service.watching import Watched, Watching

    watching = Watching(settings)
    return [Middleware(Watched, watching)], watching.routes()


class Where:
    """Sends a request through some middleware only where it bears a header that this middleware looks for."""

    def __init__(self, app: ASGIApp, header: bytes, *through: Middleware) -> None:
        self._app = app
        self._header = header
        self._through = app
        for each in reversed(through):
            self._through = each.cls(self._through, *each.args, **each.kwargs)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        bears = scope["type"] == "http" and any(name == self._header for name, _ in scope["headers"])
        await (self._through if bears else self._app)(scope, receive, send)
