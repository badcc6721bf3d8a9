"""In which order to look at cameras, and how sure a sheet is by now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Sureness:
    """How sure a sheet is.

    Parameters
    ----------
    mean, least : float or None
        Over the cameras that nobody has reviewed; None where there is none.
    expected_wrong : float
        How many of them are expected to be wrong in something.
    """

    mean: float | None
    least: float | None
    expected_wrong: float


def queue(sureness: Mapping[str, float], reviewed: frozenset[str]) -> list[str]:
    """Return the ids of cameras that nobody has reviewed, the least sure first; of equals as they were given."""
    left = [camera_id for camera_id in sureness if camera_id not in reviewed]
    return sorted(left, key=lambda camera_id: round(sureness[camera_id], 3))


def expected(sureness: Mapping[str, float], reviewed: frozenset[str]) -> Sureness:
    """Return how sure the cameras are that nobody has reviewed.

    What is expected wrong is the sum of their doubts, each one less its sureness.
    """
    left = [value for camera_id, value in sureness.items() if camera_id not in reviewed]
    if not left:
        return Sureness(None, None, 0.0)
    return Sureness(sum(left) / len(left), min(left), sum(1.0 - value for value in left))
