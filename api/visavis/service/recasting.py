"""Finished features in another CRS: only their coordinates are written anew."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import shapely

from visavis.service.coordinates import from_stored
from visavis.store.narrowing import PROPERTIES

# Within a feature no text can hold this: a quotation mark in text has a backslash before it.
_GEOMETRY: Final = b',"geometry":'


def recast(features: Sequence[bytes], uri: str) -> list[bytes]:
    """Return features with their geometry in the CRS `uri`, in its own order of axes."""
    parts = [_parted(feature) for feature in features]
    shapes = shapely.from_geojson(
        np.array([shape for _, shape, _ in parts], dtype=object), on_invalid="ignore"
    )
    turned = shapely.to_geojson(from_stored(shapes, uri))
    return [
        b"".join([head, _GEOMETRY, (text or "null").encode(), PROPERTIES, tail])
        for (head, _, tail), text in zip(parts, turned, strict=True)
    ]


def _parted(feature: bytes) -> tuple[bytes, str | None, bytes]:
    head, _, rest = feature.partition(_GEOMETRY)
    shape, _, tail = rest.partition(PROPERTIES)
    return head, None if shape == b"null" else shape.decode(), tail
