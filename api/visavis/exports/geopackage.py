"""A layer as a GeoPackage of its own."""

from __future__ import annotations

from pathlib import Path

from visavis.store import Store
from visavis.store.writing import write_tables


def write_layer(store: Store, layer: str, file: Path) -> None:
    """Write one table with its columns' meanings, the sources and the record of the build."""
    write_tables(file, {layer: store.frame(layer)}, store.record())
