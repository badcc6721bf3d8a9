"""Cameras and spaces put onto the ground of a terrain model."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.views.towns import CRS, camera, cameras, door, garden, house, spaces

from visavis.spaces.raising import DEFAULT_SD_M, raise_ground
from visavis.spaces.relief import NOWHERE, STEP_M, Relief, Terrain, ground_heights_m

Surface = Callable[[Any, Any], Any]


def relief(
    surface: Surface,
    *,
    name: str = "terrain/test",
    west: float = -100.0,
    north: float = 100.0,
    cell_m: float = 2.0,
    cells: int = 100,
    first: int = 0,
) -> Relief:
    """Cells of a surface, their centres on it; `first` leaves out so many columns and rows."""
    at = (np.arange(cells) + 0.5) * cell_m
    heights = surface(*np.meshgrid(west + at, north - at))
    scale = 1.0 / cell_m
    return Relief(
        name,
        CRS.to_wkt(),
        (scale, 0.0, -west * scale, 0.0, -scale, north * scale),
        first,
        first,
        np.broadcast_to(heights, (cells, cells))[first:, first:].astype(np.float64),
    )


def of(*parts: Relief) -> Terrain:
    return lambda _box, _crs: parts


def slope(x: Any, y: Any) -> Any:
    return 400.0 + x / 8.0 - y / 16.0


def heights(part: Relief, *places: tuple[float, float]) -> list[float]:
    x, y = np.array(places).T
    return ground_heights_m(x, y, CRS, [part])[0].tolist()


def test_between_cells_a_plane_is_read_exactly() -> None:
    places = [(0.0, 0.0), (0.25, -0.75), (17.3, 40.1), (-97.9, 97.9)]
    assert heights(relief(slope), *places) == pytest.approx([slope(x, y) for x, y in places], abs=STEP_M)


@settings(max_examples=20, deadline=None)
@given(st.floats(-70, 90), st.floats(-90, 70), st.integers(1, 14))
def test_how_much_of_a_model_is_at_hand_changes_nothing(x: float, y: float, first: int) -> None:
    def rough(x: Any, y: Any) -> Any:
        return 400.0 + 3.0 * np.sin(x) + 2.0 * np.cos(y * 1.7)

    assert heights(relief(rough, first=first), (x, y)) == heights(relief(rough), (x, y))


def test_a_place_off_the_model_or_in_an_unknown_cell_is_not_known() -> None:
    holed = relief(slope)
    holed.heights_m[50, 50] = np.nan  # from 0 to 2 m east and south
    assert np.isnan(heights(holed, (1.0, -1.0), (-100.5, 0.0), (0.0, 101.0), (np.nan, 0.0))).all()
    # Beside it, the cells that are known decide.
    assert heights(holed, (-0.5, -1.0)) == pytest.approx([slope(-1.0, -1.0)], abs=0.1)


def test_of_two_models_the_first_that_knows_a_place_tells_it() -> None:
    fine = relief(lambda x, _y: 500.0 + 0.0 * x, west=0.0, north=0.0, cells=20, name="terrain/fine")
    found, which = ground_heights_m(
        np.array([10.0, -10.0, 500.0]), np.array([-10.0, 10.0, 0.0]), CRS, [fine, relief(slope)]
    )
    assert found[:2].tolist() == [500.0, pytest.approx(slope(-10.0, 10.0), abs=STEP_M)]
    assert which.tolist() == [0, 1, NOWHERE]


def test_a_building_stands_on_the_lowest_ground_along_its_outline_and_all_its_pieces_do() -> None:
    town = spaces(
        house("b", shapely.box(0, 0, 16, 16), 9.0),
        house("b", shapely.box(16, 0, 32, 8), 5.0, space_id="b-low", part_of="b"),
        house("other", shapely.box(-40, 0, -24, 8), 5.0),
        door("door", 16.0, 16.0, of="b"),
        house("balcony", shapely.Point(16, 8), 0.0, building_id="b", kind="balcony", base_m=3.0),
        garden("garden", shapely.box(0, 16, 8, 32)),
    )
    spaces_of = raise_ground(cameras(camera()), town, of(relief(slope)), 0.3).spaces.set_index("space_id")
    ground = spaces_of["ground_m"]
    assert ground["b"] == ground["b-low"] == pytest.approx(slope(0, 16), abs=STEP_M)
    assert ground["other"] == pytest.approx(slope(-40, 8), abs=STEP_M)
    assert ground["door"] == pytest.approx(slope(16, 16), abs=STEP_M)
    assert ground["balcony"] == ground["b"]
    assert ground["garden"] == pytest.approx(slope(4, 24), abs=STEP_M)
    assert set(spaces_of["terrain"]) == {"terrain/test"}
    assert set(spaces_of["ground_sd_m"]) == {0.3}
    assert spaces_of["assumed"].isna().all()


def test_along_a_wall_the_ground_is_asked_between_its_corners_too() -> None:
    def ditch(x: Any, y: Any) -> Any:
        return 400.0 - 5.0 * (np.abs(x) < 4.0) + 0.0 * y

    town = spaces(house("long", shapely.box(-40, 0, 40, 10), 9.0))
    raised = raise_ground(cameras(camera()), town, of(relief(ditch)), 0.0)
    assert raised.spaces["ground_m"].tolist() == [395.0]


def test_a_camera_knows_its_ground_and_how_it_slopes() -> None:
    raised = raise_ground(
        cameras(camera("a", 10.0, 20.0), camera("b", -5.0, 7.0, position_sd_m=20.0)),
        spaces(house("h", shapely.box(30, 0, 40, 8), 5.0)),
        of(relief(slope)),
    )
    assert raised.cameras["ground_m"].tolist() == pytest.approx([slope(10, 20), slope(-5, 7)], abs=STEP_M)
    assert raised.cameras["ground_rise_east"].tolist() == pytest.approx([0.125] * 2, abs=2e-3)
    assert raised.cameras["ground_rise_north"].tolist() == pytest.approx([-0.0625] * 2, abs=2e-3)
    assert set(raised.cameras["ground_sd_m"]) == {DEFAULT_SD_M}
    assert set(raised.cameras["assumed"]) == {"ground_sd_m=terrain.default-error"}
    assert [finding.code for finding in raised.findings] == [
        "spaces.terrain-level-view",
        "spaces.terrain-error-assumed",
    ]


def test_what_lies_off_the_model_is_told_and_taken_as_high_as_the_nearest_known() -> None:
    town = spaces(
        house("inside", shapely.box(80, 0, 90, 8), 5.0, assumed="height_m=default.building-height"),
        house("outside", shapely.box(120, 0, 130, 8), 5.0, assumed="height_m=default.building-height"),
    )
    raised = raise_ground(
        cameras(camera("in", 60.0, 0.0), camera("out", 150.0, 0.0)), town, of(relief(slope)), 0.2
    )
    by_id = raised.spaces.set_index("space_id")
    assert by_id["ground_m"]["outside"] == by_id["ground_m"]["inside"]
    assert by_id["assumed"].tolist() == [
        "height_m=default.building-height",
        "height_m=default.building-height;ground_m=terrain.nearest-known",
    ]
    assert by_id["ground_sd_m"]["outside"] > by_id["ground_sd_m"]["inside"] == 0.2
    told = {finding.code: finding for finding in raised.findings}
    assert told["spaces.terrain-lacks-cameras"].subjects == ("out",)
    assert told["spaces.terrain-lacks-buildings"].subjects == ("outside",)
    assert told["spaces.terrain-lacks-buildings"].figures["furthest_m"] == pytest.approx(40.0)


def test_a_model_of_another_place_leaves_the_ground_flat_and_is_a_problem() -> None:
    away = relief(slope, west=5_000.0)
    town, seen_by = spaces(house("h", shapely.box(30, 0, 40, 8), 5.0)), cameras(camera())
    raised = raise_ground(seen_by, town, of(away))
    assert set(raised.spaces["terrain"]) == {"flat"}
    assert raised.cameras["ground_m"].isna().all()
    (finding,) = raised.findings
    assert (finding.code, finding.kind.severity) == ("spaces.terrain-elsewhere", "problem")


def test_no_more_of_a_model_is_asked_for_than_a_square_kilometre() -> None:
    asked: list[tuple[float, float, float, float]] = []

    def watched(box: tuple[float, float, float, float], crs: Any) -> list[Relief]:
        asked.append(box)
        return []

    town = spaces(*(house(f"h{k}", shapely.box(400 * k, 0, 400 * k + 9, 9), 5.0) for k in range(20)))
    raise_ground(cameras(camera()), town, watched)
    assert len(asked) > 8
    assert max(max(east - west, north - south) for west, south, east, north in asked) <= 1_000.0


def test_no_camera_and_no_building_are_raised_as_well() -> None:
    for seen_by, town in (
        (cameras(), spaces(house("h", shapely.box(30, 0, 40, 8), 5.0))),
        (cameras(camera()), spaces()),
    ):
        raised = raise_ground(seen_by, town, of(relief(slope)), 0.1)
        assert isinstance(raised.cameras, gpd.GeoDataFrame)
        assert (len(raised.cameras), len(raised.spaces)) == (len(seen_by), len(town))
