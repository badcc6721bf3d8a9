"""Zip archives whose bytes depend on nothing but what is in them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import datetime
from typing import Final

# The first moment that a zip can hold.
EPOCH: Final = datetime(1980, 1, 1)


def zipped(entries: Mapping[str, bytes], moment: datetime = EPOCH) -> bytes:
    """Return a zip of `entries` in their order, each of them dated `moment`."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, content in entries.items():
            archive.writestr(dated(name, moment), content)
    return held.getvalue()


def dated(name: str, moment: datetime) -> zipfile.ZipInfo:
    """Return the head of an entry: an ordinary file of that moment, packed."""
    entry = zipfile.ZipInfo(name, max(moment.replace(tzinfo=None), EPOCH).timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry
