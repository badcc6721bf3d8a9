"""What the page asks for, as a correction: against what the person saw, and in the file's own terms."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from visavis.desk.answers.acts import Seen, Wanted
from visavis.desk.answers.cameras import DeskCamera
from visavis.desk.grounding import Grounded
from visavis.desk.refusing import RefusedError, invalid, not_found
from visavis.desk.state import State
from visavis.digitising.corrections import ACTS, Correction, read_correction, written
from visavis.digitising.corrections.acts import PLACE, Value
from visavis.model.angles import turn_deg
from visavis.model.errors import VisavisError

# A hand picks a place on the picture to about that, and on the map of the town; and turns an arrow so well.
PICKED_PX: Final = 1.5
PICKED_M: Final = 1.0
TURNED_SD_DEG: Final = 3.0
# Two figures of one thing, rounded on their way.
_SAME_DEG_OF_PLACE: Final = 2e-7
_SAME_PX: Final = 0.05
_SAME_DEG: Final = 0.01
_BY_HAND: Final = re.compile(r":by-hand:(\d+)$")

Cameras = Mapping[str, DeskCamera]


def correction_of(
    wanted: Wanted, state: State, now: Cameras, then: Cameras | None, who: str, when: str
) -> Correction:
    """Return the line that an act writes.

    Parameters
    ----------
    wanted : Wanted
    state : State
        As it stands, the acts before this one included.
    now, then : mapping of str to DeskCamera
        As they stand, and as they stood at the revision that the person saw; None where that is not known any more.
    who, when : str

    Raises
    ------
    RefusedError
        Where the subject is not as the person saw it, or the act can't be done on it.
    """
    initials = who if wanted.who is None else wanted.who
    if wanted.act == "set-control-point":
        subject, before, after = _point(wanted, state)
    elif wanted.act == "add":
        subject, before = wanted.subject or _new_id(state, now), {}
        if subject in now and not now[subject].deleted:
            raise RefusedError(f"there is a camera {subject} already", code="conflict", about=["existence"])
        after = _added(wanted, state)
    else:
        camera = _subject(wanted, now, then)
        subject, before = camera.camera_id, _before(wanted.act, camera)
        after = _after(wanted, camera, state)
    try:
        return read_correction(
            written(Correction(wanted.act, subject, before, after, initials.strip(), when)), 0
        )
    except VisavisError as error:
        raise invalid(error.what, error.remedy) from None


def _subject(wanted: Wanted, now: Cameras, then: Cameras | None) -> DeskCamera:
    """Return the camera in question, as it is and as the person saw it, which must be the same."""
    if wanted.subject is None:
        raise invalid(f"{wanted.act} names no camera", "Give its camera_id as subject")
    camera = now.get(wanted.subject)
    seen_then = None if then is None else then.get(wanted.subject)
    if camera is None:
        if seen_then is not None:
            raise RefusedError(
                f"{wanted.subject} is there no more",
                code="conflict",
                about=["existence"],
                remedy="Look at it anew",
                subject=wanted.subject,
            )
        raise not_found(f"there is no camera {wanted.subject}")
    if camera.deleted:
        raise RefusedError(
            f"{wanted.subject} was taken out",
            code="conflict" if seen_then is None or not seen_then.deleted else "unfit",
            about=["existence"],
            remedy="Undo that first",
            subject=wanted.subject,
        )
    about = _differing(wanted, camera, seen_then)
    if about:
        raise RefusedError(
            f"{wanted.subject} has another {' and '.join(about)} by now",
            code="conflict",
            about=about,
            remedy="Look at it anew and do it again if it still holds",
            subject=wanted.subject,
        )
    return camera


_BEARS_ON: Final = {
    "confirm": ("place", "direction", "label", "kind"),
    "delete": ("place", "direction", "label", "kind"),
    "move": ("place",),
    "turn": ("direction",),
    "relabel": ("label", "kind"),
}


def _differing(wanted: Wanted, camera: DeskCamera, then: DeskCamera | None) -> list[str]:
    """Return in which fields that the act bears on a camera is not as the person saw it."""
    seen = wanted.before
    if seen is None and then is None:
        return ["state: it is not known what was seen"]
    told: dict[str, bool] = {}
    if seen is None:
        earlier = then if then is not None else camera
        told = {
            "place": not _near(camera, earlier),
            "direction": not _alike(camera.azimuth_deg, earlier.azimuth_deg),
            "label": camera.label != earlier.label,
            "kind": camera.kind != earlier.kind,
        }
    else:
        given = seen.model_fields_set
        if {*PLACE} <= given:
            told["place"] = not _near(camera, seen)
        elif {"x", "y"} <= given and seen.x is not None and seen.y is not None:
            told["place"] = (
                camera.x is None
                or camera.y is None
                or max(abs(camera.x - seen.x), abs(camera.y - seen.y)) > _SAME_PX
            )
        if "azimuth_deg" in given:
            told["direction"] = not _alike(camera.azimuth_deg, seen.azimuth_deg)
        if "label" in given:
            told["label"] = (camera.label or "") != (seen.label or "")
        if "kind" in given:
            told["kind"] = camera.kind != seen.kind
    return [name for name, differs in told.items() if differs and name in _BEARS_ON[wanted.act]]


def _near(camera: DeskCamera, other: DeskCamera | Seen) -> bool:
    pairs = ((camera.longitude, other.longitude), (camera.latitude, other.latitude))
    return all(
        one is two if one is None or two is None else abs(one - two) <= _SAME_DEG_OF_PLACE
        for one, two in pairs
    )


def _alike(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(float(turn_deg(one, other))) <= _SAME_DEG


def _before(act: str, camera: DeskCamera) -> dict[str, Value]:
    """Return what the person saw, as far as an act writes it."""
    told: dict[str, Value | None] = {
        "longitude": camera.longitude,
        "latitude": camera.latitude,
        "azimuth_deg": camera.azimuth_deg,
        "label": camera.label,
        "kind": camera.kind,
        "position_sd_m": None if camera.position_sd_m is None else round(camera.position_sd_m, 2),
        "azimuth_sd_deg": None if camera.azimuth_sd_deg is None else round(camera.azimuth_sd_deg, 1),
    }
    return {name: value for name in ACTS[act].before if (value := told.get(name)) is not None}


def _after(wanted: Wanted, camera: DeskCamera, state: State) -> dict[str, Value]:
    after = wanted.after or Seen()
    if wanted.act == "move":
        return _place(after, _ground(wanted, camera, state))
    if wanted.act == "turn":
        return _direction(after, camera, _ground(wanted, camera, state))
    if wanted.act == "relabel":
        given = after.model_fields_set
        told: dict[str, Value] = {}
        if "label" in given:
            told["label"] = after.label or ""
        if "kind" in given and after.kind is not None:
            told["kind"] = after.kind
        return told
    return {}


def _added(wanted: Wanted, state: State) -> dict[str, Value]:
    after = wanted.after or Seen()
    ground = _ground(wanted, None, state)
    told = _place(after, ground)
    told["kind"] = after.kind or "unknown"
    if after.label:
        told["label"] = after.label
    if after.azimuth_deg is not None:
        told["azimuth_deg"] = after.azimuth_deg
    elif after.sheet_deg is not None:
        x, y = _at(after, ground)
        told["azimuth_deg"] = _needed(ground).azimuth_deg(x, y, after.sheet_deg)
    if "azimuth_deg" in told:
        told["azimuth_sd_deg"] = TURNED_SD_DEG if after.azimuth_sd_deg is None else after.azimuth_sd_deg
    if after.height_m is not None:
        told["height_m"] = after.height_m
    return told


def _place(after: Seen, ground: Grounded | None) -> dict[str, Value]:
    if after.longitude is not None and after.latitude is not None:
        told: dict[str, Value] = {"longitude": after.longitude, "latitude": after.latitude}
        sd = PICKED_M
    elif after.x is not None and after.y is not None:
        fixed = _needed(ground)
        longitude, latitude = fixed.place(after.x, after.y)
        told = {"longitude": longitude, "latitude": latitude}
        sd = fixed.position_sd_m(after.x, after.y, PICKED_PX)
    else:
        raise invalid("no place is given", "Give x and y on the sheet, or longitude and latitude")
    told["position_sd_m"] = round(sd if after.position_sd_m is None else after.position_sd_m, 3)
    return told


def _direction(after: Seen, camera: DeskCamera, ground: Grounded | None) -> dict[str, Value]:
    azimuth = after.azimuth_deg
    if azimuth is None and after.sheet_deg is not None:
        if camera.x is None or camera.y is None:
            raise invalid("the camera is on no sheet", "Give azimuth_deg, from true north")
        azimuth = _needed(ground).azimuth_deg(camera.x, camera.y, after.sheet_deg)
    if azimuth is None:
        return {}
    sd = TURNED_SD_DEG if after.azimuth_sd_deg is None else after.azimuth_sd_deg
    return {"azimuth_deg": round(azimuth % 360.0, 2) % 360.0, "azimuth_sd_deg": sd}


def _at(after: Seen, ground: Grounded | None) -> tuple[float, float]:
    if after.x is not None and after.y is not None:
        return after.x, after.y
    if after.longitude is not None and after.latitude is not None:
        at = _needed(ground).pixel(after.longitude, after.latitude)
        if at is not None:
            return at
    raise invalid("the place lies on no sheet", "Give azimuth_deg, from true north")


def _ground(wanted: Wanted, camera: DeskCamera | None, state: State) -> Grounded | None:
    """Return the sheet that the act's pixels are of: the one it names, the camera's, or the only one."""
    name = wanted.sheet or (None if camera is None else camera.sheet_file)
    if name is None and len(state.base.sheets) == 1:
        name = state.base.sheets[0].file
    if name is None:
        return None
    sheet = state.sheet(name)
    if sheet is None:
        raise not_found(f"there is no sheet {name}")
    return sheet.ground


def _needed(ground: Grounded | None) -> Grounded:
    if ground is None:
        raise invalid("it is not said which sheet the pixels are of", "Give sheet")
    if ground.fixed is None:
        what = "the sheet has no control points that fix it" if ground.error is None else ground.error.what
        raise RefusedError(what, code="unfit", remedy="Set its control points first")
    return ground


def _new_id(state: State, now: Cameras) -> str:
    """Return an id that no line of the file has."""
    subjects = [line.subject for line in state.snapshot.read.corrections]
    numbers = [int(found[1]) for each in (*now, *subjects) if (found := _BY_HAND.search(each))]
    return f"{state.base.disclosure_id}:by-hand:{max(numbers, default=0) + 1}"


def _point(wanted: Wanted, state: State) -> tuple[str, dict[str, Value], dict[str, Value]]:
    """Return subject, before and after of a control point, in the units of the sheet's annotation."""
    name, number = _numbered(wanted, state)
    sheet = state.sheet(name)
    ground = None if sheet is None else sheet.ground
    if ground is None:
        raise not_found(f"there is no sheet {name}, or its control points can't be read")
    now = dict(zip(ground.numbers, ground.annotation.points, strict=True)).get(number)
    seen = wanted.before
    if seen is not None and seen.x is not None and seen.y is not None:
        at = None if now is None else ground.point_px(now)
        if at is None or max(abs(at[0] - seen.x), abs(at[1] - seen.y)) > max(1.0, _SAME_PX):
            raise RefusedError(
                f"control point {number} is not where it was seen", code="conflict", about=["place"]
            )
    before: dict[str, Value] = (
        {} if now is None else {"x": now.x, "y": now.y, "longitude": now.longitude, "latitude": now.latitude}
    )
    after = wanted.after
    if after is None or not after.model_fields_set:
        if now is None:
            raise not_found(f"{name} has no control point {number}")
        return f"{name}#{number}", before, {}
    place: dict[str, Any] = {
        "x": after.x,
        "y": after.y,
        "longitude": after.longitude,
        "latitude": after.latitude,
    }
    if None in (after.x, after.y) and now is not None:
        place["x"], place["y"] = ground.point_px(now)
    if None in (after.longitude, after.latitude) and now is not None:
        place |= {"longitude": now.longitude, "latitude": now.latitude}
    if None in place.values():
        raise invalid("a control point needs x, y, longitude and latitude")
    place["x"], place["y"] = (round(v, 3) for v in ground.point_units(place["x"], place["y"]))
    return f"{name}#{number}", before, place


def _numbered(wanted: Wanted, state: State) -> tuple[str, int]:
    if wanted.subject is not None:
        name, _, number = wanted.subject.rpartition("#")
        if name and number.isdigit() and int(number):
            return name, int(number)
        raise invalid(f"{wanted.subject!r} names no control point", "Write it as sheet.pdf#3")
    if wanted.sheet is None:
        raise invalid("it is not said of which sheet", "Give sheet, or subject as sheet.pdf#3")
    return wanted.sheet, next_number(state, wanted.sheet)


def next_number(state: State, name: str) -> int:
    """Return the number of the next control point of a sheet: one that no line has."""
    sheet = state.sheet(name)
    numbers = [] if sheet is None or sheet.ground is None else [*sheet.ground.numbers, *sheet.ground.of_file]
    lines = state.snapshot.read.corrections
    numbers += [c.point[1] for c in lines if c.act == "set-control-point" and c.point[0] == name]
    return max(numbers, default=0) + 1
