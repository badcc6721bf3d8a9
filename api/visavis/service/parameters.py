"""What a request asks for, read from its parameters; anything unclear is refused in one line."""

from __future__ import annotations

import math
from collections.abc import Collection
from datetime import date, datetime
from typing import Final

from starlette.requests import Request

from visavis.model.errors import RequestError
from visavis.model.schema import Table
from visavis.service.settings import Settings
from visavis.store import Bounds, Days, Query, asked_by

# How an answer's form may be named where there is only one.
JSON_NAMES: Final = ("json", "geojson")

CRS84: Final = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"

# Newer clients name the CRS (part 2) even where there is only one.
FEATURE: Final = ("crs", "f")
_PAGING: Final = ("bbox", "bbox-crs", "datetime", "limit", "after", *FEATURE)


def asked(request: Request, table: Table, settings: Settings) -> Query:
    """Return which page of a layer a request asks for.

    Raises
    ------
    RequestError
        Where a parameter is unknown, twice there, or not understood. A `limit` above the most that is
        given counts as the most, as OGC API Features wants it (7.15.2).
    """
    columns = asked_by(table)
    given = parameters(request, (*_PAGING, *columns))
    limit = _whole(given.get("limit", str(settings.limit)))
    return Query(
        limit=min(limit, settings.max_limit),
        after=(given["after"],) if "after" in given else None,
        bounds=None if "bbox" not in given else _bounds(given["bbox"]),
        days=None if "datetime" not in given else _days(given["datetime"]),
        where={name: given[name] for name in columns if name in given and name not in _PAGING},
    )


def parameters(
    request: Request, allowed: Collection[str] = ("f",), forms: Collection[str] = JSON_NAMES
) -> dict[str, str]:
    """Return the query parameters, each once and known.

    Raises
    ------
    RequestError
        Where one is unknown or twice there, or names a form or a CRS that there is not.
    """
    given: dict[str, str] = {}
    for name, value in request.query_params.multi_items():
        if name not in allowed:
            raise RequestError(
                f"{name[:40]!r} is not a parameter here", remedy=f"Choose {', '.join(allowed)}"
            )
        if name in given:
            raise RequestError(f"{name} is given twice", remedy="Give it once")
        given[name] = value
    for name in ("crs", "bbox-crs"):
        if given.get(name, CRS84) != CRS84:
            raise RequestError(f"{name} is {given[name][:80]!r}", remedy=f"Leave it out, or say {CRS84}")
    if given.get("f", forms and next(iter(forms))) not in forms:
        raise RequestError(f"f is {given['f'][:40]!r}", remedy=f"Choose {', '.join(forms)}")
    return given


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or len(text) > 18 or int(text) < 1:
        raise RequestError(f"limit is {text[:40]!r}", remedy="Give a whole number from 1")
    return int(text)


def _bounds(text: str) -> Bounds:
    """Read four numbers, or six of which the heights don't matter to a flat geometry."""
    parts = text.split(",")
    try:
        numbers = [float(part) for part in parts]
    except ValueError:
        numbers = []
    if len(numbers) not in (4, 6) or not all(map(math.isfinite, numbers)):
        raise RequestError(
            f"bbox is {text[:80]!r}",
            remedy="Give west,south,east,north in degrees, longitude first",
        )
    half = len(numbers) // 2
    west, south, east, north = *numbers[:2], *numbers[half : half + 2]
    if max(abs(west), abs(east)) > 180 or max(abs(south), abs(north)) > 90:
        raise RequestError(
            "bbox lies outside longitude ±180 and latitude ±90",
            remedy="Give degrees; a box across the antimeridian has its west greater than its east",
        )
    if south > north or (half == 3 and numbers[2] > numbers[5]):
        raise RequestError("bbox has its lower bound above its upper", remedy="Give west,south,east,north")
    return Bounds(west, south, east, north)


def _days(text: str) -> Days:
    first, slash, last = text.partition("/")
    days = Days(_day(first, text), _day(last if slash else first, text))
    if (not slash and days.first is None) or (days.first and days.last and days.first > days.last):
        raise _unclear(text)
    return days


def _day(text: str, whole: str) -> str | None:
    if text in ("", ".."):
        return None
    try:
        moment = datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
    except ValueError:
        raise _unclear(whole) from None
    return moment.isoformat()[:10]


def _unclear(text: str) -> RequestError:
    return RequestError(
        f"datetime is {text[:80]!r}",
        remedy="Give a day, a moment or an interval: 2024-05-01, 2024-05-01T12:00:00Z, 2024-01-01/..",
    )
