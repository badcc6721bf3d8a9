"""Cameras and houses on ground of different heights."""

from __future__ import annotations

import math
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from tests.views.test_laws import houses, laws
from tests.views.towns import camera, cameras, door, garden, ground_of, house, seen, spaces

from visavis.exposures.floors import area_between_m2
from visavis.views import Scene, Seen, survey
from visavis.views.draws import drawn_poses, generator_of, nominal_pose
from visavis.views.looks import looks_of
from visavis.views.placing import settle
from visavis.work.packing import packed

MODEL = {"terrain": "terrain/test"}


def on(ground_m: float, row: dict[str, Any]) -> dict[str, Any]:
    return {**row, **MODEL, "ground_m": ground_m, "ground_sd_m": 0.0}


def standing(name: str = "c", ground_m: float = 0.0, **more: Any) -> dict[str, Any]:
    slope = {"ground_rise_east": 0.0, "ground_rise_north": 0.0}
    return on(ground_m, {**slope, **camera(name, **more)})


def _strip(result: Seen, building: str) -> Any:
    (strip,) = result.facade_strips[result.facade_strips["building_id"] == building].itertuples()
    return strip


# A slope that rises by 1 m in 10 m to the east: a building stands on the lowest ground along its outline.
UPHILL = (
    on(1.0, house("garage", shapely.box(10, -6, 12, 6), 3.0)),
    on(2.0, house("house", shapely.box(20, -2, 30, 2), 9.0)),
)


@pytest.mark.slow
def test_uphill_a_garage_hides_less_of_the_house_behind_it() -> None:
    strip = _strip(seen(spaces(*UPHILL), standing(height_m=6.0)), "house")
    # The garage's roof is at 4 m: from 6 m over its far edge at 12 m the line is at 6 − 2/12 × 20 = 2.667 m,
    # two thirds of a metre above the ground that the house stands on.
    assert (strip.z_low_from_m, strip.z_low_to_m) == (pytest.approx(2 / 3), pytest.approx(2 / 3))
    assert (strip.z_high_from_m, strip.z_high_to_m) == (pytest.approx(9.0), pytest.approx(9.0))
    assert strip.terrain == "terrain/test"


def test_downhill_a_garage_hides_more_of_the_house_behind_it() -> None:
    town = spaces(
        on(-1.2, house("garage", shapely.box(10, -6, 12, 6), 3.0)),
        on(-3.0, house("house", shapely.box(20, -2, 30, 2), 9.0)),
    )
    strip = _strip(seen(town, standing(height_m=6.0)), "house")
    # The roof is at 1.8 m: 6 − 4.2/12 × 20 = −1 m, 2 m above the ground that the house stands on.
    assert strip.z_low_from_m == pytest.approx(2.0)
    assert strip.z_high_from_m == pytest.approx(9.0)


def test_a_wall_reaches_down_to_the_ground_of_its_house_and_no_further() -> None:
    town = spaces(on(-4.0, house("low", shapely.box(20, -2, 30, 2), 9.0)))
    strip = _strip(seen(town, standing(height_m=6.0)), "low")
    assert (strip.z_low_from_m, strip.z_high_from_m) == (0.0, pytest.approx(9.0))
    sighting = seen(town, standing(height_m=6.0)).sightings.set_index("target_id").loc["low"]
    assert sighting["area_m2"] == pytest.approx(4 * 9)


def test_distance_is_told_on_the_slope() -> None:
    town = spaces(on(30.0, house("high", shapely.box(40, -2, 50, 2), 9.0)))
    # The foot of the wall, 24 m above the lens, is the nearest that it shows.
    assert _strip(seen(town, standing(height_m=6.0)), "high").distance_m == pytest.approx(math.hypot(40, 24))


def test_of_two_houses_that_touch_on_a_slope_the_upper_one_shows_its_side_wall() -> None:
    town = spaces(
        on(0.0, house("lower", shapely.box(10, -5, 20, 5), 6.0)),
        on(2.0, house("upper", shapely.box(20, -5, 30, 5), 6.0)),
    )
    strip = _strip(seen(town, standing(height_m=20.0)), "upper")
    assert (strip.z_low_from_m, strip.z_high_from_m) == (pytest.approx(4.0), pytest.approx(6.0))
    flat = spaces(
        house("lower", shapely.box(10, -5, 20, 5), 6.0), house("upper", shapely.box(20, -5, 30, 5), 6.0)
    )
    assert "upper" not in set(seen(flat, camera(height_m=20.0)).facade_strips["building_id"])


