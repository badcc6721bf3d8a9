"""The map in one file: it needs nothing else, and nothing from data becomes markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from tests.store.by_hand import AWKWARD, record, rows, street

from visavis.exports import export
from visavis.layers.legend import legend
from visavis.model.provenance import Source
from visavis.store import Store, open_store, write_store


@pytest.fixture
def map_file(store: Store, leaflet: Path, tmp_path: Path) -> Path:
    export(store, "exposures", "html", tmp_path / "map.html")
    return tmp_path / "map.html"


class Fetched(HTMLParser):
    """Collects what a browser would fetch for a page, and the text of its styles."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.styles: list[str] = []
        self._in_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_style = tag == "style"
        self.addresses += [
            value or ""
            for name, value in attrs
            if name in ("src", "srcset", "data", "poster", "background") or (name == "href" and tag == "link")
        ]
        self.styles += [value or "" for name, value in attrs if name == "style"]

    def handle_data(self, data: str) -> None:
        if self._in_style:
            self.styles.append(data)


def test_the_map_names_no_resource_outside_itself(map_file: Path) -> None:
    page = Fetched()
    page.feed(map_file.read_text("utf-8"))
    assert page.addresses == []
    named = re.findall(r"@import[^;]*|url\(\s*['\"]?(?!data:|#)[^)]*", " ".join(page.styles))
    assert named == []


def test_the_map_shows_legend_sources_and_the_mark(map_file: Path) -> None:
    text = map_file.read_text("utf-8")
    for layer in ("cameras", "exposed_buildings", "exposures", "views", "spaces"):
        for entry in legend()[layer]:
            assert entry["colour"] in text
    for words in (
        "Invented place, no real camera · Lieu inventé, aucune caméra réelle",
        "Buildings, © Somebody &amp; &lt;others&gt;, ODbL-1.0, https://example.org/osm",
        f"build {record().build_id}",
        "to be checked on site",
        "à vérifier sur place",
    ):
        assert words in text


def test_the_same_build_gives_the_same_map(store: Store, map_file: Path, tmp_path: Path) -> None:
    export(store, "exposures", "html", tmp_path / "again.html")
    assert (tmp_path / "again.html").read_bytes() == map_file.read_bytes()


@pytest.mark.slow
def test_a_real_place_bears_no_mark(leaflet: Path, tmp_path: Path) -> None:
    write_store(str(tmp_path / "real.gpkg"), street(), record(sources=(Source("a", "A", "CC0-1.0", "A"),)))
    store = open_store(str(tmp_path / "real.gpkg"))
    export(store, "cameras", "html", tmp_path / "map.html")
    store.close()
    assert "Invented place" not in (tmp_path / "map.html").read_text("utf-8")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page without network that keeps its errors and requests."""
    context = browser.new_context(offline=True)
    opened = context.new_page()
    yield opened
    context.close()


@pytest.mark.browser
def test_the_map_works_offline_in_a_browser(map_file: Path, page: Page) -> None:
    errors: list[str] = []
    asked: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(map_file.as_uri())
    page.wait_for_selector("path.leaflet-interactive")
    spatial = rows()
    shown = sum(len(spatial[name]) for name in ("spaces", "exposed_buildings", "exposures", "cameras"))
    assert page.locator("path.leaflet-interactive").count() == shown
    views = page.get_by_text("Views · Champs de vision").locator("xpath=ancestor::label").locator("input")
    views.check()
    assert page.locator("path.leaflet-interactive").count() == shown + len(spatial["views"])
    assert not errors
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []


@pytest.mark.slow
@pytest.mark.browser
def test_what_comes_from_data_stays_text(leaflet: Path, page: Page, tmp_path: Path) -> None:
    markup = (
        "<img src=x onerror=\"document.title='caught'\"></script><script>document.title='caught'</script>"
    )
    trap = markup + "{{ 7*7 }}{% if 1 %}{# gone #}{% endif %}"
    buildings = [row | {"name": trap, "address": trap} for row in rows()["exposed_buildings"]]
    traps = record(sources=(Source(trap, trap, trap, trap, url="javascript:alert(1)", invented=True),))
    write_store(str(tmp_path / "trap.gpkg"), street(exposed_buildings=buildings), traps)
    store = open_store(str(tmp_path / "trap.gpkg"))
    export(store, "exposed_buildings", "html", tmp_path / "map.html")
    store.close()
    page.goto((tmp_path / "map.html").as_uri())
    page.wait_for_selector("path.leaflet-interactive")
    page.locator("path.leaflet-interactive").nth(4).dispatch_event("click")
    popup = page.locator(".leaflet-popup-content")
    popup.wait_for()
    assert trap in popup.inner_text()
    assert trap in page.locator("aside.visavis").inner_text()
    assert page.title() == trap
    assert page.locator("img[src=x]").count() == 0
    assert page.locator("a[href^=javascript]").count() == 0


@pytest.mark.browser
def test_a_click_on_a_camera_says_what_is_known_of_it(map_file: Path, page: Page) -> None:
    page.goto(map_file.as_uri())
    page.wait_for_selector("path.leaflet-interactive")
    cameras = sorted(row["camera_id"] for row in rows()["cameras"])
    awkward = next(
        i
        for i, row in enumerate(sorted(rows()["cameras"], key=lambda r: r["camera_id"]))
        if row["label"] == AWKWARD
    )
    page.locator("path.leaflet-interactive").nth(-len(cameras) + awkward).dispatch_event("click")
    popup = page.locator(".leaflet-popup-content")
    popup.wait_for()
    said = popup.inner_text()
    assert AWKWARD in said
    assert "dome camera, all round · caméra dôme, tout autour" in said
    assert "5.0 m" in said
