"""The values of OpenStreetMap's tags, read as numbers: directions, heights, angles.

Pure functions of the text. None means that the value can't be read; the caller tells it as a finding.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from visavis.model.angles import COMPASS_DEG

_NUMBER: Final = r"[+-]?\d+(?:[.,]\d+)?"
_DEGREES: Final = re.compile(rf"^({_NUMBER})\s*(?:°|deg|degrees?)?$", re.IGNORECASE)
_RANGE: Final = re.compile(
    rf"^({_NUMBER}|[NESW]{{1,3}})\s*°?\s*[-–]\s*({_NUMBER}|[NESW]{{1,3}})\s*°?$", re.IGNORECASE
)
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
_FEET: Final = re.compile(rf"^({_NUMBER})\s*(?:'|ft|feet)(?:\s*({_NUMBER})\s*(?:\"|in))?$", re.IGNORECASE)
_METRES: Final = re.compile(rf"^({_NUMBER})\s*(m|metres?|meters?|mètres?|cm)?$", re.IGNORECASE)

FOOT_M: Final = 0.3048
INCH_M: Final = 0.0254


@dataclass(frozen=True)
class Heading:
    """A direction as tagged: its azimuth, and for a range its width clockwise."""

    azimuth_deg: float
    sweep_deg: float | None = None


def read_headings(raw: str) -> tuple[Heading, ...] | None:
    """Return the headings of a `direction` value: a number, a compass point, a range, or a list of these.

    A range ``a-b`` runs clockwise from a to b, across north where b < a.
    """
    headings = [_read_heading(part.strip()) for part in raw.split(";") if part.strip()]
    if not headings or any(heading is None for heading in headings):
        return None
    return tuple(heading for heading in headings if heading is not None)


def read_length_m(raw: str) -> float | None:
    """Return a length in metres: `5`, `5 m`, `5,5m`, `350 cm`, `16'`, `16 ft`, `5'11"`."""
    text = raw.strip()
    metres = _METRES.match(text)
    if metres:
        scale = 0.01 if (metres[2] or "").lower() == "cm" else 1.0
        return _number(metres[1]) * scale
    feet = _FEET.match(text)
    if feet:
        return _number(feet[1]) * FOOT_M + (_number(feet[2]) * INCH_M if feet[2] else 0.0)
    return None


def read_angle_deg(raw: str) -> float | None:
    """Return an angle in degrees, or None."""
    match = _DEGREES.match(raw.strip())
    return _number(match[1]) if match else None


def read_tilt_deg(angle: str | None, tilt: str | None) -> float | None:
    """Return the angle below the horizon: `camera:angle` counts downwards, `camera:tilt` upwards."""
    if angle is not None:
        return read_angle_deg(angle)
    value = read_angle_deg(tilt) if tilt is not None else None
    return None if value is None else -value


def _read_heading(text: str) -> Heading | None:
    single = _azimuth(text)
    if single is not None:
        return Heading(single)
    match = _RANGE.match(text)
    if match is None:
        return None
    start, end = _azimuth(match[1]), _azimuth(match[2])
    if start is None or end is None:
        return None
    sweep = (end - start) % 360.0
    return Heading((start + sweep / 2.0) % 360.0, sweep)


def _azimuth(text: str) -> float | None:
    point = text.upper().replace("-", "").replace(" ", "")
    point = _WORDS.get(point, point)
    if point in COMPASS_DEG:
        return COMPASS_DEG[point]
    value = read_angle_deg(text)
    if value is None or not -360.0 <= value <= 360.0:
        return None
    return value % 360.0


def _number(text: str) -> float:
    return float(text.replace(",", "."))
