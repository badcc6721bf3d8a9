"""Control points that a person set: applied to a sheet's annotation before it is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import pyproj

from visavis.digitising.annotation import (
    Annotation,
    ControlPoint,
    annotation_for,
    read_annotations,
    write_annotation,
)
from visavis.digitising.corrections.acts import PLACE, Correction, Values
from visavis.digitising.corrections.words import WORDS
from visavis.model.findings import Finding, raised

# A control point is the one that the person saw if it is no farther off, on the sheet or on the ground.
_SAME_UNITS: Final = 2.0
_SAME_M: Final = 2.0
_EARTH: Final = pyproj.Geod(ellps="WGS84")


@dataclass(frozen=True)
class Numbered:
    """A sheet's control points by their numbers, as corrections leave them.

    Parameters
    ----------
    annotation : Annotation
        With the points in the order of their numbers.
    points : mapping of int to ControlPoint
    findings : tuple of Finding
    """

    annotation: Annotation
    points: Mapping[int, ControlPoint]
    findings: tuple[Finding, ...]


def set_control_points(
    georef: Mapping[str, Any], name: str, corrections: Sequence[Correction]
) -> tuple[Mapping[str, Any], tuple[Finding, ...]]:
    """Return a sheet's annotation with the control points that corrections set, add or take out.

    Parameters
    ----------
    georef : mapping
        An IIIF Georeference Annotation or AnnotationPage.
    name : str
        Of the sheet's file.
    corrections : sequence of Correction
        Those of other sheets and acts are left aside. Numbers are those of the file, from 1; a number that is
        not there yet adds a point.

    Raises
    ------
    GeoreferenceError
        Where the annotation can't be read.
    """
    if not _of_sheet(corrections, name):
        return georef, ()
    numbered = numbered_points(georef, name, corrections)
    return write_annotation(numbered.annotation), numbered.findings


def numbered_points(georef: Mapping[str, Any], name: str, corrections: Sequence[Correction]) -> Numbered:
    """Return a sheet's control points by number, as `set_control_points` sets them."""
    mine = _of_sheet(corrections, name)
    annotation = annotation_for(read_annotations(georef), name)
    points: dict[int, ControlPoint] = dict(enumerate(annotation.points, start=1))
    findings = []
    for each in mine:
        number = each.point[1]
        now = points.get(number)
        if code := _unfit(each, now):
            figures: dict[str, Any] = {"row": each.row, "act": each.act, "subject": each.subject}
            if now is not None and code == "outdated":
                figures |= {"before": _said(each.before), "now": _said(_of(now))}
            findings.append(raised(WORDS, f"correction.{code}", each.subject, **figures))
        elif each.after:
            x, y, longitude, latitude = (float(each.after[side]) for side in ("x", "y", *PLACE))
            name_of = None if now is None else now.name
            points[number] = ControlPoint(x, y, longitude, latitude, name_of)
        else:
            del points[number]
    kept = tuple(points[number] for number in sorted(points))
    return Numbered(replace(annotation, points=kept), points, tuple(findings))


def _of_sheet(corrections: Sequence[Correction], name: str) -> list[Correction]:
    return [each for each in corrections if each.act == "set-control-point" and each.point[0] == name]


def for_no_sheet(corrections: Sequence[Correction], sheets: Sequence[str]) -> tuple[Finding, ...]:
    """Return a finding for each control point that was set on a sheet that is not there any more."""
    return tuple(
        raised(
            WORDS,
            "correction.without-subject",
            each.subject,
            row=each.row,
            act=each.act,
            subject=each.subject,
        )
        for each in corrections
        if each.act == "set-control-point" and each.point[0] not in sheets
    )


def _unfit(correction: Correction, now: ControlPoint | None) -> str | None:
    """Return the finding's code of a line that does not fit, None where it does."""
    if now is None:
        return None if correction.after and not correction.before else "without-subject"
    same = _is(now, correction.before) or _is(now, correction.after)
    return None if same or not correction.before else "outdated"


def _is(point: ControlPoint, values: Values) -> bool:
    if not values:
        return False
    on_sheet = all(
        abs(float(values[side]) - getattr(point, side)) <= _SAME_UNITS for side in "xy" if side in values
    )
    if not {*PLACE} <= values.keys():
        return on_sheet
    longitude, latitude = (float(values[side]) for side in PLACE)
    _, _, off = _EARTH.inv(point.longitude, point.latitude, longitude, latitude)
    return on_sheet and bool(off <= _SAME_M)


def _of(point: ControlPoint) -> Values:
    return {side: float(getattr(point, side)) for side in ("x", "y", *PLACE)}


def _said(values: Values) -> str:
    return ", ".join(f"{name}={value:.8g}" for name, value in values.items() if isinstance(value, float))
