"""The part of a large file that lies in a rectangle, read through the file's spatial index."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, NamedTuple

import geopandas as gpd
import numpy as np
import pyogrio
import pyproj
from numpy.typing import NDArray

from visavis.model.crs import STORED_CRS
from visavis.model.errors import InputError, SpacesError, TableError
from visavis.readers.gdal_spaces import IDS

# GDAL writes this time into what is cut out, so that the same part has the same bytes.
_NO_TIME: Final = "1970-01-01T00:00:00.000Z"

# A millimetre, in degrees.
_DECIMALS: Final = 8


class Rectangle(NamedTuple):
    """West, south, east and north, in degrees."""

    west: float
    south: float
    east: float
    north: float


def camera_places(file: Path) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return longitude and latitude of each camera of a file, and nothing else of them.

    Raises
    ------
    TableError
        Where GDAL can't read the file, it has no column camera_id, or a camera has no place.
    """
    info = _info(file, None, TableError)
    if "camera_id" not in info["fields"]:
        raise TableError("has no column camera_id", file=file, remedy="Name each camera, once")
    _, bounds = pyogrio.read_bounds(file)
    if not np.isfinite(bounds).all():
        row = int(np.flatnonzero(~np.isfinite(bounds).all(axis=0))[0]) + 1
        raise TableError("has no point", file=file, row=row, remedy="Give each camera a Point")
    to_degrees = pyproj.Transformer.from_crs(info["crs"], STORED_CRS, always_xy=True)
    longitude, latitude = to_degrees.transform(bounds[0], bounds[1])
    return np.asarray(longitude, dtype=np.float64), np.asarray(latitude, dtype=np.float64)


def cut_cameras(file: Path, within: Rectangle, to: Path) -> int:
    """Write the cameras of a file that stand in a rectangle as GeoJSON, and return how many they are."""
    found = _read(file, None, within, TableError).to_crs(STORED_CRS)
    with _no_time():
        pyogrio.write_dataframe(
            found, to, driver="GeoJSON", layer_options={"COORDINATE_PRECISION": str(_DECIMALS)}
        )
    return len(found)


def cut_spaces(file: Path, within: Rectangle, to: Path) -> int:
    """Write what a file of buildings holds in a rectangle as a GeoPackage, layer by layer as it is.

    A layer without ids gets those that its rows have in the whole file.

    Returns
    -------
    int
        Rows written.

    Raises
    ------
    SpacesError
        Where GDAL can't read the file, or it has no spatial index.
    """
    rows = 0
    for name in _layers(file):
        info = _info(file, name, SpacesError)
        if not info["capabilities"]["fast_spatial_filter"]:
            raise SpacesError(
                "has no spatial index, so that no part of it can be read alone",
                file=file,
                remedy="Convert it to a GeoPackage or a FlatGeobuf",
            )
        found = _read(file, name, within, SpacesError)
        with _no_time():
            pyogrio.write_dataframe(found, to, layer=name, driver="GPKG", append=rows > 0 or to.exists())
        rows += len(found)
    return rows


def _read(file: Path, layer: str | None, within: Rectangle, kind: type[InputError]) -> gpd.GeoDataFrame:
    info = _info(file, layer, kind)
    from_degrees = pyproj.Transformer.from_crs(STORED_CRS, info["crs"], always_xy=True)
    bbox = from_degrees.transform_bounds(*within)
    found = pyogrio.read_dataframe(file, layer=layer, bbox=bbox, fid_as_index=True)
    if not set(IDS).union({"camera_id"}).intersection(found.columns):
        # Rows are counted from 1, whatever GDAL counts from.
        first = int(pyogrio.read_dataframe(file, layer=layer, max_features=1, fid_as_index=True).index[0])
        found.insert(0, "id", found.index - first + 1)
    cut: gpd.GeoDataFrame = found.reset_index(drop=True)
    return cut


def _info(file: Path, layer: str | None, kind: type[InputError]) -> dict[str, Any]:
    if not file.is_file():
        raise kind("no such file", file=file, remedy="Check the name")
    try:
        info: dict[str, Any] = pyogrio.read_info(file, layer=layer)
    except pyogrio.errors.DataSourceError:
        raise kind("can't be read by GDAL", file=file, remedy="Give a GeoPackage or a FlatGeobuf") from None
    if info["crs"] is None:
        raise kind("names no CRS", file=file, remedy="Save it with its CRS")
    return info


def _layers(file: Path) -> list[str]:
    if not file.is_file():
        raise SpacesError("no such file", file=file, remedy="Check the name")
    try:
        return [str(name) for name, geometry in pyogrio.list_layers(file) if geometry is not None]
    except pyogrio.errors.DataSourceError:
        raise SpacesError(
            "can't be read by GDAL", file=file, remedy="Give a GeoPackage or a FlatGeobuf"
        ) from None


@contextmanager
def _no_time() -> Iterator[None]:
    option = "OGR_CURRENT_DATE"
    before = pyogrio.get_gdal_config_option(option)
    pyogrio.set_gdal_config_options({option: _NO_TIME})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({option: before})
