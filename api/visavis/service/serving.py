"""What every answer is made with: the settings, the store that stands there now, and addresses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar
from urllib.parse import quote

import anyio
import anyio.to_thread
from starlette.requests import Request

from visavis.service.settings import Settings
from visavis.store import LiveStore, Store

Link = dict[str, str]
T = TypeVar("T")

# Long queries that are looked for at once; a store lends one connection more, for the short ones.
_AT_ONCE = 3


@dataclass
class Serving:
    """The settings and the store, handed to each part of the service."""

    settings: Settings
    live: LiveStore
    _limiter: anyio.CapacityLimiter | None = field(default=None, init=False)

    def base(self, request: Request) -> str:
        """Return the address of the service, as seen from outside."""
        if self.settings.base_url:
            return self.settings.base_url.rstrip("/")
        scope = request.scope
        host = request.headers.get("host")
        if not host:
            return str(request.base_url).rstrip("/")
        return f"{scope['scheme']}://{host}{scope.get('root_path', '')}"

    async def found(self, store: Store, ask: Callable[..., T], *arguments: object, short: bool) -> T:
        """Ask a store: at once where the answer is short to find and near, else in a thread of its own."""
        if short and store.local:
            return ask(*arguments)
        if self._limiter is None:
            self._limiter = anyio.CapacityLimiter(_AT_ONCE)
        return await anyio.to_thread.run_sync(partial(ask, *arguments), limiter=self._limiter)


def link(href: str, rel: str, media_type: str, title: str, **more: str) -> Link:
    """Return a link as OGC API writes it."""
    return {"href": href, "rel": rel, "type": media_type, "title": title, **more}


def segment(text: str) -> str:
    """Return an id as one segment of a path: its slashes are part of the name."""
    return quote(text, safe=":")
