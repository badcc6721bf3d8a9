"""From the sheet to the ground: control points in, a map with its error everywhere out.

The points are fitted in a local metric CRS by an affine and, with five points or more, a projective map; the
one that better foretells points left out of the fit is taken. What a map says of a place beyond its control
points is less sure than between them: the error is propagated, not one figure for the sheet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyproj
from numpy.typing import NDArray
from scipy import stats

from visavis.digitising.annotation import Annotation, ControlPoint
from visavis.digitising.checking import best_kind, left_out_errors, on_a_line, without_outliers
from visavis.digitising.transformation import PARAMETERS, Transformation, fit
from visavis.digitising.words import WORDS
from visavis.model.angles import azimuth_of, wrap_deg
from visavis.model.crs import STORED_CRS, grid_convergence_deg, local_crs
from visavis.model.errors import GeoreferenceError, InputError
from visavis.model.findings import Finding, raised

Array = NDArray[np.float64]

# Where no point is to spare, the scatter can't be measured: a person picks to about one unit on the sheet.
_PICKED_TO_UNITS: Final = 1.0
# Sheets that Allmaps would draw with these maps are well served by an affine or projective one.
_FITTED: Final = {"helmert", "projective", "polynomial"}
_WITHIN_95_PLANE: Final = float(np.sqrt(stats.chi2.ppf(0.95, 2)))
_WITHIN_95_LINE: Final = float(stats.norm.ppf(0.975))


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
    noise_sd_m : float
        Standard deviation of a control point along each axis.
    spare : int
        Degrees of freedom that `noise_sd_m` rests on; 0 where it is assumed.
    """

    points: tuple[ControlPoint, ...]
    used: NDArray[np.bool_]
    crs: pyproj.CRS
    transformation: Transformation
    residual_m: Array
    left_out_m: Array
    noise_sd_m: float
    spare: int

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
        fitted = np.trace(covariance, axis1=1, axis2=2) / 2 * self.noise_sd_m**2
        widened = fitted * self._widening(2) ** 2
        metres = np.sqrt(np.abs(np.linalg.det(self.transformation.jacobian(sheet))))
        return np.asarray(np.sqrt(widened + (np.asarray(sheet_sd) * metres) ** 2))

    def azimuth_deg(self, sheet: Array, points_to_deg: Array) -> Array:
        """Return the azimuth from true north (n,) of directions on the sheet, clockwise from its up."""
        vector = np.einsum("nij,nj->ni", self.transformation.jacobian(sheet), _towards(points_to_deg))
        longitude, latitude = self.place(sheet).T
        grid = azimuth_of(vector[:, 0], vector[:, 1])
        return wrap_deg(grid - grid_convergence_deg(self.crs, longitude, latitude))

    def azimuth_sd_deg(self, sheet: Array, points_to_deg: Array, sheet_sd_deg: Array | float = 0.0) -> Array:
        """Return the standard deviation (n,) of `azimuth_deg`; `sheet_sd_deg` is that of the drawn one."""
        variance = self.transformation.direction_variance(sheet, _towards(points_to_deg))
        turned = np.degrees(np.sqrt(variance)) * self.noise_sd_m * self._widening(1)
        return np.asarray(np.hypot(turned, sheet_sd_deg))

    def rotation_deg(self, sheet: Array) -> Array:
        """Return the azimuth from true north (n,) of the sheet's up."""
        return self.azimuth_deg(sheet, np.zeros(len(sheet)))

    def _widening(self, dimensions: int) -> float:
        if self.spare == 0:
            return 1.0
        if dimensions == 1:
            return float(stats.t.ppf(0.975, self.spare)) / _WITHIN_95_LINE
        return float(np.sqrt(2 * stats.f.ppf(0.95, 2, self.spare))) / _WITHIN_95_PLANE


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
    points, findings = _scaled(annotation, size)
    sheet, ground, crs = _measured(points)
    used, doubts = without_outliers(sheet, ground)
    findings += doubts
    kind = best_kind(sheet[used], ground[used])
    transformation = fit(kind, sheet[used], ground[used])
    _refuse_mirrored(transformation, sheet[used])
    residual = np.hypot(*(transformation(sheet) - ground).T)
    spare = 2 * int(used.sum()) - PARAMETERS[kind]
    if spare > 0:
        noise = float(np.sqrt((residual[used] ** 2).sum() / spare))
    else:
        scale = np.sqrt(abs(np.linalg.det(transformation.jacobian(sheet[used]).mean(axis=0))))
        noise = float(_PICKED_TO_UNITS * scale)
        findings.append(raised(WORDS, "sheet.georeference-unchecked", points=int(used.sum())))
    if annotation.transformation is not None and not _is_fitted(annotation):
        findings.append(raised(WORDS, "sheet.transformation-replaced", asked=_asked(annotation), used=kind))
    left_out = left_out_errors(kind, sheet, ground, used)
    return (
        Georeference(points, used, crs, transformation, residual, left_out, noise, spare),
        tuple(findings),
    )


