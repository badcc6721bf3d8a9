"""How much a phone has to load: the page's files, compressed as for a slow line."""

from __future__ import annotations

import gzip
import re

import pytest

from visavis.service.pages import PAGE

KB = 1_000


def compressed(*names: str) -> int:
    """Return the bytes of some files over the wire."""
    return sum(len(gzip.compress((PAGE / name).read_bytes(), 9)) for name in names)


@pytest.fixture(scope="module")
def files() -> dict[str, list[str]]:
    """The page's scripts and styles: its own, those of the map, and what is loaded when it is asked for."""
    if not (PAGE / "index.html").is_file():
        pytest.fail("the page is not built: run python hatch_build.py")
    named = [f"assets/{file.name}" for file in (PAGE / "assets").iterdir()]
    first = re.findall(r"assets/[\w.-]+", (PAGE / "index.html").read_text("utf-8"))
    map_ = [name for name in named if re.search(r"/(map|maplibre)[\w.-]*$", name)]
    return {"first": first, "map": map_, "later": [each for each in named if each not in (*first, *map_)]}


def test_the_page_without_the_map_is_small(files: dict[str, list[str]]) -> None:
    assert files["first"]
    assert compressed("index.html", *files["first"]) <= 60 * KB


def test_what_is_our_own_stays_within_80_kb_and_with_maplibre_within_530_kb(
    files: dict[str, list[str]],
) -> None:
    assert len(files["map"]) >= 2
    # All but MapLibre; the little of ours that is bundled with it is counted with the map.
    assert compressed(*files["first"], *files["later"]) <= 80 * KB
    assert compressed(*files["first"], *files["map"], *files["later"]) <= 530 * KB
