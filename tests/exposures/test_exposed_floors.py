"""Exposures by floors: what shows of a wall, cut at the storeys of its building."""

from __future__ import annotations

from datetime import date
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from visavis.exposures import expose_floors
from visavis.exposures.floors import area_between_m2
from visavis.readers.reference import read_rules
from visavis.spaces import SPACES
from visavis.views import FACADE_STRIPS

CRS = "EPSG:2154"
BUILDING = {
    "kind": "dwelling_facade",
    "base_m": 0.0,
    "height_m": 12.0,
    "height_sd_m": 0.5,
    "terrain": "flat",
    "use_confidence": 0.9,
    "source_id": "s",
}
SEEN = {
    "disclosure_id": "d",
    "standing": "stated",
    "terrain": "flat",
    "mode": "fixed",
    "edge": 0,
    "from_m": 0.0,
    "to_m": 10.0,
    "z_low_from_m": 0.0,
    "z_low_to_m": 0.0,
    "z_high_from_m": 12.0,
    "z_high_to_m": 12.0,
    "distance_m": 20.0,
    "incidence_deg": 0.0,
    "px_per_m": 80.0,
    "probability": 1.0,
    "probability_se": 0.0,
    "sureness": "certain",
    "geometry": shapely.LineString([(0, 0), (10, 0)]),
}


def spaces(*rows: dict[str, Any]) -> gpd.GeoDataFrame:
    told = [
        {
            **BUILDING,
            "building_id": f"b{at}",
            "space_id": f"building/b{at}",
            "geometry": shapely.box(0, 0, 10, 10),
            **row,
        }
        for at, row in enumerate(rows, start=1)
    ]
    return SPACES.frame(told, crs=CRS)


def strips(*rows: dict[str, Any]) -> gpd.GeoDataFrame:
    told = [
        {**SEEN, "camera_id": "c", "building_id": "b1", "strip_id": f"s{at}", **row}
        for at, row in enumerate(rows)
    ]
    return FACADE_STRIPS.frame(told, crs=CRS)


def floors(seen: gpd.GeoDataFrame, built: gpd.GeoDataFrame) -> pd.DataFrame:
    told = expose_floors(seen, built, read_rules(), jurisdictions={"d": "FR"}, on=date(2026, 1, 1))
    return told.set_index("floor_from")


def test_a_wall_over_a_garage_shows_the_upper_floors_only() -> None:
    told = floors(strips({"z_low_from_m": 4.0, "z_low_to_m": 4.0}), spaces({}))
    # By 3 m: 4 to 9 m is on the first and second floor, 9 to 12 m on the third.
    assert told["area_m2"].to_dict() == {1: 50.0, 3: 30.0}
    assert told["floor_to"].tolist() == [2, 5]
    assert told[["z_from_m", "z_to_m"]].to_numpy().tolist() == [[3.0, 9.0], [9.0, 18.0]]
    assert set(told["assumed"]) == {"space.storey_m"}
    assert set(told["rule_ids"]) == {"fr-interior"}
    assert set(told["level"]) == {"observe"}
    assert set(told["level_oodpcvs"]) == {"discern"}


def test_floors_are_counted_by_the_buildings_own_storeys() -> None:
    told = floors(strips({}), spaces({"storey_m": 4.0}))
    assert told["area_m2"].to_dict() == {0: 40.0, 1: 80.0}
    assert told["assumed"].isna().all()


def test_a_shop_below_flats_is_told_as_a_shop() -> None:
    told = floors(strips({}), spaces({"ground_kind": "other_private"}))
    assert told["kind"].to_dict() == {0: "other_private", 1: "dwelling_facade", 3: "dwelling_facade"}
    assert pd.isna(told.loc[0, "rule_ids"])
    assert told.loc[1, "rule_ids"] == "fr-interior"


@pytest.mark.slow
def test_a_public_ground_floor_is_no_exposure_and_a_public_building_has_none() -> None:
    assert 0 not in floors(strips({}), spaces({"ground_kind": "public"})).index
    assert floors(strips({}), spaces({"kind": "public"})).empty
    assert floors(strips(), spaces({})).empty


