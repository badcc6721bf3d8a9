"""The cameras of a state as the page gets them, and the queue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Literal, cast

import pandas as pd

from visavis.desk.answers.cameras import CameraRead, Cameras, Confidence, DeskCamera, Doubt, SheetSureness
from visavis.desk.answers.plain import Problem, Words
from visavis.desk.grounding import Grounded
from visavis.desk.state import SheetNow, State, Symbol
from visavis.digitising.corrections import BY_HAND
from visavis.digitising.legend import ANY_CAMERA
from visavis.digitising.reviewing import Confidence as Sure
from visavis.digitising.reviewing import expected, queue
from visavis.digitising.reviewing.confidence import good_direction, good_place
from visavis.model.errors import VisavisError
from visavis.model.findings import Finding

_UNPLACED: Final = Words(
    en="It is listed and has no place yet: move it where it stands.",
    fr="Elle est citée sans être placée : la placer où elle se trouve.",
)
_NOT_FIXED: Final = Words(
    en="Its sheet has no control points that fix it to the ground.",
    fr="Son plan n'a pas de points de calage suffisants.",
)
_NO_ERROR: Final = 0.9


def desk_cameras(state: State) -> dict[str, DeskCamera]:
    """Return every camera: as read, as added, and those taken out, in the order of the papers."""
    symbols = state.base.symbols
    told: dict[str, list[Words]] = {}
    for sheet in state.base.sheets:
        for finding in sheet.findings:
            for subject in finding.subjects:
                told.setdefault(subject, []).append(Words(en=finding.text_en, fr=finding.text_fr))
    everyone = dict.fromkeys([*state.read, *symbols, *state.rows, *state.left, *state.deleted])
    return {
        camera_id: _camera(camera_id, state, symbols.get(camera_id), told.get(camera_id, []))
        for camera_id in everyone
    }


def cameras_answer(state: State, cameras: Mapping[str, DeskCamera], problems: Sequence[Problem]) -> Cameras:
    """Return all cameras with the queue."""
    order, left, reviewed, total, sure = queued(cameras)
    return Cameras(
        revision=state.revision,
        cameras=list(cameras.values()),
        queue=order,
        left=left,
        reviewed=reviewed,
        total=total,
        sureness=sure,
        problems=list(problems),
    )


def queued(cameras: Mapping[str, DeskCamera]) -> tuple[list[str], int, int, int, SheetSureness]:
    """Return the queue, how many are left, reviewed and there in all, and how sure what is left is."""
    done = frozenset(c.camera_id for c in cameras.values() if c.standing != "detected" or c.deleted)
    sureness = {camera_id: camera.confidence.sureness for camera_id, camera in cameras.items()}
    order = queue(sureness, done)
    sure = expected(sureness, done)
    reviewed = sum(c.standing == "reviewed" for c in cameras.values())
    return (
        order,
        len(order),
        reviewed,
        len(cameras),
        SheetSureness(mean=sure.mean, least=sure.least, expected_wrong=sure.expected_wrong),
    )


def problems_of(state: State) -> list[Problem]:
    """Return what is wrong in the file of corrections: lines that are none, and those that fit nothing."""
    name = "corrections.csv"
    if state.snapshot.problem is not None:
        return [told_problem(state.snapshot.problem, name, "unreadable")]
    broken = [
        told_problem(line.problem, name, "unreadable", line.row)
        for line in state.snapshot.read.lines
        if line.problem is not None
    ]
    return [*broken, *(_unfit(finding, name) for finding in state.unfit)]


def told_problem(error: VisavisError, file: str, code: str, row: int | None = None) -> Problem:
    """Return an error as a problem of a file."""
    at = row if row is not None else (error.row if isinstance(error.row, int) else None)
    named = file if error.file is None else Path(error.file).name
    return Problem(file=named, row=at, en=error.what, fr=error.what, remedy=error.remedy, code=code)


def _unfit(finding: Finding, file: str) -> Problem:
    row = finding.figures.get("row")
    return Problem(
        file=file,
        row=row if isinstance(row, int) else None,
        en=finding.text_en,
        fr=finding.text_fr,
        code=finding.code,
    )


def _camera(camera_id: str, state: State, symbol: Symbol | None, findings: list[Words]) -> DeskCamera:
    deleted = camera_id in state.deleted
    row = state.rows.get(camera_id) or state.left.get(camera_id) or state.read.get(camera_id)
    sheet = None if symbol is None else symbol.sheet
    ground = None if sheet is None else sheet.ground
    if row is None:
        row = {} if symbol is None else _bare(symbol)
    lines = state.lines.get(camera_id, ())
    added = row.get("source_ref") == BY_HAND
    if added and sheet is None:
        sheet = _sheet_beneath(row, state)
        ground = None if sheet is None else sheet.ground
    now = _fields(row, ground)
    read = None if added else _as_read(camera_id, state, symbol, ground)
    standing = "reviewed" if deleted else str(row.get("standing") or "detected")
    sure = _sure(camera_id, row, state, symbol, reviewed=standing == "reviewed")
    if symbol is not None and now.x is not None and "move" not in {line.act for line in lines}:
        now = _at_symbol(now, symbol)
    last = lines[-1] if lines else None
    return DeskCamera(
        **now.model_dump(),
        camera_id=camera_id,
        sheet_file=None if sheet is None else sheet.file,
        page=None if sheet is None else sheet.page,
        box=None if symbol is None else _box(symbol),
        sheet_deg=_sheet_deg(now, ground, symbol),
        standing=cast("Literal['detected', 'reviewed', 'stated']", standing),
        reviewed_by=(last.who or None) if deleted and last else _text(row.get("reviewed_by")),
        reviewed_on=last.when[:10] if deleted and last else _text(row.get("reviewed_on")),
        confidence=Confidence(
            symbol=sure.symbol,
            kind=sure.kind,
            label=sure.label,
            place=sure.place,
            direction=sure.direction,
            sureness=sure.sureness,
        ),
        doubts=[Doubt(what=what, en=en, fr=fr) for what, en, fr in sure.doubts],  # type: ignore[arg-type]
        read=read,
        deleted=deleted,
        added=added,
        findings=findings,
        lines=[line.row for line in lines],
    )


def _sure(
    camera_id: str,
    row: Mapping[str, Any],
    state: State,
    symbol: Symbol | None,
    *,
    reviewed: bool,
) -> Sure:
    if reviewed:
        return Sure(1.0, 1.0, 1.0, 1.0, 1.0)
    if symbol is not None:
        sure = symbol.sure
        if camera_id not in state.rows:
            doubt = ("unplaced", _NOT_FIXED.en, _NOT_FIXED.fr)
            return Sure(sure.symbol, sure.kind, sure.label, 0.0, sure.direction, (doubt, *sure.doubts))
        return sure
    if camera_id in state.left:
        return Sure(None, None, None, 0.0, None, (("unplaced", _UNPLACED.en, _UNPLACED.fr),))
    score = row.get("place_score")
    place = good_place(row.get("position_sd_m"))
    if not pd.isna(score):
        place = float(score) if place is None else min(place, float(score))
    direction = None if pd.isna(row.get("azimuth_deg")) else good_direction(row.get("azimuth_sd_deg"))
    return Sure(None, 0.3 if row.get("kind") == "unknown" else None, None, place or _NO_ERROR, direction)


def _bare(symbol: Symbol) -> dict[str, Any]:
    """Return a row of a symbol that has no place on the ground."""
    kind = symbol.mark.entry.kind
    return {
        "kind": "unknown" if kind == ANY_CAMERA else kind,
        "label": symbol.label,
        "standing": "detected",
        "geometry": None,
    }


def _at_symbol(fields: CameraRead, symbol: Symbol) -> CameraRead:
    """Return fields with the place where the symbol is, not where an inverse map puts it."""
    return fields.model_copy(update={"x": symbol.mark.x * symbol.px, "y": symbol.mark.y * symbol.px})


def _as_read(
    camera_id: str, state: State, symbol: Symbol | None, ground: Grounded | None
) -> CameraRead | None:
    row = state.read.get(camera_id)
    if symbol is None:
        return None if row is None else _fields(row, ground)
    return _at_symbol(_fields(row or _bare(symbol), ground), symbol)


def _fields(row: Mapping[str, Any], ground: Grounded | None) -> CameraRead:
    place = row.get("geometry")
    x = y = longitude = latitude = None
    if place is not None and not pd.isna(place):
        longitude, latitude = float(place.x), float(place.y)
        if ground is not None and ground.fixed is not None:
            x, y = ground.pixel(longitude, latitude) or (None, None)
    return CameraRead(
        label=_text(row.get("label")),
        kind=str(row.get("kind") or "unknown"),
        x=x,
        y=y,
        longitude=longitude,
        latitude=latitude,
        position_sd_m=_number(row.get("position_sd_m")),
        azimuth_deg=_number(row.get("azimuth_deg")),
        azimuth_sd_deg=_number(row.get("azimuth_sd_deg")),
    )


def _sheet_deg(now: CameraRead, ground: Grounded | None, symbol: Symbol | None) -> float | None:
    if ground is None or ground.fixed is None:
        return None if symbol is None else symbol.mark.points_to_deg
    if now.azimuth_deg is None or now.x is None or now.y is None:
        return None
    return ground.drawn_deg(now.x, now.y, now.azimuth_deg)


def _sheet_beneath(row: Mapping[str, Any], state: State) -> SheetNow | None:
    """Return the first sheet that an added camera lies on."""
    place = row["geometry"]
    for sheet in state.base.sheets:
        ground = sheet.ground
        if ground is None or ground.fixed is None or ground.size is None:
            continue
        at = ground.pixel(place.x, place.y)
        if at and 0 <= at[0] <= ground.size[0] * ground.px and 0 <= at[1] <= ground.size[1] * ground.px:
            return sheet
    return None


def _box(symbol: Symbol) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = (float(side) * symbol.px for side in symbol.mark.box)
    return x0, y0, x1, y1


def _text(value: Any) -> str | None:
    return None if value is None or pd.isna(value) or value == "" else str(value)


def _number(value: Any) -> float | None:
    return None if value is None or pd.isna(value) else float(value)


def changed(
    before: Mapping[str, DeskCamera], after: Mapping[str, DeskCamera]
) -> tuple[list[DeskCamera], list[str]]:
    """Return the cameras that differ, and the ids that are gone."""
    differing = [camera for camera_id, camera in after.items() if before.get(camera_id) != camera]
    gone: Iterable[str] = before.keys() - after.keys()
    return differing, sorted(gone)
