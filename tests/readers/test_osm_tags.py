"""The values of OpenStreetMap's tags, in every form that mappers give them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from visavis.readers.osm_tags import (
    Heading,
    read_angle_deg,
    read_count,
    read_date,
    read_headings,
    read_length_m,
)


@pytest.mark.parametrize(
    ("raw", "azimuths"),
    [
        ("0", [0]),
        ("75", [75]),
        ("360", [0]),
        ("-90", [270]),
        ("92.5", [92.5]),
        ("92,5", [92.5]),
        ("45°", [45]),
        ("270 degrees", [270]),
        ("NW", [315]),
        ("nne", [22.5]),
        ("North", [0]),
        ("south-west", [225]),
        ("75;295", [75, 295]),
        ("75; 295;", [75, 295]),
        ("N;SE", [0, 135]),
        ("90;90", [90]),
    ],
)
def test_a_direction_is_read(raw: str, azimuths: list[float]) -> None:
    headings = read_headings(raw)
    assert headings is not None
    assert [heading.azimuth_deg for heading in headings] == pytest.approx(azimuths)
    assert all(heading.sweep_deg is None for heading in headings)


@pytest.mark.parametrize(
    ("raw", "middle", "sweep"),
    [
        ("40-80", 60, 40),
        ("190-100", 325, 270),
        ("350-10", 0, 20),
        ("N-E", 45, 90),
        ("NW-NE", 0, 90),
        ("E-S", 135, 90),
        ("270 – 300", 285, 30),
        ("10°-20°", 15, 10),
        ("90-90", 90, 0),
    ],
)
def test_a_range_runs_clockwise_across_north_where_it_must(raw: str, middle: float, sweep: float) -> None:
    headings = read_headings(raw)
    assert headings is not None
    (heading,) = headings
    assert heading.azimuth_deg == pytest.approx(middle)
    assert heading.sweep_deg == pytest.approx(sweep)


@pytest.mark.parametrize("raw", ["0-360", "-180-180", "360-0"])
def test_the_whole_circle_is_no_direction(raw: str) -> None:
    assert read_headings(raw) == (Heading(None, 360.0),)


@pytest.mark.parametrize(
    "raw",
    [
        "",
        ";",
        "forward",
        "both",
        "400",
        "75/295",
        "75 295",
        "N;nowhere",
        "clockwise",
        "1e5",
        "75,295",
        "45,90",
        "٧٥",
    ],
)
def test_what_is_no_direction_is_not_read_as_one(raw: str) -> None:
    assert read_headings(raw) is None


@pytest.mark.parametrize("raw", ["S-E", "N-W", "S-SE"])
def test_letters_that_could_mean_opposite_ways_are_not_guessed(raw: str) -> None:
    """South-east looks to 135°; from south clockwise to east has its middle at 315°."""
    assert read_headings(raw) is None


@pytest.mark.parametrize(
    ("raw", "metres"),
    [
        ("5", 5.0),
        ("5 m", 5.0),
        ("5m", 5.0),
        ("5,5", 5.5),
        ("5.5 metres", 5.5),
        ("-1", -1.0),
        ("350 cm", 3.5),
        ("16'", 4.8768),
        ("16 ft", 4.8768),
        ("5'11\"", 1.8034),
        ("5′ 11″", 1.8034),
    ],
)
def test_a_height_is_read_with_its_unit(raw: str, metres: float) -> None:
    assert read_length_m(raw) == pytest.approx(metres)


@pytest.mark.parametrize(
    "raw", ["", "high", "5;6", "5 m 3", "~5", "5-6", "5,500", "1 km", "9" * 30, "nan", "inf"]
)
def test_what_is_no_height_is_not_read_as_one(raw: str) -> None:
    assert read_length_m(raw) is None


@pytest.mark.parametrize(
    ("raw", "value"), [("3", 3.0), ("2.5", 2.5), ("1;3", None), ("two", None), ("", None)]
)
def test_storeys_are_read_as_a_number_or_not_at_all(raw: str, value: float | None) -> None:
    assert read_count(raw) == value


@pytest.mark.parametrize("raw", ["2015", "2015-06", "2016-02-29"])
def test_a_date_is_kept_as_it_stands(raw: str) -> None:
    assert read_date(f" {raw} ") == raw


@pytest.mark.parametrize(
    "raw", ["~2010", "C19", "2015-13", "2015-02-30", "2015-6", "before 1900", "15-06-2015", ""]
)
def test_what_is_no_date_is_not_kept(raw: str) -> None:
    assert read_date(raw) is None


TEXTS = st.one_of(
    st.text(max_size=20),
    st.text(alphabet="0123456789-+.,;°NESWnesw m'\"–", max_size=16),
)


@given(TEXTS)
@settings(deadline=None)
def test_any_text_is_read_or_refused_but_never_breaks(raw: str) -> None:
    for heading in read_headings(raw) or ():
        assert heading.azimuth_deg is None or 0 <= heading.azimuth_deg < 360
        assert heading.sweep_deg is None or 0 <= heading.sweep_deg <= 360
        assert heading.azimuth_deg is not None or heading.sweep_deg == 360
    for value in (read_length_m(raw), read_angle_deg(raw), read_count(raw)):
        assert value is None or abs(value) < 1e10
    assert read_date(raw) in {None, raw.strip()}


@given(st.lists(st.integers(0, 359), min_size=1, max_size=5, unique=True))
@settings(deadline=None)
def test_as_many_headings_are_read_as_are_listed(azimuths: list[int]) -> None:
    headings = read_headings(";".join(map(str, azimuths)))
    assert headings is not None
    assert [heading.azimuth_deg for heading in headings] == azimuths


@given(st.integers(0, 359), st.integers(0, 359))
@settings(deadline=None)
def test_a_range_has_its_middle_half_its_sweep_from_either_end(start: int, end: int) -> None:
    headings = read_headings(f"{start}-{end}")
    assert headings is not None
    (heading,) = headings
    assert heading.azimuth_deg is not None
    assert heading.sweep_deg is not None
    assert (start + heading.sweep_deg) % 360 == end
    assert (start + heading.sweep_deg / 2) % 360 == pytest.approx(heading.azimuth_deg)


@given(st.floats(0, 1e5), st.sampled_from(["", " ", " m", "m"]))
@settings(deadline=None)
def test_a_length_in_metres_comes_back_as_written(length: float, unit: str) -> None:
    text = f"{length:.3f}"
    assert read_length_m(text + unit) == float(text)


@given(st.dates(min_value=dt.date(1000, 1, 1)))
@settings(deadline=None)
def test_every_day_of_the_calendar_is_a_date(day: dt.date) -> None:
    assert read_date(day.isoformat()) == day.isoformat()
