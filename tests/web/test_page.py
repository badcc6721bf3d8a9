"""What a resident reads on the page, in a real browser before the real service; the map stands in test_map.py."""

from __future__ import annotations

import httpx
import pytest
from playwright.sync_api import Browser, Route, expect
from tests.web.conftest import NO_MAP, Open
from tests.web.corner import HOSTILE
from tests.web.saying import FIRST, said

pytestmark = pytest.mark.browser


@pytest.mark.slow
def test_the_first_look_says_what_this_is_and_lists_all_that_is_exposed_the_surest_first(
    opened: Open, address: str
) -> None:
    page = opened()
    expect(page.locator(".invented")).to_have_text("Invented town: no real place, no real camera.")
    for sentence in (
        "The town of Corner disclosed where 4 cameras stand (3 May 2024).",
        "3 more exist whose places are withheld.",
        "4 private buildings",
        "to be checked on site",
    ):
        assert sentence in said(page)
    served = httpx.get(f"{address}/collections/exposed_buildings/items", params={"limit": 100}).json()
    rows = page.locator("#tab-panel [data-building]")
    expect(rows).to_have_count(len(served["features"]))
    assert [row.get_attribute("data-building") for row in rows.all()] == [
        "osm:way/1",
        "osm:way/2",
        "osm:way/3",
        "osm:way/4",
    ]


@pytest.mark.slow
def test_a_building_says_which_cameras_how_surely_and_why_how_sharply_and_which_part(opened: Open) -> None:
    page = opened("building=osm:way/1")
    expect(page.locator(".sightings > li")).to_have_count(2)
    for sentence in (
        "2 cameras could view this building. Computed, to be checked on site.",
        "certain, 100 %",
        "With its place (± 1.5 m), its direction (± 6°), its height (± 2.2 m)",
        "Nobody says where it points, so this is never more than possible.",
        "could recognise someone known",
        # The level of 143 px/m on the newer scale.
        "IEC 62676-4:2025: perceive",
        "up to 143 px/m, from 18 m away",
        "12 m of façade (25 % of it) facing north",
        "42 m² of garden or courtyard (25 % of it) · 60 %",
        "possible, 19 % (± 4)",
        "mount height, tilt and height of the building",
        "Ground floor",
        "other private building",
        "Floors 1 to 2",
        "counted by 3 m",
        "no camera films homes",
        "The town of Corner, 3 May 2024",
        "Code de la sécurité intérieure, L.251-3",
        "Plan of the corner",
    ):
        assert sentence in said(page), sentence
    picture = page.locator(".picture img").first
    expect(picture).to_have_js_property("complete", True)
    expect(page.locator(".picture figcaption").first).to_contain_text("The dark line marks this building.")


def test_a_map_of_very_many_cameras_loads_none_before_the_reader_says_so(
    browser: Browser, address: str
) -> None:
    page = browser.new_page(locale="fr-CH")
    page.add_init_script(NO_MAP)
    served = httpx.get(f"{address}/", headers={"accept": "text/html"}).text
    many = served.replace("&quot;cameras&quot;: 4", "&quot;cameras&quot;: 200000")
    assert many != served
    page.route(f"{address}/", lambda route: route.fulfill(body=many, content_type="text/html"))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/")
    expect(page.locator("#panel .lead")).to_contain_text("200\u202f000\xa0caméras")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("link", name="the list in words")).to_be_visible()
    assert not [url for url in asked if "/collections/" in url]
    page.get_by_role("button", name="Load all of them here").click()
    expect(page.locator("#tab-panel [data-building]")).to_have_count(4)
    page.context.close()


@pytest.mark.parametrize(
    ("building", "heading", "told"),
    [
        ("osm:way/5", "9 Rue du Pré", "No camera of this map could view it"),
        ("osm:way/6", "Mairie, 1 Place du Pré", "not a private building"),
        ("nowhere", "Address unknown (nowhere)", "No camera of this map could view it"),
    ],
)
def test_a_building_that_is_not_exposed_says_why(
    opened: Open, building: str, heading: str, told: str
) -> None:
    page = opened(f"building={building}")
    expect(page.locator(".card h2")).to_have_text(heading)
    expect(page.locator("#panel")).to_contain_text(told)


