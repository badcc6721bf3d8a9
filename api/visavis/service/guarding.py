"""What every answer bears, and what is not even looked at: headers for browsers; what is too long or too much."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from visavis.service.problems import problem
from visavis.service.settings import Settings

# The page asks this host alone. MapLibre runs its worker and draws its images from blobs.
CONTENT_SECURITY_POLICY: Final = "; ".join(
    [
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "worker-src 'self' blob:",
        "child-src 'self' blob:",
        "connect-src 'self'",
        "font-src 'self'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    ]
)

_HEADERS: Final = [
    (name.encode(), value.encode())
    for name, value in {
        "content-security-policy": CONTENT_SECURITY_POLICY,
        "cross-origin-resource-policy": "cross-origin",  # the data is public, whoever's page shows it
        "permissions-policy": "camera=(), geolocation=(), microphone=()",
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
    }.items()
]

# Told whether they live or not; who asks for it asks often.
_UNCOUNTED: Final = frozenset({"/healthz", "/readyz", "/metrics"})


class Guarded:
    """Adds the headers to whatever the service answers, and answers itself what is too long or too much."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._most_bytes = settings.max_url_bytes
        self._per_minute = settings.rate_per_minute
        self._is_within = _rate(settings.rate_per_minute) if settings.rate_per_minute else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *_HEADERS]
            await send(message)

        app = self._app
        if len(scope["query_string"]) + len(scope.get("raw_path") or b"") > self._most_bytes:
            app = problem(
                HTTPStatus.REQUEST_URI_TOO_LONG,
                f"the address has more than {self._most_bytes} bytes",
                "Ask for less at once: a simpler shape, a shorter filter",
            )
        elif self._is_too_much(scope):
            app = problem(
                HTTPStatus.TOO_MANY_REQUESTS,
                f"more than {self._per_minute} requests in a minute",
                "Wait a minute, or take the whole layer as a file from /exports",
                {"Retry-After": "60"},
            )
        await app(scope, receive, guarded)

    def _is_too_much(self, scope: Scope) -> bool:
        if self._is_within is None or scope["path"] in _UNCOUNTED:
            return False
        client = scope.get("client")
        return not self._is_within(client[0] if client else "unknown")


def _rate(per_minute: int) -> Callable[[str], bool]:
    """Return what counts a request of an address, and says whether it is still within the rate."""
    from limits import RateLimitItemPerMinute  # where a rate is set: it takes a tenth of a second to load
    from limits.storage import MemoryStorage
    from limits.strategies import MovingWindowRateLimiter

    return partial(MovingWindowRateLimiter(MemoryStorage()).hit, RateLimitItemPerMinute(per_minute))
