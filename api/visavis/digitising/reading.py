"""One sheet read from end to end: drawing, legend, symbols, labels, table, ground."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray
from shapely import points

from visavis.cameras import CAMERAS_READ
from visavis.digitising.annotation import annotation_for, read_annotations
from visavis.digitising.crops import crops
from visavis.digitising.georeferencing import Georeference, georeference
from visavis.digitising.insertion import set_by_labels
from visavis.digitising.joining import Labels
from visavis.digitising.labels import join_labels
from visavis.digitising.legend import ANY_CAMERA, Entry, read_legend
from visavis.digitising.marks import Mark
from visavis.digitising.other_pages import table_beside
from visavis.digitising.scans import Scan
from visavis.digitising.scans.lettering import read_labels
from visavis.digitising.scans.levelling import find_level
from visavis.digitising.sheet import Sheet, read_sheet
from visavis.digitising.symbols import find_symbols
from visavis.digitising.tables import Row, kind_of, read_table, same_label
from visavis.digitising.words import WORDS
from visavis.model.crs import STORED_CRS
from visavis.model.findings import Finding, raised
from visavis.model.progress import Progress, untold


@dataclass(frozen=True)
class Digitised:
    """A sheet's cameras.

    Parameters
    ----------
    cameras : GeoDataFrame, CAMERAS_READ in CRS84
    findings : tuple of Finding
    georeference : Georeference
        With the residual of each control point and the leave-one-out error.
    crops : DataFrame, CROPS
        Where on the sheet each was read, with a picture of it where the sheet's licence allows.
    """

    cameras: gpd.GeoDataFrame
    findings: tuple[Finding, ...]
    georeference: Georeference
    crops: pd.DataFrame


def digitise(
    sheet: bytes,
    *,
    name: str,
    georef: Mapping[str, Any],
    symbols: pd.DataFrame,
    table: pd.DataFrame | None,
    disclosure_id: str,
    source_id: str,
    page: int = 1,
    document_id: str | None = None,
    licence: str | None = None,
    progress: Progress = untold,
) -> Digitised:
    """Return the cameras that a sheet shows, placed on the ground, with their errors.

    Parameters
    ----------
    sheet : bytes
        A PDF or a picture: PNG, JPEG, TIFF.
    name : str
        Of the sheet's file, for ids and messages.
    georef : mapping
        An IIIF Georeference Annotation or AnnotationPage.
    symbols : DataFrame
        The legend: kind, name, x0, y0, x1, y1 (from the page's top left, points of a PDF or pixels of a
        picture), points_to_deg.
    table : DataFrame, optional
        The authority's table of cameras, any column names of `tables.HEADERS`; without it, a table
        that the file itself holds is read, as text or as a picture.
    disclosure_id, source_id : str
    page : int
        Which page of the file is the plan, from 1.
    document_id, licence : str, optional
        Of the paper that the sheet is.
    progress : Progress, optional

    Raises
    ------
    SheetError, GeoreferenceError, SymbolsError
        With one line that says what is wrong with which of the files.
    """
    progress("opening the sheet", 0, 0)
    shown = read_sheet(sheet, page)
    unit = shown.unit_name if isinstance(shown, Scan) else "points"
    legend = read_legend(symbols, shown.width, shown.height, unit)
    annotation = annotation_for(read_annotations(georef), name)
    ground, findings = georeference(annotation, size=(shown.width, shown.height))
    rows, table_doubts = _table(table, sheet, shown, name)
    known = [row.label for row in rows.values()]
    if isinstance(shown, Scan):
        marks, labels, doubts = _read_scan(shown, legend, known, ground, progress)
    else:
        progress("looking for symbols", 0, 0)
        marks, labels, doubts = _read_drawing(shown, legend, known)
    told = [rows.get(same_label(label)) if label is not None else None for label in labels.text]
    cameras, camera_doubts = _cameras(marks, labels.text, told, ground, name, page, disclosure_id, source_id)
    found = [*findings, *_opening_doubts(shown, name), *table_doubts, *doubts, *camera_doubts]
    if rows:
        found += _unjoined(rows, labels.text)
    if not marks:
        found.append(raised(WORDS, "sheet.no-camera", name, sheet=name))
    boxes = crops(
        shown,
        sheet,
        marks,
        cameras["camera_id"].tolist(),
        name=name,
        disclosure_id=disclosure_id,
        document_id=document_id,
        licence=licence,
    )
    return Digitised(cameras, tuple(found), ground, boxes)


_Read = tuple[tuple[Mark, ...], Labels, tuple[Finding, ...]]


def _read_drawing(sheet: Sheet, legend: Sequence[Entry], known: Sequence[str]) -> _Read:
    marks, symbol_doubts = find_symbols(sheet, legend)
    labels, label_doubts = join_labels(sheet, legend, marks, known)
    return set_by_labels(marks, labels), labels, (*symbol_doubts, *label_doubts)


def _read_scan(
    scan: Scan, legend: Sequence[Entry], known: Sequence[str], ground: Georeference, progress: Progress
) -> _Read:
    marks, symbol_doubts = find_level(scan, legend, ground.transformation, progress)
    progress("reading labels", 0, 0)
    labels, label_doubts = read_labels(scan, legend, marks, known)
    return marks, labels, (*symbol_doubts, *label_doubts)


def _opening_doubts(shown: Sheet | Scan, name: str) -> tuple[Finding, ...]:
    if isinstance(shown, Scan) and shown.unit_name == "pixels" and shown.unit > 1:
        return (raised(WORDS, "sheet.reduced", name, sheet=name, factor=round(shown.unit)),)
    return ()


def _table(
    given: pd.DataFrame | None, content: bytes, shown: Sheet | Scan, name: str
) -> tuple[Mapping[str, Row], tuple[Finding, ...]]:
    """Return the rows of the table that was given, or else of the one that the sheet's file holds."""
    if given is not None:
        found = _unread_pages(name, shown.pages - 1)
        rows, doubts = read_table(given)
        return rows, (*found, *doubts)
    texts = () if isinstance(shown, Scan) else shown.texts
    beside = table_beside(content, texts, shown.page)
    found = _unread_pages(name, beside.unread)
    if beside.table is None:
        return {}, found
    code = "sheet.table-seen" if beside.by_picture else "sheet.table-printed"
    rows, doubts = read_table(beside.table)
    return rows, (raised(WORDS, code, name, sheet=name, rows=len(beside.table)), *found, *doubts)


