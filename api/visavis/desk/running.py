"""The desk on a port of this machine."""

from __future__ import annotations

import os
import secrets
import socket
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from visavis.desk.app import create_desk
from visavis.desk.desk import Desk
from visavis.model.errors import UsageError

HOST: Final = "127.0.0.1"
_GRACE_S: Final = 2


def run_desk(desk: Desk, port: int, opened: Callable[[str], None]) -> None:
    """Serve a desk until interrupted.

    Parameters
    ----------
    desk : Desk
    port : int
        0 takes a free one.
    opened : callable
        Gets the address, its token included, as soon as it is listened to.

    Raises
    ------
    UsageError
        Where the port can't be listened on.
    """
    import uvicorn

    try:
        listening = socket.create_server((HOST, port))
    except OSError as error:
        raise UsageError(
            f"can't listen on {HOST} port {port} ({os.strerror(error.errno or 0)})",
            remedy="Choose another with --port",
        ) from None
    port = listening.getsockname()[1]
    token = secrets.token_urlsafe(32)
    server = uvicorn.Server(
        uvicorn.Config(
            create_desk(desk, token=token, port=port, leaving=lambda: server.should_exit),
            access_log=False,
            log_level="error",
            server_header=False,
            timeout_graceful_shutdown=_GRACE_S,
        )
    )
    opened(f"http://{HOST}:{port}/?token={token}")
    with listening, suppress(KeyboardInterrupt):  # raised once more when everything is put away
        server.run(sockets=[listening])
