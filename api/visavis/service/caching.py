"""Answers that a client may keep, and asks about again: the entity tag changes with the build."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from visavis import __version__
from visavis.store import Store

JSON: Final = "application/json"
HTML: Final = "text/html"
GEOJSON: Final = "application/geo+json"
SCHEMA_JSON: Final = "application/schema+json"
OPENAPI_JSON: Final = "application/vnd.oai.openapi+json;version=3.0"

# Kept, but asked about before each use: a new build is seen at once, and an old answer costs no body.
CACHE_CONTROL: Final = "public, no-cache"

_VARY: Final = "Accept, Accept-Encoding, Accept-Language"

_write: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

Made = bytes | str | dict[str, Any]


def told(
    request: Request,
    store: Store,
    make: Callable[[], Made],
    media_type: str = JSON,
    more: Mapping[str, str] = MappingProxyType({}),
    language: str | None = None,
) -> Response:
    """Return what `make` gives, or 304 where the client has it already.

    The tag is weak: the answer holds the moment at which it was made, and may be compressed on its way.
    `more` are headers of its own.
    """
    tag = entity_tag(request, store, media_type, language)
    if is_known(request, tag):
        return known(tag, more)
    return kept(make(), tag, media_type, more, language)


def known(tag: str, more: Mapping[str, str] = MappingProxyType({})) -> Response:
    """Return that the client has it already."""
    return Response(None, HTTPStatus.NOT_MODIFIED, _headers(tag, more, None))


def kept(
    made: Made,
    tag: str,
    media_type: str = JSON,
    more: Mapping[str, str] = MappingProxyType({}),
    language: str | None = None,
) -> Response:
    """Return what was made, under its tag."""
    body = written(made) if isinstance(made, dict) else made
    return Response(body, HTTPStatus.OK, _headers(tag, more, language), media_type)


def written(told: Any) -> bytes:
    """Return JSON."""
    return _write(told).encode()


def _headers(tag: str, more: Mapping[str, str], language: str | None) -> dict[str, str]:
    said = {} if language is None else {"Content-Language": language}
    return {"ETag": tag, "Cache-Control": CACHE_CONTROL, "Vary": _VARY, **said, **more}


def entity_tag(request: Request, store: Store, media_type: str = "", language: str | None = None) -> str:
    """Return the tag of a request's answer: the build, the version, the form, and the request."""
    record, scope = store.record(), request.scope
    told = (record.build_id, record.built_at.isoformat(), __version__, media_type, str(language))
    asked = (request.headers.get("host", ""), scope["path"], scope["query_string"].decode("latin-1"))
    content = "\n".join((*told, *asked)).encode("utf-8", "surrogatepass")
    return f'W/"{hashlib.sha256(content).hexdigest()[:32]}"'


def is_known(request: Request, tag: str) -> bool:
    """Say whether the client names the tag in If-None-Match; strong and weak are the same here (RFC 9110)."""
    given = request.headers.get("if-none-match")
    if given is None:
        return False
    names = {name.strip().removeprefix("W/") for name in given.split(",")}
    return "*" in names or tag.removeprefix("W/") in names
