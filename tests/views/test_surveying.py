"""What a camera can see in each way that it looks, on both scales of detail."""

from __future__ import annotations

import math
from typing import Any

import pytest
import shapely
from tests.views.towns import cameras, door, fixed, house, seen, spaces

from visavis.model.vocabulary import level_oodpcvs_of
from visavis.views import Scene, survey
from visavis.views.seeing import Seen

TOWN = spaces(house("home", shapely.box(20, -10, 30, 10), 8.0))


def surveyed(*rows: dict[str, object], town: Any = TOWN, **more: Any) -> Seen:
    return survey(cameras(*rows), Scene.of(town), town, **{"draws": 5, **more})


def ptz(**more: Any) -> dict[str, Any]:
    """Two megapixels through 4.5 to 135 mm on a 1/2.8" sensor."""
    return fixed(
        azimuth_deg=None,
        **{
            "kind": "ptz",
            "hfov_deg": 61.65,
            "vfov_deg": 37.11,
            "pixels": 1920.0,
            "range_m": 128.7,
            "hfov_tele_deg": 2.279,
            "tilt_least_deg": -15.0,
            "tilt_most_deg": 90.0,
            **more,
        },
    )


def test_a_survey_tells_what_is_seen_on_both_scales() -> None:
    row = fixed(azimuth_deg=90.0)
    both, one = surveyed(row), seen(TOWN, row, draws=5)
    told = both.facade_strips.drop(columns="level_oodpcvs")
    assert told.equals(one.facade_strips.drop(columns="level_oodpcvs"))
    for table, density in ((both.facade_strips, "px_per_m"), (both.views, "px_per_m_least")):
        assert table["level_oodpcvs"].tolist() == [level_oodpcvs_of(each) for each in table[density]]


def test_the_newer_level_of_a_band_is_reached_all_over_it() -> None:
    newer = surveyed(fixed(azimuth_deg=90.0, pixels=1920.0)).views.set_index("level")["level_oodpcvs"]
    # 62.5 px/m at the far edge is above outline's 40 and below discern's 80.
    assert newer["recognise"] == "perceive"
    assert newer["observe"] == "outline"


def test_a_camera_that_zooms_has_its_reach_wide_and_at_full_zoom() -> None:
    strips = surveyed(ptz()).facade_strips.set_index("mode")
    assert set(strips.index) == {"reach", "reach_tele"}
    assert set(strips["sureness"]) == {"certain"}
    # N·f / w over the distance to the wall before it, 20 m: 1920 · 4.5 / 5.37 and 1920 · 135 / 5.37.
    assert strips.loc["reach", "px_per_m"].max() == pytest.approx(1608.9 / 20, rel=1e-3)
    assert strips.loc["reach_tele", "px_per_m"].max() == pytest.approx(48268 / 20, rel=1e-3)
    assert set(strips.loc[["reach_tele"], "level_oodpcvs"]) == {"scrutinise"}


def test_at_full_zoom_it_tells_movement_where_the_wide_lens_no_longer_does() -> None:
    town = spaces(house("far", shapely.box(150, -10, 160, 10), 8.0))
    strips = surveyed(ptz(), town=town, max_range_m=200.0).facade_strips
    assert set(strips["mode"]) == {"reach_tele"}
    assert strips["px_per_m"].max() == pytest.approx(48268 / 150, rel=1e-3)


@pytest.mark.parametrize(("mode", "half_deg"), [("reach", 37.11 / 2), ("reach_tele", 1.282 / 2)])
def test_what_it_can_be_turned_to_ends_above_its_mechanism_and_its_picture(
    mode: str, half_deg: float
) -> None:
    town = spaces(house("tower", shapely.box(20, -10, 30, 10), 60.0))
    strips = surveyed(ptz(height_m=6.0), town=town).facade_strips.set_index("mode")
    # Where the wall is nearest, 20 m off: the eye at 6 m, 15° up by the mechanism, half a picture more.
    top = strips.loc[[mode], ["z_high_from_m", "z_high_to_m"]].to_numpy().min()
    assert top == pytest.approx(6.0 + 20.0 * math.tan(math.radians(15.0 + half_deg)), rel=0.02)
    assert strips.loc[[mode], "z_low_from_m"].max() == 0.0


