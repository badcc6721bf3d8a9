"""Rows of cameras for registers that have a form of their own: by column, with longitude and latitude."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import shapely

from visavis.exports.part import Part


def camera_rows(part: Part) -> Iterator[dict[str, Any]]:
    """Yield the cameras of a part as mappings, their place in degrees under `longitude` and `latitude`."""
    names = list(part.layer.table.columns)
    for bunch in part.rows():
        for values in bunch:
            row = dict(zip(names, values, strict=True))
            place = shapely.from_wkb(row.pop("geometry"))
            yield {**row, "longitude": place.x, "latitude": place.y}


def is_stated(row: Mapping[str, Any], column: str) -> bool:
    """Say whether a camera's value was read or told, and not filled by a default."""
    assumed = str(row["assumed"] or "").split(";")
    return not any(entry.partition("=")[0] == column for entry in assumed)
