"""Suggested masks: what they cover, what they cost, and how few they may be."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from tests.pictures.scenes import pictured
from tests.views.towns import camera, door, fixed, garden, house, spaces

from visavis.model.errors import UsageError
from visavis.pictures import Picture, suggest_masks
from visavis.pictures.enclosing import enclosing
from visavis.pictures.masking import CORNERS, MASKED, WIDEST_SHARE

FRAME = shapely.box(0, 0, 1000, 600)
LOOK = {"hfov_deg": 80.0, "vfov_deg": 55.0, "tilt_deg": 12.0, "height_m": 6.0, "pixels": 1920.0}


def _street(seed: int = 0) -> gpd.GeoDataFrame:
    """Return a street of homes on both sides of the axis, with gardens, a school and a shop."""
    random = np.random.default_rng(seed)
    rows = []
    for k in range(7):
        for side in (-1, 1):
            x, y = 8 + 9 * k, side * random.uniform(5, 8)
            home = shapely.box(x, min(y, y + 7 * side), x + 8, max(y, y + 7 * side))
            kind = {3: "sensitive_place", 8: "other_private"}.get(2 * k + (side > 0), "dwelling_facade")
            name = f"h{k}{'n' if side > 0 else 's'}"
            rows.append(house(name, home, float(random.uniform(4, 11)), kind=kind))
            if kind == "dwelling_facade":
                rows.append(door(f"d{name}", x + 3.0, y, of=name))
                rows.append(
                    garden(f"g{name}", shapely.box(x, min(y, y - 2 * side), x + 8, max(y, y - 2 * side)))
                )
    return spaces(*rows)


def _picture(seed: int = 0, **more: object) -> Picture:
    return pictured(_street(seed), fixed(**{"azimuth_deg": 90.0} | LOOK | more))


def _private(picture: Picture) -> Any:
    return shapely.union_all([p.shape for p in picture.patches if p.what in MASKED and p.told])


@pytest.mark.slow
@pytest.mark.parametrize(("seed", "form"), [(0, "quadrilateral"), (1, "rectangle"), (1, None)])
def test_more_masks_never_leave_more_private_in_view_nor_cover_more_that_is_public(
    seed: int, form: str | None
) -> None:
    picture = _picture(seed)
    lost, left = [], []
    for most in (1, 2, 3, 5, 8, 13):
        masking = suggest_masks(picture, most=most, form=form)
        assert 1 <= len(masking.masks) <= most
        lost.append(masking.lost_share)
        left.append(masking.left_share)
    assert all(fewer >= more - 1e-12 for fewer, more in pairwise(lost))
    assert all(fewer >= more for fewer, more in pairwise(left))
    assert lost[0] > lost[-1]


@pytest.mark.slow
@pytest.mark.parametrize("most", [1, 4, None])
def test_all_that_is_private_within_range_is_covered(most: int | None) -> None:
    picture = _picture()
    masking = suggest_masks(picture, most=most)
    uncovered = shapely.difference(_private(picture), shapely.union_all(masking.masks))
    assert uncovered.area == pytest.approx(0.0, abs=1e-3)
    assert masking.left_share == 0.0
    assert set(masking.left) == {p.space_id for p in picture.patches if p.what in MASKED and p.told}


def test_what_stays_in_view_is_told_by_space() -> None:
    # Sensitive places and shops are not masked, so they are not among what is told.
    assert not any(space in ("h1n", "h4s") for space in suggest_masks(_picture()).left)


def test_what_stays_in_view_of_places_that_no_mask_is_meant_for_is_told() -> None:
    picture = _picture()
    masking = suggest_masks(picture)
    kinds = ("sensitive_place", "other_private")
    others = shapely.union_all([p.shape for p in picture.patches if p.what in kinds and p.told])
    left = others.difference(shapely.union_all(masking.masks)).area / others.area
    assert masking.unmasked_share == pytest.approx(left)
    assert 0.0 < left < 1.0
    homes = spaces(house("h", shapely.box(10, -2, 20, 4), 8.0))
    assert suggest_masks(pictured(homes, fixed(azimuth_deg=90.0, **LOOK))).unmasked_share is None


@pytest.mark.slow
def test_masks_widened_for_doubt_still_cover_where_the_camera_points_a_little_astray() -> None:
    masks = shapely.union_all(suggest_masks(_picture(azimuth_sd_deg=1.0), tilt_sd_deg=1.0).masks)
    bare = shapely.union_all(suggest_masks(_picture()).masks)
    for turn, tilt in ((1.0, 0.0), (-1.0, 0.0), (0.0, 1.0), (0.0, -1.0)):
        private = _private(_picture(azimuth_deg=90.0 + turn, tilt_deg=LOOK["tilt_deg"] + tilt))
        # A pinhole stretches towards its edges, so that there a turn moves the picture further than in its middle.
        assert private.difference(masks).area < 0.02 * private.area
        assert private.difference(masks).area < 0.5 * private.difference(bare).area


@pytest.mark.parametrize("form", ["rectangle", "quadrilateral", "polygon"])
def test_masks_are_convex_with_few_corners_and_lie_in_the_picture(form: str) -> None:
    picture = _picture()
    frame = shapely.box(0, 0, picture.width_px, picture.height_px)
    for mask in suggest_masks(picture, form=form).masks:
        assert len(mask.exterior.coords) - 1 <= CORNERS[form]
        if form == "rectangle":
            assert mask.area == pytest.approx(shapely.box(*mask.bounds).area)
        assert mask.convex_hull.area == pytest.approx(mask.area)
        assert frame.buffer(1e-6).covers(mask)


@pytest.mark.slow
def test_masks_grow_with_the_doubt_of_direction_and_tilt_up_to_a_limit() -> None:
    sure, unsure, lost = (
        suggest_masks(_picture(azimuth_sd_deg=sd), tilt_sd_deg=tilt)
        for sd, tilt in ((0, 0), (1, 1), (30, 30))
    )
    assert (sure.across_px, sure.down_px, sure.capped) == (0.0, 0.0, False)
    # One degree at a focal length of 960 / tan 40° px.
    assert unsure.across_px == pytest.approx(960 / np.tan(np.radians(40)) * np.tan(np.radians(1)))
    assert sure.lost_share < unsure.lost_share < lost.lost_share
    assert lost.capped
    assert lost.across_px == pytest.approx(WIDEST_SHARE * 1920)


@pytest.mark.slow
def test_the_doubt_of_a_tilt_widens_masks_up_and_down() -> None:
    doubted = suggest_masks(_picture(tilt_sd_deg=6.25))
    assert doubted.down_px > suggest_masks(_picture()).down_px == 0.0


def test_a_mask_around_one_wall_is_that_wall() -> None:
    town = spaces(house("h", shapely.box(10, -2, 20, 4), 8.0))
    level = fixed(azimuth_deg=90.0, hfov_deg=90.0, vfov_deg=90.0, pixels=1000.0, height_m=5.0)
    masking = suggest_masks(pictured(town, level), form="quadrilateral")
    (mask,) = masking.masks
    assert mask.bounds == pytest.approx((300, 350, 600, 750), abs=1e-2)
    assert mask.area == pytest.approx(300 * 400, rel=1e-4)
    assert masking.lost_share == pytest.approx(0.0, abs=1e-4)


def test_where_nothing_is_private_no_mask_is_suggested() -> None:
    town = spaces(house("h", shapely.box(10, -2, 20, 4), 8.0, kind="public"))
    masking = suggest_masks(pictured(town, fixed(azimuth_deg=90.0, **LOOK)), most=4)
    assert (masking.masks, masking.left, masking.left_share, masking.lost_share) == ((), {}, 0.0, 0.0)


@pytest.mark.slow
def test_a_dome_gets_masks_in_its_unrolled_picture() -> None:
    picture = pictured(_street(), camera(tilt_deg=45.0, vfov_deg=90.0, height_m=6.0))
    masking = suggest_masks(picture, most=3)
    assert len(masking.masks) <= 3
    assert masking.left_share == 0.0


@pytest.mark.slow
def test_no_mask_is_suggested_where_nobody_knows_which_way_it_looks_or_it_turns() -> None:
    with pytest.raises(UsageError, match="nobody knows which way"):
        suggest_masks(_picture(azimuth_deg=None))
    turning = pictured(_street(), fixed(azimuth_deg=90.0, kind="ptz", **LOOK), mode="reach")
    with pytest.raises(UsageError, match="masks stand in one picture"):
        suggest_masks(turning)


@pytest.mark.parametrize(("most", "form"), [(0, None), (3, "star")])
def test_masks_that_no_camera_has_are_refused(most: int, form: str | None) -> None:
    with pytest.raises(ValueError, match="at least one mask"):
        suggest_masks(_picture(), most=most, form=form)


@given(
    points=st.lists(st.tuples(st.floats(0, 1000), st.floats(0, 600)), min_size=3, max_size=30),
    corners=st.integers(4, 9),
)
def test_an_outline_of_few_corners_holds_its_shape_and_stays_in_the_frame(
    points: list[tuple[float, float]], corners: int
) -> None:
    hull = shapely.MultiPoint(points).convex_hull
    if hull.geom_type != "Polygon" or hull.area < 1.0:
        return
    found = enclosing(hull, corners, FRAME)
    assert len(found.exterior.coords) - 1 <= corners
    assert found.buffer(1e-6).covers(hull)
    assert FRAME.buffer(1e-6).covers(found)
    assert found.area <= shapely.box(*hull.bounds).area + 1e-6 or corners > 4 or found.is_valid
