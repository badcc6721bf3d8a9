"""The model town as a person meets it: built from its papers, served, and read on the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, expect
from tests.service.server import running
from tests.web.conftest import NO_MAP

from visavis.datasets import model_town
from visavis.pipeline import Options, build
from visavis.service import Settings

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    store = str(tmp_path_factory.mktemp("town") / "town.gpkg")
    papers = model_town()
    build(
        [papers],
        [papers / "town.osm"],
        store,
        clock=lambda: datetime(2026, 11, 23, tzinfo=UTC),
        options=Options(draws=20),
    )
    with running(Settings(store=store)) as where:
        yield where


def features(address: str, collection: str) -> list[dict[str, Any]]:
    answer = httpx.get(f"{address}/collections/{collection}/items", params={"limit": 10_000})
    found: list[dict[str, Any]] = answer.json()["features"]
    return found


def test_every_building_of_the_list_names_the_cameras_that_the_layers_name(
    browser: Browser, town: str
) -> None:
    exposed = features(town, "exposed_buildings")
    page = browser.new_page()
    page.add_init_script(NO_MAP)  # the panels say the same, and are there at once
    page.goto(f"{town}/")
    expect(page.locator(".invented")).to_be_visible()
    expect(page.locator(".count")).to_contain_text(f"{len(exposed)}")
    for building in exposed[:: max(1, len(exposed) // 12)]:
        page.evaluate("id => { location.hash = `building=${id}`; }", building["id"])
        named = page.locator(".sightings [data-camera]")
        expect(named.first).to_be_visible()
        expect(page.locator(".sightings[aria-busy]")).to_have_count(0)
        told = {each.get_attribute("data-camera") for each in named.all()}
        assert told == set(building["properties"]["camera_ids"].split(";"))
    page.context.close()


def test_every_camera_of_the_list_tells_its_direction_as_the_layers_do(browser: Browser, town: str) -> None:
    cameras = {each["id"]: each["properties"] for each in features(town, "cameras")}
    page = browser.new_page(locale="en-GB")
    page.add_init_script(NO_MAP)
    page.goto(f"{town}/#tab=cameras")
    rows = page.locator("#tab-panel [data-camera]")
    expect(rows).to_have_count(len(cameras))
    for row in rows.all():
        camera = cameras[str(row.get_attribute("data-camera"))]
        if camera["azimuth_deg"] is None:
            assert "°" not in (row.text_content() or "")
            assert any(said in (row.text_content() or "") for said in ("all round", "direction not known"))
        else:
            told = re.search(r"\((\d+)°\)", row.text_content() or "")
            assert told is not None
            assert abs((int(told[1]) - camera["azimuth_deg"] + 180) % 360 - 180) <= 0.5
    page.context.close()
