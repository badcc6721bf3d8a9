"""What larger towns, higher cameras, more corners and thinner walls must not change."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import assume, given
from hypothesis import strategies as st
from shapely import affinity
from tests.views.test_laws import TINY_M2, houses, laws
from tests.views.towns import camera, cameras, fixed, ground_of, house, seen, spaces

from visavis.views import Scene, Seen, see
from visavis.views.lens import Lens
from visavis.views.outline import ground_polygon
from visavis.views.strips import LEAST_M
from visavis.views.sweep import EDGE_ON_M, FROM, HIGH_FROM, HIGH_TO, LOW_FROM, LOW_TO, TO, WALL

Rows = list[dict[str, Any]]

# What the same walls, cut otherwise, may differ by at 100 m: bearings closer than 2e-9 m are one.
ROUNDING_M2 = 1e-5


def _facades(result: Seen) -> dict[tuple[str, int], float]:
    """Return the area of façade in view by building and edge."""
    strips = result.facade_strips
    height = strips["z_high_from_m"] - strips["z_low_from_m"] + strips["z_high_to_m"] - strips["z_low_to_m"]
    area = (strips["to_m"] - strips["from_m"]) * height / 2
    summed = area.groupby([strips["building_id"], strips["edge"]]).sum()
    return {(str(name), int(edge)): float(value) for (name, edge), value in summed.items()}


def _passes_the_lens(row: dict[str, Any], within_m: float) -> bool:
    """Say whether the plane of some wall passes the lens, at the origin, nearer than this."""
    corners = np.array(row["geometry"].exterior.coords)
    run = np.diff(corners, axis=0)
    off = np.abs(run[:, 0] * corners[:-1, 1] - run[:, 1] * corners[:-1, 0]) / np.hypot(*run.T)
    return bool((off < within_m).any())


@pytest.mark.slow
@laws
@given(houses(), st.floats(2.0, 15.0), st.sampled_from([2.0, 4.0]))
def test_a_town_twice_as_large_is_seen_alike(rows: Rows, height: float, times: float) -> None:
    # A wall nearly in line with the lens shows or not by how far it passes by, in metres; so do touching houses.
    rows = [row for row in rows if not _passes_the_lens(row, 1.01 * EDGE_ON_M)]
    shapes = [row["geometry"] for row in rows]
    assume(all(a.distance(b) > 0.5 for k, a in enumerate(shapes) for b in shapes[:k]))
    larger = [
        {
            **row,
            "height_m": times * row["height_m"],
            "geometry": affinity.scale(row["geometry"], times, times, origin=(0, 0)),
        }
        for row in rows
    ]
    small = seen(spaces(*rows), camera(height_m=height, range_m=60.0), max_range_m=60.0)
    large = seen(
        spaces(*larger), camera(height_m=times * height, range_m=times * 60.0), max_range_m=times * 60.0
    )
    assert ground_of(large.views).area == pytest.approx(times**2 * ground_of(small.views).area, rel=2e-3)
    one, other = _facades(small), _facades(large)
    for key in one | other:
        # What is shorter or lower than a centimetre is left out of both.
        assert other.get(key, 0.0) == pytest.approx(times**2 * one.get(key, 0.0), abs=40 * times**2 * LEAST_M)


def _swept(rows: Rows, height_m: float, range_m: float) -> tuple[dict[tuple[str, int], float], Any]:
    """Return the area of façade in view by building and edge, and the ground: all of it, no piece too small."""
    scene = Scene.of(spaces(*rows))
    lens = Lens(0.0, 0.0, height_m, 0.0, math.pi, range_m, -math.inf, math.inf, 1.0, 0.0)
    facades, cells = scene.seen(lens)
    wall = facades[:, WALL].astype(int)
    height = facades[:, [HIGH_FROM, HIGH_TO]].sum(axis=1) - facades[:, [LOW_FROM, LOW_TO]].sum(axis=1)
    area = 0.5 * (facades[:, TO] - facades[:, FROM]) * height
    shown: dict[tuple[str, int], float] = {}
    for building, edge, part in zip(
        scene.building_ids[scene.building[scene.walls.prism[wall]]], scene.edge[wall], area, strict=True
    ):
        shown[building, int(edge)] = shown.get((building, int(edge)), 0.0) + float(part)
    return shown, ground_polygon(cells, lens)


@pytest.mark.slow
@laws
@given(houses(least=2), st.floats(1.5, 12.0), st.floats(0.1, 20.0))
def test_a_higher_camera_never_sees_less_of_a_facade(rows: Rows, height: float, more: float) -> None:
    # Above every roof before it the lower edge of what shows of a wall only sinks as the camera rises. The tables
    # leave out what is lower or shorter than a centimetre, and a higher camera may see in two such parts what a
    # lower one sees in one; so the sweep itself is asked.
    low, high = (_swept(rows, h, 300.0)[0] for h in (height, height + more))
    for key, area in low.items():
        assert high.get(key, 0.0) >= area - ROUNDING_M2


@pytest.mark.slow
@laws
@given(houses(), st.floats(2.0, 15.0), st.lists(st.floats(0.05, 0.95), min_size=1, max_size=3))
def test_corners_within_a_straight_wall_change_nothing(
    rows: Rows, height: float, shares: list[float]
) -> None:
    assume(rows)

    def split(shape: Any) -> Any:
        corners = np.array(shape.exterior.coords)
        points = [corners[0]]
        for start, end in pairwise(corners):
            points += [start + share * (end - start) for share in sorted(set(shares))] + [end]
        return shapely.Polygon(points)

    one, ground = _swept(rows, height, 100.0)
    other, ground_cut = _swept([{**row, "geometry": split(row["geometry"])} for row in rows], height, 100.0)
    # The chords of the arc at the range begin where cells do, which is at corners too; they lie less than 1 cm inside.
    within = shapely.Point(0, 0).buffer(99.9)
    assert ground.symmetric_difference(ground_cut).intersection(within).area < ROUNDING_M2
    for row in rows:
        name = row["building_id"]
        whole, cut = (sum(area for (of, _), area in shown.items() if of == name) for shown in (one, other))
        assert cut == pytest.approx(whole, abs=ROUNDING_M2)


@pytest.mark.slow
def test_a_wall_of_a_millimetre_hides_what_one_of_a_metre_hides() -> None:
    def ground(thick_m: float) -> Any:
        return ground_of(
            seen(spaces(house("w", shapely.box(10, -5, 10 + thick_m, 5), 9.0)), camera(height_m=3.0)).views
        )

    thin, thick = ground(0.001), ground(0.002)
    assert thin.symmetric_difference(thick).area < 0.1
    assert thin.area < ground_of(seen(spaces(), camera(height_m=3.0)).views).area - 1_000.0


@pytest.mark.parametrize("height", [3.0, 12.0])
def test_slivers_of_a_millimetre_do_no_harm(height: float) -> None:
    solid = [house("a", shapely.box(10, -5, 20, 5), 9.0), house("b", shapely.box(30, -20, 35, 20), 12.0)]
    slivers = [
        house("edge", shapely.box(9.999, -5, 10, 5), 9.0),  # along a wall
        house("needle", shapely.Polygon([(5, 8), (5.001, 8), (5.0005, 60)]), 9.0),  # a wedge
        house("speck", shapely.box(-8, -8, -7.999, -7.999), 9.0),  # a millimetre each way
        house("gap", shapely.box(20.001, -5, 25, 5), 9.0),  # a millimetre behind another house
    ]
    plain = seen(spaces(*solid), camera(height_m=height))
    result = seen(spaces(*solid, *slivers), camera(height_m=height))
    assert ground_of(result.views).difference(ground_of(plain.views)).area < TINY_M2
    shown = {name for name, _ in _facades(result)}
    assert "b" in shown
    assert np.isfinite(result.facade_strips[["z_low_from_m", "z_high_to_m", "px_per_m"]].to_numpy()).all()
    if height < 9.0:
        assert "gap" not in shown, "nobody looks through a gap of a millimetre"


@pytest.mark.slow
def test_many_cameras_on_one_point_see_what_one_of_them_sees() -> None:
    town = spaces(house("a", shapely.box(10, -5, 20, 5), 9.0))
    crowd = cameras(*(camera(f"c{k:04d}") for k in range(500)))
    result = see(crowd, Scene.of(town), town, draws=1, max_range_m=50.0)
    assert result.views.groupby("camera_id").ngroups == 500
    for column in ("area_m2", "probability"):
        for _, mine in result.views.groupby("level"):
            assert mine[column].nunique() == 1
    assert result.facade_strips.geometry.to_wkb().nunique() == 1


def test_a_wall_and_a_picture_through_due_north_have_no_seam() -> None:
    town = spaces(house("n", shapely.box(-20, 30, 20, 40), 9.0))
    result = seen(town, fixed(azimuth_deg=0.0, hfov_deg=60.0, height_m=5.0))
    (strip,) = result.facade_strips.itertuples()
    half = 30.0 * math.tan(math.radians(30.0))
    assert strip.to_m - strip.from_m == pytest.approx(2 * half)
    assert ground_of(result.views).geom_type == "Polygon"


def test_where_no_building_is_known_that_is_told() -> None:
    away = spaces(house("away", shapely.box(400, -5, 410, 5), 9.0))
    for town in (spaces(), away):
        result = seen(town, camera())
        assert [finding.code for finding in result.findings] == ["views.nothing-stands-around"]
        assert len(result.views)
