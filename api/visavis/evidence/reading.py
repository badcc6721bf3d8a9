"""A zip of others, read so that it costs no more than it may and leads nowhere."""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Final

# A bundle of a large city has some hundred files; GeoJSON, which packs best of them, packs some forty times.
MOST_FILES: Final = 100_000
MOST_RATIO: Final = 200
MOST_BYTES: Final = 200 << 30
# What a single file may unpack to, however well it packs.
FREE_BYTES: Final = 64 << 20
_BLOCK: Final = 1 << 20


class RefusedError(Exception):
    """Why an archive is not read any further."""

    def __init__(self, code: str, path: str, figures: str = "") -> None:
        self.code = code
        self.path = path
        self.figures = figures
        super().__init__(code, path)


def refusals(archive: zipfile.ZipFile, size: int) -> Iterator[RefusedError]:
    """Yield what is wrong with an archive's list of files, before any of them is unpacked.

    Parameters
    ----------
    size : int
        Bytes of the archive's file.
    """
    entries = archive.infolist()
    if len(entries) > MOST_FILES:
        yield RefusedError("bomb", "", f"{len(entries)} files")
        return
    unpacked, packed = sum(e.file_size for e in entries), sum(e.compress_size for e in entries)
    if packed > size:
        yield RefusedError("bomb", "", "files lie over one another")
    if unpacked > MOST_BYTES:
        yield RefusedError("bomb", "", f"{size} bytes unpack to {unpacked}")
    seen: set[str] = set()
    for entry in entries:
        if (
            leads_out(entry.orig_filename)
            or leads_out(entry.filename)
            or stat.S_ISLNK(entry.external_attr >> 16)
        ):
            yield RefusedError("path", entry.orig_filename)
        if entry.file_size > max(FREE_BYTES, MOST_RATIO * entry.compress_size):
            yield RefusedError(
                "bomb", entry.filename, f"{entry.compress_size} bytes unpack to {entry.file_size}"
            )
        folded = entry.filename.casefold()
        if folded in seen:
            yield RefusedError("twice", entry.filename)
        seen.add(folded)
        if entry.flag_bits & 0x1:
            yield RefusedError("unreadable", entry.filename, "encrypted")


def leads_out(name: str) -> bool:
    """Say whether a name is anything but a plain path within the archive."""
    parts = name.split("/")
    odd = any(part in ("", ".", "..") or part != part.strip() for part in parts)
    return odd or "\\" in name or "\x00" in name or ":" in name or PurePosixPath(name).is_absolute()


def blocks_of(archive: zipfile.ZipFile, name: str, most: int) -> Iterator[bytes]:
    """Give a file's bytes, and stop where it holds more than was told.

    Raises
    ------
    RefusedError
        Where it does, or can't be read.
    """
    read = 0
    content = _unpacked(archive, name)
    for block in content:
        read += len(block)
        if read > most:
            raise RefusedError("changed", name, "longer than signed")
        yield block


def _unpacked(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    try:
        with archive.open(name) as content:
            while block := content.read(_BLOCK):
                yield block
    except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, OSError, ValueError) as broken:
        raise RefusedError("unreadable", name, str(broken)) from None


def whole(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    """Return a file of no more than so many bytes."""
    return b"".join(blocks_of(archive, name, most))


def size_of(file: Path) -> int:
    """Return the bytes of a file."""
    return file.stat().st_size