def test_a_camera_counts_once_a_band_and_as_surely_as_in_its_surest_view() -> None:
    seen = strips(
        {"sureness": "possible", "probability": 0.2, "px_per_m": 300.0},
        {"from_m": 2.0, "to_m": 4.0, "edge": 1, "geometry": shapely.LineString([(10, 2), (10, 4)])},
        {"camera_id": "a", "sureness": "likely", "probability": 0.7},
        {"building_id": "elsewhere"},
    )
    ground = floors(seen, spaces({})).loc[0]
    assert (ground["cameras"], ground["camera_ids"], ground["sureness"]) == (2, "c;a", "certain")
    # 10 m and 2 m of wall, 3 m high, by the camera that sees most.
    assert ground["area_m2"] == pytest.approx(36.0)
    assert (ground["px_per_m"], ground["level"]) == (300.0, "identify")
    assert ground["geometry"].length == pytest.approx(12.0)


@pytest.mark.slow
@settings(max_examples=25)
@given(
    st.lists(
        st.tuples(st.integers(0, 2), st.floats(0, 9), st.floats(0.1, 9), st.floats(-1e-9, 1e-9)),
        min_size=1,
        max_size=40,
    )
)
def test_what_many_cameras_see_of_a_wall_is_one_line_for_each_part_of_it(
    rows: list[tuple[int, float, float, float]],
) -> None:
    # Edges of a comb whose walls do not meet; each strip is off its wall by rounding.
    seen = [
        {
            "camera_id": f"c{at}",
            "edge": edge,
            "from_m": begin,
            "to_m": begin + length,
            "geometry": shapely.LineString([(begin, 20 * edge + off), (begin + length, 20 * edge + off)]),
        }
        for at, (edge, begin, length, off) in enumerate(rows)
    ]
    shown = floors(strips(*seen), spaces({})).loc[0, "geometry"]
    # Widened by less than a strip is long, overlays of all lines are safe.
    wide = shapely.union_all([row["geometry"].buffer(1e-4, cap_style="flat") for row in seen], grid_size=1e-6)
    assert shown.length == pytest.approx(wide.area / 2e-4, rel=1e-3)
    parts = shapely.get_parts(shown)
    assert shapely.get_num_coordinates(parts).max() == 2
    assert len(parts) == len(shapely.get_parts(wide))


def test_a_building_in_pieces_is_counted_once() -> None:
    own = {"space_id": "building/b1", "building_id": "b1"}
    part = {"space_id": "part/p", "building_id": "b1", "part_of": "building/b1", "storey_m": 9.0}
    told = floors(strips({}), spaces(own, part))
    assert told["cameras"].tolist() == [1, 1, 1]
    assert set(told["assumed"]) == {"space.storey_m"}


HEIGHTS = st.floats(0, 30)


@given(HEIGHTS, HEIGHTS, HEIGHTS, HEIGHTS, HEIGHTS, HEIGHTS, st.floats(0.1, 40))
def test_the_area_between_two_heights_is_exact(
    low0: float, low1: float, high0: float, high1: float, one: float, other: float, length: float
) -> None:
    row = {
        "z_low_from_m": min(low0, high0),
        "z_low_to_m": min(low1, high1),
        "z_high_from_m": max(low0, high0),
        "z_high_to_m": max(low1, high1),
        "from_m": 0.0,
        "to_m": length,
    }
    bottom, top = sorted((one, other))
    found = area_between_m2(pd.DataFrame([row]), np.array([bottom]), np.array([top]))[0]
    wall = shapely.Polygon(
        [
            (0, row["z_low_from_m"]),
            (length, row["z_low_to_m"]),
            (length, row["z_high_to_m"]),
            (0, row["z_high_from_m"]),
        ]
    )
    band = shapely.box(-1, bottom, length + 1, top)
    expected = shapely.make_valid(wall).intersection(band).area
    assert found == pytest.approx(expected, abs=1e-6)
