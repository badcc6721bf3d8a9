"""Control points fix a sheet to the ground, with an error that holds what it promises."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyproj
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from tests.digitising.plans import CRS, METRES_PER_POINT, Plan, ground

from visavis.digitising import Annotation, ControlPoint, georeference
from visavis.digitising.transformation import fit
from visavis.model.angles import turn_deg
from visavis.model.crs import STORED_CRS, grid_convergence_deg
from visavis.model.errors import GeoreferenceError

Array = NDArray[np.float64]
EXACT = Plan().annotation()
EXACT_SHEET = np.array([(p.x, p.y) for p in EXACT.points])
PLACES = np.array([[30.0, 40.0], [320.0, 240.0], [480.0, 400.0], [900.0, 10.0]])


def metres(lonlat: Array) -> Array:
    to_local = pyproj.Transformer.from_crs(STORED_CRS, CRS, always_xy=True)
    return np.column_stack(to_local.transform(*lonlat.T))


def points_of(sheet: Array, local: Array) -> tuple[ControlPoint, ...]:
    lonlat = pyproj.Transformer.from_crs(CRS, STORED_CRS, always_xy=True).transform(*local.T)
    return tuple(ControlPoint(*map(float, row)) for row in np.column_stack([sheet, *lonlat]))


def test_exact_points_place_the_sheet_exactly() -> None:
    fixed, findings = georeference(EXACT)
    expected = [ground(x, y) for x, y in PLACES]
    assert np.abs(metres(fixed.place(PLACES)) - metres(np.array(expected))).max() < 0.02
    assert fixed.residual_m.max() < 0.02
    assert fixed.leave_one_out_m < 0.05
    assert findings == ()


@pytest.mark.slow
@given(
    st.floats(0, 360),
    st.floats(0.2, 5),
    st.floats(-0.3, 0.3),
    st.integers(0, 2**32 - 1),
)
@settings(max_examples=20, deadline=None)
def test_a_known_affine_map_is_recovered(turn: float, scale: float, shear: float, seed: int) -> None:
    rng = np.random.default_rng(seed)
    sheet = np.array([[0, 0], [500, 0], [0, 400], [500, 400], [250, 200]]) + rng.uniform(-60, 60, (5, 2))
    cos, sin = np.cos(np.radians(turn)), np.sin(np.radians(turn))
    linear = scale * np.array([[cos, -sin], [sin, cos]]) @ np.array([[1, shear], [0, -1]])
    fixed, _ = georeference(Annotation(points_of(sheet, sheet @ linear.T)))
    assert np.abs(metres(fixed.place(PLACES)) - PLACES @ linear.T).max() < 0.02 * scale
    up = linear @ [0.0, -1.0]
    convergence = grid_convergence_deg(CRS, *fixed.place(PLACES).T)
    expected = np.degrees(np.arctan2(up[0], up[1])) - convergence
    assert np.abs(turn_deg(expected, fixed.rotation_deg(PLACES))).max() < 0.01


def test_a_picture_taken_at_an_angle_gets_a_projective_map_and_no_outlier() -> None:
    sheet = np.array([(x, y) for x in (0.0, 200.0, 400.0, 600.0) for y in (0.0, 220.0, 440.0)])
    w = 1 + 2e-4 * sheet[:, 0] - 1e-4 * sheet[:, 1]
    local = np.column_stack([sheet[:, 0] / w, -sheet[:, 1] / w])
    noisy = local + np.random.default_rng(4).normal(0, 0.3, local.shape)
    fixed, findings = georeference(Annotation(points_of(sheet, noisy)))
    assert fixed.transformation.kind == "projective"
    assert [finding.code for finding in findings] == ["sheet.transformation-chosen"]
    assert np.abs(metres(fixed.place(sheet)) - local).max() < 1.5


def test_a_flat_sheet_gets_the_affine_map_although_the_projective_one_fits_closer() -> None:
    fixed, _ = georeference(Plan().annotation(noise=0.5, seed=3))
    assert fixed.transformation.kind == "affine"


@pytest.mark.slow
@given(st.integers(0, 2**32 - 1))
@settings(max_examples=12, deadline=None)
def test_a_point_left_out_is_foretold_no_better_than_one_that_was_fitted(seed: int) -> None:
    fixed, _ = georeference(Plan().annotation(noise=0.6, seed=seed))
    used = fixed.used
    if fixed.transformation.kind == "affine":
        # e / (1 − h) with 0 < h < 1: exact for a linear fit.
        assert (fixed.left_out_m[used] >= fixed.residual_m[used] - 1e-9).all()
    assert fixed.leave_one_out_m >= np.sqrt(np.mean(fixed.residual_m[used] ** 2)) - 1e-9


def test_the_error_grows_outside_the_control_points() -> None:
    fixed, _ = georeference(Plan().annotation(noise=0.5, seed=5))
    middle, corner, far = fixed.position_sd_m(np.array([[260.0, 230.0], [500.0, 440.0], [1500.0, 1300.0]]))
    assert middle < corner < far


def test_the_error_of_the_symbol_itself_enters() -> None:
    fixed, _ = georeference(EXACT)
    assert fixed.position_sd_m(PLACES, 2.0) == pytest.approx(2.0 * METRES_PER_POINT, rel=0.01)


@pytest.mark.long
@pytest.mark.parametrize("count", [5, 12])
def test_stated_errors_hold_95_percent_of_the_true_ones(count: int) -> None:
    rng = np.random.default_rng(20260)
    within, turned_within = [], []
    for _ in range(200):
        sheet = rng.uniform(50, 900, (count, 2))
        picked = sheet + rng.normal(0, 0.3, sheet.shape)
        try:
            fixed, _ = georeference(Annotation(points_of(picked, sheet * [1.7, -1.7])))
        except GeoreferenceError:  # all on a line, by chance
            continue
        at, towards = rng.uniform(50, 900, (40, 2)), rng.uniform(0, 360, 40)
        error = np.hypot(*(metres(fixed.place(at)) - at * [1.7, -1.7]).T)
        within.append((error <= 2.4477 * fixed.position_sd_m(at)).mean())
        convergence = grid_convergence_deg(CRS, *fixed.place(at).T)
        turned = np.abs(turn_deg(towards - convergence, fixed.azimuth_deg(at, towards)))
        turned_within.append((turned <= 1.96 * fixed.azimuth_sd_deg(at, towards)).mean())
    assert 0.92 <= np.mean(within) <= 0.98
    assert 0.90 <= np.mean(turned_within) <= 0.98


@pytest.mark.parametrize("count", [0, 1, 2])
def test_fewer_than_three_points_are_refused(count: int) -> None:
    with pytest.raises(GeoreferenceError, match=f"{count} control point.*at least three.*Pick"):
        georeference(replace(EXACT, points=EXACT.points[:count]))


@pytest.mark.slow
@given(st.floats(0, 180), st.floats(0, 0.01), st.integers(0, 2**32 - 1))
@settings(max_examples=30, deadline=None)
def test_points_on_a_line_or_nearly_are_refused(turn: float, off: float, seed: int) -> None:
    rng = np.random.default_rng(seed)
    along = np.linspace(-300, 300, 7)
    across = off * rng.uniform(-300, 300, 7)
    cos, sin = np.cos(np.radians(turn)), np.sin(np.radians(turn))
    sheet = np.column_stack([300 + along * cos - across * sin, 300 + along * sin + across * cos])
    with pytest.raises(GeoreferenceError, match="on a line") as refused:
        georeference(Annotation(points_of(sheet, sheet * [1, -1])))
    assert refused.value.remedy


def test_points_in_one_place_are_refused() -> None:
    with pytest.raises(GeoreferenceError, match="on a line"):
        georeference(replace(EXACT, points=(EXACT.points[0],) * 4))


def test_three_points_are_taken_with_a_doubt() -> None:
    fixed, findings = georeference(replace(EXACT, points=(EXACT.points[0], EXACT.points[2], EXACT.points[6])))
    assert [finding.code for finding in findings] == ["sheet.georeference-unchecked"]
    assert fixed.spare == 0
    assert np.isnan(fixed.leave_one_out_m)
    assert (fixed.position_sd_m(PLACES) > 0.3 * METRES_PER_POINT).all()


@pytest.mark.parametrize("number", [1, 5, 9])
def test_a_point_that_is_off_is_named_and_left_out(number: int) -> None:
    noisy = Plan().annotation(noise=0.3, seed=number)
    points = list(noisy.points)
    points[number - 1] = replace(points[number - 1], x=points[number - 1].x + 30)
    fixed, findings = georeference(replace(noisy, points=tuple(points)))
    assert [finding.code for finding in findings] == ["sheet.control-point-outlier"]
    assert findings[0].figures["point"] == number
    assert findings[0].figures["off_m"] == pytest.approx(30 * METRES_PER_POINT, abs=2.5)
    assert list(np.flatnonzero(~fixed.used)) == [number - 1]
    assert fixed.leave_one_out_m < 2


def test_two_swapped_points_are_named_together() -> None:
    noisy = Plan().annotation(noise=0.3, seed=1)
    points = list(noisy.points)
    points[1], points[6] = (
        replace(points[1], longitude=points[6].longitude, latitude=points[6].latitude),
        replace(points[6], longitude=points[1].longitude, latitude=points[1].latitude),
    )
    fixed, findings = georeference(replace(noisy, points=tuple(points)))
    assert [(f.code, f.figures["point"], f.figures["other"]) for f in findings] == [
        ("sheet.control-points-swapped", 2, 7),
        ("sheet.control-points-swapped", 7, 2),
    ]
    assert list(np.flatnonzero(~fixed.used)) == [1, 6]


@pytest.mark.slow
@given(st.integers(0, 2**32 - 1))
@settings(max_examples=15, deadline=None)
def test_honest_points_are_hardly_ever_called_outliers(seed: int) -> None:
    # One sheet in a thousand may lose a point by chance; the seeds that Hypothesis tries are few.
    fixed, _ = georeference(Plan().annotation(noise=0.4, seed=seed % 400))
    assert fixed.used.all()


def test_longitude_and_latitude_exchanged_are_refused() -> None:
    points = tuple(replace(p, longitude=p.latitude, latitude=p.longitude) for p in EXACT.points)
    with pytest.raises(GeoreferenceError, match=r"mirror.*longitude stands before latitude"):
        georeference(replace(EXACT, points=points))


def test_points_a_continent_apart_are_refused() -> None:
    moved = [replace(p, longitude=30.0 + i, latitude=60.0) for i, p in enumerate(EXACT.points[:5])]
    with pytest.raises(GeoreferenceError, match="km apart"):
        georeference(replace(EXACT, points=(*moved, *EXACT.points[5:])))


def test_one_point_a_continent_away_is_named_and_left_out() -> None:
    points = (*EXACT.points, replace(EXACT.points[0], longitude=30.0, latitude=60.0))
    fixed, findings = georeference(replace(EXACT, points=points))
    assert [finding.code for finding in findings] == ["sheet.control-point-outlier"]
    assert findings[0].figures["point"] == len(points)
    assert findings[0].figures["off_m"] > 1e6
    assert fixed.residual_m[fixed.used].max() < 0.02


def test_points_picked_on_a_larger_picture_are_scaled_to_the_sheet() -> None:
    points = tuple(replace(p, x=p.x * 2.5, y=p.y * 2.5) for p in EXACT.points)
    picked = replace(EXACT, points=points, width=1600.0, height=1200.0)
    fixed, findings = georeference(picked, size=(640.0, 480.0))
    assert [finding.code for finding in findings] == ["sheet.georeference-scaled"]
    assert np.abs(metres(fixed.place(PLACES)) - PLACES * [1.25, -1.25]).max() < 0.05


def test_points_picked_on_a_picture_of_other_proportions_are_refused() -> None:
    with pytest.raises(GeoreferenceError, match="1600 × 1000"):
        georeference(replace(EXACT, width=1600.0, height=1000.0), size=(640.0, 480.0))


def crumpled(sheet: Array) -> Array:
    """A plan drawn or folded so that no straight map fits: 0.4 m to a unit, bent by some metres."""
    x, y = (sheet.T - 300) / 300
    return np.column_stack(
        [sheet[:, 0] * 0.4 + 5 * np.sin(2 * x) * y, -sheet[:, 1] * 0.4 + 4 * np.cos(2 * y + x)]
    )


def scattered(count: int, seed: int, noise: float = 0.0) -> tuple[Array, Array]:
    rng = np.random.default_rng(seed)
    sheet = rng.uniform(0, 600, (count, 2))
    return sheet, rng.normal(0, noise, sheet.shape) if noise else np.zeros_like(sheet)


def fixed_by(sheet: Array, local: Array, asked: str | None = None, order: int | None = None):  # type: ignore[no-untyped-def]
    return georeference(Annotation(points_of(sheet, local), transformation=asked, order=order))


def test_a_crumpled_sheet_gets_a_spline_and_the_reason_is_told() -> None:
    sheet, noise = scattered(24, 7, 0.1)
    fixed, findings = fixed_by(sheet, crumpled(sheet) + noise)
    assert fixed.transformation.kind == "thin-plate-spline"
    assert [finding.code for finding in findings] == ["sheet.transformation-chosen"]
    assert fixed.choice.foretold_m["thin-plate-spline"] < 0.5 * fixed.choice.foretold_m["affine"]
    inside = np.random.default_rng(8).uniform(100, 500, (50, 2))
    error = np.hypot(*(metres(fixed.place(inside)) - crumpled(inside)).T)
    assert np.median(error) < 0.5
    assert (error <= 2.4477 * fixed.position_sd_m(inside)).mean() > 0.85


def test_a_plan_bent_by_squares_gets_a_polynomial() -> None:
    sheet, noise = scattered(18, 3, 0.1)
    x, y = (sheet.T - 300) / 300
    bent = np.column_stack([150 * x + 9 * x**2 - 6 * x * y, -150 * y + 8 * y**2]) + noise
    fixed, _ = fixed_by(sheet, bent)
    assert fixed.transformation.kind == "polynomial-2"


def test_a_spline_is_surer_at_its_control_points_than_between_them_and_least_outside() -> None:
    sheet, noise = scattered(20, 2, 0.1)
    fixed, _ = fixed_by(sheet, crumpled(sheet) + noise, "thinPlateSpline")
    at, between = fixed.position_sd_m(sheet).mean(), fixed.position_sd_m(np.array([[300.0, 300.0]]))[0]
    outside = fixed.position_sd_m(np.array([[1200.0, -300.0]]))[0]
    assert at < outside
    assert between < outside


@pytest.mark.parametrize(
    "kind", ["thin-plate-spline", "linear", "projective", "polynomial-3", "helmert", "straight"]
)
def test_the_derivative_of_a_map_is_that_of_its_values(kind: str) -> None:
    sheet, noise = scattered(16, 5, 0.2)
    fitted = fit(kind, sheet, crumpled(sheet) + noise)
    at, step = np.array([[220.0, 310.0], [410.0, 150.0]]), 0.01
    for axis in (0, 1):
        move = np.eye(2)[axis] * step
        slope = (fitted(at + move) - fitted(at - move)) / (2 * step)
        assert fitted.jacobian(at)[:, :, axis] == pytest.approx(slope, rel=1e-4, abs=1e-6)


@pytest.mark.parametrize("kind", ["affine", "projective", "polynomial-2", "helmert"])
def test_an_error_left_out_is_that_of_a_map_without_the_point(kind: str) -> None:
    sheet, noise = scattered(14, 6, 0.3)
    ground = np.column_stack([sheet[:, 0], -sheet[:, 1]]) * 0.5 + noise
    left_out = fit(kind, sheet, ground).left_out(sheet, ground)
    for i in range(3):
        others = np.arange(len(sheet)) != i
        apart = (ground - fit(kind, sheet[others], ground[others])(sheet))[i]
        assert left_out[i] == pytest.approx(apart, abs=0.01)


def test_an_error_left_out_of_a_spline_is_that_of_a_spline_without_the_point() -> None:
    sheet, _ = scattered(20, 6)
    ground = crumpled(sheet)
    left_out = fit("thin-plate-spline", sheet, ground).left_out(sheet, ground)
    others = np.arange(len(sheet)) != 4
    apart = (ground - fit("thin-plate-spline", sheet[others], ground[others])(sheet))[4]
    assert left_out[4] == pytest.approx(apart, abs=0.05)


@pytest.mark.parametrize(
    ("asked", "order", "kind"),
    [
        ("helmert", None, "helmert"),
        ("straight", None, "straight"),
        ("polynomial", None, "affine"),
        ("polynomial", 2, "polynomial-2"),
        ("polynomial3", None, "polynomial-3"),
        ("projective", None, "projective"),
        ("thinPlateSpline", None, "thin-plate-spline"),
        ("thin-plate-spline", None, "thin-plate-spline"),
        ("linear", None, "linear"),
    ],
)
def test_the_transformation_that_a_file_names_is_kept_where_none_is_better(
    asked: str, order: int | None, kind: str
) -> None:
    sheet = np.array([(x, y) for x in range(0, 700, 100) for y in range(0, 500, 100)], dtype=float)
    fixed, findings = fixed_by(sheet, np.column_stack([sheet[:, 0], -sheet[:, 1]]) * 0.5, asked, order)
    assert fixed.transformation.kind == kind
    assert findings == ()
    assert np.abs(metres(fixed.place(PLACES[:3])) - PLACES[:3] * [0.5, -0.5]).max() < 0.02


def test_a_better_transformation_than_the_one_named_is_taken_and_told() -> None:
    sheet, noise = scattered(24, 7, 0.1)
    fixed, findings = fixed_by(sheet, crumpled(sheet) + noise, "polynomial", 1)
    assert [finding.code for finding in findings] == ["sheet.transformation-bettered"]
    assert findings[0].figures["asked"] == "affine"
    assert findings[0].figures["used"] == fixed.transformation.kind == "thin-plate-spline"
    assert findings[0].figures["used_m"] < findings[0].figures["asked_m"]


def test_a_transformation_that_too_few_points_were_given_for_is_refused_with_the_number_needed() -> None:
    fixed, findings = fixed_by(
        *np.split(np.hstack([EXACT_SHEET, EXACT_SHEET * [1, -1]]), 2, axis=1), "polynomial", 3
    )
    assert [finding.code for finding in findings] == ["sheet.transformation-too-few"]
    assert (findings[0].figures["points"], findings[0].figures["least"]) == (9, 10)
    assert fixed.transformation.kind == "affine"


def test_an_unknown_transformation_is_replaced_with_a_note() -> None:
    _, findings = georeference(replace(EXACT, transformation="rubber"))
    assert [finding.code for finding in findings] == ["sheet.transformation-replaced"]
    assert "affine" in findings[0].text_en
    assert "rubber" in findings[0].text_fr


SLIPS = {
    "x-y": lambda p: replace(p, x=p.y, y=p.x),
    "upward": lambda p: replace(p, y=480.0 - p.y),
    "lon-lat": lambda p: replace(p, longitude=p.latitude, latitude=p.longitude),
    "east-west": lambda p: replace(p, longitude=-p.longitude),
    "north-south": lambda p: replace(p, latitude=-p.latitude),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_what_may_have_gone_wrong_with_a_point_is_told(slip: str) -> None:
    noisy = Plan().annotation(noise=0.3, seed=2)
    points = list(noisy.points)
    points[1] = SLIPS[slip](points[1])
    fixed, findings = georeference(replace(noisy, points=tuple(points), width=640.0, height=480.0))
    assert [finding.code for finding in findings] == [f"sheet.control-point-{slip}"]
    assert findings[0].figures["point"] == 2
    assert list(np.flatnonzero(~fixed.used)) == [1]