def test_one_that_cannot_look_down_does_not_see_the_ground_at_its_foot() -> None:
    near = surveyed(ptz(tilt_most_deg=30.0)).views
    wide = near[near["mode"] == "reach"].geometry.union_all()
    nearest = wide.distance(shapely.Point(0, 0))
    assert nearest == pytest.approx(6.0 / math.tan(math.radians(30.0 + 37.11 / 2)), rel=0.01)


def test_a_camera_counts_once_in_progress_and_in_findings_however_many_ways_it_looks() -> None:
    town = spaces(house("home", shapely.box(-5, -5, 5, 5), 8.0))
    done: list[int] = []
    rows = (ptz() | {"camera_id": "a"}, fixed("b", x=60.0), ptz() | {"camera_id": "c"})
    result = surveyed(*rows, town=town, progress=done.append)
    assert done == [1, 1, 2, 3, 3]
    told = [finding for finding in result.findings if finding.code == "views.camera-inside-building"]
    assert sorted(finding.subjects[0] for finding in told) == ["a", "c"]


def test_a_fisheyes_picture_grows_coarse_towards_its_foot() -> None:
    eye = fixed(
        azimuth_deg=None,
        kind="fisheye",
        hfov_deg=360.0,
        vfov_deg=180.0,
        tilt_deg=90.0,
        pixels=6786.0,
        height_m=6.0,
    )
    town = spaces(house("home", shapely.box(6, -10, 12, 10), 4.0))
    result = surveyed(eye, town=town)
    # The wall is 6 m off in plan; its top, 2 m under the lens, is where it is nearest: atan(6 / 2) from the axis.
    dense = 6786 / math.pi**2 * math.atan2(6.0, 2.0) / 6.0
    assert result.facade_strips["px_per_m"].max() == pytest.approx(dense, rel=1e-3)
    assert result.sightings["px_per_m"].max() == pytest.approx(dense, rel=1e-3)
    # Straight below f / H = 114.6 px/m, so nothing on the ground is recognised.
    assert result.views["level"].tolist() == ["detect", "monitor", "observe"]
    assert result.views["px_per_m_least"].tolist() == pytest.approx([25.0, 12.5, 62.5], rel=1e-3)


def test_several_sensors_of_unknown_heading_are_possible_at_most() -> None:
    heads = fixed(azimuth_deg=None, kind="multisensor", hfov_deg=271.0, pixels=10240.0)
    result = surveyed(heads, draws=100)
    assert set(result.facade_strips["sureness"]) == {"possible"}
    # 271° and the house's own 53.1° of the circle.
    assert result.sightings["probability"].max() == pytest.approx((271 + 53.1) / 360, abs=0.08)


def test_a_balcony_is_seen_where_the_wall_behind_it_is() -> None:
    # Over a garage of 3 m, 10 m before a lens at 6 m, the house 20 m off shows from the ground up but for its foot …
    high = door("balcony/high", 20.0, 0.0, "home") | {"kind": "balcony", "base_m": 4.0}
    low = door("balcony/low", 20.0, 5.0, "home") | {"kind": "balcony", "base_m": 0.0}
    town = spaces(
        house("garage", shapely.box(8, -20, 10, 20), 5.5),
        house("home", shapely.box(20, -10, 30, 10), 9.0),
        high,
        low,
    )
    # … here over one of 5.5 m: 6 - 0.5 · 20 / 10 = 5 m and up, so a metre of the balcony at 4 m, none of that at 0.
    seen = surveyed(fixed(azimuth_deg=90.0, height_m=6.0, vfov_deg=90.0), town=town)
    assert {"balcony/high", "home"} <= set(seen.sightings["target_id"])
    assert "balcony/low" not in set(seen.sightings["target_id"])
