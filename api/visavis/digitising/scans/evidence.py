"""How much more likely each pixel of a page is if a symbol's colour class lies there than if not.

For a class the likelihood of a pixel is a Gaussian about the class's colour, mixed with a share of pixels
that something else covers. It is held against the share of the page that looks like that class anyway: red
on a page with little red says much, white says nothing. Logarithms, so that pixels add up.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from visavis.digitising.scans.paper import Page

# Standard deviations of L*, a*, b* of one colour over a scan: light, grain, edges.
SPREAD: Final = (16.0, 10.0, 10.0)
# Of the pixels of a symbol, what something else covers or spoils.
SPOILT: Final = 0.1
_RAREST: Final = 0.01
# Evidence is kept in bytes: this value plus 32 times the logarithm.
ZERO: Final = 96
# A line turned or moved by less than a pixel puts its colour into a pixel beside.
_NEXT: Final = np.ones((3, 3), np.uint8)
STEPS: Final = 24.0


@dataclass(frozen=True, eq=False)
class Evidence:
    """What a page tells about each colour class.

    Parameters
    ----------
    page : Page
    classes : array (k, 3)
        L*, a*, b* of each.
    maps : array (2k, h, w)
        For each class, then against each going on at a rim; (value − ZERO) / STEPS is the logarithm.
    most : array (2k,)
        The most of each, coded, less ZERO.
    rarity : array (k,)
        Share of the page that looks like the class.
    """

    page: Page
    classes: NDArray[np.float32]
    maps: NDArray[np.uint8]
    most: NDArray[np.float64]
    rarity: NDArray[np.float32]


def evidence(page: Page, classes: NDArray[np.float32]) -> Evidence:
    """Return how much each pixel of a page speaks for each colour class (k, 3)."""
    height, width = page.lab.shape[:2]
    maps = np.empty((2 * len(classes), height, width), dtype=np.uint8)
    rarity = np.empty(len(classes), dtype=np.float32)
    like = np.empty((height, width), dtype=np.float32)
    for k, colour in enumerate(classes):
        rows = max(1, 2**21 // width)
        for top in range(0, height, rows):
            like[top : top + rows] = _likeness(page.lab[top : top + rows], colour)
        rarity[k] = max(float(like.mean()), _RAREST)
        maps[len(classes) + k] = _coded(np.log(SPOILT + (1 - SPOILT) * (1 - like)))
        near = np.asarray(cv2.dilate(like, _NEXT), dtype=np.float32)
        share = max(float(near.mean()), _RAREST)
        maps[k] = _coded(np.log(SPOILT + (1 - SPOILT) * near / share))
    most = maps.reshape(len(maps), -1).max(axis=1).astype(np.float64) - ZERO
    return Evidence(page, classes, maps, most, rarity)


def _likeness(lab: NDArray[np.uint8], colour: NDArray[np.float32]) -> NDArray[np.float32]:
    off = np.zeros(lab.shape[:2], dtype=np.float32)
    for channel, (spread, scale, zero) in enumerate(
        zip(SPREAD, (100 / 255, 1, 1), (0, 128, 128), strict=True)
    ):
        table = ((np.arange(256) * scale - zero - colour[channel]) / spread) ** 2
        off += table.astype(np.float32)[lab[:, :, channel]]
    return np.asarray(cv2.exp(-0.5 * off), dtype=np.float32)


def _coded(logarithm: NDArray[np.float32]) -> NDArray[np.uint8]:
    return np.asarray(np.clip(np.rint(logarithm * STEPS + ZERO), 0, 255), dtype=np.uint8)
