"""An example of the legend on a scan taken apart: its silhouette, the body that stands on the place.

As on drawn sheets, the *place* of a symbol is the centre of its body: the largest part that some turn lays
on itself (disc, square, bar). Where no part has a centre, it is the centroid of the whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from visavis.digitising.scans.scan import Pixels

Mask = NDArray[np.bool_]

# Of the distances of colours in CIE L*a*b* (1976): what a reader tells from paper at a glance.
_INK_FROM_PAPER: Final = 18.0
# A piece smaller than this share of the largest is dust.
_DUST: Final = 0.02
# A smaller piece that lies outside the box by more than the rest of it is a neighbour's.
_OWN: Final = 0.85
# What a turn must lay on itself, as a share of the area; an outline is sure to a pixel only.
_SAME_TURNED: Final = 0.93
_ORDERS: Final = (2, 3, 4, 5, 6)
# Lines thinner than this share of the thickest place don't belong to a body.
_THIN: Final = 0.45
# What is thinner than this share of the thickest place doesn't tell where a body's middle is.
_THICK: Final = 0.75
# The circle inscribed in a disc with something on it still touches the outline along this share.
_ROUND: Final = 0.5
_LEAST_BODY: Final = 0.12
_LEAST_INKED: Final = 0.25
_LEAST_ALIKE: Final = 0.6
# How unsure the outline of a part is, as a share of the crop.
_UNSURE_EDGE: Final = 0.012


@dataclass(frozen=True, eq=False)
class Anatomy:
    """An example in its box, masks (h, w) of the box widened by `margin` pixels.

    Parameters
    ----------
    ink : array of bool
        What is not paper.
    silhouette : array of bool
        Ink and what it encloses.
    body : array of bool
    place : x, y of the body's centre, pixels of the masks
    is_centred : bool
        Whether the body has a centre, so that a symbol without its pointer can be known.
    order : int
        How often the whole lies on itself in a full turn; 0 where any turn does.
    """

    ink: Mask
    silhouette: Mask
    body: Mask
    place: tuple[float, float]
    is_centred: bool
    order: int


def anatomy(lab: Pixels, inside: Mask, points_to_deg: float | None = None) -> Anatomy | None:
    """Return the parts of the example in a crop (h, w, 3); None where nothing is drawn `inside` its box.

    What is drawn alike on both sides of the way that it points is the symbol's; the rest (a number, a
    neighbour's letters) only the example's.
    """
    ink = _ink(lab, inside)
    if ink is None:
        return None
    if points_to_deg is not None:
        ink = _mirrored_alike(ink, points_to_deg)
    silhouette = _filled(ink)
    least = _LEAST_BODY * float(silhouette.sum())
    parts = [p for p in _parts(lab, ink, silhouette) if p.sum() >= least and _is_solid(p, ink)]
    centred = [part for part in parts if order_of(part) != 1]
    if centred:
        body = max(centred, key=lambda part: int(part.sum()))
    else:
        body = max(_pieces(silhouette), key=lambda part: int(part.sum()))
    place = _middle_of(body) if centred else centre_of(body)
    return Anatomy(ink, silhouette, body, place, bool(centred), order_of(silhouette))


def order_of(mask: Mask) -> int:
    """Return how often a mask lies on itself in a full turn about its centroid: 1 never but once, 0 always."""
    at = centre_of(mask)
    alike = [order for order in _ORDERS if _overlap(mask, at, 360.0 / order) >= _SAME_TURNED]
    if len(alike) >= len(_ORDERS) - 1:
        return 0
    return max(alike, default=1)


def centre_of(mask: Mask) -> tuple[float, float]:
    """Return x, y of a mask's centroid; the middle of pixel 0 is 0.5."""
    y, x = np.nonzero(mask)
    return float(x.mean()) + 0.5, float(y.mean()) + 0.5


def _middle_of(mask: Mask) -> tuple[float, float]:
    """Return the point about which half a turn lays most of a mask's thick part on itself.

    The stubs of lines that leave a body are thinner than it, so they don't count. The sum of a mask's
    products with its half-turned self about c is its convolution with itself at 2 c.
    """
    thick = _thick(mask)
    at = centre_of(thick)
    if _overlap(thick, at, 180.0) < _SAME_TURNED:
        return at
    high, wide = 2 * mask.shape[0], 2 * mask.shape[1]
    spectrum = np.fft.rfft2(thick.astype(np.float64), (high, wide))
    twice = np.fft.irfft2(spectrum**2, (high, wide))
    row, column = np.unravel_index(int(twice.argmax()), twice.shape)
    return float(column) / 2 + 0.5, float(row) / 2 + 0.5


