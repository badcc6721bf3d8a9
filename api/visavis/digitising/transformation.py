"""Maps from the sheet to the ground, fitted by least squares, with their covariance.

The least sum of squared distances on the ground is sought, not an algebraic error (Hartley and Zisserman,
Multiple View Geometry, 2nd ed., §4.2); the covariance of the parameters is σ² (JᵀJ)⁻¹, carried to a place by
the map's derivative there (ibid., §5.2). Maps without parameters, that pass through their points, are splines.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import least_squares

from visavis.digitising.forms import FORMS
from visavis.digitising.spline import KERNELS, Spline, fit_spline

Array = NDArray[np.float64]

# Fewer points than this do not fix such a map; a spline through three is the affine map.
LEAST_POINTS: Final = {**{kind: form.least for kind, form in FORMS.items()}, **dict.fromkeys(KERNELS, 3)}


# A point whose own share of its place is all but this is needed to fix the map.
_LEAST_FREE: Final = 1e-6


class Transformation(Protocol):
    """A map from sheet coordinates to metres, with the error that its control points leave.

    `spread_m` times the covariances below, which are those of unit spread, gives metres; it rests on
    `spare` degrees of freedom and is NaN where there are none. A control point itself scatters around the
    map with the variance spread_m² · `nugget` along each axis.
    """

    @property
    def kind(self) -> str: ...
    @property
    def spread_m(self) -> float: ...
    @property
    def spare(self) -> int: ...
    @property
    def nugget(self) -> float: ...

    def __call__(self, sheet: Array) -> Array:
        """Return ground coordinates (n, 2) in metres of sheet coordinates (n, 2)."""

    def jacobian(self, sheet: Array) -> Array:
        """Return the derivative (n, 2, 2) of ground coordinates by sheet coordinates, metres per unit."""

    def place_covariance(self, sheet: Array) -> Array:
        """Return the covariance (n, 2, 2) of ground places at unit spread."""

    def direction_variance(self, sheet: Array, towards: Array) -> Array:
        """Return the variance (n,), rad², of the ground direction of sheet vectors (n, 2), as above."""

    def left_out(self, sheet: Array, ground: Array) -> Array:
        """Return where the fitted points (n, 2) lie from where the others would put each, metres.

        NaN where the others don't fix the map.
        """


@dataclass(frozen=True, eq=False)
class Fitted:
    """A map of one of the `FORMS`.

    Parameters
    ----------
    kind : str
    parameters : array (p,)
        On scaled coordinates: scaled = (value − centre) / scale.
    unit_covariance : array (p, p)
        (JᵀJ)⁻¹; times the variance of a control point on the ground it is the parameters' covariance.
    spread_m : float
        Standard deviation of a control point along each axis.
    """

    kind: str
    parameters: Array
    sheet_centre: Array
    sheet_scale: float
    ground_centre: Array
    ground_scale: float
    unit_covariance: Array
    spread_m: float
    spare: int
    nugget: float = 1.0

    def __call__(self, sheet: Array) -> Array:
        scaled = FORMS[self.kind].at(self.parameters, self._scaled(sheet))
        return scaled * self.ground_scale + self.ground_centre

    def jacobian(self, sheet: Array) -> Array:
        slopes = FORMS[self.kind].by_place(self.parameters, self._scaled(sheet))
        return slopes * (self.ground_scale / self.sheet_scale)

    def place_covariance(self, sheet: Array) -> Array:
        by_parameter = FORMS[self.kind].by_parameter(self.parameters, self._scaled(sheet))
        return by_parameter @ self.unit_covariance @ np.swapaxes(by_parameter, 1, 2)

    def direction_variance(self, sheet: Array, towards: Array) -> Array:
        step = 1e-5
        turns = []
        base = self._bearing(self.parameters, sheet, towards)
        for index in range(len(self.parameters)):
            nudged = self.parameters.copy()
            nudged[index] += step
            difference = self._bearing(nudged, sheet, towards) - base
            turns.append((np.mod(difference + np.pi, 2 * np.pi) - np.pi) / step)
        by_parameter = np.stack(turns, axis=1)
        covariance = self.unit_covariance / self.ground_scale**2
        return np.asarray(np.einsum("ni,ij,nj->n", by_parameter, covariance, by_parameter))

    def left_out(self, sheet: Array, ground: Array) -> Array:
        own = np.eye(2) - self.place_covariance(sheet)
        fixed = np.linalg.det(own) > _LEAST_FREE
        apart = np.full(ground.shape, np.nan)
        residual = (ground - self(sheet))[fixed, :, None]
        apart[fixed] = np.linalg.solve(own[fixed], residual)[..., 0]
        return apart

    def _bearing(self, parameters: Array, sheet: Array, towards: Array) -> Array:
        vector = np.einsum("nij,nj->ni", replace(self, parameters=parameters).jacobian(sheet), towards)
        return np.asarray(np.arctan2(vector[:, 0], vector[:, 1]))

    def _scaled(self, sheet: Array) -> Array:
        return (np.atleast_2d(sheet) - self.sheet_centre) / self.sheet_scale


def fit(kind: str, sheet: Array, ground: Array) -> Transformation:
    """Return the map of that kind with the least sum of squared distances on the ground.

    Parameters
    ----------
    kind : str
        One of `FORMS` or `KERNELS`.
    sheet, ground : array (n, 2)
        Corresponding places, sheet units and metres: at least `LEAST_POINTS[kind]`, not all on a line.
    """
    if kind in KERNELS:
        return fit_spline(kind, sheet, ground)
    form = FORMS[kind]
    sheet_centre, ground_centre = sheet.mean(axis=0), ground.mean(axis=0)
    sheet_scale, ground_scale = _scale(sheet - sheet_centre), _scale(ground - ground_centre)
    p, q = (sheet - sheet_centre) / sheet_scale, (ground - ground_centre) / ground_scale
    parameters = _projective(p, q) if kind == "projective" else _least_squares(kind, p, q)
    jacobian = form.by_parameter(parameters, p).reshape(-1, form.parameters)
    spare = max(0, 2 * len(p) - form.parameters)
    misfit = float(((form.at(parameters, p) - q) ** 2).sum())
    return Fitted(
        kind,
        parameters,
        sheet_centre,
        sheet_scale,
        ground_centre,
        ground_scale,
        np.asarray(np.linalg.pinv(jacobian.T @ jacobian), dtype=np.float64),
        float(np.sqrt(misfit / spare)) * ground_scale if spare else float("nan"),
        spare,
    )


def _least_squares(kind: str, p: Array, q: Array) -> Array:
    form = FORMS[kind]
    design = form.by_parameter(np.zeros(form.parameters), p).reshape(-1, form.parameters)
    return np.asarray(np.linalg.lstsq(design, q.ravel(), rcond=None)[0], dtype=np.float64)


def _projective(p: Array, q: Array) -> Array:
    form = FORMS["projective"]

    def misfit(v: Array) -> Array:
        return np.asarray(form.at(v, p) - q, dtype=np.float64).ravel()

    def by_parameter(v: Array) -> Array:
        return form.by_parameter(v, p).reshape(-1, len(v))

    start = np.concatenate([_least_squares("affine", p, q), [0.0, 0.0]])
    solved = least_squares(misfit, start, by_parameter, xtol=1e-14, ftol=1e-14, gtol=1e-14)
    return np.asarray(solved.x, dtype=np.float64)


def _scale(centred: Array) -> float:
    return float(np.sqrt((centred**2).sum(axis=1).mean())) or 1.0


__all__ = ["LEAST_POINTS", "Fitted", "Spline", "Transformation", "fit"]
