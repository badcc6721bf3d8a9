"""What is written into a picture: distances on the ground, and which building is which and how sharply seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import shapely

from visavis.pictures.picturing import Patch, Picture
from visavis.pictures.words import LEVEL_NAMES, metres, say, told

# No more labels than a person reads, and none for what is smaller than this, in pixels of the drawing.
_MOST: Final = 12
_LEAST_AREA: Final = 300.0
_LEAST_ARC: Final = 60.0

_SIZE: Final = 16
_LONGEST: Final = 44
_LETTER: Final = 0.5
_LINE: Final = 20.0

# Where a label is tried, to the right of and below the place that it speaks of: near first, then aside, then far.
_TRIED: Final = (
    (0, -34), (0, 34), (110, -34), (-110, -34), (0, -90), (110, 34), (-110, 34), (0, 90),
    (180, -80), (-180, -80), (0, -150), (180, 80), (-180, 80), (0, 150), (0, -210), (0, 210),
    (260, -60), (-260, -60), (260, 60), (-260, 60), (60, 150), (-60, 150), (60, -150), (-60, -150),
)  # fmt: skip

Box = tuple[float, float, float, float]
Spot = tuple[float, float]


@dataclass(frozen=True)
class Label:
    """Lines of text, their box, and the place that they speak of, in pixels of the drawing."""

    lines: tuple[str, ...]
    box: Box
    anchor: Spot

    @property
    def leader(self) -> tuple[Spot, Spot]:
        """The line from the place to the nearest side of the box."""
        x, y = self.anchor
        left, top, right, bottom = self.box
        return self.anchor, (min(max(x, left + 8.0), right - 8.0), bottom if y > bottom else top)


def in_picture(row: Box, scale: float) -> Any:
    """Return a row of the drawing as a rectangle in pixels of the sensor."""
    left, top, right, bottom = row
    return shapely.box(left / scale, top / scale, right / scale, bottom / scale)


def arc_labels(picture: Picture, scale: float, lang: str, row: Box) -> list[Label]:
    """Return the distances of the arcs, each where its arc is longest, as far as they have room in a row."""
    found: list[Label] = []
    for distance, lines in picture.arcs:
        parts = shapely.get_parts(shapely.intersection(lines, in_picture(row, scale)))
        if not len(parts):
            continue
        longest = max(parts, key=lambda line: line.length)
        if longest.length * scale < _LEAST_ARC:
            continue
        x, y = (scale * each for each in longest.interpolate(0.5, normalized=True).coords[0])
        text = f"{told(distance, lang)} m"
        half = _LETTER * _SIZE * len(text) / 2.0
        box = (x - half, y - 17.0, x + half, y)
        if box[1] > row[1] + 2.0 and not any(_meet(box, other.box) for other in found):
            found.append(Label((text,), box, (x, y)))
    return found


def building_labels(picture: Picture, scale: float, lang: str, row: Box, taken: Sequence[Box]) -> list[Label]:
    """Return labels of the largest private buildings within range in a row of the drawing, clear of one another.

    Buildings that are neither dwellings nor sensitive places get none.
    """
    groups: dict[str, list[Patch]] = {}
    for patch in picture.patches:
        if patch.private and patch.level is not None and patch.what != "other_private":
            groups.setdefault(str(patch.building_id or patch.space_id), []).append(patch)
    here = in_picture(row, scale)
    parts = {name: _largest(mine, here) for name, mine in groups.items()}
    area = {name: part.area * scale**2 for name, part in parts.items()}
    chosen = [
        name for name in sorted(parts, key=lambda each: (-area[each], each)) if area[name] >= _LEAST_AREA
    ]
    anchors = {name: _middle(parts[name], scale) for name in chosen[:_MOST]}
    found: list[Label] = []
    for name, anchor in anchors.items():
        others = [other for other in anchors.values() if other != anchor]
        label = _placed(_lines(name, groups[name], picture, lang), anchor, found, others, row, taken)
        if label is not None:
            found.append(label)
    return found


def sharpness(patches: Sequence[Patch], lang: str) -> str:
    """Return how far off and how sharp the nearest and sharpest of some patches are, in words."""
    sharpest = max(patches, key=lambda patch: patch.px_per_m)
    distance = metres(min(patch.distance_m for patch in patches), lang)
    if sharpest.level is None:
        return say("blunt", lang, distance=distance)
    level = LEVEL_NAMES[sharpest.level]
    word = level.fr if lang == "fr" else level.en
    return say("sharp", lang, distance=distance, level=word, density=told(sharpest.px_per_m, lang))


def _lines(name: str, mine: Sequence[Patch], picture: Picture, lang: str) -> tuple[str, str]:
    called = picture.names.get(name, name)
    short = called if len(called) <= _LONGEST else called[: _LONGEST - 1] + "…"
    return short, sharpness(mine, lang)


def _placed(
    lines: tuple[str, ...],
    anchor: Spot,
    labels: Sequence[Label],
    anchors: Sequence[Spot],
    row: Box,
    taken: Sequence[Box],
) -> Label | None:
    """Return the label at the first place tried where it lies in the row and meets no other label, or None."""
    width = max(len(line) for line in lines) * _LETTER * _SIZE + 20.0
    height = _LINE * len(lines) + 12.0
    for dx, dy in _TRIED:
        left = min(max(anchor[0] + dx - width / 2.0, row[0] + 4.0), row[2] - 4.0 - width)
        top = anchor[1] + dy - (height if dy < 0 else 0.0)
        label = Label(lines, (left, top, left + width, top + height), anchor)
        inside = left >= row[0] + 4.0 and top >= row[1] + 4.0 and top + height <= row[3] - 4.0
        if inside and _clear(label, labels, anchors, taken):
            return label
    return None


def _clear(label: Label, labels: Sequence[Label], anchors: Sequence[Spot], taken: Sequence[Box]) -> bool:
    if any(_meet(label.box, other) for other in (*taken, *(each.box for each in labels))):
        return False
    if any(_holds(label.box, anchor) for anchor in anchors):
        return False
    mine, leader = shapely.box(*label.box), shapely.LineString(label.leader)
    return not any(
        mine.intersects(shapely.LineString(other.leader)) or leader.intersects(shapely.box(*other.box))
        for other in labels
    )


def _largest(patches: Sequence[Patch], here: Any) -> Any:
    """Return the largest part of some patches in a row."""
    seen = (shapely.intersection(patch.shape, here) for patch in patches)
    return max((part for shape in seen for part in shapely.get_parts(shape)), key=lambda part: part.area,
               default=shapely.Polygon())  # fmt: skip


def _middle(shape: Any, scale: float) -> Spot:
    """Return a place well inside a polygon."""
    centre = shape.centroid
    place = centre if shape.contains(centre) else shape.representative_point()
    return float(place.x) * scale, float(place.y) * scale


def _meet(one: Box, other: Box) -> bool:
    gap = 4.0
    return (
        one[0] < other[2] + gap
        and other[0] < one[2] + gap
        and one[1] < other[3] + gap
        and other[1] < one[3] + gap
    )


def _holds(box: Box, place: Spot) -> bool:
    return box[0] - 6.0 < place[0] < box[2] + 6.0 and box[1] - 6.0 < place[1] < box[3] + 6.0
