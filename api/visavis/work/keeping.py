"""Finished tiles in a folder, for a build that was broken off to go on where it was."""

from __future__ import annotations

import hashlib
import secrets
import shutil
import zipfile
from collections.abc import Iterable
from importlib import resources
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from visavis import __version__
from visavis.views import Seen
from visavis.work.packing import packed, unpacked

# What the result of a tile depends on beside the tile: these rooms, and what they compute with.
ENGINE: Final = ("model", "cameras", "views")
_LIBRARIES: Final = ("geopandas", "numba", "numpy", "pandas", "pyproj", "scipy", "shapely")

_DIGEST_BYTES: Final = 32
_SUFFIX: Final = ".tile"


class KeptTiles:
    """Tiles as files that are there whole or not at all; each goes by a digest of all that it depends on.

    A file that is damaged counts as not there; one that no tile asks for is of another build and is left alone
    until all are cleared away.

    Parameters
    ----------
    folder : Path
        Made when the first tile is kept.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._engine = engine_digest()

    def get(self, key: str, crs: Any) -> Seen | None:
        """Return what was kept under a key, in a CRS, or None where there is nothing whole."""
        try:
            content = self._file(key).read_bytes()
        except FileNotFoundError:
            return None
        digest, rest = content[:_DIGEST_BYTES], content[_DIGEST_BYTES:]
        if hashlib.sha256(rest).digest() != digest:
            return None
        try:
            return unpacked(rest, crs)
        except (ValueError, KeyError, OSError, zipfile.BadZipFile):  # whole, but of another hand
            return None

    def put(self, key: str, seen: Seen) -> None:
        """Keep what a tile gave.

        Raises
        ------
        OSError
            Where the folder can't be written.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        content = packed(seen)
        file = self._file(key)
        beside = file.with_suffix(f".{secrets.token_hex(4)}")
        try:
            beside.write_bytes(hashlib.sha256(content).digest() + content)
            # A power cut may still damage it; then its digest tells.
            beside.replace(file)
        finally:
            beside.unlink(missing_ok=True)

    def clear(self) -> None:
        """Take the folder away with all that was kept."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def _file(self, key: str) -> Path:
        return self._folder / f"{hashlib.sha256(f'{self._engine} {key}'.encode()).hexdigest()}{_SUFFIX}"


def engine_digest(rooms: Iterable[str] = ENGINE) -> str:
    """Return what tells one engine from another: the text of its rooms, and the libraries that it computes with."""
    told = hashlib.sha256(repr([__version__, *((name, version(name)) for name in _LIBRARIES)]).encode())
    for room in rooms:
        files = (
            file for file in resources.files("visavis").joinpath(room).iterdir() if file.name.endswith(".py")
        )
        for file in sorted(files, key=lambda file: file.name):
            told.update(file.read_bytes())
    return told.hexdigest()
