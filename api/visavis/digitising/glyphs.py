"""Letters drawn as outlines, read by their shapes.

Where a program turned text into paths, equal letters of one size are equal outlines. They are gathered into
classes, and the classes are compared with the digits and capitals of pdfium's built-in typefaces: filled into
a grid stretched to the letter's own bounds, with its proportions as one more figure. Classes and characters
are matched one to one within a typeface, which tells apart what a letter alone would leave open.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final

import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray
from pypdfium2 import raw
from scipy.ndimage import gaussian_filter
from scipy.optimize import linear_sum_assignment

from visavis.digitising.drawing import Box, Points, Shape, curve
from visavis.digitising.lettering import TextRun

Array = NDArray[np.float64]

_FACES: Final = (
    b"Helvetica",
    b"Helvetica-Bold",
    b"Times-Roman",
    b"Times-Bold",
    b"Courier",
    b"Courier-Bold",
)
_DIGITS: Final = "0123456789"
_CHARACTERS: Final = _DIGITS + "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_GRID: Final = (32, 24)
_BLUR: Final = 1.5
_STRETCH_WEIGHT: Final = 0.25
# A label is more often a number than a word: O is 0, I is 1 where the shapes leave it open.
_LETTER_COST: Final = 0.04
_BORROWED_COST: Final = 0.03
_SAME_LETTER: Final = 0.06
_UNLIKE: Final = 0.3
_HEIGHT_PT: Final = (1.5, 24.0)
# In heights of a capital.
_GAP: Final = 0.6
_SMALL: Final = 0.35
_LONGEST: Final = 12


@dataclass(frozen=True, eq=False)
class _Glyph:
    outlines: tuple[Points, ...]
    box: Box

    @property
    def height(self) -> float:
        return self.box[3] - self.box[1]


def outlined_runs(shapes: Iterable[Shape]) -> tuple[tuple[TextRun, ...], int]:
    """Return the upright lines of digits and capitals that are drawn as outlines, and how many stay unread.

    Parameters
    ----------
    shapes : iterable of Shape
        Those that may be letters: filled, and small.
    """
    lines = _lines([shape for shape in shapes if shape.fill is not None and shape.stroke is None])
    letters = [glyph for line in lines if _in_a_row(line) for glyph in line if not _is_small(glyph, line)]
    if not letters:
        return (), len(lines)
    read = dict(zip(map(id, letters), _read(letters), strict=True))
    texts = ["".join(read.get(id(glyph)) or _point(glyph, line) for glyph in line) for line in lines]
    runs = [_run(text, line) for text, line in zip(texts, lines, strict=True) if "?" not in text]
    return tuple(runs), len(lines) - len(runs)


def _point(glyph: _Glyph, line: Sequence[_Glyph]) -> str:
    """Return the mark that a small glyph is: a dash at half height, else unread."""
    x0, y0, x1, y1 = glyph.box
    top, foot = min(g.box[1] for g in line), max(g.box[3] for g in line)
    middle = abs((y0 + y1) / 2 - (top + foot) / 2) < 0.2 * (foot - top)
    return "-" if _is_small(glyph, line) and middle and x1 - x0 > y1 - y0 else "?"


def _run(text: str, line: Sequence[_Glyph]) -> TextRun:
    x0, y0, x1, y1 = (list(side) for side in zip(*(glyph.box for glyph in line), strict=True))
    box = (min(x0), min(y0), max(x1), max(y1))
    # Capitals and digits stand about 0.72 em high.
    return TextRun(text, box[0], float(np.median(y1)), 0.0, (box[3] - box[1]) / 0.72, box)


def _lines(shapes: Sequence[Shape]) -> list[list[_Glyph]]:
    """Return rows of letters: those of one path, or single ones that stand side by side."""
    lines, single = [], []
    for shape in shapes:
        glyphs = _glyphs(shape)
        if len(glyphs) == 1:
            single.append((shape.fill, glyphs[0]))
        elif 1 < len(glyphs) <= _LONGEST:
            lines.append(glyphs)
    rows: list[list[tuple[Any, _Glyph]]] = []
    for fill, glyph in sorted(single, key=lambda s: s[1].box[0]):
        row = next((r for r in reversed(rows) if r[-1][0] == fill and _beside(r[-1][1], glyph)), None)
        if row is None:
            rows.append([(fill, glyph)])
        else:
            row.append((fill, glyph))
    lines += [[glyph for _, glyph in row] for row in rows if len(row) <= _LONGEST]
    return lines


def _in_a_row(glyphs: Sequence[_Glyph]) -> bool:
    tall = [glyph for glyph in glyphs if not _is_small(glyph, glyphs)]
    # Where a dash stood between two letters they are two gaps and its width apart.
    reach = _GAP if len(tall) == len(glyphs) else 3 * _GAP
    return all(_beside(a, b, reach) for a, b in pairwise(tall))


def _is_small(glyph: _Glyph, glyphs: Sequence[_Glyph]) -> bool:
    """Return whether a glyph is a dash or a point among letters, no letter itself."""
    return glyph.height < _SMALL * max(other.height for other in glyphs)


def _beside(a: _Glyph, b: _Glyph, reach: float = _GAP) -> bool:
    tall = max(a.height, b.height)
    return (
        -0.2 * tall < b.box[0] - a.box[2] < reach * tall
        and abs(a.box[3] - b.box[3]) < 0.15 * tall
        and min(a.height, b.height) > 0.75 * tall
    )


def _glyphs(shape: Shape) -> list[_Glyph]:
    """Return a path's letters from left to right: outlines that share their columns belong together."""
    closed = [points for points, shut in zip(shape.outlines, shape.closed, strict=True) if shut]
    if len(closed) < len(shape.outlines) or not _HEIGHT_PT[0] <= shape.box[3] - shape.box[1] <= _HEIGHT_PT[1]:
        return []
    letters: list[list[Points]] = []
    ends: list[tuple[float, float]] = []
    for points in sorted(closed, key=lambda p: float(p[:, 0].min())):
        left, right = float(points[:, 0].min()), float(points[:, 0].max())
        if ends and min(right, ends[-1][1]) - left > 0.5 * min(right - left, ends[-1][1] - ends[-1][0]):
            letters[-1].append(points)
            ends[-1] = (ends[-1][0], max(right, ends[-1][1]))
        else:
            letters.append([points])
            ends.append((left, right))
    return [_glyph(letter) for letter in letters]


