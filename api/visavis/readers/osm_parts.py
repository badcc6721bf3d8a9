"""What the tags of OpenStreetMap say of parts of buildings, passages under them, and what is in them.

https://wiki.openstreetmap.org/wiki/Simple_3D_Buildings: a part's `height` and `building:levels` count from the ground,
those below its `min_height` or `building:min_level` included.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from visavis.model.findings import Finding
from visavis.readers.osm_buildings import ABSENT, is_building, read_building
from visavis.readers.osm_tags import read_count, read_length_m

# A shop that is not there.
_EMPTY_SHOPS: Final = frozenset({"no", "vacant", "disused"})
# Keys whose value says what is there.
_USE_KEYS: Final = ("amenity", "healthcare", "diplomatic", "office", "tourism")
# Amenities that are shops in all but the key.
_LIKE_SHOPS: Final = frozenset(
    {
        "restaurant",
        "cafe",
        "bar",
        "pub",
        "fast_food",
        "food_court",
        "ice_cream",
        "bank",
        "bureau_de_change",
        "nightclub",
        "studio",
        "driving_school",
        "casino",
    }
)
_WIDEST_M: Final = 40.0
_HIGHEST_M: Final = 30.0


def is_part(tags: Mapping[str, str]) -> bool:
    """Tell whether the tags are those of a part of a building, and not of the building as well."""
    told = tags.get("building:part", "no")
    return told != "no" and told not in ABSENT and not is_building(tags)


def is_passage(tags: Mapping[str, str]) -> bool:
    """Tell whether a way runs under a building."""
    return tags.get("tunnel") == "building_passage" and tags.get("highway", "construction") != "construction"


def read_part(part_id: str, tags: Mapping[str, str]) -> tuple[dict[str, Any] | None, list[Finding]]:
    """Return a row of PARTS without source and outline, or None where it does not stand above ground."""
    row, findings = read_building(part_id, tags)
    if row is None:
        return None, findings
    kept = {name: row[name] for name in ("height_m", "levels", "base_m")}
    return {"part_id": part_id, "part": tags["building:part"], **kept}, findings


def read_passage(passage_id: str, tags: Mapping[str, str]) -> dict[str, Any]:
    """Return a row of PASSAGES without source and line.

    The ceiling is as high as `maxheight:physical`, `height` or `maxheight` says, in this order: the last is what
    the law allows, and lower.
    """
    heights = (read_length_m(tags.get(key, "")) for key in ("maxheight:physical", "height", "maxheight"))
    widths = (read_length_m(tags.get(key, "")) for key in ("width", "est_width"))
    return {
        "passage_id": passage_id,
        "way": tags["highway"],
        "width_m": next((each for each in widths if each is not None and 0.5 <= each <= _WIDEST_M), None),
        "clear_m": next((each for each in heights if each is not None and 1.5 <= each <= _HIGHEST_M), None),
    }


def use_of(tags: Mapping[str, str]) -> str | None:
    """Return what is at a place, in one word: OSM's own, or `shop` for all that sells or serves."""
    for key in _USE_KEYS:
        if key in tags:
            return "shop" if tags[key] in _LIKE_SHOPS else tags[key]
    if tags.get("shop", "no") not in _EMPTY_SHOPS or "craft" in tags:
        return "shop"
    return None


def floor_of(tags: Mapping[str, str]) -> float | None:
    """Return the storey that something is on; None where it names none, or several."""
    return read_count(tags.get("level", ""))
