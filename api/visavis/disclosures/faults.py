"""What is wrong with a row that a person wrote into one of the dossier's tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from visavis.disclosures.record import inside
from visavis.model.days import is_day
from visavis.model.schema import Table

# A cell is a figure, a name or a short quotation; what is longer is a document.
MOST_LETTERS: Final = 4_000


class Fault(NamedTuple):
    """One cell that breaks its declaration, and what would mend it."""

    what: str
    remedy: str


def faults_of(table: Table, row: Mapping[str, str | None]) -> Iterator[Fault]:
    """Yield what is wrong with a row as it stands in a file; empty cells are None.

    Parameters
    ----------
    table : Table
        One of :data:`visavis.disclosures.FILES`, or another declared table that is written by hand.
    row : mapping of str to str or None
    """
    for name, column in table.columns.items():
        value = row.get(name)
        if value is None:
            if not column.nullable:
                yield Fault(f"{name} is empty", f"Give {column.description}")
        else:
            yield from _cell(table, name, value)
    if table.name == "claims" and row.get("value") is None and row.get("redacted") is None:
        yield Fault(
            "value is empty, and redacted does not say why", "Give the value, or the reason under redacted"
        )


def _cell(table: Table, name: str, value: str) -> Iterator[Fault]:
    column, choices = table.columns[name], table.choices(name)
    meaning = f"Give {column.description}"
    if len(value) > MOST_LETTERS:
        yield Fault(f"{name} holds {len(value)} letters", "Put it into a document")
    elif choices is not None and value not in choices:
        yield Fault(f"{name} is {value!r}", f"Choose {', '.join(choices)}")
    elif table.day(name) is not None and not is_day(value):
        yield Fault(f"{name} is {value!r}, which is no day", "Write 2021-05-12, 2021-05 or 2021")
    elif column.dtype.startswith("float") and not _is_number(value):
        yield Fault(f"{name} is {value!r}, which is no number", meaning)
    elif name == "photo_sha256" and (len(value) != 64 or set(value) - set("0123456789abcdef")):
        yield Fault(f"{name} is no SHA-256", "Give 64 hexadecimal digits, as `sha256sum` prints them")
    elif name == "photo":
        try:
            inside(value)
        except ValueError as outside:
            yield Fault(str(outside), "Move it inside")


def _is_number(value: str) -> bool:
    try:
        number = float(value)
    except ValueError:
        return False
    return abs(number) < float("inf")