def test_below_a_passage_on_a_hill_one_looks_from_the_ground_of_the_hill() -> None:
    town = spaces(
        on(5.0, house("arch", shapely.box(10, -5, 14, 5), 9.0, base_m=3.0)),
        on(5.0, house("behind", shapely.box(20, -20, 30, 20), 12.0)),
    )
    strips = seen(town, standing(ground_m=5.0, height_m=2.0)).facade_strips
    behind = strips[strips["building_id"] == "behind"]
    # Under the far edge, 1 m above the lens and 14 m off, one looks up by 1 in 14.
    middle = behind[(behind["from_m"] <= 20.0) & (behind["to_m"] >= 20.0)]
    assert middle["z_high_from_m"].min() == pytest.approx(2.0 + 20.0 / 14.0)
    assert middle["z_low_from_m"].min() == 0.0


def test_a_camera_on_the_roof_of_a_house_down_the_slope_stands_on_that_roof() -> None:
    town = spaces(
        on(-6.0, house("own", shapely.box(-5, -5, 5, 5), 6.0)), garden("g", shapely.box(-4, -4, 4, 4))
    )
    town = town.assign(ground_m=[-6.0, 0.0], **MODEL)
    result = seen(town, standing(height_m=3.0))
    assert {finding.code for finding in result.findings} == {"views.camera-on-roof"}
    assert not ground_of(result.views).intersects(shapely.box(-4.9, -4.9, 4.9, 4.9))
    assert "g" not in set(result.sightings["target_id"])


def test_a_door_is_looked_for_where_its_own_ground_is() -> None:
    # Over the wall's far edge, 1.5 m below the lens and 12 m off, what is lower than 6 − 1.5 / 12 × 20 = 3.5 m is
    # hidden at 20 m: a door that stands as low as the camera, but not the upper part of one 3 m higher.
    def in_view(ground_m: float) -> set[str]:
        town = spaces(
            on(0.0, house("wall", shapely.box(10, -9, 12, 9), 4.5)),
            on(0.0, house("house", shapely.box(20, -9, 30, 9), 9.0)),
            on(ground_m, door("door", 20.0, 0.0, of="house")),
        )
        return set(seen(town, standing(height_m=6.0)).sightings["target_id"])

    assert "door" not in in_view(0.0)
    assert "door" in in_view(3.0)


@st.composite
def hills(draw: Any) -> tuple[list[dict[str, Any]], list[float], float]:
    rows = draw(houses(least=2, most=6))
    ground = [draw(st.integers(-24, 24)) / 4.0 for _ in rows]
    return rows, ground, draw(st.floats(2.0, 15.0))


@pytest.mark.slow
@laws
@given(hills())
def test_façades_on_terrain_are_those_of_a_flat_town_of_higher_houses(
    hill: tuple[list[dict[str, Any]], list[float], float],
) -> None:
    rows, ground, height = hill
    if not rows:
        return
    lowest = min(*ground, 0.0)
    terrain = seen(
        spaces(*(on(g, row) for g, row in zip(ground, rows, strict=True))), standing(height_m=height)
    )
    flat = seen(
        spaces(
            *({**row, "height_m": row["height_m"] + g - lowest} for g, row in zip(ground, rows, strict=True))
        ),
        camera(height_m=height - lowest),
    )
    feet = {row["building_id"]: g - lowest for g, row in zip(ground, rows, strict=True)}
    for building, foot in feet.items():
        # Nearer than the range in plan and further on the slope is what both may tell differently.
        here, there = (
            result.facade_strips[
                (result.facade_strips["building_id"] == building) & (result.facade_strips["distance_m"] < 90)
            ]
            for result in (terrain, flat)
        )
        up = np.full(len(there), 1e4)
        assert area_between_m2(here, np.zeros(len(here)), np.full(len(here), 1e4)).sum() == pytest.approx(
            area_between_m2(there, np.full(len(there), foot), up).sum(), abs=0.05
        )


def lifted(frame: gpd.GeoDataFrame, ground_m: Any, sd_m: float = 0.0) -> gpd.GeoDataFrame:
    return frame.assign(**MODEL, ground_m=ground_m, ground_sd_m=sd_m)


