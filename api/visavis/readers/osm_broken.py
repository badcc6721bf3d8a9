"""What pyosmium raises of a damaged extract, told as one line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import osmium

from visavis.model.errors import SpacesError


@contextmanager
def told_if_broken(path: Path) -> Iterator[None]:
    """Read an OpenStreetMap file within; what breaks on the way says which file, and what to give.

    Raises
    ------
    SpacesError
        Where the file can't be read.
    """
    try:
        yield
    except (RuntimeError, osmium.InvalidLocationError, ValueError, OverflowError) as broken:
        raise SpacesError(
            f"can't be read as OpenStreetMap data ({broken})",
            file=path,
            remedy="Give a whole .osm or .osm.pbf extract",
        ) from None
