"""As many draws as a wanted precision needs, camera by camera."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final, Protocol, TypeVar

import numpy as np

from visavis.views.counting import standard_error

# Draws are taken by whole rounds, and never more than so many of one camera.
ROUND: Final = 16
MOST_DRAWS: Final = 4096

# What is off shrinks a little faster than with the square root of even draws; 1.5 is between that and the inverse.
_POWER: Final = 1.5
_LEAST_GROWTH: Final = 1.25

P = TypeVar("P", bound="Probable")


class Probable(Protocol):
    """What is told with probabilities."""

    @property
    def largest_se(self) -> float:
        """The largest standard error of them, 0 of none."""
        ...


def precisely(watched: Callable[[int], P], precision: float) -> tuple[P, int]:
    """Return what is seen with no standard error above `precision`, and how many draws that took.

    The first round is so large that it would do where all draws agree. Where it does not do, its largest standard error
    tells about how many draws are needed; these are made from the start, and take in the first ones. It ends at
    `MOST_DRAWS`.

    Parameters
    ----------
    watched : callable
        Gives what is seen by the number of draws.
    precision : float
        The standard error of a probability that is wanted at most, above 0.
    """
    draws = least_draws(precision)
    while True:
        seen = watched(draws)
        if seen.largest_se <= precision or draws >= MOST_DRAWS:
            return seen, draws
        growth = max((seen.largest_se / precision) ** _POWER, _LEAST_GROWTH)
        draws = min(ROUND * math.ceil(growth * draws / ROUND), MOST_DRAWS)


def least_draws(precision: float) -> int:
    """Return how many draws are needed where all of them agree."""
    none, draws = np.zeros(1), ROUND
    while draws < MOST_DRAWS and standard_error(none, none, draws)[0] > precision:
        draws += ROUND
    return draws
