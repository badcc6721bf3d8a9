"""Which features a request asks for; anything unclear is refused in one line."""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

import shapely
from starlette.requests import Request

from visavis.exports import in_words
from visavis.model.errors import RequestError
from visavis.model.schema import Table
from visavis.service.coordinates import CRS84, known, to_stored
from visavis.service.parameters import SAID, parameters
from visavis.service.settings import Settings
from visavis.store import (
    LANGUAGES,
    Bounds,
    Days,
    Expression,
    Key,
    Query,
    Sort,
    asked_by,
    meeting,
    read_filter,
    sortable,
)

ITEM: Final = ("crs", *SAID)
# Which features; a column's name and value beside.
CONDITIONS: Final = ("bbox", "bbox-crs", "datetime", "filter", "filter-lang", "filter-crs")
PAGING: Final = (*CONDITIONS, "limit", "after", "sortby", "properties", *ITEM)

_MOST_SORTED_BY: Final = 4


@dataclass(frozen=True)
class Asked:
    """A page of features, as asked for: which, and in which CRS."""

    query: Query
    crs: str
    given: dict[str, str]

    def for_people(self, limit: int) -> Query:
        """Return the same query for a page that is read, and not computed with."""
        return replace(self.query, limit=min(limit, self.query.limit or limit))


def asked(request: Request, table: Table, bounds: Bounds | None, settings: Settings) -> Asked:
    """Return which page of a layer a request asks for.

    A `limit` above the most that is given counts as the most, as OGC API Features wants it (7.15.2).

    Parameters
    ----------
    bounds : Bounds, optional
        Of the layer: they decide which CRSs it is given in.

    Raises
    ------
    RequestError
        Where a parameter is unknown, twice there, or not understood.
    """
    given = parameters(request, (*PAGING, *asked_by(table)))
    if not given:
        return Asked(
            Query(limit=min(settings.limit, settings.max_limit), patience_s=settings.patience_s), CRS84, given
        )
    sorts = _sorts(given.get("sortby"), table)
    query = replace(
        _conditions(given, table, bounds, PAGING),
        sortby=sorts,
        properties=_properties(given.get("properties"), table),
        limit=min(_whole(given.get("limit", str(settings.limit))), settings.max_limit),
        after=_key(given.get("after"), sorts),
        patience_s=settings.patience_s,
    )
    return Asked(query, known(given.get("crs", CRS84), "crs", bounds), given)


def asked_part(
    request: Request, table: Table, bounds: Bounds | None, settings: Settings
) -> tuple[Query, str]:
    """Return which part of a layer a request asks for, all of its pages, and in words; none for the whole layer.

    Raises
    ------
    RequestError
        As for `asked`.
    """
    given = parameters(request, (*CONDITIONS, *asked_by(table)))
    query = replace(_conditions(given, table, bounds, CONDITIONS), patience_s=settings.patience_s)
    others: dict[str, str] = {
        name: given[name] for name in CONDITIONS if name in given and name not in ("bbox", "filter")
    }
    if query.bounds is None and "bbox" in given:
        others["bbox"] = given["bbox"]
    said = in_words(where=query.where, bounds=query.bounds, filter_text=given.get("filter"), others=others)
    return query, said


def _conditions(
    given: Mapping[str, str], table: Table, bounds: Bounds | None, taken: Collection[str]
) -> Query:
    """Return which features are asked for; `taken` are the names that stand for no column."""
    box, bent = _box(given, bounds)
    conditions = [*([] if bent is None else [bent]), *_filter(given, table, bounds)]
    return Query(
        bounds=box,
        days=None if "datetime" not in given else _days(given["datetime"]),
        where={name: given[name] for name in asked_by(table) if name in given and name not in taken},
        filter=meeting(*conditions),
    )


def key_text(key: Key) -> str:
    """Return where the next page begins, as the parameter `after` says it: an id, or values and an id as JSON."""
    return str(key[0]) if len(key) == 1 else json.dumps(key, ensure_ascii=False, separators=(",", ":"))


