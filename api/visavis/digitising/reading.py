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
from visavis.digitising.legend import ANY_CAMERA, Entry
from visavis.digitising.marking import Marked, mark_sheet
from visavis.digitising.marks import Mark
from visavis.digitising.sheet import read_sheet
from visavis.digitising.tables import Row, kind_of
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
    annotation = annotation_for(read_annotations(georef), name)
    ground, findings = georeference(annotation, size=(shown.width, shown.height))
    marked = mark_sheet(
        shown, sheet, name=name, symbols=symbols, table=table, ground=ground, progress=progress
    )
    cameras, doubts = place_marks(marked, ground, disclosure_id=disclosure_id, source_id=source_id)
    boxes = crops(
        shown,
        sheet,
        marked.marks,
        cameras["camera_id"].tolist(),
        name=name,
        disclosure_id=disclosure_id,
        document_id=document_id,
        licence=licence,
    )
    return Digitised(cameras, (*findings, *marked.findings, *doubts), ground, boxes)


def mark_sheet_of(
    sheet: bytes,
    *,
    name: str,
    georef: Mapping[str, Any] | None,
    symbols: pd.DataFrame,
    table: pd.DataFrame | None,
    page: int = 1,
    progress: Progress = untold,
) -> Marked:
    """Return what a page of a file shows, as `digitise` finds it, not placed; `georef` may be missing.

    Raises
    ------
    SheetError, GeoreferenceError, SymbolsError
    """
    shown = read_sheet(sheet, page)
    ground = None
    if georef is not None:
        annotation = annotation_for(read_annotations(georef), name)
        ground, _ = georeference(annotation, size=(shown.width, shown.height))
    return mark_sheet(shown, sheet, name=name, symbols=symbols, table=table, ground=ground, progress=progress)


def place_marks(
    marked: Marked, ground: Georeference, *, disclosure_id: str, source_id: str
) -> tuple[gpd.GeoDataFrame, tuple[Finding, ...]]:
    """Return the cameras of a sheet's marks, CAMERAS_READ in CRS84, a row a mark in their order, and what is doubtful.

    Parameters
    ----------
    marked : Marked
    ground : Georeference
    disclosure_id, source_id : str
    """
    marks, labels, told, page = marked.marks, marked.labels.text, marked.told, marked.page
    ids = camera_ids(marked, disclosure_id)
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
    return CAMERAS_READ.frame(frame), tuple(doubts)


def camera_ids(marked: Marked, disclosure_id: str) -> list[str]:
    """Return the id of each mark's camera."""
    stem = f"{disclosure_id}:{marked.name.rsplit('.', 1)[0]}"
    return _ids(marked.marks, marked.labels.text, stem if marked.page == 1 else f"{stem}-p{marked.page}")


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
