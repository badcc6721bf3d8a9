"""The legend as a person marked it: one row a symbol, checked."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from visavis.digitising.drawing import Box
from visavis.model.errors import SymbolsError
from visavis.model.vocabulary import CAMERA_KINDS

# A symbol that stands for cameras of several kinds: the table says which, else the kind is unknown.
ANY_CAMERA: Final = "camera"

_COLUMNS: Final = ("kind", "x0", "y0", "x1", "y1")
_EDGE: Final = 2.0
_FIRST_ROW: Final = 2  # row 1 of the file holds the column names


@dataclass(frozen=True)
class Entry:
    """A legend row.

    Parameters
    ----------
    row : int
        In the file, its header being row 1.
    kind : str
        Of `CAMERA_KINDS`, or `ANY_CAMERA`.
    name : str
        The legend's words.
    box : left, top, right, bottom of the example, sheet coordinates
    points_to_deg : float or None
        The way that the example points, clockwise from the page's up; None where it points nowhere.
    """

    row: int
    kind: str
    name: str
    box: Box
    points_to_deg: float | None


def read_legend(
    symbols: pd.DataFrame, width: float, height: float, unit: str = "points"
) -> tuple[Entry, ...]:
    """Return the legend's rows, checked against a sheet of the given size, in points or pixels.

    Raises
    ------
    SymbolsError
        With the row, where a kind is unknown, a box is missing or lies outside the page, or a
        direction is no angle.
    """
    missing = [column for column in _COLUMNS if column not in symbols]
    if missing:
        raise SymbolsError(
            f"no column {', '.join(missing)}", remedy="Write kind,name,x0,y0,x1,y1,points_to_deg"
        )
    if symbols.empty:
        raise SymbolsError("the legend has no row", remedy="Mark at least one camera symbol of the sheet")
    rows = symbols.to_dict("records")
    return tuple(_entry(row, line, (width, height), unit) for line, row in enumerate(rows, start=_FIRST_ROW))


def _entry(row: dict[Any, Any], line: int, size: tuple[float, float], unit: str) -> Entry:
    kind = _words(row["kind"])
    if kind not in {*CAMERA_KINDS, ANY_CAMERA}:
        raise SymbolsError(
            f"kind {kind!r} is not known",
            row=line,
            remedy=f"Choose {', '.join(CAMERA_KINDS)} or {ANY_CAMERA}",
        )
    numbers = [_number(row[column], column, line) for column in ("x0", "y0", "x1", "y1")]
    x0, y0, x1, y1 = (math.nan if number is None else number for number in numbers)
    if not (x0 < x1 and y0 < y1):
        raise SymbolsError(
            "the box has no area", row=line, remedy="Give x0 < x1 and y0 < y1, from the page's top left"
        )
    width, height = size
    if x0 < -_EDGE or y0 < -_EDGE or x1 > width + _EDGE or y1 > height + _EDGE:
        raise SymbolsError(
            f"the box {x0:g} {y0:g} {x1:g} {y1:g} lies outside the page of {width:.0f} × {height:.0f} {unit}",
            row=line,
            remedy=f"Measure in {unit} from the page's top left corner, y down",
        )
    points_to = _number(row.get("points_to_deg"), "points_to_deg", line)
    if points_to is not None and not -360 <= points_to <= 360:
        raise SymbolsError(
            f"points_to_deg is {points_to:g}",
            row=line,
            remedy="Give degrees clockwise from the page's up, or nothing",
        )
    return Entry(line, kind, _words(row.get("name")), (x0, y0, x1, y1), points_to)


def _words(value: object) -> str:
    return "" if value is None or value is pd.NA or value != value else str(value).strip()


def _number(value: object, column: str, line: int) -> float | None:
    words = _words(value)
    if not words:
        return None
    try:
        number = float(words)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise SymbolsError(
            f"{column} is {words!r}, not a number", row=line, remedy="Write 925.8, with a point"
        )
    return number
