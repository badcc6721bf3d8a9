"""A build that is held: as long as the lock on it is kept, nobody drops it."""

from __future__ import annotations

import threading
from typing import Any, Final

import psycopg

from visavis.model.errors import StoreError
from visavis.store.addresses import shown
from visavis.store.postgis.connecting import connect, refusals
from visavis.store.postgis.migrating import SCHEMA, migrated_to, newest
from visavis.store.postgis.publishing import READERS
from visavis.store.recognising import BUILD_AGAIN

_CURRENT: Final = f"SELECT build FROM {SCHEMA}.builds WHERE is_current"


class Held:
    """The current build of a database, held through a connection of its own from now until it is let go."""

    def __init__(self, target: str) -> None:
        self._target = target
        self._lock = threading.Lock()
        with refusals(target):
            self._connection = connect(target, autocommit=True)
            try:
                self._require_ours()
                self.build = self._hold_current()
            except BaseException:
                self._connection.close()
                raise

    def current(self) -> int | None:
        """Return which build is the current one now. Where the connection was lost it is made anew.

        Raises
        ------
        StoreError
            Where the server can't be reached.
        """
        with self._lock, refusals(self._target):
            try:
                return self._ask_current()
            except psycopg.OperationalError:
                self._connection.close()
                self._connection = connect(self._target, autocommit=True)
                self._try_to_hold(self.build)
                return self._ask_current()

    def let_go(self) -> None:
        """Let the build be dropped."""
        with self._lock:
            self._connection.close()

    def _ask_current(self) -> int | None:
        row = self._connection.execute(_CURRENT).fetchone()
        return None if row is None else int(row[0])

    def _hold_current(self) -> int:
        while True:
            build = self._ask_current()
            if build is None:
                raise StoreError(
                    "holds no build yet", file=shown(self._target), remedy="Make one with visavis build"
                )
            # Whoever drops it has the lock for himself: then another is the current one by now.
            if self._try_to_hold(build):
                return build

    def _try_to_hold(self, build: int) -> bool:
        taken = self._connection.execute(
            "SELECT pg_try_advisory_lock_shared(%s, %s)", (READERS, build)
        ).fetchone()
        there = self._connection.execute(
            f"SELECT 1 FROM {SCHEMA}.builds WHERE build = %s",
            (build,),
        ).fetchone()
        return bool(taken and taken[0] and there)

    def _require_ours(self) -> None:
        version = migrated_to(self._connection)
        if version is None:
            raise StoreError(
                "is a database, but not one of visavis",
                file=shown(self._target),
                remedy="Make one with visavis build",
            )
        if version != newest():
            raise StoreError(
                f"was written by another version (migration {version})",
                file=shown(self._target),
                remedy=BUILD_AGAIN,
            )


def columns_of(connection: psycopg.Connection[Any], schema: str) -> dict[str, set[str]]:
    """Return the columns of each table in a schema."""
    found: dict[str, set[str]] = {}
    for table, column in connection.execute(
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = %s", (schema,)
    ):
        found.setdefault(table, set()).add(column)
    return found
