"""Files that GDAL reads (GeoPackage, GeoJSON, Shapefile, EDIGEO …), in OpenStreetMap's words or a French register's.

A layer `buildings` with the columns `building`, `height`, `min_height`, `building:levels` …; layers `grounds` or
`gardens` and `entrances` where there are any. A file of a single layer is taken for buildings. Values are read by
the same functions as OpenStreetMap's tags. What BD TOPO and the cadastre say is put into these words first; of a
cadastre's parcels those are grounds on which a building stands.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
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
from visavis.readers.built import Built
from visavis.readers.french_buildings import BUILDING_LAYERS, PARCEL_LAYERS, Register, register_of
from visavis.readers.osm_buildings import address_of, ground_of, read_building
from visavis.readers.osm_rings import only_polygons
from visavis.readers.words import WORDS
from visavis.spaces import BUILDINGS, ENTRANCES, GROUNDS

TELLING: Final = ("building", "height", "building:levels")
GROUND_LAYERS: Final = ("grounds", "gardens")
IDS: Final = ("osm_id", "full_id", "@id", "id")
# A building stands on a parcel that holds more than this share of it.
ON_PARCEL_SHARE: Final = 0.5


def read_gdal_spaces(path: Path) -> Built:
    """Return the built world of a file, in CRS84.

    Ids are the file's name with the row's own id, where a column of that kind is whole and unique, else with
    the row's number.

    Raises
    ------
    SpacesError
        Where GDAL can't read the file, it has no layer of buildings, or that layer has no CRS or no area.
    """
    layers = _layers(path)
    name = _first(layers, BUILDING_LAYERS) or (layers[0] if len(layers) == 1 else None)
    if name is None:
        raise SpacesError(
            f"has no layer called buildings (only {', '.join(layers) or 'none'})",
            file=path,
            remedy="Name the layer of footprints `buildings`",
        )
    source_id = f"file/{path.name}"
    layer = _Layer(path, name, "building")
    register = register_of(layer.frame.columns)
    source = _source(source_id, path, register)
    houses = layer.outlines()
    if layer.frame.shape[0] and houses.empty:
        raise SpacesError(f"layer {name} has no areas", file=path, remedy="Give footprints as polygons")
    if register is None and not set(TELLING).intersection(layer.frame.columns):
        layer.findings.append(
            raised(WORDS, "spaces.columns-missing", layer=path.name, columns=", ".join(TELLING))
        )
    buildings = []
    for building_id, tags, shape in layer.rows(houses):
        row, findings = read_building(building_id, tags if register is None else register.tags_of(tags))
        layer.findings += findings
        if row:
            buildings.append({**row, "source_id": source_id, "geometry": shape})
    grounds, entrances, findings = _around(path, layers, source_id)
    made = BUILDINGS.frame(buildings)
    parcels = _first(layers, PARCEL_LAYERS)
    if parcels is not None:
        grounds += _parcels(_Layer(path, parcels, "parcel"), made, source_id)
    return Built(
        made,
        GROUNDS.frame(grounds),
        ENTRANCES.frame(entrances),
        (*layer.findings, *findings),
        (source,),
    )


def _around(
    path: Path, layers: list[str], source_id: str
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[Finding]]:
    """Return grounds, entrances, and what is doubtful in them."""
    grounds: list[dict[str, Any]] = []
    entrances: list[dict[str, Any]] = []
    findings: list[Finding] = []
    for name in [each for each in GROUND_LAYERS if each in layers][:1]:
        layer = _Layer(path, name, "ground")
        for ground_id, tags, shape in layer.rows(layer.outlines()):
            ground = tags.get("ground") or ground_of({"leisure": "garden", **tags})
            if ground:
                told = {"ground": ground, "access": tags.get("access"), "name": tags.get("name")}
                grounds.append({"ground_id": ground_id, **told, "source_id": source_id, "geometry": shape})
        findings += layer.findings
    if "entrances" in layers:
        layer = _Layer(path, "entrances", "entrance")
        for entrance_id, tags, shape in layer.rows(layer.points()):
            told = {"entrance": tags.get("entrance", "yes"), "address": address_of(tags)}
            entrances.append({"entrance_id": entrance_id, **told, "source_id": source_id, "geometry": shape})
        findings += layer.findings
    return grounds, entrances, findings


def _parcels(layer: _Layer, buildings: gpd.GeoDataFrame, source_id: str) -> list[dict[str, Any]]:
    """Return the parcels on which a building stands: whose they are, and what for, the cadastre does not say."""
    rows = list(layer.rows(layer.outlines()))
    shapes = np.array([shape for *_, shape in rows], dtype=object)
    houses = buildings.geometry.to_numpy()
    house, at = shapely.STRtree(shapes).query(houses, predicate="intersects")
    # A share of areas at one place: degrees stretch both alike.
    common = shapely.area(shapely.intersection(houses[house], shapes[at]))
    built_on = np.unique(at[common > ON_PARCEL_SHARE * shapely.area(houses[house])])
    return [
        {"ground_id": rows[k][0], "ground": "parcel", "source_id": source_id, "geometry": shapes[k]}
        for k in built_on.tolist()
    ]


def _source(source_id: str, path: Path, register: Register | None) -> Source:
    sha256 = sha256_of(path.read_bytes())
    if register is None:
        return Source(source_id, path.name, "not stated", path.name, sha256=sha256)
    title = f"{register.title}, {path.name}"
    return Source(source_id, title, register.licence, register.attribution, sha256=sha256)


def _first(layers: list[str], names: tuple[str, ...]) -> str | None:
    """Return the layer that bears the first of some names, whatever its capitals."""
    by_name = {layer.lower(): layer for layer in layers}
    return next((by_name[name] for name in names if name in by_name), None)


class _Layer:
    """One layer in CRS84 with an id for each row, and what is doubtful in it."""

    def __init__(self, path: Path, name: str, what: str) -> None:
        self.path = path
        self.frame = _read(path, name)
        self.ids = _ids(self.frame, f"{path.stem}:{what}")
        self.findings: list[Finding] = []

    def outlines(self) -> pd.Series[Any]:
        """Return the areas by row, outlines repaired; repairs and rows without an area are told."""
        shapes = self.frame.geometry.to_numpy()
        crossing = ~shapely.is_valid(shapes) & ~shapely.is_missing(shapes)
        polygons = [only_polygons(shape) for shape in _valid(shapes)]
        missing = np.array([shape is None for shape in polygons], dtype=bool)
        self._tell("spaces.geometry-repaired", crossing & ~missing)
        return self._kept(polygons, missing)

    def points(self) -> pd.Series[Any]:
        """Return the places by row; a row without one is told."""
        shapes = self.frame.geometry
        missing = ~shapes.geom_type.eq("Point").to_numpy() | shapes.is_empty.to_numpy()
        return self._kept(list(shapely.force_2d(shapes.to_numpy())), missing)

    def rows(self, shapes: pd.Series[Any]) -> list[tuple[str, Mapping[str, str], Any]]:
        """Return id, tags and shape of each row: what is not empty, as text."""
        columns = [column for column in self.frame.columns if column != self.frame.geometry.name]
        told = self.frame.loc[shapes.index, columns].to_dict("records")
        tags = [
            {str(k): str(v).strip() for k, v in row.items() if pd.notna(v) and str(v).strip()} for row in told
        ]
        return list(zip(self.ids[shapes.index], tags, shapes, strict=True))

    def _kept(self, shapes: list[Any], missing: np.ndarray) -> pd.Series[Any]:
        self._tell("spaces.geometry-missing", missing)
        return pd.Series(shapes, index=self.frame.index, dtype=object)[~missing]

    def _tell(self, code: str, rows: np.ndarray) -> None:
        self.findings += [raised(WORDS, code, row, layer=self.path.name, row=row) for row in self.ids[rows]]


def _valid(shapes: Any) -> Any:
    return shapely.make_valid(shapes, method="structure", keep_collapsed=False)


def _layers(path: Path) -> list[str]:
    try:
        return [str(name) for name in pyogrio.list_layers(path)[:, 0]]
    except pyogrio.errors.DataSourceError:
        raise SpacesError(
            "is no file of buildings that GDAL can read",
            file=path,
            remedy="Give an OpenStreetMap extract, a GeoPackage, GeoJSON or the like",
        ) from None


def _read(path: Path, name: str) -> gpd.GeoDataFrame:
    try:
        with warnings.catch_warnings():
            # A column of numbers and words stays one of words, of which each is told that can't be read.
            warnings.filterwarnings("ignore", "Could not parse column", UserWarning)
            frame = gpd.read_file(path, layer=name, engine="pyogrio")
    except (RuntimeError, ValueError, shapely.errors.ShapelyError) as broken:
        raise SpacesError(
            f"layer {name} can't be read ({broken})", file=path, remedy="Save it again"
        ) from None
    if not isinstance(frame, gpd.GeoDataFrame):
        raise SpacesError(f"layer {name} has no geometry", file=path, remedy="Give footprints as polygons")
    if frame.crs is None:
        raise SpacesError(f"layer {name} names no CRS", file=path, remedy="Save it with its CRS")
    stored = frame.to_crs(STORED_CRS)
    bounds = stored.total_bounds
    if stored.geometry.notna().any() and not (
        np.isfinite(bounds).all() and (np.abs(bounds) <= [180, 90] * 2).all()
    ):
        raise SpacesError(
            f"layer {name} lies outside what its CRS can tell",
            file=path,
            remedy="Give it the CRS that it is in",
        )
    return stored


def _ids(frame: gpd.GeoDataFrame, prefix: str) -> pd.Series[Any]:
    register = register_of(frame.columns)
    named = {column.lower(): column for column in frame.columns}
    own = () if register is None else tuple(named[name] for name in register.id_columns if name in named)
    for column in (*IDS, *own):
        if column in frame and frame[column].notna().all() and frame[column].is_unique:
            return frame[column].map(lambda own: f"{prefix}/{own}")
    return pd.Series(
        [f"{prefix}/{number}" for number in range(1, len(frame) + 1)], index=frame.index, dtype=object
    )
