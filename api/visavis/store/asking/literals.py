"""Shapes and days as a filter writes them."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any, Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from visavis.model.errors import RequestError

MOST_VERTICES: Final = 5_000

_FULL: Final = 360.0


def day_of(node: Any) -> str:
    """Return the day of a date or a moment in UTC, as ISO 8601.

    Raises
    ------
    RequestError
        Where it is neither.
    """
    text: Any = (node.get("date") or node.get("timestamp")) if isinstance(node, dict) else node
    try:
        if "T" in text:
            moment = datetime.fromisoformat(text)
            return (moment.astimezone(UTC) if moment.tzinfo else moment).date().isoformat()
        return date.fromisoformat(text).isoformat()
    except (TypeError, ValueError, OverflowError):
        raise RequestError(
            f"filter: {json.dumps(node, ensure_ascii=False)[:60]} is no day",
            remedy="Write DATE('2024-05-01') or TIMESTAMP('2024-05-01T12:00:00Z')",
        ) from None


def shape_of(node: Any, to_stored: Callable[[BaseGeometry], BaseGeometry] | None) -> BaseGeometry:
    """Return a shape as given, GeoJSON or a box, in two dimensions and in CRS84.

    Raises
    ------
    RequestError
        Where it is none, is not sound, or has too many vertices.
    """
    if not isinstance(node, dict) or not ({"bbox"} & set(node) or "type" in node):
        raise _refused(f"{json.dumps(node, ensure_ascii=False)[:60]} is no shape")
    vertices = sum(1 for _ in _numbers(node)) // 2
    if vertices > MOST_VERTICES:
        raise RequestError(
            f"filter has a shape of {vertices} vertices", remedy=f"Simplify it to {MOST_VERTICES} at most"
        )
    shape = _box(node["bbox"]) if "bbox" in node else _geojson(node)
    shape = shapely.force_2d(shape)
    if to_stored is not None:
        shape = to_stored(shape)
    if not np.isfinite(shapely.get_coordinates(shape)).all() or shape.is_empty:
        raise _refused("a shape is empty or has a coordinate that is no number")
    west, south, east, north = shape.bounds
    if max(abs(west), abs(east)) > _FULL / 2 or max(abs(south), abs(north)) > _FULL / 4:
        raise _refused("a shape lies outside longitude ±180 and latitude ±90")
    if not shape.is_valid:
        raise _refused(f"a shape is not sound ({shapely.is_valid_reason(shape)})")
    return shape


def _box(numbers: Any) -> BaseGeometry:
    if not isinstance(numbers, list) or len(numbers) not in (4, 6) or not all(map(_is_number, numbers)):
        raise _refused("BBOX wants four numbers")
    half = len(numbers) // 2
    west, south, east, north = *numbers[:2], *numbers[half : half + 2]
    if south > north:
        raise _refused("BBOX has its lower bound above its upper")
    if west <= east:
        return shapely.box(west, south, east, north)
    # Across the antimeridian.
    half_turn = _FULL / 2
    return shapely.union_all(
        [shapely.box(west, south, half_turn, north), shapely.box(-half_turn, south, east, north)]
    )


def _geojson(node: dict[str, Any]) -> BaseGeometry:
    try:
        return shapely.from_geojson(json.dumps(node))
    except (shapely.errors.GEOSException, ValueError, TypeError) as error:
        raise _refused(f"a shape can't be read ({str(error)[:80]})") from None


def _numbers(node: Any) -> Iterator[float]:
    if isinstance(node, dict):
        for part in node.values():
            yield from _numbers(part)
    elif isinstance(node, list):
        for part in node:
            yield from _numbers(part)
    elif _is_number(node):
        yield node


def _is_number(node: Any) -> bool:
    return isinstance(node, int | float) and not isinstance(node, bool) and math.isfinite(node)


def _refused(what: str) -> RequestError:
    return RequestError(f"filter: {what}", remedy="Write a shape as WKT, for example POINT(4.35 50.85)")
