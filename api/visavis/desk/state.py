"""All that is known at one moment: what was read, with the lines that stand in the file replayed on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import geopandas as gpd
import pandas as pd

from visavis.desk.grounding import Grounded
from visavis.desk.journal import Snapshot
from visavis.digitising.corrections import Corrected, Correction, correct, for_no_sheet
from visavis.digitising.listed import UNPLACED
from visavis.digitising.marking import Marked
from visavis.digitising.marks import Mark
from visavis.digitising.reading import camera_ids, place_marks
from visavis.digitising.reviewing import Confidence, confidences
from visavis.model.findings import Finding
from visavis.papers import together


@dataclass(frozen=True, eq=False)
class SheetNow:
    """A sheet as far as it is read, on the ground as far as it is fixed.

    Parameters
    ----------
    file : str
    page : int
    ground : Grounded or None
        None where its annotation can't be read.
    marked : Marked or None
    cameras : GeoDataFrame or None, CAMERAS_READ
        A row a mark; None where it is not read or not fixed.
    confidence : list of Confidence
        One a mark.
    ids : list of str
        The camera of each mark.
    """

    file: str
    page: int
    ground: Grounded | None
    marked: Marked | None = None
    cameras: gpd.GeoDataFrame | None = None
    confidence: Sequence[Confidence] = ()
    ids: Sequence[str] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, eq=False)
class Symbol:
    """A camera's symbol on its sheet, its label, and how sure that is."""

    sheet: SheetNow
    mark: Mark
    label: str | None
    sure: Confidence

    @property
    def px(self) -> float:
        return 1.0 if self.sheet.ground is None else self.sheet.ground.px


@dataclass(frozen=True, eq=False)
class Base:
    """What stands before any correction of a camera.

    Parameters
    ----------
    disclosure_id : str
    sheets : tuple of SheetNow
    cameras : GeoDataFrame, CAMERAS_READ
        Of the sheets, the lists and the files of cameras.
    unplaced : DataFrame, UNPLACED
    """

    disclosure_id: str
    sheets: tuple[SheetNow, ...]
    cameras: gpd.GeoDataFrame
    unplaced: pd.DataFrame

    @property
    def symbols(self) -> dict[str, Symbol]:
        """The symbol that each camera was read from."""
        found: dict[str, Symbol] = {}
        for sheet in self.sheets:
            if sheet.marked is not None:
                marked, labels = sheet.marked.marks, sheet.marked.labels.text
                for camera_id, mark, label, sure in zip(
                    sheet.ids, marked, labels, sheet.confidence, strict=True
                ):
                    found[camera_id] = Symbol(sheet, mark, label, sure)
        return found


@dataclass(frozen=True, eq=False)
class State:
    """The cameras at one revision.

    Parameters
    ----------
    snapshot : Snapshot
    base : Base
    corrected : Corrected
    read, rows : mapping of str to row
        As read, and as corrected.
    lines : mapping of str to list of Correction
        Those that fit, by the camera that they changed.
    """

    snapshot: Snapshot
    base: Base
    corrected: Corrected
    read: Mapping[str, Mapping[str, Any]]
    rows: Mapping[str, Mapping[str, Any]]
    left: Mapping[str, Mapping[str, Any]]
    lines: Mapping[str, Sequence[Correction]] = field(default_factory=dict)

    @property
    def revision(self) -> str:
        return self.snapshot.revision

    @property
    def deleted(self) -> frozenset[str]:
        """Ids of cameras that a person took out."""
        return frozenset(
            camera_id
            for camera_id, lines in self.lines.items()
            if lines[-1].act == "delete" and camera_id not in self.rows
        )

    @property
    def unfit(self) -> tuple[Finding, ...]:
        """What is told of lines that fit nothing."""
        of_points = [f for sheet in self.base.sheets if sheet.ground for f in sheet.ground.findings]
        lost = for_no_sheet(self.snapshot.read.corrections, [sheet.file for sheet in self.base.sheets])
        told = (*self.corrected.findings, *of_points, *lost)
        return tuple(f for f in told if f.code.startswith("correction.") and f.kind.severity == "problem")

    def sheet(self, file: str) -> SheetNow | None:
        return next((sheet for sheet in self.base.sheets if sheet.file == file), None)


def sheet_now(
    file: str, page: int, ground: Grounded | None, marked: Marked | None, disclosure_id: str
) -> SheetNow:
    """Return a sheet with its marks placed, as far as that can be done."""
    if marked is None:
        return SheetNow(file, page, ground)
    ids = camera_ids(marked, disclosure_id)
    if ground is None or ground.fixed is None:
        bare: list[dict[str, Any]] = [{"kind": mark.entry.kind} for mark in marked.marks]
        return SheetNow(file, page, ground, marked, None, confidences(marked, bare), ids, marked.findings)
    cameras, doubts = place_marks(marked, ground.fixed, disclosure_id=disclosure_id, source_id=disclosure_id)
    sure = confidences(marked, list(_rows(cameras).values()))
    return SheetNow(file, page, ground, marked, cameras, sure, ids, (*marked.findings, *doubts))


def base_of(
    disclosure_id: str,
    sheets: Sequence[SheetNow],
    others: Sequence[gpd.GeoDataFrame],
    unplaced: Sequence[pd.DataFrame],
) -> Base:
    """Return what stands before any correction of a camera."""
    read = [sheet.cameras for sheet in sheets if sheet.cameras is not None]
    left = pd.concat([UNPLACED.empty(), *unplaced], ignore_index=True)
    return Base(disclosure_id, tuple(sheets), together([*others, *read]), left)


def state_of(snapshot: Snapshot, base: Base) -> State:
    """Return the cameras with the corrections of a file replayed on them."""
    corrected = correct(
        base.cameras,
        base.unplaced,
        snapshot.read.corrections,
        disclosure_id=base.disclosure_id,
        source_id=base.disclosure_id,
    )
    lines: dict[str, list[Correction]] = {}
    for correction, camera_id in corrected.applied:
        lines.setdefault(camera_id, []).append(correction)
    return State(
        snapshot,
        base,
        corrected,
        _rows(base.cameras),
        _rows(corrected.cameras),
        _rows(corrected.unplaced),
        lines,
    )


def _rows(table: pd.DataFrame) -> dict[str, dict[str, Any]]:
    return {
        str(row["camera_id"]): {str(name): value for name, value in row.items()}
        for row in table.to_dict("records")
    }
