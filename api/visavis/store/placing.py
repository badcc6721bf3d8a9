"""A file is written beside its place and moved into it when it is whole."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from visavis.model.errors import VisavisError

# What SQLite may leave beside a database that it could not finish.
_COMPANIONS = ("", "-journal", "-wal", "-shm")


@contextmanager
def placed(target: Path, suffix: str | None = None) -> Iterator[Path]:
    """Give a path to write to; when the block ends well, what stands there takes the target's place.

    When it ends badly the target is as it was and nothing stands beside it. A link keeps pointing where it
    did: the file behind it is replaced. The path ends in `suffix`, or as the target does.

    Raises
    ------
    OSError
        Where the folder is missing or full.
    """
    target = target.resolve()
    beside = target.with_name(
        f".{target.stem}.{secrets.token_hex(4)}{target.suffix if suffix is None else suffix}"
    )
    try:
        yield beside
        _flush(beside)
        beside.replace(target)
    finally:
        for companion in _COMPANIONS:
            beside.with_name(beside.name + companion).unlink(missing_ok=True)


def write_whole(file: Path, content: bytes) -> None:
    """Write a file, whole or not at all.

    Raises
    ------
    VisavisError
        Where it can't be written.
    """
    try:
        with placed(file) as beside:
            beside.write_bytes(content)
    except OSError as error:
        raise VisavisError(
            f"can't be written ({error.strerror or error})", file=file, remedy="Check the folder and its room"
        ) from error


def _flush(file: Path) -> None:
    """Wait until the disk has it: a file moved into place must not turn out empty after a power cut."""
    with file.open("rb+") as written:
        os.fsync(written.fileno())
