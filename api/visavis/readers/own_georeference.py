"""A sheet that brings its own georeference: GeoPDF, GeoTIFF, or a picture with a world file.

What the file states is turned into control points, spread over its map, so that all that follows is one way.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyproj
from pyproj.exceptions import CRSError, ProjError

from visavis.digitising import Annotation, ControlPoint, write_annotation
from visavis.model.crs import STORED_CRS
from visavis.model.errors import GeoreferenceError
from visavis.readers.geopdf import stated_in_pdf
from visavis.readers.stated import Stated
from visavis.readers.world_files import stated_beside, stated_in_tiff

_SIDE: Final = 5
# Files don't tell how exact they are. A plan plotted by a GIS is exact to a fraction of its finest line, a tenth of
# a millimetre: this share of a PDF point, and of a pixel of a picture at 200 dpi.
_EXACT_TO_UNITS: Final = 0.25


def own_georeference(file: Path, content: bytes, crs: str | None = None) -> dict[str, Any]:
    """Return a sheet's own georeference as a Georeference Annotation.

    Parameters
    ----------
    file : Path
        World files are looked for beside it.
    content : bytes
        Of the file.
    crs : str, optional
        Of a world file, or of a GeoTIFF that names none: an EPSG code, such as `EPSG:2154`.

    Raises
    ------
    GeoreferenceError
        Where the sheet brings none, or one that can't be read.
    """
    if b"%PDF-" in content[:1024]:
        stated = stated_in_pdf(content)
        remedy = "Give its control points with --georef"
    else:
        stated = stated_in_tiff(content, crs) or stated_beside(file, content, crs)
        remedy = "Give its control points with --georef, or a world file beside it"
    if stated is None:
        raise GeoreferenceError("the sheet brings no georeference of its own", remedy=remedy)
    return write_annotation(_annotation(stated, file.name))


def _annotation(stated: Stated, name: str) -> Annotation:
    left, top, right, bottom = stated.box
    x, y = np.meshgrid(np.linspace(left, right, _SIDE), np.linspace(top, bottom, _SIDE))
    places = np.column_stack([x.ravel(), y.ravel()])
    longitude, latitude = _stored(stated.crs)(*stated.place(places).T)
    if not (np.isfinite(longitude).all() and np.isfinite(latitude).all()):
        raise GeoreferenceError(
            f"the sheet's own georeference ({stated.origin}) puts it outside its CRS",
            remedy="Check its CRS, or give control points with --georef",
        )
    rows = np.column_stack([places, longitude, latitude]).tolist()
    points = tuple(ControlPoint(x, y, lon, lat) for x, y, lon, lat in rows)
    middle = places.mean(axis=0)
    aside = np.array([middle, middle + np.array([_EXACT_TO_UNITS, 0.0])])
    ends = _stored(stated.crs)(*stated.place(aside).T)
    _, _, metres = pyproj.Geod(ellps="WGS84").inv(ends[0][0], ends[1][0], ends[0][1], ends[1][1])
    return Annotation(
        points,
        name,
        stated.width,
        stated.height,
        ((left, top), (right, top), (right, bottom), (left, bottom)),
        origin=stated.origin,
        stated_sd_m=max(float(metres), 1e-3),
    )


def _stored(crs: pyproj.CRS) -> Callable[..., Any]:
    try:
        return pyproj.Transformer.from_crs(crs, STORED_CRS, always_xy=True).transform
    except (CRSError, ProjError) as unknown:
        raise GeoreferenceError(
            f"the sheet's CRS can't be used ({unknown})", remedy="Give control points with --georef"
        ) from None
