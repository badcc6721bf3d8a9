"""Workbooks: XLSX, ODS and the older XLS, by calamine."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from typing import Final

import python_calamine as calamine

from visavis.model.errors import SheetError
from visavis.readers.grid import MOST_ROWS, Grid, tidy

# A workbook packs well: what it unpacks to is looked at before it is unpacked.
_LARGEST_UNPACKED: Final = 200_000_000
_CHUNK: Final = 1 << 20
_MOST_CELLS: Final = 5_000_000
_Range = tuple[tuple[int, int], tuple[int, int]]
_Cell = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta | None


def read_workbook(content: bytes, *, worksheet: str | None = None) -> tuple[Grid, ...]:
    """Return the worksheets that hold something; dates as ISO 8601, whole numbers without a point.

    Raises
    ------
    SheetError
        Where the bytes are no workbook, are locked or too large, or the worksheet is not there.
    """
    _refuse_bombs(content)
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    except calamine.PasswordError:
        raise SheetError("the workbook is locked", remedy="Save a copy without a password") from None
    except (calamine.CalamineError, OSError, ValueError) as broken:
        raise SheetError(
            f"can't be read as a workbook ({broken})", remedy="Save it again as XLSX, ODS or CSV"
        ) from None
    names = list(book.sheet_names)
    if worksheet is not None and worksheet not in names:
        raise SheetError(
            f"has no worksheet {worksheet!r}", remedy=f"It has {', '.join(names) or 'none'}: name one of them"
        )
    wanted = names if worksheet is None else [worksheet]
    return tuple(grid for name in wanted if (grid := _grid(book, name)).cells)


def _grid(book: calamine.CalamineWorkbook, name: str) -> Grid:
    try:
        sheet = book.get_sheet_by_name(name)
        if sheet.total_height * sheet.total_width > _MOST_CELLS:
            raise SheetError(
                f"worksheet {name!r} spans {sheet.total_height} × {sheet.total_width} cells",
                remedy="Delete what lies far from the table",
            )
        rows: Sequence[Sequence[_Cell]] = sheet.to_python(skip_empty_area=False)
    except calamine.WorksheetNotFound:  # a sheet of charts
        return Grid((), (), name)
    except (calamine.CalamineError, OSError, ValueError) as broken:
        raise SheetError(
            f"worksheet {name!r} can't be read ({broken})", remedy="Save it again as XLSX, ODS or CSV"
        ) from None
    cells = _unmerged([[_text(cell) for cell in row] for row in rows], sheet.merged_cell_ranges or ())
    told = [(number, tuple(row)) for number, row in enumerate(cells, start=1)]
    filled = [(number, row) for number, row in told if any(row)]
    if len(filled) > MOST_ROWS:
        raise SheetError(
            f"worksheet {name!r} lists more than {MOST_ROWS} rows",
            remedy="Give the table of one town's cameras",
        )
    place = f"{name}, row" if len(book.sheet_names) > 1 else "row"
    return Grid(tuple(row for _, row in filled), tuple(f"{place} {number}" for number, _ in filled), name)


def _unmerged(cells: list[list[str]], merged: Iterable[_Range]) -> list[list[str]]:
    """Return rows in which what was merged over several holds for each of them."""
    for (top, left), (bottom, _) in merged:
        for row in cells[top + 1 : bottom + 1]:
            if left < len(row):
                row[left] = cells[top][left]
    return cells


def _text(cell: _Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date().isoformat()
    return tidy(cell.isoformat() if isinstance(cell, dt.date | dt.time) else str(cell))


def _refuse_bombs(content: bytes) -> None:
    if not content.startswith(b"PK"):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
            for entry in archive.infolist() if unpacked <= _LARGEST_UNPACKED else ():
                # Python holds an entry to the size that it states; calamine takes it at its word.
                with archive.open(entry) as opened:
                    while opened.read(_CHUNK):
                        pass
    except (
        zipfile.BadZipFile,
        ValueError,
        NotImplementedError,
        EOFError,
        OSError,
        RuntimeError,
        zlib.error,
    ) as broken:
        raise SheetError(
            f"can't be read as a workbook ({broken})", remedy="Copy or download it again"
        ) from None
    if unpacked > _LARGEST_UNPACKED:
        raise SheetError(
            f"unpacks to {unpacked / 1e6:.0f} MB", remedy="Save the worksheet with the cameras alone"
        )
