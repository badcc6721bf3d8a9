"""A resident looks for their building, by an address that is misspelt, and reads what could view it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from tests.web.conftest import Open
from tests.web.saying import said

pytestmark = pytest.mark.browser

MISSPELT = "rue de l'ecolle 2"
MEANT = "2 Rue de l’École"


def asked_of(page: Page) -> list[str]:
    """Return what the page asks from now on, as it asks."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    return asked


@pytest.mark.slow
@pytest.mark.parametrize(("width", "height"), [(1280, 800), (320, 700)])
def test_a_misspelt_address_leads_to_the_building_by_keyboard_and_nobody_learns_which(
    opened: Open, width: int, height: int
) -> None:
    page = opened(width=width, height=height, fresh=True)
    asked = asked_of(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    field = page.get_by_role("combobox", name="Find my building by its address")
    expect(field).to_be_focused()
    expect(page.locator(".found")).to_contain_text("nothing you type is sent")
    page.keyboard.type(MISSPELT)
    choice = page.get_by_role("option").first
    expect(choice).to_contain_text(MEANT)
    page.keyboard.press("ArrowDown")
    expect(choice).to_have_attribute("aria-selected", "true")
    assert field.get_attribute("aria-activedescendant") == choice.get_attribute("id")
    page.keyboard.press("Enter")
    heading = page.locator(".card h2")
    expect(heading).to_have_text(MEANT)
    expect(heading).to_be_focused()
    expect(page.locator("[data-why]")).to_contain_text("what it can be turned to")
    expect(page.locator(".picture[aria-busy=false]")).to_be_visible()
    page.get_by_label("Which letter").select_option("access")
    expect(page.get_by_label("The letter")).to_have_value(re.compile("Corner"))
    assert any(url.endswith("/addresses") for url in asked)
    for url in asked:
        assert "way/2" not in url
        assert "way%2F2" not in url
        assert "ecol" not in url.lower()


def test_a_building_that_no_camera_views_is_found_too(opened: Open) -> None:
    page = opened()
    asked = asked_of(page)
    page.get_by_role("combobox").fill("9 rue du pre")
    page.get_by_role("option").first.click()
    expect(page.locator(".card h2")).to_have_text("9 Rue du Pré")
    expect(page.locator("#panel")).to_contain_text("No camera of this map could view it")
    assert not [url for url in asked if "way" in url]


def test_a_number_that_is_not_known_leads_to_the_next_and_says_so(opened: Open) -> None:
    page = opened()
    page.get_by_role("combobox").fill("7 rue du pré")
    expect(page.get_by_role("option").first).to_contain_text("9 Rue du Pré")
    expect(page.get_by_role("option").first).to_contain_text("nearest number known")
    page.get_by_role("combobox").fill("nowhere at all")
    expect(page.locator(".found")).to_contain_text("No address is like “nowhere at all”")
    assert "4 private buildings" in said(page)
