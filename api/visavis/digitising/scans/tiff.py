"""How many pages a TIFF has, and how large they are: told from its directories alone.

TIFF 6.0 (Adobe 1992), section 2. OpenCV tells neither before it unpacks a page.
"""

from __future__ import annotations

import struct
from typing import Final

_WIDTH, _HEIGHT = 256, 257
_SHORT: Final = 3
_ENTRY_BYTES: Final = 12
_MOST_PAGES: Final = 1_000


def tiff_sizes(content: bytes) -> tuple[tuple[int, int], ...]:
    """Return width and height of each page, as far as the directories can be followed."""
    order = "<" if content.startswith(b"II") else ">"
    sizes: list[tuple[int, int]] = []
    seen: set[int] = set()
    try:
        (at,) = struct.unpack_from(f"{order}I", content, 4)
        while at and at not in seen and len(sizes) < _MOST_PAGES:
            seen.add(at)
            (entries,) = struct.unpack_from(f"{order}H", content, at)
            sides = {}
            for number in range(entries):
                tag, kind = struct.unpack_from(f"{order}HH", content, at + 2 + _ENTRY_BYTES * number)
                if tag in (_WIDTH, _HEIGHT):
                    form = f"{order}H" if kind == _SHORT else f"{order}I"
                    (sides[tag],) = struct.unpack_from(form, content, at + 10 + _ENTRY_BYTES * number)
            if sides.keys() >= {_WIDTH, _HEIGHT}:
                sizes.append((sides[_WIDTH], sides[_HEIGHT]))
            (at,) = struct.unpack_from(f"{order}I", content, at + 2 + _ENTRY_BYTES * entries)
    except struct.error:
        return tuple(sizes)
    return tuple(sizes)
