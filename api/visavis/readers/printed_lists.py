"""Tables printed in a PDF: ruled cells by pdfplumber, their broken lines put together again."""

from __future__ import annotations

import io
import logging
import re
import struct
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import Any, Final

import pdfplumber
import pypdfium2 as pdfium
from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from visavis.model.errors import SheetError
from visavis.readers.grid import Grid, tidy

_MOST_PAGES: Final = 2_000
_MOST_OBJECTS: Final = 100_000
# What the parser lets through of a damaged file, seen by spoiling whole ones.
_BROKEN: Final = (
    PdfminerException,
    MalformedPDFException,
    PSException,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
)
_WORD: Final = re.compile(r"\w+(?:['’-]\w+)*")
_Table = tuple[int, tuple[float, ...], list[list[str]]]
_HYPHENS: Final = "-\xad\u2010\u2011"


def read_printed_lists(
    content: bytes, *, may_hold: Callable[[str], bool], has_page: Callable[[int], bool]
) -> tuple[Grid, ...]:
    """Return the ruled tables of a PDF in reading order: column by column, from the top of each.

    Parameters
    ----------
    content : bytes
    may_hold : callable
        Whether a page with this text is worth the search for tables; most pages are not.
    has_page : callable
        Whether page number n, from 1, is wanted.

    Raises
    ------
    SheetError
        Where the bytes are no whole, open PDF, or no page holds text.
    """
    numbers = _pages_worth(content, may_hold, has_page)
    # It warns of every odd font; what matters of a damaged file is told by what was read of it.
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    try:
        with pdfplumber.open(io.BytesIO(content)) as document:
            found = _found(document, set(numbers), has_page) if numbers else []
    except _BROKEN as broken:
        raise SheetError(
            f"the PDF can't be read ({type(broken).__name__})", remedy="Save the PDF again from its source"
        ) from None
    known = _words(cell for _, _, rows in found for row in rows for cell in row)
    grids, counted = [], Counter[int]()
    for page, edges, rows in found:
        cells = [tuple(unbroken(cell, known) for cell in row) for row in rows]
        where = [f"page {page}, row {counted[page] + number}" for number in range(1, len(cells) + 1)]
        counted[page] += len(cells)
        grids.append(Grid(tuple(cells), tuple(where), page=page, edges=edges))
    return tuple(grids)


def unbroken(cell: str, known: Counter[str] | frozenset[str] = frozenset()) -> str:
    """Return the lines of a cell as one.

    A hyphen at the end of a line is kept where the next begins with a capital or a figure, where the word has a
    hyphen already, or where `known` words have it so written; else it parted a word.
    """
    lines = [tidy(line) for line in cell.split("\n")]
    joined = lines[0]
    for line in lines[1:]:
        if not joined or not line:
            joined = joined or line
        elif joined[-1] in _HYPHENS and len(joined) > 1 and joined[-2].isalnum():
            joined = joined[:-1] + ("-" if _is_compound(joined[:-1], line, known) else "") + line
        elif joined[-1] in "'’":
            joined += line
        else:
            joined += f" {line}"
    return joined


def _is_compound(before: str, after: str, known: Counter[str] | frozenset[str]) -> bool:
    if not after[0].islower():
        return True
    head = before.rsplit(" ", 1)[-1]
    first, second = _WORD.findall(head), _WORD.findall(after)
    if not first or not second:
        return True
    if f"{first[-1]}{second[0]}".lower() in known:
        return False
    return "-" in head or f"{first[-1]}-{second[0]}".lower() in known


def _words(cells: Iterable[str]) -> Counter[str]:
    return Counter(
        word.lower() for cell in cells for line in cell.split("\n") for word in _WORD.findall(line)
    )


def _pages_worth(
    content: bytes, may_hold: Callable[[str], bool], has_page: Callable[[int], bool]
) -> list[int]:
    """Return the numbers of pages that may hold a table; pdfium reads their text many times faster."""
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError:
        raise SheetError(
            "the PDF is damaged, encrypted or has no page", remedy="Save a whole copy without a password"
        ) from None
    try:
        if len(document) > _MOST_PAGES:
            raise SheetError(
                f"the PDF has {len(document)} pages", remedy=f"Give at most {_MOST_PAGES} of them"
            )
        worth, letters = [], 0
        for number in range(1, len(document) + 1):
            if not has_page(number):
                continue
            try:
                page = document[number - 1]
                text = page.get_textpage().get_text_range(errors="ignore")
                held = may_hold(text)
                crowd = sum(1 for _ in islice(page.get_objects(), _MOST_OBJECTS)) if held else 0
                page.close()
            except pdfium.PdfiumError:
                continue
            letters += len(text.strip())
            if crowd >= _MOST_OBJECTS:
                raise SheetError(
                    f"page {number} holds {_MOST_OBJECTS} objects or more",
                    remedy="Name other pages, or save the table as CSV",
                )
            if held:
                worth.append(number)
    finally:
        document.close()
    if not letters:
        raise SheetError(
            "no text on the pages to be read: they are pictures, or are not there",
            remedy="Give the table as text, and check the pages declared",
        )
    return worth


def _found(document: Any, worth: set[int], has_page: Callable[[int], bool]) -> list[_Table]:
    """Return the tables of the pages worth it, and of those that follow a page with a table: it may run over."""
    found: list[_Table] = []
    for page in document.pages:
        number = page.page_number
        runs_over = bool(found) and found[-1][0] == number - 1 and has_page(number)
        if number in worth or runs_over:
            found += _tables(page)
        page.close()
    return found


def _tables(page: Any) -> list[_Table]:
    tables = [
        (tuple(float(side) for side in table.bbox), table) for table in page.find_tables() if table.rows
    ]
    told = []
    for _, table in _in_reading_order(tables):
        lefts = sorted({round(cell[0], 1) for row in table.rows for cell in row.cells if cell is not None})
        edges = (*lefts, round(table.bbox[2], 1))
        rows = [[cell or "" for cell in row] for row in table.extract()]
        told.append((page.page_number, edges, [row for row in rows if any(cell.strip() for cell in row)]))
    return told


def _in_reading_order(tables: Sequence[tuple[tuple[float, ...], Any]]) -> list[tuple[Any, Any]]:
    """Sort boxes column by column: those that share some of their width stand in one column."""
    columns: list[list[tuple[tuple[float, ...], Any]]] = []
    for each in sorted(tables, key=lambda table: table[0][0]):
        box = each[0]
        mine = next((c for c in columns if any(o[0][0] < box[2] and box[0] < o[0][2] for o in c)), None)
        if mine is None:
            columns.append([each])
        else:
            mine.append(each)
    return [each for column in columns for each in sorted(column, key=lambda table: table[0][1])]
