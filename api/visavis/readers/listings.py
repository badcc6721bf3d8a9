"""Tables of cameras from files: PDF, CSV, XLSX, ODS; their columns told by a declared mapping."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import pandas as pd

from visavis.apart import read_apart
from visavis.digitising.listed import FIELDS, Reading
from visavis.digitising.pdf import is_pdf
from visavis.digitising.tables import plain
from visavis.model.errors import SheetError, VisavisError
from visavis.model.findings import Finding, raised
from visavis.readers.camera_tables import WORKBOOKS
from visavis.readers.delimited import read_delimited
from visavis.readers.grid import Grid
from visavis.readers.words import WORDS
from visavis.readers.workbooks import read_workbook

# Titles and notes may stand above a header; further down nobody looks for it.
_HEADER_WITHIN: Final = 30
_CONTINUED: Final = re.compile(r"\W*\b(suite( et fin)?|cont(inued|d)?|fin)\b\W*$", re.IGNORECASE)
_SAME_EDGE_PT: Final = 3.0


@dataclass(frozen=True)
class Listing:
    """The rows of the tables of one file.

    Parameters
    ----------
    rows : DataFrame
        One column a field of `FIELDS` as text, empty cells None; `list`, the number of the table that the row
        belongs to, from 1; `where`, such as ``page 40, row 12``.
    findings : tuple of Finding
    """

    rows: pd.DataFrame
    findings: tuple[Finding, ...]


def read_listing(file: Path, reading: Reading) -> Listing:
    """Return the rows of every table in `file` that bears the declared columns.

    Raises
    ------
    SheetError
        Where the file can't be read, or holds no table with those columns.
    """
    content = file.read_bytes()
    # What is packed may unpack to any size; plain text can't.
    packed = is_pdf(content) or content.startswith(WORKBOOKS)
    try:
        if packed:
            return read_apart(listing_of, content, reading, name=file.name)
        return listing_of(content, reading, name=file.name)
    except VisavisError as error:
        raise error.located(file) from None


def listing_of(content: bytes, reading: Reading, *, name: str) -> Listing:
    """Return the rows of the tables in a file's bytes; see :func:`read_listing`."""
    if not content.strip():
        raise SheetError("the file is empty", remedy="Give the table as it was received")
    grids, findings = _grids(content, reading, name)
    gathered = _Gathered(reading)
    for grid in grids:
        gathered.take(grid)
    if not gathered.headers and not any(grid.cells for grid in grids):
        raise SheetError(
            f"no table with the columns {_wanted(reading)} was found",
            remedy="Name the columns as it writes them; of a PDF only tables with ruled lines are read: give it as CSV",
        )
    if not gathered.headers:
        raise SheetError(
            f"no table has the columns {_wanted(reading)}; its first row reads {_first_row(grids)}",
            remedy="Name its columns in the mapping file as the table writes them",
        )
    rows = pd.DataFrame(gathered.rows, columns=[*FIELDS, "list", "where"])
    rows = rows.astype(dict.fromkeys((*FIELDS, "where"), "object"))
    return Listing(rows, (*findings, *gathered.doubts(name)))


def _grids(content: bytes, reading: Reading, name: str) -> tuple[Sequence[Grid], tuple[Finding, ...]]:
    if is_pdf(content):
        from visavis.readers.printed_lists import read_printed_lists  # takes long to load

        ways = [[[plain(alias) for alias in reading.columns[name]] for name in way] for way in reading.needed]

        def may_hold(text: str) -> bool:
            said = f" {plain(text)} "
            return any(all(any(f" {name} " in said for name in names) for names in way) for way in ways)

        return read_printed_lists(content, may_hold=may_hold, has_page=reading.has_page), ()
    if content.startswith(WORKBOOKS):
        return read_workbook(content, worksheet=reading.worksheet), ()
    grid, findings = read_delimited(
        content,
        name=name,
        encoding=reading.encoding,
        is_headed=lambda told: _header(told, reading) is not None,
    )
    return (grid,), findings


