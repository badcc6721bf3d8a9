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
)  # fmt: skip

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Label:
    """Lines of text, their box, and the place that they speak of, in pixels of the drawing."""

    lines: tuple[str, ...]
    box: Box
    anchor: tuple[float, float]


def arc_labels(picture: Picture, scale: float, lang: str) -> list[Label]:
    """Return the distances of the arcs, each where its arc is longest, nearest first, as far as they have room."""
    found: list[Label] = []
    for distance, lines in picture.arcs:
        parts = shapely.get_parts(lines)
        if not len(parts):
            continue
        longest = max(parts, key=lambda line: line.length)
        if longest.length * scale < _LEAST_ARC:
            continue
        x, y = (scale * each for each in longest.interpolate(0.5, normalized=True).coords[0])
        text = f"{told(distance, lang)} m"
        half = _LETTER * _SIZE * len(text) / 2.0
        box = (x - half, y - 17.0, x + half, y)
        if box[1] > 2.0 and not any(_meet(box, other.box) for other in found):
            found.append(Label((text,), box, (x, y)))
    return found


def building_labels(picture: Picture, scale: float, lang: str, taken: Sequence[Box]) -> list[Label]:
    """Return labels of the largest private buildings within range, the largest first, clear of what is `taken`."""
    groups: dict[str, list[Patch]] = {}
    for patch in picture.patches:
        if patch.private and patch.level is not None:
            groups.setdefault(str(patch.building_id or patch.space_id), []).append(patch)
    area = {name: sum(patch.shape.area for patch in mine) * scale**2 for name, mine in groups.items()}
    chosen = [name for name in sorted(groups, key=lambda each: (-area[each], each)) if area[name] >= _LEAST_AREA]
    anchors = {name: _middle(groups[name], scale) for name in chosen[:_MOST]}
    found: list[Label] = []
    for name, anchor in anchors.items():
        lines = _lines(name, groups[name], picture, lang)
        blocked = [*taken, *(label.box for label in found)]
        box = _free(lines, anchor, blocked, [other for other in anchors.values() if other != anchor], picture, scale)
        if box is not None:
            found.append(Label(lines, box, anchor))
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


def _free(
    lines: Sequence[str],
    anchor: tuple[float, float],
    blocked: Sequence[Box],
    anchors: Sequence[tuple[float, float]],
    picture: Picture,
    scale: float,
) -> Box | None:
    """Return the first place tried that lies in the picture and covers no other label and no other's place."""
    width = max(len(line) for line in lines) * _LETTER * _SIZE + 20.0
    height = _LINE * len(lines) + 12.0
    most_x, most_y = picture.width_px * scale - 4.0, picture.height_px * scale - 4.0
    for dx, dy in _TRIED:
        left = min(max(anchor[0] + dx - width / 2.0, 4.0), most_x - width)
        top = anchor[1] + dy - (height if dy < 0 else 0.0)
        box = (left, top, left + width, top + height)
        inside = left >= 4.0 and top >= 4.0 and box[3] <= most_y
        if inside and not any(_meet(box, other) for other in blocked) and not any(_holds(box, a) for a in anchors):
            return box
    return None


def _middle(patches: Sequence[Patch], scale: float) -> tuple[float, float]:
    """Return a place well inside the largest part of some patches."""
    parts = [part for patch in patches for part in shapely.get_parts(patch.shape)]
    largest: Any = max(parts, key=lambda part: part.area)
    centre = largest.centroid
    place = centre if largest.contains(centre) else largest.representative_point()
    return float(place.x) * scale, float(place.y) * scale


def _meet(one: Box, other: Box) -> bool:
    gap = 4.0
    return (
        one[0] < other[2] + gap
        and other[0] < one[2] + gap
        and one[1] < other[3] + gap
        and other[1] < one[3] + gap
    )


def _holds(box: Box, place: tuple[float, float]) -> bool:
    return box[0] - 6.0 < place[0] < box[2] + 6.0 and box[1] - 6.0 < place[1] < box[3] + 6.0
