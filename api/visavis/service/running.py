"""The service on a port."""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Callable
from contextlib import suppress

from visavis.model.errors import UsageError
from visavis.service.app import create_app
from visavis.service.settings import Settings


def serve(settings: Settings, host: str, port: int) -> None:
    """Serve until interrupted, as `prepared` says."""
    prepared(settings, host, port)()


def prepared(settings: Settings, host: str, port: int) -> Callable[[], None]:
    """Open the store and the port, and return what serves until interrupted.

    Answers under way may end then. No address of a client is written down.

    Parameters
    ----------
    host, port : str, int
        Where to listen; port 0 takes a free one.

    Raises
    ------
    StoreError
        Where the store can't be opened.
    UsageError
        Where the port can't be listened on.
    """
    import uvicorn

    from visavis.service.bounding import BoundedProtocol

    app = create_app(settings)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listening = socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        named = isinstance(error, socket.gaierror)  # the others repeat the address at length
        why = error.strerror if named else os.strerror(error.errno or 0)
        raise UsageError(
            f"can't listen on {host} port {port} ({why})",
            remedy="Choose another with --port",
        ) from None
    _write_lines()
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            http=BoundedProtocol,
            access_log=False,
            log_level="error",
            server_header=False,
            timeout_graceful_shutdown=settings.grace_s,
        )
    )
    # Connections inherit it. Without, the end of each answer waits some 40 ms for an acknowledgement; asyncio
    # sees to it only for sockets that it opens itself.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def run() -> None:
        with listening, suppress(KeyboardInterrupt):  # raised once more when everything is put away
            server.run(sockets=[listening])

    return run


def _write_lines() -> None:
    """Write the service's own lines, which are JSON already, as they are."""
    log = logging.getLogger("visavis.service")
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(message)s"))
    log.handlers = [handler]
    log.setLevel(logging.INFO)
    log.propagate = False
