"""The desk's page when things go wrong: a service that stops, two tabs, a file edited by hand; and for everybody."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect
from tests.desk.serving import opened, served
from tests.desk.walking import Walker, come

pytestmark = pytest.mark.browser


def lines(dossier: Path) -> list[str]:
    file = dossier / "corrections.csv"
    return file.read_text("utf-8").splitlines()[1:] if file.is_file() else []


@pytest.mark.slow
def test_an_act_made_while_the_service_is_down_is_kept_and_saved_once_it_is_back(
    browser: Browser, dossier: Path, cache: Path
) -> None:
    with served(opened(dossier, cache)) as address:
        page = come(browser, address)
        walker = Walker(page)
        walker.key("Enter")
        walker.saved()
    page.keyboard.press("Enter")
    expect(page.locator("#saving")).to_contain_text("kept in this browser", timeout=20_000)
    assert len(lines(dossier)) == 1
    with served(opened(dossier, cache), at=int(urlsplit(address).port or 0)):
        expect(page.locator("#saving")).to_have_attribute("data-how", "saved", timeout=30_000)
        assert len(lines(dossier)) == 2
        page.context.close()


@pytest.mark.slow
def test_a_second_tab_shows_what_the_first_did_and_neither_loses_an_act(
    browser: Browser, dossier: Path, cache: Path
) -> None:
    with served(opened(dossier, cache)) as address:
        first = come(browser, address)
        second = first.context.new_page()
        second.goto(address)
        second.wait_for_selector("#desk[data-ready]")
        first.keyboard.press("Enter")
        Walker(first).saved()
        expect(second.locator("#panel")).to_contain_text("29 cameras left", timeout=20_000)
        second.keyboard.press("n")
        second.keyboard.press("Enter")
        Walker(second).saved()
        expect(first.locator("#panel")).to_contain_text("28 cameras left", timeout=20_000)
        assert len(lines(dossier)) == 2
        first.context.close()


@pytest.mark.slow
def test_a_mistake_made_in_the_file_by_hand_is_told_with_its_row_and_no_line_is_lost(
    browser: Browser, dossier: Path, cache: Path
) -> None:
    with served(opened(dossier, cache)) as address:
        page = come(browser, address)
        page.keyboard.press("Enter")
        Walker(page).saved()
        file = dossier / "corrections.csv"
        sound = file.read_text("utf-8")
        file.write_text(sound + "dance,C01,,,M,2026-11-02\n", "utf-8")
        expect(page.locator("body")).to_contain_text(re.compile(r"dance.*is no act"), timeout=20_000)
        page.keyboard.press("Enter")
        expect(page.locator("#saving")).not_to_have_attribute("data-how", "saved", timeout=20_000)
        assert file.read_text("utf-8").startswith(sound)
        assert "dance,C01" in file.read_text("utf-8")
        file.write_text(sound, "utf-8")
        expect(page.locator("#saving")).to_have_attribute("data-how", "saved", timeout=30_000)
        page.context.close()


@pytest.mark.slow
@pytest.mark.parametrize(("locale", "scheme"), [("en-GB", "light"), ("fr-FR", "dark")])
def test_axe_finds_nothing_in_any_part_of_the_desk(
    browser: Browser, dossier: Path, cache: Path, axe: str, locale: str, scheme: Literal["light", "dark"]
) -> None:
    with served(opened(dossier, cache)) as address:
        page = come(browser, address, locale=locale, scheme=scheme)
        for part in ("1", "2", "3", "4", "?"):
            page.keyboard.press(part)
            page.wait_for_timeout(300)
            page.evaluate(axe)
            found = page.evaluate("async () => (await axe.run()).violations.map((each) => each.id)")
            assert found == [], part
        page.context.close()