def _glyph(outlines: Sequence[Points]) -> _Glyph:
    points = np.concatenate(outlines)
    (x0, y0), (x1, y1) = points.min(axis=0), points.max(axis=0)
    return _Glyph(tuple(outlines), (float(x0), float(y0), float(x1), float(y1)))


def _read(glyphs: Sequence[_Glyph]) -> list[str]:
    """Return a character for each glyph, `?` where none is like it."""
    pictures = [_picture(glyph) for glyph in glyphs]
    classes: list[Array] = []
    member = []
    for picture in pictures:
        distance = [_unlikeness(picture, other) for other in classes]
        nearest = int(np.argmin(distance)) if distance else -1
        if nearest < 0 or distance[nearest] > _SAME_LETTER:
            classes.append(picture)
            nearest = len(classes) - 1
        member.append(nearest)
    weight = np.bincount(member).astype(float)
    characters = _named(classes, weight)
    return [characters[i] for i in member]


def _named(classes: Sequence[Array], weight: Array) -> list[str]:
    """Return the character of each class, from the typeface that fits all classes best.

    A single character may come from another one at a price: a grotesque's 1 with a foot, say.
    """
    costs = np.array([[[_unlikeness(a, b) for b in face] for a in classes] for face in _typefaces()])
    costs[:, :, len(_DIGITS) :] += _LETTER_COST
    borrowed = costs.min(axis=0) + _BORROWED_COST
    matched = [_matched(np.minimum(cost, borrowed), weight) for cost in costs]
    return min(matched, key=lambda match: match[0])[1]


