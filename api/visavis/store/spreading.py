"""Tables into a GeoPackage through GDAL, as QGIS and others open it."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC
from pathlib import Path
from typing import Final

import geopandas as gpd
import pandas as pd
import pyogrio

from visavis.layers import LAYERS, Layer
from visavis.model.provenance import BuildRecord

# Older clients open 1.3 without a warning; nothing here needs more.
_VERSION: Final = "1.3"

# GeoPackage's own WGS 84. Its axes are longitude, latitude within a GeoPackage (OGC 12-128r18, 1.1.3.1.1),
# which makes it CRS84; every client knows it, and not all know CRS84.
GEOPACKAGE_CRS: Final = "EPSG:4326"


def spread(file: Path, tables: Mapping[str, pd.DataFrame], record: BuildRecord) -> None:
    """Write layers to a new file: spatial ones with an R-tree, the others as attributes.

    Rows are numbered from 1 in their order by GDAL's `fid`.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Declared layers by name, in CRS84.
    """
    with clock_at(record):
        for name, frame in tables.items():
            _write(file, name, frame, record)


def _write(file: Path, name: str, frame: pd.DataFrame, record: BuildRecord) -> None:
    layer = LAYERS[name]
    how: dict[str, object] = {}
    if isinstance(frame, gpd.GeoDataFrame):
        types = layer.table.geometry
        frame = frame.set_crs(GEOPACKAGE_CRS, allow_override=True)
        how = {"geometry_type": types[0] if len(types) == 1 else "Unknown", "promote_to_multi": False}
    pyogrio.write_dataframe(
        frame,
        file,
        layer=name,
        driver="GPKG",
        dataset_options={"VERSION": _VERSION},
        dataset_metadata=described(record),
        layer_metadata={"TITLE_FR": layer.title.fr, "DESCRIPTION_FR": layer.description.fr},
        layer_options=layer_options(layer, record),
        **how,
    )


def layer_options(layer: Layer, record: BuildRecord) -> dict[str, str]:
    """Return under which words, and with which name for its geometry, GDAL makes a layer of a GeoPackage."""
    described = {
        "IDENTIFIER": layer.title.en,
        "DESCRIPTION": f"{layer.description.en} {_mark(record)}".strip(),
    }
    return described | ({"GEOMETRY_NAME": "geometry"} if layer.table.geometry else {})


def described(record: BuildRecord) -> dict[str, str]:
    """Return what any file made from a build says of itself, as GDAL's metadata."""
    return {
        "SOFTWARE": record.software,
        "BUILD_ID": record.build_id,
        "BUILT_AT": record.built_at.isoformat(),
        "LICENCE": "; ".join(dict.fromkeys(source.licence for source in record.sources)),
        "ATTRIBUTION": "; ".join(dict.fromkeys(source.attribution for source in record.sources)),
        "INVENTED": record.told_invented,
    }


@contextmanager
def clock_at(record: BuildRecord) -> Iterator[None]:
    """Let GDAL write the build's time instead of now, so that the same build gives the same file.

    There is one clock for all threads of the process: who writes of the same build uses it too, and who writes of
    another waits until nobody uses it.
    """
    moment = record.built_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    with _CLOCK:
        _CLOCK.wait_for(lambda: not _USERS or _USERS[0] == moment)
        if not _USERS:
            pyogrio.set_gdal_config_options({_CURRENT: moment})
        _USERS.append(moment)
    try:
        yield
    finally:
        with _CLOCK:
            _USERS.pop()
            if not _USERS:
                pyogrio.set_gdal_config_options({_CURRENT: None})
                _CLOCK.notify_all()


_CURRENT: Final = "OGR_CURRENT_DATE"
_CLOCK: Final = threading.Condition()
_USERS: Final[list[str]] = []  # the moment, once for each who writes by it


def _mark(record: BuildRecord) -> str:
    return "" if record.mark is None else record.mark.en
