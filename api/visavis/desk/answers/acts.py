"""What the page sends as acts, and what the desk answers to them."""

from __future__ import annotations

from typing import Literal

from visavis.desk.answers.cameras import DeskCamera, SheetSureness
from visavis.desk.answers.plain import Problem, Told
from visavis.desk.answers.points import ControlPoints

ActName = Literal["confirm", "move", "turn", "add", "delete", "relabel", "set-control-point"]


class Seen(Told):
    """One side of an act. A place is either on the ground, or x and y in pixels of the page picture."""

    longitude: float | None = None
    latitude: float | None = None
    x: float | None = None
    y: float | None = None
    position_sd_m: float | None = None
    azimuth_deg: float | None = None
    sheet_deg: float | None = None
    azimuth_sd_deg: float | None = None
    height_m: float | None = None
    label: str | None = None
    kind: str | None = None


class Wanted(Told):
    """An act that the page asks for.

    What `before` leaves out is taken from the camera as this desk shows it at `revision`. In `after` of a turn an
    azimuth of null says that the direction is unknown.
    """

    act: ActName
    subject: str | None = None
    """Left out of an add: the desk gives the id."""
    before: Seen | None = None
    after: Seen | None = None
    who: str | None = None
    """Initials; those of the desk where left out, none where empty."""
    sheet: str | None = None
    page: int | None = None


class OneAct(Wanted):
    """An act with the revision that it was made on."""

    revision: str


class ManyActs(Told):
    """Acts that are taken all or none."""

    acts: list[Wanted]
    revision: str


class AtRevision(Told):
    """The revision that a step back or forth was made on."""

    revision: str


class Line(Told):
    """A line of corrections.csv as it stands there; undone ones have no row."""

    row: int | None
    act: str
    subject: str
    before: str
    after: str
    who: str
    when: str
    undone: bool = False
    mine: bool = False
    """Whether this desk wrote it: only those are taken back."""


class Taken(Told):
    """What an act, a step back or a step forth changed."""

    revision: str
    line: int | None
    """Row of the (last) line written; None where lines were taken out."""
    act: str
    """What was done, undone or done again."""
    cameras: list[DeskCamera]
    """Those that differ from before; deleted ones are told with `deleted`."""
    gone: list[str]
    """Ids that are there no more at all: an added camera whose line was taken out."""
    queue: list[str]
    left: int
    reviewed: int
    total: int
    sureness: SheetSureness
    can_undo: bool
    can_redo: bool
    problems: list[Problem]
    control_points: ControlPoints | None = None
    """Of the sheet, where a control point was set."""


class Conflict(Told):
    """Why an act was not taken (409): the subject is not as the person saw it any more."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    remedy: str | None = None
    code: str
    what: list[str] = []
    theirs: list[Line] = []
    now: DeskCamera | None = None
    revision: str | None = None


class History(Told):
    """All lines, oldest first, and those that this desk took back and may do again."""

    revision: str
    lines: list[Line]
    can_undo: bool
    can_redo: bool
