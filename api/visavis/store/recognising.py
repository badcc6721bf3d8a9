"""Is this a whole GeoPackage, and one of ours? Looked at without reading it all."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Final

from visavis.layers import LAYERS
from visavis.model.errors import StoreError

BUILD_AGAIN: Final = "Build it again with visavis build"

_MAGIC: Final = b"SQLite format 3\0"
_APPLICATION: Final = b"GPKG"
_HEADER_BYTES: Final = 100
_OURS: Final = frozenset({"visavis_build", "visavis_sources", "visavis_features", "visavis_tiles"})


def require_whole(file: Path) -> None:
    """Refuse a file that is no GeoPackage, or shorter than its header says (sqlite.org/fileformat, 1.3).

    Raises
    ------
    StoreError
        In one line that names the file.
    """
    try:
        with file.open("rb") as opened:
            header = opened.read(_HEADER_BYTES)
        size = file.stat().st_size
    except OSError as error:
        raise StoreError(f"can't be read ({error.strerror})", file=file, remedy="Check the name") from None
    if len(header) < _HEADER_BYTES or not header.startswith(_MAGIC) or header[68:72] != _APPLICATION:
        raise StoreError("is not a GeoPackage", file=file, remedy=BUILD_AGAIN)
    page_bytes = int.from_bytes(header[16:18], "big")
    whole = (65536 if page_bytes == 1 else page_bytes) * int.from_bytes(header[28:32], "big")
    if size < whole:
        raise StoreError(f"is cut off: {size} of {whole} bytes are there", file=file, remedy=BUILD_AGAIN)


def require_layers(database: sqlite3.Connection) -> None:
    """Refuse a GeoPackage that another program made, or a version with other columns.

    Raises
    ------
    StoreError
        Without the file, which the caller knows.
    """
    names = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not names >= _OURS:
        raise StoreError("is a GeoPackage, but not one of visavis", remedy=BUILD_AGAIN)
    for name, layer in LAYERS.items():
        there = {column for (column,) in database.execute("SELECT name FROM pragma_table_info(?)", (name,))}
        missing = set(layer.table.columns) - there
        if missing:
            raise StoreError(
                f"was built by another version: {name} lacks {', '.join(sorted(missing))}",
                remedy=BUILD_AGAIN,
            )