def _unread_pages(name: str, count: int) -> tuple[Finding, ...]:
    """Return that some pages of a file were not read, nothing where there are none."""
    return (raised(WORDS, "sheet.pages-unread", name, sheet=name, count=count),) if count > 0 else ()


def _cameras(
    marks: Sequence[Mark],
    labels: Sequence[str | None],
    told: Sequence[Row | None],
    ground: Georeference,
    name: str,
    page: int,
    disclosure_id: str,
    source_id: str,
) -> tuple[gpd.GeoDataFrame, list[Finding]]:
    stem = f"{disclosure_id}:{name.rsplit('.', 1)[0]}"
    ids = _ids(marks, labels, stem if page == 1 else f"{stem}-p{page}")
    kinds, doubts = _kinds(marks, told, ids)
    at = np.array([(mark.x, mark.y) for mark in marks]).reshape(-1, 2)
    azimuth, azimuth_sd = _azimuths(marks, at, ground)
    rows = pd.DataFrame(
        {
            "camera_id": ids,
            "disclosure_id": disclosure_id,
            "standing": "detected",
            "label": list(labels),
            "kind": kinds,
            "position_sd_m": ground.position_sd_m(at, np.array([mark.place_sd for mark in marks])),
            "azimuth_deg": azimuth,
            "azimuth_sd_deg": azimuth_sd,
            "assumed": ground.assumed,
            "source_id": source_id,
            "source_ref": [_reference(mark, page) for mark in marks],
            **{
                field: [None if row is None else getattr(row, field) for row in told]
                for field in ("model_id", "height_m", "mount", "zone", "valid_from", "valid_to")
            },
        },
        index=range(len(marks)),
    )
    frame = gpd.GeoDataFrame(rows, geometry=points(ground.place(at)), crs=STORED_CRS)
    return CAMERAS_READ.frame(frame), doubts


