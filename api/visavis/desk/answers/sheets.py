"""What the desk answers of its dossier, its sheets and the ground around them."""

from __future__ import annotations

from typing import Any, Literal

from visavis.desk.answers.plain import Box, Named, Problem, Told


class Page(Told):
    """A page of a sheet's file: the size of its picture in pixels."""

    page: int
    width: int
    height: int


class DeskSheet(Told):
    """A sheet of the dossier and how far reading it has come."""

    file: str
    pages: list[Page]
    page: int
    """The one that is the plan."""
    reading: Literal["waiting", "reading", "read", "failed"]
    error: str | None = None
    remedy: str | None = None
    seconds: float | None = None
    """How long it has been read, or took."""
    cameras: int = 0
    reviewed: int = 0


class Desk(Told):
    """What the page opens with, and asks for again when something has changed."""

    disclosure_id: str
    title: str
    invented: bool
    initials: str
    kinds: list[Named]
    legend_kinds: list[Named]
    acts: list[Named]
    sheets: list[DeskSheet]
    reviewers: list[str]
    """Files of corrections found in the dossier beside its own: others' work to compare with."""
    map: bool
    revision: str
    writable: bool
    """Whether acts are taken: not where the file of corrections can't be read or written."""
    problems: list[Problem]


class Ground(Told):
    """The built world around the sheets, CRS84 GeoJSON; empty collections where no spaces were given."""

    buildings: dict[str, Any]
    streets: dict[str, Any]
    addresses: dict[str, Any]
    bounds: Box | None


class Outline(Told):
    """A sheet's corners on the ground, from its top left clockwise; `steps` of its edge between them for a bent one."""

    corners: list[tuple[float, float]]
    ring: list[tuple[float, float]]
    """Closed."""
