"""A layer as GeoJSON, handed out feature by feature as it was finished when the store was written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from visavis.exports.origin import members
from visavis.exports.part import Part

# RFC 8142, section 2: each text of a sequence begins with it, and ends with a line feed.
_RECORD_SEPARATOR: Final = b"\x1e"


def geojson(part: Part) -> Iterator[bytes]:
    """Return a FeatureCollection (RFC 7946) with what the build says of itself as foreign members (section 6.1)."""
    head = json.dumps({"type": "FeatureCollection", **members(part)}, ensure_ascii=False)
    yield f'{head[:-1]}, "features": ['.encode()
    between = b"\n"
    for bunch in part.features():
        yield between + b",\n".join(bunch)
        between = b",\n"
    yield b"\n]}\n"


def geojson_sequence(part: Part) -> Iterator[bytes]:
    """Return a GeoJSON text sequence (RFC 8142). The first feature bears the origin of all as foreign members.

    A text of its own for the origin would be counted as a feature by GDAL. Where there is no feature, it stands
    in a collection without any.
    """
    told = json.dumps(members(part), ensure_ascii=False).encode()
    begun = False
    for bunch in part.features():
        first, *others = bunch if begun else (bunch[0][:-1] + b"," + told[1:], *bunch[1:])
        begun = True
        yield b"".join(_RECORD_SEPARATOR + feature + b"\n" for feature in (first, *others))
    if not begun:
        nothing = {"type": "FeatureCollection", "features": [], **members(part)}
        yield _RECORD_SEPARATOR + json.dumps(nothing, ensure_ascii=False).encode() + b"\n"
