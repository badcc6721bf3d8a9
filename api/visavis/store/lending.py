"""Connections to one SQLite file, lent to one user at a time."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Final

from visavis.model.errors import CostlyError, StoreError
from visavis.store.recognising import BUILD_AGAIN

# How many may read at once.
CONNECTIONS: Final = 4

# SQLite looks at the clock once in so many of its steps: some tenths of a millisecond.
_STEPS: Final = 20_000

# What each keeps in memory of the file, in KiB; the system keeps the rest as long as there is room.
_KEPT_KIB: Final = 8_192


class Lending:
    """Some connections that only read, to the file that stood there when it was made.

    A store is never written to: the next build takes its place as another file. SQLite is told so and locks nothing,
    which took longer than to find a feature; who changes the file nonetheless is found out by its time.

    Parameters
    ----------
    file : Path
    prepare : callable
        Called with each connection, to give it functions.
    """

    def __init__(self, file: Path, prepare: Callable[[sqlite3.Connection], None]) -> None:
        self._file = file
        self._room = threading.Semaphore(CONNECTIONS)
        self._free = deque(_Connection(file) for _ in range(CONNECTIONS))
        for connection in self._free:
            prepare(connection.database)

    def lent(self, patience_s: float | None = None) -> Lent:
        """Lend a connection, when one is free, for as long as a `with` block.

        Raises
        ------
        CostlyError
            Where a statement takes longer than `patience_s`.
        StoreError
            Where the file turns out to be damaged.
        """
        return Lent(self, patience_s)

    def close(self) -> None:
        """Close all of them, each when it is given back."""
        for _ in range(CONNECTIONS):
            self._room.acquire()
        for connection in self._free:
            connection.database.close()
        self._room.release(CONNECTIONS)

    def take(self) -> _Connection:
        """Take a connection out: the one used last, which knows most of the file."""
        self._room.acquire()
        return self._free.pop()

    def give_back(self, connection: _Connection) -> None:
        """Put it back."""
        self._free.append(connection)
        self._room.release()

    def error_of(self, error: BaseException | None, patience_s: float | None) -> Exception | None:
        """Return what an error that came up while reading has to be told as; None where it is another's."""
        if (
            isinstance(error, sqlite3.OperationalError)
            and patience_s is not None
            and "interrupted" in str(error)
        ):
            return CostlyError(
                f"the answer takes more than {patience_s:g} s to find",
                remedy="Ask for less: add a bbox, or compare fewer properties",
            )
        if isinstance(error, sqlite3.Error | LookupError):
            return StoreError(f"is damaged ({error})", file=self._file, remedy=BUILD_AGAIN)
        return None


class Lent:
    """A connection for as long as a `with` block."""

    __slots__ = ("_connection", "_lending", "_patience_s")

    def __init__(self, lending: Lending, patience_s: float | None) -> None:
        self._lending = lending
        self._patience_s = patience_s

    def __enter__(self) -> sqlite3.Connection:
        self._connection = self._lending.take()
        if self._patience_s is not None:
            self._connection.until = time.monotonic() + self._patience_s
        return self._connection.database

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.until = None
        self._lending.give_back(self._connection)
        told = None if error is None else self._lending.error_of(error, self._patience_s)
        if isinstance(told, CostlyError):
            raise told from None
        if told is not None:
            raise told from error


class _Connection:
    def __init__(self, file: Path) -> None:
        self.until: float | None = None
        self.database = sqlite3.connect(
            f"{file.resolve().as_uri()}?mode=ro&immutable=1",
            uri=True,
            check_same_thread=False,
            cached_statements=256,
        )
        self.database.execute(f"PRAGMA cache_size = -{_KEPT_KIB}")
        self.database.set_progress_handler(self._late, _STEPS)

    def _late(self) -> bool:
        return self.until is not None and time.monotonic() > self.until