def _thick(mask: Mask) -> Mask:
    """Return a mask opened by a disc almost as large as it holds."""
    deep = cv2.distanceTransform(np.pad(mask, 1).astype(np.uint8), cv2.DIST_L2, 5)[1:-1, 1:-1]
    radius = float(deep.max()) * _THICK
    away = cv2.distanceTransform((deep <= radius).astype(np.uint8), cv2.DIST_L2, 5)
    return np.asarray(mask & (away <= radius), dtype=bool)


def _overlap(mask: Mask, at: tuple[float, float], turn_deg: float) -> float:
    """Return the share of a mask that its turned self covers, outlines left aside, and the other way round."""
    matrix = cv2.getRotationMatrix2D((at[0] - 0.5, at[1] - 0.5), -turn_deg, 1.0)
    size = (mask.shape[1], mask.shape[0])
    turned = cv2.warpAffine(mask.astype(np.float32), matrix, size, flags=cv2.INTER_LINEAR) > 0.5
    edge = _edge(mask)
    missed = (_eroded(mask, edge) & ~turned).sum() + (_eroded(turned, edge) & ~mask).sum()
    return 1.0 - float(missed) / max(1.0, float(mask.sum()))


def _edge(mask: Mask) -> int:
    """Return how unsure outlines are, in pixels of the crop."""
    return max(1, int(np.rint(max(mask.shape) * _UNSURE_EDGE)))


def _is_solid(part: Mask, ink: Mask) -> bool:
    return float(_eroded(part, _edge(part)).sum()) >= 0.5 * float(part.sum()) and float(
        (part & ink).sum()
    ) >= _LEAST_INKED * float(part.sum())


def _mirrored_alike(ink: Mask, points_to_deg: float) -> Mask:
    """Return the ink that has its like across the axis that the example points along, where most has."""
    blurred = cv2.GaussianBlur(ink.astype(np.float32), (0, 0), float(_edge(ink)))
    best, mirror = 0.0, ink
    for tilt in np.arange(-3.0, 3.1, 1.0):
        angle_rad = np.radians(points_to_deg + tilt)
        across = np.array([np.cos(angle_rad), np.sin(angle_rad)])
        linear = np.eye(2) - 2 * np.outer(across, across)
        y, x = np.nonzero(ink)
        middle = np.array([x.mean(), y.mean()])
        reach = 0.2 * max(ink.shape)
        for offset in np.arange(-reach, reach + 0.5, max(1.0, _edge(ink) / 2)):
            at = middle + offset * across
            matrix = np.column_stack([linear, at - linear @ at])
            turned = cv2.warpAffine(blurred, matrix, (ink.shape[1], ink.shape[0]))
            alike = float((turned * blurred).sum())
            if alike > best:
                best, mirror = alike, turned > 0.2
    alike_ink = ink & mirror
    return alike_ink if alike_ink.sum() >= _LEAST_ALIKE * ink.sum() else ink


def _ink(lab: Pixels, inside: Mask) -> Mask | None:
    """Return what is not paper in a box, without dust and without what only reaches into it."""
    colours = coded(lab)
    ring = inside & ~_eroded(inside, 2 * _edge(inside))
    paper = np.median(colours[ring], axis=0)
    off = np.sqrt(((colours - paper) ** 2).sum(axis=2))
    pieces = [piece for piece in _pieces(off > _INK_FROM_PAPER) if (piece & inside).any()]
    if not pieces:
        return None
    within = [int((piece & inside).sum()) for piece in pieces]
    largest = max(within)
    kept = [
        piece
        for piece, size in zip(pieces, within, strict=True)
        if size == largest or (size >= max(4.0, _DUST * largest) and size >= _OWN * piece.sum())
    ]
    return np.asarray(np.logical_or.reduce(kept) & inside, dtype=bool)


def coded(lab: Pixels) -> NDArray[np.float32]:
    """Return L*, a*, b* of OpenCV's coding."""
    scale = np.array([100 / 255, 1, 1], dtype=np.float32)
    return np.asarray(lab * scale - np.array([0, 128, 128], dtype=np.float32), dtype=np.float32)


def _filled(ink: Mask) -> Mask:
    """Return ink and all that it encloses, small gaps bridged."""
    side = 2 * _edge(ink) + 1
    closed = cv2.morphologyEx(ink.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((side, side), np.uint8))
    framed = np.pad(closed, 1)
    count, labels = cv2.connectedComponents((framed == 0).astype(np.uint8), connectivity=4)
    if count <= 1:
        return ink
    return np.asarray((labels != labels[0, 0])[1:-1, 1:-1], dtype=bool)


