"""The desk on a busy plan turned by 20°, whose kinds stand in a table on its second page."""

from __future__ import annotations

import json
import shutil
import statistics
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.desk.planting import Camera
from tests.desk.serving import opened, served
from tests.desk.walking import Walker, come, off_deg

pytestmark = [pytest.mark.browser, pytest.mark.shared, pytest.mark.long]

RECORD = """
id: zz/test/2026-c1
title: Test sheet C1
authority: Nobody
country: XX
invented: true
licence: CC0-1.0
attribution: Nobody
request: {asked_on: 2026-03-01, answered_on: 2026-04-02, status: disclosed}
documents:
  - {id: plan, title: Plan, kind: map, status: disclosed, file: vector.pdf}
sheets:
  - {file: vector.pdf, georef: vector.georef.json, symbols: vector.symbols.csv}
"""
# As many as tell; the rest is the same.
_LOOKED_AT = 12


@pytest.fixture
def plan(shared: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "c1"
    folder.mkdir()
    for name in ("vector.pdf", "vector.georef.json", "vector.symbols.csv"):
        shutil.copy(shared / "digitising" / "C1" / name, folder / name)
    (folder / "disclosure.yml").write_text(RECORD, "utf-8")
    return folder


def test_cameras_are_confirmed_by_a_key_each_and_one_that_was_added_can_be_taken_back(
    browser: Browser, shared: Path, plan: Path, cache: Path
) -> None:
    desk = opened(plan, cache)
    _, rows = desk.now()
    assert len(rows) == 90
    with served(desk) as address:
        page = come(browser, address)
        walker = Walker(page)
        truth = _truth(shared / "digitising" / "C1" / "truth.geojson", walker)
        for _ in range(_LOOKED_AT):
            walker.look_at(truth)
        assert statistics.median(acts for _, acts in walker.acts) == 1
        assert [wrong for wrong, _ in walker.acts if wrong] == []
        walker.key("0", "a")
        walker.press(truth[0].x + 150, truth[0].y + 150)
        walker.saved()
        assert len(walker.cameras()) == 91
        walker.key("Control+z")
        walker.saved()
        assert len([each for each in walker.cameras() if not each["deleted"]]) == 90
        page.context.close()
    lines = (plan / "corrections.csv").read_text("utf-8").splitlines()
    assert len(lines) == 1 + _LOOKED_AT
    _, again = opened(plan, cache).now()
    reviewed = {each.label: each for each in again.values() if each.standing == "reviewed"}
    assert len(reviewed) == _LOOKED_AT
    for true in truth:
        if true.label in reviewed:
            row = reviewed[true.label]
            assert row.kind == true.kind
            assert off_deg(row.azimuth_deg, true.azimuth_deg) <= 1
            assert row.reviewed_by == "M"


def _truth(file: Path, walker: Walker) -> list[Camera]:
    """Return the truth in pixels of the desk's picture, which is so many to a point as one camera tells."""
    features = json.loads(file.read_text("utf-8"))["features"]
    at = {each["label"]: each for each in walker.cameras()}
    first = features[0]["properties"]
    scale = at[first["label"]]["x"] / first["sheet_xy"]["vector"][0]
    return [
        Camera(
            told["label"],
            told["kind"],
            told["sheet_xy"]["vector"][0] * scale,
            told["sheet_xy"]["vector"][1] * scale,
            *each["geometry"]["coordinates"],
            told["azimuth_deg"],
        )
        for each in features
        for told in [each["properties"]]
    ]
