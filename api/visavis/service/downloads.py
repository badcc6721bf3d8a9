"""Whole layers as files."""

from __future__ import annotations

import tempfile
from http import HTTPStatus
from pathlib import Path
from typing import Final

from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from visavis.exports import export
from visavis.layers import layer as declared
from visavis.model.errors import NotFoundError
from visavis.service.caching import GEOJSON, entity_tag, is_known
from visavis.service.parameters import parameters
from visavis.service.serving import Serving

_MEDIA_TYPES: Final = {"geojson": GEOJSON, "gpkg": "application/geopackage+sqlite3"}


def download_routes(serving: Serving) -> list[Route]:
    """Return the route to `/exports/{layer}.{format}`."""

    async def download(request: Request) -> Response:
        parameters(request, allowed=())
        name, _, form = request.path_params["file"].rpartition(".")
        if form not in _MEDIA_TYPES:
            raise NotFoundError(f"there is no export {form!r}", remedy=f"Choose {', '.join(_MEDIA_TYPES)}")
        layer = declared(name)
        with serving.live.reading() as store:
            tag = entity_tag(request, store)
            headers = {"ETag": tag, "Cache-Control": "public, no-cache"}
            if is_known(request, tag):
                return Response(None, HTTPStatus.NOT_MODIFIED, headers)
            folder = tempfile.TemporaryDirectory(prefix="visavis-")
            try:
                file = Path(folder.name) / f"{layer.name}.{form}"
                await run_in_threadpool(export, store, layer.name, form, file)
            except BaseException:
                folder.cleanup()
                raise
        return FileResponse(
            file,
            HTTPStatus.OK,
            headers,
            _MEDIA_TYPES[form],
            BackgroundTask(folder.cleanup),
            filename=file.name,
        )

    return [Route("/exports/{file}", download)]
