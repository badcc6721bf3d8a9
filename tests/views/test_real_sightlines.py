"""In real scenes the engine's tables agree with lines of sight, at a sample of the points that the benchmark asks."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.scenes import Subject, cadastre_or_why, geneva_or_why
from benchmarks.sightlines import tally

pytestmark = [pytest.mark.shared, pytest.mark.long]

CAMERAS = 60
POINTS = 6_000


@pytest.fixture(scope="module", params=[geneva_or_why, cadastre_or_why], ids=["geneva", "cadastre"])
def scene(request: pytest.FixtureRequest, shared: Path) -> Subject:
    found = request.param(shared)
    if isinstance(found, str):
        pytest.skip(found)
    some = found.cameras.iloc[:: -(-len(found.cameras) // CAMERAS)]
    return Subject(found.name, found.spaces, some)


@pytest.mark.parametrize("ahead", [False, True], ids=["all-round", "fov"])
def test_no_point_lies_outside_of_the_tolerance_of_lines_of_sight(scene: Subject, ahead: bool) -> None:
    told = tally(scene, POINTS, seed=7, ahead=ahead)
    assert told.outside == 0, "\n".join(told.examples)
    assert told.points > 0.95 * POINTS
    assert told.facade_points > 0.3 * POINTS
    assert told.must > 0.05 * POINTS
    assert told.must_not > 0.1 * POINTS
