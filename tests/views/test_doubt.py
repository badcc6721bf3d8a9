"""How surely: draws of what is uncertain, and what they must never do."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import shapely
from geopandas.testing import assert_geodataframe_equal
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.views.towns import camera, cameras, fixed, garden, house, seen, spaces

from visavis.model.vocabulary import SURENESSES, sureness_of
from visavis.views import Scene, see
from visavis.views.counting import standard_error
from visavis.views.draws import (
    LEAST_ROOF_SHARE,
    drawn_poses,
    drawn_roofs,
    generator_of,
    nominal_pose,
)
from visavis.views.looks import Look
from visavis.views.placing import settle
from visavis.views.precisely import MOST_DRAWS, precisely

TOWN = spaces(
    house("east", shapely.box(30, -10, 40, 10), 8.0),
    house("north", shapely.box(-10, 30, 10, 40), 8.0),
    house("west", shapely.box(-40, -10, -30, 10), 8.0),
    garden("south", shapely.box(-10, -40, 10, -20)),
)


def _probabilities(result: Any, mode: str = "fixed") -> dict[str, float]:
    rows = result.sightings[result.sightings["mode"] == mode]
    return dict(zip(rows["target_id"], rows["probability"], strict=True))


def test_without_doubt_what_is_seen_is_certain() -> None:
    result = seen(TOWN, fixed(azimuth_deg=90.0), draws=20)
    assert _probabilities(result) == {"east": 1.0}
    for table in (result.views, result.facade_strips):
        assert set(table["probability"]) == {1.0}
        assert set(table["sureness"]) == {"certain"}


def test_a_direction_that_nobody_knows_is_possible_and_spread_over_the_circle() -> None:
    result = seen(TOWN, fixed(azimuth_deg=None, hfov_deg=60.0), draws=360)
    # A house 20 m wide 30 m off fills 36.9°: some of it shows for 60 + 36.9 of 360 degrees.
    share = (60 + 2 * math.degrees(math.atan2(10, 30))) / 360
    found = _probabilities(result)
    assert set(found) == {"east", "north", "west", "south"}
    assert [found[k] for k in ("east", "north", "west")] == pytest.approx([share] * 3, abs=0.02)
    assert result.views["probability"].tolist() == pytest.approx([60 / 360] * len(result.views), abs=0.03)
    assert set(result.views["sureness"]) == {"possible"}
    assert set(result.facade_strips["sureness"]) == {"possible"}


def test_a_wide_picture_of_unknown_direction_stays_possible() -> None:
    result = seen(TOWN, fixed(azimuth_deg=None, hfov_deg=350.0), draws=50)
    assert result.facade_strips["probability"].max() > 0.95
    assert set(result.facade_strips["sureness"]) == {"possible"}
    assert set(result.views["sureness"]) == {"possible"}


def test_a_narrow_picture_of_unknown_direction_is_told_as_a_finding() -> None:
    town = spaces(house("far", shapely.box(90, -0.5, 95, 0.5), 8.0))
    result = seen(town, fixed(azimuth_deg=None, hfov_deg=3.0), draws=100)
    assert result.views.empty
    assert result.facade_strips.empty
    assert result.sightings.empty
    assert [finding.code for finding in result.findings] == ["views.too-unlikely-to-tell"]


def test_a_dome_needs_no_direction() -> None:
    result = seen(TOWN, camera(), draws=10)
    assert set(_probabilities(result).values()) == {1.0}


def test_a_turning_camera_has_its_reach_and_what_it_sees_now() -> None:
    row = fixed(azimuth_deg=90.0, kind="ptz", azimuth_sd_deg=1.0)
    result = seen(TOWN, row, draws=20)
    assert set(_probabilities(result, "reach")) == {"east", "north", "west", "south"}
    assert set(_probabilities(result, "now")) == {"east"}
    unknown = seen(TOWN, fixed(azimuth_deg=None, kind="ptz"), draws=20)
    assert set(unknown.views["mode"]) == {"reach"}
    assert set(unknown.views["sureness"]) == {"certain"}


def test_a_wall_at_the_edge_of_the_picture_is_seen_in_half_of_the_draws() -> None:
    # The picture's right edge points at azimuth 90: there the half metre of this wall shows that it takes.
    town = spaces(house("edge", shapely.box(30, -20, 40, 0.5), 8.0))
    found = _probabilities(seen(town, fixed(azimuth_deg=60.0, azimuth_sd_deg=5.0), draws=1000, seed=3))
    assert found["edge"] == pytest.approx(0.5, abs=0.06)


def test_what_only_draws_see_is_told_with_the_part_that_they_see() -> None:
    town = spaces(
        house("off", shapely.box(30, -20, 40, -2), 8.0), garden("lawn", shapely.box(20, -20, 28, -2))
    )
    result = seen(town, fixed(azimuth_deg=60.0, azimuth_sd_deg=5.0), draws=400)
    assert result.facade_strips.empty
    sightings = result.sightings.set_index("target_id")
    assert set(sightings.index) == {"off", "lawn"}
    assert (sightings["probability"] > 0.05).all()
    assert 0.0 < sightings.loc["off", "length_m"] < 18.0
    assert sightings.loc["off", "geometry"].length == pytest.approx(sightings.loc["off", "length_m"])
    # The end nearest to the picture.
    assert sightings.loc["off", "geometry"].bounds[3] == pytest.approx(-2.0, abs=0.1)
    assert 0.0 < sightings.loc["lawn", "share"] < 1.0


def test_a_roof_of_uncertain_height_makes_the_wall_behind_uncertain() -> None:
    def town(sd: float) -> gpd.GeoDataFrame:
        # Seen from 6 m over 7 m 10 m off, only what is above 8 m shows 20 m off; were it lower, more.
        return spaces(
            house("garage", shapely.box(10, -20, 12, 20), 7.0, height_sd_m=sd),
            house("home", shapely.box(20, -8, 30, 8), 7.5),
        )

    assert "home" not in _probabilities(seen(town(0.0), camera(height_m=6.0), draws=200))
    assert 0.1 < _probabilities(seen(town(1.0), camera(height_m=6.0), draws=200))["home"] < 0.9


def test_draws_stay_outside_of_buildings() -> None:
    town = spaces(house("own", shapely.box(0, -30, 10, 30), 8.0))
    scene = Scene.of(town)
    (row,) = cameras(camera(position_sd_m=4.0)).itertuples(index=False)
    pose = nominal_pose(row, settle(0.0, 0.0, row.height_m, scene), math.nan, 100.0, scene)
    poses, _, _ = drawn_poses(
        row,
        pose,
        Look("fixed", True, False),
        scene,
        generator_of(0, "c"),
        draws=300,
        max_range_m=100.0,
    )
    inside = shapely.contains_xy(shapely.box(0.001, -30, 9.999, 30), poses.x, poses.y)
    assert not inside.any()
    assert poses.x.min() < -4.0
    # Nobody puts it behind the house, either: that is two and a half standard deviations away.
    assert (poses.x > 10.0).mean() < 0.03


def test_an_assumed_lens_is_drawn_over_its_spread_and_a_known_one_is_not() -> None:
    scene = Scene.of(spaces())

    def drawn(**more: Any) -> Any:
        (row,) = cameras(fixed(hfov_deg=43.0, vfov_deg=25.0, tilt_deg=15.0, **more)).itertuples(index=False)
        pose = nominal_pose(row, settle(0.0, 0.0, row.height_m, scene), 90.0, 100.0, scene)
        look = Look("fixed", False, False)
        random = generator_of(0, "c")
        return drawn_poses(row, pose, look, scene, random, draws=2000, max_range_m=5000.0).poses

    known = drawn()
    assert np.ptp(known.hfov_deg) == pytest.approx(0.0, abs=1e-9)
    assert np.ptp(known.tilt_deg) == np.ptp(known.range_m) == 0.0
    assumed = drawn(
        tilt_sd_deg=6.0,
        focal_log_sd=0.5,
        assumed="hfov_deg=default.fixed-focal;vfov_deg=optics.from-hfov;range_m=optics.monitor-level",
    )
    # tan(hfov/2) goes with 1/f.
    spread = np.log(np.tan(np.radians(assumed.hfov_deg / 2)))
    assert spread.std() == pytest.approx(0.5, rel=0.1)
    ratio = np.tan(np.radians(assumed.vfov_deg / 2)) / np.tan(np.radians(assumed.hfov_deg / 2))
    assert np.ptp(ratio) == pytest.approx(0.0, abs=1e-9)
    assert assumed.tilt_deg.std() == pytest.approx(6.0, rel=0.1)
    assert np.argmax(assumed.range_m) == np.argmin(assumed.hfov_deg)


def test_place_height_and_direction_are_drawn_about_what_is_given_with_the_errors_stated() -> None:
    scene = Scene.of(spaces())
    stated = {"position_sd_m": 2.0, "height_m": 20.0, "height_sd_m": 0.5, "azimuth_sd_deg": 7.0}
    (row,) = cameras(fixed(azimuth_deg=40.0, **stated)).itertuples(index=False)
    pose = nominal_pose(row, settle(0.0, 0.0, row.height_m, scene), 40.0, 100.0, scene)
    look, random = Look("fixed", False, False), generator_of(0, "c")
    poses = drawn_poses(row, pose, look, scene, random, draws=2000, max_range_m=100.0).poses
    for drawn, mean, sd in (
        (poses.x, 0.0, 2.0),
        (poses.y, 0.0, 2.0),
        (poses.height_m, 20.0, 0.5),
        (poses.grid_azimuth_deg, 40.0, 7.0),
    ):
        assert drawn.mean() == pytest.approx(mean, abs=0.1 * sd)
        assert drawn.std() == pytest.approx(sd, rel=0.05)


def test_roofs_are_never_drawn_to_nothing() -> None:
    scene = Scene.of(spaces(house("h", shapely.box(0, 0, 9, 9), 4.0, height_sd_m=10.0)))
    drawn = drawn_roofs(scene, np.array([0]), generator_of(0, "c"), 500)
    assert drawn.min() == 4.0 * LEAST_ROOF_SHARE
    assert drawn.max() > 10.0


def test_the_standard_error_is_honest_where_all_draws_agree() -> None:
    share, none, all_of_them = np.array([0.0, 0.5, 1.0]), np.zeros(3), np.full(3, 100.0)
    assert (standard_error(share, none, 100) > 0.004).all()
    # Where draws that are much alike agree no better than any two, the error is that of independent ones.
    assert standard_error(share, all_of_them, 100)[1] == pytest.approx(0.05, rel=0.02)
    assert (standard_error(share, none, 1000) < standard_error(share, none, 100)).all()
    # Half of the mean square of the differences is the variance within a part; the mean of as many draws is known
    # as well as that over their number. One pair that differs by one half is counted besides.
    for changes in (0.0, 10.0):
        told = standard_error(np.array([0.5]), np.array([changes]), 100)
        assert told.tolist() == pytest.approx([math.sqrt((changes + 0.5) / 101 / 2 / 100)])


def _found_often(draws: int, times: int) -> dict[str, Any]:
    """Return probabilities and standard errors of each target, found with other seeds again and again."""
    town = spaces(
        *(
            house(f"h{k}", shapely.box(12 + 9 * k, -30 + 11 * k, 18 + 9 * k, -22 + 11 * k), 5.0 + k)
            for k in range(5)
        ),
        house("low", shapely.box(8, 4, 10, 20), 4.5, height_sd_m=1.0),
        garden("lawn", shapely.box(5, -30, 10, -20)),
    )
    row = fixed(
        azimuth_deg=80.0, azimuth_sd_deg=8.0, position_sd_m=3.0, height_m=5.0, height_sd_m=0.7, hfov_deg=60.0
    )
    scene = Scene.of(town)
    found: dict[str, list[Any]] = {}
    for seed in range(times):
        sightings = see(cameras(row), scene, town, draws=draws, seed=seed).sightings
        for each in sightings.itertuples():
            found.setdefault(each.target_id, []).append((each.probability, each.probability_se))
    return {target: np.array(each) for target, each in found.items() if len(each) == times}


@pytest.mark.slow
def test_even_draws_are_as_good_as_independent_ones_and_their_error_covers_the_truth() -> None:
    truth = {target: each[:, 0].mean() for target, each in _found_often(3000, 2).items()}
    tried = _found_often(200, 40)
    square, independent, told = 0.0, 0.0, 0.0
    for target, each in tried.items():
        p = truth[target]
        if 0.07 < p < 0.97:
            square += ((each[:, 0] - p) ** 2).mean()
            independent += p * (1.0 - p) / 200
            told += (each[:, 1] ** 2).mean()
    assert independent > 0.0
    assert square < independent
    assert square < told < 4.0 * independent


@pytest.mark.slow
def test_the_same_seed_gives_the_same_and_another_one_something_else() -> None:
    row = fixed(azimuth_deg=60.0, azimuth_sd_deg=8.0, position_sd_m=3.0)
    one, two, other = (seen(TOWN, row, draws=60, seed=seed) for seed in (1, 1, 2))
    for table in ("views", "facade_strips", "sightings"):
        assert_geodataframe_equal(getattr(one, table), getattr(two, table))
    assert not one.views["probability"].equals(other.views["probability"])


@pytest.mark.slow
def test_neither_order_nor_number_of_cameras_changes_a_camera() -> None:
    rows = [
        fixed(f"c{k}", x=float(k), y=float(-k), azimuth_deg=20.0 * k, azimuth_sd_deg=9.0, position_sd_m=2.0)
        for k in range(6)
    ]
    together, reversed_ = (seen(TOWN, *some, draws=25, seed=4) for some in (rows, rows[::-1]))
    alone = seen(TOWN, rows[3], draws=25, seed=4)
    for table, key in (("views", "view_id"), ("facade_strips", "strip_id"), ("sightings", "sighting_id")):
        assert_geodataframe_equal(getattr(together, table), getattr(reversed_, table))
        mine = getattr(together, table)
        mine = mine[mine["camera_id"] == "c3"].reset_index(drop=True)
        assert_geodataframe_equal(mine, getattr(alone, table), check_dtype=False)
        assert mine[key].is_unique


def test_neither_order_nor_far_away_buildings_change_what_is_seen() -> None:
    row = camera(height_sd_m=1.0, position_sd_m=2.0)
    far = house("far", shapely.box(900, 900, 910, 910), 9.0)
    shuffled = spaces(*reversed(TOWN.to_dict("records")), far)
    one, two = seen(TOWN, row, draws=20), seen(shuffled, row, draws=20)
    assert_geodataframe_equal(one.sightings, two.sightings)
    assert_geodataframe_equal(one.facade_strips, two.facade_strips)


@pytest.mark.slow
@settings(max_examples=15, deadline=None)
@given(
    azimuth=st.floats(0, 359),
    azimuth_sd=st.floats(0, 60),
    position_sd=st.floats(0, 10),
    more=st.floats(1.5, 6),
    hfov=st.floats(20, 120),
)
def test_more_doubt_never_turns_possible_into_certain(
    azimuth: float, azimuth_sd: float, position_sd: float, more: float, hfov: float
) -> None:
    surest = list(SURENESSES)

    def words(factor: float) -> dict[str, str]:
        row = fixed(
            azimuth_deg=azimuth,
            hfov_deg=hfov,
            azimuth_sd_deg=azimuth_sd * factor,
            position_sd_m=position_sd * factor,
        )
        found = _probabilities(seen(TOWN, row, draws=80))
        return {target: sureness_of(probability) or "" for target, probability in found.items()}

    before, after = words(1.0), words(more)
    for target, word in after.items():
        if before.get(target, "possible") == "possible":
            assert surest.index(word) > surest.index("certain"), target


def test_progress_is_told_camera_by_camera() -> None:
    done: list[int] = []
    rows = cameras(camera("a"), camera("b"))
    see(rows, Scene.of(TOWN), TOWN, draws=1, progress=done.append)
    assert done == [1, 2]


def test_no_draws_and_no_range_are_refused() -> None:
    for wrong in ({"draws": 0}, {"max_range_m": 0.0}, {"max_range_m": math.nan}, {"precision": 0.0}):
        with pytest.raises(ValueError, match="needed"):
            see(cameras(camera()), Scene.of(TOWN), TOWN, **wrong)


@pytest.mark.slow
def test_as_many_draws_are_taken_as_the_precision_needs() -> None:
    doubtful = fixed("doubtful", azimuth_deg=60.0, azimuth_sd_deg=8.0, position_sd_m=3.0)
    sure = fixed("sure", azimuth_deg=60.0)
    scene = Scene.of(TOWN)
    for precision in (0.05, 0.02):
        found = see(cameras(doubtful, sure), scene, TOWN, precision=precision)
        for table in (found.views, found.facade_strips, found.sightings):
            assert len(table)
            assert (table["probability_se"] <= precision).all()
        assert not [each for each in found.findings if each.code == "views.precision-not-reached"]
        alone = see(cameras(doubtful), scene, TOWN, precision=precision)
        mine = found.sightings[found.sightings["camera_id"] == "doubtful"].reset_index(drop=True)
        assert_geodataframe_equal(mine, alone.sightings, check_dtype=False)


def test_a_precision_that_cannot_be_reached_is_told() -> None:
    told: list[int] = []

    def watched(draws: int) -> Any:
        told.append(draws)
        return SimpleNamespace(largest_se=0.3 / math.sqrt(draws))

    seen_, draws = precisely(watched, 0.01)
    assert seen_.largest_se <= 0.01
    assert draws == told[-1] < 2 * 900
    assert len(told) <= 4
    seen_, draws = precisely(watched, 0.002)
    assert seen_.largest_se > 0.002
    assert draws == MOST_DRAWS


def test_where_all_draws_agree_one_round_does() -> None:
    told: list[int] = []

    def watched(draws: int) -> Any:
        told.append(draws)
        none = np.zeros(1)
        return SimpleNamespace(largest_se=float(standard_error(none, none, draws)[0]))

    for precision, most in ((0.05, 16), (0.02, 32), (0.01, 64)):
        assert precisely(watched, precision)[1] == told[-1] == most
    assert len(told) == 3


def test_a_camera_that_too_many_draws_are_needed_for_has_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("visavis.views.precisely.MOST_DRAWS", 16)
    doubtful = fixed(azimuth_deg=60.0, azimuth_sd_deg=8.0, position_sd_m=3.0)
    found = see(cameras(doubtful), Scene.of(TOWN), TOWN, precision=0.004)
    told = [each for each in found.findings if each.code == "views.precision-not-reached"]
    assert [each.subjects for each in told] == [("c",)]
    assert found.sightings["probability_se"].max() > 0.004


def test_cameras_are_drawn_apart_and_each_seed_anew() -> None:
    told = [
        tuple(generator_of(seed, name).random(3)) for seed, name in ((0, "a"), (0, "b"), (1, "a"), (0, "a"))
    ]
    assert told[0] == told[3]
    assert len(set(told)) == 3
