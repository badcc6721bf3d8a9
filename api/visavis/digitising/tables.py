"""The authority's table of cameras, joined to the symbols by label."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

import pandas as pd

from visavis.digitising.words import WORDS
from visavis.model.findings import Finding, raised
from visavis.model.vocabulary import CAMERA_KINDS


def _names(listed: str) -> frozenset[str]:
    return frozenset(name.strip() for name in listed.split(";"))


# Column names as authorities write them, made `plain`, by what they hold.
HEADERS: Final = MappingProxyType(
    {
        "label": _names(
            "label; etiquette; n; no; num; numero; number; repere; id; identifiant; code; camera; ref;"
            "reference;"
            "n camera; no camera; numero camera; numero de camera; n de camera; n de la camera; camera id;"
            "id camera; camera no; camera number; repere plan; n plan; n sur le plan"
        ),
        "kind": _names(
            "kind; type; genre; nature; categorie; technologie; type de camera; type camera; camera type;"
            "type of camera; nature de la camera"
        ),
        "model_id": _names(
            "model; modele; materiel; model id; modele de camera; marque et modele; marque modele"
        ),
        "height_m": _names(
            "height; hauteur; height m; hauteur m; hauteur en m; hauteur de pose; hauteur de pose m;"
            "hauteur sol; hauteur du mat; mount height; mount height m; mounting height; mounting height m"
        ),
        "mount": _names("mount; support; fixation; pose sur; mounted on"),
        "zone": _names("zone; zone filmee; zone surveillee; area; watches"),
        "valid_from": _names(
            "valid from; installed; installed on; since; installee; installee le; installation; depuis;"
            "date d installation; date installation; mise en service; date de mise en service;"
            "en service depuis; date de pose"
        ),
        "valid_to": _names(
            "valid to; removed; removed on; until; deposee; deposee le; date de depose; depose; retrait;"
            "date de retrait; jusqu au"
        ),
    }
)

# Words that tell a kind, strongest first: a "dôme PTZ" turns, a "caméra fixe LAPI" reads plates.
_KIND_WORDS: Final = (
    ("anpr", ("lapi", "plaque", "anpr", "alpr", "lpr", "plate")),
    ("fisheye", ("fisheye", "fish eye", "hemispher", "hypergrand")),
    ("multisensor", ("multi", "panoramique", "panoramic")),
    ("ptz", ("ptz", "mobile", "pilotable", "orientable", "motorise", "rotati", "speed")),
    ("dome", ("dome", "360")),
    ("fixed", ("fixe", "fixed", "bullet", "tube")),
)
_NUMBER: Final = re.compile(r"[-+]?\d+(?:[.,]\d+)?")
_ISO: Final = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[T ].*)?")
_DAY_FIRST: Final = re.compile(r"(?:(\d{1,2})[./-])?(\d{1,2})[./-](\d{4})")
_HIGHEST_M: Final = 200.0
_LETTERS: Final = str.maketrans({"№": "n", "°": " ", "œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss"})


@dataclass(frozen=True)
class Row:
    """What the table says of one camera; None where it says nothing that can be read."""

    label: str
    kind: str | None = None
    model_id: str | None = None
    height_m: float | None = None
    mount: str | None = None
    zone: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None


def read_table(table: pd.DataFrame) -> tuple[dict[str, Row], tuple[Finding, ...]]:
    """Return the table's rows by `same_label`, and what in it can't be read.

    A table whose labels can't be told is no error: it is a finding, and the sheet is read without it.
    """
    columns = matched_columns([str(column) for column in table.columns])
    if "label" not in columns:
        return {}, (raised(WORDS, "sheet.table-without-labels", columns=", ".join(map(str, table.columns))),)
    rows: dict[str, Row] = {}
    findings: list[Finding] = []
    for line, record in enumerate(table.to_dict("records"), start=2):
        said = {field: _said(record[column]) for field, column in columns.items()}
        label = said.get("label")
        if label is None:
            findings.append(raised(WORDS, "sheet.row-without-label", row=line))
        elif same_label(label) in rows:
            findings.append(raised(WORDS, "sheet.row-twice", label, label=label, row=line))
        else:
            row, doubts = _row(label, said, line)
            rows[same_label(label)] = row
            findings += doubts
    return rows, tuple(findings)


def matched_columns(columns: Sequence[str]) -> dict[str, str]:
    """Return the column of each field that the table has."""
    plain_of = {column: plain(column) for column in columns}
    found: dict[str, str] = {}
    for field, names in HEADERS.items():
        column = next((c for c, p in plain_of.items() if p in names and c not in found.values()), None)
        if column is not None:
            found[field] = column
    return found


def kind_of(words: str) -> str | None:
    """Return the kind of camera that some words of a table or legend mean."""
    said = plain(words)
    if said in CAMERA_KINDS:
        return said
    return next((kind for kind, signs in _KIND_WORDS if any(sign in said for sign in signs)), None)


def same_label(label: str) -> str:
    """Return a label as it is compared: capitals, no blanks, no zeros before a number."""
    return re.sub(r"(?<!\d)0+(?=\d)", "", "".join(label.split()).upper())


def plain(words: str) -> str:
    """Return words in lower case without accents, marks or parentheses' marks, single-spaced."""
    bare = unicodedata.normalize("NFKD", words.translate(_LETTERS)).encode("ascii", "ignore")
    return " ".join(re.sub(r"[^a-z0-9]+", " ", bare.decode().lower()).split())


def _said(value: object) -> str | None:
    if value is None or value is pd.NA or value is pd.NaT or value != value:
        return None
    # A number column with gaps comes as floats: 7.0 is the label 7.
    words = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()
    return words or None


def _row(label: str, said: Mapping[str, str | None], line: int) -> tuple[Row, list[Finding]]:
    findings = []
    read: dict[str, str | float | None] = {}
    for field, reader in CELLS.items():
        words = said.get(field)
        read[field] = None if words is None else reader(words)
        if words is not None and read[field] is None:
            doubt = raised(WORDS, "sheet.cell-unread", label, row=line, column=field, words=words)
            findings.append(doubt)
    height = read["height_m"]
    return (
        Row(
            label,
            kind=_text(read["kind"]),
            model_id=said.get("model_id"),
            height_m=height if isinstance(height, float) else None,
            mount=said.get("mount"),
            zone=said.get("zone"),
            valid_from=_text(read["valid_from"]),
            valid_to=_text(read["valid_to"]),
        ),
        findings,
    )


def _text(value: str | float | None) -> str | None:
    return value if isinstance(value, str) else None


def _metres(words: str) -> float | None:
    found = _NUMBER.search(words)
    metres = None if found is None else float(found.group().replace(",", "."))
    return metres if metres is not None and 0 < metres < _HIGHEST_M else None


def _day(words: str) -> str | None:
    """Return a date as ISO 8601, no more exact than it was written."""
    iso, day_first = _ISO.fullmatch(words), _DAY_FIRST.fullmatch(words)
    if iso is not None:
        year, month, day = iso.groups()
    elif day_first is not None:
        day, month, year = day_first.groups()
    else:
        return None
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return "-".join([year, *(f"{int(part):02d}" for part in (month, day) if part is not None)])


# How a cell is read, by what it holds.
CELLS: Final = MappingProxyType({"kind": kind_of, "height_m": _metres, "valid_from": _day, "valid_to": _day})
