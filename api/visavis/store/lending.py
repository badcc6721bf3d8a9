"""Connections to one SQLite file, lent to one user at a time."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import LifoQueue
from typing import Final

from visavis.model.errors import CostlyError

# How many may read at once.
CONNECTIONS: Final = 4

# SQLite looks at the clock once in so many of its steps: some tenths of a millisecond.
_STEPS: Final = 20_000

# What each keeps in memory of the file, in KiB; the system keeps the rest as long as there is room.
_KEPT_KIB: Final = 8_192


class Lending:
    """Some connections that only read, to the file that stood there when it was made.

    Parameters
    ----------
    file : Path
    prepare : callable
        Called with each connection, to give it functions.
    """

    def __init__(self, file: Path, prepare: Callable[[sqlite3.Connection], None]) -> None:
        self._free: LifoQueue[_Connection] = LifoQueue()
        self._all: list[_Connection] = []
        for _ in range(CONNECTIONS):
            connection = _Connection(file)
            self._all.append(connection)
            prepare(connection.database)
            self._free.put(connection)

    @contextmanager
    def lent(self, patience_s: float | None = None) -> Iterator[sqlite3.Connection]:
        """Lend a connection, when one is free.

        Raises
        ------
        CostlyError
            Where a statement takes longer than `patience_s`.
        """
        connection = self._free.get()
        connection.until = None if patience_s is None else time.monotonic() + patience_s
        try:
            yield connection.database
        except sqlite3.OperationalError as error:
            if patience_s is not None and "interrupted" in str(error):
                raise CostlyError(
                    f"the answer takes more than {patience_s:g} s to find",
                    remedy="Ask for less: add a bbox, or compare fewer properties",
                ) from None
            raise
        finally:
            connection.until = None
            self._free.put(connection)

    def close(self) -> None:
        """Close all of them, each when it is given back."""
        for _ in self._all:
            self._free.get().database.close()
        for connection in self._all:
            self._free.put(connection)


class _Connection:
    def __init__(self, file: Path) -> None:
        self.until: float | None = None
        self.database = sqlite3.connect(
            f"{file.resolve().as_uri()}?mode=ro", uri=True, check_same_thread=False, cached_statements=256
        )
        self.database.execute(f"PRAGMA cache_size = -{_KEPT_KIB}")
        self.database.set_progress_handler(self._late, _STEPS)

    def _late(self) -> bool:
        return self.until is not None and time.monotonic() > self.until
