"""What a sheet shows, before it is laid on the ground: symbols, their labels, the rows of the table.

To search a sheet takes long, to place what was found takes none: where control points change, the same marks are
placed anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from visavis.digitising.georeferencing import Georeference
from visavis.digitising.insertion import set_by_labels
from visavis.digitising.joining import Labels
from visavis.digitising.labels import join_labels
from visavis.digitising.legend import Entry, read_legend
from visavis.digitising.marks import Mark
from visavis.digitising.other_pages import table_beside
from visavis.digitising.scans import Scan
from visavis.digitising.scans.lettering import read_labels
from visavis.digitising.scans.levelling import find_level
from visavis.digitising.scans.symbols import find_on_scan
from visavis.digitising.sheet import Sheet
from visavis.digitising.symbols import find_symbols
from visavis.digitising.tables import Row, read_table, same_label
from visavis.digitising.words import WORDS
from visavis.model.findings import Finding, raised
from visavis.model.progress import Progress, untold


@dataclass(frozen=True)
class Marked:
    """The marks of a sheet.

    Parameters
    ----------
    name : str
        Of the sheet's file.
    page : int
    width, height : float
        Sheet units.
    marks : tuple of Mark
    labels : Labels
    rows : mapping of str to Row
        Of the table, by label; empty where there is none.
    findings : tuple of Finding
        On all but the control points.
    """

    name: str
    page: int
    width: float
    height: float
    marks: tuple[Mark, ...]
    labels: Labels
    rows: Mapping[str, Row]
    findings: tuple[Finding, ...]

    @property
    def told(self) -> list[Row | None]:
        """The row of the table for each mark."""
        return [self.rows.get(same_label(label)) if label is not None else None for label in self.labels.text]


def mark_sheet(
    shown: Sheet | Scan,
    content: bytes,
    *,
    name: str,
    symbols: pd.DataFrame,
    table: pd.DataFrame | None,
    ground: Georeference | None,
    progress: Progress = untold,
) -> Marked:
    """Return the camera symbols that a sheet shows, with their labels and rows.

    Parameters
    ----------
    shown : Sheet or Scan
        The page that is the plan.
    content : bytes
        The sheet's file.
    name : str
    symbols : DataFrame
        The legend, see `read_legend`.
    table : DataFrame, optional
        Else the one that the file itself holds is read.
    ground : Georeference, optional
        By which a picture taken aslant is made level; without it, it is searched as it is.
    progress : callable, optional

    Raises
    ------
    SymbolsError, SheetError
    """
    unit = shown.unit_name if isinstance(shown, Scan) else "points"
    legend = read_legend(symbols, shown.width, shown.height, unit)
    rows, table_doubts = _table(table, content, shown, name)
    known = [row.label for row in rows.values()]
    if isinstance(shown, Scan):
        marks, labels, doubts = _read_scan(shown, legend, known, ground, progress)
    else:
        progress("looking for symbols", 0, 0)
        marks, labels, doubts = _read_drawing(shown, legend, known)
    found = [*_opening_doubts(shown, name), *table_doubts, *doubts]
    if rows:
        found += _unjoined(rows, labels.text)
    if not marks:
        found.append(raised(WORDS, "sheet.no-camera", name, sheet=name))
    return Marked(name, shown.page, shown.width, shown.height, marks, labels, dict(rows), tuple(found))


_Read = tuple[tuple[Mark, ...], Labels, tuple[Finding, ...]]


def _read_drawing(sheet: Sheet, legend: Sequence[Entry], known: Sequence[str]) -> _Read:
    marks, symbol_doubts = find_symbols(sheet, legend)
    labels, label_doubts = join_labels(sheet, legend, marks, known)
    return set_by_labels(marks, labels), labels, (*symbol_doubts, *label_doubts)


def _read_scan(
    scan: Scan, legend: Sequence[Entry], known: Sequence[str], ground: Georeference | None, progress: Progress
) -> _Read:
    if ground is None:
        marks, symbol_doubts = find_on_scan(scan, legend, progress=progress)
    else:
        marks, symbol_doubts = find_level(scan, legend, ground.transformation, progress)
    progress("reading labels", 0, 0)
    labels, label_doubts = read_labels(scan, legend, marks, known)
    return marks, labels, (*symbol_doubts, *label_doubts)


def _opening_doubts(shown: Sheet | Scan, name: str) -> tuple[Finding, ...]:
    if isinstance(shown, Scan) and shown.unit_name == "pixels" and shown.unit > 1:
        return (raised(WORDS, "sheet.reduced", name, sheet=name, factor=round(shown.unit)),)
    return ()


def _table(
    given: pd.DataFrame | None, content: bytes, shown: Sheet | Scan, name: str
) -> tuple[Mapping[str, Row], tuple[Finding, ...]]:
    """Return the rows of the table that was given, or else of the one that the sheet's file holds."""
    if given is not None:
        found = _unread_pages(name, shown.pages - 1)
        rows, doubts = read_table(given)
        return rows, (*found, *doubts)
    texts = () if isinstance(shown, Scan) else shown.texts
    beside = table_beside(content, texts, shown.page)
    found = _unread_pages(name, beside.unread)
    if beside.table is None:
        return {}, found
    code = "sheet.table-seen" if beside.by_picture else "sheet.table-printed"
    rows, doubts = read_table(beside.table)
    return rows, (raised(WORDS, code, name, sheet=name, rows=len(beside.table)), *found, *doubts)


def _unread_pages(name: str, count: int) -> tuple[Finding, ...]:
    """Return that some pages of a file were not read, nothing where there are none."""
    return (raised(WORDS, "sheet.pages-unread", name, sheet=name, count=count),) if count > 0 else ()


def _unjoined(rows: Mapping[str, Row], labels: Sequence[str | None]) -> list[Finding]:
    seen = {same_label(label) for label in labels if label is not None}
    lonely = [row.label for key, row in rows.items() if key not in seen]
    unlisted = sorted({label for label in labels if label is not None and same_label(label) not in rows})
    return [
        *(raised(WORDS, "sheet.row-without-symbol", label, label=label) for label in lonely),
        *(raised(WORDS, "sheet.symbol-without-row", label, label=label) for label in unlisted),
    ]