def _doubtful(**more: Any) -> gpd.GeoDataFrame:
    doubt = {"position_sd_m": 2.0, "height_sd_m": 0.5}
    rows = [
        camera("a", **doubt),
        camera("b", 5.0, 30.0, kind="ptz", azimuth_deg=10.0, hfov_deg=50.0, **doubt),
    ]
    return lifted(cameras(*rows), **more).assign(ground_rise_east=0.0, ground_rise_north=0.0)


def _town() -> gpd.GeoDataFrame:
    return spaces(
        house("garage", shapely.box(10, -6, 12, 6), 3.3, height_sd_m=0.7),
        house("house", shapely.box(20, -2, 30, 2), 9.1, height_sd_m=1.0),
        house("bridge", shapely.box(12, -6, 20, -3), 8.0, base_m=4.4),
        garden("garden", shapely.box(20, 2, 30, 12)),
        door("door", 20.0, 0.5, of="house"),
    )


def _seen(seen_by: gpd.GeoDataFrame, town: gpd.GeoDataFrame) -> Seen:
    return survey(seen_by, Scene.of(town), town, draws=40, max_range_m=80.0)


def _flattened(result: Seen) -> bytes:
    return packed(
        Seen(
            result.views.assign(terrain="flat"),
            result.facade_strips.assign(terrain="flat"),
            result.sightings,
            result.findings,
        )
    )


def test_terrain_of_one_height_gives_the_bytes_of_flat_ground() -> None:
    town = _town()
    doubt = {"position_sd_m": 2.0, "height_sd_m": 0.5}
    flat = cameras(
        camera("a", **doubt), camera("b", 5.0, 30.0, kind="ptz", azimuth_deg=10.0, hfov_deg=50.0, **doubt)
    )
    high = _seen(_doubtful(ground_m=371.625), lifted(town, 371.625))
    assert _flattened(high) == _flattened(_seen(flat, town))


@pytest.mark.slow
@laws
@given(st.integers(-2_000_000, 4_000_000))
def test_lifting_all_ground_alike_changes_nothing(by: int) -> None:
    lift = by / 1024.0
    ground = np.array([1.0, 2.0, 1.5, 2.0, 2.25])
    before = _seen(_doubtful(ground_m=0.25, sd_m=0.5), lifted(_town(), ground, 0.5))
    after = _seen(_doubtful(ground_m=0.25 + lift, sd_m=0.5), lifted(_town(), ground + lift, 0.5))
    assert packed(before) == packed(after)


@pytest.mark.parametrize(("of_camera", "of_town"), [(1.0, 0.0), (0.0, 1.0)])
def test_the_error_of_the_terrain_makes_what_rests_on_it_uncertain(of_camera: float, of_town: float) -> None:
    def home(at_camera: float, at_town: float) -> Any:
        town = lifted(
            spaces(
                house("garage", shapely.box(10, -20, 12, 20), 7.0),
                house("home", shapely.box(20, -8, 30, 8), 7.5),
            ),
            0.0,
            at_town,
        )
        rows = seen(town, {**standing(height_m=6.0), "ground_sd_m": at_camera}, draws=200).sightings
        return dict(zip(rows["target_id"], rows["probability"], strict=True)).get("home", 0.0)

    assert home(0.0, 0.0) == 0.0
    assert 0.1 < home(of_camera, of_town) < 0.9


def test_a_camera_drawn_up_the_slope_is_drawn_higher() -> None:
    row = {**standing(position_sd_m=3.0), "ground_rise_east": 0.5, "ground_rise_north": -0.25}
    (one,) = cameras(row).itertuples(index=False)
    scene = Scene.of(spaces(on(0.0, house("h", shapely.box(50, 50, 60, 60), 9.0))))
    pose = nominal_pose(one, settle(0.0, 0.0, one.height_m, scene), math.nan, 100.0, scene)
    drawn = drawn_poses(one, pose, looks_of(one)[0], scene, generator_of(0, "c"), draws=50, max_range_m=100.0)
    assert drawn.rise_m == pytest.approx(0.5 * drawn.poses.x - 0.25 * drawn.poses.y)
    assert np.ptp(drawn.rise_m) > 3.0


def test_a_scene_on_terrain_refuses_a_camera_whose_ground_is_not_told() -> None:
    with pytest.raises(AssertionError, match="ground is told of the buildings"):
        seen(spaces(*UPHILL), camera())
    with pytest.raises(AssertionError, match="of some spaces and not of others"):
        Scene.of(spaces(UPHILL[0], house("other", shapely.box(50, 0, 60, 9), 5.0)))
