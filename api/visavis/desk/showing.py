"""What the desk shows: its own state, control points with proposals, history, annotations."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pyproj

from visavis.desk.acting import next_number
from visavis.desk.agreeing import agreed, agreement_of
from visavis.desk.answers.acts import History, Line, Taken
from visavis.desk.answers.agreement import Agreed
from visavis.desk.answers.plain import Box, Named, Problem, Words
from visavis.desk.answers.points import ControlPoints, PointPlace, Proposal, Suggesting
from visavis.desk.answers.sheets import Desk as DeskAnswer
from visavis.desk.answers.sheets import DeskSheet, Page
from visavis.desk.desk import Desk, Done
from visavis.desk.grounding import Grounded
from visavis.desk.jobs import Job
from visavis.desk.legend import LEGEND_KINDS
from visavis.desk.points import control_points, outline, tried
from visavis.desk.refusing import not_found
from visavis.desk.rows import changed, problems_of, queued, told_problem
from visavis.desk.sheets import Reading
from visavis.digitising import annotation_for, read_annotations
from visavis.digitising.corrections import ACTS, Correction, written
from visavis.model.errors import VisavisError
from visavis.model.vocabulary import CAMERA_KINDS
from visavis.store.placing import write_whole

_EARTH: Final = pyproj.Geod(ellps="WGS84")
# A proposal so near to a control point that stands is that point.
_SAME_M: Final = 5.0


def desk_answer(desk: Desk) -> DeskAnswer:
    """Return what the page opens with."""
    state, cameras = desk.now()
    counted: dict[str, tuple[int, int]] = {}
    for camera in cameras.values():
        if camera.sheet_file is not None:
            there, done = counted.get(camera.sheet_file, (0, 0))
            counted[camera.sheet_file] = (there + 1, done + (camera.standing == "reviewed"))
    return DeskAnswer(
        disclosure_id=desk.record.id,
        title=desk.record.title,
        invented=desk.record.invented,
        initials=desk.initials,
        kinds=[Named(name=code, en=word.en, fr=word.fr) for code, word in CAMERA_KINDS.items()],
        legend_kinds=LEGEND_KINDS,
        acts=[Named(name=name, en=act.label.en, fr=act.label.fr) for name, act in ACTS.items()],
        sheets=[
            _sheet(reading, *counted.get(name, (0, 0))) for name, reading in desk.sheets.readings.items()
        ],
        reviewers=reviewers(desk),
        map=bool(desk.spaces),
        revision=state.revision,
        writable=state.snapshot.problem is None,
        problems=problems_of(state),
    )


def taken(desk: Desk, done: Done) -> Taken:
    """Return what an act, a step back or a step forth changed."""
    state, after = desk.now()
    corrections = done.entry.corrections
    differing, gone = changed(done.before, after)
    order, left, reviewed, total, sure = queued(after)
    pointed = [c.point[0] for c in corrections if c.act == "set-control-point"]
    notes = save_annotations(desk, pointed)
    rows = [line.row for line in state.snapshot.read.lines]
    return Taken(
        revision=state.revision,
        line=None if done.out or not rows else rows[-1],
        act=", ".join(correction.act for correction in corrections),
        cameras=differing,
        gone=gone,
        queue=order,
        left=left,
        reviewed=reviewed,
        total=total,
        sureness=sure,
        can_undo=bool(desk.done),
        can_redo=bool(desk.undone),
        problems=[*problems_of(state), *notes],
        control_points=points_answer(desk, pointed[-1]) if pointed else None,
    )


def history(desk: Desk) -> History:
    """Return all lines, and those that were taken back."""
    state, _ = desk.now()
    mine = [correction for entry in desk.done for correction in entry.corrections]
    lines = []
    for line in state.snapshot.read.lines:
        correction = line.correction
        if correction is None:
            what = "" if line.problem is None else line.problem.what
            lines.append(Line(row=line.row, act="", subject=what, before="", after="", who="", when=""))
            continue
        ours = any(_same(correction, other) for other in mine)
        lines.append(told_line(correction, row=line.row, mine=ours))
    undone = [
        told_line(correction, row=None, mine=True, undone=True)
        for entry in reversed(desk.undone)
        for correction in entry.corrections
    ]
    return History(
        revision=state.revision,
        lines=[*lines, *undone],
        can_undo=bool(desk.done),
        can_redo=bool(desk.undone),
    )


def told_line(correction: Correction, *, row: int | None, mine: bool, undone: bool = False) -> Line:
    """Return a line of the file for the page."""
    return Line(row=row, undone=undone, mine=mine, **written(correction))


def points_answer(desk: Desk, name: str) -> ControlPoints:
    """Return the control points of a sheet."""
    ground = desk.ground(name)
    state, _ = desk.now()
    reading, job = desk.reading(name), desk.suggestions.get(name)
    return control_points(
        ground,
        file=name,
        revision=state.revision,
        next_number=next_number(state, name),
        proposals=_proposals(job, ground, reading),
        suggesting=_suggesting(job),
    )


def tried_answer(desk: Desk, name: str, points: Sequence[PointPlace]) -> ControlPoints:
    """Return what other control points would give; nothing is saved."""
    state, _ = desk.now()
    would = tried(desk.ground(name), points, desk.reading(name).picture)
    return control_points(
        would,
        file=name,
        revision=state.revision,
        next_number=next_number(state, name),
        proposals=[],
        suggesting=_suggesting(None),
    )


def save_annotations(desk: Desk, names: Sequence[str]) -> list[Problem]:
    """Write the control points of sheets beside them, as Allmaps reads them; return what kept it from it.

    It is a copy for other programs: a build takes the sheet's own file and the corrections.
    """
    problems = []
    for name in dict.fromkeys(names):
        file = annotation_file(desk.reading(name))
        try:
            write_whole(file, annotation_of(desk, name))
        except VisavisError as error:
            problems.append(told_problem(error, file.name, "disk"))
    return problems


def annotation_file(reading: Reading) -> Path:
    """Return where a sheet's reviewed control points are kept for other programs."""
    return reading.sheet.file.with_name(f"{reading.sheet.file.stem}.reviewed.georef.json")


