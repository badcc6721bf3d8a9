"""A template laid on a page to a fraction of a pixel, by least squares over its colours.

Gauss–Newton over place and turn, points that something covers weighing little (Geman and McClure, 1987); the
covariance is that of the least squares, scaled by the scatter that is left.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from visavis.compiled import njit

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]

_ROUNDS = 12
_STRAY = 6.0


@njit(cache=True, nogil=True)
def fit(
    lab: Bytes,
    owner: NDArray[np.int32],
    offsets: Floats,
    colours: Floats,
    weights: Floats,
    spread: Doubles,
    x: float,
    y: float,
    turn: float,
    turns: bool,
) -> tuple[float, float, float, Doubles]:
    """Return the pose of least misfit near one, and its covariance (3, 3): pixels and radians.

    Parameters
    ----------
    lab : array (h, w, 3)
        The page, in OpenCV's coding.
    owner : array (h, w)
        Pixels that belong to other symbols are not 0.
    offsets, colours, weights : arrays (n, 2), (n, 3), (n,)
        The points of the template.
    spread : array (3,)
        Of L*, a*, b*.
    turns : bool
        Whether the turn is to be fitted too.
    """
    height, width, _ = lab.shape
    size = 3 if turns else 2
    covariance = np.full((3, 3), np.inf)
    scale = np.array([100.0 / 255.0, 1.0, 1.0])
    shift = np.array([0.0, 128.0, 128.0])
    for step in range(_ROUNDS):
        normal = np.zeros((3, 3))
        right = np.zeros(3)
        left = 0.0
        mass = 0.0
        cos, sin = np.cos(turn), np.sin(turn)
        for i in range(offsets.shape[0]):
            dx = cos * offsets[i, 0] - sin * offsets[i, 1]
            dy = sin * offsets[i, 0] + cos * offsets[i, 1]
            u, v = x + dx - 0.5, y + dy - 0.5
            column, row = int(np.floor(u)), int(np.floor(v))
            if column < 0 or row < 0 or column + 1 >= width or row + 1 >= height:
                continue
            if owner[int(np.floor(y + dy)), int(np.floor(x + dx))] != 0:
                continue
            a, b = u - column, v - row
            off = 0.0
            parts = np.zeros(3)
            slope_x = np.zeros(3)
            slope_y = np.zeros(3)
            for c in range(3):
                p00, p01 = float(lab[row, column, c]), float(lab[row, column + 1, c])
                p10, p11 = float(lab[row + 1, column, c]), float(lab[row + 1, column + 1, c])
                k = scale[c] / spread[c]
                value = (1 - b) * ((1 - a) * p00 + a * p01) + b * ((1 - a) * p10 + a * p11)
                parts[c] = (value * scale[c] - shift[c] - colours[i, c]) / spread[c]
                slope_x[c] = ((1 - b) * (p01 - p00) + b * (p11 - p10)) * k
                slope_y[c] = ((1 - a) * (p10 - p00) + a * (p11 - p01)) * k
                off += parts[c] * parts[c]
            w = weights[i] / (1.0 + off / _STRAY) ** 2
            left += w * off
            mass += w
            for c in range(3):
                by_turn = -slope_x[c] * dy + slope_y[c] * dx
                g = (slope_x[c], slope_y[c], by_turn)
                for m in range(size):
                    right[m] -= w * g[m] * parts[c]
                    for n in range(size):
                        normal[m, n] += w * g[m] * g[n]
        if mass <= 0.0:
            break
        for m in range(size):
            normal[m, m] *= 1.0 + 1e-6
            normal[m, m] += 1e-9
        inverse = np.linalg.inv(normal[:size, :size])
        move = inverse @ right[:size]
        covariance[:size, :size] = inverse * (left / mass)
        length = np.hypot(move[0], move[1])
        shorten = min(1.0, 0.7 / length) if length > 0 else 1.0
        if size == 3 and abs(move[2]) > 0.1:
            shorten = min(shorten, 0.1 / abs(move[2]))
        x += move[0] * shorten
        y += move[1] * shorten
        if size == 3:
            turn += move[2] * shorten
        if step > 2 and length < 0.003 and (size == 2 or abs(move[2]) < 0.0005):
            break
    return x, y, turn, covariance


@njit(cache=True, nogil=True)
def agreement(
    lab: Bytes,
    owner: NDArray[np.int32],
    offsets: Floats,
    colours: Floats,
    weights: Floats,
    rarity: Floats,
    rim: NDArray[np.bool_],
    spread: Doubles,
    spoilt: float,
    x: float,
    y: float,
    turn: float,
) -> tuple[float, float, float, float, float]:
    """Return how a template agrees with the page at a pose.

    Parameters
    ----------
    colours : array (n, 3)
        Of rim points, the colour that must not go on there.
    rarity : array (n,)
        Share of the page that looks like the point's colour.

    Returns
    -------
    total, could : float
        Sum of evidence over the visible points that are not of the rim, and the most that it could be.
    kept, rim_mass : float
        Of the rim's visible points, those that keep free of the symbol's colour, and all.
    whole : float
        What `could` would be were nothing hidden.
    """
    height, width, _ = lab.shape
    scale = np.array([100.0 / 255.0, 1.0, 1.0])
    shift = np.array([0.0, 128.0, 128.0])
    total = could = kept = rim_mass = whole = 0.0
    cos, sin = np.cos(turn), np.sin(turn)
    for i in range(offsets.shape[0]):
        at_x = x + cos * offsets[i, 0] - sin * offsets[i, 1]
        at_y = y + sin * offsets[i, 0] + cos * offsets[i, 1]
        most = weights[i] * np.log(spoilt + (1 - spoilt) / rarity[i])
        if not rim[i]:
            whole += most
        column, row = int(np.floor(at_x - 0.5)), int(np.floor(at_y - 0.5))
        if column < 0 or row < 0 or column + 1 >= width or row + 1 >= height:
            continue
        if owner[int(np.floor(at_y)), int(np.floor(at_x))] != 0:
            continue
        a, b = at_x - 0.5 - column, at_y - 0.5 - row
        off = 0.0
        for c in range(3):
            value = (1 - b) * ((1 - a) * lab[row, column, c] + a * lab[row, column + 1, c]) + b * (
                (1 - a) * lab[row + 1, column, c] + a * lab[row + 1, column + 1, c]
            )
            off += ((value * scale[c] - shift[c] - colours[i, c]) / spread[c]) ** 2
        like = np.exp(-0.5 * off)
        if rim[i]:
            rim_mass += weights[i]
            kept += weights[i] * (1.0 - like)
        else:
            could += most
            total += weights[i] * np.log(spoilt + (1 - spoilt) * like / rarity[i])
    return total, could, kept, rim_mass, whole
