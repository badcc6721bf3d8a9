"""Which dossiers are invented: what describes one bears the mark, what describes a real one never does."""

from __future__ import annotations

from typing import Final
from weakref import WeakKeyDictionary

from visavis.store import Store


def invented_dossiers(store: Store) -> frozenset[str]:
    """Return the ids of the dossiers whose place and cameras are made up."""
    known = _KNOWN.get(store)
    if known is None:
        told = store.frame("disclosures")
        known = _KNOWN[store] = frozenset(told.loc[told["invented"], "disclosure_id"])
    return known


_KNOWN: Final[WeakKeyDictionary[Store, frozenset[str]]] = WeakKeyDictionary()
