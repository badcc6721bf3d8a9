"""Random numbers that fill their space evenly, so that few draws tell as much as many independent ones."""

from __future__ import annotations

import math
from functools import cache
from typing import Final

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from visavis.compiled import njit
from visavis.views.walls import Floats, Ints

# This share of independent draws is taken, in whole rounds. What 64 even draws count is on average nearer to the truth
# than what 200 independent ones do: `benchmarks/costs.py` measures it.
_EVEN_SHARE: Final = 0.3
_ROUND: Final = 16

_BITS: Final = 30

# Among so many points the nearest one is found fastest by looking at all.
_FEW: Final = 256
_MOST_DIMENSIONS: Final = 8


def even_draws(draws: int) -> int:
    """Return how many even draws are at least as good as so many independent ones."""
    if draws <= _ROUND:
        return draws
    return min(draws, _ROUND * math.ceil(_EVEN_SHARE * draws / _ROUND))


class EvenNumbers:
    """Points, each number between 0 and 1, that fill the unit cube evenly, as many as are asked for.

    They are the first ones of Sobol's sequence, shifted at random in binary digits, which keeps them even and makes
    each of them alone evenly likely anywhere (A. Owen, *Monte Carlo theory, methods and examples*, chapter 17).

    Parameters
    ----------
    random : Generator
        Of what the shift is drawn.
    dimensions : int
        At most 8.
    """

    def __init__(self, random: Generator, dimensions: int) -> None:
        self._shift = random.integers(0, 1 << _BITS, dimensions, dtype=np.int64)

    def between(self, start: int, end: int) -> Floats:
        """Return the points from one number up to before another, (end − start, dimensions)."""
        points = _sobol(max(end - 1, 1).bit_length())[start:end, : len(self._shift)] ^ self._shift
        return np.asarray((points + 0.5) / float(1 << _BITS), dtype=np.float64)


def even_columns(random: Generator, n: int, columns: int) -> Floats:
    """Return numbers between 0 and 1, (n, columns), of which each column has one in each nth part.

    Columns don't depend on each other: a Latin hypercube (M. McKay, R. Beckman, W. Conover, *A comparison of three
    methods for selecting values of input variables*, 1979).
    """
    parts = np.broadcast_to(np.arange(n, dtype=np.float64)[:, None], (n, columns))
    return (random.permuted(parts, axis=0) + random.random((n, columns))) / n


def nearest_others(points: Floats) -> Ints:
    """Return which other one of some points, (n, dimensions), is nearest to each.

    Where they have no dimensions it is the one before; a single one has no other, and is told itself.
    """
    n, dimensions = points.shape
    if n < 2 or not dimensions:
        return np.roll(np.arange(n), 1)
    if n <= _FEW:
        return np.asarray(_nearest_of_few(np.ascontiguousarray(points)))
    nearest = np.asarray(cKDTree(points).query(points, k=2)[1])
    itself = nearest[:, 0] == np.arange(n)
    return np.where(itself, nearest[:, 1], nearest[:, 0]).astype(np.int64)


@njit(cache=True, nogil=True)
def _nearest_of_few(points: Floats) -> Ints:
    """Do the same by looking at all pairs."""
    n, dimensions = points.shape
    nearest, least = np.zeros(n, np.int64), np.full(n, np.inf)
    for i in range(n):
        for j in range(i):
            square = 0.0
            for k in range(dimensions):
                square += (points[i, k] - points[j, k]) ** 2
            if square < least[i]:
                nearest[i], least[i] = j, square
            if square < least[j]:
                nearest[j], least[j] = i, square
    return nearest


@cache
def _sobol(power: int) -> NDArray[np.int64]:
    # Loaded here: it takes long, and nothing but drawing needs it.
    from scipy.stats.qmc import Sobol

    points = Sobol(_MOST_DIMENSIONS, scramble=False, bits=_BITS).random_base2(power)
    return np.asarray(np.rint(points * (1 << _BITS)), dtype=np.int64)
