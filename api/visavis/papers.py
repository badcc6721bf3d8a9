"""The papers of a dossier read: its sheets, its lists, and what a person corrected.

Each sheet is read in a process of its own; what comes out of a dossier is one table of cameras, with the doubts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd

from visavis.apart import read_apart
from visavis.cameras import CAMERAS_READ
from visavis.digitising import CROPS
from visavis.digitising.corrections import correct, for_no_sheet, set_control_points
from visavis.digitising.listed import (
    UNPLACED,
    Gazetteer,
    Listed,
    gazetteer,
    place_rows,
    unplaced_findings,
)
from visavis.disclosures import documents_of
from visavis.model.errors import VisavisError
from visavis.model.findings import Finding
from visavis.model.progress import Progress, untold
from visavis.readers.dossier import CameraList, Dossier, Sheet, read_dossier
from visavis.readers.spaces import read_streets

if TYPE_CHECKING:
    from visavis.digitising import Digitised


@dataclass(frozen=True)
class Papers:
    """What the papers of a dossier give, corrected.

    Parameters
    ----------
    cameras : GeoDataFrame, CAMERAS_READ in CRS84
    unplaced : DataFrame
        Listed cameras that are left for review.
    crops : DataFrame, CROPS
        Where on its sheet each was read that was read from one.
    findings : tuple of Finding
    """

    cameras: gpd.GeoDataFrame
    unplaced: pd.DataFrame
    crops: pd.DataFrame
    findings: tuple[Finding, ...]


def read_papers(folder: Path, spaces: Sequence[Path] = (), progress: Progress = untold) -> Papers:
    """Return the cameras of one dossier as its papers and corrections give them, and what is doubtful in them.

    `spaces` that are from OpenStreetMap tell the streets that a list may name.
    """
    dossier = read_dossier(folder)
    return papers_of(dossier, read_streets(spaces) if dossier.seeks_places else (), progress)


def papers_of(dossier: Dossier, streets: Sequence[pd.DataFrame], progress: Progress = untold) -> Papers:
    """Return what the papers of a dossier give, with its corrections replayed."""
    own = dossier.record.id
    digitised, crops, findings = [], [], list(dossier.findings)
    for sheet, entry in zip(dossier.sheets, dossier.record.sheets, strict=True):
        georef, doubts = set_control_points(sheet.georef, sheet.file.name, dossier.corrections)
        read = digitise_sheet(replace(sheet, georef=georef), own, progress)
        digitised.append(read.cameras)
        crops.append(read.crops)
        rests_on = documents_of(dossier.record, entry.file, entry.table)
        findings += [replace(doubt, documents=rests_on) for doubt in (*doubts, *read.findings)]
    findings += for_no_sheet(dossier.corrections, [sheet.file.name for sheet in dossier.sheets])
    listed = place_lists(dossier, streets)
    findings += [finding for each in listed for finding in each.findings]
    corrected = correct(
        together([*dossier.cameras, *digitised, *(each.cameras for each in listed)]),
        pd.concat([UNPLACED.empty(), *(each.unplaced for each in listed)], ignore_index=True),
        dossier.corrections,
        disclosure_id=own,
        source_id=own,
    )
    findings += [*unplaced_findings(corrected.unplaced), *corrected.findings]
    kept = crops_of(corrected.cameras, crops)
    return Papers(corrected.cameras, corrected.unplaced, kept, tuple(findings))


def digitise_sheet(sheet: Sheet, disclosure_id: str, progress: Progress = untold) -> Digitised:
    """Return the cameras of a sheet, read in a process of its own; an error names the file that a person can mend."""
    from visavis.digitising import digitise  # 50 MB that a build without sheets does without

    try:
        return read_apart(
            digitise,
            sheet.content,
            name=sheet.file.name,
            georef=sheet.georef,
            symbols=sheet.symbols,
            table=sheet.table,
            disclosure_id=disclosure_id,
            source_id=disclosure_id,
            page=sheet.page,
            document_id=sheet.document_id,
            licence=sheet.licence,
            progress=lambda stage, done, total: progress(f"{sheet.file.name}: {stage}", done, total),
        )
    except VisavisError as error:
        raise error.located(sheet.file) from None


def place_lists(dossier: Dossier, streets: Sequence[pd.DataFrame]) -> list[Listed]:
    """Return the cameras that each list of a dossier tells."""
    known = gazetteer([*dossier.gazetteers, *(streets if dossier.seeks_places else ())])
    return [place_list(table, known, dossier.record.id) for table in dossier.lists]


def place_list(table: CameraList, known: Gazetteer, disclosure_id: str) -> Listed:
    """Return the cameras that a table lists; an error names the file that a person can mend."""
    try:
        return place_rows(
            table.listing.rows,
            table.reading,
            known,
            name=table.file.name,
            disclosure_id=disclosure_id,
            source_id=disclosure_id,
        )
    except VisavisError as error:
        raise error.located(table.file) from None


def together(parts: Sequence[gpd.GeoDataFrame]) -> gpd.GeoDataFrame:
    """Return several tables of cameras as one."""
    filled = [part for part in parts if len(part)]
    if not filled:
        return CAMERAS_READ.empty()
    return CAMERAS_READ.check(pd.concat(filled, ignore_index=True))


def crops_of(cameras: gpd.GeoDataFrame, crops: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Return the crops of these cameras: one that a person took out has none."""
    every = pd.concat([CROPS.empty(), *crops], ignore_index=True)
    return CROPS.check(every[every["camera_id"].isin(cameras["camera_id"])].reset_index(drop=True))
