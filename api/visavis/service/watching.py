"""What an operator is told of answers: lines and figures, of which none says who asked, or about which place.

Loaded where somebody wants to know: it takes time to load.
"""

from __future__ import annotations

import time
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from visavis.layers import LAYERS
from visavis.service.lines import logger
from visavis.service.settings import Settings

# Seconds: from an item to an export.
_BUCKETS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 60.0)


class Watching:
    """Counts and times answers by the pattern of their address, its layer and their status."""

    def __init__(self, settings: Settings) -> None:
        self._log = logger() if settings.log == "requests" else None
        self._registry = CollectorRegistry()
        self._measured = settings.metrics
        labels = ("route", "layer", "status")
        self._answers = Counter("visavis_answers", "Answers given", labels, registry=self._registry)
        self._bytes = Counter(
            "visavis_sent_bytes", "Bytes of their bodies", labels[:2], registry=self._registry
        )
        self._seconds = Histogram(
            "visavis_seconds", "Time to answer", labels[:1], registry=self._registry, buckets=_BUCKETS
        )

    def routes(self) -> list[Route]:
        """Return the route to `/metrics`; none where nothing is measured."""

        async def metrics(_: Request) -> Response:
            return Response(
                generate_latest(self._registry),
                headers={"Cache-Control": "no-store"},
                media_type=CONTENT_TYPE_LATEST,
            )

        return [Route("/metrics", metrics)] if self._measured else []

    def note(self, scope: Scope, status: int, sent_bytes: int, seconds: float) -> None:
        """Write down an answer: the pattern of its address, never the address."""
        route = getattr(scope.get("route"), "path", "") or "other"
        layer = str(scope.get("path_params", {}).get("layer", ""))
        layer = layer if layer in LAYERS else ""
        self._answers.labels(route, layer, status).inc()
        self._bytes.labels(route, layer).inc(sent_bytes)
        self._seconds.labels(route).observe(seconds)
        if self._log is not None:
            self._log.info(
                "answered",
                method=scope["method"],
                route=route,
                layer=layer,
                status=status,
                bytes=sent_bytes,
                ms=round(seconds * 1000, 2),
            )


class Watched:
    """Lets `Watching` know of each answer."""

    def __init__(self, app: ASGIApp, watching: Watching) -> None:
        self._app = app
        self._watching = watching

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun, status, sent_bytes = time.perf_counter(), 499, 0  # nobody was left to answer

        async def watched(message: Message) -> None:
            nonlocal status, sent_bytes
            if message["type"] == "http.response.start":
                status = message["status"]
            else:
                sent_bytes += len(message.get("body", b""))
            await send(message)

        try:
            await self._app(scope, receive, watched)
        finally:
            self._watching.note(scope, status, sent_bytes, time.perf_counter() - begun)
