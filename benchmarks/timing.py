"""Contestants timed in turn, so that what slows the machine slows all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Contestant:
    """Something to be timed.

    Parameters
    ----------
    run : callable
        Does its work once and returns the seconds that it took.
    cameras : int
        How many cameras that was.
    """

    run: Callable[[], float]
    cameras: int


@dataclass(frozen=True)
class Times:
    """Seconds per camera by contestant, one for each round."""

    rounds: Mapping[str, Floats]

    def per_second(self, name: str) -> float:
        """Return how many cameras a contestant did per second in its best round."""
        return float(1.0 / self.rounds[name].min())

    def ratio(self, slower: str, name: str) -> tuple[float, float]:
        """Return how many times faster `name` was than `slower`: the least of all rounds, and the median."""
        ratios = self.rounds[slower] / self.rounds[name]
        return float(ratios.min()), float(np.median(ratios))


def interleaved(contestants: Mapping[str, Contestant], rounds: int) -> Times:
    """Return the times of contestants that ran A B C A B C …, after one round that is not counted."""
    seconds: dict[str, list[float]] = {name: [] for name in contestants}
    for turn in range(rounds + 1):
        for name, contestant in contestants.items():
            took = contestant.run() / contestant.cameras
            if turn:
                seconds[name].append(took)
    return Times({name: np.array(each) for name, each in seconds.items()})
