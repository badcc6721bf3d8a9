"""What a camera can see in each way that it looks, on both scales of detail."""

from __future__ import annotations

import shapely
from tests.views.towns import cameras, fixed, house, seen, spaces

from visavis.model.vocabulary import level_oodpcvs_of
from visavis.views import Scene, survey
from visavis.views.seeing import Seen

TOWN = spaces(house("home", shapely.box(20, -10, 30, 10), 8.0))


def surveyed(*rows: dict[str, object]) -> Seen:
    return survey(cameras(*rows), Scene.of(TOWN), TOWN, draws=5)


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
