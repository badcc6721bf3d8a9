"""What a resident meets on the page, in a real browser before the real service."""

from __future__ import annotations

import re

import httpx
import pytest
from playwright.sync_api import Page, expect
from tests.web.conftest import Open
from tests.web.corner import HOSTILE, middle_of

pytestmark = pytest.mark.browser

FIRST = "1 Rue du Pré"


def looking_at(building: str) -> str:
    """Return the state in which a building stands in the middle of the map."""
    lon, lat = middle_of(building)
    return f"map=19.5/{lat:.6f}/{lon:.6f}"


def click_the_middle(page: Page) -> None:
    page.locator("#map canvas").click()


def said(page: Page) -> str:
    """Return what the panel says, spaces made plain."""
    return re.sub(r"\s+", " ", page.locator("#panel").inner_text())


def test_the_first_look_says_what_this_is_and_what_is_withheld(opened: Open) -> None:
    page = opened()
    expect(page.locator(".invented")).to_have_text("Invented town: no real place, no real camera.")
    intro = said(page)
    assert "The town of Corner disclosed where 4 cameras stand (3 May 2024)." in intro
    assert "3 more exist whose places are withheld." in intro
    assert "4 private buildings" in intro
    assert "to be checked on site" in intro


def test_a_click_on_a_building_says_which_cameras_how_surely_and_how_sharply(opened: Open) -> None:
    page = opened(looking_at("osm:way/1"))
    click_the_middle(page)
    expect(page.locator(".card h2")).to_have_text(FIRST)
    expect(page.locator(".sightings > li")).to_have_count(2)
    panel = said(page)
    for sentence in (
        "2 cameras could view this building. Computed, to be checked on site.",
        "certain, 100 %",
        "could recognise someone known",
        "up to 143 px/m, from 18 m away",
        "12 m of façade (25 % of it)",
        "42 m² of garden or courtyard (25 % of it) · 60 %",
        "possible, 19 % (± 4)",
        "mount height, tilt and height of the building",
        "Code de la sécurité intérieure, L.251-3",
        "Plan of the corner",
    ):
        assert sentence in panel
    assert "building=osm:way/1" in page.url


def test_a_building_says_which_floors_and_what_is_on_them(opened: Open) -> None:
    page = opened(f"{looking_at('osm:way/1')}&building=osm:way/1")
    floors = page.locator("[data-floors]")
    expect(floors).to_contain_text("Ground floor")
    expect(floors).to_contain_text("other private building")
    expect(floors).to_contain_text("Floors 1 to 2")
    expect(floors).to_contain_text("counted by 3 m")
    # The level of 143 px/m on the newer scale.
    expect(page.locator("#panel")).to_contain_text("IEC 62676-4:2025: perceive")


def test_a_camera_that_zooms_says_how_far_and_how_it_tilts(opened: Open) -> None:
    page = opened("camera=xx/corner/2024-cameras/C2")
    expect(page.locator("#panel")).to_contain_text("At full zoom")
    expect(page.locator("#panel")).to_contain_text("2° across")
    expect(page.locator("#panel")).to_contain_text("from 15° above the horizon to 90° below the horizon")


def test_the_list_says_the_same_as_the_map(opened: Open) -> None:
    by_map = opened(looking_at("osm:way/2"))
    click_the_middle(by_map)
    expect(by_map.locator(".sightings > li")).to_have_count(1)
    by_list = opened()
    by_list.get_by_role("button", name="2 Rue de l’École").click()
    expect(by_list.locator(".sightings > li")).to_have_count(1)
    assert said(by_map) == said(by_list)


def test_the_list_holds_every_exposed_building_the_surest_first(opened: Open, address: str) -> None:
    served = httpx.get(f"{address}/collections/exposed_buildings/items", params={"limit": 100}).json()
    page = opened()
    rows = page.locator("#tab-panel [data-building]")
    expect(rows).to_have_count(len(served["features"]))
    assert [row.get_attribute("data-building") for row in rows.all()] == [
        "osm:way/1",
        "osm:way/2",
        "osm:way/3",
        "osm:way/4",
    ]


def test_a_building_that_no_camera_views_says_so(opened: Open) -> None:
    page = opened(looking_at("osm:way/5"))
    click_the_middle(page)
    expect(page.locator(".card h2")).to_have_text("9 Rue du Pré")
    expect(page.locator("#panel")).to_contain_text("No camera of this map could view it")


def test_a_public_building_is_told_apart(opened: Open) -> None:
    page = opened(looking_at("osm:way/6"))
    click_the_middle(page)
    expect(page.locator("#panel")).to_contain_text("not a private building")


def test_a_click_on_the_ground_closes_the_card(opened: Open) -> None:
    page = opened(f"{looking_at('osm:way/1')}&building=osm:way/1")
    expect(page.locator(".sightings > li")).to_have_count(2)
    page.locator("#map canvas").click(position={"x": 700, "y": 20})
    expect(page.get_by_role("tab", name="Buildings")).to_be_visible()


