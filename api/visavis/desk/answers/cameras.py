"""What the desk answers of cameras, and how sure a sheet is of them."""

from __future__ import annotations

from typing import Literal

from visavis.desk.answers.plain import Box, Problem, Told, Words


class Doubt(Words):
    """Why a camera is not sure."""

    what: Literal["symbol", "kind", "label", "place", "direction", "table", "unplaced", "finding"]


class Confidence(Told):
    """How sure each reading is to be right, 0 to 1; None where nothing was read that could be wrong."""

    symbol: float | None = None
    kind: float | None = None
    label: float | None = None
    place: float | None = None
    direction: float | None = None
    sureness: float
    """The least of them; 1 for a camera that a person reviewed."""


class CameraRead(Told):
    """A camera's fields as a program first read them."""

    label: str | None
    kind: str
    x: float | None
    y: float | None
    longitude: float | None
    latitude: float | None
    position_sd_m: float | None
    azimuth_deg: float | None
    azimuth_sd_deg: float | None


class DeskCamera(CameraRead):
    """A camera as it stands now: read, and corrected by the lines so far."""

    camera_id: str
    sheet_file: str | None
    page: int | None
    box: Box | None
    sheet_deg: float | None
    """Its direction clockwise from the sheet's up at its place."""
    standing: Literal["detected", "reviewed", "stated"]
    reviewed_by: str | None
    reviewed_on: str | None
    confidence: Confidence
    doubts: list[Doubt]
    read: CameraRead | None
    """None for one that a person added."""
    deleted: bool
    added: bool
    findings: list[Words]
    lines: list[int]
    """Rows of corrections.csv that are about it."""


class SheetSureness(Told):
    """How sure the sheet is by now, over the cameras that nobody has reviewed yet."""

    mean: float | None
    least: float | None
    expected_wrong: float
    """Cameras expected to be wrong in something: the sum of their doubts, each of them 1 less its sureness."""


class Cameras(Told):
    """All cameras of the dossier and the queue."""

    revision: str
    cameras: list[DeskCamera]
    queue: list[str]
    left: int
    reviewed: int
    total: int
    sureness: SheetSureness
    problems: list[Problem]
