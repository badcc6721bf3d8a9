"""The georeference inside a PDF: geospatial measures, and the older form of the OGC.

Sources: ISO 32000-2:2020, 12.10 (viewports whose Measure has the subtype GEO); OGC 08-139r3, PDF
Georegistration Encoding Best Practice 2.2 (LGIDict, as TerraGo wrote it).
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import pikepdf
import pypdfium2 as pdfium
import pyproj
from numpy.typing import NDArray

from visavis.digitising.pdf import placing
from visavis.model.errors import GeoreferenceError
from visavis.readers.stated import Stated, crs_of

Array = NDArray[np.float64]

_REMEDY: Final = "Give its control points with --georef"
_MOST_VIEWPORTS: Final = 100
# Codes of the OGC's Best Practice, by pyproj's names.
_DATUMS: Final = MappingProxyType(
    {"WE": "WGS84", "WGE": "WGS84", "WGS84": "WGS84", "NAR": "NAD83", "NAS": "NAD27"}
)
_PROJECTIONS: Final = MappingProxyType({"TC": "tmerc", "LE": "lcc", "MC": "merc", "AC": "aea", "PG": "stere"})
_PARAMETERS: Final = MappingProxyType(
    {
        "lat_0": "/OriginLatitude",
        "lon_0": "/CentralMeridian",
        "k_0": "/ScaleFactor",
        "lat_1": "/StandardParallelOne",
        "lat_2": "/StandardParallelTwo",
        "x_0": "/FalseEasting",
        "y_0": "/FalseNorthing",
    }
)
# A corner may be off by a rounding of the file's numbers, not more: this share of the map's side.
_MOST_OFF: Final = 0.01


def stated_in_pdf(content: bytes) -> Stated | None:
    """Return the georeference of a PDF's first page, that of its largest map where it has several.

    Raises
    ------
    GeoreferenceError
        Where there is one that can't be read.
    """
    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            page = document.pages[0].obj
            found = [*_viewports(page), *_registrations(page)]
    except (pikepdf.PdfError, IndexError, TypeError, ValueError, KeyError, AttributeError) as broken:
        raise GeoreferenceError(
            f"the PDF's own georeference can't be read ({broken})", remedy=_REMEDY
        ) from None
    if not found:
        return None
    to_page, crs, corners = max(found, key=lambda each: _area(each[2]))
    to_sheet, width, height = _page(content)
    whole = np.vstack([to_sheet, [0.0, 0.0, 1.0]])
    matrix = (np.vstack([to_page, [0.0, 0.0, 1.0]]) @ np.linalg.inv(whole))[:2]
    on_sheet = corners @ to_sheet[:, :2].T + to_sheet[:, 2]
    (left, top), (right, bottom) = on_sheet.min(axis=0), on_sheet.max(axis=0)
    box = float(left), float(top), float(right), float(bottom)
    return Stated("GeoPDF", matrix, crs, box, width, height)


def _page(content: bytes) -> tuple[Array, float, float]:
    document = pdfium.PdfDocument(content)
    try:
        return placing(document[0])
    finally:
        document.close()


def _viewports(page: Any) -> Iterator[tuple[Array, pyproj.CRS, Array]]:
    """Yield the matrix from page to CRS, the CRS, and the corners on the page of each viewport that has one."""
    for viewport in list(page.get("/VP", []))[:_MOST_VIEWPORTS]:
        measure = viewport.get("/Measure")
        if measure is None or str(measure.get("/Subtype", "")) != "/GEO":
            continue
        box = _numbers(viewport["/BBox"]).reshape(2, 2)
        low, high = box.min(axis=0), box.max(axis=0)
        inner = _numbers(measure.get("/LPTS", [0, 0, 0, 1, 1, 1, 1, 0])).reshape(-1, 2)
        stated = _numbers(measure["/GPTS"]).reshape(-1, 2)[:, ::-1]
        count = min(len(inner), len(stated))
        places = low + inner[:count] * (high - low)
        crs = _measured_in(measure.get("/GCS"))
        base = crs.geodetic_crs
        ground = stated[:count]
        if crs.is_projected and base is not None:
            onto = pyproj.Transformer.from_crs(base, crs, always_xy=True)
            ground = np.column_stack(onto.transform(*ground.T))
        corners = np.array([low, (high[0], low[1]), high, (low[0], high[1])])
        yield _affine(places, ground), crs, corners


def _measured_in(gcs: Any) -> pyproj.CRS:
    if gcs is None:
        return pyproj.CRS.from_epsg(4326)
    if "/EPSG" in gcs:
        return crs_of(f"EPSG:{int(gcs['/EPSG'])}", "the PDF")
    return crs_of(str(gcs["/WKT"]), "the PDF")


def _registrations(page: Any) -> Iterator[tuple[Array, pyproj.CRS, Array]]:
    """Yield the same of each LGIDict."""
    given = page.get("/LGIDict", [])
    each = [given] if isinstance(given, pikepdf.Dictionary) else list(given)
    for entry in each[:_MOST_VIEWPORTS]:
        if "/CTM" in entry:
            a, b, c, d, e, f = _numbers(entry["/CTM"])
            matrix = np.array([[a, c, e], [b, d, f]])
            tied = None
        elif "/Registration" in entry:
            tied = np.array([_numbers(row) for row in entry["/Registration"]])
            matrix = _affine(tied[:, :2], tied[:, 2:4])
        else:
            continue
        outline = entry.get("/Neatline")
        corners = _numbers(outline).reshape(-1, 2) if outline is not None else _outline(page, tied)
        yield matrix, _projection(entry["/Projection"]), corners


def _outline(page: Any, tied: Array | None) -> Array:
    if tied is not None:
        return tied[:, :2]
    return _numbers(page.get("/CropBox", page["/MediaBox"])).reshape(2, 2)


def _projection(told: Any) -> pyproj.CRS:
    if "/WKT" in told:
        return crs_of(str(told["/WKT"]), "the PDF")
    kind, datum = str(told.get("/ProjectionType", "")), _datum(told.get("/Datum", "WGE"))
    if kind == "GEOGRAPHIC":
        return crs_of({"proj": "longlat", **datum}, "the PDF")
    if kind == "UT":
        south = {"south": True} if str(told.get("/Hemisphere", "N")) == "S" else {}
        return crs_of({"proj": "utm", "zone": int(float(str(told["/Zone"]))), **south, **datum}, "the PDF")
    if kind not in _PROJECTIONS:
        raise GeoreferenceError(f"the PDF's projection {kind!r} is not known", remedy=_REMEDY)
    stated = {name: float(str(told[key])) for name, key in _PARAMETERS.items() if key in told}
    unit = {"units": "us-ft"} if str(told.get("/Units", "M")) in ("FT", "USSURVEYFOOT") else {"units": "m"}
    return crs_of({"proj": _PROJECTIONS[kind], **stated, **datum, **unit}, "the PDF")


def _datum(told: Any) -> Mapping[str, object]:
    if isinstance(told, pikepdf.Dictionary):
        ellipsoid = told.get("/Ellipsoid")
        if isinstance(ellipsoid, pikepdf.Dictionary) and "/ToWGS84" not in told:
            axis, flattening = (float(str(ellipsoid[key])) for key in ("/SemiMajorAxis", "/InvFlattening"))
            # A datum of our days on this ellipsoid is within a metre of WGS 84; an old one would have to say.
            if abs(axis - 6378137) < 1 and abs(flattening - 298.257) < 0.01:
                return {"a": axis, "rf": flattening, "towgs84": "0,0,0"}
        raise GeoreferenceError("the PDF's datum is not known", remedy=_REMEDY)
    if str(told) not in _DATUMS:
        raise GeoreferenceError(f"the PDF's datum {told!s} is not known", remedy=_REMEDY)
    return {"datum": _DATUMS[str(told)]}


def _affine(places: Array, ground: Array) -> Array:
    """Return the matrix (2, 3) that puts places (n, 2) on the ground."""
    if len(places) < 3 or np.linalg.matrix_rank(places - places.mean(axis=0), tol=1e-9) < 2:
        raise GeoreferenceError("the PDF's own georeference has too few corners", remedy=_REMEDY)
    design = np.column_stack([places, np.ones(len(places))])
    matrix = np.linalg.lstsq(design, ground, rcond=None)[0].T
    off = np.abs(design @ matrix.T - ground).max()
    if not off <= _MOST_OFF * np.ptp(ground, axis=0).max():
        raise GeoreferenceError("the corners of the PDF's own georeference don't agree", remedy=_REMEDY)
    return np.asarray(matrix, dtype=np.float64)


def _numbers(values: Any) -> Array:
    numbers = np.array([float(str(value)) for value in values], dtype=np.float64)
    if not np.isfinite(numbers).all():
        raise GeoreferenceError("the PDF's own georeference holds no numbers", remedy=_REMEDY)
    return numbers


def _area(corners: Array) -> float:
    return float(np.ptp(corners, axis=0).prod())
