"""Zip archives whose bytes depend on nothing but what is in them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import datetime
from typing import Final

# The first moment that a zip can hold.
EPOCH: Final = datetime(1980, 1, 1)


def zipped(
    entries: Mapping[str, bytes], moment: datetime = EPOCH, *, stored: frozenset[str] = frozenset()
) -> bytes:
    """Return a zip of `entries` in their order, each of them dated `moment`.

    Parameters
    ----------
    stored : frozenset of str
        Names of entries that are kept as they are, not compressed.
    """
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, content in entries.items():
            entry = zipfile.ZipInfo(name, max(moment.replace(tzinfo=None), EPOCH).timetuple()[:6])
            entry.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return held.getvalue()