@dataclass
class _Gathered:
    """The rows met so far, and under which headers."""

    reading: Reading
    rows: list[dict[str, Any]] = field(default_factory=list)
    headers: list[Mapping[str, int]] = field(default_factory=list)
    lists: int = 0
    unread: list[str] = field(default_factory=list)
    wide: list[tuple[str, str]] = field(default_factory=list)
    _last: tuple[Grid, Mapping[str, int], tuple[str, ...]] | None = None

    def take(self, grid: Grid) -> None:
        found = _header(grid, self.reading)
        if found is None:
            if self._last is not None and _continues(self._last[0], grid):
                self._keep(grid, self._last[1], 0, continued=True)
                self._last = (grid, *self._last[1:])
            elif grid.cells:
                self.unread.append(grid.where[0])
            return
        row, columns = found
        names = tuple(_bare(cell) for cell in grid.cells[row])
        continued = (
            self._last is not None
            and names == self._last[2]
            and grid.title == self._last[0].title
            and any(_CONTINUED.search(cell) for cell in grid.cells[row])
        )
        if not continued:
            self.lists += 1
        self.headers.append(columns)
        self._keep(grid, columns, row + 1, continued=continued)
        self._last = (grid, columns, names)

    def _keep(self, grid: Grid, columns: Mapping[str, int], first: int, *, continued: bool) -> None:
        header = grid.cells[first - 1] if first else None
        width = len(header) if header else max(len(row) for row in grid.cells)
        for number in range(first, len(grid.cells)):
            cells, where = grid.cells[number], grid.where[number]
            if header is not None and [_bare(c) for c in cells] == [_bare(c) for c in header]:
                continue
            told = {name: cells[at] or None if at < len(cells) else None for name, at in columns.items()}
            if over := [cell for cell in cells[width:] if cell]:
                self.wide.append((where, " · ".join(over)))
            if continued and number == first and self._goes_on(told):
                continue
            if any(told.values()):
                self.rows.append({**dict.fromkeys(FIELDS), **told, "list": self.lists, "where": where})

    def _goes_on(self, told: Mapping[str, str | None]) -> bool:
        """Add what stands atop a page without a label to the row that the page break cut."""
        if not self.rows or "label" not in told or told["label"] is not None or not any(told.values()):
            return False
        last = self.rows[-1]
        for name, words in told.items():
            if words:
                last[name] = f"{last[name]} {words}" if last[name] else words
        return True

    def doubts(self, name: str) -> list[Finding]:
        found = []
        if self.unread:
            shown = "; ".join(self.unread[:3]) + ("; …" if len(self.unread) > 3 else "")
            found.append(raised(WORDS, "table.others-unread", file=name, count=len(self.unread), where=shown))
        found += [
            raised(WORDS, "table.row-too-wide", file=name, where=where, words=words)
            for where, words in self.wide
        ]
        read = {each for columns in self.headers for each in columns}
        if missing := [each for each in self.reading.columns if each not in read]:
            names = ", ".join(f"{each} ({' / '.join(self.reading.columns[each])})" for each in missing)
            found.append(raised(WORDS, "table.columns-missing", file=name, columns=names))
        return found


def _header(grid: Grid, reading: Reading) -> tuple[int, Mapping[str, int]] | None:
    """Return the row of the header and the column of each field, None where no row is one."""
    for number, row in enumerate(grid.cells[:_HEADER_WITHIN]):
        said = [plain(_bare(cell)) for cell in row]
        columns: dict[str, int] = {
            name: at
            for name, aliases in reading.columns.items()
            if (at := next((said.index(plain(a)) for a in aliases if plain(a) in said), None)) is not None
        }
        if any(all(name in columns for name in way) for way in reading.needed):
            return number, columns
    return None


def _bare(cell: str) -> str:
    """Return a column's name without the mark of a table that goes on."""
    return _CONTINUED.sub("", cell).strip() or cell


def _continues(last: Grid, grid: Grid) -> bool:
    """Return whether a table without a header is the rest of one on the page before, or on the same."""
    if not last.edges or len(last.edges) != len(grid.edges) or not 0 <= grid.page - last.page <= 1:
        return False
    widths = [[b - a for a, b in pairwise(each.edges)] for each in (last, grid)]
    return all(abs(a - b) <= _SAME_EDGE_PT for a, b in zip(*widths, strict=True))


def _wanted(reading: Reading) -> str:
    needed = {name for way in reading.needed for name in way}
    return ", ".join(repr(" / ".join(reading.columns[name])) for name in reading.columns if name in needed)


def _first_row(grids: Sequence[Grid]) -> str:
    first = next((row for grid in grids for row in grid.cells), ())
    words = ", ".join(cell for cell in first if cell) or "nothing"
    return f"{words[:120]}…" if len(words) > 120 else words
