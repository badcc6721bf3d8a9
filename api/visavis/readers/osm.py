"""OpenStreetMap extracts (.osm, .osm.pbf): cameras, buildings, grounds and entrances.

pyosmium assembles the areas, relations with holes included. What can't be read becomes a finding that names the
OSM id; nothing is dropped silently.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import osmium
import shapely

from visavis.cameras import CAMERAS_READ
from visavis.model.errors import SpacesError
from visavis.model.findings import Finding, raised
from visavis.model.provenance import Source, sha256_of
from visavis.readers.osm_cameras import read_camera
from visavis.readers.osm_tags import read_length_m
from visavis.readers.words import WORDS
from visavis.spaces import BUILDINGS, ENTRANCES, GROUNDS

LICENCE: Final = "ODbL-1.0"
ATTRIBUTION: Final = "© OpenStreetMap contributors"
LEVEL_M: Final = 3.0

_NO: Final = frozenset({"no", "entrance", "proposed", "demolished", "razed"})


@dataclass(frozen=True)
class OsmExtract:
    """What an extract holds of interest, in CRS84."""

    cameras: gpd.GeoDataFrame
    buildings: gpd.GeoDataFrame
    grounds: gpd.GeoDataFrame
    entrances: gpd.GeoDataFrame
    findings: tuple[Finding, ...]
    source: Source


def read_osm(path: Path, disclosure_id: str | None = None) -> OsmExtract:
    """Return the cameras, buildings, grounds and entrances of an extract.

    Parameters
    ----------
    path : Path
        An .osm or .osm.pbf file.
    disclosure_id : str, optional
        Dossier that the cameras belong to; the source's id where it is left out.

    Raises
    ------
    SpacesError
        Where the file is missing, truncated or no OSM file.
    """
    if not path.is_file():
        raise SpacesError("no such file", file=path, remedy="Check the name")
    source = Source(
        source_id=f"osm/{path.name}",
        title=f"OpenStreetMap extract {path.name}",
        licence=LICENCE,
        attribution=ATTRIBUTION,
        url="https://www.openstreetmap.org/copyright",
        sha256=sha256_of(path.read_bytes()),
    )
    heap = _Heap(source.source_id)
    try:
        for thing in osmium.FileProcessor(str(path)).with_areas():
            heap.take(thing)
    except (RuntimeError, osmium.InvalidLocationError, ValueError, OverflowError) as broken:
        raise SpacesError(
            f"can't be read as OpenStreetMap data ({broken})",
            file=path,
            remedy="Give a whole .osm or .osm.pbf extract",
        ) from None
    heap.settle()
    for row in heap.cameras:
        row["disclosure_id"] = disclosure_id or source.source_id
    return OsmExtract(
        CAMERAS_READ.frame(heap.cameras),
        BUILDINGS.frame(heap.buildings),
        GROUNDS.frame(heap.grounds),
        ENTRANCES.frame(heap.entrances),
        tuple(heap.findings),
        source,
    )


@dataclass
class _Heap:
    """What has been met so far. An area may come before or after the object that it is made of."""

    source_id: str
    cameras: list[dict[str, Any]] = field(default_factory=list)
    buildings: list[dict[str, Any]] = field(default_factory=list)
    grounds: list[dict[str, Any]] = field(default_factory=list)
    entrances: list[dict[str, Any]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    owed: dict[str, str] = field(default_factory=dict)
    made: set[str] = field(default_factory=set)
    wkb: Any = field(default_factory=osmium.geom.WKBFactory)

    def take(self, thing: Any) -> None:
        if not thing.tags:
            return
        if thing.is_node():
            self._take_node(thing)
        elif thing.is_area():
            self._take_area(thing)
        else:
            self._owe(thing)

    def settle(self) -> None:
        """Tell of every area that was announced and could not be assembled."""
        self.findings += [
            raised(WORDS, "osm.rings-broken", osm_id, osm_id=osm_id, what=what)
            for osm_id, what in sorted(self.owed.items())
            if osm_id not in self.made
        ]

    def _take_node(self, node: Any) -> None:
        tags = dict(node.tags)
        osm_id = f"osm:node/{node.id}"
        if tags.get("man_made") == "surveillance":
            self._keep_camera(osm_id, tags, shapely.Point(node.lon, node.lat))
        if "entrance" in tags and tags["entrance"] != "no":
            self.entrances.append(
                {
                    "entrance_id": osm_id,
                    "entrance": tags["entrance"],
                    "address": _address(tags),
                    "source_id": self.source_id,
                    "geometry": shapely.Point(node.lon, node.lat),
                }
            )

    def _take_area(self, area: Any) -> None:
        tags = dict(area.tags)
        osm_id = f"osm:{'way' if area.from_way() else 'relation'}/{area.orig_id()}"
        if not (_is_building(tags) or _ground(tags)):
            return
        try:
            outline = shapely.from_wkb(self.wkb.create_multipolygon(area))
        except RuntimeError:  # pyosmium's word for rings that make no area: it stays owed, and is told
            return
        self.made.add(osm_id)
        parts = shapely.get_parts(outline)
        shape = parts[0] if len(parts) == 1 else outline
        if _is_building(tags):
            self.buildings.append(self._building(osm_id, tags, shape))
        else:
            self.grounds.append(
                {
                    "ground_id": osm_id,
                    "ground": _ground(tags),
                    "access": tags.get("access"),
                    "name": tags.get("name"),
                    "source_id": self.source_id,
                    "geometry": shape,
                }
            )

    def _owe(self, thing: Any) -> None:
        tags = dict(thing.tags)
        if thing.is_way() and tags.get("man_made") == "surveillance":
            self._take_camera_way(thing, tags)
        if thing.is_relation() and tags.get("type") != "multipolygon":
            return
        what = "building" if _is_building(tags) else _ground(tags)
        if what:
            self.owed[f"osm:{'way' if thing.is_way() else 'relation'}/{thing.id}"] = what

    def _take_camera_way(self, way: Any, tags: dict[str, str]) -> None:
        osm_id = f"osm:way/{way.id}"
        places = [(n.lon, n.lat) for n in way.nodes if n.location.valid()]
        if not places:
            self.findings.append(raised(WORDS, "osm.place-missing", osm_id, osm_id=osm_id))
            return
        self.findings.append(raised(WORDS, "osm.camera-not-a-point", osm_id, osm_id=osm_id))
        self._keep_camera(osm_id, tags, shapely.MultiPoint(places).centroid)

    def _keep_camera(self, osm_id: str, tags: dict[str, str], place: shapely.Point) -> None:
        read = read_camera(osm_id, tags)
        self.findings += read.findings
        self.cameras += [{**row, "source_id": self.source_id, "geometry": place} for row in read.rows]

    def _building(self, osm_id: str, tags: Mapping[str, str], shape: Any) -> dict[str, Any]:
        levels = self._number(osm_id, tags, "building:levels")
        roof = self._number(osm_id, tags, "roof:levels") or 0.0
        height = self._length(osm_id, tags, "height")
        base = self._length(osm_id, tags, "min_height")
        if base is None:
            below = self._number(osm_id, tags, "building:min_level")
            base = None if below is None else below * LEVEL_M
        return {
            "building_id": osm_id,
            "building": tags.get("building"),
            "amenity": tags.get("amenity"),
            "name": tags.get("name"),
            "address": _address(tags),
            "height_m": height if height and height > 0 else None,
            "levels": (levels + roof) or None if levels is not None else None,
            "base_m": base if base is None or base >= 0 else None,
            "source_id": self.source_id,
            "geometry": shape,
        }

    def _length(self, osm_id: str, tags: Mapping[str, str], tag: str) -> float | None:
        if tag not in tags:
            return None
        value = read_length_m(tags[tag])
        if value is None or (tag == "height" and value <= 0) or value < 0:
            self.findings.append(
                raised(WORDS, "osm.tag-unread", osm_id, osm_id=osm_id, tag=tag, value=tags[tag])
            )
            return None
        return value

    def _number(self, osm_id: str, tags: Mapping[str, str], tag: str) -> float | None:
        if tag not in tags:
            return None
        try:
            value = float(tags[tag].replace(",", "."))
        except ValueError:
            value = float("nan")
        if not 0.0 <= value < 200.0:
            self.findings.append(
                raised(WORDS, "osm.tag-unread", osm_id, osm_id=osm_id, tag=tag, value=tags[tag])
            )
            return None
        return value


def _is_building(tags: Mapping[str, str]) -> bool:
    return "building" in tags and tags["building"] not in _NO


def _ground(tags: Mapping[str, str]) -> str | None:
    """Return what private ground it is, if any: a garden of a home, or a yard that is closed to others."""
    closed = tags.get("access") in {"private", "no"}
    if tags.get("leisure") == "garden":
        if tags.get("garden:type") == "residential":
            return "residential_garden"
        return "garden" if closed else None
    if closed and tags.get("place") == "courtyard":
        return "courtyard"
    return "yard" if closed and tags.get("landuse") in {"grass", "residential_yard"} else None


def _address(tags: Mapping[str, str]) -> str | None:
    number, street = tags.get("addr:housenumber"), tags.get("addr:street") or tags.get("addr:place")
    if number and street:
        return f"{number} {street}"
    return number or None
