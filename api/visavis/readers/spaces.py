"""The built world from files: OpenStreetMap, or anything that GDAL reads with a `buildings` layer."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely

from visavis.model.crs import STORED_CRS
from visavis.model.errors import SpacesError
from visavis.model.findings import Finding, raised
from visavis.model.provenance import Source, sha256_of
from visavis.readers.osm import read_osm
from visavis.readers.osm_tags import read_length_m
from visavis.readers.words import WORDS
from visavis.spaces import BUILDINGS, ENTRANCES, GROUNDS

OSM_SUFFIXES: Final = (".osm", ".osm.pbf", ".pbf", ".osm.bz2", ".osm.gz")
SAME_SHARE: Final = 0.5


@dataclass(frozen=True)
class Built:
    """Buildings, grounds and entrances in CRS84, and where they come from."""

    buildings: gpd.GeoDataFrame
    grounds: gpd.GeoDataFrame
    entrances: gpd.GeoDataFrame
    findings: tuple[Finding, ...]
    sources: tuple[Source, ...]


def read_spaces(path: Path) -> Built:
    """Return the built world of one file.

    Raises
    ------
    SpacesError
        Where the file is missing, unreadable, or has no buildings.
    """
    if not path.is_file():
        raise SpacesError("no such file", file=path, remedy="Check the name")
    if path.name.lower().endswith(OSM_SUFFIXES):
        extract = read_osm(path)
        cameras = set(extract.cameras["source_ref"])
        # What the extract says of cameras is told where they are imported.
        findings = tuple(f for f in extract.findings if not cameras.intersection(f.subjects))
        return Built(extract.buildings, extract.grounds, extract.entrances, findings, (extract.source,))
    return _read_by_gdal(path)


def merge_spaces(parts: list[Built]) -> Built:
    """Return several files as one world; where footprints overlap by half, the file named first wins."""
    if len(parts) == 1:
        return parts[0]
    buildings, findings = parts[0].buildings, list(parts[0].findings)
    for part in parts[1:]:
        fresh, double = _not_yet_there(buildings, part.buildings)
        if double:
            findings.append(
                raised(
                    WORDS,
                    "spaces.source-won",
                    count=double,
                    loser=", ".join(source.source_id for source in part.sources),
                    winner=", ".join(dict.fromkeys(buildings["source_id"])),
                )
            )
        buildings = BUILDINGS.frame(_stacked([buildings, fresh]))
        findings += part.findings
    return Built(
        buildings,
        GROUNDS.frame(_stacked([part.grounds for part in parts])),
        ENTRANCES.frame(_stacked([part.entrances for part in parts])),
        tuple(findings),
        tuple(source for part in parts for source in part.sources),
    )


def _not_yet_there(old: gpd.GeoDataFrame, new: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, int]:
    pairs = old.sindex.query(new.geometry.to_numpy(), predicate="intersects")
    mine, theirs = new.geometry.to_numpy()[pairs[0]], old.geometry.to_numpy()[pairs[1]]
    # A share of two areas at one place: degrees stretch both alike.
    common = shapely.area(shapely.intersection(mine, theirs))
    same = common > SAME_SHARE * np.minimum(shapely.area(mine), shapely.area(theirs))
    double = np.unique(pairs[0][same])
    kept = new.drop(index=new.index[double])
    clash = kept["building_id"].isin(old["building_id"])
    return kept[~clash], len(double) + int(clash.sum())


def _stacked(parts: list[gpd.GeoDataFrame]) -> gpd.GeoDataFrame:
    filled = [part for part in parts if len(part)] or parts[:1]
    return pd.concat(filled, ignore_index=True)


def _read_by_gdal(path: Path) -> Built:
    layers = _layers(path)
    name = "buildings" if "buildings" in layers else layers[0] if len(layers) == 1 else None
    if name is None:
        raise SpacesError(
            f"has no layer called buildings (only {', '.join(layers) or 'none'})",
            file=path,
            remedy="Name the layer of footprints `buildings`",
        )
    source = Source(
        source_id=f"file/{path.name}",
        title=path.name,
        licence="not stated",
        attribution=path.name,
        sha256=sha256_of(path.read_bytes()),
    )
    findings: list[Finding] = []
    buildings = _outlines(_layer(path, name), "building_id", "building", path, findings)
    garden_layer = next((each for each in ("grounds", "gardens") if each in layers), None)
    grounds = GROUNDS.empty()
    if garden_layer:
        raw = _outlines(_layer(path, garden_layer), "ground_id", "ground", path, findings)
        raw["ground"] = raw["ground"] if "ground" in raw else _column(raw, "leisure").fillna("garden")
        grounds = GROUNDS.frame(raw.assign(source_id=source.source_id))
    entrances = ENTRANCES.empty()
    if "entrances" in layers:
        raw = _identified(_layer(path, "entrances"), "entrance_id", "entrance")
        raw["entrance"] = _column(raw, "entrance").fillna("yes")
        entrances = ENTRANCES.frame(raw.assign(source_id=source.source_id, address=_addresses(raw)))
    return Built(
        _as_buildings(buildings, source.source_id, findings), grounds, entrances, tuple(findings), (source,)
    )


def _layers(path: Path) -> list[str]:
    try:
        return [str(name) for name in pyogrio.list_layers(path)[:, 0]]
    except pyogrio.errors.DataSourceError as broken:
        raise SpacesError(
            f"can't be read ({broken})", file=path, remedy="Give OSM data, GeoPackage, GeoJSON or the like"
        ) from None


def _layer(path: Path, name: str) -> gpd.GeoDataFrame:
    try:
        frame = gpd.read_file(path, layer=name, engine="pyogrio")
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, ValueError) as broken:
        raise SpacesError(
            f"layer {name} can't be read ({broken})", file=path, remedy="Save it again"
        ) from None
    if not isinstance(frame, gpd.GeoDataFrame):
        raise SpacesError(f"layer {name} has no geometry", file=path, remedy="Give footprints as polygons")
    if frame.crs is None:
        raise SpacesError(f"layer {name} names no CRS", file=path, remedy="Save it with its CRS")
    return frame.to_crs(STORED_CRS)


def _outlines(
    frame: gpd.GeoDataFrame, key: str, prefix: str, path: Path, findings: list[Finding]
) -> gpd.GeoDataFrame:
    """Return the rows that have an area, outlines repaired; both are told."""
    frame = _identified(frame, key, prefix)
    crossing = frame.loc[~frame.is_valid & frame.geometry.notna(), key].astype("str")
    findings += [raised(WORDS, "spaces.geometry-repaired", row, layer=path.name, row=row) for row in crossing]
    shapes = shapely.make_valid(frame.geometry.to_numpy())
    polygons = [_only_polygons(shape) for shape in shapes]
    missing = [shape is None for shape in polygons]
    findings += [
        raised(WORDS, "spaces.geometry-missing", row, layer=path.name, row=row)
        for row in frame.loc[missing, key].astype("str")
    ]
    mended = frame.set_geometry(gpd.GeoSeries(polygons, index=frame.index, crs=frame.crs))
    return mended.loc[[not gone for gone in missing]].reset_index(drop=True)


def _only_polygons(shape: Any) -> Any:
    if shape is None or shape.is_empty:
        return None
    parts = [part for part in shapely.get_parts(shape) if part.geom_type in {"Polygon", "MultiPolygon"}]
    parts = [polygon for part in parts for polygon in shapely.get_parts(part)]
    if not parts:
        return None
    return shapely.force_2d(parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts))


def _identified(frame: gpd.GeoDataFrame, key: str, prefix: str) -> gpd.GeoDataFrame:
    """Give each row the id of its file, where it has one that is unique, else its number."""
    for column in (key, "osm_id", "id", "fid"):
        if column in frame and frame[column].notna().all() and frame[column].is_unique:
            return frame.assign(**{key: frame[column].astype("str")})
    return frame.assign(**{key: [f"{prefix}/{number}" for number in range(1, len(frame) + 1)]})


def _as_buildings(frame: gpd.GeoDataFrame, source_id: str, findings: list[Finding]) -> gpd.GeoDataFrame:
    def lengths(column: str) -> pd.Series[float]:
        read = []
        for building, value in zip(frame["building_id"], _column(frame, column), strict=True):
            length = read_length_m(str(value)) if pd.notna(value) else None
            if pd.notna(value) and (length is None or length < 0 or (column == "height" and length == 0)):
                findings.append(
                    raised(
                        WORDS,
                        "osm.tag-unread",
                        str(building),
                        osm_id=str(building),
                        tag=column,
                        value=str(value),
                    )
                )
                length = None
            read.append(length)
        return pd.Series(read, index=frame.index, dtype=float)

    return BUILDINGS.frame(
        frame.assign(
            building=_column(frame, "building"),
            amenity=_column(frame, "amenity"),
            name=_column(frame, "name"),
            address=_addresses(frame),
            height_m=lengths("height"),
            levels=lengths("building:levels"),
            base_m=lengths("min_height"),
            source_id=source_id,
        )
    )


def _addresses(frame: gpd.GeoDataFrame) -> pd.Series[Any]:
    if "address" in frame:
        return frame["address"]
    numbers, streets = _column(frame, "addr:housenumber"), _column(frame, "addr:street")
    whole = numbers.notna() & streets.notna()
    return (numbers.astype("str") + " " + streets.astype("str")).where(whole, None)


def _column(frame: gpd.GeoDataFrame, name: str) -> pd.Series[Any]:
    return frame[name] if name in frame else pd.Series([None] * len(frame), index=frame.index, dtype=object)
