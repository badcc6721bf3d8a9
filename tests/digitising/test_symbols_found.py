"""Symbols are found by the legend's own drawings, at any turn, and none is made up."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas
from tests.digitising.plans import (
    CAMERAS,
    HEIGHT,
    LEGEND,
    METRES_PER_POINT,
    Drawn,
    Placing,
    Plan,
    azimuth,
    ground,
    polygon,
    text,
)

from visavis.digitising import digitise
from visavis.digitising.legend import read_legend
from visavis.digitising.marks import Mark
from visavis.digitising.reading import Digitised
from visavis.digitising.sheet import read_sheet
from visavis.digitising.symbols import find_symbols
from visavis.model.angles import turn_deg
from visavis.model.errors import SymbolsError
from visavis.model.findings import Finding


def found(plan: Plan, symbols: pd.DataFrame | None = None) -> tuple[tuple[Mark, ...], tuple[Finding, ...]]:
    sheet = read_sheet(plan.pdf())
    legend = read_legend(plan.symbols() if symbols is None else symbols, sheet.width, sheet.height)
    return find_symbols(sheet, legend)


def read(plan: Plan, table: pd.DataFrame | None = None) -> Digitised:
    return digitise(
        plan.pdf(),
        name="plan.pdf",
        georef=plan.georef(),
        symbols=plan.symbols(),
        table=table,
        disclosure_id="d",
        source_id="s",
    )


def assert_told(read_sheet: Digitised, cameras: tuple[Drawn, ...] = CAMERAS) -> None:
    told = read_sheet.cameras.set_index("label")
    assert sorted(told.index) == sorted(camera.label for camera in cameras)
    for camera in cameras:
        row = told.loc[camera.label]
        assert row["kind"] == camera.kind
        lon, lat = ground(camera.x, camera.y)
        east = (row.geometry.x - lon) * 111_320 * np.cos(np.radians(lat))
        off = np.hypot(east, (row.geometry.y - lat) * 111_200)
        # A wedge is set by what its labels tell; everything else by its centre.
        assert off < (0.3 if camera.kind == "fixed" else 0.1)
        expected = azimuth(camera)
        if expected is None:
            assert np.isnan(row["azimuth_deg"])
        else:
            assert abs(turn_deg(expected, row["azimuth_deg"])) < 0.3


def test_every_symbol_is_read_with_kind_label_place_and_direction() -> None:
    assert_told(read(Plan()))


@given(st.floats(0, 360), st.floats(0.7, 1.0), st.floats(-15, 15), st.floats(-15, 15))
@settings(max_examples=12, deadline=None)
def test_turning_scaling_and_moving_the_sheet_changes_nothing_on_the_ground(
    turn: float, scale: float, dx: float, dy: float
) -> None:
    # Small enough to stay on the page whatever the turn.
    plan = Plan(placing=Placing(turn, 0.55 * scale, dx, dy))
    marks, _ = found(plan)
    assert len(marks) == len(CAMERAS)
    for camera in CAMERAS:
        x, y = plan.seen(camera.x, camera.y)
        mark = min(marks, key=lambda m: np.hypot(m.x - x, m.y - y))
        assert mark.entry.kind == camera.kind
        assert np.hypot(mark.x - x, mark.y - y) < (1.5 if camera.kind == "fixed" else 0.1)
        if camera.points_to_deg is None:
            assert mark.points_to_deg is None
        else:
            assert mark.points_to_deg is not None
            assert abs(turn_deg(camera.points_to_deg + turn, mark.points_to_deg)) < 0.5


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_stored_turned_reads_the_same(turn: int) -> None:
    assert_told(read(Plan(page_turn=turn)))


def test_a_plan_within_a_form_reads_the_same() -> None:
    assert_told(read(Plan(in_form=True)))


def test_the_legends_own_examples_are_no_cameras() -> None:
    marks, _ = found(Plan(cameras=CAMERAS[:1]))
    assert [(mark.x, mark.y) for mark in marks] == [pytest.approx((60, 60), abs=1)]


def test_what_only_resembles_a_symbol_is_left_out() -> None:
    def lookalikes(canvas: Canvas) -> None:
        canvas.setLineWidth(0.6)
        canvas.setStrokeColorRGB(0, 0, 0)
        canvas.setFillColorRGB(0.1, 0.4, 0.8)
        canvas.circle(100, 100, 3.5, fill=1)  # too small
        canvas.setFillColorRGB(0.1, 0.8, 0.4)
        canvas.circle(200, 100, 5, fill=1)  # another colour
        canvas.setFillColorRGB(0.85, 0.1, 0.1)
        polygon(canvas, [(300, 100), (308, 100), (308, 112), (300, 112)])  # no wedge
        polygon(canvas, [(350, 100), (358, 100), (354, 108)])  # a shorter wedge

    marks, _ = found(Plan(before=lookalikes))
    assert len(marks) == len(CAMERAS)


def test_a_symbol_without_its_pointer_has_no_direction() -> None:
    marks, findings = found(Plan(cameras=[Drawn("anpr", "A", 100, 100), Drawn("anpr", "B", 200, 100, 30)]))
    assert [mark.points_to_deg for mark in marks] == [None, pytest.approx(30, abs=0.2)]
    doubt = next(f for f in findings if f.code == "sheet.symbols-without-pointer")
    assert (doubt.figures["count"], doubt.figures["of"]) == (1, 2)


def test_an_example_that_looks_the_same_all_round_gives_no_direction_whatever_the_legend_says() -> None:
    plan = Plan()
    marks, findings = found(plan, plan.symbols().assign(points_to_deg=0))
    assert all(mark.points_to_deg is None for mark in marks if mark.entry.kind == "dome")
    assert "sheet.direction-not-drawn" in {finding.code for finding in findings}


def test_overlapping_symbols_keep_their_own_parts() -> None:
    cameras = [
        Drawn("ptz", "A", 100, 100, 90),
        Drawn("ptz", "B", 108, 100, 270),
        Drawn("anpr", "C", 104, 106, 20),
    ]
    marks, _ = found(Plan(cameras=cameras))
    told = {(round(m.x), round(m.y)): (m.entry.kind, m.points_to_deg) for m in marks}
    assert told == {
        (100, 100): ("ptz", pytest.approx(90, abs=0.2)),
        (108, 100): ("ptz", pytest.approx(270, abs=0.2)),
        (104, 106): ("anpr", pytest.approx(20, abs=0.2)),
    }


def test_symbols_beneath_a_panel_are_told_of_and_left_out() -> None:
    def panel(canvas: Canvas) -> None:
        canvas.setFillColorRGB(1, 1, 1)
        canvas.rect(130, HEIGHT - 260, 220, 120, fill=1)

    marks, findings = found(Plan(after=panel))
    hidden = [camera for camera in CAMERAS if 130 < camera.x < 350 and 140 < camera.y < 260]
    assert len(marks) == len(CAMERAS) - len(hidden)
    assert next(f for f in findings if f.code == "sheet.symbols-hidden").figures["count"] == len(hidden)


def test_what_lies_beneath_the_legends_panel_is_no_part_of_its_examples() -> None:
    def panel(canvas: Canvas) -> None:
        canvas.setFillColorRGB(0.6, 0.5, 0.4)
        for x, y in LEGEND.values():
            canvas.rect(x - 9, HEIGHT - y - 9, 6, 7, fill=1)
            canvas.circle(x + 2, HEIGHT - y, 3, fill=1)
        canvas.setFillColorRGB(1, 1, 1)
        canvas.rect(530, HEIGHT - 240, 100, 220, fill=1)

    assert len(found(Plan(before=panel))[0]) == len(CAMERAS)


def test_a_symbol_that_is_nowhere_is_told_of() -> None:
    _, findings = found(Plan(cameras=[c for c in CAMERAS if c.kind != "dome"]))
    missing = [f.figures["name"] for f in findings if f.code == "sheet.symbol-not-found"]
    assert missing == ["Caméra dôme"]


def outlined_number(canvas: Canvas, x: float, y: float, slant: float) -> None:
    canvas.setFillColorRGB(1, 1, 1)
    canvas.setLineWidth(0)
    path = canvas.beginPath()
    path.moveTo(x - 1.2, HEIGHT - y - 1.5)
    path.lineTo(x + 1.2, HEIGHT - y - 1.5)
    path.lineTo(x + slant, HEIGHT - y + 1.5)
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)


def test_a_number_drawn_inside_the_example_is_not_asked_of_the_others() -> None:
    cameras = [camera for camera in CAMERAS if camera.kind == "ptz"]

    def numbers(canvas: Canvas) -> None:
        outlined_number(canvas, *LEGEND["ptz"], 0.3)
        for i, camera in enumerate(cameras):
            outlined_number(canvas, camera.x, camera.y, -0.9 - 0.4 * i)

    plan = Plan(cameras=cameras, after=numbers, labels=False)
    marks, _ = found(plan, plan.symbols().query("kind == 'ptz'"))
    assert sorted(round(m.points_to_deg) if m.points_to_deg is not None else -1 for m in marks) == [
        -1,
        45,
        310,
    ]


def test_labels_that_hang_at_one_offset_tell_where_a_wedge_stands() -> None:
    with_labels, without = read(Plan()), read(replace(Plan(), labels=False))
    sd = with_labels.cameras.query("kind == 'fixed'")["position_sd_m"].max()
    unsure = without.cameras.query("kind == 'fixed'")["position_sd_m"].min()
    assert sd < 0.1 * METRES_PER_POINT < unsure


def test_symbols_without_labels_are_named_by_their_place_and_told_of() -> None:
    told = read(replace(Plan(), labels=False))
    assert told.cameras["label"].isna().all()
    assert told.cameras["camera_id"].is_unique
    assert "d:plan:@160,200" in set(told.cameras["camera_id"])
    assert next(f for f in told.findings if f.code == "sheet.labels-missing").figures["count"] == len(CAMERAS)


def test_a_label_that_stands_twice_leaves_both_cameras_with_ids_of_their_own() -> None:
    cameras = (*CAMERAS, Drawn("dome", "V07", 480, 420))
    told = read(Plan(cameras=cameras))
    assert set(told.cameras.loc[told.cameras["label"] == "V07", "camera_id"]) == {
        "d:plan:V07@160,200",
        "d:plan:V07@480,420",
    }
    assert next(f for f in told.findings if f.code == "sheet.label-twice").figures["count"] == 2


def test_street_names_and_repeated_letters_are_no_labels() -> None:
    def streets(canvas: Canvas) -> None:
        for camera in CAMERAS:
            text(canvas, camera.x - 14, camera.y + 3, "P")
        text(canvas, 152, 214, "Rue du 4 Septembre")

    assert_told(read(Plan(after=streets)))


BAD_LEGENDS = {
    "kind": ({"kind": "drone"}, "row 2: kind 'drone' is not known. Choose fixed"),
    "box without area": ({"x1": 540.0}, "row 2: the box has no area"),
    "box beyond the page": ({"x1": 5400.0}, "row 2: the box .* lies outside the page of 640 × 480"),
    "no number": ({"y0": "44,5"}, "row 2: y0 is '44,5', not a number"),
    "empty box": ({"x0": 20.0, "y0": 440.0, "x1": 40.0, "y1": 460.0}, "row 2: nothing is drawn"),
    "no angle": ({"points_to_deg": 700}, "row 2: points_to_deg is 700"),
}


@pytest.mark.parametrize("what", BAD_LEGENDS)
def test_a_bad_legend_row_is_refused_with_its_row_and_a_remedy(what: str) -> None:
    change, words = BAD_LEGENDS[what]
    symbols = Plan().symbols().astype(object)
    for column, value in change.items():
        symbols.loc[0, column] = value
    with pytest.raises(SymbolsError, match=words) as refused:
        found(Plan(), symbols)
    assert refused.value.remedy


def test_a_legend_without_rows_or_columns_is_refused() -> None:
    with pytest.raises(SymbolsError, match="no row"):
        found(Plan(), Plan().symbols().iloc[:0])
    with pytest.raises(SymbolsError, match="no column x0"):
        found(Plan(), Plan().symbols().drop(columns="x0"))


def test_two_rows_that_mark_the_same_drawing_are_refused() -> None:
    symbols = Plan().symbols()
    twice = pd.concat([symbols, symbols.iloc[[0]].assign(kind="dome")], ignore_index=True)
    with pytest.raises(SymbolsError, match="row 6: the example looks the same as that of row 2"):
        found(Plan(), twice)


def test_a_sheet_without_cameras_is_told_of() -> None:
    told = read(Plan(cameras=()))
    assert told.cameras.empty
    assert "sheet.no-camera" in {finding.code for finding in told.findings}
