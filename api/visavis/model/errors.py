"""What stops a run. The whole tree::

    VisavisError
    ├── InputError             a file that a person gave: names file, row and remedy
    │   ├── DossierError       disclosure.yml and its companions
    │   ├── SheetError         a PDF, scan or table that can't be read
    │   ├── GeoreferenceError  control points that don't fix a sheet to the ground
    │   ├── SymbolsError       the legend file
    │   ├── SpacesError        buildings, gardens, entrances
    │   └── TableError         a table that breaks its declared schema
    ├── StoreError             a store that is missing, foreign or damaged
    ├── RequestError           a web request that can't be answered as asked
    │   ├── CostlyError        an answer that takes too long to find
    │   └── NotFoundError      nothing stands at that address
    └── UsageError             options that don't go together

An error stops; a doubt is a finding (see :mod:`visavis.model.findings`), never an error.
"""

from __future__ import annotations

from typing import Any


class VisavisError(Exception):
    """One line that says what is wrong, where, and what would mend it.

    Parameters
    ----------
    what : str
        What is wrong, in plain words, without a full stop.
    file : str, optional
        The file as the person named it.
    row : int or str, optional
        Row number or feature id within the file.
    line : int, optional
        Line within the file, from 1, where it is written by hand: told as editors understand it, `file:line`.
    remedy : str, optional
        What the person can do about it.
    """

    def __init__(
        self,
        what: str,
        *,
        file: object | None = None,
        row: int | str | None = None,
        line: int | None = None,
        remedy: str | None = None,
    ) -> None:
        self.what = " ".join(what.split())
        self.file = None if file is None else str(file)
        self.row = row
        self.line = line
        self.remedy = None if remedy is None else " ".join(remedy.split())
        super().__init__(str(self))

    def __str__(self) -> str:
        where = ""
        if self.file is not None:
            where = self.file if self.line is None else f"{self.file}:{self.line}"
            where = where if self.row is None else f"{where}, row {self.row}"
        elif self.row is not None:
            where = f"row {self.row}"
        line = f"{where}: {self.what}" if where else self.what
        return f"{line}. {self.remedy}" if self.remedy else line

    def __reduce__(self) -> tuple[Any, ...]:
        # Made again from its parts, not from its sentence: it may cross to another process.
        return _made, (type(self), self.what, self.file, self.row, self.remedy)

    def located(self, file: object) -> VisavisError:
        """Return the same error with the file named, where a pure room could not know it."""
        if self.file is not None:
            return self
        return type(self)(self.what, file=file, row=self.row, line=self.line, remedy=self.remedy)


def _made(
    kind: type[VisavisError], what: str, file: str | None, row: int | str | None, remedy: str | None
) -> VisavisError:
    return kind(what, file=file, row=row, remedy=remedy)


class InputError(VisavisError):
    """A file that a person gave can't be used."""


class DossierError(InputError):
    """A dossier's own files contradict the format."""


class SheetError(InputError):
    """A sheet can't be opened or read."""


class GeoreferenceError(InputError):
    """The control points don't fix the sheet to the ground."""


class SymbolsError(InputError):
    """The legend file is not usable."""


class SpacesError(InputError):
    """Buildings, gardens or entrances can't be read."""


class TableError(InputError):
    """A table breaks the schema that its room declares."""


class StoreError(VisavisError):
    """A store is missing, is not ours, or is damaged."""


class RequestError(VisavisError):
    """A request can't be answered as asked."""


class CostlyError(RequestError):
    """An answer takes longer to find than a request may take."""


class NotFoundError(RequestError):
    """Nothing stands at that address."""


class UsageError(VisavisError):
    """Options that don't go together."""
