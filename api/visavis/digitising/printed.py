"""A table of cameras printed in the same PDF: its lines of text put back into rows and columns.

A header is a line that names a label column and one more that `tables.HEADERS` knows; where the line names
the label column again, a further block of the same table stands beside it. A cell belongs to the last header
that starts left of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from visavis.digitising.lettering import TextRun
from visavis.digitising.tables import HEADERS, plain

_UPRIGHT_DEG: Final = 2.0
# In ems: how far apart the baselines of one line may be, and how far left of its header a cell may start.
_SAME_LINE: Final = 0.4
_HANGING: Final = 1.0
_LEAST_ROWS: Final = 3


@dataclass(frozen=True)
class Block:
    """Columns that stand side by side: from `left` to `right`, below their headers, the labels' first."""

    left: float
    right: float
    headers: tuple[TextRun, ...]


def printed_table(pages: Iterable[Sequence[TextRun]]) -> pd.DataFrame | None:
    """Return the rows of the tables of cameras printed on some pages, None where there is none."""
    rows = [row for runs in pages for row in _rows(runs)]
    return pd.DataFrame(rows) if len(rows) >= _LEAST_ROWS else None


def _rows(runs: Sequence[TextRun]) -> list[dict[str, str]]:
    lines = lines_of([run for run in runs if abs(run.turn_deg) < _UPRIGHT_DEG])
    rows: list[dict[str, str]] = []
    blocks: list[Block] = []
    for line in lines:
        headed = headed_blocks(line)
        if headed:
            blocks = headed
            continue
        for block in blocks:
            cells = [run for run in line if block.left <= run.x < block.right]
            row = _row(cells, block.headers)
            if row is not None:
                rows.append(row)
    return rows


def lines_of(runs: Sequence[TextRun]) -> list[list[TextRun]]:
    """Return runs as lines from the top, each from left to right."""
    lines: list[list[TextRun]] = []
    for run in sorted(runs, key=lambda r: r.y):
        if lines and run.y - lines[-1][0].y <= _SAME_LINE * run.size:
            lines[-1].append(run)
        else:
            lines.append([run])
    return [sorted(line, key=lambda r: r.x) for line in lines]


def headed_blocks(line: Sequence[TextRun]) -> list[Block]:
    """Return the blocks of a table that a line opens, none where it is no header."""
    fields = [_field(run) for run in line]
    starts = [i for i, field in enumerate(fields) if field == "label"]
    # "Caméra" or "N°" alone is no header; a number column and a kind are.
    if not starts or not any(field not in (None, "label") for field in fields):
        return []
    edges = [line[i].x - _HANGING * line[i].size for i in starts] + [float("inf")]
    ends = [*starts[1:], len(line)]
    return [
        Block(edges[n], edges[n + 1], tuple(line[start:end]))
        for n, (start, end) in enumerate(zip(starts, ends, strict=True))
    ]


def _field(run: TextRun) -> str | None:
    words = plain(run.text)
    return next((field for field, names in HEADERS.items() if words in names), None)


def _row(cells: Sequence[TextRun], headers: Sequence[TextRun]) -> dict[str, str] | None:
    row: dict[str, str] = {}
    for cell in cells:
        left = [h for h in headers if h.x <= cell.x + _HANGING * cell.size]
        column = left[-1].text if left else headers[0].text
        row[column] = f"{row[column]} {cell.text}" if column in row else cell.text
    # A line without its label continues the one above, or is a footnote.
    return row if headers[0].text in row and len(row) > 1 else None
