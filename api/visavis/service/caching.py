"""Answers that a client may keep, and asks about again: the entity tag changes with the build."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from functools import cache
from http import HTTPStatus
from types import MappingProxyType
from typing import Any, Final
from weakref import WeakKeyDictionary

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

Content = bytes | str | dict[str, Any]


def told(
    request: Request,
    store: Store,
    make: Callable[[], Content],
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


class Made(Response):
    """An answer whose bytes and headers are ready: nothing of them is looked at again."""

    def __init__(self, body: bytes, status: HTTPStatus, headers: list[tuple[bytes, bytes]]) -> None:
        self.status_code = status
        self.background = None
        self.body = body
        self.raw_headers = headers


def known(tag: str, more: Mapping[str, str] = MappingProxyType({})) -> Response:
    """Return that the client has it already."""
    return Made(b"", HTTPStatus.NOT_MODIFIED, _headers(tag, more, None))


def kept(
    made: Content,
    tag: str,
    media_type: str = JSON,
    more: Mapping[str, str] = MappingProxyType({}),
    language: str | None = None,
) -> Response:
    """Return what was made, under its tag."""
    body = made if isinstance(made, bytes) else made.encode() if isinstance(made, str) else written(made)
    told = [*_headers(tag, more, language), (b"content-length", b"%d" % len(body)), _typed(media_type)]
    return Made(body, HTTPStatus.OK, told)


def written(told: Any) -> bytes:
    """Return JSON."""
    return _write(told).encode()


def _headers(tag: str, more: Mapping[str, str], language: str | None) -> list[tuple[bytes, bytes]]:
    said = {} if language is None else {"content-language": language}
    further = [
        (name.lower().encode(), value.encode("latin-1")) for name, value in (said | dict(more)).items()
    ]
    return [(b"etag", tag.encode()), *_ALWAYS, *further]


_ALWAYS: Final = ((b"cache-control", CACHE_CONTROL.encode()), (b"vary", _VARY.encode()))


@cache
def _typed(media_type: str) -> tuple[bytes, bytes]:
    charset = "; charset=utf-8" if media_type.startswith("text/") else ""
    return b"content-type", f"{media_type}{charset}".encode()


def entity_tag(request: Request, store: Store, media_type: str = "", language: str | None = None) -> str:
    """Return the tag of a request's answer: the build, the version, the form, and the request."""
    scope = request.scope
    told = "\n".join((media_type, str(language), request.headers.get("host", ""), scope["path"], ""))
    hashed = _begun(store).copy()
    hashed.update(told.encode("utf-8", "surrogatepass"))
    hashed.update(scope["query_string"])
    return f'W/"{hashed.hexdigest()[:32]}"'


def _begun(store: Store) -> Any:
    """Return the hash of what all tags of a build have in common."""
    begun = _BEGUN.get(store)
    if begun is None:
        record = store.record()
        told = (record.build_id, record.built_at.isoformat(), __version__, "")
        begun = _BEGUN[store] = hashlib.sha256("\n".join(told).encode())
    return begun


_BEGUN: Final[WeakKeyDictionary[Store, Any]] = WeakKeyDictionary()


def is_known(request: Request, tag: str) -> bool:
    """Say whether the client names the tag in If-None-Match; strong and weak are the same here (RFC 9110)."""
    given = request.headers.get("if-none-match")
    if given is None:
        return False
    names = {name.strip().removeprefix("W/") for name in given.split(",")}
    return "*" in names or tag.removeprefix("W/") in names