def _scaled(
    annotation: Annotation, size: tuple[float, float] | None
) -> tuple[tuple[ControlPoint, ...], list[Finding]]:
    if size is None or annotation.width is None or annotation.height is None:
        return annotation.points, []
    across, down = size[0] / annotation.width, size[1] / annotation.height
    # Programs round a page's size to whole points.
    if abs(across - 1) * annotation.width < 1.5 and abs(down - 1) * annotation.height < 1.5:
        return annotation.points, []
    if abs(across / down - 1) > 0.01:
        raise GeoreferenceError(
            f"the control points were picked on {annotation.width:g} × {annotation.height:g}, "
            f"the sheet is {size[0]:.0f} × {size[1]:.0f}",
            remedy="Pick them on this sheet, unturned and uncropped",
        )
    scaled = tuple(
        ControlPoint(p.x * across, p.y * down, p.longitude, p.latitude, p.name) for p in annotation.points
    )
    found = raised(
        WORDS,
        "sheet.georeference-scaled",
        width=annotation.width,
        height=annotation.height,
        factor=round(across, 4),
    )
    return scaled, [found]


def _measured(points: Sequence[ControlPoint]) -> tuple[Array, Array, pyproj.CRS]:
    if len(points) < 3:
        raise GeoreferenceError(
            f"{len(points)} control point{'' if len(points) == 1 else 's'}; at least three are needed",
            remedy="Pick at least four, well apart, better ten",
        )
    sheet = np.array([(p.x, p.y) for p in points], dtype=np.float64)
    longitude, latitude = (np.array([getattr(p, c) for p in points]) for c in ("longitude", "latitude"))
    try:
        crs = local_crs(longitude, latitude)
    except InputError as far:
        raise GeoreferenceError(
            f"the control points: {far.what}", remedy="Check longitude and latitude of each"
        ) from None
    x, y = pyproj.Transformer.from_crs(STORED_CRS, crs, always_xy=True).transform(longitude, latitude)
    ground = np.column_stack([x, y])
    for places, where in ((sheet, "sheet"), (ground, "ground")):
        if on_a_line(places):
            raise GeoreferenceError(
                f"the control points lie on a line on the {where}, or nearly",
                remedy="Add one well away from the line",
            )
    return sheet, ground, crs


def _refuse_mirrored(transformation: Transformation, sheet: Array) -> None:
    # The sheet's y runs down, the ground's up: an unmirrored map turns the sense round.
    if (np.linalg.det(transformation.jacobian(sheet)) >= 0).any():
        raise GeoreferenceError(
            "the control points mirror the sheet",
            remedy="Check that y runs down and that longitude stands before latitude",
        )


def _is_fitted(annotation: Annotation) -> bool:
    return annotation.transformation in _FITTED and annotation.order in (None, 1)


def _asked(annotation: Annotation) -> str:
    order = "" if annotation.order is None else f" of order {annotation.order}"
    return f"{annotation.transformation}{order}"


def _towards(points_to_deg: Array) -> Array:
    angle_rad = np.radians(np.asarray(points_to_deg, dtype=np.float64))
    return np.column_stack([np.sin(angle_rad), -np.cos(angle_rad)])


def _to_stored(crs: pyproj.CRS) -> pyproj.Transformer:
    return pyproj.Transformer.from_crs(crs, STORED_CRS, always_xy=True)
