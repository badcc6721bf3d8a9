"""What the tags of OpenStreetMap say of a building, a ground or an address; also for files with OSM's column names.

Heights are told as they stand: `height` in metres, and storeys (`building:levels` with `roof:levels`) as a number;
the spaces room makes one height of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from visavis.model.findings import Finding, raised
from visavis.readers.osm_tags import read_count, read_length_m
from visavis.readers.words import WORDS

# https://wiki.openstreetmap.org/wiki/Key:building:levels
LEVEL_M: Final = 3.0
# The tallest building is 828 m with 163 storeys (Burj Khalifa).
HIGHEST_M: Final = 900.0
MOST_LEVELS: Final = 170.0

# Values of `building` for what does not stand there.
ABSENT: Final = frozenset({"proposed", "planned", "demolished", "razed", "removed", "collapsed", "entrance"})

# What else an object is, where `amenity` says nothing; the spaces room's table knows the words.
USES: Final = ("amenity", "healthcare", "diplomatic", "office", "tourism")

# https://wiki.openstreetmap.org/wiki/Key:garden:type: gardens that are open to others.
OPEN_GARDENS: Final = frozenset(
    {"community", "botanical", "arboretum", "castle", "monastery", "zen", "rosarium"}
)
OPEN_ACCESS: Final = frozenset({"yes", "public", "permissive", "customers", "destination", "permit"})
# Private only where `access=private` says so.
YARDS: Final = {
    "place": frozenset({"courtyard"}),
    "man_made": frozenset({"courtyard"}),
    "leisure": frozenset({"swimming_pool"}),
    "landuse": frozenset({"grass", "garden", "orchard", "meadow", "village_green"}),
}


def is_building(tags: Mapping[str, str]) -> bool:
    """Tell whether the tags are those of a building; `building=no` says that it is none."""
    return tags.get("building", "no") != "no"


def ground_of(tags: Mapping[str, str]) -> str | None:
    """Return what private ground it could be: a home's garden, a garden that does not say whose, a closed yard."""
    access = tags.get("access")
    if tags.get("leisure") == "garden":
        if tags.get("garden:type") == "residential" and access not in OPEN_ACCESS:
            return "residential_garden"
        shared = access in OPEN_ACCESS or (access is None and tags.get("garden:type") in OPEN_GARDENS)
        return None if shared else "garden"
    if access != "private":
        return None
    return next((tags[key] for key, values in YARDS.items() if tags.get(key) in values), None)


def address_of(tags: Mapping[str, str]) -> str | None:
    """Return house number and street, or the number alone."""
    number, street = tags.get("addr:housenumber"), tags.get("addr:street") or tags.get("addr:place")
    return f"{number} {street}" if number and street else number


def _shop(tags: Mapping[str, str]) -> str | None:
    """Return that a building holds a shop, whatever it sells."""
    return "shop" if tags.get("shop", "no") not in {"no", "vacant"} else None


def read_building(building_id: str, tags: Mapping[str, str]) -> tuple[dict[str, Any] | None, list[Finding]]:
    """Return a row of BUILDINGS without source and outline, or None where it does not stand above ground."""
    findings: list[Finding] = []

    def doubt(code: str, **figures: Any) -> None:
        findings.append(raised(WORDS, code, building_id, osm_id=building_id, **figures))

    def read(tag: str, parse: Any, least: float, most: float) -> float | None:
        if tag not in tags:
            return None
        value: float | None = parse(tags[tag])
        if value is None or not least <= value <= most:
            doubt("osm.tag-unread", tag=tag, value=tags[tag])
            return None
        return value

    if tags.get("building") in ABSENT:
        doubt("osm.building-absent", value=tags["building"])
        return None, findings
    if tags.get("location") == "underground":
        doubt("osm.building-underground")
        return None, findings
    if (read_count(tags.get("layer", "")) or 0.0) < 0.0:
        doubt("osm.building-lower-layer", value=tags["layer"])
    tiny = 0.1
    height = read("height", read_length_m, tiny, HIGHEST_M)
    levels = read("building:levels", read_count, tiny, MOST_LEVELS)
    roof = read("roof:levels", read_count, 0.0, MOST_LEVELS)
    base = read("min_height", read_length_m, 0.0, HIGHEST_M)
    below = read("building:min_level", read_count, 0.0, MOST_LEVELS)
    row = {
        "building_id": building_id,
        "building": tags.get("building"),
        "amenity": next((tags[key] for key in USES if key in tags), None) or _shop(tags),
        "name": tags.get("name"),
        "address": address_of(tags),
        "height_m": height,
        "levels": None if levels is None else levels + (roof or 0.0),
        "base_m": base if base is not None else None if below is None else below * LEVEL_M,
        "flats": read("building:flats", read_count, 0.0, 10_000.0),
    }
    return row, findings
