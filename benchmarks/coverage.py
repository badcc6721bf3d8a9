"""Whether stated errors hold as often as they say, were a sheet's control points picked anew many times.

The cameras of one sheet err together: a point picked a pixel off shifts them all. So the share of one sheet's errors
within their bounds is near 1 or far below it, and a few sheets tell little. Here the errors of reading are those that
were made, and the control points are picked again and again, as scattered as the given ones.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray
from scipy import special

from visavis.digitising.annotation import Annotation, ControlPoint, annotation_for, read_annotations
from visavis.digitising.georeferencing import Georeference, georeference
from visavis.digitising.scoring import matched
from visavis.model.angles import turn_deg
from visavis.model.crs import local_crs
from visavis.model.errors import GeoreferenceError
from visavis.readers.cameras import read_points

Array = NDArray[np.float64]

_TIMES: Final = 40
_SEED: Final = 20261130
_WITHIN_95_PLANE: Final = float(np.sqrt(special.chdtri(2, 0.05)))
_WITHIN_95_LINE: Final = float(special.ndtri(0.975))


@dataclass(frozen=True)
class Coverage:
    """Shares of errors within their 95 % bounds; None where nothing states any."""

    position: float | None = None
    direction: float | None = None


def picked_anew(sheet: Path, rendering: str, read: gpd.GeoDataFrame, times: int = _TIMES) -> Coverage:
    """Return how often stated errors hold over many picks of a rendering's control points.

    Parameters
    ----------
    sheet : Path
        Folder with the truth and the rendering's control points.
    rendering : str
    read : GeoDataFrame in CRS84
        Its cameras with stated errors.
    times : int
        How often the points are picked.
    """
    truth, drawn = read_points(sheet / "truth.geojson"), _drawn(sheet / "truth.geojson", rendering)
    rows, columns, _ = matched(truth, read)
    true, told = truth.iloc[rows].reset_index(drop=True), read.iloc[columns].reset_index(drop=True)
    on_sheet = drawn[rows]
    file = sheet / f"{rendering}.georef.json"
    given = annotation_for(read_annotations(json.loads(file.read_text("utf-8"))), file.name)
    exact = _through(drawn, truth.geometry)
    fitted, _ = georeference(given)
    crs = local_crs(true.geometry.x, true.geometry.y)
    # What reading itself did wrong: what is left when the fit's own error is taken away.
    misread = _metres(told.geometry.to_crs(crs)) - _on_ground(fitted, on_sheet, crs)
    reading_variance = _numbers(told, "position_sd_m") ** 2 - fitted.position_sd_m(on_sheet) ** 2
    turned = _Turned.of(exact, fitted, on_sheet, _numbers(true, "azimuth_deg"), told)
    rng = np.random.default_rng(_SEED)
    places, directions = [], []
    for _ in range(times):
        try:
            again, _ = georeference(_picked(given, exact, fitted, rng))
        except GeoreferenceError:  # mirrored or on a line, by chance
            continue
        error = np.hypot(*(_on_ground(again, on_sheet, crs) - _on_ground(exact, on_sheet, crs) + misread).T)
        sd = np.sqrt(again.position_sd_m(on_sheet) ** 2 + np.maximum(reading_variance, 0.0))
        places.append(_share(error, _WITHIN_95_PLANE * sd))
        directions.append(turned.covered(again))
    return Coverage(_mean(places), _mean(directions))


@dataclass(frozen=True, eq=False)
class _Turned:
    """Directions of the truth on the sheet, and what reading did wrong with them."""

    on_sheet: Array
    towards: Array
    azimuth: Array
    misread: Array
    reading_variance: Array

    @classmethod
    def of(
        cls,
        exact: Georeference,
        fitted: Georeference,
        on_sheet: Array,
        azimuth: Array,
        told: gpd.GeoDataFrame,
    ) -> _Turned:
        read, sd = _numbers(told, "azimuth_deg"), _numbers(told, "azimuth_sd_deg")
        known = np.isfinite(azimuth) & np.isfinite(read) & np.isfinite(sd)
        on_sheet, azimuth = on_sheet[known], azimuth[known]
        towards = azimuth - exact.rotation_deg(on_sheet)
        misread = turn_deg(fitted.azimuth_deg(on_sheet, towards), read[known])
        variance = sd[known] ** 2 - fitted.azimuth_sd_deg(on_sheet, towards) ** 2
        return cls(on_sheet, towards, azimuth, misread, np.maximum(variance, 0.0))

    def covered(self, again: Georeference) -> float | None:
        error = turn_deg(self.azimuth, again.azimuth_deg(self.on_sheet, self.towards)) + self.misread
        sd = np.sqrt(again.azimuth_sd_deg(self.on_sheet, self.towards) ** 2 + self.reading_variance)
        return _share(np.abs(error), _WITHIN_95_LINE * sd)


def _drawn(file: Path, rendering: str) -> Array:
    """Return where a truth's cameras are drawn on a rendering (n, 2), in the file's order."""
    features = json.loads(file.read_text("utf-8"))["features"]
    return np.array([each["properties"]["sheet_xy"][rendering] for each in features], dtype=np.float64)


def _through(drawn: Array, places: gpd.GeoSeries) -> Georeference:
    """Return the true map of a sheet: through all true places."""
    points = tuple(
        ControlPoint(float(x), float(y), float(longitude), float(latitude))
        for (x, y), longitude, latitude in zip(drawn, places.x, places.y, strict=True)
    )
    return georeference(Annotation(points))[0]


def _picked(
    given: Annotation, exact: Georeference, fitted: Georeference, rng: np.random.Generator
) -> Annotation:
    """Return control points picked anew, as scattered as the given ones are about their own fit."""
    at = np.array([(point.x, point.y) for point in given.points], dtype=np.float64)
    metres = np.sqrt(np.abs(np.linalg.det(fitted.transformation.jacobian(at))))
    meant = exact.place(at + rng.normal(0.0, 1.0, at.shape) * (fitted.spread_m / metres)[:, None])
    points = tuple(
        replace(point, longitude=float(longitude), latitude=float(latitude))
        for point, (longitude, latitude) in zip(given.points, meant, strict=True)
    )
    return replace(given, points=points)


def _on_ground(fixed: Georeference, on_sheet: Array, crs: Any) -> Array:
    longitude, latitude = fixed.place(on_sheet).T
    return _metres(gpd.GeoSeries(gpd.points_from_xy(longitude, latitude), crs="OGC:CRS84").to_crs(crs))


def _metres(places: gpd.GeoSeries) -> Array:
    return np.column_stack([places.x, places.y])


def _numbers(frame: gpd.GeoDataFrame, column: str) -> Array:
    return np.asarray(frame[column].astype(float), dtype=np.float64)


def _share(error: Array, bound: Array) -> float | None:
    stated = np.isfinite(bound) & (bound > 0)
    return float((error[stated] <= bound[stated]).mean()) if stated.any() else None


def _mean(shares: list[float | None]) -> float | None:
    known = [share for share in shares if share is not None]
    return float(np.mean(known)) if known else None
