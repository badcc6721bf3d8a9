"""A declared table accepts what keeps it, and refuses the rest in one line."""

from __future__ import annotations

import math
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pandera.errors import SchemaErrors

from visavis.model.crs import STORED_CRS
from visavis.model.errors import TableError
from visavis.model.schema import count, flag, key, number, plain_table, shape, spatial_table, text

HOUSES = plain_table(
    "houses",
    house_id=key("Name"),
    colour=text("Colour of the door", optional=True, among=("red", "blue")),
    height_m=number("Height", "m", above=0, most=100),
    azimuth_deg=number("Where it faces", "deg", least=0, below=360, optional=True),
    storeys=count("Storeys"),
    lived_in=flag("Whether somebody lives there"),
)
PLACES = spatial_table("places", ("Point",), place_id=key("Name"), geometry=shape("Where"))
HOUSE: dict[str, Any] = {"house_id": "h", "colour": "red", "height_m": 9.0, "storeys": 3, "lived_in": True}


def test_what_is_missing_and_may_be_is_empty() -> None:
    house = HOUSES.frame([{**HOUSE, "colour": None}]).iloc[0]
    assert pd.isna(house["colour"])
    assert pd.isna(house["azimuth_deg"])


def test_columns_come_in_the_declared_order_with_declared_types() -> None:
    frame = HOUSES.frame(pd.DataFrame([dict(reversed(HOUSE.items()))]))
    assert list(frame.columns) == list(HOUSES.columns)
    assert [str(kind) for kind in frame.dtypes] == ["str", "str", "float64", "float64", "int64", "bool"]
    assert [str(kind) for kind in HOUSES.empty().dtypes] == [str(kind) for kind in frame.dtypes]


@pytest.mark.parametrize(
    ("breach", "column", "value"),
    [
        ({"colour": "green"}, "colour", "green"),
        ({"height_m": 0.0}, "height_m", "0.0"),
        ({"height_m": 100.5}, "height_m", "100.5"),
        ({"azimuth_deg": 360.0}, "azimuth_deg", "360.0"),
        ({"azimuth_deg": -0.1}, "azimuth_deg", "-0.1"),
        ({"storeys": -1}, "storeys", "-1"),
    ],
)
def test_a_breach_names_table_row_column_value_and_rule(
    breach: dict[str, Any], column: str, value: str
) -> None:
    with pytest.raises(TableError) as broken:
        HOUSES.frame([{**HOUSE, "house_id": "good"}, {**HOUSE, **breach}])
    line = str(broken.value)
    assert line.startswith(f"row h: houses: {column} is ")
    assert value in line
    assert HOUSES.columns[column].description in line
    assert "\n" not in line


def test_the_choices_and_the_unit_are_told_as_the_remedy() -> None:
    with pytest.raises(TableError, match=r"red, blue"):
        HOUSES.frame([{**HOUSE, "colour": "green"}])
    with pytest.raises(TableError, match=r"Height, in m"):
        HOUSES.frame([{**HOUSE, "height_m": -4.0}])


@pytest.mark.parametrize("names", [["h", "h"], ["", "i"], [None, "i"]])
def test_a_key_is_never_empty_and_never_twice(names: list[str | None]) -> None:
    with pytest.raises(TableError, match="house_id"):
        HOUSES.frame([{**HOUSE, "house_id": name} for name in names])


def test_a_column_that_nobody_declared_is_refused() -> None:
    with pytest.raises(TableError, match="mood"):
        HOUSES.check(HOUSES.frame([HOUSE]).assign(mood="gay"))


def test_plain_rows_are_in_the_stored_crs_and_frames_keep_their_own() -> None:
    rows = [{"place_id": "a", "geometry": shapely.Point(1, 2)}]
    assert PLACES.frame(rows).crs == STORED_CRS
    metric = gpd.GeoDataFrame(rows, crs="EPSG:2154")
    assert PLACES.frame(metric).crs == "EPSG:2154"
    assert PLACES.empty(crs="EPSG:2154").crs == "EPSG:2154"


def test_a_foreign_geometry_is_refused() -> None:
    with pytest.raises(TableError, match=r"geometry is Polygon. Give Point"):
        PLACES.frame([{"place_id": "a", "geometry": shapely.box(0, 0, 1, 1)}])


def test_unit_choices_and_key_are_told_for_those_who_derive_from_them() -> None:
    assert HOUSES.unit("height_m") == "m"
    assert HOUSES.unit("colour") is None
    assert HOUSES.choices("colour") == ("red", "blue")
    assert HOUSES.id_column == "house_id"


@settings(max_examples=40)
@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "house_id": st.sampled_from(["g", "h", "", None]),
                "colour": st.sampled_from(["red", "blue", "green", "", None]),
                "height_m": st.sampled_from([-1.0, 0.0, 1e-9, 100.0, 100.1, math.inf, math.nan]),
                "azimuth_deg": st.sampled_from([-0.1, 0.0, 359.9, 360.0, math.nan]),
                "storeys": st.integers(-1, 2),
                "lived_in": st.booleans(),
            }
        ),
        max_size=2,
    ),
    st.sampled_from([None, "house_id", "height_m", "storeys"]),
)
def test_a_quick_look_says_what_pandera_says(rows: list[dict[str, Any]], retyped: str | None) -> None:
    frame = pd.DataFrame({name: [row[name] for row in rows] for name in HOUSES.columns}).astype(
        {name: column.dtype for name, column in HOUSES.columns.items()}
    )
    if retyped is not None:
        frame[retyped] = frame[retyped].astype(object)
    try:
        HOUSES.schema.validate(frame, lazy=True)
    except SchemaErrors:
        kept = False
    else:
        kept = True
    quick = all(column.keeps(frame[name]) for name, column in HOUSES.columns.items())
    assert quick == kept or (kept and retyped is not None)  # of another type, pandera has the word
