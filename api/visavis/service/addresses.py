"""Every known address and the building that bears it, in one file: a page searches in it by itself.

Who looks for a home tells nobody which: the file is the same for all, and what is typed stays where it is typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import numpy as np
import shapely
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from visavis.layers import LAYERS
from visavis.service.caching import entity_tag, is_known, told, written
from visavis.service.parameters import parameters
from visavis.service.serving import Serving
from visavis.store import Query, Store

# A degree's fifth decimal is a metre: enough to find the building.
_DECIMALS: Final = 5
_NUMBER_FIRST: Final = re.compile(r"(?P<number>\d\S*(?: (?:bis|ter|quater|[A-Za-z])(?= ))?) (?P<street>.+)")
_COLUMNS: Final = ("building_id", "name", "address", "geometry")

# House number, building, longitude, latitude.
Door = list[Any]


def address_routes(serving: Serving) -> list[Route]:
    """Return the route to `/addresses`."""
    kept: dict[str, bytes] = {}

    async def addresses(request: Request) -> Response:
        parameters(request, forms=("json",))
        with serving.live.reading() as store:
            if is_known(request, entity_tag(request, store, "application/json")):
                return told(request, store, dict)
            record = store.record()
            build = f"{record.build_id} {record.built_at.isoformat()}"
            if build not in kept:
                made = await run_in_threadpool(lambda: written({"streets": streets_of(store)}))
                kept.clear()
                kept[build] = made
            return told(request, store, lambda: kept[build])

    return [Route("/addresses", addresses)]


def streets_of(store: Store) -> list[tuple[str, list[Door]]]:
    """Return each street with its doors, by name; a building that has a name is a street of one door.

    Parameters
    ----------
    store : Store

    Returns
    -------
    list of (str, list)
        A door is its house number (empty where there is none), the building's id, and longitude and latitude of a
        point in the building, to five decimals.
    """
    streets: dict[str, dict[tuple[str, str], Door]] = {}
    for building, named, addresses, lon, lat in _buildings(store):
        known = [parted(each) for each in (addresses or "").split("; ") if each]
        for street, number in [*known, *([(named, "")] if named else [])]:
            doors = streets.setdefault(street, {})
            doors.setdefault((number, building), [number, building, lon, lat])
    return [(street, list(streets[street].values())) for street in sorted(streets)]


def parted(address: str) -> tuple[str, str]:
    """Return street and house number; an address without a street is all street."""
    found = _NUMBER_FIRST.fullmatch(address)
    return (found["street"], found["number"]) if found else (address, "")


def _buildings(store: Store) -> Iterator[tuple[str, str | None, str | None, float, float]]:
    at = [list(LAYERS["spaces"].table.columns).index(name) for name in _COLUMNS]
    for bunch in store.rows("spaces", Query()):
        building, name, address, wkb = ([row[each] for row in bunch] for each in at)
        there = [
            n for n, own in enumerate(building) if own and wkb[n] is not None and (address[n] or name[n])
        ]
        shapes = shapely.from_wkb([wkb[n] for n in there])
        places = np.round(shapely.get_coordinates(shapely.point_on_surface(shapes)), _DECIMALS).tolist()
        for n, (lon, lat) in zip(there, places, strict=True):
            yield building[n], name[n], address[n], lon, lat
