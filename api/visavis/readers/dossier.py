"""A dossier from its folder: `disclosure.yml` and the files that it names.

Only this module knows how the folder looks; what it says is checked by :class:`visavis.disclosures.Record`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from visavis.cameras import CAMERA_MODELS
from visavis.digitising import Annotation, write_annotation
from visavis.digitising.corrections import Correction
from visavis.digitising.listed import Reading
from visavis.disclosures import (
    CLAIMS,
    OBSERVATIONS,
    TIMELINE,
    GazetteerEntry,
    Record,
    document_names,
    doubts_of_claims,
    doubts_of_record,
    written_table,
)
from visavis.disclosures.words import WORDS
from visavis.model.errors import DossierError, GeoreferenceError, SymbolsError
from visavis.model.findings import Finding, Kind, raised
from visavis.model.provenance import Source, sha256_of
from visavis.readers import corrections
from visavis.readers.camera_tables import read_camera_table, read_table
from visavis.readers.cameras import read_cameras
from visavis.readers.corrections import read_corrections
from visavis.readers.gazetteers import gazetteer_source, read_places
from visavis.readers.listings import Listing, read_listing
from visavis.readers.looking import RECORD_FILE, look_at
from visavis.readers.own_georeference import own_georeference
from visavis.readers.yaml_files import read_yaml, validated


@dataclass(frozen=True)
class Sheet:
    """A sheet as read from disk, ready to be digitised; which paper of the dossier it is, and under which licence."""

    file: Path
    content: bytes
    georef: Mapping[str, Any]
    symbols: pd.DataFrame
    table: pd.DataFrame | None
    page: int = 1
    document_id: str | None = None
    licence: str | None = None


@dataclass(frozen=True)
class CameraList:
    """A table of cameras as read from disk, ready to be placed."""

    file: Path
    listing: Listing
    reading: Reading


@dataclass(frozen=True)
class Dossier:
    """A dossier as read: its record, sheets, lists, digitised cameras and corrections.

    `written` are the tables that people wrote, as they are published, by name: claims, observations, timeline.
    `models` are the camera models that its own papers state.
    """

    folder: Path
    record: Record
    source: Source
    sheets: tuple[Sheet, ...] = ()
    cameras: tuple[gpd.GeoDataFrame, ...] = ()
    written: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    models: pd.DataFrame | None = None
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


def read_dossier(folder: Path, *, corrected: bool = True) -> Dossier:
    """Return the dossier in `folder`; not `corrected`, without its corrections, and a sheet may lack control points.

    Raises
    ------
    DossierError
        Where `disclosure.yml` or a table beside it is missing or says something impossible, with its line, or names
        a file that is not there.
    """
    looked = look_at(folder)
    if looked.record is None or looked.problems:
        raise looked.problems[0]
    record = looked.record
    written = {
        table.name: written_table(table, looked.tables.get(table.name), record.id)
        for table in (CLAIMS, OBSERVATIONS, TIMELINE)
    }
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
    lines, by_hand = _corrections(folder, record) if corrected else ((), ())
    pointed = {line.point[0] for line in lines if line.act == "set-control-point"}
    models = looked.tables.get("models")
    return Dossier(
        folder=folder,
        record=record,
        source=source,
        sheets=tuple(
            _of_paper(
                read_sheet(
                    _existing(folder, entry.file),
                    _existing(folder, entry.georef) if entry.georef else None,
                    _existing(folder, entry.symbols),
                    _existing(folder, entry.table) if entry.table else None,
                    entry.crs,
                    entry.page,
                    bare=not corrected or Path(entry.file).name in pointed,
                ),
                record,
                entry.file,
            )
            for entry in record.sheets
        ),
        cameras=tuple(cameras for cameras, _ in read),
        written=written,
        models=None if models is None else CAMERA_MODELS.frame(models),
        hashes=looked.hashes,
        findings=(
            *doubts_of_record(record),
            *doubts_of_claims(written[CLAIMS.name], record.id),
            *_otherwise_named(folder, record),
            *(finding for _, findings in read for finding in findings),
            *(_read_findings(_existing(folder, record.findings)) if record.findings else ()),
            *(finding for each in lists for finding in each.listing.findings),
            *(finding for _, findings, _ in places for finding in findings),
        ),
        lists=lists,
        gazetteers=tuple(entries for entries, _, _ in places),
        corrections=lines,
        sources=(*(told for _, _, told in places), *by_hand),
    )


def _of_paper(sheet: Sheet, record: Record, file: str) -> Sheet:
    """Return a sheet with the document of the record that it is, and its licence, where the record lists one."""
    for name, paper in zip(document_names(record), record.documents, strict=True):
        if paper.file == file:
            return replace(sheet, document_id=f"{record.id}/{name}", licence=paper.licence)
    return sheet


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


def read_sheet(
    file: Path,
    georef: Path | None,
    symbols: Path,
    table: Path | None,
    crs: str | None = None,
    page: int = 1,
    *,
    bare: bool = False,
) -> Sheet:
    """Return a sheet with its control points, legend and table, none of them judged yet.

    Without control points the sheet's own georeference is read: GeoPDF, GeoTIFF, or a world file beside it,
    whose coordinates are in `crs`. Where it may be `bare` it may have none at all: a person sets them.
    """
    content = file.read_bytes()
    points = _own_points(file, content, crs, bare) if georef is None else read_georef(georef)
    try:
        legend = read_table(symbols)
    except DossierError as broken:
        raise SymbolsError(broken.what, file=symbols, row=broken.row, remedy=broken.remedy) from None
    told = read_camera_table(table) if table else None
    return Sheet(file, content, points, legend, told, page)


def read_georef(georef: Path) -> Mapping[str, Any]:
    """Return a Georeference Annotation as JSON, not judged yet."""
    try:
        points = json.loads(georef.read_text("utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as broken:
        raise GeoreferenceError(
            f"is not JSON ({broken})", file=georef, remedy="Save the annotation again"
        ) from None
    if not isinstance(points, dict):
        raise GeoreferenceError(
            "is not a JSON object", file=georef, remedy="Give a IIIF Georeference Annotation"
        )
    return points


def _own_points(file: Path, content: bytes, crs: str | None, bare: bool) -> Mapping[str, Any]:
    try:
        return own_georeference(file, content, crs)
    except GeoreferenceError as error:
        if bare:
            return write_annotation(Annotation((), file.name))
        raise error.located(file) from None


def read_list(file: Path, columns: Path) -> CameraList:
    """Return a table of cameras with what its mapping file declares of it.

    Raises
    ------
    DossierError
        Where the mapping file says something impossible, with its line.
    SheetError
        Where the table can't be read.
    """
    reading = validated(Reading, read_yaml(columns), columns)
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


def _otherwise_named(folder: Path, record: Record) -> Iterator[Finding]:
    """Tell of a folder among `disclosures` that is not called as its id ends; elsewhere a name is free."""
    at = folder.resolve()
    own = record.id.rsplit("/", 1)[-1]
    if "disclosures" in at.parts and at.name != own:
        yield raised(
            WORDS,
            "record.folder-named-otherwise",
            record.id,
            disclosure=record.id,
            folder=at.name,
        )


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
