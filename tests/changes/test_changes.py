"""Two disclosures of the model town: the second is the first with cameras moved, turned, removed and added."""

from __future__ import annotations

from collections import Counter
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.affinity import translate

from visavis.cameras import CAMERAS, complete
from visavis.changes import CAMERA_CHANGES, Changed, Disclosed, changes_of
from visavis.datasets import model_town
from visavis.model.crs import local_crs
from visavis.readers.cameras import read_cameras
from visavis.readers.reference import read_reference

EARLIER, LATER = "xx/villemodele/2021-cameras", "xx/villemodele/2026-cameras"


@pytest.fixture(scope="module")
def town() -> gpd.GeoDataFrame:
    """The town's cameras as its truth tells them, complete, in metres."""
    file = model_town() / "truth" / "cameras.geojson"
    read, _ = read_cameras(file, disclosure_id=EARLIER, source_id=EARLIER)
    read = read.assign(
        position_sd_m=1.0, azimuth_sd_deg=read["azimuth_deg"].where(read["azimuth_deg"].isna(), 3.0)
    )
    metric = local_crs(read.geometry.x, read.geometry.y)
    return CAMERAS.check(complete(read.to_crs(metric), read_reference().models).cameras)


def later(town: gpd.GeoDataFrame, disclosure: str = LATER) -> gpd.GeoDataFrame:
    """Return the same cameras on a later paper, with ids of their own."""
    ids = [each.replace(EARLIER, disclosure) for each in town["camera_id"]]
    return town.assign(camera_id=ids, disclosure_id=disclosure)


def change(town: gpd.GeoDataFrame, camera: str, /, **values: Any) -> gpd.GeoDataFrame:
    """Return the table with some values of one camera changed; `by` moves it, east and north in metres."""
    rows = town.copy()
    at = rows.index[rows["label"] == camera][0]
    if "by" in values:
        rows.loc[[at], "geometry"] = [translate(rows.geometry[at], *values.pop("by"))]
    for name, value in values.items():
        rows.loc[at, name] = value
    return gpd.GeoDataFrame(rows, geometry="geometry", crs=town.crs)


def compared(before: gpd.GeoDataFrame, after: gpd.GeoDataFrame, *disclosures: Disclosed) -> Changed:
    both = gpd.GeoDataFrame(pd.concat([before, after], ignore_index=True), crs=before.crs)
    return changes_of(both, disclosures or [Disclosed(LATER), Disclosed(EARLIER)])


def told(changed: Changed) -> dict[str, dict[str, Any]]:
    """Return the rows of cameras that did not stay as they were, by label."""
    rows = changed.changes[changed.changes["change"] != "kept"].to_dict("records")
    return {row["label_to"] if isinstance(row["label_to"], str) else row["label_from"]: row for row in rows}


@pytest.fixture(scope="module")
def changed(town: gpd.GeoDataFrame) -> Changed:
    after = later(town)
    after = change(after, "C02", by=(12.0, 5.0))
    after = change(after, "C03", azimuth_deg=(after.set_index("label").loc["C03", "azimuth_deg"] + 90) % 360)
    after = change(after, "C08", by=(0.0, 30.0), azimuth_deg=10.0)
    after = change(after, "C05", kind="fisheye")
    after = change(
        after, "C07", by=(1.5, 0.5), azimuth_deg=after.set_index("label").loc["C07", "azimuth_deg"] + 4
    )
    new = change(after[after["label"] == "C10"], "C10", by=(25.0, 0.0), label="C31", camera_id=f"{LATER}/C31")
    gone = after[~after["label"].isin(["C10", "C21"])]
    return compared(town, gpd.GeoDataFrame(pd.concat([gone, new], ignore_index=True), crs=town.crs))


def test_each_change_is_told_and_nothing_else(town: gpd.GeoDataFrame, changed: Changed) -> None:
    rows = told(changed)
    assert {label: row["change"] for label, row in rows.items()} == {
        "C02": "moved",
        "C03": "turned",
        "C05": "replaced",
        "C08": "moved_and_turned",
        "C10": "removed",
        "C21": "removed",
        "C31": "added",
    }
    assert len(changed.changes) == len(town) + 1
    assert rows["C02"]["moved_m"] == pytest.approx(13.0)
    assert rows["C02"]["moved_sd_m"] == pytest.approx(np.sqrt(2))
    assert rows["C02"]["geometry"].length == pytest.approx(13.0)
    assert rows["C03"]["turned_deg"] == pytest.approx(90.0)
    assert rows["C03"]["turned_sd_deg"] == pytest.approx(np.sqrt(18))
    assert set(changed.changes["order_known"]) == {True}
    CAMERA_CHANGES.check(changed.changes)


def test_what_is_found_is_summed_in_both_languages(changed: Changed) -> None:
    [finding] = changed.findings
    assert finding.code == "changes.compared"
    assert dict(finding.figures) | {"kept": 0} == {
        "earlier": EARLIER,
        "later": LATER,
        "added": 1,
        "removed": 2,
        "moved": 2,
        "turned": 2,
        "kept": 0,
    }
    assert "may still stand" in finding.text_en
    assert "peut toujours exister" in finding.text_fr


