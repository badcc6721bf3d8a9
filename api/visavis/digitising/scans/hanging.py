"""Where the labels of a sheet hang: one place beside, or inside, every symbol."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from visavis.digitising.joining import REACH, REGULAR_WITHIN, join, label_like
from visavis.digitising.scans.forms import is_label_like
from visavis.digitising.scans.near import Piece
from visavis.digitising.scans.recognising import Reading, line_picture, read_lines

Array = NDArray[np.float64]
Pixels = NDArray[np.uint8]

_LEAST_PAIRS: Final = 4
# In heights of a label.
_EDGES: Final = 0.3
_INSIDE_HEIGHT: Final = 0.45  # of a body's smaller side
_INSIDE_ADVANCE: Final = 0.55
_SURE: Final = 0.7
_TRIED: Final = 32
_LEAST_READ: Final = 0.25


@dataclass(frozen=True, eq=False)
class Hanging:
    """Where labels hang, in pixels.

    Parameters
    ----------
    offset : array (2,)
        From a symbol's place to the label's point.
    hung_by : str
        Which point that is: "start" or "end" of the baseline, or the "middle".
    along, down : arrays (2,)
        Unit vectors: the way that labels read, and from their top to their foot.
    height : float
    advance : float
        Width of a character, in heights.
    """

    offset: Array
    hung_by: str
    along: Array
    down: Array
    height: float
    advance: float

    def corners(self, place: Array, characters: int, margin: tuple[float, float] = (0.0, 0.0)) -> Array:
        """Return the corners of a label of so many characters, widened by a margin in heights."""
        wide = self.along * (characters * self.advance + _EDGES) * self.height
        high = self.down * self.height
        at = place + self.offset
        foot = {"start": at, "end": at - wide, "middle": at - wide / 2 + high / 2}[self.hung_by]
        aside, beyond = self.along * margin[0] * self.height, self.down * margin[1] * self.height
        return np.array(
            [
                foot - high - aside - beyond,
                foot + wide - high + aside - beyond,
                foot + wide + aside + beyond,
                foot - aside + beyond,
            ]
        )


def learn_hanging(
    colour: Pixels,
    places: Array,
    bodies: Array,
    size: float,
    pieces: Sequence[Piece],
    listed: Collection[str],
) -> tuple[Hanging | None, list[str]]:
    """Return where labels hang, with what some of them read as; None where they keep no place.

    Parameters
    ----------
    colour : array (h, w, 3) of uint8
    places : array (m, 2)
    bodies : array (m, 4)
        Boxes, pixels.
    size : float
    pieces : sequence of Piece
        Found near the symbols.
    listed : collection of str
        What the table lists.
    """
    guesses = [guess for guess in (_beside(places, size, pieces, listed), _inside(places, bodies)) if guess]
    tried = np.unique(np.linspace(0, len(places) - 1, min(_TRIED, len(places))).astype(int))
    best: tuple[Hanging | None, list[str]] = None, []
    for guess in guesses:
        readings = read_lines([line_picture(colour, guess.corners(place, 2)) for place in places[tried]])
        told = list(dict.fromkeys(label for reading in readings if (label := sure_label(reading))))
        if len(told) > max(len(best[1]), _LEAST_READ * len(tried)):
            best = guess, told
    return best


def sure_label(reading: Reading) -> str | None:
    """Return what a reading says where it is plainly a label."""
    text = reading.text.strip()
    return text if reading.sureness >= _SURE and is_label_like(text) else None


def _beside(places: Array, size: float, pieces: Sequence[Piece], listed: Collection[str]) -> Hanging | None:
    """Return where the pieces that look like labels hang, if most do so alike."""
    run_of = {piece: piece.run() for piece in pieces if piece.reading.text.strip()}
    like = label_like(list(run_of.values()), places, REACH * size, listed)
    own = [next(piece for piece, run in run_of.items() if run is wanted) for wanted in like]
    joined = join(like, places, size, listed)
    if joined.offset is None or len(joined.pairs) < _LEAST_PAIRS:
        return None
    pairs = [
        own[j]
        for i, j in joined.pairs.items()
        if np.hypot(*(joined.anchors[j] - places[i] - joined.offset)) <= REGULAR_WITHIN * size
    ]
    if len(pairs) < _LEAST_PAIRS:
        return None
    across = np.array([piece.corners[1] - piece.corners[0] for piece in pairs])
    # Long labels tell the way better than short ones: their sum is taken, not the mean of their angles.
    along = across.sum(axis=0) / np.hypot(*across.sum(axis=0))
    down = np.array([-along[1], along[0]])
    height = float(np.median([piece.height for piece in pairs]))
    letters = np.array([len(piece.reading.text.strip()) for piece in pairs])
    advance = float(np.median((np.hypot(*across.T) / height - _EDGES) / letters))
    return Hanging(joined.offset, joined.hung_by, along, down, height, max(advance, 0.2))


def _inside(places: Array, bodies: Array) -> Hanging:
    """Return the guess that labels stand in the middle of their symbols."""
    sides = np.minimum(bodies[:, 2] - bodies[:, 0], bodies[:, 3] - bodies[:, 1])
    middles = (bodies[:, :2] + bodies[:, 2:]) / 2
    return Hanging(
        np.asarray(np.median(middles - places, axis=0)),
        "middle",
        np.array([1.0, 0.0]),
        np.array([0.0, 1.0]),
        _INSIDE_HEIGHT * float(np.median(sides)),
        _INSIDE_ADVANCE,
    )
