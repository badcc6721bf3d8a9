"""Two disclosures of one corner: what became of its cameras, on the map, in the key, and in a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import geopandas as gpd
import httpx
import pandas as pd
import pytest
from playwright.sync_api import Browser, Page, expect
from shapely.affinity import translate
from tests.service.server import running
from tests.web import corner

from visavis.cameras import CAMERAS
from visavis.changes import CAMERA_CHANGES, Disclosed, changes_of
from visavis.model.crs import STORED_CRS, local_crs
from visavis.service import Settings
from visavis.store import write_store

pytestmark = pytest.mark.browser

OLD = "xx/corner/2019-cameras"


def two_papers() -> dict[str, pd.DataFrame]:
    """Return the corner as two papers tell it: on the older, C1 stands elsewhere, C3 is missing, and there is a C9."""
    tables = corner.tables()
    rows = tables["cameras"].to_dict("records")
    older: list[dict[str, Any]] = []
    for row in rows:
        place = translate(row["geometry"], 25 / 76_000, 0) if row["label"] == "C1" else row["geometry"]
        label = "C9" if row["label"] == "C3" else row["label"]
        place = translate(place, 0, 80 / 111_200) if label == "C9" else place
        camera = f"{OLD}/{label[:2]}"
        older.append(
            row
            | {"camera_id": camera, "disclosure_id": OLD, "label": label, "geometry": place, "source_id": OLD}
        )
    cameras = CAMERAS.frame([*rows, *older])
    metric = local_crs(cameras.geometry.x, cameras.geometry.y)
    found = changes_of(
        cameras.to_crs(metric), [Disclosed(OLD, "2019-02"), Disclosed(corner.DOSSIER, "2024-05-03")]
    )
    record = tables["disclosures"].to_dict("records")[0]
    old = record | {
        "disclosure_id": OLD,
        "title": "Corner, the map of 2019",
        "answered_on": "2019-02",
        "cameras_withheld": 0,
    }
    disclosures = pd.concat([tables["disclosures"], pd.DataFrame([old])], ignore_index=True)
    changes = CAMERA_CHANGES.check(gpd.GeoDataFrame(found.changes).to_crs(STORED_CRS))
    return tables | {
        "cameras": cameras.sort_values("camera_id", ignore_index=True),
        "disclosures": disclosures.sort_values("disclosure_id", ignore_index=True),
        "camera_changes": changes.sort_values("change_id", ignore_index=True),
    }


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    file = tmp_path_factory.mktemp("two") / "two.gpkg"
    write_store(str(file), two_papers(), corner.record())
    with running(Settings(store=str(file))) as where:
        yield where


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(
        locale="en-GB", reduced_motion="reduce", viewport={"width": 1280, "height": 800}
    )
    opened = context.new_page()
    troubles: list[str] = []
    opened.on("pageerror", lambda error: troubles.append(str(error)))
    opened.on("console", lambda line: troubles.append(line.text) if line.type == "error" else None)
    yield opened
    context.close()
    assert troubles == []


def test_two_disclosures_are_compared_on_map_and_in_a_table_and_the_address_keeps_which(
    page: Page, address: str, axe: str
) -> None:
    page.goto(f"{address}/#tab=changes&from={OLD}&to={corner.DOSSIER}")
    page.wait_for_selector("#map[data-idle]")
    panel = page.locator(".changes")
    expect(panel).to_contain_text(
        "From “Corner, the map of 2019 (February 2019)” to “Corner, municipal cameras (3 May 2024)”."
    )
    rows = panel.locator("tbody tr")
    expect(rows).to_have_count(3)
    assert [row.inner_text().split("\n")[0].split("\t")[0].strip() for row in rows.all()] == [
        "C3",
        "C9",
        "C1",
    ]
    expect(rows.nth(2)).to_contain_text("moved")
    expect(rows.nth(2)).to_contain_text("by 25 m (± 2.1 m)")
    expect(panel).to_contain_text("2 no change beyond the errors")
    page.evaluate(axe)
    found = page.evaluate("axe.run().then(({violations}) => violations.map(each => each.id))")
    assert found == []
    drawn = page.locator("#map canvas").screenshot()
    panel.get_by_role("checkbox", name="on the earlier paper only").uncheck()
    expect(rows).to_have_count(2)
    assert "hide=changes.removed" in page.url
    page.wait_for_selector("#map[data-idle]")
    assert page.locator("#map canvas").screenshot() != drawn
    link = panel.get_by_role("link", name="CSV").get_attribute("href") or ""
    assert len(httpx.get(link).text.strip().splitlines()) == 1 + 5
    panel.locator("[data-camera$=C1]").click()
    expect(page.locator(".card h2")).to_have_text("C1")
    history = page.locator("[data-history-of] [data-change=moved]")
    expect(history).to_contain_text("by 25 m (± 2.1 m)")
    expect(history.locator(f"[data-camera='{OLD}/C1']")).to_contain_text(
        "the same camera in “Corner, the map of 2019"
    )
    page.go_back()
    expect(rows).to_have_count(2)
    page.get_by_role("button", name="Français").click()
    expect(page.get_by_role("tab", name="Évolutions")).to_have_attribute("aria-selected", "true")
    expect(rows.nth(1)).to_contain_text("de 25 m (± 2,1 m)")
    # Of several papers, the legend says whose cameras are shown.
    page.locator("[data-filter='disclosures.xx/corner/2019-cameras']").uncheck()
    page.get_by_role("tab", name="Caméras").click()
    expect(page.locator("#tab-panel [data-camera]")).to_have_count(4)
