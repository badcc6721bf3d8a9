"""What every answer is made with: the settings, the store that stands there now, and addresses."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from starlette.requests import Request

from visavis.service.settings import Settings
from visavis.store import LiveStore

Link = dict[str, str]


@dataclass(frozen=True)
class Serving:
    """The settings and the store, handed to each part of the service."""

    settings: Settings
    live: LiveStore

    def base(self, request: Request) -> str:
        """Return the address of the service, as seen from outside."""
        return (self.settings.base_url or str(request.base_url)).rstrip("/")


def link(href: str, rel: str, media_type: str, title: str) -> Link:
    """Return a link as OGC API writes it."""
    return {"href": href, "rel": rel, "type": media_type, "title": title}


def segment(text: str) -> str:
    """Return an id as one segment of a path: its slashes are part of the name."""
    return quote(text, safe=":")
