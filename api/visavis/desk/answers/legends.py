"""What the desk answers and takes of a legend."""

from __future__ import annotations

from typing import Literal

from visavis.desk.answers.plain import Box, Named, Problem, Told, Words


class Example(Told):
    """An example of the legend."""

    id: str
    page: int
    box: Box
    kind: str
    name: str = ""
    azimuth_deg: float | None = None
    """Which way it points, clockwise from the page's up; None where it points nowhere."""


class Legend(Told):
    """The legend of a sheet as its symbols file has it."""

    revision: str
    file: str
    page: int
    examples: list[Example]
    kinds: list[Named]
    problems: list[Problem]


class LegendExamples(Told):
    """Examples to try on the sheet."""

    examples: list[Example]


class LegendToSave(LegendExamples):
    """Examples to write, with the revision of the file that they were made on."""

    revision: str


class FoundSymbol(Told):
    """A symbol that the examples would find."""

    x: float
    y: float
    box: Box
    kind: str
    azimuth_deg: float | None
    """Clockwise from the page's up."""
    score: float


class LegendTry(Told):
    """What the examples would find; `job` is asked for again at `/api/jobs/{job}` until it is done."""

    job: str
    state: Literal["waiting", "running", "done", "failed"]
    found: list[FoundSymbol]
    findings: list[Words]
    seconds: float | None
    error: str | None = None
    remedy: str | None = None
