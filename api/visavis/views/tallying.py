"""What one draw sees, added to the count: points on walls, and length and area by building."""

from __future__ import annotations

import numpy as np
from numba import njit

from visavis.views.walls import Floats, Ints


@njit(cache=True)
def seen_points(facades: Floats, first: Ints, points: Floats) -> tuple[Floats, Floats]:
    """Return which points on walls are in view.

    Parameters
    ----------
    facades : ndarray (m, 7)
        What :func:`visavis.views.sweep.sweep` gives of walls.
    first : ndarray (walls + 1,)
        Where the points of each wall start among `points`.
    points : ndarray (n, 4), metres
        Place along the wall; the least and the greatest height that count; and how much of the wall must
        show between these.

    Returns
    -------
    seen : ndarray (n,)
        1 where in view, else 0.
    height_m : ndarray (n,)
        How much of the wall shows there between the two heights.
    """
    seen, height_m = np.zeros(len(points)), np.zeros(len(points))
    for row in facades:
        wall, start, end = int(row[0]), row[1], row[2]
        for k in range(first[wall], first[wall + 1]):
            if not start <= points[k, 0] <= end:
                continue
            share = (points[k, 0] - start) / (end - start) if end > start else 0.0
            low = row[3] + share * (row[4] - row[3])
            high = row[5] + share * (row[6] - row[5])
            height = min(high, points[k, 2]) - max(low, points[k, 1])
            if height > points[k, 3]:
                seen[k] = 1.0
                height_m[k] = height
    return seen, height_m


@njit(cache=True)
def seen_of_buildings(facades: Floats, building: Ints, n: int) -> tuple[Floats, Floats]:
    """Return the length and the area of façade in view of each building.

    Parameters
    ----------
    facades : ndarray (m, 7)
    building : ndarray (walls,)
        Building of each wall, below `n`.
    n : int
        Number of buildings.
    """
    length_m, area_m2 = np.zeros(n), np.zeros(n)
    for row in facades:
        k = building[int(row[0])]
        length = row[2] - row[1]
        length_m[k] += length
        area_m2[k] += 0.5 * length * (row[5] - row[3] + row[6] - row[4])
    return length_m, area_m2
