"""Control points against each other: which of them is off, and what may have gone wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import special

from visavis.digitising.choosing import can_foretell, left_out_errors, on_a_line
from visavis.digitising.transformation import fit

Array = NDArray[np.float64]
Readings = Callable[[], Mapping[str, tuple[Array, Array]]]

# A point is an outlier where errors as the others show would put it so far off once in so many sheets.
_ONCE_IN_SHEETS: Final = 1000
# What may have gone wrong is told where it would bring a point nearer by this factor.
_GUESS_GAIN: Final = 5.0
_LEAST_TO_JUDGE: Final = 5
_NO_ERROR_M: Final = 1e-3
# A sheet that is tilted or crumpled bends smoothly: a point that fits such a map is no outlier.
_BENT: Final = ("projective", "polynomial-2", "thin-plate-spline")


@dataclass(frozen=True)
class Outlier:
    """A point that doesn't fit the others.

    Parameters
    ----------
    point : int
        From 0.
    off_m : float
    guess : str, optional
        `swapped` with the point `other`, or the name of the other reading of its coordinates that fits.
    """

    point: int
    off_m: float
    guess: str | None = None
    other: int | None = None


def find_outliers(
    sheet: Array, ground: Array, readings: Readings, used: NDArray[np.bool_]
) -> tuple[NDArray[np.bool_], tuple[Outlier, ...]]:
    """Return which points (n,) to fit, and those that don't fit with what may have gone wrong.

    Parameters
    ----------
    sheet, ground : array (n, 2)
    readings : callable
        Gives other readings of all points by name, such as x and y exchanged: places on sheet and ground,
        (n, 2).
    used : array of bool (n,)
        Points that may be fitted; others are outliers already.
    """
    used = used.copy()
    swapped = _swapped_pair(sheet, ground, used)
    if swapped is not None:
        used[list(swapped)] = False
    while used.sum() > _LEAST_TO_JUDGE:
        worst, excess = _worst(sheet, ground, used)
        if excess <= 0 or any(
            _without(kind, worst, sheet, ground, used)[1] <= 0
            for kind in _BENT
            if can_foretell(kind, int(used.sum()))
        ):
            break
        trial = used.copy()
        trial[worst] = False
        if trial.sum() <= len(used) / 2 or on_a_line(sheet[trial]):
            break
        used = trial
    return used, _judged(sheet, ground, readings, used)


def _judged(sheet: Array, ground: Array, readings: Readings, used: NDArray[np.bool_]) -> tuple[Outlier, ...]:
    lost = [int(i) for i in np.flatnonzero(~used)]
    if not lost:
        return ()
    off = left_out_errors("affine", sheet, ground, used)
    fitted = fit("affine", sheet[used], ground[used])
    judged = []
    for i in lost:
        guesses: dict[tuple[str, int | None], float] = {
            ("swapped", j): float(np.hypot(*(fitted(sheet[i : i + 1]) - ground[j])[0]))
            for j in lost
            if j != i
        }
        for name, (on_sheet, on_ground) in readings().items():
            guesses[name, None] = float(np.hypot(*(fitted(on_sheet[i : i + 1]) - on_ground[i])[0]))
        known = {guess: error for guess, error in guesses.items() if np.isfinite(error)}
        best = min(known, key=lambda guess: known[guess], default=(None, None))
        fits = best[0] is not None and known[best[0], best[1]] * _GUESS_GAIN < off[i]
        judged.append(Outlier(i, float(off[i]), *(best if fits else (None, None))))
    return tuple(judged)


def _swapped_pair(sheet: Array, ground: Array, used: NDArray[np.bool_]) -> tuple[int, int] | None:
    """Return the two points whose exchange makes all agree far better, if there are such."""
    if used.sum() <= _LEAST_TO_JUDGE:
        return None
    among = np.flatnonzero(used)
    design = np.column_stack([sheet[among], np.ones(len(among))])
    design[:, :2] -= design[:, :2].mean(axis=0)
    # What no affine map explains of the ground coordinates.
    beyond = np.eye(len(among)) - design @ np.linalg.pinv(design)
    misfit = {}
    for i, j in combinations(range(len(among)), 2):
        exchanged = ground[among]
        exchanged[[i, j]] = exchanged[[j, i]]
        misfit[i, j] = float(np.hypot(*(beyond @ exchanged).T).max())
    best = min(misfit, key=lambda pair: misfit[pair])
    now = float(np.hypot(*(beyond @ ground[among]).T).max())
    pair = int(among[best[0]]), int(among[best[1]])
    rest = used.copy()
    rest[list(pair)] = False
    return pair if now > max(_GUESS_GAIN * misfit[best], _NO_ERROR_M) and not on_a_line(sheet[rest]) else None


def _worst(sheet: Array, ground: Array, used: NDArray[np.bool_]) -> tuple[int, float]:
    """Return the point without which the others agree best, and how far it is beyond what they allow."""
    without = {int(i): _without("affine", int(i), sheet, ground, used) for i in np.flatnonzero(used)}
    worst = min(without, key=lambda i: without[i][0])
    return worst, without[worst][1]


def _without(kind: str, i: int, sheet: Array, ground: Array, used: NDArray[np.bool_]) -> tuple[float, float]:
    """Return the standard error of the other points, and how far this one is beyond what they allow.

    Off by d, with spread s of the others and leverage h, d² / (2 s² (1 + h)) follows Fisher's F with
    2 and as many degrees of freedom as the others have to spare (Cook and Weisberg, Residuals and
    Influence in Regression, 1982, §2.2.2, for two dimensions); as many tests as points (Bonferroni).
    """
    others = used.copy()
    others[i] = False
    if on_a_line(sheet[others]):
        return float("inf"), float("-inf")
    fitted = fit(kind, sheet[others], ground[others])
    if not fitted.spare:
        return float("inf"), float("-inf")
    off = float(np.hypot(*(fitted(sheet[i : i + 1]) - ground[i])[0]))
    leverage = float(np.trace(fitted.place_covariance(sheet[i : i + 1])[0])) / 2
    beyond = float(special.fdtri(2, fitted.spare, 1 - 1 / _ONCE_IN_SHEETS / int(used.sum())))
    allowed = fitted.spread_m * float(np.sqrt(2 * beyond * (fitted.nugget + leverage)))
    return fitted.spread_m, off - max(allowed, _NO_ERROR_M)
