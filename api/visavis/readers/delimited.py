"""CSV in whatever encoding and with whatever separator it was saved."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable
from typing import Final

from charset_normalizer import from_bytes

from visavis.model.errors import SheetError
from visavis.model.findings import Finding, raised
from visavis.readers.grid import MOST_ROWS, Grid, tidy
from visavis.readers.words import WORDS

SEPARATORS: Final = (";", ",", "\t", "|")
# What offices in Europe save when they don't save UTF-8; the first of equals is taken.
CODE_PAGES: Final = ("cp1252", "mac_roman", "cp850", "cp1250", "iso8859_15")
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf_8_sig"),
    (codecs.BOM_UTF32_LE, "utf_32"),
    (codecs.BOM_UTF32_BE, "utf_32"),
    (codecs.BOM_UTF16_LE, "utf_16"),
    (codecs.BOM_UTF16_BE, "utf_16"),
)
# A cell of more lines than that has swallowed rows behind a quotation mark that was never closed.
_MOST_LINES: Final = 20
_LIKELY: Final = re.compile(r"[éèêëàâäçîïôöûùüœæñáíóúßå«»’“”°–—€]|(?<![^\W\d_])[ÉÈÊÀÂÇÎÔŒÄÖÜ]")
_LARGEST_CELL: Final = 100_000


def read_delimited(
    content: bytes, *, name: str, encoding: str | None, is_headed: Callable[[Grid], bool]
) -> tuple[Grid, tuple[Finding, ...]]:
    """Return the rows of a CSV.

    Parameters
    ----------
    content : bytes
    name : str
        Of the file, for messages.
    encoding : str, optional
        Where it is known; else the byte order mark tells it, or UTF-8 if the bytes are that, or the most
        likely code page, which a finding tells.
    is_headed : callable
        Whether a grid has the header that is looked for: it tells the separator.

    Raises
    ------
    SheetError
        Where the bytes are no text in that encoding, or quotation marks don't close.
    """
    text, findings = _decoded(content, name, encoding)
    if "\x00" in text:
        raise SheetError("holds null characters: not a table as text", remedy="Save it as CSV, UTF-8")
    broken: SheetError | None = None
    first: Grid | None = None
    for separator in SEPARATORS:
        try:
            grid = _parsed(text, separator)
        except SheetError as error:
            broken = broken or (error if separator in text.split("\n", 1)[0] else None)
            continue
        if is_headed(grid):
            return grid, findings
        first = first or grid
    if broken is not None or first is None:
        raise broken or SheetError("is not CSV", remedy="Save it as CSV, UTF-8")
    return first, findings


def encoding_of(content: bytes) -> str:
    """Return the encoding in which `read_delimited` reads some bytes where nobody declared one."""
    marked = _marked(content)
    if marked is not None:
        return marked
    return "utf_8" if _text_in(content, "utf_8") is not None else _code_page(content)


def _marked(content: bytes) -> str | None:
    return next((codec for mark, codec in _MARKS if content.startswith(mark)), None)


def _decoded(content: bytes, name: str, encoding: str | None) -> tuple[str, tuple[Finding, ...]]:
    marked = _marked(content)
    codec = encoding or marked or "utf_8"
    if encoding in ("utf_8", "utf-8"):
        codec = "utf_8_sig"
    try:
        return content.decode(codec), ()
    except (UnicodeDecodeError, LookupError):
        if encoding or marked:
            raise SheetError(
                f"is not {encoding or codec}", remedy="Declare its encoding, or take the line out"
            ) from None
    found = _code_page(content)
    try:
        text = content.decode(found)
    except UnicodeDecodeError:
        raise SheetError("is no text in any encoding that is known", remedy="Save it as CSV, UTF-8") from None
    return text, (raised(WORDS, "table.encoding-told", name, file=name, encoding=found),)


def _code_page(content: bytes) -> str:
    """Return the code page that makes most sense of some bytes.

    A few accents are too little for statistics. Of the pages in which the bytes are text, the one is taken with most
    of the letters and marks that French and its neighbours write, capitals only where words begin; of equals the one
    that charset-normalizer finds, and then the first of `CODE_PAGES`.
    """
    best = from_bytes(content, cp_isolation=list(CODE_PAGES)).best()
    pages = list(CODE_PAGES) if best is None else [best.encoding, *CODE_PAGES]
    scores = {
        page: len(_LIKELY.findall(told)) for page in pages if (told := _text_in(content, page)) is not None
    }
    return max(scores, key=lambda page: scores[page]) if scores else CODE_PAGES[0]


def _text_in(content: bytes, page: str) -> str | None:
    try:
        return content.decode(page)
    except UnicodeDecodeError:
        return None


def _parsed(text: str, separator: str) -> Grid:
    cells: list[tuple[str, ...]] = []
    where: list[str] = []
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    csv.field_size_limit(_LARGEST_CELL)
    line = 1
    try:
        for row in rows:
            told = tuple(tidy(cell) for cell in row)
            if any(cell.count("\n") > _MOST_LINES for cell in row):
                raise SheetError(
                    "a cell runs over many lines: is a quotation mark left open?",
                    row=line,
                    remedy="Close it, or double it inside a cell",
                )
            if len(cells) >= MOST_ROWS:
                raise SheetError(
                    f"lists more than {MOST_ROWS} rows",
                    row=line,
                    remedy="Give the table of one town's cameras",
                )
            if any(told):
                cells.append(told)
                where.append(f"row {line}")
            line = rows.line_num + 1
    except csv.Error as error:
        raise SheetError(
            f"is not CSV ({error})", row=line, remedy="Close the quotation mark, or double it inside a cell"
        ) from None
    return Grid(tuple(cells), tuple(where))
