"""Maps that bend between their control points: splines on an affine map, smoothed as far as the points ask.

A thin-plate spline is what kriging foretells with the generalised covariance r² log r and an affine drift
(Wahba, Spline Models for Observational Data, 1990, §2.4; Cressie, Statistics for Spatial Data, rev. ed. 1993,
§3.4.5 and §5.4.1): so its error is known at every place. Allmaps' `linear` has −r instead. How much of the
points' scatter is noise is found by restricted maximum likelihood (Cressie, §2.6.1), a spline through every
point being the one end and the affine map the other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def _thin_plate(r: Array) -> Array:
    return np.asarray(r**2 * np.log(np.maximum(r, _TINY)), dtype=np.float64)


def _thin_plate_slope(r: Array) -> Array:
    """Return the kernel's derivative by r, divided by r."""
    return np.asarray(2 * np.log(np.maximum(r, _TINY)) + 1, dtype=np.float64)


def _cone(r: Array) -> Array:
    return -r


def _cone_slope(r: Array) -> Array:
    return np.asarray(-1 / np.maximum(r, _TINY), dtype=np.float64)


_TINY: Final = 1e-12
KERNELS: Final[Mapping[str, tuple[Callable[[Array], Array], Callable[[Array], Array]]]] = MappingProxyType(
    {"thin-plate-spline": (_thin_plate, _thin_plate_slope), "linear": (_cone, _cone_slope)}
)
# Noise between none to speak of and so much that the affine map is left, of the kernel's own largest variance.
_SMOOTHED: Final = np.geomspace(1e-7, 1e5, 97)
# A symbol's direction is felt over this share of the control points' spread.
_STEP: Final = 0.01


@dataclass(frozen=True, eq=False)
class Spline:
    """A spline; the fields that `Transformation` does not name are on scaled coordinates.

    Parameters
    ----------
    knots : array (n, 2)
        The control points on the sheet.
    weights : array (n + 3, 2)
        Of the kernel at each knot, then of x, y and 1.
    inverse : array (n + 3, n + 3)
        Of the bordered matrix.
    apart : array (n, 2)
        Where the points lie from where the others would put them, metres; the smoothing is kept
        (Wahba, §4.2).
    """

    kind: str
    knots: Array
    weights: Array
    inverse: Array
    sheet_centre: Array
    sheet_scale: float
    ground_centre: Array
    ground_scale: float
    spread_m: float
    spare: int
    nugget: float
    apart: Array

    def __call__(self, sheet: Array) -> Array:
        row = self._row(self._scaled(sheet))
        return np.asarray(row @ self.weights * self.ground_scale + self.ground_centre)

    def jacobian(self, sheet: Array) -> Array:
        at = self._scaled(sheet)
        away = at[:, None] - self.knots[None]
        slope = KERNELS[self.kind][1](np.hypot(away[..., 0], away[..., 1]))
        bent = np.einsum("nmd,nm,mk->nkd", away, slope, self.weights[:-3])
        return np.asarray((bent + self.weights[-3:-1].T) * (self.ground_scale / self.sheet_scale))

    def place_covariance(self, sheet: Array) -> Array:
        variance = self._variance(self._row(self._scaled(sheet)), 0.0)
        return variance[:, None, None] * np.eye(2)

    def direction_variance(self, sheet: Array, towards: Array) -> Array:
        at = self._scaled(sheet)
        unit = towards / np.hypot(towards[:, 0], towards[:, 1])[:, None]
        step = self._row(at + _STEP / 2 * unit) - self._row(at - _STEP / 2 * unit)
        apart = KERNELS[self.kind][0](np.array([_STEP]))[0]
        variance = self._variance(step, -2 * float(apart)) / (_STEP * self.sheet_scale) ** 2
        vector = np.einsum("nij,nj->ni", self.jacobian(sheet), unit)
        return np.asarray(variance / np.maximum((vector**2).sum(axis=1), _TINY))

    def left_out(self, sheet: Array, ground: Array) -> Array:
        del sheet, ground  # those that it was fitted to
        return self.apart

    def _variance(self, rows: Array, own: float) -> Array:
        known = np.einsum("ni,ij,nj->n", rows, self.inverse, rows)
        return np.asarray(np.maximum(own - known, 0.0))

    def _row(self, at: Array) -> Array:
        return _row(self.kind, at, self.knots)

    def _scaled(self, sheet: Array) -> Array:
        return (np.atleast_2d(sheet) - self.sheet_centre) / self.sheet_scale


def fit_spline(kind: str, sheet: Array, ground: Array) -> Spline:
    """Return the spline of control points, places (n, 2) on sheet and ground, n ≥ 3, not all on a line."""
    sheet_centre, ground_centre = sheet.mean(axis=0), ground.mean(axis=0)
    sheet_scale, ground_scale = _scale(sheet - sheet_centre), _scale(ground - ground_centre)
    knots, values = (sheet - sheet_centre) / sheet_scale, (ground - ground_centre) / ground_scale
    count = len(knots)
    rows = _row(kind, knots, knots)
    kernel, drift = rows[:, :count], rows[:, count:]
    noise, variance = _smoothing(kernel, drift, values)
    bordered = np.block([[kernel + noise * np.eye(count), drift], [drift.T, np.zeros((3, 3))]])
    inverse = np.linalg.pinv(bordered, hermitian=True)
    weights = inverse[:, :count] @ values
    alone = np.maximum(np.abs(np.diag(inverse)[:count]), _TINY)
    spare = max(0, 2 * (count - 3))
    return Spline(
        kind,
        knots,
        weights,
        inverse,
        sheet_centre,
        sheet_scale,
        ground_centre,
        ground_scale,
        float(np.sqrt(variance)) * ground_scale if spare else float("nan"),
        spare,
        noise,
        weights[:count] / alone[:, None] * ground_scale,
    )


def _smoothing(kernel: Array, drift: Array, values: Array) -> tuple[float, float]:
    """Return the noise's share of the kernel's variance, and that variance, by restricted likelihood."""
    count = len(values)
    if count <= 3:
        return 1.0, 0.0
    free = np.linalg.qr(drift, mode="complete")[0][:, 3:]
    variances, axes = np.linalg.eigh(free.T @ kernel @ free)
    variances = np.maximum(variances, 0.0)
    power = ((axes.T @ free.T @ values) ** 2).sum(axis=1)
    noises = _SMOOTHED * max(float(variances.max()), _TINY)
    total = variances[None] + noises[:, None]
    scale = (power / total).sum(axis=1) / (2 * (count - 3))
    unlikely = (count - 3) * np.log(np.maximum(scale, _TINY**2)) + np.log(total).sum(axis=1)
    best = int(np.argmin(unlikely))
    return float(noises[best]), float(scale[best])


def _row(kind: str, at: Array, knots: Array) -> Array:
    away = at[:, None] - knots[None]
    kernel = KERNELS[kind][0](np.hypot(away[..., 0], away[..., 1]))
    return np.column_stack([kernel, at, np.ones(len(at))])


def _scale(centred: Array) -> float:
    return float(np.sqrt((centred**2).sum(axis=1).mean())) or 1.0