def _matched(cost: Array, weight: Array) -> tuple[float, list[str]]:
    # Each class may also stay unnamed, at the cost of being unlike all characters.
    unnamed = np.full((len(cost), len(cost)), _UNLIKE)
    both = np.hstack([cost, unnamed]) * weight[:, None]
    rows, columns = linear_sum_assignment(both)
    named = [_CHARACTERS[c] if c < len(_CHARACTERS) else "?" for c in columns]
    return float(both[rows, columns].sum()), named


def _picture(glyph: _Glyph) -> Array:
    """Return a letter filled into the grid, blurred, with its proportions as a last figure."""
    x0, y0, x1, y1 = glyph.box
    rows, columns = _GRID
    x = np.linspace(x0, x1, 2 * columns + 1)[1::2]
    y = np.linspace(y0, y1, 2 * rows + 1)[1::2]
    inside = np.zeros(_GRID, dtype=bool)
    for points in glyph.outlines:
        inside ^= _filled(points, x, y)
    blurred = gaussian_filter(inside.astype(np.float64), _BLUR, mode="constant")
    proportion = np.log(max(x1 - x0, 1e-6) / max(y1 - y0, 1e-6))
    return np.append(blurred.ravel(), proportion)


def _filled(points: Points, x: Array, y: Array) -> NDArray[np.bool_]:
    """Return which grid points (y, x) lie inside an outline, by the even-odd rule."""
    ax, ay = points.T
    bx, by = np.roll(points, -1, axis=0).T
    spans = (ay[None] > y[:, None]) != (by[None] > y[:, None])
    with np.errstate(divide="ignore", invalid="ignore"):
        crossing = ax + (y[:, None] - ay) / (by - ay) * (bx - ax)
    left_of = np.where(spans, crossing, -np.inf)[:, None, :] > x[None, :, None]
    return np.asarray(left_of.sum(axis=2) % 2 == 1)


def _unlikeness(a: Array, b: Array) -> float:
    """Return 0 for equal letters, about 1 for nothing in common."""
    ink = float(a[:-1].sum() + b[:-1].sum())
    difference = float(np.abs(a[:-1] - b[:-1]).sum()) / max(ink, 1e-9)
    return difference + _STRETCH_WEIGHT * abs(float(a[-1] - b[-1]))


@lru_cache(maxsize=1)
def _typefaces() -> tuple[tuple[Array, ...], ...]:
    """Return the pictures of all characters, by typeface."""
    document = pdfium.PdfDocument.new()
    try:
        faces = []
        for name in _FACES:
            font = raw.FPDFText_LoadStandardFont(document.raw, name)
            faces.append(tuple(_picture(_built_in(font, ord(character))) for character in _CHARACTERS))
            raw.FPDFFont_Close(font)
        return tuple(faces)
    finally:
        document.close()


def _built_in(font: Any, code: int) -> _Glyph:
    path = raw.FPDFFont_GetGlyphPath(font, code, ctypes.c_float(1.0))
    outlines: list[list[tuple[float, float]]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    controls: list[tuple[float, float]] = []
    for index in range(raw.FPDFGlyphPath_CountGlyphSegments(path)):
        segment = raw.FPDFGlyphPath_GetGlyphPathSegment(path, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        kind, point = raw.FPDFPathSegment_GetType(segment), (x.value, -y.value)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            outlines.append([point])
        elif kind == raw.FPDF_SEGMENT_LINETO:
            outlines[-1].append(point)
        else:
            controls.append(point)
            if len(controls) == 3:
                outlines[-1] += curve(outlines[-1][-1], controls)
                controls.clear()
    return _glyph([np.array(outline) for outline in outlines if len(outline) > 2])
