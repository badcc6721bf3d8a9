"""A sheet of pixels, and how its pixels lie in sheet coordinates."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from visavis.digitising.drawing import Box

Pixels = NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class Scan:
    """A page as pixels.

    The pixel in row i and column j covers x from j to j + 1 and y from i to i + 1, times `unit`.

    Parameters
    ----------
    colour : array (h, w, 3) of uint8
        Red, green, blue; on a grey picture all three are alike.
    unit : float
        Sheet units per pixel: 1 where the sheet is a picture, points where it is a page of a PDF.
    unit_name : str
        "pixels" or "points", for messages.
    page, pages : int
        Which page this is, from 1, and how many the file has.
    """

    colour: Pixels
    unit: float = 1.0
    unit_name: str = "pixels"
    page: int = 1
    pages: int = 1

    @property
    def width(self) -> float:
        """In sheet units."""
        return float(self.colour.shape[1] * self.unit)

    @property
    def height(self) -> float:
        """In sheet units."""
        return float(self.colour.shape[0] * self.unit)

    @cached_property
    def grey(self) -> Pixels:
        """Lightness (h, w)."""
        return np.asarray(cv2.cvtColor(self.colour, cv2.COLOR_RGB2GRAY), dtype=np.uint8)

    def in_pixels(self, box: Box) -> Box:
        """Return a box of the sheet in pixels."""
        return box[0] / self.unit, box[1] / self.unit, box[2] / self.unit, box[3] / self.unit

    def on_sheet(self, box: Box) -> Box:
        """Return a box of pixels on the sheet."""
        return box[0] * self.unit, box[1] * self.unit, box[2] * self.unit, box[3] * self.unit
