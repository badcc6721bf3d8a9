"""What the page's tests read and do on it."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect
from tests.web.corner import middle_of

FIRST = "1 Rue du Pré"


def looking_at(building: str) -> str:
    """Return the state in which a building stands in the middle of the map."""
    lon, lat = middle_of(building)
    return f"map=19.5/{lat:.6f}/{lon:.6f}"


def said(page: Page) -> str:
    """Return what the panel says once it is written, spaces made plain."""
    expect(page.locator("#panel :is(.card, .rows, .sightings)[aria-busy]")).to_have_count(0)
    return re.sub(r"\s+", " ", page.locator("#panel").inner_text())
