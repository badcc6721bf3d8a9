"""Tables that a person writes for a dossier, checked line by line against their declaration."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from visavis.disclosures.faults import faults_of
from visavis.model.errors import DossierError, SheetError
from visavis.model.schema import Table
from visavis.readers.delimited import read_delimited
from visavis.readers.grid import Grid


def read_written(file: Path, table: Table) -> tuple[pd.DataFrame, list[int], list[DossierError]]:
    """Return the rows of a CSV as text, the line of each, and every problem with its line.

    Any encoding and any usual separator is read. Empty cells are None.
    """
    known = list(table.columns)
    none = pd.DataFrame({name: pd.Series(dtype="str") for name in known})

    def is_headed(grid: Grid) -> bool:
        return bool(grid.cells) and len(set(known).intersection(grid.cells[0])) >= 2

    try:
        grid, _ = read_delimited(file.read_bytes(), name=file.name, encoding=None, is_headed=is_headed)
    except SheetError as broken:
        line = broken.row if isinstance(broken.row, int) else None
        return none, [], [DossierError(broken.what, file=file, line=line, remedy=broken.remedy)]
    if not is_headed(grid):
        head = DossierError(
            f"its first line is no header of {table.name}",
            file=file,
            line=1,
            remedy=f"Write {','.join(known)}",
        )
        return none, [], [head]
    header = list(grid.cells[0])
    lines = [int(where.rsplit(" ", 1)[-1]) for where in grid.where[1:]]
    rows = [
        {name: cell or None for name, cell in zip(header, cells, strict=False)} for cells in grid.cells[1:]
    ]
    problems = [*_of_header(header, table, file)]
    names: dict[str, int] = {}
    for row, cells, line in zip(rows, grid.cells[1:], lines, strict=True):
        if len(cells) > len(header):
            problems.append(
                DossierError(
                    f"has {len(cells)} cells under {len(header)} columns",
                    file=file,
                    line=line,
                    remedy="Put a cell that holds a comma into quotation marks",
                )
            )
        problems += [
            DossierError(f.what, file=file, line=line, remedy=f.remedy) for f in faults_of(table, row)
        ]
        name = row.get(known[0])
        if name is not None and names.setdefault(name, line) != line:
            problems.append(
                DossierError(
                    f"{known[0]} {name} stands on line {names[name]} too",
                    file=file,
                    line=line,
                    remedy="Give each row its own",
                )
            )
    frame = pd.DataFrame({name: pd.Series([row.get(name) for row in rows], dtype="str") for name in known})
    return frame, lines, problems


def _of_header(header: list[str], table: Table, file: Path) -> list[DossierError]:
    foreign = [name for name in header if name not in table.columns]
    twice = sorted({name for name in header if header.count(name) > 1})
    told = [
        *([f"has columns that {table.name} does not know: {', '.join(foreign)}"] if foreign else []),
        *([f"has a column twice: {', '.join(twice)}"] if twice else []),
    ]
    remedy = f"Keep to {', '.join(table.columns)}"
    return [DossierError(what, file=file, line=1, remedy=remedy) for what in told]
