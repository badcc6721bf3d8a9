"""Streets that vehicles use, from OpenStreetMap: cut where they meet, so that they make a network."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import osmium
import pandas as pd
import shapely
from osmium.osm.types import Way

from visavis.following import ROADS
from visavis.readers.osm_broken import told_if_broken
from visavis.readers.osm_streets import OSM_SUFFIXES

# https://wiki.openstreetmap.org/wiki/Key:highway: what is open to motor vehicles.
_VEHICLES: Final = frozenset(
    (
        *("motorway", "trunk", "primary", "secondary", "tertiary", "unclassified", "residential"),
        *("motorway_link", "trunk_link", "primary_link", "secondary_link", "tertiary_link"),
        *("living_street", "service", "road"),
    )
)
_CLOSED: Final = frozenset({"no", "private"})


def read_roads(paths: Sequence[Path]) -> gpd.GeoDataFrame:
    """Return the streets, ROADS, of those files that are from OpenStreetMap; other files tell none.

    Raises
    ------
    SpacesError
        Where a file can't be read.
    """
    told = [_read(path) for path in paths if path.name.lower().endswith(OSM_SUFFIXES)]
    filled = [roads for roads in told if len(roads)]
    if not filled:
        return ROADS.empty()
    # Extracts overlap: a street that stands in two is one.
    return ROADS.check(pd.concat(filled, ignore_index=True).drop_duplicates("road_id", ignore_index=True))


def _read(path: Path) -> gpd.GeoDataFrame:
    ways: list[tuple[int, dict[str, str], list[tuple[int, tuple[float, float]]]]] = []
    used: Counter[int] = Counter()
    with told_if_broken(path):
        wanted = osmium.filter.KeyFilter("highway")
        for thing in osmium.FileProcessor(str(path)).with_locations().with_filter(wanted):
            if not isinstance(thing, Way) or not _is_for_vehicles(tags := dict(thing.tags)):
                continue
            nodes = [(n.ref, (n.lon, n.lat)) for n in thing.nodes if n.location.valid()]
            if len(nodes) >= 2:
                ways.append((thing.id, tags, nodes))
                used.update(ref for ref, _ in nodes)
    return ROADS.frame([row for way in ways for row in _rows(*way, used, f"osm/{path.name}")])


def _is_for_vehicles(tags: dict[str, str]) -> bool:
    access = tags.get("motor_vehicle", tags.get("vehicle", tags.get("access", "yes")))
    return tags.get("highway") in _VEHICLES and access not in _CLOSED and tags.get("area") != "yes"


def _rows(
    way: int,
    tags: dict[str, str],
    nodes: list[tuple[int, tuple[float, float]]],
    used: Counter[int],
    source: str,
) -> list[dict[str, Any]]:
    """Return a way cut at each node that it shares, with another way or with itself."""
    cuts = [at for at, (ref, _) in enumerate(nodes) if at in (0, len(nodes) - 1) or used[ref] > 1]
    return [
        {
            "road_id": f"osm:way/{way}#{number}",
            "name": tags.get("name"),
            "kind": tags["highway"],
            "from_node": f"osm:node/{nodes[begin][0]}",
            "to_node": f"osm:node/{nodes[end][0]}",
            "source_id": source,
            "geometry": shapely.LineString([place for _, place in nodes[begin : end + 1]]),
        }
        for number, (begin, end) in enumerate(pairwise(cuts), start=1)
    ]
