"""The desk over HTTP."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import FileResponse, Response, StreamingResponse
from starlette.staticfiles import StaticFiles

from visavis.desk.answers.acts import AtRevision, History, ManyActs, OneAct, Taken
from visavis.desk.answers.agreement import Agreed
from visavis.desk.answers.cameras import Cameras
from visavis.desk.answers.sheets import Desk as DeskAnswer
from visavis.desk.answers.sheets import Ground
from visavis.desk.desk import Desk
from visavis.desk.guarding import Guarded
from visavis.desk.problems import told
from visavis.desk.refusing import RefusedError
from visavis.desk.rows import cameras_answer, problems_of
from visavis.desk.sheet_routes import sheet_routes
from visavis.desk.showing import agreed_with, bounds, desk_answer, history, taken
from visavis.desk.surroundings import surroundings
from visavis.model.errors import VisavisError

PAGE: Final = Path(__file__).resolve().parents[1] / "_web"
_LOOK_EVERY_S: Final = 0.4
_SAY_SOMETHING_EVERY_S: Final = 15.0
_WORTH_COMPRESSING_BYTES: Final = 2_000
_NOT_BUILT: Final = (
    "<!doctype html><meta charset=utf-8><title>visavis</title>"
    "<p>The page of the desk is not built: <code>python hatch_build.py</code>."
)


def create_desk(
    desk: Desk, *, token: str, port: int, page: Path = PAGE, leaving: Callable[[], bool] = lambda: False
) -> Guarded:
    """Return the desk as an application that answers whoever has the token.

    Parameters
    ----------
    desk : Desk
        Its sheets are begun to be read when the application starts.
    token : str
    port : int
        On which it is listened: part of the name by which it may be called.
    page : Path
        Folder of the built web page.
    leaving : callable
        Whether the server is told to stop: what goes on and on then ends by itself.
    """

    @asynccontextmanager
    async def reading(_: FastAPI) -> AsyncIterator[None]:
        desk.start()
        yield
        desk.end()

    app = FastAPI(
        title="visavis review desk",
        openapi_url="/api/schema",
        docs_url=None,
        redoc_url=None,
        lifespan=reading,
    )
    app.include_router(_routes(desk, leaving))
    app.include_router(sheet_routes(desk))

    async def answer(_: Request, error: Exception) -> Response:
        return told(error, desk)

    for kind in (VisavisError, RequestValidationError, HTTPException):
        app.add_exception_handler(kind, answer)

    @app.middleware("http")
    async def never_kept(request: Request, forward: Callable[[Request], Awaitable[Response]]) -> Response:
        try:
            response = await forward(request)
        except Exception as error:  # the edge: the page must learn that nothing was saved
            response = told(error, desk)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    @app.get("/", include_in_schema=False)
    def index() -> Response:
        file = page / "desk.html"
        if file.is_file():
            return FileResponse(file, headers={"Cache-Control": "no-cache"})
        return Response(_NOT_BUILT, media_type="text/html")

    if page.is_dir():
        app.mount("/", StaticFiles(directory=page))
    app.add_middleware(_Compressed, minimum_size=_WORTH_COMPRESSING_BYTES)
    return Guarded(app, token, port)


class _Compressed(GZipMiddleware):
    """Compresses answers, but those that go on and on."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Pass the request on."""
        if scope["type"] == "http" and scope["path"].endswith(("/events", ".png")):
            await self.app(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)


def _routes(desk: Desk, leaving: Callable[[], bool]) -> APIRouter:
    routes = APIRouter(prefix="/api")

    @routes.get("/desk")
    def opening() -> DeskAnswer:
        return desk_answer(desk)

    @routes.get("/cameras")
    def cameras() -> Cameras:
        state, found = desk.now()
        return cameras_answer(state, found, problems_of(state))

    @routes.post("/acts")
    def act(wanted: OneAct) -> Taken:
        return taken(desk, desk.act([wanted], wanted.revision))

    @routes.post("/acts/many")
    def acts(wanted: ManyActs) -> Taken:
        if not wanted.acts:
            raise RefusedError("no act is given", code="invalid")
        return taken(desk, desk.act(wanted.acts, wanted.revision))

    @routes.post("/undo")
    def undo(at: AtRevision) -> Taken:
        return taken(desk, desk.undo(at.revision))

    @routes.post("/redo")
    def redo(at: AtRevision) -> Taken:
        return taken(desk, desk.redo(at.revision))

    @routes.get("/history")
    def lines() -> History:
        return history(desk)

    @routes.get("/agreement")
    def agreement(other: str) -> Agreed:
        return agreed_with(desk, other)

    @routes.get("/map")
    def ground() -> Ground:
        return surroundings(desk.spaces, bounds(desk))

    @routes.get("/events")
    async def events(request: Request) -> StreamingResponse:
        return StreamingResponse(
            _events(desk, request, leaving),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store"},
        )

    return routes


async def _events(desk: Desk, request: Request, leaving: Callable[[], bool]) -> AsyncIterator[str]:
    """Say whenever the file of corrections or what is read has changed."""
    said: tuple[int, str] | None = None
    quiet = 0.0
    while not leaving() and not await request.is_disconnected():
        revision = (await asyncio.to_thread(desk.journal.snapshot)).revision
        now = (desk.version, revision)
        if now != said:
            said, quiet = now, 0.0
            reading = {name: each.state for name, each in desk.sheets.readings.items()}
            content = {"revision": revision, "version": desk.version, "reading": reading}
            yield f"data: {json.dumps(content)}\n\n"
        elif quiet >= _SAY_SOMETHING_EVERY_S:
            quiet = 0.0
            yield ": still here\n\n"
        await asyncio.sleep(_LOOK_EVERY_S)
        quiet += _LOOK_EVERY_S