def _key(text: str | None, sorts: tuple[Sort, ...]) -> Key | None:
    if text is None:
        return None
    if not sorts:
        return (text,)
    try:
        key = json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError):
        key = None
    sound = isinstance(key, list) and all(
        value is None or isinstance(value, str | int | float) for value in key
    )
    if not sound or not isinstance(key[-1], str) or any(isinstance(v, int) and abs(v) > 1 << 62 for v in key):
        raise RequestError(f"after is {text[:80]!r}", remedy="Follow the link to the next page")
    return tuple(key)


def _no_number(text: str) -> float:
    raise ValueError(text)


def _filter(given: Mapping[str, str], table: Table, bounds: Bounds | None) -> list[Expression]:
    language = given.get("filter-lang", "cql2-text")
    if language not in LANGUAGES:
        raise RequestError(f"filter-lang is {language[:40]!r}", remedy=f"Choose {', '.join(LANGUAGES)}")
    crs = known(given.get("filter-crs", CRS84), "filter-crs", bounds)
    if "filter" not in given:
        return []
    return [read_filter(given["filter"], language, table, to_stored(crs))]


def _sorts(text: str | None, table: Table) -> tuple[Sort, ...]:
    if text is None:
        return ()
    names = text.split(",")
    sorts = tuple(Sort(name.strip().lstrip("+-"), name.strip().startswith("-")) for name in names)
    columns = [sort.column for sort in sorts]
    _require(columns, table, "sortby")
    if len(set(columns)) < len(columns) or len(columns) > _MOST_SORTED_BY:
        raise RequestError(
            "sortby names a property twice, or too many", remedy=f"Give {_MOST_SORTED_BY} at most, each once"
        )
    return sorts


def _properties(text: str | None, table: Table) -> tuple[str, ...] | None:
    if text is None:
        return None
    names = tuple(name.strip() for name in text.split(",")) if text else ()
    _require(list(names), table, "properties")
    return names


def _require(names: list[str], table: Table, what: str) -> None:
    for name in names:
        if name not in sortable(table):
            raise RequestError(
                f"{what} names {name[:40]!r}", remedy=f"Choose from {', '.join(sortable(table))}"
            )


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or len(text) > 18 or int(text) < 1:
        raise RequestError(f"limit is {text[:40]!r}", remedy="Give a whole number from 1")
    return int(text)


def _box(given: Mapping[str, str], bounds: Bounds | None) -> tuple[Bounds | None, Expression | None]:
    """Return a box in CRS84 as it is, and one in another CRS as the shape that it is there."""
    crs = known(given.get("bbox-crs", CRS84), "bbox-crs", bounds)
    if "bbox" not in given:
        return None, None
    numbers = _numbers(given["bbox"])
    turn = to_stored(crs)
    if turn is None:
        return _bounds(numbers), None
    half = len(numbers) // 2
    x, y, further_x, further_y = *numbers[:2], *numbers[half : half + 2]
    if x > further_x or y > further_y:
        raise RequestError(
            "bbox has its lower bound above its upper", remedy="Give lower corner, upper corner"
        )
    shape = turn(shapely.box(x, y, further_x, further_y))
    corners = shapely.get_coordinates(shape)
    if not all(map(math.isfinite, corners.ravel().tolist())):
        raise RequestError("bbox lies outside its CRS", remedy="Give it in the order of the CRS's axes")
    return None, meeting(shape)


def _numbers(text: str) -> list[float]:
    try:
        numbers = [float(part) for part in text.split(",", 6)]
    except ValueError:
        numbers = []
    if len(numbers) not in (4, 6) or not all(map(math.isfinite, numbers)):
        raise RequestError(
            f"bbox is {text[:80]!r}",
            remedy="Give west,south,east,north in degrees, longitude first",
        )
    return numbers


def _bounds(numbers: list[float]) -> Bounds:
    """Read four numbers, or six of which the heights don't matter to a flat geometry."""
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
