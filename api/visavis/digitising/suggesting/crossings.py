"""Street crossings as control points that a person may confirm."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import combinations
from typing import Final

import numpy as np
from numpy.typing import NDArray

from visavis.digitising.annotation import ControlPoint
from visavis.digitising.suggesting.aligning import Alignment

Array = NDArray[np.float64]

_MOST_POINTS: Final = 16
# Crossings nearer to each other than this are one junction.
_ONE_JUNCTION_M: Final = 30.0


def proposed_points(
    alignment: Alignment,
    crossings: Mapping[str, Array],
    frame: tuple[float, float, float, float],
    to_lonlat: Callable[[Array], Array],
) -> tuple[ControlPoint, ...]:
    """Return named crossings spread over the sheet, where the alignment puts them on it.

    Parameters
    ----------
    alignment : Alignment
    crossings : mapping of str to array (2,)
        Place of each crossing by its name, metres.
    frame : left, top, right, bottom of the map on the sheet
    to_lonlat : callable (n, 2) to (n, 2)
    """
    if not crossings:
        return ()
    names, places = list(crossings), np.array(list(crossings.values()))
    linear = np.linalg.inv(alignment.matrix[:, :2])
    on_sheet = (places - alignment.matrix[:, 2]) @ linear.T
    left, top, right, bottom = frame
    inside = (on_sheet > [left, top]).all(axis=1) & (on_sheet < [right, bottom]).all(axis=1)
    chosen = _spread(places, [int(i) for i in np.flatnonzero(inside)])
    lonlat = to_lonlat(places[chosen]) if chosen else np.empty((0, 2))
    return tuple(
        ControlPoint(round(x, 2), round(y, 2), round(lon, 7), round(lat, 7), names[i])
        for i, (x, y), (lon, lat) in zip(chosen, on_sheet[chosen].tolist(), lonlat.tolist(), strict=True)
    )


def crossings_of(streets: Mapping[str, list[Array]]) -> dict[str, Array]:
    """Return where two named streets meet, metres: `A / B` by the places that lines of both go through."""
    at: dict[tuple[float, float], set[str]] = {}
    for name, lines in streets.items():
        for line in lines:
            for x, y in np.round(line, 2).tolist():
                at.setdefault((x, y), set()).add(name)
    found: dict[str, Array] = {}
    for place, names in sorted(at.items()):
        for one, other in combinations(sorted(names), 2):
            found.setdefault(f"{one} / {other}", np.array(place))
    return found


def _spread(places: Array, candidates: list[int]) -> list[int]:
    """Return candidates far from each other: each in turn the one farthest from those taken already."""
    if not candidates:
        return []
    middle = places[candidates].mean(axis=0)
    taken = [max(candidates, key=lambda i: float(np.hypot(*(places[i] - middle))))]
    while len(taken) < _MOST_POINTS:
        apart = np.hypot(*(places[candidates][:, None] - places[taken][None]).transpose(2, 0, 1)).min(axis=1)
        if apart.max() < _ONE_JUNCTION_M:
            break
        taken.append(candidates[int(np.argmax(apart))])
    return taken
