"""A first placing: the sheet's lines are laid over the walls at every turn and shift, at the scales that may be.

The overlap at all shifts is one correlation by Fourier transform (Lewis, Fast normalized cross-correlation, 1995).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import fft, ndimage

from visavis.digitising.suggesting.lines import Lines
from visavis.model.progress import Progress, untold

Array = NDArray[np.float64]

_PIXEL_M: Final = 8.0
_BLUR_M: Final = 8.0
# Beyond so many metres around, how much is built does not count, only where exactly.
_AROUND_M: Final = 60.0
_TURN_DEG: Final = 2.0
_KEPT: Final = 6
_MOST_CELLS: Final = 16_000_000


@dataclass(frozen=True, eq=False)
class Start:
    """A candidate: `matrix` (2, 3) from sheet to metres, how far it stands out in standard deviations."""

    matrix: Array
    stands_out: float


def search(
    sheet: Lines, walls: Lines, metres_per_unit: Sequence[float], progress: Progress = untold
) -> list[Start]:
    """Return the placings that bring most of the sheet's lines onto walls, the best first.

    Parameters
    ----------
    sheet : Lines
        Sheet coordinates, y down.
    walls : Lines
        Metres, y up.
    metres_per_unit : sequence of float
        Scales that may be.
    """
    low, high = walls.at.min(axis=0), walls.at.max(axis=0)
    centre = (sheet.at.min(axis=0) + sheet.at.max(axis=0)) / 2
    reach = float(np.hypot(*np.ptp(sheet.at, axis=0))) / 2
    found: list[Start] = []
    turns = np.arange(0.0, 360.0, _TURN_DEG)
    for number, scale in enumerate(metres_per_unit):
        pixel = _PIXEL_M
        side = high - low + 2 * reach * scale
        while np.prod(side / pixel) > _MOST_CELLS:
            pixel *= 1.5
        shape = tuple(int(fft.next_fast_len(int(n / pixel) + 2, real=True)) for n in side)
        wanted = np.conj(fft.rfft2(_drawn(walls.at, low, pixel, shape, spread=True)))
        for done, turn in enumerate(turns):
            matrix = _turned(turn, scale, centre)
            moved = sheet.at @ matrix[:, :2].T + matrix[:, 2]
            corner = moved.min(axis=0)
            own = _drawn(moved, corner, pixel, shape, spread=False)
            overlap = fft.irfft2(np.conj(fft.rfft2(own) * wanted), shape)
            best = np.unravel_index(int(np.argmax(overlap)), shape)
            stands_out = float((overlap[best] - overlap.mean()) / (overlap.std() or 1.0))
            # Beyond the walls the transform counts from the other end: the sheet juts out before them.
            juts = np.array(best) * pixel > high - low
            shift = np.where(juts, np.array(best) - shape, best)
            placed = matrix.copy()
            placed[:, 2] += low - corner + shift * pixel
            found.append(Start(placed, stands_out))
            if done % 10 == 0:
                progress(
                    "turning the sheet over the buildings",
                    number * len(turns) + done,
                    len(turns) * len(metres_per_unit),
                )
    found.sort(key=lambda start: -start.stands_out)
    return found[:_KEPT]


def _turned(turn_deg: float, scale: float, centre: Array) -> Array:
    """Return the map that turns the sheet clockwise about its centre; the sheet's y runs down."""
    turn = np.radians(turn_deg)
    linear = scale * np.array([[np.cos(turn), -np.sin(turn)], [-np.sin(turn), -np.cos(turn)]])
    return np.column_stack([linear, -linear @ centre])


def _drawn(
    at: Array, low: Array, pixel: float, shape: tuple[int, ...], *, spread: bool
) -> NDArray[np.float32]:
    cell = np.floor((at - low) / pixel).astype(int)
    inside = ((cell >= 0) & (cell < shape)).all(axis=1)
    flat = np.ravel_multi_index(tuple(cell[inside].T), shape)
    drawn = np.minimum(np.bincount(flat, minlength=int(np.prod(shape))).reshape(shape), 2).astype(np.float32)
    if not spread:
        return np.asarray(drawn - drawn.mean(), dtype=np.float32)
    blurred = ndimage.gaussian_filter(drawn, _BLUR_M / pixel)
    return np.asarray(blurred - ndimage.gaussian_filter(drawn, _AROUND_M / pixel), dtype=np.float32)
