"""The built world from files: OpenStreetMap, or anything that GDAL reads with a `buildings` layer."""

from __future__ import annotations

import tarfile
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from visavis.model.errors import SpacesError
from visavis.model.findings import Finding, raised
from visavis.model.schema import SpatialTable
from visavis.readers.built import Built
from visavis.readers.gdal_spaces import read_gdal_spaces
from visavis.readers.osm import read_osm
from visavis.readers.osm_streets import OSM_SUFFIXES, read_osm_streets
from visavis.readers.words import WORDS
from visavis.spaces import BUILDINGS, ENTRANCES, GROUNDS, PARTS, PASSAGES, USES

__all__ = ["Built", "merge_spaces", "read_spaces", "read_streets"]

ARCHIVES: Final = (".tar", ".tar.bz2", ".tar.gz", ".tgz")
# A footprint whose area is taken by more than this share is told by the earlier file already.
SAME_SHARE: Final = 0.5
# An entrance this near to one of an earlier file is the same door, in degrees (a metre, roughly).
SAME_DOOR_DEG: Final = 1e-5


def read_spaces(path: Path) -> Built:
    """Return the built world of one file, in CRS84.

    Raises
    ------
    SpacesError
        Where the file is missing, unreadable, or has no layer of buildings.
    """
    if not path.is_file():
        raise SpacesError("no such file", file=path, remedy="Check the name")
    if path.name.lower().endswith(OSM_SUFFIXES):
        extract = read_osm(path)
        # What the extract says of cameras is told where they are imported.
        return Built(
            extract.buildings,
            extract.grounds,
            extract.entrances,
            extract.spaces_findings,
            (extract.source,),
            extract.parts,
            extract.passages,
            extract.uses,
        )
    if path.name.lower().endswith(ARCHIVES):
        return _unpacked(path)
    return read_gdal_spaces(path)


def read_streets(paths: Sequence[Path]) -> tuple[pd.DataFrame, ...]:
    """Return a gazetteer, GAZETTEER, of each file that is from OpenStreetMap; other files tell no streets."""
    return tuple(
        read_osm_streets(path, f"osm/{path.name}")
        for path in paths
        if path.name.lower().endswith(OSM_SUFFIXES)
    )


def _unpacked(path: Path) -> Built:
    """Return the built world of a sheet of the cadastre as it is handed out: EDIGEO's files in one archive."""
    try:
        with TemporaryDirectory() as folder, tarfile.open(path) as archive:
            archive.extractall(folder, filter="data")
            sheets = sorted(Path(folder).rglob("*.[tT][hH][fF]"))
            if len(sheets) != 1:
                raise SpacesError(
                    f"holds {len(sheets)} sheets of the cadastre (.THF) instead of one",
                    file=path,
                    remedy="Give one sheet, or unpack it",
                )
            return read_gdal_spaces(sheets[0])
    except (tarfile.TarError, EOFError, OSError) as broken:
        raise SpacesError(f"can't be unpacked ({broken})", file=path, remedy="Download it again") from None


def merge_spaces(parts: Sequence[Built]) -> Built:
    """Return several files as one world; where they draw the same thing, the file named first wins.

    A building or ground is drawn already where earlier files cover more than half of its area, or have its id
    in OpenStreetMap; an entrance where they have one within a metre. How many were left out is a finding.

    Raises
    ------
    SpacesError
        Where two files give one id to different buildings.
    """
    merged = parts[0]
    for part in parts[1:]:
        merged = _merge(merged, part)
    return merged


def _merge(first: Built, second: Built) -> Built:
    findings = [*first.findings, *second.findings]

    def join(
        what: str, declared: SpatialTable, old: gpd.GeoDataFrame, new: gpd.GeoDataFrame
    ) -> gpd.GeoDataFrame:
        double = _drawn_already(old, new, declared.id_column)
        if double.any():
            findings.append(_won(what, int(double.sum()), first, second))
        fresh = new[~double]
        clash = sorted(set(fresh[declared.id_column]).intersection(old[declared.id_column]))
        if clash:
            raise SpacesError(
                f"two files give the id {clash[0]} to different {what}", remedy="Rename one of the files"
            )
        return stack(declared, old, fresh)

    def stack(declared: SpatialTable, old: gpd.GeoDataFrame, new: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
        key = declared.id_column
        filled = [frame for frame in (old, new[~new[key].isin(old[key])]) if len(frame)]
        return declared.check(pd.concat(filled, ignore_index=True)) if filled else old

    return Built(
        join("buildings", BUILDINGS, first.buildings, second.buildings),
        join("grounds", GROUNDS, first.grounds, second.grounds),
        join("entrances", ENTRANCES, first.entrances, second.entrances),
        tuple(findings),
        (*first.sources, *second.sources),
        # A part refines the building that it was drawn in: one that lost takes its parts along.
        stack(PARTS, first.parts, second.parts[~_drawn_already(first.buildings, second.parts)]),
        stack(PASSAGES, first.passages, second.passages),
        stack(USES, first.uses, second.uses),
    )


def _drawn_already(old: gpd.GeoDataFrame, new: gpd.GeoDataFrame, key: str | None = None) -> np.ndarray:
    shapes = new.geometry.to_numpy()
    tree = shapely.STRtree(old.geometry.to_numpy())
    same_object = np.zeros(len(new), dtype=bool)
    if key is not None:
        same_object = (new[key].isin(old[key]) & new[key].str.startswith("osm:")).to_numpy(bool)
    if new.geom_type.eq("Point").all():
        near = np.unique(tree.query(shapes, predicate="dwithin", distance=SAME_DOOR_DEG)[0])
        return same_object | np.isin(np.arange(len(new)), near)
    mine, theirs = tree.query(shapes, predicate="intersects")
    # A share of areas at one place: degrees stretch both alike.
    common = shapely.area(shapely.intersection(shapes[mine], tree.geometries[theirs]))
    covered = np.bincount(mine, common, minlength=len(new))
    return same_object | (covered > SAME_SHARE * shapely.area(shapes))


def _won(what: str, count: int, winner: Built, loser: Built) -> Finding:
    return raised(
        WORDS,
        "spaces.source-won",
        count=count,
        what=what,
        loser=", ".join(source.title for source in loser.sources),
        winner=", ".join(source.title for source in winner.sources),
    )
