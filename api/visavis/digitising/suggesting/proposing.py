"""From lines and words to a placing that a person may confirm, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from visavis.digitising.listed.street_names import alike, street_name
from visavis.digitising.suggesting.aligning import Alignment, align
from visavis.digitising.suggesting.lines import Lines
from visavis.digitising.suggesting.searching import Start

Array = NDArray[np.float64]

# A sheet that shows the buildings draws most of their walls; by chance a third of them lie near some line.
_LEAST_DRAWN: Final = 0.6
# Names are written along their street: most stand within so many metres of it on a sheet that is placed rightly.
_BESIDE_STREET_M: Final = 30.0
_LEAST_NAMES: Final = 4
_LEAST_BESIDE: Final = 0.6
_SAME_NAME: Final = 0.9


@dataclass(frozen=True, eq=False)
class Written:
    """Words on the sheet and the middle of where they stand, sheet coordinates."""

    text: str
    x: float
    y: float


@dataclass(frozen=True, eq=False)
class Proposal:
    """A placing and what speaks for it.

    Parameters
    ----------
    alignment : Alignment
    names : int
        Street names that were read on the sheet and are known.
    beside : int
        How many of them stand beside their street.
    refused : str, optional
        Why it should not be proposed.
    """

    alignment: Alignment
    names: int
    beside: int
    refused: str | None


def propose(
    sheet: Lines,
    walls: Lines,
    building: NDArray[np.int64],
    words: Sequence[Written],
    streets: Mapping[str, list[Array]],
    starts: Sequence[Start],
) -> Proposal | None:
    """Return the placing that the buildings bear out best; None where none is found at all.

    Parameters
    ----------
    sheet, walls : Lines
        In sheet coordinates, and in metres with the building that each point is of.
    words : sequence of Written
    streets : mapping
        Lines of each street by name, metres.
    starts : sequence of Start
        The likeliest first.
    """
    best: Alignment | None = None
    for start in starts:
        found = align(sheet, walls, building, start.matrix)
        if found is not None and (best is None or found.drawn > best.drawn):
            best = found
        if best is not None and best.drawn >= _LEAST_DRAWN:
            break  # there is one place only where most walls are drawn
    if best is None:
        return None
    names, beside = _names_beside(words, streets, best.matrix)
    refused = None
    if best.drawn < _LEAST_DRAWN:
        refused = f"only {best.drawn:.0%} of the walls beneath it are drawn on it"
    elif names >= _LEAST_NAMES and beside < _LEAST_BESIDE * names:
        refused = f"of {names} street names only {beside} would stand beside their street"
    return Proposal(best, names, beside, refused)


def _names_beside(
    words: Sequence[Written], streets: Mapping[str, list[Array]], matrix: Array
) -> tuple[int, int]:
    """Return how many words are names of streets, and how many of those stand beside the street of that name."""
    known = {name: street_name(name) for name in streets}
    trees: dict[str, cKDTree] = {}
    names = beside = 0
    for each in words:
        said = street_name(each.text)
        same = [name for name, other in known.items() if alike(said, other) >= _SAME_NAME]
        if len(each.text) < 6 or not same:
            continue
        names += 1
        place = matrix[:, :2] @ [each.x, each.y] + matrix[:, 2]
        for name in same:
            if name not in trees:
                trees[name] = cKDTree(np.vstack([_dense(line) for line in streets[name]]))
            if trees[name].query(place)[0] <= _BESIDE_STREET_M:
                beside += 1
                break
    return names, beside


def _dense(line: Array, step: float = 5.0) -> Array:
    length = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
    at = np.linspace(0, length[-1], max(2, int(length[-1] / step) + 1))
    return np.column_stack([np.interp(at, length, line[:, axis]) for axis in (0, 1)])
