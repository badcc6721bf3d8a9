"""A picture shows what the published rows tell: the same strips, as sharp, as far."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
import shapely
from tests.pictures.scenes import pictured
from tests.views.towns import fixed, garden, house, seen, spaces

TOWN = spaces(
    house("a", shapely.box(12, -9, 20, -1), 9.0),
    house("b", shapely.box(14, 2, 22, 12), 3.0, kind="sensitive_place"),
    house("c", shapely.box(30, -15, 36, 15), 12.0),
    garden("g", shapely.box(4, 3, 13, 9)),
)
# Level, so that the upright sides of a view are those of the picture.
CAMERA = fixed(azimuth_deg=90.0, hfov_deg=80.0, vfov_deg=60.0, tilt_deg=0.0, height_m=6.0, pixels=1920.0)


def _area_px2(strip: Any, lens: Any, focal: float) -> float:
    """Return the area in the picture of a strip of façade, its four corners put through a pinhole by hand."""
    (x0, y0), (x1, y1) = strip.geometry.coords
    corners = [
        (x0, y0, strip.z_low_from_m), (x1, y1, strip.z_low_to_m),
        (x1, y1, strip.z_high_to_m), (x0, y0, strip.z_high_from_m),
    ]  # fmt: skip
    # It looks east: depth is the way east, right is south.
    return float(shapely.Polygon([(-focal * (y - lens[1]) / (x - lens[0]), -focal * (z - lens[2]) / (x - lens[0]))
                                  for x, y, z in corners]).area)  # fmt: skip


def test_facades_fill_as_much_of_the_picture_as_the_published_strips() -> None:
    picture = pictured(TOWN, CAMERA)
    strips = seen(TOWN, CAMERA).facade_strips
    focal = 960.0 / math.tan(math.radians(40.0))
    lens = np.array([0.0, 0.0, 6.0])
    for building in "abc":
        mine = [strip for strip in strips.itertuples() if strip.building_id == building]
        drawn = sum(patch.shape.area for patch in picture.patches if patch.building_id == building and patch.told
                    and patch.what != "roof")  # fmt: skip
        assert mine
        assert drawn == pytest.approx(sum(_area_px2(strip, lens, focal) for strip in mine), rel=1e-5)


def test_facades_are_as_sharp_as_the_published_sightings() -> None:
    picture = pictured(TOWN, CAMERA)
    sightings = seen(TOWN, CAMERA).sightings.set_index("target_id")
    for space in "abc":
        mine = [patch for patch in picture.patches if patch.space_id == space]
        assert max(patch.px_per_m for patch in mine) == pytest.approx(sightings.loc[space, "px_per_m"])
        assert min(patch.distance_m for patch in mine) == pytest.approx(sightings.loc[space, "distance_m"])


def test_a_garden_is_as_sharp_as_the_published_sighting() -> None:
    mine = [patch for patch in pictured(TOWN, CAMERA).patches if patch.space_id == "g"]
    sighting = seen(TOWN, CAMERA).sightings.set_index("target_id").loc["g"]
    assert max(patch.px_per_m for patch in mine) == pytest.approx(sighting["px_per_m"], rel=1e-6)


def test_the_order_of_the_spaces_changes_nothing() -> None:
    one, other = pictured(TOWN, CAMERA), pictured(TOWN.iloc[::-1].reset_index(drop=True), CAMERA)
    for patch, twin in zip(one.patches, other.patches, strict=True):
        assert (patch.what, patch.space_id, patch.level) == (twin.what, twin.space_id, twin.level)
        assert patch.shape.equals_exact(twin.shape, 1e-6)
