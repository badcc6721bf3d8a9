"""A surveillance object of OpenStreetMap as rows of the camera table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from visavis.model.findings import Finding, raised
from visavis.readers.osm_tags import Heading, read_headings, read_length_m, read_tilt_deg
from visavis.readers.words import WORDS

# https://wiki.openstreetmap.org/wiki/Key:surveillance:type
CAMERA_TYPES: Final = frozenset({"camera", "ALPR", "alpr", "anpr", "ANPR", "webcam", "traffic_camera"})
PLATE_READERS: Final = frozenset({"ALPR", "alpr", "anpr", "ANPR"})
KIND_BY_TYPE: Final = {
    "fixed": "fixed",
    "static": "fixed",
    "bullet": "fixed",
    "panning": "ptz",
    "ptz": "ptz",
    "dome": "dome",
}
HIGHEST_MOUNT_M: Final = 60.0


@dataclass(frozen=True)
class ReadCamera:
    """Rows of CAMERAS_READ without dossier and place, and the doubts about them."""

    rows: tuple[dict[str, Any], ...]
    findings: tuple[Finding, ...]


def read_camera(osm_id: str, tags: Mapping[str, str]) -> ReadCamera:
    """Return one row for each heading of a surveillance object; none where it is no camera."""
    told = tags.get("surveillance:type")
    if told is not None and told not in CAMERA_TYPES:
        return ReadCamera((), (raised(WORDS, "osm.no-camera", osm_id, osm_id=osm_id, value=told),))
    findings: list[Finding] = []
    kind = _kind(osm_id, tags, findings)
    headings = _headings(osm_id, tags, kind, findings)
    common = {
        "standing": "stated",
        "label": tags.get("ref") or tags.get("name"),
        "kind": kind,
        "mount": tags.get("camera:mount"),
        "zone": tags.get("surveillance:zone"),
        "height_m": _height(osm_id, tags, findings),
        "tilt_deg": _tilt(osm_id, tags, findings),
        "valid_from": tags.get("start_date"),
        "source_ref": osm_id,
    }
    rows = tuple(
        {
            **common,
            "camera_id": osm_id if number == 1 else f"{osm_id}#{number}",
            "azimuth_deg": None if heading is None else heading.azimuth_deg,
        }
        for number, heading in enumerate(headings, start=1)
    )
    return ReadCamera(rows, tuple(findings))


def _kind(osm_id: str, tags: Mapping[str, str], findings: list[Finding]) -> str:
    if tags.get("surveillance:type") in PLATE_READERS:
        return "anpr"
    told = tags.get("camera:type")
    if told is None:
        return "unknown"
    if told not in KIND_BY_TYPE:
        findings.append(_unread(osm_id, "camera:type", told))
        return "unknown"
    return KIND_BY_TYPE[told]


def _headings(
    osm_id: str, tags: Mapping[str, str], kind: str, findings: list[Finding]
) -> tuple[Heading | None, ...]:
    tag = "camera:direction" if "camera:direction" in tags else "direction"
    value = tags.get(tag)
    if value is None:
        return (None,)
    headings = read_headings(value)
    if headings is None:
        findings.append(_unread(osm_id, tag, value))
        return (None,)
    if kind == "dome":
        findings.append(raised(WORDS, "osm.dome-with-direction", osm_id, osm_id=osm_id, value=value))
        return headings[:1]
    findings += [
        raised(
            WORDS,
            "osm.direction-range",
            osm_id,
            osm_id=osm_id,
            tag=tag,
            value=value,
            azimuth_deg=heading.azimuth_deg,
        )
        for heading in headings
        if heading.sweep_deg is not None
    ]
    if len(headings) > 1:
        findings.append(
            raised(
                WORDS, "osm.direction-list", osm_id, osm_id=osm_id, tag=tag, value=value, count=len(headings)
            )
        )
    return headings


def _height(osm_id: str, tags: Mapping[str, str], findings: list[Finding]) -> float | None:
    value = tags.get("height")
    if value is None:
        return None
    height = read_length_m(value)
    if height is None:
        findings.append(_unread(osm_id, "height", value))
    elif not 0.0 < height <= HIGHEST_MOUNT_M:
        findings.append(raised(WORDS, "osm.height-implausible", osm_id, osm_id=osm_id, value=value))
        return None
    return height


def _tilt(osm_id: str, tags: Mapping[str, str], findings: list[Finding]) -> float | None:
    angle, tilt = tags.get("camera:angle"), tags.get("camera:tilt")
    if angle is None and tilt is None:
        return None
    value = read_tilt_deg(angle, tilt)
    if value is None or not -90.0 <= value <= 90.0:
        tag, raw = ("camera:angle", angle) if angle is not None else ("camera:tilt", tilt)
        findings.append(_unread(osm_id, tag, str(raw)))
        return None
    return value


def _unread(osm_id: str, tag: str, value: str) -> Finding:
    return raised(WORDS, "osm.tag-unread", osm_id, osm_id=osm_id, tag=tag, value=value)