def test_a_camera_says_what_is_known_and_what_is_assumed(opened: Open) -> None:
    page = opened("camera=xx/corner/2024-cameras/C1")
    expect(page.locator("[data-viewed-by]")).to_be_visible()
    for sentence in (
        "It could view 1 private building.",
        "towards the south (180° ± 6°)",
        "5 m ± 2.2 m assumed",
        "15° below the horizon assumed",
        "read by a program",
        "page 1, symbol 1",
        "Its model is not disclosed",
    ):
        assert sentence in said(page)
    zooming = opened("camera=c2")  # the only one so labelled
    assert "camera=xx/corner/2024-cameras/C2" in zooming.url
    expect(zooming.locator("#panel")).to_contain_text("At full zoom")
    expect(zooming.locator("#panel")).to_contain_text("2° across")
    expect(zooming.locator("#panel")).to_contain_text("from 15° above the horizon to 90° below the horizon")


def test_an_unknown_direction_is_told_and_is_not_north_in_either_language(opened: Open) -> None:
    page = opened("camera=xx/corner/2024-cameras/C3", fresh=True)
    expect(page.locator("[data-viewed-by]")).to_be_visible()
    panel = said(page)
    assert "not known: it may point anywhere" in panel
    assert "north" not in panel
    assert "Nobody says where C3 points." in panel
    page.get_by_role("button", name="Français").click()
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    panel = said(page)
    assert "inconnue : elle peut pointer n’importe où" in panel
    assert "Personne ne dit où pointe C3." in panel
    page.reload()
    expect(page.locator(".invented")).to_have_text("Ville inventée : aucun lieu réel, aucune caméra réelle.")
    page.get_by_role("button", name="English").click()


def test_a_language_chosen_while_the_page_loads_is_that_of_all_of_it(opened: Open) -> None:
    page = opened(fresh=True)
    held: list[Route] = []
    page.route("**/collections/**", lambda route: held.append(route))
    page.reload()
    page.get_by_role("button", name="Français").click()
    page.unroute("**/collections/**")  # and all that was held goes on
    expect(page.get_by_role("tab", name="Bâtiments")).to_be_visible()
    expect(page.locator(".legend > summary")).to_have_text("Légende")
    expect(page.locator(".tagline")).to_have_text("Ce que des caméras déclarées pourraient voir")
    expect(page.get_by_role("button", name="Français")).to_have_attribute("aria-pressed", "true")
    assert held
    page.get_by_role("button", name="English").click()


def test_a_french_browser_is_answered_in_french(opened: Open) -> None:
    page = opened(locale="fr-CH")
    expect(page.get_by_role("tab", name="Bâtiments")).to_be_visible()


def test_the_page_is_walked_by_keyboard_alone(opened: Open) -> None:
    page = opened(fresh=True)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip the map")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("slider")).to_be_focused()
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


def test_what_data_says_is_never_run(opened: Open) -> None:
    page = opened("tab=cameras")
    expect(page.locator("#tab-panel")).to_contain_text(HOSTILE)
    page.locator("[data-camera$=C4]").click()
    expect(page.locator(".card h2")).to_have_text(HOSTILE)
    assert page.locator("#page img[onerror], #page img[src=x]").count() == 0
    assert page.title().startswith("visavis")


def test_a_year_shows_only_what_is_known_to_have_stood_and_is_kept_in_the_address(opened: Open) -> None:
    page = opened("year=2015&tab=cameras")
    expect(page.locator("output[for=year]")).to_have_text("3 known to stand in 2015")
    expect(page.locator("#tab-panel [data-camera]")).to_have_count(3)
    slider = page.get_by_role("slider")
    slider.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#tab-panel [data-camera]")).to_have_count(4)
    assert "year=2016" in page.url
    expect(slider).to_be_focused()
    page.keyboard.press("End")
    expect(page.locator("output[for=year]")).to_have_text("all that are known")
    assert "year" not in page.url


