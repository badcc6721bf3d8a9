"""The examples of the legend as templates: points about the place, each of a colour class.

All examples share one set of classes, the main colours of their parts. What a symbol must not do, go on in
its own colour beyond its outline, is told by points of a *rim* around it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from visavis.digitising.legend import Entry
from visavis.digitising.scans.anatomy import Anatomy, Mask, anatomy, coded, palette
from visavis.digitising.scans.evidence import SPREAD
from visavis.digitising.scans.paper import Page
from visavis.digitising.scans.scan import Pixels
from visavis.model.errors import SymbolsError

_MARGIN: Final = 0.15
_MAGNIFIED_PX: Final = 320.0
_MOST_CLASSES: Final = 10
# From the outline to the rim, and how far it reaches: pixels.
_RIM_FROM, _RIM_TO = 1.2, 2.8
# A point of the rim that is more like the ink than this on the example itself tells nothing.
_ENDS_AT: Final = 0.3
_DEEP: Final = 2


@dataclass(frozen=True, eq=False)
class Template:
    """An example as points about its place.

    Parameters
    ----------
    entry : Entry
    at : x, y of the place on the page, pixels
    offsets : array (n, 2)
        From the place, x right, y down, pixels of the page.
    classes : array (n,) of int
        Colour class of each point; of rim points the class that must end there, plus `count` of classes.
    weights : array (n,)
        Pixels that each point stands for, less where its colour is unsure to a pixel.
    of_body : array of bool (n,)
        Points of the body and of the rim that it shares with no pointer.
    colours : array (n, 3)
        L*, a*, b* of the example there; of rim points, what must not go on there.
    rim : array of bool (n,)
    is_centred : bool
        Whether the body can be known without its pointer.
    order : int
        How often the whole lies on itself in a full turn; 0 where any turn does.
    radius : float
        Of the farthest point.
    unsure_place : float
        How far, along each axis, the place may be from the one taken: pixels of the page.
    """

    entry: Entry
    at: tuple[float, float]
    offsets: NDArray[np.float32]
    classes: NDArray[np.int64]
    weights: NDArray[np.float32]
    of_body: Mask
    colours: NDArray[np.float32]
    rim: Mask
    is_centred: bool
    order: int
    radius: float
    unsure_place: float

    @property
    def has_pointer(self) -> bool:
        return bool(self.is_centred and self.entry.points_to_deg is not None and not self.of_body.all())


def templates(
    page: Page, legend: Sequence[Entry], boxes: Sequence[tuple[float, ...]]
) -> tuple[list[Template], NDArray[np.float32]]:
    """Return the template of each entry, and L*, a*, b* (k, 3) of the colour classes.

    Parameters
    ----------
    boxes : sequence of left, top, right, bottom
        Of the examples, pixels of the page.
    """
    seen = [_seen(page, entry, box) for entry, box in zip(legend, boxes, strict=True)]
    colours = np.concatenate([coded(crop)[parts.silhouette] for crop, parts, _ in seen])
    classes, _ = palette(colours, _MOST_CLASSES)
    return [_template(entry, *each, classes) for entry, each in zip(legend, seen, strict=True)], classes


def _seen(page: Page, entry: Entry, box: tuple[float, ...]) -> tuple[Pixels, Anatomy, tuple[int, int]]:
    """Return a crop around an example, its parts at the crop's scale, and the crop's corner."""
    height, width = page.lab.shape[:2]
    margin = max(3, round(_MARGIN * max(box[2] - box[0], box[3] - box[1])))
    left, top = max(0, int(box[0]) - margin), max(0, int(box[1]) - margin)
    right, bottom = min(width, int(np.ceil(box[2])) + margin), min(height, int(np.ceil(box[3])) + margin)
    crop = page.lab[top:bottom, left:right]
    inside = np.zeros(crop.shape[:2], dtype=np.uint8)
    x0, y0 = round(box[0]) - left, round(box[1]) - top
    inside[max(0, y0) : round(box[3]) - top, max(0, x0) : round(box[2]) - left] = 1
    zoom = _MAGNIFIED_PX / max(crop.shape[:2])
    size = (round(crop.shape[1] * zoom), round(crop.shape[0] * zoom))
    large = np.asarray(cv2.resize(crop, size, interpolation=cv2.INTER_CUBIC), dtype=np.uint8)
    within = cv2.resize(inside, size, interpolation=cv2.INTER_NEAREST) > 0
    parts = anatomy(large, within, entry.points_to_deg)
    if parts is None:
        raise SymbolsError(
            "nothing is drawn inside the box",
            row=entry.row,
            remedy="Draw the box around the example of the symbol, from the page's top left",
        )
    shrink = crop.shape[1] / size[0], crop.shape[0] / size[1]

    def small(mask: Mask) -> Mask:
        covered = cv2.resize(
            mask.astype(np.float32), (crop.shape[1], crop.shape[0]), interpolation=cv2.INTER_AREA
        )
        return np.asarray(covered > 0.5)

    place = parts.place[0] * shrink[0], parts.place[1] * shrink[1]
    shrunk = Anatomy(
        small(parts.ink), small(parts.silhouette), small(parts.body), place, parts.is_centred, parts.order
    )
    return crop, shrunk, (left, top)


def _template(
    entry: Entry, crop: Pixels, parts: Anatomy, corner: tuple[int, int], classes: NDArray[np.float32]
) -> Template:
    colours = coded(crop)
    nearest = ((colours[:, :, None] - classes) ** 2).sum(axis=3).argmin(axis=2)
    rim, shown = _rim(parts.silhouette, parts.ink, colours)
    taken = parts.silhouette | rim
    y, x = np.nonzero(taken)
    is_rim = rim[y, x]
    sources = shown[:, y, x]
    kind = np.where(is_rim, nearest[sources[0], sources[1]] + len(classes), nearest[y, x])
    slopes = [cv2.Sobel(colours, cv2.CV_32F, dx, dy, ksize=3, scale=1 / 8) for dx, dy in ((1, 0), (0, 1))]
    steep = np.sqrt((np.stack(slopes) ** 2).sum(axis=(0, 3)))
    weight = 1.0 / (1.0 + (steep[y, x] * 0.7 / 14.0) ** 2)
    if entry.points_to_deg is not None:
        weight *= _alike_across(colours, parts.place, entry.points_to_deg)[y, x]
    body = parts.body | (_dilated(parts.body, 3) & ~parts.silhouette)
    offsets = np.column_stack([x + 0.5 - parts.place[0], y + 0.5 - parts.place[1]]).astype(np.float32)
    return Template(
        entry,
        (corner[0] + parts.place[0], corner[1] + parts.place[1]),
        offsets,
        kind.astype(np.int64),
        np.where(is_rim, _ends(colours[y, x], colours[sources[0], sources[1]]), weight).astype(np.float32),
        body[y, x],
        np.where(is_rim[:, None], colours[sources[0], sources[1]], colours[y, x]).astype(np.float32),
        is_rim,
        parts.is_centred,
        parts.order,
        float(np.hypot(*offsets.T).max()),
        _unsure(parts),
    )


def _alike_across(
    colours: NDArray[np.float32], place: tuple[float, float], points_to_deg: float
) -> NDArray[np.float32]:
    """Return 1 where the colour has its like across the axis of the symbol, towards 0 where it hasn't."""
    angle_rad = np.radians(points_to_deg)
    across = np.array([np.cos(angle_rad), np.sin(angle_rad)])
    linear = np.eye(2) - 2 * np.outer(across, across)
    at = np.array(place) - 0.5
    matrix = np.column_stack([linear, at - linear @ at])
    size = (colours.shape[1], colours.shape[0])
    mirrored = cv2.warpAffine(colours, matrix, size, borderMode=cv2.BORDER_REPLICATE)
    off = np.sqrt(((cv2.GaussianBlur(colours - mirrored, (0, 0), 0.7)) ** 2).sum(axis=2))
    return np.asarray(1.0 / (1.0 + (off / 20.0) ** 4), dtype=np.float32)


