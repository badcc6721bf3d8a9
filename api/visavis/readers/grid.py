"""A table as a file holds it, before anybody says what its columns mean: rows of cells as text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

# No town lists so many cameras: a table that goes on is another one, or a mistake.
MOST_ROWS: Final = 200_000


@dataclass(frozen=True)
class Grid:
    """Rows of cells.

    Parameters
    ----------
    cells : tuple of tuple of str
        Blank cells are empty; rows may differ in length.
    where : tuple of str
        Where each row stands, in the words of its file: ``row 7``, ``page 40, row 12``.
    title : str
        Of the worksheet; empty where the file knows none.
    page : int
        Of a PDF, from 1; 0 elsewhere.
    edges : tuple of float
        Left edges of the columns and the right edge of the last, in points; empty elsewhere.
    """

    cells: tuple[tuple[str, ...], ...]
    where: tuple[str, ...]
    title: str = ""
    page: int = 0
    edges: tuple[float, ...] = ()


def tidy(words: str) -> str:
    """Return words single-spaced, blanks that don't break included."""
    return " ".join(words.split())
