"""Finished features of a GeoPackage by the numbers of their rows.

Rows are numbered in the order of their ids. Finished features stand in the file in another order, neighbours together
(`writing.neighbours`), so that those of a box are read from few places. Where each stands is read once, 4 bytes a
row; of a layer so large that this would be much, an index is asked.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from visavis.store.interface import Summary

# Rows of a layer up to which places are kept.
MOST_KEPT: Final = 2_000_000


class Finished:
    """Finds finished features, and remembers where they stand."""

    def __init__(self, layers: Mapping[str, Summary]) -> None:
        self._layers = layers
        self._places: dict[str, NDArray[np.uint32]] = {}
        self._lock = threading.Lock()

    def of(self, database: sqlite3.Connection, layer: str, numbers: Sequence[int]) -> list[bytes]:
        """Return the features of some rows, in the order in which these are named."""
        if not len(numbers):
            return []
        if self._layers[layer].count > MOST_KEPT:
            found = database.execute(
                "SELECT f.feature FROM json_each(?) AS n CROSS JOIN visavis_features AS f"
                " ON f.layer = ? AND f.fid = n.value ORDER BY n.key",
                (json.dumps(list(numbers)), layer),
            )
            return [feature for (feature,) in found]
        wanted = np.asarray(numbers, dtype=np.int64)
        places = self._of_layer(database, layer)[wanted - 1]
        near = np.argsort(places, kind="stable")  # as they stand in the file
        found = database.execute(
            "SELECT f.feature FROM json_each(?) AS n CROSS JOIN visavis_features AS f ON f.row = n.value",
            (json.dumps(places[near].tolist()),),
        )
        features: list[bytes] = [b""] * len(wanted)
        for place, (feature,) in zip(near.tolist(), found, strict=True):
            features[place] = feature
        return features

    def _of_layer(self, database: sqlite3.Connection, layer: str) -> NDArray[np.uint32]:
        with self._lock:  # the second who asks waits for the first
            places = self._places.get(layer)
            if places is None:
                found = database.execute(
                    "SELECT row FROM visavis_features WHERE layer = ? ORDER BY fid", (layer,)
                )
                places = np.fromiter((row for (row,) in found), np.uint32, self._layers[layer].count)
                self._places[layer] = places
            return places
