"""The pages of a sheet's file beside the plan: a table of cameras may stand on one, as text, outlines or a picture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd
import pypdfium2 as pdfium
from pypdfium2 import raw

from visavis.digitising.lettering import TextRun, text_runs
from visavis.digitising.pdf import is_pdf, opened_pdf, page_of, placing
from visavis.digitising.printed import printed_table
from visavis.digitising.scans import Scan, open_picture, page_picture, picture_pages
from visavis.digitising.scans.table import written_runs
from visavis.digitising.sheet import refuse_others
from visavis.model.errors import SheetError

_MOST_PAGES: Final = 50
_MOST_PICTURES: Final = 6
_TABLE_DPI: Final = 200.0  # of a page of outlines
_LEAST_TEXTS: Final = 8  # a page with fewer lines of text may be a picture with a page number


@dataclass(frozen=True)
class Beside:
    """What stands beside a plan.

    Parameters
    ----------
    table : DataFrame or None
        The rows of the table of cameras, all of its pages together.
    by_picture : bool
        Whether some of it was read from pixels or outlines.
    unread : int
        Pages from which nothing was taken.
    """

    table: pd.DataFrame | None
    by_picture: bool
    unread: int


def table_beside(content: bytes, plan: Sequence[TextRun], page: int) -> Beside:
    """Return the table of cameras that a file holds beside its plan.

    Parameters
    ----------
    content : bytes
        A PDF or a picture.
    plan : sequence of TextRun
        The lines of text of the plan itself, on which the table may stand too.
    page : int
        The plan's, from 1; 0 where the file has none.
    """
    count = _count(content)
    numbers = _others(count, page)
    written: dict[int, Sequence[TextRun]] = dict(texts_beside(content, page))
    table = printed_table([plan, *written.values()])
    seen: dict[int, Sequence[TextRun]] = {}
    if table is None:
        wordless = [n for n in numbers if len(written.get(n, ())) < _LEAST_TEXTS]
        seen = {n: written_runs(scan) for n, scan in _pictures(content, wordless[:_MOST_PICTURES])}
        table = printed_table([plan, *(written | seen).values()])
    used = sum(printed_table([runs]) is not None for runs in (written | seen).values())
    return Beside(table, table is not None and bool(seen), count - (page > 0) - used)


def table_in(content: bytes) -> pd.DataFrame:
    """Return the table of cameras that a PDF or a picture holds.

    Raises
    ------
    SheetError
        Where the file can't be read, or holds none.
    """
    refuse_others(content)
    table = table_beside(content, (), page=0).table
    if table is None:
        raise SheetError(
            "no table of cameras was found", remedy="Give it as CSV, with a column of labels and one of kinds"
        )
    return table


def _count(content: bytes) -> int:
    if not is_pdf(content):
        return picture_pages(content)
    with opened_pdf(content) as document:
        return len(document)


def _others(count: int, page: int) -> list[int]:
    return [number for number in range(1, min(count, _MOST_PAGES) + 1) if number != page]


def texts_beside(content: bytes, page: int) -> dict[int, tuple[TextRun, ...]]:
    """Return the stored lines of text of the pages beside one; those that can't be read are left out."""
    if not is_pdf(content):
        return {}
    texts = {}
    with opened_pdf(content) as document:
        for number in _others(len(document), page):
            try:
                other = page_of(document, number)
            except SheetError:
                continue
            try:
                texts[number] = text_runs(other, placing(other)[0])
            except SheetError:
                continue
            finally:
                other.close()
    return texts


def _pictures(content: bytes, numbers: Sequence[int]) -> Iterator[tuple[int, Scan]]:
    """Yield some pages as pixels; those that show nothing or can't be read are left out."""
    if not is_pdf(content):
        for number in numbers:
            try:
                yield number, open_picture(content, number)
            except SheetError:
                continue
        return
    with opened_pdf(content) as document:
        for number in numbers:
            try:
                page = page_of(document, number)
            except SheetError:
                continue
            try:
                if _shows_something(page):
                    yield number, page_picture(page, number, len(document), least_dpi=_TABLE_DPI)
            except SheetError:
                continue
            finally:
                page.close()


def _shows_something(page: pdfium.PdfPage) -> bool:
    return int(raw.FPDFPage_CountObjects(page.raw)) > 0
