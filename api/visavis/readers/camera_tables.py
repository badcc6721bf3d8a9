"""The authority's table of cameras beside a sheet, from a CSV, a workbook, a PDF or a picture."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pandas as pd

from visavis.apart import read_apart
from visavis.digitising.tables import matched_columns
from visavis.model.errors import DossierError, SheetError, VisavisError
from visavis.readers.workbooks import read_workbook

WORKBOOKS: Final = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")
_HEADER_WITHIN: Final = 30


def read_camera_table(file: Path) -> pd.DataFrame:
    """Return a table of cameras as text columns, whatever kind of file holds it.

    Raises
    ------
    DossierError, SheetError
        Where the file can't be read, or holds no such table.
    """
    # What reads pictures and PDF takes long to load, and much memory; few builds need it.
    from visavis.digitising.other_pages import table_in
    from visavis.digitising.pdf import is_pdf
    from visavis.digitising.scans import is_picture

    content = file.read_bytes()
    try:
        if is_picture(content) or is_pdf(content):
            return read_apart(table_in, content)
        if content.startswith(WORKBOOKS):
            return read_apart(table_in_workbook, content)
    except VisavisError as error:
        raise error.located(file) from None
    return read_table(file)


def table_in_workbook(content: bytes) -> pd.DataFrame:
    """Return the first table of a workbook whose header names labels of cameras.

    Raises
    ------
    SheetError
    """
    for grid in read_workbook(content, worksheet=None):
        for number, header in enumerate(grid.cells[:_HEADER_WITHIN]):
            columns = matched_columns(list(header))
            if "label" in columns and len(columns) > 1:
                rows = [[*row, *[""] * len(header)][: len(header)] for row in grid.cells[number + 1 :]]
                named = [name or f"column {n}" for n, name in enumerate(header, start=1)]
                filled = [row for row in rows if any(row)]
                return pd.DataFrame(filled, columns=named, dtype="str").replace("", None)
    raise SheetError("no table of cameras was found", remedy="Name a column of labels and one of kinds")


def read_table(file: Path) -> pd.DataFrame:
    """Return a CSV as text columns; comma or semicolon is told by the header, UTF-8 with or without mark."""
    try:
        lines = file.read_text("utf-8-sig").splitlines()
        header = lines[0] if lines else ""
        separator = ";" if header.count(";") > header.count(",") else ","
        table = pd.read_csv(file, sep=separator, dtype="str", encoding="utf-8-sig", keep_default_na=False)
    except UnicodeDecodeError:
        raise DossierError("is not UTF-8", file=file, remedy="Save it as CSV, UTF-8") from None
    except (pd.errors.ParserError, pd.errors.EmptyDataError) as broken:
        raise DossierError(
            f"is not a table ({broken})", file=file, remedy="Give a header line and one line a row"
        ) from None
    return table.replace("", None)
