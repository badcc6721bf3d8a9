"""What a store's overviews are made of, read once and kept as long as the store.

A tile from afar is made of every row of a layer. Read anew for each, 200,000 rows took seconds a tile; kept as two
places and a few numbers for each feature, some 20 bytes, they are read once in a second or two, and a tile takes
milliseconds. Made when first asked for: a store that nobody looks at from afar costs nothing, and no build waits.
"""

from __future__ import annotations

import threading
from typing import Final
from weakref import WeakKeyDictionary

from visavis.layers import layer as declared
from visavis.store import Query, Store
from visavis.tiles.summing import Gathered, gather, together

# Features of a layer up to which they are kept, 20 to 40 MB; of larger layers the rows are read for each tile.
MOST_KEPT: Final = 1_000_000

_KEPT: Final[WeakKeyDictionary[Store, dict[str, Gathered]]] = WeakKeyDictionary()
_LOCK: Final = threading.Lock()


def kept(store: Store, layer: str) -> Gathered | None:
    """Return what is kept of a layer already."""
    return _KEPT.get(store, {}).get(layer)


def overview(store: Store, layer: str, patience_s: float | None = None) -> Gathered | None:
    """Return what a layer's overviews are made of, read where it is not kept; None where there is too much of it.

    Raises
    ------
    CostlyError
        Where finding the rows takes longer than that.
    """
    if store.layers()[layer].count > MOST_KEPT:
        return None
    with _LOCK:  # the second who asks waits for the first
        found = kept(store, layer)
        if found is None:
            found = together(gather(store, declared(layer).table, Query(patience_s=patience_s)))
            if found is not None:
                _KEPT.setdefault(store, {})[layer] = found
    return found
