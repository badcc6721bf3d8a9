"""What the desk answers of control points."""

from __future__ import annotations

from typing import Literal

from visavis.desk.answers.plain import Told, Words
from visavis.desk.answers.sheets import Outline


class PointPlace(Told):
    """A control point as the page handles it."""

    x: float
    y: float
    longitude: float
    latitude: float
    name: str | None = None


class DeskPoint(PointPlace):
    """A control point with how it fits."""

    number: int
    subject: str
    residual_m: float | None
    loo_m: float | None
    """How far it lies from where the map of the other points puts it."""
    outlier: bool
    from_file: bool
    """Whether the sheet's own file of control points has it, else a line of corrections."""


class Tried(Told):
    """A form of map and how well it foretells points left out."""

    name: str
    loo_rms_m: float | None
    why_not: Words | None
    chosen: bool


class Proposal(Told):
    """A control point that a program proposes: nothing until a person accepts it."""

    id: str
    x: float
    y: float
    longitude: float
    latitude: float
    name: str | None = None
    origin: Literal["street", "buildings"]
    words: Words
    score: float
    """0 to 1: how much speaks for it."""


class Suggesting(Told):
    """How far proposing has come."""

    state: Literal["none", "waiting", "running", "done", "failed"]
    error: str | None = None
    remedy: str | None = None
    seconds: float | None = None


class ControlPoints(Told):
    """A sheet's control points and the map that they give."""

    revision: str
    sheet: str
    points: list[DeskPoint]
    transformation: str | None
    why: Words
    tried: list[Tried]
    rms_m: float | None
    """Root mean square of the leave-one-out errors."""
    residual_rms_m: float | None
    corners_sd_m: list[float]
    """Standard deviation of a place at the four corners and the middle of the sheet."""
    proposals: list[Proposal]
    suggesting: Suggesting
    findings: list[Words]
    error: str | None
    """Why there is no map yet: too few points, all on a line."""
    remedy: str | None
    next_number: int
    outline: Outline | None


class TryPoints(Told):
    """Control points to try without saving."""

    points: list[PointPlace]
