"""A layer as a zipped Shapefile, with what that format can't hold said in a text beside it."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from visavis.exports.columnar import Streamed, arrow_schema
from visavis.exports.origin import readme
from visavis.exports.part import Part
from visavis.exports.through_gdal import stream_into
from visavis.layers import short_names
from visavis.model.schema import Table
from visavis.model.vocabulary import Word
from visavis.store import Row

# Of a text in dBASE, in whatever encoding; that is UTF-8 here, as the .cpg beside it says.
MOST_BYTES: Final = 254

# One Shapefile holds one kind of shape: the codes of WKB, what the file is called after, and GDAL's type.
_FAMILIES: Final = (
    (frozenset({1}), "points", "Point"),
    (frozenset({2, 5}), "lines", "LineString"),
    (frozenset({3, 6}), "areas", "Polygon"),
)

# Bytes that are copied into the archive at once.
_BLOCK: Final = 1 << 20


def write_shapefile(part: Part, file: Path) -> tuple[Word, ...]:
    """Write a zip of one Shapefile for each kind of shape, a table alone where there is none, and README.txt.

    Returns
    -------
    tuple of Word
        What could not be held as it was, as the README says it.
    """
    shortened = _Shortened(part.layer.table)
    with tempfile.TemporaryDirectory(prefix=".visavis-", dir=file.parent) as folder:
        for named, kind, chosen in _kinds(part):
            rows = Streamed(
                part,
                arrow_schema(part.layer.table, short_names(part.layer.table)),
                lambda rows, chosen=chosen: shortened.rows(chosen(rows)),  # type: ignore[misc]
            )
            stream_into(
                Path(folder) / f"{named}{'.shp' if kind else '.dbf'}",
                rows,
                part,
                layer=named,
                geometry=kind,
                driver="ESRI Shapefile",
                encoding="UTF-8",
                layer_options={
                    "DBF_DATE_LAST_UPDATE": part.record.built_at.strftime("%Y-%m-%d"),
                    "RESIZE": "YES",
                    "2GB_LIMIT": "YES",  # of older readers, ArcGIS among them
                },
            )
        notes = (*_limits(part), *shortened.notes())
        Path(folder, "README.txt").write_text(readme(part, notes, shortened=True), "utf-8")
        _zip(Path(folder), file, part.record.built_at)
    return notes


def _kinds(part: Part) -> list[tuple[str, str | None, Callable[[Sequence[Row]], Sequence[Row]]]]:
    """Return the files to write: name, GDAL's type, and which of some rows belong there."""
    table = part.layer.table
    if not table.geometry:
        return [(table.name, None, lambda rows: rows)]
    there, empty = (
        _codes(part) if len(table.geometry) > 1 or table.columns["geometry"].nullable else (set(), False)
    )
    families = [family for family in _FAMILIES if family[0] & there] or [
        next(family for family in _FAMILIES if family[2] in table.geometry)
    ]
    several = len(families) > 1

    def choice(codes: frozenset[int], first: bool) -> Callable[[Sequence[Row]], Sequence[Row]]:
        if not several:
            return lambda rows: rows
        # A row without a shape stands in the first file.
        return lambda rows: [r for r in rows if (first if r[-1] is None else _code(r[-1]) in codes)]

    del empty
    return [
        (f"{table.name}_{name}" if several else table.name, kind, choice(codes, number == 0))
        for number, (codes, name, kind) in enumerate(families)
    ]


def _codes(part: Part) -> tuple[set[int], bool]:
    """Return which kinds of shape there are, by a look through all of them."""
    found = {None if row[-1] is None else _code(row[-1]) for rows in part.rows() for row in rows}
    return {code for code in found if code is not None}, None in found


def _code(wkb: bytes) -> int:
    """Return the type in a WKB's header (OGC 06-103r4, 8.2.3)."""
    return int.from_bytes(wkb[1:5], "little" if wkb[0] else "big") % 1000


@dataclass
class _Shortened:
    """Cuts texts at what dBASE holds, between characters, and counts them."""

    table: Table
    cut: dict[str, int] = field(default_factory=dict)
    example: str | None = None

    def rows(self, rows: Sequence[Row]) -> Sequence[Row]:
        """Return rows whose texts fit."""
        return [self._row(row) if _is_long(row) else row for row in rows]

    def notes(self) -> tuple[Word, ...]:
        """Return what was cut."""
        named = short_names(self.table)
        return tuple(
            Word(
                f"{number} texts of {column} ({named[column]}) were longer than {MOST_BYTES} bytes and are cut, the "
                f"first of them in {self.example}.",
                f"{number} textes de {column} ({named[column]}) dépassaient {MOST_BYTES} octets et sont coupés, le "
                f"premier dans {self.example}.",
            )
            for column, number in self.cut.items()
        )

    def _row(self, row: Row) -> Row:
        cells: list[Any] = []
        for name, value in zip(self.table.columns, row, strict=True):
            if isinstance(value, str) and len(value.encode()) > MOST_BYTES:
                self.cut[name] = self.cut.get(name, 0) + 1
                self.example = self.example or str(row[0])
                value = value.encode()[:MOST_BYTES].decode("utf-8", "ignore")
            cells.append(value)
        return tuple(cells)


def _is_long(row: Row) -> bool:
    # No text of so few characters has too many bytes, as UTF-8 takes four at most.
    return any(
        isinstance(value, str) and len(value) * 4 > MOST_BYTES and len(value.encode()) > MOST_BYTES
        for value in row
    )


def _limits(part: Part) -> tuple[Word, ...]:
    renamed = [name for name, short in short_names(part.layer.table).items() if name != short]
    if not renamed:
        return ()
    return (
        Word(
            f"Column names hold ten characters: {len(renamed)} are shortened, as listed below.",
            f"Les noms de colonnes tiennent en dix caractères : {len(renamed)} sont abrégés, voir ci-dessous.",
        ),
    )


def _zip(folder: Path, file: Path, built_at: datetime) -> None:
    """Pack a folder's files by name, with the build's time for theirs: the same build gives the same archive."""
    moment = max(built_at.replace(microsecond=0, tzinfo=None), datetime(1980, 1, 1))
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for each in sorted(folder.iterdir()):
            entry = zipfile.ZipInfo(each.name, moment.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            with each.open("rb") as read, archive.open(entry, "w", force_zip64=True) as written:
                while block := read.read(_BLOCK):
                    written.write(block)
            each.unlink()  # the room is needed once
