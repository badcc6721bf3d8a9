"""What a resident meets on the map itself."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.web.conftest import Open
from tests.web.saying import FIRST, looking_at, said

pytestmark = pytest.mark.browser


def click_the_middle(page: Page) -> None:
    page.locator("#map canvas").click()


@pytest.mark.slow
def test_a_click_on_a_building_says_the_same_as_the_list_and_one_on_the_ground_closes_the_card(
    opened: Open,
) -> None:
    page = opened(looking_at("osm:way/1"), drawn=True)
    click_the_middle(page)
    expect(page.locator(".card h2")).to_have_text(FIRST)
    expect(page.locator(".sightings > li")).to_have_count(2)
    assert "building=osm:way/1" in page.url
    expect(page.locator(".picture[aria-busy=false]").first).to_be_visible()
    by_map = said(page)
    page.locator("#map canvas").click(position={"x": 700, "y": 20})
    expect(page.get_by_role("tab", name="Buildings")).to_be_visible()
    by_list = opened("building=osm:way/1")
    expect(by_list.locator(".picture[aria-busy=false]").first).to_be_visible()
    assert by_map == said(by_list)


def test_the_legend_filters_map_and_list_and_the_address_keeps_it(opened: Open) -> None:
    page = opened(looking_at("osm:way/3"), drawn=True)
    page.get_by_role("checkbox", name="possible").uncheck()
    expect(page.locator("#tab-panel [data-building]")).to_have_count(2)
    expect(page.locator(".count")).to_contain_text("Some are hidden by the legend.")
    # What is hidden does not answer on the map: what stands below it does.
    click_the_middle(page)
    expect(page.locator(".card h2")).to_have_text("Address unknown (3)")
    expect(page.locator(".kicker")).to_have_text("other private building")
    page.go_back()
    page.reload()
    expect(page.locator("#tab-panel [data-building]")).to_have_count(2)
    page.get_by_role("checkbox", name="pan-tilt-zoom camera").uncheck()
    expect(page.locator("#tab-panel [data-building]")).to_have_count(1)


def test_the_map_turns_to_three_dimensions_and_to_what_a_camera_sees_and_back(opened: Open) -> None:
    page = opened("camera=xx/corner/2024-cameras/C1", drawn=True)
    solid = page.get_by_role("button", name="Buildings in three dimensions")
    expect(solid).to_have_attribute("aria-pressed", "false")
    flat = page.locator("#map canvas").screenshot()
    through = page.get_by_role("button", name="See what it sees")
    through.click()
    expect(through).to_have_attribute("aria-pressed", "true")
    expect(through).to_be_focused()
    page.wait_for_selector("#map[data-idle]")
    assert "view=eye" in page.url
    seen = page.locator("#map canvas").screenshot()
    through.click()
    page.wait_for_selector("#map[data-idle]")
    assert "view=solid" in page.url
    assert len({flat, seen, page.locator("#map canvas").screenshot()}) == 3
    solid.click()
    assert "view=" not in page.url
    # Nobody can look through a camera of which nobody knows where it looks.
    other = opened("camera=xx/corner/2024-cameras/C3")
    expect(other.locator("[data-viewed-by]")).to_be_visible()
    expect(other.get_by_role("button", name="See what it sees")).to_have_count(0)


def test_on_a_narrow_page_the_map_stands_above_the_list(opened: Open) -> None:
    page = opened(width=320, height=780)
    over, under = page.locator(".map-region").bounding_box(), page.locator("#panel").bounding_box()
    assert over is not None
    assert under is not None
    assert over["y"] + over["height"] <= under["y"] + 1


def test_a_small_screen_first_shows_a_drawing_and_loads_the_map_when_it_is_touched_and_prints_it(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 780}, locale="en-GB", reduced_motion="reduce"
    )
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/")
    expect(page.locator("#tab-panel [data-building]")).to_have_count(4)
    expect(page.locator(".first-look img")).to_have_js_property("complete", True)
    assert not [url for url in asked if "/map-" in url]
    page.get_by_role("button", name="Open the map").click()
    page.wait_for_selector("#map[data-idle]")
    expect(page.locator(".first-look")).to_have_count(0)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator(".printed")).to_have_attribute("src", re.compile("^data:image/png;base64,.{2000}"))
    page.emulate_media(media="print")
    expect(page.locator(".printed")).to_be_visible()
    expect(page.get_by_role("combobox")).to_be_hidden()
    context.close()


def test_without_webgl_the_list_says_it_all(opened: Open) -> None:
    page = opened()
    expect(page.locator(".message")).to_contain_text("needs WebGL 2")