def test_what_is_shown_can_be_taken_into_other_programs(opened: Open) -> None:
    page = opened("tab=about&hide=sureness.possible")
    page.get_by_text("Use this in QGIS, Python or R").click()
    link = page.get_by_role("link", name="Download").get_attribute("href")
    assert link is not None
    assert f'read_file("{link}")' in page.locator("pre").nth(1).inner_text()
    told = httpx.get(link).json()["features"]
    assert {each["properties"]["sureness"] for each in told} == {"certain", "likely"}


def test_about_tells_sources_withheld_and_claims(opened: Open) -> None:
    page = opened("tab=about")
    for sentence in (
        "Cameras near the mill",
        "Reason given: public security",
        "7 | 9",
        "The town of Corner (invented) · CC0-1.0",
        "Built on 23 November 2026 with visavis 0.1.0.",
    ):
        assert sentence in said(page)
    whole = page.get_by_role("link", name="The whole dossier").first.get_attribute("href")
    assert whole is not None
    assert whole.endswith("/dossiers/xx%2Fcorner%2F2024-cameras?f=html&lang=en")


@pytest.mark.slow
def test_a_camera_shows_its_computed_picture_and_the_masks_that_would_cover_what_is_private(
    opened: Open,
) -> None:
    page = opened("camera=xx/corner/2024-cameras/C1")
    figure = page.locator(".picture")
    expect(figure.locator("figcaption")).to_contain_text("Computed picture, not a photograph.")
    image = figure.locator("img")
    expect(image).to_have_js_property("complete", True)
    assert image.evaluate("image => image.naturalWidth") > 100
    expect(figure.locator(".mask-words")).to_have_count(0)
    figure.get_by_label("Show suggested privacy masks").check()
    expect(figure.locator(".mask-words").last).to_contain_text("stays in view")
    assert "masks=yes" in (figure.locator("img").get_attribute("src") or "")
    whole = figure.locator("figcaption a").first.get_attribute("href")
    assert whole is not None
    assert httpx.get(whole).headers["content-type"] == "image/svg+xml"
    figure.get_by_label("Show suggested privacy masks").uncheck()
    # Of a camera that nobody knows the direction of, none are offered.
    other = opened("camera=xx/corner/2024-cameras/C3")
    expect(other.locator(".picture figcaption")).to_contain_text("nobody knows which way it looks")
    expect(other.locator(".picture input")).to_have_count(0)


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


@pytest.mark.slow
@pytest.mark.parametrize(
    ("width", "height", "scheme", "locale"), [(1280, 800, "light", "en-GB"), (320, 700, "dark", "fr-FR")]
)
def test_axe_finds_nothing_in_any_state_and_nothing_sticks_out(
    opened: Open, axe: str, width: int, height: int, scheme: str, locale: str
) -> None:
    states = {
        "": "#tab-panel .rows",
        "tab=cameras": "#find-camera",
        "tab=about": ".about",
        "building=osm:way/1": ".sightings .picture[aria-busy=false]",
        "camera=xx/corner/2024-cameras/C1": "[data-viewed-by]",
        "building=nowhere": ".card .lead",
        "tab=cameras&year=2015&hide=sureness.possible": "#find-camera",
        "camera=xx/corner/2024-cameras/C1&view=solid": "[data-viewed-by]",
        "camera=xx/corner/2024-cameras/C1&view=eye": "[data-viewed-by]",
    }
    drawn = width > 1000  # with the map, its legend and its buttons
    page = opened(width=width, height=height, scheme=scheme, locale=locale, drawn=drawn)
    page.evaluate(axe)
    for state, sign in states.items():
        opened(state, width=width, height=height, scheme=scheme, locale=locale, drawn=drawn)
        expect(page.locator(sign).first).to_be_visible()
        found = page.evaluate("axe.run().then(({violations}) => violations)")
        assert [(state, each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width, state
