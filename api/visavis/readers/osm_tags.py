"""The values of OpenStreetMap's tags, read as numbers: directions, heights, angles, dates.

Pure functions of the text. None means that the value can't be read; the caller tells it as a finding.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from dataclasses import dataclass
from typing import Final

from visavis.model.angles import COMPASS_DEG, wrap_deg

_NUMBER: Final = r"[+-]?\d{1,9}(?:\.\d{1,9}|,\d{1,2})?"
# In an angle a comma is a decimal sign before one digit only: `45,90` may be a list, and is not guessed.
_ANGLE: Final = r"[+-]?\d{1,9}(?:\.\d{1,9}|,\d)?"
_POINT: Final = r"[NESW]{1,3}"
_DEGREES: Final = re.compile(rf"({_ANGLE})\s*(?:°|º|deg|degrees?)?", re.IGNORECASE | re.ASCII)
_RANGE: Final = re.compile(
    rf"({_ANGLE}|{_POINT})\s*[°º]?\s*[-–]\s*({_ANGLE}|{_POINT})\s*[°º]?", re.IGNORECASE | re.ASCII
)
_METRES: Final = re.compile(rf"({_NUMBER})\s*(m|metres?|meters?|mètres?|cm)?", re.IGNORECASE | re.ASCII)
_FEET: Final = re.compile(
    rf"({_NUMBER})\s*(?:['’′]|ft|feet|foot)(?:\s*({_NUMBER})\s*(?:[\"”″]|in|inch(?:es)?))?",
    re.IGNORECASE | re.ASCII,
)
_DAY: Final = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?", re.ASCII)
_WORDS: Final = {
    "NORTH": "N",
    "NORTHEAST": "NE",
    "EAST": "E",
    "SOUTHEAST": "SE",
    "SOUTH": "S",
    "SOUTHWEST": "SW",
    "WEST": "W",
    "NORTHWEST": "NW",
}

FOOT_M: Final = 0.3048
INCH_M: Final = 0.0254
CIRCLE_DEG: Final = 360.0


@dataclass(frozen=True)
class Heading:
    """A direction as tagged.

    Parameters
    ----------
    azimuth_deg : float or None
        For a range its middle; None where the range is the whole circle.
    sweep_deg : float or None
        For a range its width clockwise; None for a single direction.
    """

    azimuth_deg: float | None
    sweep_deg: float | None = None


def read_headings(raw: str) -> tuple[Heading, ...] | None:
    """Return the headings of a direction: a number, a compass point, a range, or a list of these with `;`.

    A range ``a-b`` runs clockwise from a to b, across north where b < a. A heading named twice counts once.
    Letters such as ``S-E`` that mean one thing as a compass point and another as a range are not guessed.
    """
    headings = [_heading(part.strip()) for part in raw.split(";") if part.strip()]
    if not headings:
        return None
    known = [heading for heading in headings if heading is not None]
    return tuple(dict.fromkeys(known)) if len(known) == len(headings) else None


def read_length_m(raw: str) -> float | None:
    """Return a length in metres: `5`, `5 m`, `5,5m`, `350 cm`, `16'`, `16 ft`, `5'11"`."""
    text = raw.strip()
    metres = _METRES.fullmatch(text)
    if metres:
        scale = 0.01 if (metres[2] or "").lower() == "cm" else 1.0
        return _number(metres[1]) * scale
    feet = _FEET.fullmatch(text)
    if feet:
        return _number(feet[1]) * FOOT_M + (_number(feet[2]) * INCH_M if feet[2] else 0.0)
    return None


def read_count(raw: str) -> float | None:
    """Return a number without a unit: storeys may be halves."""
    match = re.fullmatch(_NUMBER, raw.strip(), re.ASCII)
    return _number(match[0]) if match else None


def read_angle_deg(raw: str) -> float | None:
    """Return an angle in degrees: `15`, `15°`, `-7.5`."""
    match = _DEGREES.fullmatch(raw.strip())
    return _number(match[1]) if match else None


def read_date(raw: str) -> str | None:
    """Return an ISO 8601 date: a day, a month or a year; None for `~2010`, `C19` and the like."""
    text = raw.strip()
    if not _DAY.fullmatch(text):
        return None
    try:
        dt.date.fromisoformat(text + "-01" * ((10 - len(text)) // 3))
    except ValueError:
        return None
    return text


def _heading(text: str) -> Heading | None:
    point = _azimuth(text)
    span = _range(text)
    if point is None or span is None:
        return span if point is None else Heading(point)
    # `N-E` is north-east, or from north to east: both look the same way; `S-E` may mean opposite ways.
    return span if span.azimuth_deg == point else None


def _range(text: str) -> Heading | None:
    match = _RANGE.fullmatch(text)
    if match is None:
        return None
    start, end = _degrees(match[1]), _degrees(match[2])
    if start is None or end is None:
        return None
    if abs(end - start) >= CIRCLE_DEG:
        return Heading(None, CIRCLE_DEG)
    sweep = float(wrap_deg(end - start))
    return Heading(float(wrap_deg(start + sweep / 2.0)), sweep)


def _azimuth(text: str) -> float | None:
    degrees = _degrees(text)
    return None if degrees is None else float(wrap_deg(degrees))


def _degrees(text: str) -> float | None:
    point = text.upper().replace("-", "").replace(" ", "")
    point = _WORDS.get(point, point)
    if point in COMPASS_DEG:
        return COMPASS_DEG[point]
    value = read_angle_deg(text)
    return value if value is not None and math.fabs(value) <= CIRCLE_DEG else None


def _number(text: str) -> float:
    return float(text.replace(",", "."))
