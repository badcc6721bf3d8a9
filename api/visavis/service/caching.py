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
GEOJSON: Final = "application/geo+json"
SCHEMA_JSON: Final = "application/schema+json"
OPENAPI_JSON: Final = "application/vnd.oai.openapi+json;version=3.0"

# Kept, but asked about before each use: a new build is seen at once, and an old answer costs no body.
_CACHE_CONTROL: Final = "public, no-cache"


def told(
    request: Request,
    store: Store,
    make: Callable[[], bytes | dict[str, Any]],
    media_type: str = JSON,
    more: Mapping[str, str] = MappingProxyType({}),
) -> Response:
    """Return what `make` gives, or 304 where the client has it already.

    The tag is weak: the answer holds the moment at which it was made, and may be compressed on its way.
    `more` are headers of its own.
    """
    tag = entity_tag(request, store)
    headers = {"ETag": tag, "Cache-Control": _CACHE_CONTROL, **more}
    if is_known(request, tag):
        return Response(None, HTTPStatus.NOT_MODIFIED, headers)
    made = make()
    body = made if isinstance(made, bytes) else json.dumps(made, ensure_ascii=False).encode()
    return Response(body, HTTPStatus.OK, headers, media_type)


def entity_tag(request: Request, store: Store) -> str:
    """Return the tag of a request's answer: the build, the version of the service, and the request."""
    record = store.record()
    content = "\n".join([record.build_id, record.built_at.isoformat(), __version__, str(request.url)])
    return f'W/"{hashlib.sha256(content.encode()).hexdigest()[:32]}"'


def is_known(request: Request, tag: str) -> bool:
    """Say whether the client names the tag in If-None-Match; strong and weak are the same here (RFC 9110)."""
    given = request.headers.get("if-none-match")
    if given is None:
        return False
    names = {name.strip().removeprefix("W/") for name in given.split(",")}
    return "*" in names or tag.removeprefix("W/") in names