def test_the_same_paper_given_again_in_another_order_and_with_other_labels_changes_nothing(
    town: gpd.GeoDataFrame,
) -> None:
    again = later(town).sample(frac=1, random_state=3)
    renumbered = again.assign(label=[f"K{number}" for number in range(len(again))])
    # The labels of the earlier paper, given to other cameras: they then tell nothing.
    mixed = again.assign(label=np.roll(again["label"], 1))
    for after in (again, renumbered, mixed):
        assert set(compared(town, after).changes["change"]) == {"kept"}


def test_a_label_that_turns_up_across_the_town_is_another_camera(town: gpd.GeoDataFrame) -> None:
    rows = compared(town, change(later(town), "C02", by=(150.0, 0.0))).changes
    mine = rows[(rows["label_from"] == "C02") | (rows["label_to"] == "C02")]
    assert sorted(mine["change"]) == ["added", "removed"]


def test_an_unknown_direction_is_neither_kept_nor_turned(town: gpd.GeoDataFrame) -> None:
    after = change(later(town), "C03", azimuth_deg=None, azimuth_sd_deg=None)
    row = compared(town, after).changes.set_index("label_to").loc["C03"]
    assert row["change"] == "kept"
    assert np.isnan(row["turned_deg"])


def test_cameras_that_all_move_alike_make_the_sheet_doubtful(town: gpd.GeoDataFrame) -> None:
    shifted = later(town)
    shifted = shifted.set_geometry(shifted.geometry.translate(14.0, 0.0))
    found = {finding.code: finding for finding in compared(town, shifted).findings}
    assert found["changes.moved-alike"].figures["metres"] == pytest.approx(14.0)
    assert found["changes.moved-alike"].figures["moved"] == len(town)


def test_a_camera_beyond_the_ground_of_the_other_paper_is_marked(town: gpd.GeoDataFrame) -> None:
    far = change(
        later(town)[town["label"] == "C30"], "C30", by=(2_000.0, 0.0), label="C99", camera_id=f"{LATER}/C99"
    )
    after = gpd.GeoDataFrame(pd.concat([later(town), far], ignore_index=True), crs=town.crs)
    rows = told(compared(town, after))
    assert rows["C99"]["change"] == "added"
    assert not rows["C99"]["covered"]


@pytest.mark.parametrize(
    ("one", "other", "known"),
    [
        (Disclosed(EARLIER, "2021-03"), Disclosed(LATER, "2021-04-02"), True),
        (Disclosed(EARLIER, "2021"), Disclosed(LATER, "2021-04-02"), False),
        (Disclosed(EARLIER), Disclosed(LATER), True),
    ],
)
def test_the_earlier_of_two_is_told_by_day_or_year_as_far_as_they_are_known(
    town: gpd.GeoDataFrame, one: Disclosed, other: Disclosed, known: bool
) -> None:
    row = compared(town, later(town), other, one).changes.iloc[0]
    assert (row["earlier_disclosure_id"], row["disclosure_id"]) == (EARLIER, LATER)
    assert row["order_known"] == known
    assert compared(town, later(town), other, one).findings[0].code == (
        "changes.compared" if known else "changes.order-unknown"
    )


def test_only_disclosures_of_one_authority_on_common_ground_are_compared(town: gpd.GeoDataFrame) -> None:
    other = "xx/prefecture/2026-cameras"
    assert compared(town, later(town, other), Disclosed(EARLIER), Disclosed(other)).changes.empty
    away = later(town).set_geometry(town.geometry.translate(9_000.0, 0.0))
    assert compared(town, away).changes.empty
    assert compared(town, later(town)[:0]).changes.empty


@pytest.mark.slow
@settings(max_examples=20)
@given(st.data())
def test_every_camera_of_both_papers_is_in_one_row(town: gpd.GeoDataFrame, data: st.DataObject) -> None:
    size = len(town)
    keep = data.draw(st.lists(st.integers(0, size - 1), unique=True, min_size=1, max_size=12))
    also = data.draw(st.lists(st.integers(0, size - 1), unique=True, min_size=1, max_size=12))
    steps = data.draw(st.lists(st.floats(-60, 60), min_size=2 * len(also), max_size=2 * len(also)))
    moved = later(town).iloc[also]
    moves = [
        translate(place, x, y) for place, x, y in zip(moved.geometry, steps[::2], steps[1::2], strict=True)
    ]
    moved = moved.set_geometry(moves, crs=town.crs)
    rows = compared(town.iloc[keep], moved).changes
    if rows.empty:  # on no common ground
        return
    assert Counter(rows["camera_from"].dropna()) == Counter(town.iloc[keep]["camera_id"])
    assert Counter(rows["camera_to"].dropna()) == Counter(moved["camera_id"])
    assert rows["change_id"].is_unique