def annotation_of(desk: Desk, name: str) -> bytes:
    """Return a sheet's control points as a Georeference Annotation."""
    told = json.dumps(desk.ground(name).georef, ensure_ascii=False, indent=1)
    return f"{told}\n".encode()


def reviewers(desk: Desk) -> list[str]:
    """Return the other files of corrections in the dossier."""
    own = desk.journal.file.name
    return sorted(
        file.name
        for file in desk.folder.glob("*.csv")
        if file.name != own and not file.name.startswith(".") and _is_corrections(file)
    )


def agreed_with(desk: Desk, other: str) -> Agreed:
    """Return how far this dossier's corrections agree with another file of it."""
    if other not in reviewers(desk):
        raise not_found(f"there is no file of corrections {other}")
    state, cameras = desk.now()
    their_state, their_cameras = desk.state_by(desk.folder / other)
    found = agreement_of(state, their_state)
    return agreed(found, cameras, their_cameras, (desk.journal.file, desk.folder / other))


def bounds(desk: Desk) -> Box | None:
    """Return west, south, east and north of what the sheets show."""
    rings = [
        outline(ground.fixed, ground.size).corners
        for sheet in desk.now()[0].base.sheets
        if (ground := sheet.ground) is not None and ground.fixed is not None and ground.size is not None
    ]
    if not rings:
        return None
    longitudes, latitudes = zip(*(corner for ring in rings for corner in ring), strict=True)
    return min(longitudes), min(latitudes), max(longitudes), max(latitudes)


def _sheet(reading: Reading, cameras: int, reviewed: int) -> DeskSheet:
    picture = reading.picture
    pages = (
        [] if picture is None else [Page(page=reading.sheet.page, width=picture.width, height=picture.height)]
    )
    return DeskSheet(
        file=reading.name,
        pages=pages,
        page=reading.sheet.page,
        reading=reading.state,
        error=None if reading.error is None else reading.error.what,
        remedy=None if reading.error is None else reading.error.remedy,
        seconds=None if reading.waited_s is None else round(reading.waited_s, 1),
        cameras=cameras,
        reviewed=reviewed,
    )


def _suggesting(job: Job | None) -> Suggesting:
    if job is None:
        return Suggesting(state="none")
    return Suggesting(
        state=job.state,
        error=None if job.error is None else job.error.what,
        remedy=None if job.error is None else job.error.remedy,
        seconds=job.seconds,
    )


def _proposals(job: Job | None, ground: Grounded, reading: Reading) -> list[Proposal]:
    if job is None or job.state != "done" or reading.picture is None:
        return []
    content, told = job.result
    annotation = annotation_for(read_annotations(content), reading.name)
    px, drawn = reading.picture.px_per_unit, float(told["walls_drawn"])
    off = float(told["misfit_after_m"])
    proposals = []
    for number, point in enumerate(annotation.points, start=1):
        if any(
            _EARTH.inv(point.longitude, point.latitude, other.longitude, other.latitude)[2] < _SAME_M
            for other in ground.annotation.points
        ):
            continue
        streets = (point.name or "").replace(" / ", " × ")
        words = Words(
            en=f"Crossing {streets}: {drawn:.0%} of the walls around are drawn there, {off:.2f} m off.",
            fr=f"Croisement {streets} : {drawn:.0%} des murs alentour y sont dessinés, à {off:.2f} m près.",
        )
        proposals.append(
            Proposal(
                id=f"{reading.name}:{number}",
                x=point.x * px,
                y=point.y * px,
                longitude=point.longitude,
                latitude=point.latitude,
                name=point.name,
                origin="street" if point.name else "buildings",
                words=words,
                score=drawn,
            )
        )
    return proposals


def _same(one: Correction, other: Correction) -> bool:
    return written(one) == written(other)


def _is_corrections(file: Path) -> bool:
    try:
        with file.open(encoding="utf-8-sig", newline="") as opened:
            first = opened.readline(1000)
    except (OSError, UnicodeDecodeError):
        return False
    header = next(csv.reader([first], delimiter=";" if ";" in first else ","), [])
    return {"act", "subject", "when"} <= {cell.strip().lower() for cell in header}
