"""Connections to one database, lent to one user at a time, and made anew where one was lost.

A pool that mends itself in the background lets whoever asks wait for it; here who asks finds out at once whether the
server is there again.
"""

from __future__ import annotations

import select
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from queue import LifoQueue
from typing import Any, Final

import psycopg

from visavis.store.postgis.connecting import connect

# How many may read at once.
CONNECTIONS: Final = 4

# Values decide how few rows a condition meets, so a plan is made for each; nothing is ever written.
_SETTINGS: Final = "-c default_transaction_read_only=on -c plan_cache_mode=force_custom_plan -c jit=off"


class Lending:
    """Some connections that only read. Each is opened when it is first needed."""

    def __init__(self, target: str) -> None:
        self._target = target
        self._free: LifoQueue[_Line] = LifoQueue()
        self._all = [_Line(target) for _ in range(CONNECTIONS)]
        for line in self._all:
            self._free.put(line)
        self._closed = threading.Event()

    @contextmanager
    def lent(self, patience_s: float | None = None) -> Iterator[psycopg.Connection[Any]]:
        """Lend a connection that works, when one is free; statements may take `patience_s` at most.

        Raises
        ------
        StoreError
            Where the server can't be reached.
        psycopg.Error
            As it comes.
        """
        line = self._free.get()
        try:
            yield line.ready(patience_s)
        finally:
            if self._closed.is_set():
                line.hang_up()
            self._free.put(line)

    def close(self) -> None:
        """Close all of them, each when it is given back."""
        self._closed.set()
        for _ in self._all:
            self._free.get().hang_up()
        for line in self._all:
            self._free.put(line)


class _Line:
    def __init__(self, target: str) -> None:
        self._target = target
        self._connection: psycopg.Connection[Any] | None = None
        self._patience_ms = 0

    def ready(self, patience_s: float | None) -> psycopg.Connection[Any]:
        """Return the connection, opened anew where it was lost and had nothing to finish."""
        wanted = 0 if patience_s is None else max(1, round(1000 * patience_s))
        connection = self._connection
        if connection is None or connection.closed or not _alive(connection):
            self.hang_up()
            connection = self._connection = connect(self._target, autocommit=True, options=_SETTINGS)
            self._patience_ms = 0
        if wanted != self._patience_ms:
            connection.execute(f"SET statement_timeout = {wanted}")
            self._patience_ms = wanted
        return connection

    def hang_up(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _alive(connection: psycopg.Connection[Any]) -> bool:
    """Say whether the other side has not hung up, as far as this side has been told."""
    readable, _, _ = select.select([connection.fileno()], [], [], 0)
    if not readable:
        return True
    try:
        connection.pgconn.consume_input()
    except psycopg.OperationalError:
        return False
    return connection.pgconn.status == psycopg.pq.ConnStatus.OK
