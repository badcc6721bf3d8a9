"""OpenStreetMap extracts (.osm, .osm.pbf): cameras, buildings, grounds and entrances.

pyosmium assembles the areas, relations with holes included. What can't be read becomes a finding that names the
OSM id; nothing is dropped silently.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import osmium
import shapely

from visavis.cameras import CAMERAS_READ
from visavis.model.errors import SpacesError, TableError
from visavis.model.findings import Finding, raised
from visavis.model.provenance import Source, sha256_of
from visavis.model.schema import SpatialTable
from visavis.readers.osm_addresses import with_addresses
from visavis.readers.osm_broken import told_if_broken
from visavis.readers.osm_buildings import address_of, ground_of, is_building, read_building
from visavis.readers.osm_cameras import is_surveillance, read_camera
from visavis.readers.osm_parts import floor_of, is_part, is_passage, read_part, read_passage, use_of
from visavis.readers.osm_rings import mend_rings
from visavis.readers.words import WORDS
from visavis.spaces import BUILDINGS, ENTRANCES, GROUNDS, PARTS, PASSAGES, USES

LICENCE: Final = "ODbL-1.0"
ATTRIBUTION: Final = "© OpenStreetMap contributors"
COPYRIGHT_URL: Final = "https://www.openstreetmap.org/copyright"

# What tools/model_town writes into its file: the town is invented, and not from OpenStreetMap.
TOWN_GENERATOR: Final = "visavis model town"

# An object without any of these is of no interest; the filter spares Python most of an extract.
KEYS: Final = (
    "building",
    "building:part",
    "tunnel",
    "shop",
    "craft",
    "amenity",
    "healthcare",
    "office",
    "diplomatic",
    "man_made",
    "entrance",
    "addr:housenumber",
    "leisure",
    "place",
    "landuse",
)


@dataclass(frozen=True)
class OsmExtract:
    """What an extract holds of interest, in CRS84; findings on cameras apart from those on the built world."""

    cameras: gpd.GeoDataFrame
    buildings: gpd.GeoDataFrame
    grounds: gpd.GeoDataFrame
    entrances: gpd.GeoDataFrame
    parts: gpd.GeoDataFrame
    passages: gpd.GeoDataFrame
    uses: gpd.GeoDataFrame
    camera_findings: tuple[Finding, ...]
    spaces_findings: tuple[Finding, ...]
    source: Source

    @property
    def findings(self) -> tuple[Finding, ...]:
        return (*self.camera_findings, *self.spaces_findings)


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
        Where the file is missing, truncated or no OSM file, or an object stands in it twice.
    """
    if not path.is_file():
        raise SpacesError("no such file", file=path, remedy="Check the name")
    source_id = f"osm/{path.name}"
    heap = _Heap(path, source_id, disclosure_id or source_id)
    with told_if_broken(path):
        extract = osmium.FileProcessor(str(path)).with_areas()
        source = _source(source_id, path, extract.header)
        for thing in extract.with_filter(osmium.filter.KeyFilter(*KEYS)):
            heap.take(thing)
        heap.settle()
    return OsmExtract(
        heap.table(CAMERAS_READ, heap.cameras),
        with_addresses(heap.table(BUILDINGS, heap.buildings), heap.places, heap.addresses),
        heap.table(GROUNDS, heap.grounds),
        heap.table(ENTRANCES, heap.entrances),
        heap.table(PARTS, heap.parts),
        heap.table(PASSAGES, heap.passages),
        heap.table(USES, heap.uses),
        tuple(heap.camera_findings),
        tuple(heap.findings),
        source,
    )


def _source(source_id: str, path: Path, header: Any) -> Source:
    if header.has_multiple_object_versions:
        raise SpacesError(
            "holds the history of its objects",
            file=path,
            remedy="Give one state of the map, for example by `osmium time-filter`",
        )
    digest = sha256_of(path.read_bytes())
    if header.get("generator") == TOWN_GENERATOR:
        return Source(source_id, "Model town (invented)", "CC0-1.0", "visavis", sha256=digest, invented=True)
    title = f"OpenStreetMap extract {path.name}"
    return Source(source_id, title, LICENCE, ATTRIBUTION, COPYRIGHT_URL, digest)


