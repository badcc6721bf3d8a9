"""From the sheet to the ground: control points in, a map with its error everywhere out.

The points are fitted in a local metric CRS; of affine, projective and polynomial maps and a thin-plate spline
the one that best foretells points left out of the fit is taken. What a map says of a place beyond its control
points is less sure than between them: the error is propagated, not one figure for the sheet.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import numpy as np
import pyproj
from numpy.typing import NDArray
from scipy import special

from visavis.digitising.annotation import PROPOSED, Annotation, ControlPoint, kind_of_map
from visavis.digitising.choosing import Choice, choose, left_out_errors
from visavis.digitising.measuring import Measured, at_size, measure
from visavis.digitising.outliers import find_outliers
from visavis.digitising.transformation import LEAST_POINTS, Transformation, fit
from visavis.digitising.words import WORDS
from visavis.model.angles import azimuth_of, wrap_deg
from visavis.model.crs import STORED_CRS, grid_convergence_deg
from visavis.model.errors import GeoreferenceError
from visavis.model.findings import Finding, raised

Array = NDArray[np.float64]

# Where no point is to spare, the scatter can't be measured: a person picks to about one unit on the sheet.
_PICKED_TO_UNITS: Final = 1.0
# What a person may have done, by the code of the finding that says so.
_GUESSED: Final = {
    None: "sheet.control-point-outlier",
    "swapped": "sheet.control-points-swapped",
    "x-y": "sheet.control-point-x-y",
    "upward": "sheet.control-point-upward",
    "lon-lat": "sheet.control-point-lon-lat",
    "east-west": "sheet.control-point-east-west",
    "north-south": "sheet.control-point-north-south",
}
_UNCHECKED: Final = "position_sd_m=control-points-picked-to-one-unit"
_PROPOSED: Final = "position_sd_m=proposed-control-points-not-confirmed"
_STATED: Final = "position_sd_m=own-georeference-exact-to-a-quarter-unit"
_WITHIN_95_PLANE: Final = float(np.sqrt(special.chdtri(2, 0.05)))
_WITHIN_95_LINE: Final = float(special.ndtri(0.975))


@dataclass(frozen=True, eq=False)
class Georeference:
    """A sheet fixed to the ground.

    Parameters
    ----------
    points : tuple of ControlPoint
        All that were given.
    used : array of bool (n,)
        Which of them were fitted; outliers are not.
    crs : pyproj.CRS
        Local and metric.
    transformation : Transformation
        From sheet coordinates to `crs`.
    residual_m : array (n,)
        Distance of each point from where the map puts it.
    left_out_m : array (n,)
        Distance from where the map of the other points puts it; NaN where there are too few others.
    spread_m : float
        What the covariances of `transformation` are multiplied by: for a map with parameters the standard
        deviation of a control point along each axis.
    spare : int
        Degrees of freedom that `spread_m` rests on; 0 where it is assumed.
    choice : Choice
        How well each form of map foretells left-out points.
    origin : str, optional
        What of the sheet's own file fixes it, where no person picked the points: `GeoPDF`, `GeoTIFF` …
    stated_sd_m : float
        Standard deviation of the whole sheet, along each axis; 0 where the points were picked one by one.
    """

    points: tuple[ControlPoint, ...]
    used: NDArray[np.bool_]
    crs: pyproj.CRS
    transformation: Transformation
    residual_m: Array
    left_out_m: Array
    spread_m: float
    spare: int
    choice: Choice
    origin: str | None = None
    stated_sd_m: float = 0.0

    @property
    def assumed(self) -> str | None:
        """The rule that gave the error of its places, where that could not be measured."""
        if self.origin == PROPOSED:
            return _PROPOSED
        if self.origin is not None:
            return _STATED
        return None if self.spare else _UNCHECKED

    @property
    def leave_one_out_m(self) -> float:
        """Root mean square of `left_out_m` over the points used; NaN where none could be left out."""
        errors = self.left_out_m[self.used]
        return float(np.sqrt(np.mean(errors**2))) if np.isfinite(errors).all() else float("nan")

    def place(self, sheet: Array) -> Array:
        """Return longitude and latitude (n, 2) of sheet coordinates (n, 2)."""
        x, y = self.transformation(sheet).T
        return np.column_stack(_to_stored(self.crs).transform(x, y))

    def position_sd_m(self, sheet: Array, sheet_sd: Array | float = 0.0) -> Array:
        """Return the standard deviation (n,) of placed sheet coordinates along each axis, metres.

        Few points to spare make the noise itself unsure; the deviation is widened so that 2.45 of it
        hold 95 % of the errors, as they do for a known one (Fisher's F for two dimensions).

        Parameters
        ----------
        sheet : array (n, 2)
        sheet_sd : float or array (n,)
            Of the sheet coordinates themselves, along each axis.
        """
        covariance = self.transformation.place_covariance(sheet)
        fitted = np.trace(covariance, axis1=1, axis2=2) / 2 * self.spread_m**2
        widened = fitted * self._widening(2) ** 2
        metres = np.sqrt(np.abs(np.linalg.det(self.transformation.jacobian(sheet))))
        whole = self.stated_sd_m**2
        return np.asarray(np.sqrt(widened + whole + (np.asarray(sheet_sd) * metres) ** 2))

    def azimuth_deg(self, sheet: Array, points_to_deg: Array) -> Array:
        """Return the azimuth from true north (n,) of directions on the sheet, clockwise from its up."""
        vector = np.einsum("nij,nj->ni", self.transformation.jacobian(sheet), _towards(points_to_deg))
        longitude, latitude = self.place(sheet).T
        grid = azimuth_of(vector[:, 0], vector[:, 1])
        return wrap_deg(grid - grid_convergence_deg(self.crs, longitude, latitude))

    def azimuth_sd_deg(self, sheet: Array, points_to_deg: Array, sheet_sd_deg: Array | float = 0.0) -> Array:
        """Return the standard deviation (n,) of `azimuth_deg`; `sheet_sd_deg` is that of the drawn one."""
        variance = self.transformation.direction_variance(sheet, _towards(points_to_deg))
        turned = np.degrees(np.sqrt(variance)) * self.spread_m * self._widening(1)
        return np.asarray(np.hypot(turned, sheet_sd_deg))

    def rotation_deg(self, sheet: Array) -> Array:
        """Return the azimuth from true north (n,) of the sheet's up."""
        return self.azimuth_deg(sheet, np.zeros(len(sheet)))

    def _widening(self, dimensions: int) -> float:
        if self.spare == 0:
            return 1.0
        if dimensions == 1:
            return float(special.stdtrit(self.spare, 0.975)) / _WITHIN_95_LINE
        return float(np.sqrt(2 * special.fdtri(2, self.spare, 0.95))) / _WITHIN_95_PLANE


def georeference(
    annotation: Annotation, *, size: tuple[float, float] | None = None
) -> tuple[Georeference, tuple[Finding, ...]]:
    """Return the map from a sheet to the ground, and what is doubtful in its control points.

    Parameters
    ----------
    annotation : Annotation
    size : (width, height), optional
        Of the sheet as it is read. Where the points were picked on a picture of another size but the
        same proportions, they are scaled to it.

    Raises
    ------
    GeoreferenceError
        Where there are fewer than three points, all lie on a line, or the sheet would be mirrored.
    """
    points, findings = at_size(annotation, size)
    measured = measure(points, annotation.height if size is None else size[1])
    sheet, ground = measured.sheet, measured.ground
    used, doubts = _fitting(measured)
    findings += doubts
    asked = kind_of_map(annotation)
    choice = choose(sheet[used], ground[used], asked)
    findings += _chosen(annotation, asked, choice, int(used.sum()))
    transformation = fit(choice.kind, sheet[used], ground[used])
    _refuse_mirrored(transformation, sheet[used])
    spread = _spread_m(transformation, sheet[used])
    stated = annotation.stated_sd_m or 0.0
    if not transformation.spare and annotation.origin is None:
        findings.append(raised(WORDS, "sheet.georeference-unchecked", points=int(used.sum())))
    if annotation.origin == PROPOSED:
        findings.append(raised(WORDS, "sheet.georeference-proposed", sd_m=round(stated, 2)))
    elif annotation.origin is not None:
        findings.append(
            raised(WORDS, "sheet.own-georeference", origin=annotation.origin, sd_m=round(stated, 2))
        )
    residual = np.hypot(*(transformation(sheet) - ground).T)
    left_out = left_out_errors(choice.kind, sheet, ground, used)
    return (
        Georeference(
            points,
            used,
            measured.crs,
            transformation,
            residual,
            left_out,
            spread,
            transformation.spare,
            choice,
            annotation.origin,
            stated,
        ),
        tuple(findings),
    )


def _fitting(measured: Measured) -> tuple[NDArray[np.bool_], list[Finding]]:
    """Return which points to fit, and a finding for each that is off."""
    used, outliers = find_outliers(measured.sheet, measured.ground, measured.readings, measured.near)
    findings = []
    for each in outliers:
        code = _GUESSED[each.guess]
        figures: dict[str, Any] = {"point": each.point + 1, "off_m": round(each.off_m, 1)}
        if each.other is not None:
            figures["other"] = each.other + 1
        findings.append(raised(WORDS, code, f"control point {each.point + 1}", **figures))
    return used, findings


def _chosen(annotation: Annotation, asked: str | None, choice: Choice, count: int) -> list[Finding]:
    """Return why a form of map was taken, where it is not the one asked for or not the plainest."""
    foretold: Mapping[str, float] = choice.foretold_m
    told: dict[str, Any] = {"used": choice.kind}
    if choice.kind in foretold:
        told["used_m"] = round(foretold[choice.kind], 2)
    if annotation.transformation is None:
        if choice.kind == "affine":
            return []
        return [raised(WORDS, "sheet.transformation-chosen", **told, affine_m=round(foretold["affine"], 2))]
    if asked is None:
        return [raised(WORDS, "sheet.transformation-replaced", asked=_asked(annotation), used=choice.kind)]
    if asked == choice.kind:
        return []
    told["asked"] = asked
    if count < LEAST_POINTS[asked]:
        least = LEAST_POINTS[asked]
        return [raised(WORDS, "sheet.transformation-too-few", **told, points=count, least=least)]
    if asked not in foretold:
        return [raised(WORDS, "sheet.transformation-unfit", **told)]
    return [raised(WORDS, "sheet.transformation-bettered", **told, asked_m=round(foretold[asked], 2))]


def _spread_m(transformation: Transformation, sheet: Array) -> float:
    measured = transformation.spread_m
    if np.isfinite(measured):
        return measured
    scale = np.sqrt(abs(np.linalg.det(transformation.jacobian(sheet).mean(axis=0))))
    return float(_PICKED_TO_UNITS * scale)


def _refuse_mirrored(transformation: Transformation, sheet: Array) -> None:
    # The sheet's y runs down, the ground's up: an unmirrored map turns the sense round.
    if (np.linalg.det(transformation.jacobian(sheet)) >= 0).any():
        raise GeoreferenceError(
            "the control points mirror the sheet",
            remedy="Check that y runs down and that longitude stands before latitude",
        )


def _asked(annotation: Annotation) -> str:
    order = "" if annotation.order is None else f" of order {annotation.order}"
    return f"{annotation.transformation}{order}"


def _towards(points_to_deg: Array) -> Array:
    angle_rad = np.radians(np.asarray(points_to_deg, dtype=np.float64))
    return np.column_stack([np.sin(angle_rad), -np.cos(angle_rad)])


@lru_cache(maxsize=16)  # to make one takes longer than to place a sheet's cameras
def _to_stored(crs: pyproj.CRS) -> pyproj.Transformer:
    return pyproj.Transformer.from_crs(crs, STORED_CRS, always_xy=True)
