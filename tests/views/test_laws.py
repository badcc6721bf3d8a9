"""What must hold in any town."""

from __future__ import annotations

import itertools
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from shapely import affinity
from tests.views.towns import camera, fixed, garden, ground_of, house, seen, spaces, turned

from visavis.views import Seen
from visavis.views.walls import TOUCHING_M

# Slivers of this size are rounding.
TINY_M2 = 1e-3

laws = settings(max_examples=15, deadline=None)


@st.composite
def houses(draw: Any, least: int = 1, most: int = 7) -> list[dict[str, Any]]:
    """Return houses around the origin, none of them over it."""
    rows: list[dict[str, Any]] = []
    for k in range(draw(st.integers(least, most))):
        distance, bearing = draw(st.floats(8, 60)), draw(st.floats(0, 360))
        width, depth = draw(st.floats(2, 20)), draw(st.floats(2, 20))
        shape = affinity.rotate(
            shapely.box(0, -width / 2, depth, width / 2), draw(st.floats(-60, 60)), (0, 0)
        )
        shape = affinity.rotate(affinity.translate(shape, distance, 0), bearing, (0, 0))
        if shape.distance(shapely.Point(0, 0)) > 3.0:
            rows.append(house(f"h{k}", shape, draw(st.floats(1, 15))))
    return rows


heights = st.floats(1.5, 20)


def _lengths(result: Seen) -> dict[str, float]:
    rows = result.sightings[result.sightings["aspect"] == "facade"]
    return dict(zip(rows["target_id"], rows["length_m"], strict=True))


def _areas(result: Seen) -> dict[str, float]:
    return dict(zip(result.sightings["target_id"], result.sightings["area_m2"], strict=True))


@pytest.mark.slow
@laws
@given(houses(), heights, st.floats(0, 360), st.floats(-500, 500), st.floats(-500, 500), st.floats(0, 359.9))
def test_turn_and_move_the_town_and_everything_turns_and_moves(
    rows: list[dict[str, Any]], height: float, angle: float, dx: float, dy: float, azimuth: float
) -> None:
    town = spaces(*rows)
    # Half a kilometre to the side grid north is off true north by thousandths of a degree.
    look = {"hfov_deg": 80.0, "vfov_deg": 50.0, "tilt_deg": 10.0, "height_m": height, "range_m": 80.0}
    here = seen(town, fixed(azimuth_deg=azimuth, **look))
    there = seen(
        turned(town, angle, dx, dy), fixed(x=dx, y=dy, azimuth_deg=(azimuth + angle) % 360.0 % 360.0, **look)
    )
    moved = turned(here.views, angle, dx, dy)
    assert ground_of(moved).symmetric_difference(ground_of(there.views)).area < 1.0
    assert here.views["area_m2"].sum() == pytest.approx(there.views["area_m2"].sum(), abs=1.0)
    assert sum(_lengths(here).values()) == pytest.approx(sum(_lengths(there).values()), abs=0.1)


@pytest.mark.slow
@laws
@given(houses(), houses(least=1, most=2), heights)
def test_adding_a_house_never_widens_a_view(
    rows: list[dict[str, Any]], more: list[dict[str, Any]], height: float
) -> None:
    assume(more)
    added = [house(f"new{k}", row["geometry"], row["height_m"]) for k, row in enumerate(more)]
    before = seen(spaces(*rows), camera(height_m=height))
    after = seen(spaces(*rows, *added), camera(height_m=height))
    assert ground_of(after.views).difference(ground_of(before.views)).area < TINY_M2
    old, new = _areas(before), _areas(after)
    assert all(new.get(row["space_id"], 0.0) <= old.get(row["space_id"], 0.0) + TINY_M2 for row in rows)


@pytest.mark.slow
@laws
@given(houses(least=2), heights, st.floats(0.1, 10))
def test_a_higher_wall_never_shows_more_of_anything_else(
    rows: list[dict[str, Any]], height: float, more: float
) -> None:
    assume(rows)
    raised = [{**rows[0], "height_m": rows[0]["height_m"] + more}, *rows[1:]]
    before, after = (seen(spaces(*some), camera(height_m=height)) for some in (rows, raised))
    assert ground_of(after.views).difference(ground_of(before.views)).area < TINY_M2
    old, new = _areas(before), _areas(after)
    assert all(new.get(row["space_id"], 0.0) <= old.get(row["space_id"], 0.0) + TINY_M2 for row in rows[1:])


@pytest.mark.slow
@laws
@given(houses(), heights, st.floats(20, 60), st.floats(1, 40))
def test_a_longer_range_holds_the_shorter_one(
    rows: list[dict[str, Any]], height: float, range_m: float, more: float
) -> None:
    town = spaces(*rows)
    near, far = (seen(town, camera(height_m=height, range_m=r)) for r in (range_m, range_m + more))
    # The shorter range's circle is drawn with chords, and so is the longer one's.
    assert ground_of(near.views).difference(ground_of(far.views).buffer(0.02)).area < 0.1


