"""A gazetteer from OpenStreetMap: where named streets meet, where they run, squares, and addresses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
import osmium
import pandas as pd

from visavis.digitising.listed import GAZETTEER
from visavis.readers.osm_broken import told_if_broken

OSM_SUFFIXES: Final = (".osm", ".pbf", ".osm.bz2", ".osm.gz", ".o5m")
# A street is called by any of these; a bridge by its own name as well.
_NAMES: Final = ("name", "alt_name", "old_name", "official_name", "short_name", "loc_name", "bridge:name")
_PLACES: Final = {
    "place": {"square", "neighbourhood", "locality"},
    "leisure": {"park", "garden", "sports_centre", "stadium"},
    "amenity": {
        "townhall",
        "school",
        "college",
        "university",
        "place_of_worship",
        "parking",
        "marketplace",
        "library",
    },
    "railway": {"station", "halt"},
    "landuse": {"cemetery", "retail"},
    "tourism": {"museum"},
    "man_made": {"bridge"},
}
_KEYS: Final = ("highway", *_PLACES, "addr:housenumber")
# Of a street's nodes between crossings, so many are enough to tell where it runs.
_EVERY: Final = 4


def read_osm_streets(path: Path, source_id: str) -> pd.DataFrame:
    """Return the streets, squares and addresses of an extract, GAZETTEER.

    Raises
    ------
    SpacesError
        Where the file can't be read.
    """
    streets = _Streets()
    with told_if_broken(path):
        wanted = osmium.filter.KeyFilter(*_KEYS)
        for thing in osmium.FileProcessor(str(path)).with_locations().with_filter(wanted):
            streets.take(thing)
    return streets.table(source_id)


class _Streets:
    def __init__(self) -> None:
        self.at: dict[int, tuple[float, float]] = {}
        self.ways_at: dict[int, list[tuple[str, ...]]] = {}
        self.rows: list[dict[str, Any]] = []

    def take(self, thing: Any) -> None:
        tags = dict(thing.tags)
        if thing.is_node():
            if thing.location.valid():
                self._take_address(tags, [(thing.lon, thing.lat)])
                self._take_place(tags, [(thing.lon, thing.lat)])
            return
        if not thing.is_way():
            return
        nodes = [(n.ref, (n.lon, n.lat)) for n in thing.nodes if n.location.valid()]
        if not nodes:
            return
        self._take_address(tags, [place for _, place in nodes])
        self._take_place(tags, [place for _, place in nodes])
        names = _names(tags) if "highway" in tags else ()
        for node, place in nodes if names else ():
            self.at[node] = place
            self.ways_at.setdefault(node, []).append(names)
        for number, (_, place) in enumerate(nodes if names else ()):
            if number % _EVERY == 0 or number == len(nodes) - 1:
                self.rows += [_row(name, place) for name in names]

    def table(self, source_id: str) -> pd.DataFrame:
        rows = [*self.rows, *self._crossings()]
        table = pd.DataFrame(rows, columns=list(GAZETTEER.columns)).assign(source_id=source_id)
        same = ["name", "crossing", "number", "longitude", "latitude"]
        return GAZETTEER.frame(table.drop_duplicates(same, ignore_index=True))

    def _crossings(self) -> Iterable[dict[str, Any]]:
        for node, ways in self.ways_at.items():
            each = sorted(set(ways))
            for number, names in enumerate(each):
                for others in each[number + 1 :]:
                    # Names that both ways bear are one street's, told twice.
                    for name in set(names) - set(others):
                        for other in set(others) - set(names):
                            yield {**_row(min(name, other), self.at[node]), "crossing": max(name, other)}

    def _take_address(self, tags: Mapping[str, str], places: list[tuple[float, float]]) -> None:
        street = tags.get("addr:street") or tags.get("addr:place")
        numbers = tags.get("addr:housenumber")
        if street and numbers:
            about = {"postcode": tags.get("addr:postcode"), "commune": tags.get("addr:city")}
            middle = _middle(places)
            self.rows += [
                {**_row(street, middle), **about, "number": _number(number)}
                for number in numbers.replace(",", ";").split(";")
                if number.strip()
            ]

    def _take_place(self, tags: Mapping[str, str], places: list[tuple[float, float]]) -> None:
        if any(tags.get(key) in values for key, values in _PLACES.items()):
            self.rows += [_row(name, place) for name in _names(tags) for place in places[::_EVERY]]


def _names(tags: Mapping[str, str]) -> tuple[str, ...]:
    told = [part.strip() for key in _NAMES for part in tags.get(key, "").split(";")]
    return tuple(dict.fromkeys(name for name in told if name))


def _number(words: str) -> str:
    """Return a house number as other gazetteers write it: 12bis."""
    return "".join(words.split()).lower().lstrip("0")


def _middle(places: list[tuple[float, float]]) -> tuple[float, float]:
    low, high = np.min(places, axis=0), np.max(places, axis=0)
    return float((low[0] + high[0]) / 2), float((low[1] + high[1]) / 2)


def _row(name: str, place: tuple[float, float]) -> dict[str, Any]:
    return {"name": name, "longitude": round(place[0], 7), "latitude": round(place[1], 7)}
