"""The formats in which a layer leaves the house."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from visavis.exports.part import Part
from visavis.model.vocabulary import Word

Notes = tuple[Word, ...]


@dataclass(frozen=True)
class Format:
    """A format, and the one way to make it: as a stream of bytes, or as a file that has to be whole first.

    Parameters
    ----------
    suffix : str
        What names of such files end in.
    spatial : bool
        Whether it holds geometries only: a table without them can't be written.
    whole : bool
        Whether it holds whole layers only, and no part of one.
    write : callable
        Writes a file and says what the format could not hold.
    stream : callable, optional
        Gives the same bytes one after another, where that can be done.
    beside : callable, optional
        Gives the bytes of the file that lies beside it, of a name that ends in `beside_suffix`.
    """

    name: str
    title: str
    suffix: str
    media_type: str
    write: Callable[[Part, Path], Notes]
    stream: Callable[[Part], Iterator[bytes]] | None = None
    spatial: bool = False
    whole: bool = False
    beside: Callable[[Part, str], bytes] | None = None
    beside_suffix: str = ""

    def holds(self, part: Part) -> bool:
        """Say whether a layer can be written in it."""
        return bool(part.layer.table.geometry) or not self.spatial


# Each is imported when it is wanted: a service that exports nothing loads neither GDAL nor Arrow.
def _geojson(part: Part) -> Iterator[bytes]:
    from visavis.exports.geojson import geojson

    return geojson(part)


def _geojson_sequence(part: Part) -> Iterator[bytes]:
    from visavis.exports.geojson import geojson_sequence

    return geojson_sequence(part)


def _csv(part: Part) -> Iterator[bytes]:
    from visavis.exports.delimited import delimited

    return delimited(part)


def _csv_metadata(part: Part, file: str) -> bytes:
    from visavis.exports.delimited import metadata

    return metadata(part, file)


def _kml(part: Part) -> Iterator[bytes]:
    from visavis.exports.kml import kml

    return kml(part)


def _gpkg(part: Part, file: Path) -> Notes:
    from visavis.exports.through_gdal import write_geopackage

    return write_geopackage(part, file)


def _fgb(part: Part, file: Path) -> Notes:
    from visavis.exports.through_gdal import write_flatgeobuf

    return write_flatgeobuf(part, file)


def _parquet(part: Part, file: Path) -> Notes:
    from visavis.exports.geoparquet import write_geoparquet

    return write_geoparquet(part, file)


def _shp(part: Part, file: Path) -> Notes:
    from visavis.exports.shapefile import write_shapefile

    return write_shapefile(part, file)


def _pmtiles(part: Part, file: Path) -> Notes:
    from visavis.exports.packed_tiles import write_pmtiles

    return write_pmtiles(part, file)


def _html(part: Part, file: Path) -> Notes:
    from visavis.exports.portable import write_map

    return write_map(part, file)


def _osm(part: Part, file: Path) -> Notes:
    from visavis.exports.openstreetmap import write_openstreetmap

    return write_openstreetmap(part, file)


def _videoprotection(part: Part, file: Path) -> Notes:
    from visavis.exports.french_register import write_french_register

    return write_french_register(part, file)


def _streaming(stream: Callable[[Part], Iterator[bytes]]) -> dict[str, Any]:
    def write(part: Part, file: Path) -> Notes:
        with file.open("wb") as written:
            for block in stream(part):
                written.write(block)
        return ()

    return {"write": write, "stream": stream}


_WRITTEN: Final = (
    Format("geojson", "GeoJSON", ".geojson", "application/geo+json", **_streaming(_geojson)),
    Format(
        "geojsonseq",
        "GeoJSON text sequence",
        ".geojsons",
        "application/geo+json-seq",
        **_streaming(_geojson_sequence),
    ),
    Format("gpkg", "GeoPackage", ".gpkg", "application/geopackage+sqlite3", _gpkg),
    Format("fgb", "FlatGeobuf", ".fgb", "application/flatgeobuf", _fgb, spatial=True),
    Format("parquet", "GeoParquet", ".parquet", "application/vnd.apache.parquet", _parquet),
    Format("shp", "Shapefile, zipped", ".shp.zip", "application/zip", _shp),
    Format(
        "csv",
        "CSV",
        ".csv",
        "text/csv; charset=utf-8",
        **_streaming(_csv),
        beside=_csv_metadata,
        beside_suffix="-metadata.json",
    ),
    Format("kml", "KML", ".kml", "application/vnd.google-earth.kml+xml", **_streaming(_kml), spatial=True),
    Format("pmtiles", "PMTiles", ".pmtiles", "application/vnd.pmtiles", _pmtiles, spatial=True, whole=True),
    Format("html", "Map in one file", ".html", "text/html", _html, whole=True),
)

# What other registers of cameras take in: of the layer of cameras alone, and with what they must not have left out.
_REGISTERS: Final = (
    Format(
        "osm", "OpenStreetMap, for JOSM", ".osm", "application/vnd.openstreetmap.data+xml", _osm, spatial=True
    ),
    Format(
        "videoprotection", "register of French towns, CSV", ".csv", "text/csv", _videoprotection, spatial=True
    ),
)

REGISTERS: Final[Mapping[str, Format]] = MappingProxyType({each.name: each for each in _REGISTERS})
FORMATS: Final[Mapping[str, Format]] = MappingProxyType({each.name: each for each in _WRITTEN})
