"""`corrections.csv` as it stands on disk: its lines, where each lies in the file, and those that are none."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from visavis.digitising.corrections import CORRECTIONS, Correction, read_correction, written
from visavis.model.errors import DossierError, VisavisError
from visavis.readers.delimited import SEPARATORS, encoding_of, read_delimited
from visavis.readers.grid import Grid

FILE_NAME = "corrections.csv"
_LINE: Final = re.compile(rb"[^\r\n]*(?:\r\n|\r|\n|$)")
# Text of which a byte is no letter: such a file is read, and not written.
_WIDE: Final = ("utf_16", "utf_32")


@dataclass(frozen=True)
class FileLine:
    """A line of the file.

    Parameters
    ----------
    row : int
        From 1, the header being the first.
    start, stop : int
        Bytes of the file that it takes, its end included.
    correction : Correction or None
        None where it is none, as `problem` says.
    problem : VisavisError or None
    """

    row: int
    start: int
    stop: int
    correction: Correction | None
    problem: VisavisError | None


@dataclass(frozen=True)
class CorrectionsFile:
    """A file of corrections, and how it is written.

    Parameters
    ----------
    content : bytes
    encoding, separator, end : str
    columns : tuple of str
        Of its header.
    lines : tuple of FileLine
    """

    content: bytes = b""
    encoding: str = "utf_8"
    separator: str = ","
    end: str = "\n"
    columns: tuple[str, ...] = tuple(CORRECTIONS.columns)
    lines: tuple[FileLine, ...] = ()

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """The lines that are corrections, in their order."""
        return tuple(line.correction for line in self.lines if line.correction is not None)

    @property
    def next_row(self) -> int:
        """The row that a line will have that is put behind the others."""
        if not self.content.strip():
            return 2
        return len(_LINE.findall(self.content))  # the last of them is the empty one at the end

    def appended(self, corrections: Sequence[Correction]) -> bytes:
        """Return what to write behind the file's end, so that it says some corrections more.

        Raises
        ------
        DossierError
            Where one would not be read again as it is, or the file's encoding lacks a letter.
        """
        text = io.StringIO()
        there = bool(self.content.strip())
        writer = csv.DictWriter(
            text,
            list(self.columns),
            delimiter=self.separator,
            lineterminator=self.end,
            extrasaction="ignore",
        )
        if there and not self.content.endswith((b"\n", b"\r")):
            text.write(self.end)
        if not there:
            writer.writeheader()
        for correction in corrections:
            line = written(correction)
            read_correction(line, 0)
            writer.writerow(line)
        if self.encoding in _WIDE:
            raise DossierError("is UTF-16, which is read and not written", remedy="Save it as UTF-8")
        try:
            return text.getvalue().encode("utf_8" if self.encoding == "utf_8_sig" else self.encoding)
        except UnicodeEncodeError:
            raise DossierError(
                f"its encoding, {self.encoding}, lacks a letter of what is to be written",
                remedy="Save it as UTF-8",
            ) from None


def read_corrections(file: Path) -> tuple[Correction, ...]:
    """Return the corrections of a file in their order.

    Raises
    ------
    DossierError
        With file and row, where a line is no correction: no line is passed over.
    """
    read = read_corrections_file(file.read_bytes(), file)
    for line in read.lines:
        if line.problem is not None:
            raise line.problem.located(file) from None
    return read.corrections


def read_corrections_file(content: bytes, file: Path) -> CorrectionsFile:
    """Return a file of corrections line by line, those that are none with what is wrong with each.

    Raises
    ------
    DossierError
        With file and row, where it can't be told what its lines are: no header, an open quotation mark.
    """
    if not content.strip():
        return CorrectionsFile(content)
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
    encoding = encoding_of(content)
    header = tuple(cell.lower() for cell in grid.cells[0])
    rows = [int(where.rsplit(" ", 1)[-1]) for where in grid.where]
    starts = [found.start() for found in _LINE.finditer(content)]
    bounds = [_start(starts, row, content) for row in rows[1:]] + [len(content)]
    lines = tuple(
        _line(dict(zip(header, cells, strict=False)), row, start, _stop(content, start, stop))
        for cells, row, start, stop in zip(grid.cells[1:], rows[1:], bounds, bounds[1:], strict=False)
    )
    separator = next(each for each in SEPARATORS if _heads(content, encoding, each))
    end = "\r\n" if b"\r\n" in content else "\n"
    return CorrectionsFile(content, encoding, separator, end, header, lines)


def _line(cells: dict[str, str], row: int, start: int, stop: int) -> FileLine:
    try:
        return FileLine(row, start, stop, read_correction(cells, row), None)
    except VisavisError as broken:
        return FileLine(row, start, stop, None, broken)


def _start(starts: Sequence[int], row: int, content: bytes) -> int:
    return starts[row - 1] if row - 1 < len(starts) else len(content)


def _stop(content: bytes, start: int, stop: int) -> int:
    """Return where a line ends: blank lines behind it are not its own."""
    kept = content[start:stop]
    blank = len(kept) - len(kept.rstrip(b"\r\n"))
    if blank <= 1:
        return stop
    tail = kept[len(kept) - blank :]
    return stop - blank + (2 if tail.startswith(b"\r\n") else 1)


def _heads(content: bytes, encoding: str, separator: str) -> bool:
    text = content.decode(encoding)
    first = next(csv.reader(io.StringIO(text.lstrip(), newline=""), delimiter=separator), [])
    return _is_header([cell.strip().lower() for cell in first])


def _is_headed(grid: Grid) -> bool:
    return bool(grid.cells) and _is_header([cell.lower() for cell in grid.cells[0]])


def _is_header(cells: Sequence[str]) -> bool:
    return {"act", "subject", "when"} <= set(cells) and set(cells) - {""} <= set(CORRECTIONS.columns)
