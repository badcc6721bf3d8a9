"""`corrections.csv`: a person's corrections read for a build, and one more appended."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from visavis.digitising.corrections import CORRECTIONS, Correction, read_correction, written
from visavis.model.errors import DossierError, VisavisError
from visavis.readers.delimited import read_delimited
from visavis.readers.grid import Grid

FILE_NAME = "corrections.csv"


def read_corrections(file: Path) -> tuple[Correction, ...]:
    """Return the corrections of a file in their order.

    Raises
    ------
    DossierError
        With file and row, where a line is no correction: no line is passed over.
    """
    content = file.read_bytes()
    if not content.strip():
        return ()
    try:
        grid, _ = read_delimited(content, name=file.name, encoding=None, is_headed=_is_headed)
    except VisavisError as broken:
        raise DossierError(broken.what, file=file, row=broken.row, remedy=broken.remedy) from None
    if not _is_headed(grid):
        raise DossierError(
            "its first line is no header of corrections",
            file=file,
            row=1,
            remedy=f"Write {','.join(CORRECTIONS.columns)}",
        )
    header = [cell.lower() for cell in grid.cells[0]]
    lines = zip(grid.cells[1:], grid.where[1:], strict=True)
    try:
        return tuple(
            read_correction(dict(zip(header, cells, strict=False)), int(where.rsplit(" ", 1)[-1]))
            for cells, where in lines
        )
    except VisavisError as broken:
        raise broken.located(file) from None


def append_correction(file: Path, correction: Correction) -> None:
    """Append one correction as a line; a file that is not there yet gets its header first.

    Raises
    ------
    DossierError
        Where it would not be read again as it is, or the file that stands there is none of corrections.
    """
    line = written(correction)
    read_correction(line, 0)
    there = file.exists() and bool(file.read_bytes().strip())
    if there:
        read_corrections(file)
    text = io.StringIO()
    writer = csv.DictWriter(text, list(CORRECTIONS.columns), lineterminator="\n")
    if not there:
        writer.writeheader()
    writer.writerow(line)
    broken_off = there and not file.read_bytes().endswith(b"\n")
    with file.open("a", encoding="utf-8", newline="") as opened:
        opened.write(("\n" if broken_off else "") + text.getvalue())


def _is_headed(grid: Grid) -> bool:
    header = [cell.lower() for cell in grid.cells[0]] if grid.cells else []
    return {"act", "subject", "when"} <= set(header) and set(header) - {""} <= set(CORRECTIONS.columns)
