"""A surveillance object of OpenStreetMap as rows of the camera table.

A list of directions makes one row for each: `osm:node/123`, `osm:node/123#2` and so on, in the order of the tag.
A range gives its middle, and a finding: it may be what a moving camera sweeps or the edges of what a fixed one sees.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from visavis.model.findings import Finding, raised
from visavis.readers.osm_tags import (
    CIRCLE_DEG,
    Heading,
    read_angle_deg,
    read_count,
    read_date,
    read_headings,
    read_length_m,
)
from visavis.readers.words import WORDS

# https://wiki.openstreetmap.org/wiki/Key:surveillance:type, in small letters.
PLATE_READERS: Final = frozenset({"alpr", "anpr", "lpr"})
CAMERA_TYPES: Final = PLATE_READERS | {"camera", "cctv", "webcam", "video", "traffic_camera"}
# https://wiki.openstreetmap.org/wiki/Key:camera:type, and words in use beside it.
KIND_BY_TYPE: Final = {
    "fixed": "fixed",
    "static": "fixed",
    "bullet": "fixed",
    "panning": "ptz",
    "ptz": "ptz",
    "dome": "dome",
    "fisheye": "fisheye",
    "multisensor": "multisensor",
    "multi_sensor": "multisensor",
}
# As the camera room's bounds: they catch a wrong unit, not an unusual mount.
HIGHEST_MOUNT_M: Final = 60.0
STEEPEST_DEG: Final = 90.0


@dataclass(frozen=True)
class ReadCamera:
    """Rows of CAMERAS_READ without dossier and place, and the doubts about them."""

    rows: tuple[dict[str, Any], ...]
    findings: tuple[Finding, ...]


def is_surveillance(tags: Mapping[str, str]) -> bool:
    """Tell whether the object is one of surveillance, a camera or not."""
    return tags.get("man_made") == "surveillance"


def read_camera(osm_id: str, tags: Mapping[str, str]) -> ReadCamera:
    """Return one row for each heading of a surveillance object; none where it is no camera."""
    told = tags.get("surveillance:type")
    types = _listed(told)
    if types and not CAMERA_TYPES.intersection(types) and not any(key.startswith("camera:") for key in tags):
        return ReadCamera((), (_told(osm_id, "osm.no-camera", value=str(told)),))
    reading = _Reading(osm_id, tags)
    headings = reading.headings()
    kinds = ["anpr"] * len(headings) if PLATE_READERS.intersection(types) else reading.kinds(len(headings))
    common = {
        "standing": "stated",
        "label": tags.get("ref") or tags.get("name"),
        "mount": tags.get("camera:mount"),
        "zone": tags.get("surveillance:zone"),
        "height_m": reading.height_m(),
        "tilt_deg": reading.tilt_deg(),
        "valid_from": reading.date("start_date"),
        "valid_to": reading.date("end_date"),
        "source_ref": osm_id,
    }
    if "dome" in kinds and headings[0] is not None:
        reading.doubt("osm.dome-with-direction", value=reading.direction[1])
    if set(kinds) == {"dome"}:
        headings, kinds = headings[:1], kinds[:1]
    elif len(headings) > 1:
        tag, value = reading.direction
        reading.doubt("osm.direction-list", tag=tag, value=value, count=len(headings))
    rows = tuple(
        {
            **common,
            "camera_id": osm_id if number == 1 else f"{osm_id}#{number}",
            "kind": kind,
            "azimuth_deg": None if heading is None else heading.azimuth_deg,
        }
        for number, (heading, kind) in enumerate(zip(headings, kinds, strict=True), start=1)
    )
    reading.circumstances(len(rows))
    return ReadCamera(rows, tuple(reading.findings))


class _Reading:
    """The tags of one object while they are read, and what could not be."""

    def __init__(self, osm_id: str, tags: Mapping[str, str]) -> None:
        self.osm_id, self.tags = osm_id, tags
        self.findings: list[Finding] = []
        self.direction = ("", "")

    def doubt(self, code: str, **figures: Any) -> None:
        self.findings.append(_told(self.osm_id, code, **figures))

    def unread(self, tag: str) -> None:
        self.doubt("osm.tag-unread", tag=tag, value=self.tags[tag])

    def kinds(self, count: int) -> list[str]:
        """Return one kind a heading: a list of types goes with a list of directions of the same length."""
        told = _listed(self.tags.get("camera:type"))
        if not told:
            return ["unknown"] * count
        kinds = [KIND_BY_TYPE.get(each) for each in told]
        if None in kinds or len(kinds) not in {1, count}:
            self.unread("camera:type")
            return ["unknown"] * count
        known = [kind for kind in kinds if kind is not None]
        return known if len(known) == count else known * count

    def headings(self) -> tuple[Heading | None, ...]:
        read: dict[str, tuple[Heading, ...]] = {}
        for tag in ("camera:direction", "direction"):
            if tag in self.tags:
                headings = read_headings(self.tags[tag])
                if headings is None:
                    self.unread(tag)
                else:
                    read[tag] = headings
        if not read:
            return (None,)
        if len(set(read.values())) > 1:
            self._differ("camera:direction", "direction")
        tag, headings = next(iter(read.items()))
        self.direction = (tag, self.tags[tag])
        for heading in headings:
            if heading.sweep_deg == CIRCLE_DEG:
                self.doubt("osm.direction-all-round", tag=tag, value=self.tags[tag])
            elif heading.sweep_deg is not None:
                self.doubt(
                    "osm.direction-range",
                    tag=tag,
                    value=self.tags[tag],
                    azimuth_deg=heading.azimuth_deg or 0.0,
                )
        return headings

    def height_m(self) -> float | None:
        if "height" not in self.tags:
            return None
        height = read_length_m(self.tags["height"])
        if height is None:
            self.unread("height")
        elif not 0.0 < height <= HIGHEST_MOUNT_M:
            self.doubt("osm.height-implausible", value=self.tags["height"])
            return None
        return height

    def tilt_deg(self) -> float | None:
        """Return the angle below the horizon: `camera:angle` counts downwards, `camera:tilt` upwards."""
        read: dict[str, float] = {}
        for tag, sign in (("camera:angle", 1.0), ("camera:tilt", -1.0)):
            if tag in self.tags:
                angle = read_angle_deg(self.tags[tag])
                if angle is None or abs(angle) > STEEPEST_DEG:
                    self.unread(tag)
                else:
                    read[tag] = sign * angle
        if len(set(read.values())) > 1:
            self._differ("camera:angle", "camera:tilt")
        for tag, tilt in read.items():
            if tilt < 0.0:
                self.doubt("osm.camera-looks-up", tag=tag, value=self.tags[tag])
            return tilt
        return None

    def date(self, tag: str) -> str | None:
        if tag not in self.tags:
            return None
        day = read_date(self.tags[tag])
        if day is None:
            self.unread(tag)
        return day

    def circumstances(self, rows: int) -> None:
        """Tell what the table has no column for: cameras indoors, and several on one node."""
        level = read_count(self.tags.get("level", ""))
        if self.tags.get("surveillance") == "indoor" or self.tags.get("indoor") == "yes":
            self.doubt("osm.camera-indoor")
        elif (level is not None and level < 0) or self.tags.get("location") == "underground":
            self.doubt("osm.camera-below-ground")
        if "camera:count" in self.tags and read_count(self.tags["camera:count"]) != float(rows):
            self.doubt("osm.camera-count", value=self.tags["camera:count"], count=rows)

    def _differ(self, tag: str, other: str) -> None:
        self.doubt(
            "osm.tags-differ", tag=tag, value=self.tags[tag], other=other, other_value=self.tags[other]
        )


def _listed(value: str | None) -> list[str]:
    return [part.strip().lower() for part in (value or "").split(";") if part.strip()]


def _told(osm_id: str, code: str, **figures: Any) -> Finding:
    return raised(WORDS, code, osm_id, osm_id=osm_id, **figures)
