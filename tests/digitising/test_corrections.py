"""A person's corrections are replayed on what was read; a line that fits nothing any more is told and kept."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from visavis.cameras import CAMERAS_READ
from visavis.digitising import ControlPoint, annotation_for, read_annotations, write_annotation
from visavis.digitising.annotation import Annotation
from visavis.digitising.corrections import (
    ACTS,
    Corrected,
    Correction,
    correct,
    for_no_sheet,
    read_correction,
    set_control_points,
    written,
)
from visavis.digitising.listed import UNPLACED
from visavis.model.errors import DossierError
from visavis.model.vocabulary import CAMERA_KINDS

LON, LAT = 2.35, 48.85
PLACE = {"longitude": LON, "latitude": LAT}
ELSEWHERE = {"longitude": LON + 0.001, "latitude": LAT}


def cameras(*rows: dict[str, Any]) -> gpd.GeoDataFrame:
    base = {
        "disclosure_id": "d",
        "standing": "detected",
        "kind": "fixed",
        "label": "C1",
        "azimuth_deg": 90.0,
        "azimuth_sd_deg": 2.0,
        "position_sd_m": 0.5,
        "assumed": "position_sd_m=rule",
        "source_id": "s",
        "geometry": shapely.Point(LON, LAT),
    }
    return CAMERAS_READ.frame([{**base, "camera_id": "d:a:C1", **row} for row in rows or ({},)])


def unplaced(*ids: str) -> pd.DataFrame:
    common = {"disclosure_id": "d", "standing": "detected", "kind": "unknown", "source_id": "s"}
    about = {"why": "place-unknown", "file": "list.csv", "where": "row 2", "words": "Rue A"}
    return UNPLACED.frame([{**common, **about, "camera_id": each, "label": each} for each in ids])


def replay(read: gpd.GeoDataFrame, *lines: Correction, left: pd.DataFrame | None = None) -> Corrected:
    return correct(read, unplaced() if left is None else left, lines, disclosure_id="d", source_id="s")


def line(act: str, subject: str = "d:a:C1", before: Any = (), after: Any = ()) -> Correction:
    return Correction(act, subject, dict(before), dict(after), "m", "2026-11-02", 2)


def codes(corrected: Corrected) -> list[str]:
    return [finding.code for finding in corrected.findings]


def test_a_confirmed_camera_is_reviewed_and_else_as_it_was() -> None:
    read = cameras({}, {"camera_id": "d:a:C2", "label": "C2"})
    corrected = replay(read, line("confirm", before={**PLACE, "label": "C1", "azimuth_deg": 90.0}))
    assert corrected.cameras["standing"].tolist() == ["reviewed", "detected"]
    assert corrected.cameras["reviewed_by"].tolist()[0] == "m"
    assert corrected.cameras["reviewed_on"].tolist()[0] == "2026-11-02"
    assert corrected.cameras[["reviewed_by", "reviewed_on"]].iloc[1].isna().all()
    vouched = ["standing", "reviewed_by", "reviewed_on"]
    assert corrected.cameras.drop(columns=vouched).equals(read.drop(columns=vouched))
    assert codes(corrected) == ["correction.applied"]


def test_a_moved_camera_stands_where_it_was_put_with_the_error_given_or_none() -> None:
    moved = replay(cameras(), line("move", before=PLACE, after={**ELSEWHERE, "position_sd_m": 1.0}))
    row = moved.cameras.iloc[0]
    assert (row.geometry.x, row["position_sd_m"], row["standing"]) == (LON + 0.001, 1.0, "reviewed")
    assert pd.isna(row["assumed"])
    unsure = replay(cameras(), line("move", before=PLACE, after=ELSEWHERE)).cameras.iloc[0]
    assert pd.isna(unsure["position_sd_m"])


def test_a_turned_camera_points_there_or_nowhere_known() -> None:
    turned = replay(cameras(), line("turn", before={"azimuth_deg": 95.0}, after={"azimuth_deg": 200.0}))
    assert turned.cameras["azimuth_deg"].tolist() == [200.0]
    unknown = replay(cameras(), line("turn", before={"azimuth_deg": 90.0}))
    assert unknown.cameras[["azimuth_deg", "azimuth_sd_deg"]].isna().all(axis=None)


def test_label_and_kind_are_changed_and_a_label_may_be_taken_off() -> None:
    changed = replay(
        cameras(), line("relabel", before={"label": "c01"}, after={"label": "C7", "kind": "dome"})
    )
    assert changed.cameras[["label", "kind"]].to_numpy().tolist() == [["C7", "dome"]]
    bare = replay(cameras(), line("relabel", before={"label": "C1"}, after={"label": ""}))
    assert bare.cameras["label"].isna().all()


def test_a_camera_is_added_and_one_that_is_none_taken_out() -> None:
    both = replay(
        cameras(),
        line("add", "d:by-hand:1", after={**ELSEWHERE, "kind": "dome", "label": "X"}),
        line("delete", before=PLACE),
    )
    assert both.cameras[["camera_id", "standing", "kind", "disclosure_id"]].to_numpy().tolist() == [
        ["d:by-hand:1", "reviewed", "dome", "d"]
    ]
    assert codes(both) == ["correction.camera-deleted", "correction.applied"]
    assert both.findings[1].figures["acts"] == "add 1, delete 1"


def test_a_listed_camera_without_a_place_is_placed_by_a_move_and_by_nothing_else() -> None:
    left = unplaced("d:list:7", "d:list:8")
    placed = replay(cameras(), line("move", "d:list:7", after=ELSEWHERE), left=left)
    assert placed.cameras["camera_id"].tolist() == ["d:a:C1", "d:list:7"]
    assert placed.cameras["label"].tolist() == ["C1", "d:list:7"]
    assert placed.unplaced["camera_id"].tolist() == ["d:list:8"]
    refused = replay(cameras(), line("confirm", "d:list:7"), left=left)
    assert codes(refused) == ["correction.not-placed"]
    assert len(refused.unplaced) == 2
    gone = replay(cameras(), line("delete", "d:list:7"), left=left)
    assert gone.unplaced["camera_id"].tolist() == ["d:list:8"]


@pytest.mark.parametrize(
    ("correction", "code"),
    [
        (line("confirm", "d:a:C9"), "correction.without-subject"),
        (line("confirm", before=ELSEWHERE), "correction.outdated"),
        (line("confirm", before={"azimuth_deg": 180.0}), "correction.outdated"),
        (line("confirm", before={"label": "C2"}), "correction.outdated"),
        (line("move", before=ELSEWHERE, after={"longitude": 2.4, "latitude": 48.9}), "correction.outdated"),
        (line("turn", before={"azimuth_deg": 180.0}, after={"azimuth_deg": 0.0}), "correction.outdated"),
        (line("add", after=ELSEWHERE), "correction.already-there"),
    ],
)
def test_a_line_that_fits_no_camera_any_more_is_told_and_changes_nothing(
    correction: Correction, code: str
) -> None:
    read = cameras()
    corrected = replay(read, correction)
    assert codes(corrected) == [code]
    assert corrected.findings[0].kind.severity == "problem"
    assert "2" in corrected.findings[0].text_fr
    assert corrected.cameras.equals(read)


def test_a_line_fits_what_already_is_as_it_wanted_it() -> None:
    read = cameras({"geometry": shapely.Point(LON + 0.001, LAT)})
    moved = replay(read, line("move", before=PLACE, after=ELSEWHERE))
    assert moved.cameras["standing"].tolist() == ["reviewed"]


def test_an_id_that_went_is_followed_to_the_one_camera_at_its_place() -> None:
    read = cameras({"camera_id": "d:a:@101,200", "label": None})
    followed = replay(read, line("confirm", "d:a:@100,200", before=PLACE))
    assert followed.cameras["standing"].tolist() == ["reviewed"]
    assert codes(followed) == ["correction.followed", "correction.applied"]
    two = cameras({"camera_id": "x", "label": None}, {"camera_id": "y", "label": None})
    assert codes(replay(two, line("confirm", "d:a:@100,200", before=PLACE))) == ["correction.without-subject"]


def test_lines_are_replayed_in_their_order_and_without_a_line_it_is_undone() -> None:
    first = line("move", before=PLACE, after=ELSEWHERE)
    second = line("relabel", before={"label": "C1"}, after={"label": "C2"})
    both = replay(cameras(), first, second).cameras.iloc[0]
    assert (both.geometry.x, both["label"]) == (LON + 0.001, "C2")
    one = replay(cameras(), second).cameras.iloc[0]
    assert (one.geometry.x, one["label"]) == (LON, "C2")
    assert replay(cameras()).cameras.equals(cameras())


def test_what_was_read_is_not_changed_in_place() -> None:
    read, left = cameras(), unplaced("d:list:7")
    replay(read, line("move", before=PLACE, after=ELSEWHERE), line("delete", "d:list:7"), left=left)
    assert read.equals(cameras())
    assert left.equals(unplaced("d:list:7"))


# Control points.


def georef() -> dict[str, Any]:
    points = tuple(ControlPoint(100.0 * n, 50.0 * n, LON + n / 1000, LAT, f"p{n}") for n in (1, 2, 3))
    return write_annotation(
        Annotation(points, "https://example.org/sheet.pdf", 600.0, 400.0, transformation="polynomial")
    )


def points_of(content: Any) -> list[tuple[float, float, str | None]]:
    annotation = annotation_for(read_annotations(content), "sheet.pdf")
    assert annotation.transformation == "polynomial"
    return [(point.x, point.longitude, point.name) for point in annotation.points]


def test_control_points_are_set_taken_out_and_added_by_their_numbers_in_the_file() -> None:
    new = {"x": 9.0, "y": 9.0, "longitude": 2.0, "latitude": 48.0}
    content, findings = set_control_points(
        georef(),
        "sheet.pdf",
        [
            line("set-control-point", "sheet.pdf#1"),
            line("set-control-point", "sheet.pdf#2", before={"x": 200.0, "y": 100.0}, after=new),
            line("set-control-point", "sheet.pdf#4", after=new),
            line("set-control-point", "other.pdf#1"),
        ],
    )
    assert points_of(content) == [(9.0, 2.0, "p2"), (300.0, LON + 0.003, "p3"), (9.0, 2.0, None)]
    assert findings == ()


def test_a_control_point_that_is_not_there_or_no_longer_so_is_told() -> None:
    lines = [
        line("set-control-point", "sheet.pdf#7"),
        line("set-control-point", "sheet.pdf#1", before={"x": 777.0, "y": 50.0}),
    ]
    content, findings = set_control_points(georef(), "sheet.pdf", lines)
    assert [f.code for f in findings] == ["correction.without-subject", "correction.outdated"]
    assert points_of(content) == points_of(georef())
    lost = for_no_sheet([line("set-control-point", "gone.pdf#1")], ["sheet.pdf"])
    assert [f.code for f in lost] == ["correction.without-subject"]


# Lines.


def told(**cells: str) -> Correction:
    return read_correction({"act": "confirm", "subject": "d:a:C1", "when": "2026-11-02", **cells}, 5)


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"act": "bless"}, "is no act"),
        ({"subject": " "}, "names no camera"),
        ({"when": "yesterday"}, "when is"),
        ({"who": "somebody"}, "Give initials"),
        ({"before": "longitude=2.3"}, "come together"),
        ({"before": "longitude=east; latitude=1"}, "is a number"),
        ({"before": "latitude=91; longitude=1"}, "is a number"),
        ({"before": "colour=red"}, "It takes longitude"),
        ({"before": "label"}, "column=value"),
        ({"before": "label=a; label=b"}, "twice"),
        ({"after": "label=a"}, "Leave it empty"),
        ({"act": "move"}, "lacks longitude, latitude"),
        ({"act": "add", "after": "kind=dome"}, "lacks longitude, latitude"),
        ({"act": "relabel"}, "lacks label"),
        ({"act": "relabel", "after": "kind=webcam"}, "One of fixed"),
        ({"act": "set-control-point"}, "sheet.pdf#3"),
        (
            {"act": "set-control-point", "subject": "a.pdf#1", "after": "x=1; y=2"},
            "lacks longitude, latitude",
        ),
    ],
)
def test_a_line_that_is_no_correction_is_refused_with_its_row(cells: dict[str, str], words: str) -> None:
    with pytest.raises(DossierError) as refused:
        told(**cells)
    assert words in str(refused.value)
    assert refused.value.row == 5


VALUES = {
    "longitude": st.floats(-180, 180).map(lambda v: round(v, 7)),
    "latitude": st.floats(-90, 90).map(lambda v: round(v, 7)),
    "azimuth_deg": st.floats(0, 359.9).map(lambda v: round(v, 3)),
    "label": st.text(max_size=12).map(lambda v: " ".join(v.replace("\x00", "").split())),
    "kind": st.sampled_from(sorted(CAMERA_KINDS)),
    "position_sd_m": st.floats(0, 1000).map(lambda v: round(v, 3)),
    "azimuth_sd_deg": st.floats(0, 180).map(lambda v: round(v, 3)),
    "height_m": st.floats(0, 200).map(lambda v: round(v, 3)),
    "x": st.floats(-1e5, 1e5).map(lambda v: round(v, 3)),
    "y": st.floats(-1e5, 1e5).map(lambda v: round(v, 3)),
}


@given(st.data(), st.sampled_from(sorted(ACTS)))
def test_what_is_written_is_read_back_for_every_act(data: st.DataObject, act: str) -> None:
    sides = [
        data.draw(st.fixed_dictionaries({name: VALUES[name] for name in names}))
        for names in (ACTS[act].before, ACTS[act].after)
    ]
    correction = Correction(act, "sheet.pdf#3", *sides, "m", "2026-11-02T10:00:00", 4)
    assert read_correction(written(correction), 4) == correction
