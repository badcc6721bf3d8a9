"""Outlines that make no area as they stand: mended where that is sure, else told with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import osmium
import shapely

from visavis.model.findings import Finding, raised
from visavis.readers.words import WORDS

# A closed ring of three corners names four nodes, the first twice.
LEAST_NODES: Final = 4


@dataclass(frozen=True)
class Mended:
    """Areas by OSM id, and one finding for each outline that made none or was repaired."""

    shapes: Mapping[str, Any]
    findings: tuple[Finding, ...]


def mend_rings(path: Path, owed: Mapping[str, str]) -> Mended:
    """Look at the ways and relations that were to be areas and made none.

    Parameters
    ----------
    path : Path
        The extract that they stand in.
    owed : mapping of str to str
        What each was to be (building, garden …) by its id, ``osm:way/1`` or ``osm:relation/1``.
    """
    shapes: dict[str, Any] = {}
    told = dict.fromkeys(owed, "osm.rings-broken")
    ways = {int(osm_id.rpartition("/")[2]) for osm_id in owed if osm_id.startswith("osm:way/")}
    for way in _ways(path, ways):
        osm_id = f"osm:way/{way.id}"
        refs = [node.ref for node in way.nodes]
        places = [(node.lon, node.lat) for node in way.nodes if node.location.valid()]
        if len(places) < len(refs):
            told[osm_id] = "osm.nodes-missing"
        elif len(refs) < 2 or refs[0] != refs[-1]:
            told[osm_id] = "osm.ring-open"
        elif len(set(places)) < LEAST_NODES - 1:
            told[osm_id] = "osm.ring-without-area"
        else:
            shape = only_polygons(
                shapely.make_valid(shapely.Polygon(places), method="structure", keep_collapsed=False)
            )
            if shape is not None:
                shapes[osm_id] = shape
                told[osm_id] = "osm.ring-mended"
    findings = [
        raised(WORDS, told[osm_id], osm_id, osm_id=osm_id, what=owed[osm_id]) for osm_id in sorted(owed)
    ]
    return Mended(shapes, tuple(findings))


def only_polygons(shape: Any) -> Any:
    """Return the areas of a shape, flat; None where it has none."""
    if shape is None or shape.is_empty:
        return None
    areas = [part for part in shapely.get_parts(shape) if part.geom_type in {"Polygon", "MultiPolygon"}]
    polygons = [polygon for area in areas for polygon in shapely.get_parts(area) if not polygon.is_empty]
    if not polygons:
        return None
    return shapely.force_2d(polygons[0] if len(polygons) == 1 else shapely.MultiPolygon(polygons))


def _ways(path: Path, ids: Iterable[int]) -> Iterable[Any]:
    wanted = set(ids)
    if not wanted:
        return ()
    every = osmium.FileProcessor(str(path), osmium.osm.NODE | osmium.osm.WAY).with_locations()
    only = osmium.filter.IdFilter(wanted)
    only.enable_for(osmium.osm.WAY)
    return every.with_filter(osmium.filter.EntityFilter(osmium.osm.WAY)).with_filter(only)