def _unsure(parts: Anatomy) -> float:
    """Return how unsure the place is: some programs set a mark without a centre by its bounds' middle."""
    if parts.is_centred:
        return 0.0
    y, x = np.nonzero(parts.body)
    middle = (float(x.min() + x.max() + 1) / 2, float(y.min() + y.max() + 1) / 2)
    return float(np.hypot(middle[0] - parts.place[0], middle[1] - parts.place[1])) / 2 / float(np.sqrt(2))


def _ends(beyond: NDArray[np.float32], within: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return how surely a colour ends at each point of the rim of the example itself."""
    like = np.exp(-0.5 * (((beyond - within) / np.array(SPREAD)) ** 2).sum(axis=1))
    return np.asarray(np.where(like < _ENDS_AT, 1.0 - like, 0.0), dtype=np.float32)


def _rim(silhouette: Mask, ink: Mask, colours: NDArray[np.float32]) -> tuple[Mask, NDArray[np.int64]]:
    """Return the rim, and for each pixel the row and column (2, h, w) of the inkiest ink beside the nearest."""
    out = cv2.distanceTransform((~silhouette).astype(np.uint8), cv2.DIST_L2, 5)
    _, labels = cv2.distanceTransformWithLabels(
        (~ink).astype(np.uint8), cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL
    )
    rows, columns = np.nonzero(ink)
    deep = _deepest(ink, colours)
    place = np.zeros((2, int(labels.max()) + 1), dtype=np.int64)
    place[:, labels[rows, columns]] = deep[:, rows, columns]
    return (out >= _RIM_FROM) & (out <= _RIM_TO), place[:, labels]


def _deepest(ink: Mask, colours: NDArray[np.float32]) -> NDArray[np.int64]:
    """Return for each pixel the row and column (2, h, w) of the ink near it that is least like paper."""
    paper = np.median(colours[~ink], axis=0) if (~ink).any() else np.array([100.0, 0, 0])
    off = np.where(ink, np.sqrt(((colours - paper) ** 2).sum(axis=2)), 0.0)
    rows, columns = np.indices(ink.shape)
    best, deep = off.copy(), np.stack([rows, columns])
    for dy in range(-_DEEP, _DEEP + 1):
        for dx in range(-_DEEP, _DEEP + 1):
            at = np.clip(rows + dy, 0, ink.shape[0] - 1), np.clip(columns + dx, 0, ink.shape[1] - 1)
            better = off[at] > best
            best = np.where(better, off[at], best)
            deep = np.where(better, np.stack(at), deep)
    return deep


def _dilated(mask: Mask, by: int) -> Mask:
    side = 2 * by + 1
    return np.asarray(cv2.dilate(mask.astype(np.uint8), np.ones((side, side), np.uint8)), dtype=bool)
