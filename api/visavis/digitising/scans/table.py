"""Text of a page of pixels that may be a table of cameras, put down as if the page had stored it.

Pieces of text are found and read; of a table, cells in which nothing was found, a single figure mostly, are
looked at once more, by column and row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from visavis.digitising.lettering import TextRun
from visavis.digitising.printed import Block, headed_blocks, lines_of
from visavis.digitising.scans.forms import forms_of
from visavis.digitising.scans.near import Piece, read_pieces
from visavis.digitising.scans.recognising import find_text, line_picture, log_likelihoods, read_lines
from visavis.digitising.scans.scan import Scan

Array = NDArray[np.float64]
Pixels = NDArray[np.uint8]

_WORKING_SIDE: Final = 4_000  # the longest side at which text is sought
_TILE: Final = 1_280
_OVERLAP: Final = 160
_SAME: Final = 0.5  # of a height: two finds of one piece
_LONG: Final = 3.0  # in heights: a piece that tells the way of its line
_LEVEL_DEG: Final = 0.15
_SURE: Final = 0.5
_CELL_HEIGHT: Final = 1.5  # in heights of the row's text
_LEAST_SHARE: Final = 0.8


def written_runs(scan: Scan) -> tuple[TextRun, ...]:
    """Return the lines of text of a page of pixels, in sheet coordinates once it is laid level."""
    colour, unit = _smaller(scan)
    quads = text_quads(colour)
    skew = _skew_deg(quads)
    if abs(skew) > _LEVEL_DEG:
        colour = _levelled(colour, skew)
        quads = text_quads(colour)
    pieces = [piece for piece in read_pieces(colour, quads) if piece.reading.sureness >= _SURE]
    runs = [run for piece in pieces if (run := _run(piece)).text]
    runs += _cells_missed(colour, runs)
    return tuple(_scaled(run, unit) for run in runs)


def text_quads(colour: Pixels) -> list[Array]:
    """Return the corners (4, 2) of all pieces of text of a picture, in pixels, sought tile by tile."""
    found: list[Array] = []
    step = _TILE - _OVERLAP
    high, wide = colour.shape[:2]
    for top in range(0, max(1, high - _OVERLAP), step):
        for left in range(0, max(1, wide - _OVERLAP), step):
            tile = colour[top : top + _TILE, left : left + _TILE]
            inner = (left > 0, top > 0, left + _TILE < wide, top + _TILE < high)
            found += [
                quad + np.array([left, top]) for quad in find_text(tile) if not _cut(quad, tile.shape, inner)
            ]
    kept: list[Array] = []
    for quad in sorted(found, key=lambda q: -float(np.hypot(*(q[1] - q[0])))):
        middle, height = quad.mean(axis=0), np.hypot(*(quad[3] - quad[0]))
        near = (other for other in kept if abs(other[:, 1].mean() - middle[1]) < _SAME * height)
        if not any(other[:, 0].min() <= middle[0] <= other[:, 0].max() for other in near):
            kept.append(quad)
    return kept


def _cut(quad: Array, shape: tuple[int, ...], inner: tuple[bool, bool, bool, bool]) -> bool:
    """Return whether a piece goes on beyond a side of its tile at which another tile begins."""
    (x0, y0), (x1, y1) = quad.min(axis=0), quad.max(axis=0)
    at_side = (x0 <= 1, y0 <= 1, x1 >= shape[1] - 1, y1 >= shape[0] - 1)
    return any(cut and goes_on for cut, goes_on in zip(at_side, inner, strict=True))


def _smaller(scan: Scan) -> tuple[Pixels, float]:
    longest = max(scan.colour.shape[:2])
    if longest <= _WORKING_SIDE:
        return scan.colour, scan.unit
    factor = _WORKING_SIDE / longest
    size = round(scan.colour.shape[1] * factor), round(scan.colour.shape[0] * factor)
    return np.asarray(
        cv2.resize(scan.colour, size, interpolation=cv2.INTER_AREA), np.uint8
    ), scan.unit / factor


def _skew_deg(quads: Sequence[Array]) -> float:
    """Return by how much lines fall to the right, by the long pieces; 0 where there are none."""
    ways = [quad[1] - quad[0] for quad in quads]
    long = [
        way
        for way, quad in zip(ways, quads, strict=True)
        if np.hypot(*way) > _LONG * np.hypot(*(quad[3] - quad[0]))
    ]
    return float(np.degrees(np.median([np.arctan2(way[1], way[0]) for way in long]))) if long else 0.0


def _levelled(colour: Pixels, skew_deg: float) -> Pixels:
    high, wide = colour.shape[:2]
    matrix = cv2.getRotationMatrix2D((wide / 2, high / 2), skew_deg, 1.0)
    return np.asarray(
        cv2.warpAffine(colour, matrix, (wide, high), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE),
        np.uint8,
    )


def _run(piece: Piece) -> TextRun:
    # What lies within a degree or two of level is level: single letters tell it badly.
    run = piece.run()
    return replace(run, turn_deg=0.0) if abs(run.turn_deg) < 10 else run


def _scaled(run: TextRun, unit: float) -> TextRun:
    box = tuple(side * unit for side in run.box)
    return TextRun(
        run.text, run.x * unit, run.y * unit, run.turn_deg, run.size * unit, (box[0], box[1], box[2], box[3])
    )


def _cells_missed(colour: Pixels, runs: Sequence[TextRun]) -> list[TextRun]:
    """Return what stands in the cells of labels in which nothing was found."""
    cells = list(_empty_cells(runs))
    if not cells:
        return []
    read = read_lines([line_picture(colour, _corners(box)) for box, _, _ in cells])
    labels = [run.text for column in _label_columns(runs) for run in column]
    possible = [label for form in forms_of(labels) for label in form.labels() if label not in labels]
    missed = []
    for (box, foot, size), reading in zip(cells, read, strict=True):
        text = reading.text.strip() if reading.sureness >= _SURE else ""
        if text and possible and text not in possible:
            log = log_likelihoods(reading.probability, possible)
            share = np.exp(log - np.logaddexp.reduce(log))
            text = possible[int(log.argmax())] if share.max() >= _LEAST_SHARE else ""
        if text:
            missed.append(TextRun(text, box[0], foot, 0.0, size, box))
    return missed


def _label_columns(runs: Sequence[TextRun]) -> Iterator[list[TextRun]]:
    for block, lines in _blocks(runs):
        yield [run for line in lines for run in line if _in_first(run, block)]


def _empty_cells(runs: Sequence[TextRun]) -> Iterator[tuple[tuple[float, float, float, float], float, float]]:
    """Yield box, foot and size of each cell of labels that a row of a table lacks."""
    for block, lines in _blocks(runs):
        first = block.headers[0]
        right = block.headers[1].x - first.size / 2 if len(block.headers) > 1 else first.box[2]
        for line in lines:
            if line and not any(_in_first(run, block) for run in line):
                size = float(np.median([run.size for run in line]))
                foot = float(np.median([run.y for run in line]))
                middle = foot - size / 2
                high = size * _CELL_HEIGHT / 2
                yield (first.x - size / 2, middle - high, right, middle + high), foot, size


def _blocks(runs: Sequence[TextRun]) -> Iterator[tuple[Block, list[list[TextRun]]]]:
    """Yield each block of a table with its lines below the header."""
    blocks: list[tuple[Block, list[list[TextRun]]]] = []
    for line in lines_of([run for run in runs if run.turn_deg == 0.0]):
        headed = headed_blocks(line)
        if headed:
            yield from blocks
            blocks = [(block, []) for block in headed]
            continue
        for block, lines in blocks:
            lines.append([run for run in line if block.left <= run.x < block.right])
    yield from blocks


def _in_first(run: TextRun, block: Block) -> bool:
    return len(block.headers) < 2 or run.x < block.headers[1].x - run.size


def _corners(box: tuple[float, float, float, float]) -> Array:
    x0, y0, x1, y1 = box
    return np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)])
