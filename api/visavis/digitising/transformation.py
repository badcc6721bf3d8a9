"""Affine and projective maps from the sheet to the ground, fitted by least squares, with their covariance.

Both are written x' = (a·x + b·y + c) / (g·x + h·y + 1), y' likewise, on scaled coordinates; the affine map
has g = h = 0. The least sum of squared distances on the ground is sought, not an algebraic error (Hartley and
Zisserman, Multiple View Geometry, 2nd ed., §4.2); the covariance of the parameters is σ² (JᵀJ)⁻¹, carried to
a place by the map's derivative there (ibid., §5.2).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import least_squares

Array = NDArray[np.float64]

PARAMETERS: Final = {"affine": 6, "projective": 8}


@dataclass(frozen=True, eq=False)
class Transformation:
    """A fitted map.

    Parameters
    ----------
    kind : str
        `affine` or `projective`.
    parameters : array (6,) or (8,)
        On scaled coordinates.
    sheet_centre, sheet_scale, ground_centre, ground_scale
        The scaling: scaled = (value − centre) / scale.
    unit_covariance : array (p, p)
        (JᵀJ)⁻¹; times the variance of a control point on the ground it is the parameters' covariance.
    """

    kind: str
    parameters: Array
    sheet_centre: Array
    sheet_scale: float
    ground_centre: Array
    ground_scale: float
    unit_covariance: Array

    def __call__(self, sheet: Array) -> Array:
        """Return ground coordinates (n, 2) in metres of sheet coordinates (n, 2)."""
        scaled = _apply(self.parameters, self._scaled(sheet))
        return scaled * self.ground_scale + self.ground_centre

    def jacobian(self, sheet: Array) -> Array:
        """Return the derivative (n, 2, 2) of ground coordinates by sheet coordinates, metres per unit."""
        at = self._scaled(sheet)
        a, b, _, d, e, _, g, h = _eight(self.parameters)
        w = g * at[:, 0] + h * at[:, 1] + 1
        x, y = _apply(self.parameters, at).T
        rows = np.array([[(a - g * x) / w, (b - h * x) / w], [(d - g * y) / w, (e - h * y) / w]])
        return np.moveaxis(rows, -1, 0) * (self.ground_scale / self.sheet_scale)

    def place_covariance(self, sheet: Array) -> Array:
        """Return the covariance (n, 2, 2) of ground places for control points of unit variance."""
        by_parameter = _by_parameter(self.parameters, self._scaled(sheet))
        return by_parameter @ self.unit_covariance @ np.swapaxes(by_parameter, 1, 2)

    def direction_variance(self, sheet: Array, towards: Array) -> Array:
        """Return the variance (n,), rad², of the ground direction of sheet vectors (n, 2), as above."""
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
        `affine` (at least three points) or `projective` (at least four), not all on a line.
    sheet, ground : array (n, 2)
        Corresponding places; sheet units and metres.
    """
    sheet_centre, ground_centre = sheet.mean(axis=0), ground.mean(axis=0)
    sheet_scale, ground_scale = _scale(sheet - sheet_centre), _scale(ground - ground_centre)
    p, q = (sheet - sheet_centre) / sheet_scale, (ground - ground_centre) / ground_scale
    design = np.column_stack([p, np.ones(len(p))])
    linear = np.linalg.lstsq(design, q, rcond=None)[0]
    parameters = np.concatenate([linear[:, 0], linear[:, 1]])
    if kind == "projective":

        def misfit(v: Array) -> Array:
            return np.asarray(_apply(v, p) - q, dtype=np.float64).ravel()

        def by_parameter(v: Array) -> Array:
            return _by_parameter(v, p).reshape(-1, len(v))

        start = np.concatenate([parameters, [0.0, 0.0]])
        solved = least_squares(misfit, start, by_parameter, xtol=1e-14, ftol=1e-14, gtol=1e-14)
        parameters = np.asarray(solved.x, dtype=np.float64)
    jacobian = _by_parameter(parameters, p).reshape(-1, len(parameters))
    return Transformation(
        kind,
        parameters,
        sheet_centre,
        sheet_scale,
        ground_centre,
        ground_scale,
        np.asarray(np.linalg.pinv(jacobian.T @ jacobian), dtype=np.float64),
    )


def _scale(centred: Array) -> float:
    return float(np.sqrt((centred**2).sum(axis=1).mean())) or 1.0


def _eight(parameters: Array) -> Array:
    return parameters if len(parameters) == 8 else np.concatenate([parameters, [0.0, 0.0]])


def _apply(parameters: Array, at: Array) -> Array:
    a, b, c, d, e, f, g, h = _eight(parameters)
    x, y = at[:, 0], at[:, 1]
    w = g * x + h * y + 1
    return np.column_stack([(a * x + b * y + c) / w, (d * x + e * y + f) / w])


def _by_parameter(parameters: Array, at: Array) -> Array:
    """Return the derivative (n, 2, p) of the scaled ground place by the parameters."""
    x, y = at[:, 0], at[:, 1]
    g, h = _eight(parameters)[6:]
    w = g * x + h * y + 1
    u, v = _apply(parameters, at).T
    zero, one = np.zeros_like(x), np.ones_like(x)
    rows = np.array(
        [
            [x, y, one, zero, zero, zero, -u * x, -u * y],
            [zero, zero, zero, x, y, one, -v * x, -v * y],
        ]
    )
    return np.asarray(np.moveaxis(rows / w, -1, 0)[:, :, : len(parameters)], dtype=np.float64)
