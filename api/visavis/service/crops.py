"""Where on its sheet a camera was read: a picture of the place, and the links that lead there."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from visavis.model.errors import NotFoundError
from visavis.model.vocabulary import SHOWINGS
from visavis.service.caching import GEOJSON, told
from visavis.service.parameters import parameters
from visavis.service.serving import Link, Serving, link, segment
from visavis.store import Store

PNG: Final = "image/png"


@dataclass(frozen=True)
class Crop:
    """A row of the layer of crops, as a camera's page tells it; `picture` is where the sheet is shown, if it may be."""

    row: dict[str, Any]
    picture: str | None
    links: tuple[Link, ...]


def crop_routes(serving: Serving) -> list[Route]:
    """Return the route to `/crops/{camera_id}.png`."""

    async def crop(request: Request) -> Response:
        parameters(request, allowed=())
        camera, _, form = request.path_params["file"].rpartition(".")
        if form != "png":
            raise NotFoundError(f"there is no crop {form!r}", remedy="Choose png")
        with serving.live.reading() as store:
            row = await serving.found(store, _row, store, camera, short=True)
            if row is None:
                raise NotFoundError(
                    f"no sheet shows the camera {camera!r}", remedy="See /collections/crops/items"
                )
            if row["picture"] is None:
                raise NotFoundError(
                    f"{camera}: {SHOWINGS[row['showing']].en}",
                    remedy=f"Ask for page {row['page']} of the sheet",
                )
            return told(request, store, lambda: base64.b64decode(row["picture"]), PNG)

    return [Route("/crops/{file:path}", crop)]


def crop_of(store: Store, base: str, camera: str) -> Crop | None:
    """Return what the layer tells of a camera's place on its sheet; None where it was read from none.

    Its links have the relation `via` (RFC 4287): the source that the row came from.
    """
    row = _row(store, camera)
    if row is None:
        return None
    own = segment(camera)
    links = [link(f"{base}/collections/crops/items/{own}", "via", GEOJSON, "Where on its sheet it was read")]
    picture = None
    if row["picture"] is not None:
        picture = f"{base}/crops/{own}.png"
        links.append(link(picture, "via", PNG, "The sheet there"))
    return Crop(row, picture, tuple(links))


def _row(store: Store, camera: str) -> dict[str, Any] | None:
    feature = store.item("crops", camera)
    if feature is None:
        return None
    row: dict[str, Any] = json.loads(feature)["properties"]
    return row