def _parts(lab: Pixels, ink: Mask, silhouette: Mask) -> list[Mask]:
    """Return what may be a body: pieces without their thin lines, fields of one colour, discs within."""
    found = []
    for field in [*_pieces(silhouette), *_fields(lab, ink)]:
        solid = _without_lines(_filled(field))
        found += [solid, *_disc(solid)]
    return [part for part in found if part.any()]


def _fields(lab: Pixels, ink: Mask) -> list[Mask]:
    """Return the connected fields of each colour of the ink."""
    colours = coded(lab)
    fields: list[Mask] = []
    for centre in palette(colours[ink])[0]:
        near = ink & (np.sqrt(((colours - centre) ** 2).sum(axis=2)) < _INK_FROM_PAPER)
        fields += _pieces(near)
    return fields


def palette(colours: NDArray[np.float32], most: int = 6) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Return the main colours (k, 3) and which of them each colour (n, 3) is."""
    centres: list[NDArray[np.float32]] = []
    left = np.ones(len(colours), dtype=bool)
    while left.any() and len(centres) < most:
        rest = colours[left]
        if len(rest) < max(3.0, 0.02 * len(colours)) and centres:
            break
        sample = rest[:: max(1, len(rest) // 256)]
        near = ((sample[:, None] - rest[None, :: max(1, len(rest) // 512)]) ** 2).sum(axis=2) < 12.0**2
        seed = sample[int(near.sum(axis=1).argmax())]
        for _ in range(3):
            seed = rest[((rest - seed) ** 2).sum(axis=1) < 14.0**2].mean(axis=0)
        centres.append(seed.astype(np.float32))
        left &= ((colours - seed) ** 2).sum(axis=1) >= 18.0**2
    found = np.array(centres, dtype=np.float32)
    return found, ((colours[:, None] - found[None]) ** 2).sum(axis=2).argmin(axis=1)


def _without_lines(mask: Mask) -> Mask:
    """Return the largest piece of a mask that stays once its thin parts are gone."""
    deep = cv2.distanceTransform(np.pad(mask, 1).astype(np.uint8), cv2.DIST_L2, 5)[1:-1, 1:-1]
    radius = float(deep.max()) * _THIN
    core = _pieces(deep > radius)
    if not core:
        return mask
    largest = max(core, key=lambda piece: int(piece.sum()))
    grown = cv2.distanceTransform((~largest).astype(np.uint8), cv2.DIST_L2, 5) <= radius * np.sqrt(2) + 0.5
    opened = cv2.distanceTransform((~largest).astype(np.uint8), cv2.DIST_L2, 5) <= radius + 0.5
    # Corners of the solid part come back, lines do not: they reach further than a corner can.
    corners = _pieces(mask & grown & ~opened)
    small = [piece for piece in corners if piece.sum() <= radius * radius]
    return np.asarray(np.logical_or.reduce([mask & opened, *small]), dtype=bool)


def _disc(mask: Mask) -> list[Mask]:
    """Return the inscribed circle where it runs along the outline for long: a disc that carries something."""
    deep = cv2.distanceTransform(np.pad(mask, 1).astype(np.uint8), cv2.DIST_L2, 5)[1:-1, 1:-1]
    radius = float(deep.max())
    if radius < 3:
        return []
    y, x = np.nonzero(deep > radius - 0.02 * radius - 0.3)
    at = float(x.mean()), float(y.mean())
    turn = np.linspace(0, 2 * np.pi, 72, endpoint=False)
    out = radius + max(1.0, 0.07 * radius)
    outside = cv2.remap(
        np.pad(mask, 1).astype(np.float32),
        (at[0] + out * np.cos(turn) + 1).astype(np.float32)[None],
        (at[1] + out * np.sin(turn) + 1).astype(np.float32)[None],
        cv2.INTER_LINEAR,
    )
    if float((outside < 0.5).mean()) < _ROUND:
        return []
    rows, columns = np.indices(mask.shape)
    return [np.hypot(columns - at[0], rows - at[1]) <= radius]


def _pieces(mask: Mask) -> list[Mask]:
    count, labels = cv2.connectedComponents(mask.astype(np.uint8), connectivity=8)
    return [np.asarray(labels == i) for i in range(1, count)]


def _eroded(mask: Mask, by: int) -> Mask:
    side = 2 * by + 1
    return np.asarray(
        cv2.erode(np.pad(mask, 1).astype(np.uint8), np.ones((side, side), np.uint8))[1:-1, 1:-1], dtype=bool
    )
