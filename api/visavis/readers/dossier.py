"""A dossier from its folder: `disclosure.yml` and the files that it names.

Only this module knows how the folder looks; what it says is checked by :class:`visavis.disclosures.Record`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import geopandas as gpd
import pandas as pd
from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from visavis.digitising.corrections import Correction
from visavis.digitising.listed import Reading
from visavis.disclosures import GazetteerEntry, Record
from visavis.model.errors import DossierError, GeoreferenceError, SymbolsError
from visavis.model.findings import Finding, Kind
from visavis.model.provenance import Source, sha256_of
from visavis.readers import corrections
from visavis.readers.cameras import read_cameras
from visavis.readers.corrections import read_corrections
from visavis.readers.gazetteers import gazetteer_source, read_places
from visavis.readers.listings import Listing, read_listing

RECORD_FILE = "disclosure.yml"
Declared = TypeVar("Declared", bound=BaseModel)


@dataclass(frozen=True)
class Sheet:
    """A sheet as read from disk, ready to be digitised."""

    file: Path
    content: bytes
    georef: Mapping[str, Any]
    symbols: pd.DataFrame
    table: pd.DataFrame | None


@dataclass(frozen=True)
class CameraList:
    """A table of cameras as read from disk, ready to be placed."""

    file: Path
    listing: Listing
    reading: Reading


@dataclass(frozen=True)
class Dossier:
    """A dossier as read: its record, sheets, lists, digitised cameras, corrections and claims."""

    folder: Path
    record: Record
    source: Source
    sheets: tuple[Sheet, ...] = ()
    cameras: tuple[gpd.GeoDataFrame, ...] = ()
    claims: pd.DataFrame | None = None
    hashes: Mapping[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    lists: tuple[CameraList, ...] = ()
    gazetteers: tuple[pd.DataFrame, ...] = ()
    corrections: tuple[Correction, ...] = ()
    sources: tuple[Source, ...] = ()

    @property
    def seeks_places(self) -> bool:
        """Whether a list tells places in words."""
        return any(not {"place", "street"}.isdisjoint(each.reading.columns) for each in self.lists)


def read_dossier(folder: Path) -> Dossier:
    """Return the dossier in `folder`.

    Raises
    ------
    DossierError
        Where `disclosure.yml` is missing or says something impossible (with its line), or names a file
        that is not there.
    """
    record = _read_record(folder / RECORD_FILE)
    source = Source(
        source_id=record.id,
        title=record.title,
        licence=record.licence,
        attribution=record.attribution,
        url=record.url,
        sha256=sha256_of((folder / RECORD_FILE).read_bytes()),
        invented=record.invented,
    )
    read = [
        read_cameras(_existing(folder, entry.file), disclosure_id=record.id, source_id=source.source_id)
        for entry in record.cameras
    ]
    lists = tuple(
        read_list(_existing(folder, entry.file), _existing(folder, entry.columns)) for entry in record.lists
    )
    places = [_gazetteer(_existing(folder, entry.file), entry) for entry in record.gazetteers]
    corrected, by_hand = _corrections(folder, record)
    named = [paper.file for paper in record.documents if paper.file]
    return Dossier(
        folder=folder,
        record=record,
        source=source,
        sheets=tuple(
            read_sheet(
                _existing(folder, entry.file),
                _existing(folder, entry.georef),
                _existing(folder, entry.symbols),
                _existing(folder, entry.table) if entry.table else None,
            )
            for entry in record.sheets
        ),
        cameras=tuple(cameras for cameras, _ in read),
        claims=read_table(_existing(folder, record.claims)) if record.claims else None,
        hashes={name: sha256_of(_existing(folder, name).read_bytes()) for name in named},
        findings=(
            *(finding for _, findings in read for finding in findings),
            *(_read_findings(_existing(folder, record.findings)) if record.findings else ()),
            *(finding for each in lists for finding in each.listing.findings),
            *(finding for _, findings, _ in places for finding in findings),
        ),
        lists=lists,
        gazetteers=tuple(entries for entries, _, _ in places),
        corrections=corrected,
        sources=(*(told for _, _, told in places), *by_hand),
    )


def cameras_as_dossier(file: Path) -> Dossier:
    """Return cameras that were digitised already as a dossier of their own, without papers."""
    name = "".join(c if c.isalnum() else "-" for c in file.stem.lower()).strip("-") or "cameras"
    record = Record.model_validate(
        {
            "id": f"zz/{name}/cameras",
            "title": file.name,
            "authority": "not stated",
            "country": "ZZ",
            "licence": "not stated",
            "attribution": file.name,
            "request": {"status": "disclosed"},
            "cameras": [{"file": file.name}],
        }
    )
    if not file.is_file():
        raise DossierError("no such file", file=file, remedy="Give a GeoJSON file of cameras")
    source = Source(
        record.id, record.title, record.licence, record.attribution, sha256=sha256_of(file.read_bytes())
    )
    cameras, findings = read_cameras(file, disclosure_id=record.id, source_id=source.source_id)
    return Dossier(file.parent, record, source, cameras=(cameras,), findings=tuple(findings))


def read_sheet(file: Path, georef: Path, symbols: Path, table: Path | None) -> Sheet:
    """Return a sheet with its control points, legend and table, none of them judged yet."""
    try:
        points = json.loads(georef.read_text("utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError) as broken:
        raise GeoreferenceError(
            f"is not JSON ({broken})", file=georef, remedy="Save the annotation again"
        ) from None
    if not isinstance(points, dict):
        raise GeoreferenceError(
            "is not a JSON object", file=georef, remedy="Give a IIIF Georeference Annotation"
        )
    try:
        legend = read_table(symbols)
    except DossierError as broken:
        raise SymbolsError(broken.what, file=symbols, row=broken.row, remedy=broken.remedy) from None
    return Sheet(file, file.read_bytes(), points, legend, read_table(table) if table else None)


def read_list(file: Path, columns: Path) -> CameraList:
    """Return a table of cameras with what its mapping file declares of it.

    Raises
    ------
    DossierError
        Where the mapping file says something impossible, with its line.
    SheetError
        Where the table can't be read.
    """
    declared = _read_yaml(columns)
    reading = _validated(Reading, declared, columns)
    return CameraList(file, read_listing(file, reading), reading)


def _gazetteer(file: Path, entry: GazetteerEntry) -> tuple[pd.DataFrame, tuple[Finding, ...], Source]:
    entries, findings = read_places(file)
    title = entry.title or f"Gazetteer {file.name}"
    digest = sha256_of(file.read_bytes())
    source = Source(gazetteer_source(file), title, entry.licence, entry.attribution, entry.url, digest)
    return entries, findings, source


def _corrections(folder: Path, record: Record) -> tuple[tuple[Correction, ...], tuple[Source, ...]]:
    """Return the corrections that the record names, or those of `corrections.csv`; and the file as a source."""
    named = record.corrections
    file = folder / corrections.FILE_NAME if named is None else _existing(folder, named)
    if named is None and not file.is_file():
        return (), ()
    read = read_corrections(file)
    source = Source(
        f"{record.id}/corrections",
        f"{record.title}: corrections by hand",
        record.licence,
        record.attribution,
        sha256=sha256_of(file.read_bytes()),
        invented=record.invented,
    )
    return read, (source,) if read else ()


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


def _read_findings(file: Path) -> tuple[Finding, ...]:
    """Return what an importer told when it made the dossier; its sentences are kept as they were written."""
    try:
        return tuple(
            Finding(
                str(row["code"]),
                Kind(str(row["severity"]), _verbatim(row["text_en"]), _verbatim(row["text_fr"])),
                tuple(_words(row["subject_ids"]).split(";")),
                json.loads(_words(row["figures"])),
                _words(row["rule_id"]) or None,
            )
            for row in read_table(file).to_dict("records")
        )
    except (KeyError, json.JSONDecodeError) as broken:
        raise DossierError(
            f"is not a table of findings ({broken})", file=file, remedy="Import the register again"
        ) from None


def _words(cell: Any) -> str:
    return cell if isinstance(cell, str) else ""


def _verbatim(sentence: Any) -> str:
    return str(sentence).replace("{", "{{").replace("}", "}}")


def _read_record(file: Path) -> Record:
    if not file.is_file():
        raise DossierError("no such file", file=file, remedy=f"A dossier is a folder with a {RECORD_FILE}")
    return _validated(Record, _read_yaml(file), file)


def _read_yaml(file: Path) -> Any:
    try:
        return YAML(typ="rt").load(file.read_text("utf-8"))
    except MarkedYAMLError as broken:
        line = None if broken.problem_mark is None else broken.problem_mark.line + 1
        raise DossierError(
            f"is not YAML: {broken.problem}", file=file, row=line, remedy="Mend that line"
        ) from None
    except (YAMLError, UnicodeDecodeError) as broken:
        raise DossierError(f"is not YAML: {broken}", file=file, remedy="Save it as UTF-8 YAML") from None


def _validated(model: type[Declared], content: Any, file: Path) -> Declared:
    try:
        return model.model_validate(content)
    except ValidationError as broken:
        first = broken.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the file"
        raise DossierError(
            f"{where}: {first['msg']}",
            file=file,
            row=_line_of(content, first["loc"]),
            remedy="See docs/dossier.md for the format",
        ) from None


def _line_of(content: Any, path: tuple[int | str, ...]) -> int | None:
    """Return the line on which the deepest known part of `path` stands."""
    line: int | None = None
    for part in path:
        try:
            line = content.lc.data[part][0] + 1
            content = content[part]
        except (AttributeError, KeyError, IndexError, TypeError):
            break
    return line


def _existing(folder: Path, name: str) -> Path:
    file = folder / name
    if not file.resolve().is_relative_to(folder.resolve()):
        raise DossierError(
            f"{name} lies outside the dossier", file=folder / RECORD_FILE, remedy="Move it inside"
        )
    if not file.is_file():
        raise DossierError(
            f"names {name}, which is not there",
            file=folder / RECORD_FILE,
            remedy="Add the file or take the name out",
        )
    return file
