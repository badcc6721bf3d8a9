"""A sheet's control points as corrections leave them, and the map that they give, in pixels of its picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from visavis.digitising import Annotation, ControlPoint, Georeference, georeference, write_annotation
from visavis.digitising.backwards import drawn_deg, on_sheet
from visavis.digitising.corrections import Correction, numbered_points
from visavis.digitising.page_pictures import PagePicture
from visavis.model.errors import VisavisError
from visavis.model.findings import Finding
from visavis.readers.dossier import Sheet

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Grounded:
    """A sheet on the ground.

    Parameters
    ----------
    annotation : Annotation
        With the points that stand now.
    numbers : tuple of int
        Of each of its points.
    of_file : frozenset of int
        Numbers of the points that the sheet's own file has.
    fixed : Georeference or None
        None where the points don't fix it, as `error` says.
    findings : tuple of Finding
    px : float
        Pixels of the page picture a sheet unit.
    per_point : (float, float)
        Sheet units a unit in which the annotation has its points, across and down.
    size : (float, float) or None
        Of the sheet, in its units.
    """

    annotation: Annotation
    numbers: tuple[int, ...]
    of_file: frozenset[int]
    fixed: Georeference | None
    error: VisavisError | None
    findings: tuple[Finding, ...]
    px: float
    per_point: tuple[float, float]
    size: tuple[float, float] | None

    @cached_property
    def georef(self) -> Mapping[str, Any]:
        """The Georeference Annotation that a build reads the sheet with."""
        return write_annotation(self.annotation)

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Return longitude and latitude of a pixel of the page picture."""
        longitude, latitude = self._fixed.place(self._units(x, y))[0]
        return float(longitude), float(latitude)

    def position_sd_m(self, x: float, y: float, picked_px: float) -> float:
        """Return the error of a place picked there to so many pixels."""
        return float(self._fixed.position_sd_m(self._units(x, y), picked_px / self.px)[0])

    def pixel(self, longitude: float, latitude: float) -> tuple[float, float] | None:
        """Return where a place lies on the page picture; None where it doesn't."""
        x, y = on_sheet(self._fixed, np.array([[longitude, latitude]]))[0] * self.px
        return (float(x), float(y)) if np.isfinite([x, y]).all() else None

    def azimuth_deg(self, x: float, y: float, sheet_deg: float) -> float:
        """Return the azimuth of a direction drawn at a pixel, clockwise from the sheet's up."""
        return float(self._fixed.azimuth_deg(self._units(x, y), np.array([sheet_deg]))[0])

    def drawn_deg(self, x: float, y: float, azimuth_deg: float) -> float:
        """Return how an azimuth is drawn at a pixel, clockwise from the sheet's up."""
        return float(drawn_deg(self._fixed, self._units(x, y), np.array([azimuth_deg]))[0])

    def point_px(self, point: ControlPoint) -> tuple[float, float]:
        """Return the pixel of a control point of the annotation."""
        return point.x * self.per_point[0] * self.px, point.y * self.per_point[1] * self.px

    def point_units(self, x: float, y: float) -> tuple[float, float]:
        """Return a pixel as the annotation's own coordinates."""
        return x / self.px / self.per_point[0], y / self.px / self.per_point[1]

    @property
    def _fixed(self) -> Georeference:
        if self.fixed is None:
            raise self.error or VisavisError("the sheet has no control points", remedy="Set at least three")
        return self.fixed

    def _units(self, x: float, y: float) -> Array:
        return np.array([[x, y]], dtype=np.float64) / self.px


def grounded(sheet: Sheet, corrections: Sequence[Correction], picture: PagePicture | None) -> Grounded:
    """Return a sheet on the ground by its control points and a person's corrections of them.

    Raises
    ------
    GeoreferenceError
        Where its annotation can't be read at all.
    """
    name = sheet.file.name
    numbered = numbered_points(sheet.georef, name, corrections)
    of_file = frozenset(range(1, 1 + len(numbered_points(sheet.georef, name, ()).points)))
    fixed = fit(numbered.annotation, picture)
    return Grounded(
        numbered.annotation,
        tuple(sorted(numbered.points)),
        of_file,
        fixed[0],
        fixed[1],
        (*numbered.findings, *fixed[2]),
        1.0 if picture is None else picture.px_per_unit,
        _per_point(numbered.annotation, picture),
        None if picture is None else _size(picture),
    )


def fit(
    annotation: Annotation, picture: PagePicture | None
) -> tuple[Georeference | None, VisavisError | None, tuple[Finding, ...]]:
    """Return the map that control points give, or why they give none, and what is doubtful in them."""
    try:
        fixed, findings = georeference(annotation, size=None if picture is None else _size(picture))
    except VisavisError as error:
        return None, error, ()
    return fixed, None, findings


def _size(picture: PagePicture) -> tuple[float, float]:
    return picture.width / picture.px_per_unit, picture.height / picture.px_per_unit


def _per_point(annotation: Annotation, picture: PagePicture | None) -> tuple[float, float]:
    if picture is None or annotation.width is None or annotation.height is None:
        return 1.0, 1.0
    width, height = _size(picture)
    across, down = width / annotation.width, height / annotation.height
    # As `georeference` scales them: sizes that programs rounded are the same size.
    if abs(across - 1) * annotation.width < 1.5 and abs(down - 1) * annotation.height < 1.5:
        return 1.0, 1.0
    return across, down
