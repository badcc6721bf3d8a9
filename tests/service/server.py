"""A real server on a free port, for as long as a test needs it: in a thread, or in a process of its own."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import uvicorn

from visavis.service import Settings, create_app
from visavis.service.pages import PAGE


@contextmanager
def running(settings: Settings, *, page: Path = PAGE) -> Iterator[str]:
    """Serve, and give the address without a slash at the end."""
    listening = socket.create_server(("127.0.0.1", 0))
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # as the service does it
    server = uvicorn.Server(
        uvicorn.Config(create_app(settings, page=page), access_log=False, log_level="warning")
    )
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    deadline = time.monotonic() + 20
    while not server.started:
        assert thread.is_alive(), "the server ended before it began"
        assert time.monotonic() < deadline, "the server did not begin"
        time.sleep(0.01)  # the condition waited for stands above
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(60)  # pictures that were asked for last are still made, on a busy machine for long
        listening.close()
        assert not thread.is_alive(), "the server did not end"


_SERVE = """
import sys
from visavis.service import Settings
from visavis.service.running import serve
serve(Settings(store=sys.argv[1]), "127.0.0.1", int(sys.argv[2]))
"""


@contextmanager
def running_apart(store: Path | str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Serve from another process; give the address and the process, which ends with the block."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-c", _SERVE, str(store), str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as server:
        try:
            _wait_for(address, server)
            yield address, server
        finally:
            server.terminate()


def _wait_for(address: str, server: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        assert server.poll() is None, "the server ended before it began"
        try:
            httpx.get(f"{address}/healthz").raise_for_status()
        except httpx.TransportError:
            time.sleep(0.05)  # the condition waited for is the answer above
        else:
            return
    raise AssertionError("the server did not begin")
