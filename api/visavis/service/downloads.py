"""Layers and parts of them as files: streamed where the format allows it, made in a folder where it does not."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from visavis.exports import FORMATS, Format, beside, export, streamed
from visavis.layers import layer as declared
from visavis.model.errors import CostlyError, NotFoundError, RequestError, UsageError
from visavis.service.asking import asked_part
from visavis.service.caching import entity_tag, is_known
from visavis.service.serving import Serving
from visavis.store import Summary

# A portable map holds every layer in memory while it is made: that is for the command line.
DOWNLOADS: Final = {name: each for name, each in FORMATS.items() if name != "html"}

# Features of a layer that is packed into tiles while somebody waits: some 10 seconds.
_MOST_PACKED: Final = 20_000

_DESCRIBED: Final = 'rel="describedby"; type="application/csvm+json"'


def download_routes(serving: Serving) -> list[Route]:
    """Return the route to `/exports/{layer}.{format}`, and to what lies beside such a file."""

    async def download(request: Request) -> Response:
        layer, form, alone = _named(request.path_params["file"])
        with ExitStack() as stack:
            store = stack.enter_context(serving.live.reading())
            summary = store.layers()[layer]
            query, part = asked_part(request, declared(layer).table, summary.bounds, serving.settings)
            _require_possible(form, part, summary)
            tag = entity_tag(request, store)
            headers = {"ETag": tag, "Cache-Control": "public, no-cache"}
            if is_known(request, tag):
                return Response(None, HTTPStatus.NOT_MODIFIED, headers)
            name = f"{layer}{form.suffix}"
            if alone:
                told = beside(store, layer, form.name, name, query=query, told=part)
                return Response(told, HTTPStatus.OK, headers, "application/csvm+json")
            headers["Content-Disposition"] = f'attachment; filename="{name}"'
            if form.beside is not None:
                asked = f"?{request.url.query}" if request.url.query else ""
                headers["Link"] = f"<{quote(name)}{form.beside_suffix}{asked}>; {_DESCRIBED}"
            try:
                if part:  # what takes too long is refused before the answer has begun
                    await serving.found(store, store.page, layer, replace(query, limit=1), short=False)
                blocks = streamed(store, layer, form.name, query=query, told=part)
                if blocks is not None:
                    body = () if request.method == "HEAD" else blocks
                    return _Streamed(stack.pop_all(), body, headers, form.media_type)
                folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="visavis-"))
                file = Path(folder) / name
                await run_in_threadpool(export, store, layer, form.name, file, query=query, told=part)
            except UsageError as error:
                raise NotFoundError(error.what, remedy=error.remedy) from None
            return _Kept(stack.pop_all(), file, headers, form.media_type)

    return [Route("/exports/{file}", download)]


class _Streamed(StreamingResponse):
    """Lets go of what it reads when the last byte is out, or the client gone."""

    def __init__(
        self, reading: ExitStack, blocks: Iterator[bytes] | tuple[()], headers: Any, media_type: str
    ) -> None:
        super().__init__(blocks, HTTPStatus.OK, headers, media_type)
        self._reading = reading

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer."""
        with self._reading:
            await super().__call__(scope, receive, send)


class _Kept(FileResponse):
    """Likewise, for a file that lies in a temporary folder."""

    def __init__(self, kept: ExitStack, file: Path, headers: Any, media_type: str) -> None:
        super().__init__(file, HTTPStatus.OK, headers, media_type)
        self._kept = kept

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer."""
        with self._kept:
            await super().__call__(scope, receive, send)


def _require_possible(form: Format, part: str, summary: Summary) -> None:
    """Refuse what a format can't hold, or what takes too long to make.

    Raises
    ------
    RequestError, CostlyError
    """
    if form.whole and part:
        raise RequestError(f"{form.title} holds whole layers", remedy="Leave the conditions out")
    if form.name == "pmtiles" and summary.count > _MOST_PACKED:
        raise CostlyError(
            f"{summary.count:,} features take too long to pack into tiles",
            remedy="Write them with visavis export --format pmtiles, or take single tiles",
        )


def _named(file: str) -> tuple[str, Format, bool]:
    """Return the layer and the format that a file's name says, and whether only what lies beside it is meant."""
    for form in DOWNLOADS.values():
        endings = {f".{form.name}": False, form.suffix: False}
        if form.beside is not None:
            endings[f"{form.suffix}{form.beside_suffix}"] = True
        for ending, alone in endings.items():
            if file.endswith(ending):
                return declared(file.removesuffix(ending)).name, form, alone
    raise NotFoundError(f"there is no export {file[:80]!r}", remedy=f"Choose {', '.join(DOWNLOADS)}")