def test_a_camera_says_what_is_known_and_what_is_assumed(opened: Open) -> None:
    page = opened("camera=xx/corner/2024-cameras/C1")
    expect(page.locator("[data-viewed-by]")).to_be_visible()
    panel = said(page)
    for sentence in (
        "It could view 1 private building.",
        "towards the south (180° ± 6°)",
        "5 m ± 2.2 m assumed",
        "15° below the horizon assumed",
        "read by a program",
        "page 1, symbol 1",
    ):
        assert sentence in panel


def test_an_unknown_direction_is_told_and_is_not_north(opened: Open) -> None:
    page = opened("camera=xx/corner/2024-cameras/C3")
    expect(page.locator("[data-viewed-by]")).to_be_visible()
    panel = said(page)
    assert "not known: it may point anywhere" in panel
    assert "north" not in panel
    assert "Nobody says where C3 points." in panel


def test_the_language_changes_everything_and_stays(opened: Open) -> None:
    page = opened("camera=xx/corner/2024-cameras/C3")
    expect(page.locator("[data-viewed-by]")).to_be_visible()
    page.get_by_role("button", name="Français").click()
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    panel = said(page)
    assert "inconnue : elle peut pointer n’importe où" in panel
    assert "Personne ne dit où pointe C3." in panel
    assert "Légende" in page.locator(".legend").inner_text()
    page.reload()
    expect(page.locator(".invented")).to_have_text("Ville inventée : aucun lieu réel, aucune caméra réelle.")


def test_a_french_browser_is_answered_in_french(opened: Open) -> None:
    page = opened(locale="fr-CH")
    expect(page.get_by_role("tab", name="Bâtiments")).to_be_visible()


def test_the_page_is_walked_by_keyboard_alone(opened: Open) -> None:
    page = opened()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip the map")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("tab", name="Buildings")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Cameras")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Find a camera")).to_be_focused()
    page.keyboard.press("Tab")
    first = page.locator("[data-camera]").first
    expect(first).to_be_focused()
    page.keyboard.press("Enter")
    heading = page.locator(".card h2")
    expect(heading).to_be_focused()
    expect(page.locator("[data-viewed-by]")).to_be_visible()
    expect(heading).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("button", name="Back to the list")).to_be_focused()
    page.keyboard.press("Enter")
    expect(first).to_be_focused()


def test_the_back_button_of_the_browser_closes_the_card(opened: Open) -> None:
    page = opened()
    page.get_by_role("button", name=FIRST).click()
    expect(page.locator(".card h2")).to_have_text(FIRST)
    page.go_back()
    expect(page.get_by_role("button", name=FIRST)).to_be_visible()


def test_the_legend_filters_map_and_list_and_the_address_keeps_it(opened: Open) -> None:
    page = opened()
    page.get_by_role("checkbox", name="possible").uncheck()
    expect(page.locator("#tab-panel [data-building]")).to_have_count(2)
    expect(page.locator(".count")).to_contain_text("Some are hidden by the legend.")
    page.reload()
    expect(page.locator("#tab-panel [data-building]")).to_have_count(2)
    page.get_by_role("checkbox", name="pan-tilt-zoom camera").uncheck()
    expect(page.locator("#tab-panel [data-building]")).to_have_count(1)


def test_what_is_hidden_does_not_answer_on_the_map(opened: Open) -> None:
    page = opened(f"hide=sureness.possible&{looking_at('osm:way/3')}")
    click_the_middle(page)
    expect(page.locator(".card h2")).to_have_text("Address unknown (3)")
    expect(page.locator(".kicker")).to_have_text("other private building")


def test_an_address_is_found_without_its_accents_and_nothing_is_sent(opened: Open) -> None:
    page = opened()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.get_by_label("Find an address").fill("ecole rue")
    expect(page.locator("#tab-panel [data-building]")).to_have_count(1)
    expect(page.locator("#tab-panel [data-building]")).to_contain_text("2 Rue de l’École")
    page.get_by_label("Find an address").fill("nowhere")
    expect(page.locator(".count")).to_contain_text("Nothing here matches.")
    assert asked == []


def test_what_data_says_is_never_run(opened: Open) -> None:
    page = opened("tab=cameras")
    expect(page.locator("#tab-panel")).to_contain_text(HOSTILE)
    page.locator("[data-camera$=C4]").click()
    expect(page.locator(".card h2")).to_have_text(HOSTILE)
    assert page.locator("#page img[onerror], #page img[src=x]").count() == 0
    assert page.title().startswith("visavis")


def test_without_webgl_the_list_says_it_all(opened: Open) -> None:
    no_webgl = """
        const get = HTMLCanvasElement.prototype.getContext;
        HTMLCanvasElement.prototype.getContext = function (kind, ...more) {
            return kind.startsWith('webgl') ? null : get.call(this, kind, ...more);
        };
    """
    page = opened(before=no_webgl, wait=False)
    expect(page.locator(".message")).to_contain_text("needs WebGL 2")
    page.get_by_role("button", name=FIRST).click()
    expect(page.locator(".sightings > li")).to_have_count(2)


