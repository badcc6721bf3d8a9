"""Too many features for a tile, as squares that stand for them: how many, and the most that is so of any of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray

from visavis.model.vocabulary import LEVELS, LEVELS_OODPCVS, SURENESSES

# Squares along a tile's side: 8 pixels of 256.
SQUARES: Final = 32

# Codes from the least to the most, and figures of which the largest counts.
_ORDERED: Final[Mapping[str, Sequence[str]]] = MappingProxyType(
    {
        "sureness": tuple(reversed(SURENESSES)),
        "level": tuple(LEVELS),
        "level_oodpcvs": tuple(LEVELS_OODPCVS),
    }
)
_LARGEST: Final = frozenset({"probability", "px_per_m"})


def sum_up(
    names: Sequence[str], rows: Sequence[Sequence[Any]], shapes: NDArray[np.object_], extent: int
) -> list[tuple[Any, dict[str, Any]]]:
    """Return squares with `count`, `generalised`, the surest `sureness`, the highest `level`, and so on.

    A feature counts once, in the square in which the middle of its box lies; one whose middle is in the next tile is
    counted there.

    Parameters
    ----------
    rows
        Values in the order of `names`, then the geometry.
    shapes
        Their shapes in steps of the tile's grid.
    """
    bounds = shapely.bounds(shapes)
    middles = np.column_stack([bounds[:, 0] + bounds[:, 2], bounds[:, 1] + bounds[:, 3]]) / 2
    side = extent // SQUARES
    squares = np.floor(middles / side).astype(int)
    within = ((squares >= 0) & (squares < SQUARES)).all(axis=1)
    numbers = squares[:, 1] * SQUARES + squares[:, 0]
    held: dict[int, list[int]] = {}
    for place in np.flatnonzero(within).tolist():
        held.setdefault(int(numbers[place]), []).append(place)
    summed = []
    for number, places in sorted(held.items()):
        left, top = number % SQUARES * side, number // SQUARES * side
        values: dict[str, Any] = {"count": len(places), "generalised": True}
        for column, name in enumerate(names):
            most = _most(name, [rows[place][column] for place in places])
            if most is not None:
                values[name] = most
        summed.append((shapely.box(left, top, left + side, top + side, ccw=True), values))
    return summed


def _most(name: str, values: Sequence[Any]) -> Any:
    known = [value for value in values if value is not None]
    if not known:
        return None
    if name in _ORDERED:
        return max(known, key=_ORDERED[name].index)
    if name in _LARGEST:
        return max(known)
    return known[0] if name == "kind" and len(set(known)) == 1 and len(known) == len(values) else None
