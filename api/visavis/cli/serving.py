"""The command that serves a store over HTTP."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

Host = Annotated[str, typer.Option(help="Address to listen on.")]
Port = Annotated[int, typer.Option(min=0, max=65_535, help="Port to listen on.")]


def serve(
    store: Annotated[str, typer.Argument(help="Store to serve: x.gpkg or postgresql://….")],
    host: Host = "127.0.0.1",
    port: Port = 8000,
) -> None:
    """Serve a store: the map, the API and the exports."""
    from visavis.store import shown

    typer.echo(f"Serving {shown(store)} at http://{host}:{port}/ (Ctrl+C ends it)")
    run_service(store, host, port)


def run_service(store: str, host: str, port: int) -> None:
    """Serve a store until it is told to end."""
    with _settling():
        from visavis.service import Settings
        from visavis.service.running import prepared

        run = prepared(Settings(store=store), host, port)
    run()


@contextmanager
def _settling() -> Iterator[None]:
    """Look for no garbage in what is loaded in the block, neither meanwhile nor ever after: it stays.

    Looking took a tenth of the start, and each look in a service that answers held up some thirty answers for 70 ms.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
