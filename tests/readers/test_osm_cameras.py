"""Surveillance objects of OpenStreetMap: a row for each camera, and a finding for each doubt."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from visavis.cameras import CAMERAS_READ
from visavis.model.vocabulary import CAMERA_KINDS
from visavis.readers.osm_cameras import ReadCamera, read_camera

HERE = "osm:node/1"


def camera(**tags: str) -> ReadCamera:
    named = {key.replace("__", ":"): value for key, value in tags.items()}
    return read_camera(HERE, {"man_made": "surveillance", **named})


def codes(read: ReadCamera) -> list[str]:
    return [finding.code for finding in read.findings]


def values(read: ReadCamera, column: str) -> list[object]:
    return [row[column] for row in read.rows]


def test_a_list_of_directions_is_a_camera_each_with_stable_ids() -> None:
    read = camera(camera__direction="75;295", camera__type="fixed")
    assert values(read, "azimuth_deg") == [75, 295]
    assert values(read, "camera_id") == ["osm:node/1", "osm:node/1#2"]
    assert values(read, "source_ref") == [HERE, HERE]
    assert codes(read) == ["osm.direction-list"]


def test_a_list_of_types_goes_with_a_list_of_directions() -> None:
    read = camera(camera__direction="80;205", camera__type="fixed;dome")
    assert values(read, "kind") == ["fixed", "dome"]
    assert values(read, "azimuth_deg") == [80, 205]
    assert set(codes(read)) == {"osm.direction-list", "osm.dome-with-direction"}


def test_a_list_of_types_without_as_many_directions_is_told() -> None:
    read = camera(camera__type="fixed;dome")
    assert values(read, "kind") == ["unknown"]
    assert codes(read) == ["osm.tag-unread"]


def test_a_range_is_read_by_its_middle_and_told() -> None:
    read = camera(direction="190-100", camera__type="panning")
    assert values(read, "azimuth_deg") == [325]
    assert values(read, "kind") == ["ptz"]
    assert codes(read) == ["osm.direction-range"]
    assert "190-100" in read.findings[0].text_fr


def test_the_whole_circle_leaves_the_direction_unknown_and_is_told() -> None:
    read = camera(direction="0-360")
    assert values(read, "azimuth_deg") == [None]
    assert codes(read) == ["osm.direction-all-round"]


def test_a_dome_with_a_direction_stays_a_dome_and_is_told() -> None:
    read = camera(camera__direction="90", camera__type="dome")
    assert values(read, "kind") == ["dome"]
    assert codes(read) == ["osm.dome-with-direction"]


def test_a_dome_with_two_directions_is_one_camera() -> None:
    read = camera(camera__direction="90;180", camera__type="dome")
    assert values(read, "camera_id") == [HERE]
    assert codes(read) == ["osm.dome-with-direction"]
    assert read.findings[0].figures["value"] == "90;180"


def test_an_unreadable_direction_stays_unknown_and_is_told() -> None:
    read = camera(camera__direction="forward")
    assert values(read, "azimuth_deg") == [None]
    assert codes(read) == ["osm.tag-unread"]
    assert read.findings[0].subjects == (HERE,)
    assert "forward" in read.findings[0].text_en


def test_direction_helps_out_where_camera_direction_is_unreadable() -> None:
    read = camera(camera__direction="down the road", direction="90")
    assert values(read, "azimuth_deg") == [90]
    assert codes(read) == ["osm.tag-unread"]


def test_two_tags_that_contradict_each_other_are_told() -> None:
    read = camera(camera__direction="10", direction="90")
    assert values(read, "azimuth_deg") == [10]
    assert codes(read) == ["osm.tags-differ"]


@pytest.mark.parametrize(("height", "metres"), [("5", 5), ("5 m", 5), ("5,5", 5.5), ("16'", 4.8768)])
def test_a_height_is_read(height: str, metres: float) -> None:
    read = camera(height=height)
    assert values(read, "height_m") == [pytest.approx(metres)]
    assert read.findings == ()


@pytest.mark.parametrize("height", ["99", "0", "-2", "300 ft"])
def test_an_implausible_height_is_told_and_not_used(height: str) -> None:
    read = camera(height=height)
    assert values(read, "height_m") == [None]
    assert codes(read) == ["osm.height-implausible"]


def test_angle_counts_downwards_and_tilt_upwards() -> None:
    assert values(camera(camera__angle="15"), "tilt_deg") == [15]
    assert values(camera(camera__tilt="-15"), "tilt_deg") == [15]
    assert values(camera(camera__tilt="-90"), "tilt_deg") == [90]
    assert values(camera(camera__angle="15", camera__tilt="-15"), "tilt_deg") == [15]
    assert codes(camera(camera__angle="15", camera__tilt="-15")) == []


def test_a_camera_that_would_look_at_the_sky_is_told() -> None:
    assert codes(camera(camera__angle="-15")) == ["osm.camera-looks-up"]
    assert codes(camera(camera__tilt="15")) == ["osm.camera-looks-up"]


@pytest.mark.parametrize("tag", ["camera__angle", "camera__tilt"])
@pytest.mark.parametrize("value", ["down", "120", "-91", "15;30"])
def test_an_unreadable_tilt_is_told(tag: str, value: str) -> None:
    read = camera(**{tag: value})
    assert values(read, "tilt_deg") == [None]
    assert codes(read) == ["osm.tag-unread"]


@pytest.mark.parametrize(
    ("told", "kind"),
    [("fixed", "fixed"), ("panning", "ptz"), ("PTZ", "ptz"), ("dome", "dome"), (None, "unknown")],
)
def test_a_camera_type_says_the_kind(told: str | None, kind: str) -> None:
    assert values(camera() if told is None else camera(camera__type=told), "kind") == [kind]


def test_a_type_that_nobody_knows_is_told() -> None:
    read = camera(camera__type="periscope")
    assert values(read, "kind") == ["unknown"]
    assert codes(read) == ["osm.tag-unread"]


@pytest.mark.parametrize("told", ["ALPR", "alpr", "camera;ALPR"])
def test_a_plate_reader_is_one_whatever_its_camera_type(told: str) -> None:
    assert values(camera(surveillance__type=told, camera__type="fixed"), "kind") == ["anpr"]


@pytest.mark.parametrize("told", ["guard", "microphone", "gunshot_detector"])
def test_what_is_no_camera_is_told_and_left_out(told: str) -> None:
    read = camera(surveillance__type=told)
    assert read.rows == ()
    assert codes(read) == ["osm.no-camera"]


@pytest.mark.parametrize(
    "tags",
    [{"surveillance__type": "camera;guard"}, {"surveillance__type": "outdoor", "camera__type": "fixed"}],
)
def test_what_has_a_camera_is_a_camera(tags: dict[str, str]) -> None:
    assert len(camera(**tags).rows) == 1


def test_mount_zone_label_and_dates_are_kept() -> None:
    read = camera(
        camera__mount="pole", surveillance__zone="town", ref="K7", start_date="2019-05", end_date="2022"
    )
    (row,) = read.rows
    assert [row[name] for name in ("mount", "zone", "label", "valid_from", "valid_to")] == [
        "pole",
        "town",
        "K7",
        "2019-05",
        "2022",
    ]
    assert row["standing"] == "stated"
    assert row.get("position_sd_m") is None


def test_a_date_that_is_none_is_told() -> None:
    assert codes(camera(start_date="~2010")) == ["osm.tag-unread"]


@pytest.mark.parametrize(
    ("tags", "code"),
    [
        ({"surveillance": "indoor"}, "osm.camera-indoor"),
        ({"level": "-1"}, "osm.camera-below-ground"),
        ({"location": "underground"}, "osm.camera-below-ground"),
        ({"camera__count": "2"}, "osm.camera-count"),
    ],
)
def test_what_the_table_has_no_column_for_is_told(tags: dict[str, str], code: str) -> None:
    read = camera(**tags)
    assert len(read.rows) == 1
    assert codes(read) == [code]


def test_a_count_that_the_directions_bear_out_needs_no_word() -> None:
    assert "osm.camera-count" not in codes(camera(camera__count="2", camera__direction="0;180"))


KEYS = [
    "camera:direction",
    "direction",
    "camera:type",
    "camera:mount",
    "camera:angle",
    "camera:tilt",
    "camera:count",
    "surveillance:type",
    "surveillance",
    "height",
    "level",
    "start_date",
]
VALUES = st.one_of(
    st.text(alphabet="0123456789-+.,;° NESWm", max_size=10),
    st.sampled_from(["camera", "dome", "fixed", "fixed;dome", "ALPR", "guard", "0-360", "75;295", "indoor"]),
)


@given(st.dictionaries(st.sampled_from(KEYS), VALUES))
@settings(deadline=None)
def test_whatever_is_tagged_the_rows_fit_the_table_or_a_finding_says_why_there_are_none(
    tags: dict[str, str],
) -> None:
    read = read_camera(HERE, {"man_made": "surveillance", **tags})
    assert read.rows or "osm.no-camera" in codes(read)
    assert all(
        finding.subjects == (HERE,) and finding.text_en and finding.text_fr for finding in read.findings
    )
    ids = values(read, "camera_id")
    assert len(set(ids)) == len(ids)
    for row in read.rows:
        assert set(row) <= set(CAMERAS_READ.columns)
        assert row["kind"] in CAMERA_KINDS
        assert row["azimuth_deg"] is None or 0 <= row["azimuth_deg"] < 360
        assert row["height_m"] is None or 0 < row["height_m"] <= 60
        assert row["tilt_deg"] is None or -90 <= row["tilt_deg"] <= 90


@given(
    st.dictionaries(st.sampled_from(["camera:direction", "height", "camera:angle", "camera:type"]), VALUES)
)
def test_a_tag_without_a_value_in_the_row_is_named_in_a_finding(tags: dict[str, str]) -> None:
    read = read_camera(HERE, {"man_made": "surveillance", **tags})
    columns = {
        "camera:direction": "azimuth_deg",
        "height": "height_m",
        "camera:angle": "tilt_deg",
        "camera:type": "kind",
    }
    told = " ".join(finding.text_en for finding in read.findings)
    for tag in tags:
        if all(value in {None, "unknown"} for value in values(read, columns[tag])):
            assert f"{tag}=" in told or not tags[tag].strip("; ")
