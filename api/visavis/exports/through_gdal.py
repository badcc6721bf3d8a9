"""Layers into the formats that GDAL writes, as a stream: a GeoPackage, a FlatGeobuf, the files of a Shapefile."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import pyogrio
from pyogrio.errors import DataLayerError, DataSourceError, FeatureError, GeometryError

from visavis.exports.columnar import Streamed, arrow_schema
from visavis.exports.origin import entries, summary
from visavis.exports.part import Part
from visavis.model.errors import VisavisError
from visavis.model.vocabulary import Word
from visavis.store.spreading import GEOPACKAGE_CRS, clock_at, layer_options
from visavis.store.telling import tell

Notes = tuple[Word, ...]

_REFUSALS: Final = (DataSourceError, DataLayerError, FeatureError, GeometryError, RuntimeError)


def write_geopackage(part: Part, file: Path) -> Notes:
    """Write one table with its columns' meanings, the sources and the record of the build."""
    layer = part.layer
    options = layer_options(layer, part.record) | ({"DESCRIPTION": summary(part)} if part.told else {})
    stream_into(
        file,
        Streamed(part, arrow_schema(layer.table)),
        part,
        driver="GPKG",
        dataset_options={"VERSION": "1.3"},
        dataset_metadata={name.upper(): value for name, value in entries(part).items()},
        layer_metadata={"TITLE_FR": layer.title.fr, "DESCRIPTION_FR": layer.description.fr},
        layer_options=options,
    )
    with closing(sqlite3.connect(file)) as database, database:
        tell(database, [layer.name], part.record)
    return ()


def write_flatgeobuf(part: Part, file: Path) -> Notes:
    """Write one layer, spatially sorted and indexed where every row has a geometry; the origin is in its header."""
    always_there = not part.layer.table.columns["geometry"].nullable
    stream_into(
        file,
        Streamed(part, arrow_schema(part.layer.table)),
        part,
        driver="FlatGeobuf",
        layer_metadata={name.upper(): value for name, value in entries(part).items()},
        layer_options={
            "SPATIAL_INDEX": "YES" if always_there else "NO",  # GDAL indexes no row without a geometry
            "TITLE": part.layer.title.en,
            "DESCRIPTION": summary(part),
            "TEMPORARY_DIR": str(file.parent),  # on the disk that has to have the room anyway
        },
    )
    return ()


def stream_into(file: Path, rows: Streamed, part: Part, *, geometry: str | None = None, **how: Any) -> None:
    """Let GDAL draw the rows into a new file, with the build's time for its clock.

    Parameters
    ----------
    geometry : str, optional
        Type of geometry, where it is not the declared one.

    Raises
    ------
    VisavisError
        Where GDAL refuses; what went wrong with the rows themselves is raised as it was.
    """
    types = part.layer.table.geometry
    if types:
        how |= {
            "geometry_name": "geometry",
            "geometry_type": geometry or (types[0] if len(types) == 1 else "Unknown"),
            "crs": GEOPACKAGE_CRS,
        }
    try:
        with clock_at(part.record):
            pyogrio.write_arrow(rows.reader(), file, layer=how.pop("layer", part.layer.name), **how)
    except _REFUSALS as refusal:
        if rows.trouble is not None:
            raise rows.trouble from None
        raise VisavisError(
            f"can't be written ({refusal})", remedy="Check the folder and its room"
        ) from refusal