@dataclass
class _Heap:
    """What has been met so far. An area may come before or after the object that it is made of."""

    path: Path
    source_id: str
    disclosure_id: str
    cameras: list[dict[str, Any]] = field(default_factory=list)
    buildings: list[dict[str, Any]] = field(default_factory=list)
    grounds: list[dict[str, Any]] = field(default_factory=list)
    entrances: list[dict[str, Any]] = field(default_factory=list)
    places: list[tuple[float, float]] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    camera_findings: list[Finding] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    owed: dict[str, dict[str, str]] = field(default_factory=dict)
    made: set[str] = field(default_factory=set)
    outlined_by: dict[str, str] = field(default_factory=dict)
    parts: list[dict[str, Any]] = field(default_factory=list)
    passages: list[dict[str, Any]] = field(default_factory=list)
    uses: list[dict[str, Any]] = field(default_factory=list)
    untold: int = 0
    wkb: Any = field(default_factory=osmium.geom.WKBFactory)

    def take(self, thing: Any) -> None:
        if thing.is_node():
            self._take_node(thing)
        elif thing.is_area():
            self._take_area(thing)
        else:
            self._take_line(thing)

    def settle(self) -> None:
        """Mend or tell every area that was announced and could not be assembled, and drop doubles."""
        owed = {osm_id: tags for osm_id, tags in self.owed.items() if osm_id not in self.made}
        mended = mend_rings(self.path, {osm_id: _what(tags) or "" for osm_id, tags in owed.items()})
        self.findings += mended.findings
        for osm_id, shape in mended.shapes.items():
            self._keep(osm_id, owed[osm_id], shape)
        self._drop_doubles()
        if self.untold:
            objects = len({row["source_ref"] for row in self.cameras})
            self.camera_findings.append(raised(WORDS, "osm.type-untold", count=self.untold, total=objects))

    def table(self, declared: SpatialTable, rows: list[dict[str, Any]]) -> gpd.GeoDataFrame:
        try:
            return declared.frame(rows)
        except TableError as broken:
            raise SpacesError(
                broken.what, file=self.path, row=broken.row, remedy="Each object may stand there once only"
            ) from None

    def _take_node(self, node: Any) -> None:
        tags, osm_id = dict(node.tags), f"osm:node/{node.id}"
        surveillance = is_surveillance(tags)
        if not node.location.valid():
            found = self.camera_findings if surveillance else self.findings
            found.append(raised(WORDS, "osm.place-missing", osm_id, osm_id=osm_id))
            return
        place = shapely.Point(node.lon, node.lat)
        if surveillance:
            self._keep_camera(osm_id, tags, place)
        address = address_of(tags)
        if address:
            self.places.append((node.lon, node.lat))
            self.addresses.append(address)
        if tags.get("entrance", "no") != "no":
            row = {"entrance_id": osm_id, "entrance": tags["entrance"], "address": address}
            self.entrances.append({**row, "source_id": self.source_id, "geometry": place})
        if use := use_of(tags):
            row = {"use_id": osm_id, "use": use, "floor": floor_of(tags), "name": tags.get("name")}
            self.uses.append({**row, "source_id": self.source_id, "geometry": place})
        if what := _what(tags):
            self.findings.append(raised(WORDS, "osm.not-an-area", osm_id, osm_id=osm_id, what=what))

    def _take_area(self, area: Any) -> None:
        tags = dict(area.tags)
        osm_id = f"osm:{'way' if area.from_way() else 'relation'}/{area.orig_id()}"
        camera = is_surveillance(tags) and not area.from_way()
        if not (_what(tags) or camera):
            return
        try:
            outline = shapely.from_wkb(self.wkb.create_multipolygon(area))
        except RuntimeError:  # pyosmium's word for rings that make no area: it stays owed, and is told
            return
        self.made.add(osm_id)
        parts = shapely.get_parts(outline)
        shape = parts[0] if len(parts) == 1 else outline
        if camera:
            self._keep_drawn_camera(osm_id, tags, shape.centroid)
        self._keep(osm_id, tags, shape)

    def _take_line(self, line: Any) -> None:
        """Take a way or a relation: what is to come as an area is owed until it does."""
        tags = dict(line.tags)
        osm_id = f"osm:{'way' if line.is_way() else 'relation'}/{line.id}"
        if is_surveillance(tags) and line.is_way():
            places = [(node.lon, node.lat) for node in line.nodes if node.location.valid()]
            if places:
                self._keep_drawn_camera(osm_id, tags, shapely.MultiPoint(places).centroid)
            else:
                self.camera_findings.append(raised(WORDS, "osm.place-missing", osm_id, osm_id=osm_id))
        if line.is_way() and is_passage(tags):
            self._keep_passage(osm_id, tags, line)
        what = _what(tags)
        if not what:
            return
        if line.id < 0:
            raise SpacesError(
                "has objects with negative ids, as an editor's unsaved draft has",
                file=self.path,
                row=osm_id,
                remedy="Give them ids of their own, for example with `osmium renumber`",
            )
        self.owed[osm_id] = tags
        outer = (
            [member.ref for member in line.members if member.role != "inner"] if line.is_relation() else []
        )
        if len(outer) == 1 and is_building(tags):
            self.outlined_by[f"osm:way/{outer[0]}"] = osm_id

    def _keep_passage(self, osm_id: str, tags: dict[str, str], line: Any) -> None:
        places = [(node.lon, node.lat) for node in line.nodes if node.location.valid()]
        if len(set(places)) < 2:
            self.findings.append(raised(WORDS, "osm.place-missing", osm_id, osm_id=osm_id))
            return
        about = {"source_id": self.source_id, "geometry": shapely.LineString(places)}
        self.passages.append({**read_passage(osm_id, tags), **about})

    def _keep_drawn_camera(self, osm_id: str, tags: dict[str, str], place: shapely.Point) -> None:
        self.camera_findings.append(raised(WORDS, "osm.camera-not-a-point", osm_id, osm_id=osm_id))
        self._keep_camera(osm_id, tags, place)

    def _keep_camera(self, osm_id: str, tags: dict[str, str], place: shapely.Point) -> None:
        read = read_camera(osm_id, tags)
        common = {"disclosure_id": self.disclosure_id, "source_id": self.source_id, "geometry": place}
        self.camera_findings += read.findings
        self.cameras += [{**row, **common} for row in read.rows]
        self.untold += "surveillance:type" not in tags

    def _keep(self, osm_id: str, tags: dict[str, str], shape: Any) -> None:
        about = {"source_id": self.source_id, "geometry": shape}
        if is_building(tags):
            row, findings = read_building(osm_id, tags)
            self.findings += findings
            if row:
                self.buildings.append({**row, **about})
        elif is_part(tags):
            row, findings = read_part(osm_id, tags)
            self.findings += findings
            if row:
                self.parts.append({**row, **about})
        elif ground := ground_of(tags):
            row = {
                "ground_id": osm_id,
                "ground": ground,
                "access": tags.get("access"),
                "name": tags.get("name"),
            }
            self.grounds.append({**row, **about})

    def _drop_doubles(self) -> None:
        """Drop the outer way of a building that its relation draws too, with holes: it would fill them."""
        drawn = {row["building_id"] for row in self.buildings}
        doubles = {
            way: relation for way, relation in self.outlined_by.items() if way in drawn and relation in drawn
        }
        self.buildings = [row for row in self.buildings if row["building_id"] not in doubles]
        self.findings += [
            raised(WORDS, "osm.outline-double", way, relation, osm_id=way, relation=relation)
            for way, relation in sorted(doubles.items())
        ]


def _what(tags: dict[str, str]) -> str | None:
    if is_building(tags):
        return "building"
    return "part of a building" if is_part(tags) else ground_of(tags)
