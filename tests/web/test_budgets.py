"""How much a phone has to load: the page's files, compressed as for a slow line."""

from __future__ import annotations

import gzip
import re

import pytest

from visavis.service.pages import PAGE

KB = 1_000
MAPLIBRE = re.compile(r"assets/maplibre")


def compressed(*names: str) -> int:
    """Return the bytes of some files over the wire."""
    return sum(len(gzip.compress((PAGE / name).read_bytes(), 9)) for name in names)


def loaded(page: str) -> dict[str, list[str]]:
    """Return a page's scripts and styles: those it begins with, and those that they may ask for later."""
    if not (PAGE / page).is_file():
        pytest.fail("the page is not built: run python hatch_build.py")
    there = {f"assets/{file.name}" for file in (PAGE / "assets").iterdir()}
    first = re.findall(r"assets/[\w.-]+", (PAGE / page).read_text("utf-8"))
    found, waiting = set(first), list(first)
    while waiting:
        name = waiting.pop()
        if not name.endswith(".js"):
            continue
        named = re.findall(r"[\w.-]+\.(?:js|css)\b", (PAGE / name).read_text("utf-8"))
        fresh = {f"assets/{each}" for each in named} & there - found
        found |= fresh
        waiting += fresh
    return {"first": first, "later": sorted(found - set(first))}


def test_the_page_without_the_map_is_small() -> None:
    first = loaded("index.html")["first"]
    assert first
    assert compressed("index.html", *first) <= 60 * KB


def test_what_is_our_own_stays_within_80_kb_and_with_maplibre_within_530_kb() -> None:
    files = loaded("index.html")
    everything = [*files["first"], *files["later"]]
    theirs = [name for name in everything if MAPLIBRE.match(name)]
    assert len(theirs) >= 2
    assert compressed(*(name for name in everything if name not in theirs)) <= 80 * KB
    assert compressed(*everything) <= 530 * KB


def test_the_page_loads_nothing_of_the_desk_and_the_desk_is_small_without_the_map() -> None:
    page, desk = loaded("index.html"), loaded("desk.html")
    shared = {*page["first"], *page["later"]} & {*desk["first"], *desk["later"]}
    own = [name for name in (*desk["first"], *desk["later"]) if name not in shared]
    assert own
    assert not any(MAPLIBRE.match(name) for name in desk["first"])
    # Its own, and what it shares with the page but for MapLibre.
    ours = [*own, *(name for name in shared if not MAPLIBRE.match(name))]
    assert compressed("desk.html", *ours) <= 45 * KB
