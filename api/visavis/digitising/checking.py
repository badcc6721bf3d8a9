"""Control points against each other: which map they call for, and which of them is off.

A map is judged by points that it has not seen: each point is left out in turn and foretold by the others.
"""

from __future__ import annotations

from itertools import combinations
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from visavis.digitising.transformation import PARAMETERS, fit
from visavis.digitising.words import WORDS
from visavis.model.findings import Figure, Finding

Array = NDArray[np.float64]

# Points whose spread across their best line is below this share of that along it count as on a line.
_LEAST_WIDTH: Final = 0.03
# The projective map has two parameters more: it must foretell left-out points better by this factor.
_LEAST_GAIN: Final = 0.95
# A point is an outlier where errors as the others show would put it so far off once in so many sheets.
_ONCE_IN_SHEETS: Final = 1000
# Two points are swapped where their exchange makes the worst misfit smaller by this factor.
_SWAP_GAIN: Final = 5.0
_LEAST_TO_JUDGE: Final = 5
_NO_ERROR_M: Final = 1e-3


def best_kind(sheet: Array, ground: Array) -> str:
    """Return the kind of map that best foretells left-out points."""
    everything = np.ones(len(sheet), dtype=bool)
    errors = {kind: left_out_errors(kind, sheet, ground, everything) for kind in PARAMETERS}
    scores = {kind: float(np.sqrt(np.mean(error**2))) for kind, error in errors.items()}
    better = scores["projective"] < _LEAST_GAIN * scores["affine"]
    return "projective" if np.isfinite(scores["projective"]) and better else "affine"


def left_out_errors(kind: str, sheet: Array, ground: Array, used: NDArray[np.bool_]) -> Array:
    """Return how far each point lies from where the map of the other used points puts it."""
    errors = np.full(len(sheet), np.nan)
    for i in range(len(sheet)):
        others = used.copy()
        others[i] = False
        enough = 2 * others.sum() >= PARAMETERS[kind] + (2 if kind == "projective" else 0)
        if not enough or on_a_line(sheet[others]):
            continue
        foretold = fit(kind, sheet[others], ground[others])(sheet[i : i + 1])
        errors[i] = float(np.hypot(*(foretold - ground[i : i + 1])[0]))
    return errors


def without_outliers(sheet: Array, ground: Array) -> tuple[NDArray[np.bool_], list[Finding]]:
    """Return which points (n,) to fit, and a finding for each that is not, or for two that were swapped."""
    used = np.ones(len(sheet), dtype=bool)
    swapped = _swapped_pair(sheet, ground)
    if swapped is not None:
        used[list(swapped)] = False
    while used.sum() > _LEAST_TO_JUDGE:
        worst, excess = _worst("affine", sheet, ground, used)
        if excess <= 0 or _excess_in_perspective(worst, sheet, ground, used) <= 0:
            break
        trial = used.copy()
        trial[worst] = False
        if trial.sum() <= len(used) / 2 or on_a_line(sheet[trial]):
            break
        used = trial
    return used, _told(sheet, ground, used, swapped)


def _told(
    sheet: Array, ground: Array, used: NDArray[np.bool_], swapped: tuple[int, int] | None
) -> list[Finding]:
    off = left_out_errors("affine", sheet, ground, used)
    findings = []
    for i in (int(i) for i in np.flatnonzero(~used)):
        code = "sheet.control-point-outlier"
        figures: dict[str, Figure] = {"point": i + 1, "off_m": round(float(off[i]), 1)}
        if swapped is not None and i in swapped:
            code = "sheet.control-points-swapped"
            figures["other"] = sum(swapped) - i + 1
        findings.append(Finding(code, WORDS[code], (f"control point {i + 1}",), figures))
    return findings


def _swapped_pair(sheet: Array, ground: Array) -> tuple[int, int] | None:
    """Return the two points whose exchange makes all agree far better, if there are such."""
    if len(sheet) <= _LEAST_TO_JUDGE:
        return None
    everything = np.ones(len(sheet), dtype=bool)
    misfit = {}
    for i, j in combinations(range(len(sheet)), 2):
        order = np.arange(len(sheet))
        order[[i, j]] = j, i
        exchanged = ground[order]
        misfit[i, j] = float(np.hypot(*(fit("affine", sheet, exchanged)(sheet) - exchanged).T).max())
    best = min(misfit, key=lambda pair: misfit[pair])
    now = float(np.hypot(*(fit("affine", sheet, ground)(sheet) - ground).T).max())
    rest = everything.copy()
    rest[list(best)] = False
    return best if now > max(_SWAP_GAIN * misfit[best], _NO_ERROR_M) and not on_a_line(sheet[rest]) else None


def _worst(kind: str, sheet: Array, ground: Array, used: NDArray[np.bool_]) -> tuple[int, float]:
    """Return the point without which the others agree best, and how far it is beyond what they allow."""
    without = {int(i): _without(kind, int(i), sheet, ground, used) for i in np.flatnonzero(used)}
    worst = min(without, key=lambda i: without[i][0])
    return worst, without[worst][1]


def _excess_in_perspective(worst: int, sheet: Array, ground: Array, used: NDArray[np.bool_]) -> float:
    """Return the same for a projective map of the others: a tilted picture is no outlier."""
    if 2 * used.sum() <= PARAMETERS["projective"] + 4:
        return float("inf")
    return _without("projective", worst, sheet, ground, used)[1]


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
    errors = np.hypot(*(fitted(sheet) - ground).T)
    spare = max(1, 2 * int(others.sum()) - PARAMETERS[kind])
    spread = float(np.sqrt((errors[others] ** 2).sum() / spare))
    leverage = float(np.trace(fitted.place_covariance(sheet[i : i + 1])[0])) / 2
    beyond = float(stats.f.ppf(1 - 1 / _ONCE_IN_SHEETS / int(used.sum()), 2, spare))
    allowed = spread * float(np.sqrt(2 * beyond * (1 + leverage)))
    return spread, float(errors[i]) - max(allowed, _NO_ERROR_M)


def on_a_line(places: Array) -> bool:
    """Return whether places (n, 2) lie on a line, or so nearly that none can be told across it."""
    spreads = np.linalg.svd(places - places.mean(axis=0), compute_uv=False)
    return bool(spreads[1] <= _LEAST_WIDTH * spreads[0])