@pytest.mark.slow
@laws
@given(houses(), heights, st.floats(0, 359), st.floats(30, 170))
def test_sectors_all_round_make_the_circle(
    rows: list[dict[str, Any]], height: float, azimuth: float, hfov: float
) -> None:
    town = spaces(*rows)
    parts = [
        fixed("a", azimuth_deg=azimuth, hfov_deg=hfov, height_m=height, vfov_deg=180.0),
        fixed(
            "b", azimuth_deg=(azimuth + 180) % 360 % 360, hfov_deg=360 - hfov, height_m=height, vfov_deg=180.0
        ),
    ]
    halves, whole = (
        seen(town, *parts, max_range_m=60.0),
        seen(town, camera(height_m=height), max_range_m=60.0),
    )
    assert halves.views["area_m2"].sum() == pytest.approx(whole.views["area_m2"].sum(), abs=0.1)
    together = halves.facade_strips["to_m"].sub(halves.facade_strips["from_m"]).sum()
    assert together == pytest.approx(
        whole.facade_strips["to_m"].sub(whole.facade_strips["from_m"]).sum(), abs=0.05
    )


@pytest.mark.slow
@laws
@given(houses(), heights, st.floats(0.2, 0.8))
def test_a_house_split_in_two_hides_the_same(rows: list[dict[str, Any]], height: float, share: float) -> None:
    assume(rows)
    first = rows[0]["geometry"]
    # Houses that nearly touch may count as touching; whole or split, that may differ by a hair.
    rows = [rows[0], *(row for row in rows[1:] if row["geometry"].distance(first) > 0.3)]
    corners = np.array(first.exterior.coords)
    a, b = corners[0] + share * (corners[1] - corners[0]), corners[3] + share * (corners[2] - corners[3])
    halves = [
        house("left", shapely.Polygon([corners[0], a, b, corners[3]]), rows[0]["height_m"]),
        house("right", shapely.Polygon([a, corners[1], corners[2], b]), rows[0]["height_m"]),
    ]
    whole = seen(spaces(*rows), camera(height_m=height))
    split = seen(spaces(*halves, *rows[1:]), camera(height_m=height))
    assert ground_of(whole.views).symmetric_difference(ground_of(split.views)).area < TINY_M2
    # What is hidden and what shows, house by house; the two halves together show what the whole one did.
    one, two = _shown(whole), _shown(split)
    two[rows[0]["building_id"]] = two.pop("left", 0.0) + two.pop("right", 0.0)
    assert all(two.get(name, 0.0) == pytest.approx(one.get(name, 0.0), abs=0.05) for name in one | two)


def _shown(result: Seen) -> dict[str, float]:
    """Return the area of façade in view by building."""
    strips = result.facade_strips
    height = strips["z_high_from_m"] - strips["z_low_from_m"] + strips["z_high_to_m"] - strips["z_low_to_m"]
    area = (strips["to_m"] - strips["from_m"]) * height / 2
    return {str(name): float(each.sum()) for name, each in area.groupby(strips["building_id"])}


def _strips_overlap(strips: gpd.GeoDataFrame) -> bool:
    for _, mine in strips.sort_values("from_m").groupby(["camera_id", "mode", "building_id", "edge"]):
        if (mine["from_m"].to_numpy()[1:] < mine["to_m"].to_numpy()[:-1] - 1e-6).any():
            return True
    return False


@pytest.mark.slow
@laws
@given(
    houses(),
    heights,
    st.floats(0, 359),
    st.floats(10, 360),
    st.floats(10, 120),
    st.floats(-20, 60),
    st.floats(0, 30),
    st.floats(0, 5),
)
def test_tables_keep_their_word(
    rows: list[dict[str, Any]],
    height: float,
    azimuth: float,
    hfov: float,
    vfov: float,
    tilt: float,
    azimuth_sd: float,
    position_sd: float,
) -> None:
    rows = [row | {"height_sd_m": 1.0} for row in rows]
    town = spaces(
        *rows, garden("lawn", shapely.box(-30, -30, -5, 30)), garden("yard", shapely.box(5, -5, 9, 50))
    )
    row = fixed(
        azimuth_deg=azimuth,
        hfov_deg=hfov,
        vfov_deg=vfov,
        tilt_deg=tilt,
        height_m=height,
        azimuth_sd_deg=azimuth_sd,
        position_sd_m=position_sd,
        height_sd_m=1.0,
    )
    result = seen(town, row, draws=15)
    strips, views, sightings = result.facade_strips, result.views, result.sightings
    assert not _strips_overlap(strips)
    assert sightings["share"].between(0, 1).all()
    for table in (strips, views, sightings):
        assert (table["probability"] > 0.05).all()
        assert (table["probability_se"] > 0).all()
    assert (strips["z_low_from_m"] <= strips["z_high_from_m"] + 1e-6).all()
    assert (strips["z_low_to_m"] <= strips["z_high_to_m"] + 1e-6).all()
    tops = strips["building_id"].map({each["building_id"]: each["height_m"] for each in rows}).astype(float)
    assert (strips[["z_high_from_m", "z_high_to_m"]].max(axis=1) <= tops + 1e-6).all()
    assert np.allclose(strips.length, strips["to_m"] - strips["from_m"])
    assert views.is_valid.all()
    ground = ground_of(views)
    # Bands don't overlap, and no ground in view lies inside a house. Where two houses come nearer than what counts
    # as touching, the wall between them is left out, and a hairline of that width may show.
    assert views["area_m2"].sum() == pytest.approx(ground.area, abs=TINY_M2)
    solid = shapely.union_all([each["geometry"] for each in rows])
    around = [each["geometry"].buffer(TOUCHING_M) for each in rows]
    touching = shapely.union_all([one & other for one, other in itertools.combinations(around, 2)])
    # On a grid: where edges nearly coincide an overlay of doubles now and then takes a whole house for a shared line.
    inside = shapely.intersection(ground, solid, grid_size=1e-6)
    assert inside.difference(touching).area < TINY_M2
