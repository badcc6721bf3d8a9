"""Pieces of text beside symbols: found and read without knowing what they may say."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from visavis.digitising.lettering import TextRun
from visavis.digitising.scans.recognising import Reading, find_text, line_picture, read_lines

Array = NDArray[np.float64]
Pixels = NDArray[np.uint8]

# In sizes of a symbol: how far from its middle text is looked for.
_AROUND: Final = 2.2
_SYMBOL_PX: Final = 64.0  # the size of a symbol at which its label is as high as the finder likes it
_LEAST_SCALE: Final = 0.25
_MOST_SCALE: Final = 3.0
_GAP_PX: Final = 16
_A_ROW: Final = 4
_ROWS: Final = 3
_STANDING: Final = 1.5  # higher than wide by this: may be a line that runs up or down
_UPRIGHT_BONUS: Final = 0.15
_SAME_PIECE: Final = 0.5


@dataclass(frozen=True, eq=False)
class Piece:
    """A piece of text: its corners in pixels (upper left first, as it is read) and what it reads as."""

    corners: Array
    reading: Reading

    @property
    def middle(self) -> Array:
        return np.asarray(self.corners.mean(axis=0))

    @property
    def height(self) -> float:
        return float(np.hypot(*(self.corners[3] - self.corners[0])))

    def run(self) -> TextRun:
        """Return it as a line of text, in pixels."""
        (x0, y0), (x1, y1) = self.corners.min(axis=0), self.corners.max(axis=0)
        along = self.corners[1] - self.corners[0]
        return TextRun(
            self.reading.text.strip(),
            float(self.corners[3][0]),
            float(self.corners[3][1]),
            math.degrees(math.atan2(along[1], along[0])),
            self.height,
            (float(x0), float(y0), float(x1), float(y1)),
        )


def pieces_near(colour: Pixels, places: Array, size: float) -> list[Piece]:
    """Return the pieces of text around some places, each once.

    Parameters
    ----------
    colour : array (h, w, 3) of uint8
    places : array (m, 2)
        Pixels.
    size : float
        Of a symbol, pixels.
    """
    scale = float(np.clip(_SYMBOL_PX / size, _LEAST_SCALE, _MOST_SCALE))
    side = round(2 * _AROUND * size * scale)
    found: list[Array] = []
    for start in range(0, len(places), _A_ROW * _ROWS):
        found += _found(colour, places[start : start + _A_ROW * _ROWS], scale, side)
    return read_pieces(colour, _each_once(found))


def read_pieces(colour: Pixels, quads: Sequence[Array]) -> list[Piece]:
    """Return pieces read, each the way round in which it reads best."""
    turned = [corners for quad in quads for corners in _ways_round(quad)]
    readings = iter(read_lines([line_picture(colour, corners) for corners in turned]))
    pieces = []
    for quad in quads:
        ways = [Piece(corners, next(readings)) for corners in _ways_round(quad)]
        bonus = [_UPRIGHT_BONUS, *([0.0] * (len(ways) - 1))]
        pieces.append(max(zip(ways, bonus, strict=True), key=lambda way: way[0].reading.sureness + way[1])[0])
    return pieces


def _found(colour: Pixels, places: Array, scale: float, side: int) -> list[Array]:
    """Return the corners of text around a few places: their surroundings are looked at as one picture."""
    columns = min(_A_ROW, len(places))
    rows = math.ceil(len(places) / columns)
    step = side + _GAP_PX
    sheet = np.full((rows * step, columns * step, 3), 255, dtype=np.uint8)
    corners_of = {}
    for n, place in enumerate(places):
        row, column = divmod(n, columns)
        upper_left = place - side / scale / 2
        matrix = np.array([[1 / scale, 0, upper_left[0]], [0, 1 / scale, upper_left[1]]])
        sheet[row * step : row * step + side, column * step : column * step + side] = cv2.warpAffine(
            colour,
            matrix,
            (side, side),
            flags=cv2.WARP_INVERSE_MAP | (cv2.INTER_LINEAR if scale < 1 else cv2.INTER_CUBIC),
            borderMode=cv2.BORDER_REPLICATE,
        )
        corners_of[row, column] = upper_left
    quads = []
    for quad in find_text(sheet):
        x, y = quad.mean(axis=0)
        cell = int(y // step), int(x // step)
        within = quad - [cell[1] * step, cell[0] * step]
        # What is cut by the edge is no whole piece.
        if cell in corners_of and (within > 1).all() and (within < side - 1).all():
            quads.append(within / scale + corners_of[cell])
    return quads


def _each_once(quads: Sequence[Array]) -> list[Array]:
    kept: list[Array] = []
    for quad in sorted(quads, key=_area, reverse=True):
        middle, height = quad.mean(axis=0), np.hypot(*(quad[3] - quad[0]))
        if all(np.hypot(*(middle - other.mean(axis=0))) > _SAME_PIECE * height for other in kept):
            kept.append(quad)
    return kept


def _area(quad: Array) -> float:
    return float(np.hypot(*(quad[1] - quad[0])) * np.hypot(*(quad[3] - quad[0])))


def _ways_round(quad: Array) -> list[Array]:
    """Return the corners as they are, and where text may run up or down also so."""
    wide, high = np.hypot(*(quad[1] - quad[0])), np.hypot(*(quad[3] - quad[0]))
    return [quad] if high < _STANDING * wide else [quad, np.roll(quad, 1, axis=0), np.roll(quad, -1, axis=0)]
