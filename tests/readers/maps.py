"""Small OpenStreetMap files, written element by element, for the tests of this folder."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import quoteattr

from visavis.readers.osm import OsmExtract, read_osm

Places = list[tuple[float, float]]

# Eleven metres a side, near the equator where a degree is as long as it is wide.
SQUARE: Places = [(0.0, 0.0), (0.0, 1e-4), (1e-4, 1e-4), (1e-4, 0.0)]
YARD: Places = [(2e-5, 2e-5), (2e-5, 6e-5), (6e-5, 6e-5), (6e-5, 2e-5)]


def tagged(tags: dict[str, str]) -> str:
    return "".join(f"<tag k={quoteattr(key)} v={quoteattr(value)}/>" for key, value in tags.items())


def node(number: int, lon: float, lat: float, tags: dict[str, str] | None = None) -> str:
    return f"<node id='{number}' version='1' lon='{lon}' lat='{lat}'>{tagged(tags or {})}</node>"


def nodes(first: int, places: Places) -> str:
    return "".join(node(first + at, *place) for at, place in enumerate(places))


def way(number: int, refs: list[int], tags: dict[str, str] | None = None) -> str:
    inner = "".join(f"<nd ref='{ref}'/>" for ref in refs)
    return f"<way id='{number}' version='1'>{inner}{tagged(tags or {})}</way>"


def relation(number: int, members: list[tuple[int, str]], tags: dict[str, str]) -> str:
    inner = "".join(f"<member type='way' ref='{ref}' role='{role}'/>" for ref, role in members)
    return f"<relation id='{number}' version='1'>{inner}{tagged(tags)}</relation>"


def written(folder: Path, body: str, name: str = "a.osm") -> Path:
    file = folder / name
    file.write_text(f"<osm version='0.6'>{body}</osm>", "utf-8")
    return file


def read(folder: Path, body: str) -> OsmExtract:
    return read_osm(written(folder, body))


def square(tags: dict[str, str], number: int = 5, first: int = 1, places: Places = SQUARE) -> str:
    refs = list(range(first, first + len(places)))
    return nodes(first, places) + way(number, [*refs, first], tags)


def with_yard(way_tags: dict[str, str], relation_tags: dict[str, str]) -> str:
    """A square with a hole: ways 1 (outer) and 2 (inner), relation 7."""
    return (
        nodes(1, SQUARE)
        + nodes(11, YARD)
        + way(1, [1, 2, 3, 4, 1], way_tags)
        + way(2, [11, 12, 13, 14, 11])
        + relation(7, [(1, "outer"), (2, "inner")], {"type": "multipolygon", **relation_tags})
    )


def codes(extract: OsmExtract) -> list[str]:
    return [finding.code for finding in extract.findings]
