"""The store that stands at a target now: a new build is noticed, and readers keep the one they began with."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from visavis.model.errors import StoreError
from visavis.store.interface import Store
from visavis.store.targets import open_store


class LiveStore:
    """Follows a target from build to build.

    Each reader borrows one build and sees nothing but that build until it gives it back. A build that has
    been replaced is closed when its last reader is gone. A replacement that can't be opened is told by
    `trouble`, and the old build goes on being served.
    """

    def __init__(self, target: str) -> None:
        self._lock = threading.Lock()
        self._store = open_store(target)
        self._readers: dict[Store, int] = {self._store: 0}
        self.trouble: StoreError | None = None

    @contextmanager
    def reading(self) -> Iterator[Store]:
        """Borrow the build that stands there now."""
        store = self._borrow()
        try:
            yield store
        finally:
            self._give_back(store)

    def close(self) -> None:
        """Close every build, also those still being read."""
        with self._lock:
            for store in self._readers:
                store.close()
            self._readers.clear()

    def _borrow(self) -> Store:
        with self._lock:
            if self._store.superseded():
                self._follow()
            else:
                self.trouble = None
            self._readers[self._store] += 1
            return self._store

    def _follow(self) -> None:
        try:
            fresh = open_store(self._store.target)
        except StoreError as trouble:
            self.trouble = trouble
            return
        self.trouble = None
        old, self._store = self._store, fresh
        self._readers[fresh] = 0
        self._let_go(old)

    def _give_back(self, store: Store) -> None:
        with self._lock, suppress(KeyError):  # gone where everything was closed meanwhile
            self._readers[store] -= 1
            if store is not self._store:
                self._let_go(store)

    def _let_go(self, store: Store) -> None:
        if self._readers[store] == 0:
            del self._readers[store]
            store.close()
