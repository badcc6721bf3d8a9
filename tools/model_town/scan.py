"""The sheet as an office scanner gives it: a little turned, grey at the edges, grainy."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np
import pypdfium2

DPI: Final = 180.0
TURN_DEG: Final = 0.7
QUALITY: Final = 72


@dataclass(frozen=True)
class Scan:
    """The picture's bytes and size, and where a sheet point lies on it."""

    jpeg: bytes
    size: tuple[int, int]
    matrix: Any

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Return the pixel of a sheet point."""
        u, v = self.matrix @ np.array([x * DPI / 72.0, y * DPI / 72.0, 1.0])
        return float(u), float(v)


def scan(pdf: bytes) -> Scan:
    """Return the first page as scanned, the same each time."""
    page = pypdfium2.PdfDocument(pdf)[0]
    picture = page.render(scale=DPI / 72.0).to_numpy()[:, :, :3]
    height, width = picture.shape[:2]
    turn, centre = math.radians(TURN_DEG), (width / 2.0, height / 2.0)
    c, s = math.cos(turn), math.sin(turn)
    matrix = np.array(
        [
            [c, s, (1 - c) * centre[0] - s * centre[1] + 4.0],
            [-s, c, s * centre[0] + (1 - c) * centre[1] - 3.0],
        ]
    )
    turned = cv2.warpAffine(
        picture, matrix, (width, height), flags=cv2.INTER_AREA, borderValue=(246, 247, 248)
    )
    rng = np.random.default_rng(2026)
    shade = 1.0 - 0.06 * np.linspace(-1, 1, width)[None, :, None] ** 2
    noisy = (
        cv2.GaussianBlur(turned, (0, 0), 0.6) * shade
        + 3.0 * rng.standard_normal(turned.shape[:2])[:, :, None]
    )
    done, jpeg = cv2.imencode(
        ".jpg", np.clip(noisy, 0, 255).astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, QUALITY]
    )
    if not done:
        raise OSError("the picture could not be encoded")
    return Scan(jpeg.tobytes(), (width, height), matrix)
