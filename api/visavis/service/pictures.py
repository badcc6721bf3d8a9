"""What a camera could view, as a picture: drawn when asked for, one at a time, and kept as long as there is room."""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from functools import partial
from http import HTTPStatus
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from visavis.model.errors import InputError, NotFoundError, RequestError, UsageError
from visavis.service.caching import JSON, entity_tag, is_known, told
from visavis.service.parameters import parameters
from visavis.service.serving import Link, Serving, link
from visavis.store import Store

SVG: Final = "image/svg+xml"
PNG: Final = "image/png"
PICTURE_FORMS: Final = {"svg": SVG, "png": PNG, "json": JSON}

# Which values the parameters take, the first where one is left out.
PICTURE_CHOICES: Final = {
    "lang": ("en", "fr"),
    "mode": ("", "fixed", "now", "reach"),
    "masks": ("no", "yes"),
    "plain": ("no", "yes"),
}

Key = tuple[str, ...]

_MOST_KEPT_BYTES: Final = 32_000_000
_MOST_WAITING: Final = 4
_RETRY_S: Final = 5


class Drawings:
    """Pictures as they were drawn, the ones asked for last; at most one is being drawn at a time.

    Parameters
    ----------
    most_bytes : int
        How much is kept.
    most_waiting : int
        How many may wait for their turn; who comes then is sent away with 503, to come again.
    """

    def __init__(self, most_bytes: int = _MOST_KEPT_BYTES, most_waiting: int = _MOST_WAITING) -> None:
        self._kept: OrderedDict[Key, bytes] = OrderedDict()
        self._bytes = 0
        self._most_bytes = most_bytes
        self._keeping = threading.Lock()
        self._drawing = threading.Lock()
        self._most_at_once = most_waiting + 1
        self._at_once = 0

    @property
    def full(self) -> bool:
        """Whether one is being drawn and no more may wait."""
        return self._at_once >= self._most_at_once

    def drawn(self, key: Key, form: str, draw: Callable[[], Mapping[str, bytes]]) -> bytes:
        """Return one form of what was drawn under a key, or draw it now and keep all forms that come of it.

        Raises
        ------
        HTTPException
            503, where too many wait already.
        """
        found = self._found((*key, form))
        if found is not None:
            return found
        with self._keeping:
            if self.full:
                raise HTTPException(
                    HTTPStatus.SERVICE_UNAVAILABLE,
                    "Too many pictures are being drawn at the moment",
                    {"Retry-After": str(_RETRY_S)},
                )
            self._at_once += 1
        try:
            with self._drawing:
                found = self._found((*key, form))
                if found is None:
                    made = draw()
                    found = made[form]
                    for each, content in made.items():
                        self._keep((*key, each), content)
                return found
        finally:
            with self._keeping:
                self._at_once -= 1

    def _found(self, key: Key) -> bytes | None:
        with self._keeping:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def _keep(self, key: Key, content: bytes) -> None:
        with self._keeping:
            self._bytes += len(content) - len(self._kept.get(key, b""))
            self._kept[key] = content
            while self._bytes > self._most_bytes:
                self._bytes -= len(self._kept.popitem(last=False)[1])


def picture_routes(serving: Serving) -> list[Route]:
    """Return the route to `/pictures/{camera_id}.{svg|png|json}`; none where the settings draw none."""
    drawings = Drawings()

    async def picture(request: Request) -> Response:
        given = _asked(request)
        camera, _, form = request.path_params["file"].rpartition(".")
        if form not in PICTURE_FORMS:
            raise NotFoundError(f"there is no picture {form!r}", remedy=f"Choose {', '.join(PICTURE_FORMS)}")
        with serving.live.reading() as store:
            if store.item("cameras", camera) is None:
                raise NotFoundError(f"cameras has no feature {camera!r}", remedy="Check the id")
            if is_known(request, entity_tag(request, store, PICTURE_FORMS[form])):
                return told(request, store, dict, PICTURE_FORMS[form])
            record, plain = store.record(), given.pop("plain") == "yes"
            key = (record.build_id, record.built_at.isoformat(), camera, *given.values())
            made = await run_in_threadpool(
                _form, drawings, key, form, plain, partial(_drawn, store, camera, given)
            )
            return told(request, store, lambda: made, PICTURE_FORMS[form])

    return [Route("/pictures/{file:path}", picture)] if serving.settings.pictures else []


def picture_links(base: str, own: str) -> list[Link]:
    """Return the links from a camera, whose id is `own` in an address, to its picture (`preview`: RFC 6903)."""
    here = f"{base}/pictures/{own}"
    return [
        link(f"{here}.{form}", "preview", PICTURE_FORMS[form], "What it could view, as a computed picture")
        for form in ("svg", "png")
    ]


def _asked(request: Request) -> dict[str, str]:
    given = parameters(request, allowed=PICTURE_CHOICES)
    found = {name: given.get(name, choices[0]) for name, choices in PICTURE_CHOICES.items()}
    for name, choices in PICTURE_CHOICES.items():
        if name in given and (given[name] not in choices or not given[name]):
            said = ", ".join(choice for choice in choices if choice)
            raise RequestError(f"{name} is {given[name][:40]!r}", remedy=f"Choose {said}")
    return found


def _form(
    drawings: Drawings, key: Key, form: str, plain: bool, draw: Callable[[], dict[str, bytes]]
) -> bytes:
    """Return a picture in a form: its SVG is drawn for all of them."""
    if form == "json":
        return drawings.drawn(key, "json", draw)
    svg, png = ("plain", "plain.png") if plain else ("svg", "png")
    drawn = drawings.drawn(key, svg, draw)
    if form == "svg":
        return drawn

    def as_png() -> dict[str, bytes]:
        from visavis.exports.picturing import png_of

        return {png: png_of(drawn.decode())}

    return drawings.drawn(key, png, as_png)


def _drawn(store: Store, camera: str, given: Mapping[str, str]) -> dict[str, bytes]:
    # The engine is loaded with the first picture, not with the service.
    from visavis.exports.picturing import picture_from

    try:
        found = picture_from(
            store,
            camera,
            mode=given["mode"] or None,
            mask=given["masks"] == "yes",
            lang=given["lang"],
            labelled=False,
        )
    except UsageError as error:
        raise RequestError(error.what, remedy=error.remedy) from error
    except InputError as error:
        raise NotFoundError(error.what, remedy=error.remedy) from error
    words = {**found.figures, "title": found.title, "computed": found.computed, "captions": found.captions}
    return {
        "svg": found.svg.encode(),
        "plain": found.plain.encode(),
        "json": json.dumps(words, ensure_ascii=False).encode(),
    }