def _ids(marks: Sequence[Mark], labels: Sequence[str | None], stem: str) -> list[str]:
    """Return an id by label, or by place on the sheet where the label is missing or not the only one."""
    often = Counter(labels)
    ids: list[str] = []
    for mark, label in zip(marks, labels, strict=True):
        place = f"@{mark.x:.0f},{mark.y:.0f}"
        own = "_".join(label.split()) if label is not None else ""
        wanted = f"{stem}:{own if own and often[label] == 1 else own + place}"
        again = sum(other == wanted or other.startswith(f"{wanted}#") for other in ids)
        ids.append(f"{wanted}#{again + 1}" if again else wanted)
    return ids


def _kinds(
    marks: Sequence[Mark], told: Sequence[Row | None], ids: Sequence[str]
) -> tuple[list[str], list[Finding]]:
    kinds: list[str] = []
    doubts: list[Finding] = []
    for mark, row, camera_id in zip(marks, told, ids, strict=True):
        drawn = _drawn(mark.entry)
        listed = None if row is None else row.kind
        kinds.append(drawn or listed or "unknown")
        if drawn is not None and listed is not None and listed not in (drawn, "unknown"):
            doubts.append(raised(WORDS, "sheet.kind-differs", camera_id, drawn=drawn, listed=listed))
    unknown = [camera_id for camera_id, kind in zip(ids, kinds, strict=True) if kind == "unknown"]
    if unknown:
        doubts.append(raised(WORDS, "sheet.kind-unknown", *unknown, count=len(unknown)))
    return kinds, doubts


def _drawn(entry: Entry) -> str | None:
    """Return the kind that a legend entry tells; None where it leaves it to the table."""
    if entry.kind == ANY_CAMERA:
        return kind_of(entry.name)
    return None if entry.kind == "unknown" else entry.kind


def _azimuths(
    marks: Sequence[Mark], at: NDArray[np.float64], ground: Georeference
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return azimuth and standard deviation (m,), NaN where the symbol shows no direction."""
    azimuth, sd = np.full(len(marks), np.nan), np.full(len(marks), np.nan)
    shown = [i for i, mark in enumerate(marks) if mark.points_to_deg is not None]
    if shown:
        drawn = np.array([marks[i].points_to_deg for i in shown], dtype=np.float64)
        drawn_sd = np.array([marks[i].points_to_sd_deg or 0.0 for i in shown])
        azimuth[shown] = ground.azimuth_deg(at[shown], drawn)
        sd[shown] = ground.azimuth_sd_deg(at[shown], drawn, drawn_sd)
    return azimuth, sd


def _reference(mark: Mark, page: int) -> str:
    return f"page {page}, box " + " ".join(f"{side:.1f}" for side in mark.box)


def _unjoined(rows: Mapping[str, Row], labels: Sequence[str | None]) -> list[Finding]:
    seen = {same_label(label) for label in labels if label is not None}
    lonely = [row.label for key, row in rows.items() if key not in seen]
    unlisted = sorted({label for label in labels if label is not None and same_label(label) not in rows})
    return [
        *(raised(WORDS, "sheet.row-without-symbol", label, label=label) for label in lonely),
        *(raised(WORDS, "sheet.symbol-without-row", label, label=label) for label in unlisted),
    ]
