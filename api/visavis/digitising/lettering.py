"""The text that a PDF page stores as text, as lines with place, direction and size."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray
from pypdfium2 import raw

from visavis.digitising.drawing import Box

# In ems: a gap wider than a word space but narrower than this stays within one run.
_WORD_GAP: Final = 0.25
_RUN_GAP: Final = 0.8
_BASELINE_SHIFT: Final = 0.25
_LIGATURE: Final = 1.2  # the letters of a ligature all start where the ligature does


@dataclass(frozen=True)
class TextRun:
    """A line of text.

    Parameters
    ----------
    text : str
    x, y : float
        Where its baseline starts, sheet coordinates.
    turn_deg : float
        Reading direction, degrees clockwise from rightwards.
    size : float
        Height of an em, points.
    box : left, top, right, bottom of its ink
    """

    text: str
    x: float
    y: float
    turn_deg: float
    size: float
    box: Box


@dataclass(frozen=True)
class _Letter:
    text: str
    x: float
    y: float
    turn_rad: float
    size: float
    box: Box


def text_runs(page: pdfium.PdfPage, to_sheet: NDArray[np.float64]) -> tuple[TextRun, ...]:
    """Return the page's lines of text in the order in which it stores them."""
    text_page = page.get_textpage()
    try:
        letters = list(_letters(text_page.raw, to_sheet))
    finally:
        text_page.close()
    runs: list[list[_Letter]] = []
    for letter in letters:
        if runs and _continues(runs[-1], letter):
            runs[-1].append(letter)
        else:
            runs.append([letter])
    joined = (_run(letters) for letters in runs)
    return tuple(run for run in joined if run.text)


def _letters(text_page: Any, to_sheet: NDArray[np.float64]) -> Iterator[_Letter]:
    left, right, bottom, top, x, y = (ctypes.c_double() for _ in range(6))
    matrix = raw.FS_MATRIX()
    for index in range(max(0, raw.FPDFText_CountChars(text_page))):
        code = raw.FPDFText_GetUnicode(text_page, index)
        if raw.FPDFText_IsGenerated(text_page, index) == 1 or code < 32 or 0xD800 <= code < 0xE000:
            continue
        if not raw.FPDFText_GetCharOrigin(text_page, index, x, y):
            continue
        if not raw.FPDFText_GetCharBox(text_page, index, left, right, bottom, top):
            continue
        if not raw.FPDFText_GetMatrix(text_page, index, matrix):
            continue
        corners = np.array([[left.value, bottom.value], [right.value, top.value]]) @ to_sheet[:, :2].T
        corners += to_sheet[:, 2]
        origin = to_sheet[:, :2] @ [x.value, y.value] + to_sheet[:, 2]
        along = to_sheet[:, :2] @ [matrix.a, matrix.b]
        numbers = [*corners.ravel(), *origin, *along]
        if code > 0x10FFFF or not all(math.isfinite(number) for number in numbers):
            continue
        size = raw.FPDFText_GetFontSize(text_page, index) * math.hypot(matrix.c, matrix.d)
        (x0, y0), (x1, y1) = corners.min(axis=0), corners.max(axis=0)
        yield _Letter(
            chr(code),
            float(origin[0]),
            float(origin[1]),
            math.atan2(along[1], along[0]),
            float(size) if math.isfinite(size) and size > 0 else max(1.0, float(y1 - y0)),
            (float(x0), float(y0), float(x1), float(y1)),
        )


def _continues(run: list[_Letter], letter: _Letter) -> bool:
    last = run[-1]
    turn = math.remainder(letter.turn_rad - last.turn_rad, 2 * math.pi)
    if abs(turn) > 0.05 or not 0.7 < letter.size / last.size < 1.4:
        return False
    gap, shift = _gap(last, letter)
    return -_LIGATURE < gap < _RUN_GAP and abs(shift) < _BASELINE_SHIFT


def _gap(last: _Letter, letter: _Letter) -> tuple[float, float]:
    """Return the white between two letters along the line, and the step across it, in ems."""
    cos, sin = math.cos(last.turn_rad), math.sin(last.turn_rad)
    dx, dy = letter.x - last.x, letter.y - last.y
    along, across = dx * cos + dy * sin, dy * cos - dx * sin
    (x0, y0, x1, y1) = last.box
    ends = [(px - last.x) * cos + (py - last.y) * sin for px in (x0, x1) for py in (y0, y1)]
    # For a turned letter the box is wider than the ink: take the narrower of box and em.
    advance = min(max(ends), last.size) if abs(sin) < 0.02 or abs(cos) < 0.02 else 0.6 * last.size
    return (along - advance) / last.size, across / last.size


def _run(letters: list[_Letter]) -> TextRun:
    text = letters[0].text
    for last, letter in pairwise(letters):
        upright = abs(math.sin(2 * last.turn_rad)) < 0.04  # else the box says little of the advance
        wide = upright and _gap(last, letter)[0] > _WORD_GAP
        text += (" " if wide and not text.endswith(" ") and letter.text != " " else "") + letter.text
    inked = [letter.box for letter in letters if letter.text.strip()] or [letters[0].box]
    x0, y0, x1, y1 = zip(*inked, strict=True)
    first = next((letter for letter in letters if letter.text.strip()), letters[0])
    return TextRun(
        " ".join(text.split()),
        first.x,
        first.y,
        math.degrees(first.turn_rad),
        first.size,
        (min(x0), min(y0), max(x1), max(y1)),
    )
