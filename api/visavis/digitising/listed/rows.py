"""The rows of a table of cameras: what each says, read; the same camera in two lists kept once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import pandas as pd

from visavis.digitising.listed.declared import FIELDS, Reading
from visavis.digitising.listed.words import WORDS
from visavis.digitising.tables import CELLS, kind_of, plain, same_label
from visavis.model.findings import Finding, raised

_SHOWN: Final = 5
_TEXTS: Final = ("model_id", "mount", "zone")


@dataclass(frozen=True)
class Row:
    """One camera of a list.

    Parameters
    ----------
    key : str
        What tells it from the others of its file.
    where : str
        Such as ``page 40, row 12``.
    said : mapping
        Every field of `FIELDS` as text, None where the row says nothing.
    known : mapping
        Columns of the camera table that were read of it: label, kind, height and so on.
    also : tuple of str
        Other words for its place, from rows that list it again.
    """

    key: str
    where: str
    said: Mapping[str, str | None]
    known: Mapping[str, Any]
    also: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """What it says of its place in words."""
        streets = [self.said[field] for field in ("street", "street_2", "street_3")]
        number = self.said["number"]
        first = f"{number} {streets[0]}" if number and streets[0] else streets[0]
        parts = [first, *streets[1:], self.said["place"]]
        return ", ".join(part for part in parts if part)

    @property
    def coordinates(self) -> str:
        """What it says of its coordinates, as written."""
        return ", ".join(self.said[field] or "" for field in ("x", "y"))


def read_rows(listing: pd.DataFrame, reading: Reading, name: str) -> tuple[list[Row], list[Finding]]:
    """Return the cameras that rows list, each once, and the doubts about their cells."""
    read: list[tuple[int, Row]] = []
    findings: list[Finding] = []
    unread_kinds: dict[str, str] = {}
    codes = {same_label(code): kind for code, kind in reading.kinds.items()}
    for record in listing.to_dict("records"):
        said = {field: record[field] if isinstance(record[field], str) else None for field in FIELDS}
        known, doubts = _known(said, str(record["where"]), name)
        findings += doubts
        words = said["kind"]
        if words is not None:
            kind = codes.get(same_label(words)) or kind_of(words)
            known["kind"] = kind or "unknown"
            if kind is None:
                unread_kinds.setdefault(words, str(record["where"]))
        read.append((int(record["list"]), Row("", str(record["where"]), said, known)))
    findings += [
        raised(WORDS, "listed.cell-unread", name, file=name, where=where, column="kind", words=words)
        for words, where in unread_kinds.items()
    ]
    rows, doubts = _once(read, name)
    return rows, [*findings, *doubts]


def _known(said: Mapping[str, str | None], where: str, name: str) -> tuple[dict[str, Any], list[Finding]]:
    known: dict[str, Any] = {
        "label": said["label"],
        "kind": "unknown",
        **{field: said[field] for field in _TEXTS},
    }
    doubts = []
    for field, reader in CELLS.items():
        words = said[field] if field != "kind" else None
        if words is None:
            continue
        known[field] = reader(words)
        if known[field] is None:
            doubts.append(
                raised(WORDS, "listed.cell-unread", name, file=name, where=where, column=field, words=words)
            )
    return known, doubts


def _once(read: Sequence[tuple[int, Row]], name: str) -> tuple[list[Row], list[Finding]]:
    """Return each camera once.

    A label that comes again in a further list is the same camera; in the same list, or of another postcode or
    commune, it is another. A row without a label is known by where it stands.
    """
    kept: dict[str, Row] = {}
    list_of: dict[str, int] = {}
    repeated: list[str] = []
    findings: list[Finding] = []
    labels = _labels_of_one_town([row for _, row in read])
    for number, row in read:
        base = labels(row)
        key = base
        earlier = kept.get(base)
        if earlier is not None and list_of[base] == number and row.said["label"]:
            if row.said == earlier.said:
                repeated.append(row.where)
                continue
            figures = {"file": name, "where": row.where, "label": row.said["label"]}
            findings.append(raised(WORDS, "listed.label-twice", name, **figures))
            key = f"{base}@{row.where.replace(' ', '_')}"
        elif earlier is not None:
            if plain(earlier.place) == plain(row.place) and earlier.coordinates == row.coordinates:
                repeated.append(row.where)
            else:
                findings.append(_differs(earlier, row, name))
                kept[base] = replace(earlier, also=(*earlier.also, row.place))
            continue
        kept[key] = replace(row, key=key)
        list_of.setdefault(base, number)
    if repeated:
        rows = "; ".join(repeated[:_SHOWN]) + ("; …" if len(repeated) > _SHOWN else "")
        about: dict[str, Any] = {"file": name, "count": len(repeated), "rows": rows}
        findings.append(raised(WORDS, "listed.row-repeated", name, **about))
    return list(kept.values()), findings


def _labels_of_one_town(rows: Sequence[Row]) -> Callable[[Row], str]:
    """Return what names a row: its label, with its postcode or commune where the label is used in several."""
    of: dict[str, set[str]] = {}
    for row in rows:
        if row.said["label"]:
            of.setdefault(same_label(row.said["label"]), set()).add(_town(row))

    def named(row: Row) -> str:
        label = row.said["label"]
        if not label:
            return f"@{row.where.replace(' ', '_')}"
        same = same_label(label)
        return same if len(of[same]) == 1 else f"{_town(row)}_{same}"

    return named


def _town(row: Row) -> str:
    return "_".join(plain(row.said["postcode"] or row.said["commune"] or "").split())


def _differs(earlier: Row, row: Row, name: str) -> Finding:
    return raised(
        WORDS,
        "listed.row-differs",
        name,
        file=name,
        where=row.where,
        label=row.said["label"],
        words=row.place or row.coordinates,
        first=earlier.place or earlier.coordinates,
        first_where=earlier.where,
    )