def test_the_narrow_page_has_the_map_above_the_list_and_nothing_sticks_out(opened: Open) -> None:
    for width in (320, 390):
        page = opened(width=width, height=780)
        over, under = page.locator(".map-region").bounding_box(), page.locator("#panel").bounding_box()
        assert over is not None
        assert under is not None
        assert over["y"] + over["height"] <= under["y"] + 1
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_about_tells_sources_withheld_and_claims(opened: Open) -> None:
    page = opened("tab=about")
    about = said(page)
    for sentence in (
        "Cameras near the mill",
        "Reason given: public security",
        "7 | 9",
        "The town of Corner (invented) · CC0-1.0",
        "Built on 23 November 2026 with visavis 0.1.0.",
    ):
        assert sentence in about
    whole = page.get_by_role("link", name="The whole dossier").first.get_attribute("href")
    assert whole is not None
    assert whole.endswith("/dossiers/xx%2Fcorner%2F2024-cameras?f=html&lang=en")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing_in_any_state(opened: Open, axe: str, width: int, scheme: str) -> None:
    page = opened(width=width, scheme=scheme)
    page.evaluate(axe)
    states = {
        "": "#find-building",
        "tab=cameras": "#find-camera",
        "tab=about": ".about",
        "building=osm:way/1": ".sightings",
        "camera=xx/corner/2024-cameras/C1": "[data-viewed-by]",
        "building=nowhere": ".card .lead",
    }
    for state, sign in states.items():
        page.evaluate("state => { location.hash = state; }", state)
        expect(page.locator(sign).first).to_be_visible()
        for language in ("en", "fr"):
            page.locator(f"[data-language={language}]").click()
            found = page.evaluate("axe.run().then(({violations}) => violations)")
            assert [(state, each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []


@pytest.mark.parametrize(
    ("locale", "computed", "shown", "left"),
    [
        ("en-GB", "Computed picture, not a photograph.", "Show suggested privacy masks", "stays in view"),
        (
            "fr-FR",
            "Image calculée, pas une photographie.",
            "Montrer les masques suggérés",
            "reste alors visible",
        ),
    ],
)
def test_a_camera_shows_its_computed_picture_and_the_masks_that_would_cover_what_is_private(
    opened: Open, locale: str, computed: str, shown: str, left: str
) -> None:
    page = opened("camera=xx/corner/2024-cameras/C1", locale=locale)
    figure = page.locator(".picture")
    expect(figure.locator("figcaption")).to_contain_text(computed, timeout=60_000)
    image = figure.locator("img")
    expect(image).to_have_js_property("complete", True)
    assert image.evaluate("image => image.naturalWidth") > 100
    assert "masks" not in (image.get_attribute("src") or "")
    expect(figure.locator(".mask-words")).to_have_count(0)
    figure.get_by_label(shown).check()
    expect(figure.locator(".mask-words").last).to_contain_text(left)
    assert "masks=yes" in (figure.locator("img").get_attribute("src") or "")
    whole = figure.locator("figcaption a").first.get_attribute("href")
    assert whole is not None
    assert httpx.get(whole).headers["content-type"] == "image/svg+xml"


@pytest.mark.parametrize(
    ("locale", "place", "licence", "refused"),
    [
        ("en-GB", "plan.pdf, page 2, at 111, 208 (points", "Licence of the sheet: CC0-1.0", "not shown"),
        ("fr-FR", "plan.pdf, page 2, à 111, 208 (points", "Licence du plan : CC0-1.0", "non montré"),
    ],
)
def test_a_camera_shows_the_sheet_that_it_was_read_from_where_its_licence_allows(
    opened: Open, locale: str, place: str, licence: str, refused: str
) -> None:
    page = opened("camera=xx/corner/2024-cameras/C1", locale=locale)
    sheet = page.locator("[data-sheet-of]")
    expect(sheet).to_contain_text(place)
    expect(sheet).to_contain_text(licence)
    expect(sheet.locator("img")).to_have_js_property("naturalWidth", 1)
    page.evaluate("location.hash = 'camera=xx/corner/2024-cameras/C2'")
    expect(sheet).to_contain_text(refused)
    expect(sheet.locator("img")).to_have_count(0)
    page.evaluate("location.hash = 'camera=xx/corner/2024-cameras/C3'")
    expect(page.locator("[data-picture-of$=C3]")).to_be_visible()
    expect(sheet).to_have_count(0)


def test_no_masks_are_offered_where_nobody_knows_which_way_a_camera_looks(opened: Open) -> None:
    page = opened("camera=xx/corner/2024-cameras/C3")
    expect(page.locator(".picture figcaption")).to_contain_text(
        "nobody knows which way it looks", timeout=60_000
    )
    expect(page.locator(".picture input")).to_have_count(0)
