"""Which form of map control points call for: the one that best foretells points that it has not seen.

Each point is left out in turn and foretold by the others (Stone, Cross-validatory choice and assessment of
statistical predictions, J. R. Stat. Soc. B 36, 1974). A form that bends more has to earn it: it is taken only
where it foretells clearly better than the plainer one, and where the points are enough to judge it by.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from visavis.digitising.spline import KERNELS
from visavis.digitising.transformation import LEAST_POINTS, Transformation, fit

Array = NDArray[np.float64]

# From the plainest to the one that bends most.
CANDIDATES: Final = ("affine", "projective", "polynomial-2", "polynomial-3", "thin-plate-spline")
# Points needed beside the one left out: as many as fix the form, and some to spare for those with more to fix.
_TO_FORETELL: Final = {
    **LEAST_POINTS,
    "projective": 5,
    "polynomial-2": 8,
    "polynomial-3": 13,
    **dict.fromkeys(KERNELS, 4),
}
# A spline that nobody asked for needs more.
_TO_BEND: Final = 7
# A form must foretell left-out points better than a plainer one by this factor. Of flat sheets drawn at random with
# 8 or 12 points, 5 % and 1 % get a form that bends; with 0.9 it would be 17 % and 11 %, whose errors are understated.
_LEAST_GAIN: Final = 0.8
# Where even exact points are foretold to a millimetre nothing is left to gain.
_NO_ERROR_M: Final = 1e-3
# Points whose spread across their best line is below this share of that along it count as on a line.
_LEAST_WIDTH: Final = 0.03
_GRID: Final = 9


@dataclass(frozen=True)
class Choice:
    """The form that was taken, and why.

    Parameters
    ----------
    kind : str
    foretold_m : mapping
        How far left-out points lie from where each form puts them (root mean square); forms that the
        points are too few for, or that would fold the sheet, are missing.
    """

    kind: str
    foretold_m: Mapping[str, float]


def choose(sheet: Array, ground: Array, asked: str | None = None) -> Choice:
    """Return the form of map that best foretells left-out points.

    Parameters
    ----------
    sheet, ground : array (n, 2)
        Not all on a line.
    asked : str, optional
        The form that a file names: it is kept unless another foretells clearly better.
    """
    everything = np.ones(len(sheet), dtype=bool)
    kinds = dict.fromkeys([*([asked] if asked is not None else []), *CANDIDATES])
    foretold = {}
    for kind in kinds:
        least = max(LEAST_POINTS[kind], _TO_BEND if kind in KERNELS and kind != asked else 0)
        if len(sheet) < least or folds(fit(kind, sheet, ground), sheet):
            continue
        errors = left_out_errors(kind, sheet, ground, everything)
        if np.isfinite(errors).all():
            foretold[kind] = float(np.sqrt(np.mean(errors**2)))
    best = _first(asked, foretold, len(sheet))
    for kind in (kind for kind in CANDIDATES if kind in foretold):
        if foretold[kind] < _LEAST_GAIN * foretold.get(best, np.inf) - _NO_ERROR_M:
            best = kind
    return Choice(best, foretold)


def _first(asked: str | None, foretold: Mapping[str, float], count: int) -> str:
    """Return the form that holds until another foretells better: the one asked for, if it can be fitted."""
    if asked is None or count < LEAST_POINTS[asked]:
        return CANDIDATES[0]
    return asked if asked in foretold or not foretold else CANDIDATES[0]


def left_out_errors(kind: str, sheet: Array, ground: Array, used: NDArray[np.bool_]) -> Array:
    """Return how far each point (n,) lies from where the map of the other used points puts it, metres.

    NaN where the others are too few to tell. No map is fitted again: a residual r and its point's part H of
    the hat matrix give (1 − H)⁻¹ r (Cook and Weisberg, Residuals and Influence in Regression, 1982, §2.2.1);
    for the projective map that holds to the first order.
    """
    if not can_foretell(kind, int(used.sum())):
        return np.full(len(sheet), np.nan)
    fitted = fit(kind, sheet[used], ground[used])
    errors = np.hypot(*(fitted(sheet) - ground).T)
    errors[used] = np.hypot(*fitted.left_out(sheet[used], ground[used]).T)
    return np.asarray(errors, dtype=np.float64)


def can_foretell(kind: str, count: int) -> bool:
    """Return whether so many points are enough to leave one out and foretell it by such a map."""
    return count > _TO_FORETELL[kind]


def folds(transformation: Transformation, sheet: Array) -> bool:
    """Return whether a map turns its sense within the bounds of places (n, 2): it would lay the sheet double."""
    low, high = sheet.min(axis=0), sheet.max(axis=0)
    x, y = np.meshgrid(*(np.linspace(low[axis], high[axis], _GRID) for axis in (0, 1)))
    turned = np.linalg.det(transformation.jacobian(np.column_stack([x.ravel(), y.ravel()])))
    return bool((turned > 0).any() and (turned < 0).any())


def on_a_line(places: Array) -> bool:
    """Return whether places (n, 2) lie on a line, or so nearly that none can be told across it."""
    spreads = np.linalg.svd(places - places.mean(axis=0), compute_uv=False)
    return bool(spreads[1] <= _LEAST_WIDTH * spreads[0])
