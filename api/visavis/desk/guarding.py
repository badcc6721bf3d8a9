"""Who is answered at all: this machine's own browser, with the token of this desk, on a page of this desk.

A desk listens on the loopback address alone; yet any page that a person has open may ask it, and any name may be made
to point at it. So nothing is answered without the token, under another host's name, or, where it changes something,
from another origin.
"""

from __future__ import annotations

import hmac
import json
from http import HTTPStatus
from http.cookies import CookieError, SimpleCookie
from typing import Final
from urllib.parse import parse_qs

from starlette.datastructures import Headers
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# The page asks this desk alone. MapLibre runs its worker and draws its images from blobs.
CONTENT_SECURITY_POLICY: Final = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "worker-src 'self' blob:",
        "child-src 'self' blob:",
        "connect-src 'self'",
        "font-src 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    ]
)
_HEADERS: Final = [
    (name.encode(), value.encode())
    for name, value in {
        "content-security-policy": CONTENT_SECURITY_POLICY,
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": "camera=(), geolocation=(), microphone=()",
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
    }.items()
]
OWN_HEADER: Final = "x-visavis-desk"
_READING: Final = ("GET", "HEAD")
_MOST_BODY: Final = 1_000_000


class Guarded:
    """Lets in who has the token, and puts on every answer what browsers are to hold to."""

    def __init__(self, app: ASGIApp, token: str, port: int) -> None:
        self._app = app
        self._token = token
        self._cookie = f"visavis-desk-{port}"
        self._hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer it here."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return  # no sockets

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                told = [(name, value) for name, value in message["headers"] if name != b"server"]
                message["headers"] = [*told, *_HEADERS]
            await send(message)

        app = self._answer(scope) or self._app
        await app(scope, receive, guarded)

    def _answer(self, scope: Scope) -> Response | None:
        headers, method = Headers(scope=scope), str(scope["method"])
        if headers.get("host", "").lower() not in self._hosts:
            return refusal("This is not a name of this desk", "Open the address that the command printed")
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [])
        if given and method in _READING and hmac.compare_digest(given[-1].encode(), self._token.encode()):
            return self._welcome(str(scope["path"]))
        if not self._has_cookie(headers):
            return refusal("The token of this desk is missing", "Open the address that the command printed")
        if method not in _READING and not self._is_own(headers):
            return refusal("Only the page of this desk may change something", "Use the desk's own page")
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > _MOST_BODY:
            return refusal("That is too much at once", None, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        return None

    def _welcome(self, path: str) -> Response:
        # Without the token, so that it stands in no history and no referrer.
        to = path if path.startswith("/") and not path.startswith("//") else "/"
        answer = RedirectResponse(to, HTTPStatus.SEE_OTHER, {"Cache-Control": "no-store"})
        answer.set_cookie(self._cookie, self._token, httponly=True, samesite="strict", path="/")
        return answer

    def _has_cookie(self, headers: Headers) -> bool:
        try:
            cookies = SimpleCookie(headers.get("cookie", ""))
        except CookieError:
            return False
        found = cookies.get(self._cookie)
        return found is not None and hmac.compare_digest(found.value.encode(), self._token.encode())

    def _is_own(self, headers: Headers) -> bool:
        origin, site = headers.get("origin"), headers.get("sec-fetch-site")
        if headers.get(OWN_HEADER) != "1" or site not in (None, "same-origin"):
            return False
        return origin is None or origin.lower() in {f"http://{host}" for host in self._hosts}


def refusal(what: str, remedy: str | None, status: HTTPStatus = HTTPStatus.FORBIDDEN) -> Response:
    """Return one line on why nothing is answered."""
    told = {
        "type": "about:blank",
        "title": status.phrase,
        "status": int(status),
        "detail": what,
        "code": "forbidden",
        **({} if remedy is None else {"remedy": remedy}),
    }
    return Response(json.dumps(told), status, {"Cache-Control": "no-store"}, "application/problem+json")
