"""HTTP as it comes in, parsed by httptools through uvicorn, which sets no bound to an address or its headers."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

# A little more than a service allows by its settings: it tells of that in words.
MOST_ADDRESS_BYTES: Final = 1 << 18
MOST_HEADER_BYTES: Final = 1 << 16

# Who is still sending has so long to read why nobody listens.
_GOODBYE_S: Final = 2.0


class BoundedProtocol(HttpToolsProtocol):
    """Refuses an address or headers without end, and keeps nothing of them in memory."""

    _header_bytes = 0
    _refused = False

    def data_received(self, data: bytes) -> None:
        """Take what came in, or drop it where it was refused already."""
        if not self._refused:
            super().data_received(data)

    def on_message_begin(self) -> None:
        """Begin to count."""
        self._header_bytes = 0
        super().on_message_begin()

    def on_url(self, url: bytes) -> None:
        """Take a piece of the address."""
        if len(self.url) + len(url) > MOST_ADDRESS_BYTES:
            self._refuse(
                HTTPStatus.REQUEST_URI_TOO_LONG, f"the address has more than {MOST_ADDRESS_BYTES} bytes"
            )
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header."""
        self._header_bytes += len(name) + len(value)
        if self._header_bytes > MOST_HEADER_BYTES:
            self._refuse(
                HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
                f"the headers have more than {MOST_HEADER_BYTES} bytes",
            )
        super().on_header(name, value)

    def send_400_response(self, msg: str) -> None:
        """Answer what is no HTTP."""
        self._tell(HTTPStatus.BAD_REQUEST, msg, "Speak HTTP/1.1")

    def _refuse(self, status: HTTPStatus, detail: str) -> None:
        self._tell(status, detail, "Ask for less at once")
        raise OverflowError(detail)  # the parser stops

    def _tell(self, status: HTTPStatus, detail: str, remedy: str) -> None:
        if self._refused:
            return
        self._refused = True
        told = {
            "type": "about:blank",
            "title": status.phrase,
            "status": status,
            "detail": detail,
            "remedy": remedy,
        }
        body = json.dumps(told)
        self.transport.write(
            f"HTTP/1.1 {status:d} {status.phrase}\r\nContent-Type: application/problem+json\r\n"
            f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n{body}".encode()
        )
        self.loop.call_later(_GOODBYE_S, self.transport.close)
