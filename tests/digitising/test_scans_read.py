"""Symbols on a scan are found by the legend's examples, at any turn, and none is made up."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from tests.digitising.plans import CAMERAS, Drawn, Plan
from tests.digitising.scanning import Scanned, png, read

from visavis.digitising.legend import read_legend
from visavis.digitising.marks import Mark
from visavis.digitising.scans import open_picture
from visavis.digitising.scans.anatomy import anatomy
from visavis.digitising.scans.symbols import find_on_scan
from visavis.model.angles import turn_deg
from visavis.model.errors import SymbolsError

# A wedge is set by a point that it doesn't show, here 2 px from its centroid.
NEAR_PX = 4.0


def marks_of(how: Scanned) -> tuple[Mark, ...]:
    scan = open_picture(how.png())
    return find_on_scan(scan, read_legend(how.symbols(), scan.width, scan.height, "pixels"))[0]


def paired(how: Scanned, marks: tuple[Mark, ...]) -> list[tuple[Drawn, Mark]]:
    """Return each camera with the mark at its place; all have one, and none is left."""
    assert len(marks) == len(how.plan.cameras)
    pairs = []
    for camera in how.plan.cameras:
        x, y = how.seen(*how.plan.seen(camera.x, camera.y))
        mark = min(marks, key=lambda m: np.hypot(m.x - x, m.y - y))
        assert np.hypot(mark.x - x, mark.y - y) < NEAR_PX
        pairs.append((camera, mark))
    assert len({id(mark) for _, mark in pairs}) == len(pairs)
    return pairs


HOW = {
    "clean": Scanned(),
    "turned by a quarter": Scanned(quarter_turns=1),
}


@pytest.mark.slow
@pytest.mark.parametrize("how", HOW)
def test_every_camera_is_found_with_its_kind_and_direction(how: str) -> None:
    scanned = HOW[how]
    for camera, mark in paired(scanned, marks_of(scanned)):
        assert mark.entry.kind == camera.kind
        if camera.points_to_deg is None:
            assert mark.points_to_deg is None
        else:
            turned = camera.points_to_deg + scanned.plan.placing.turn_deg + 90 * scanned.quarter_turns
            assert abs(float(turn_deg(mark.points_to_deg, turned))) < 6


@pytest.mark.slow
def test_an_empty_page_has_no_camera_and_its_legend_is_none() -> None:
    assert marks_of(Scanned(Plan(cameras=()))) == ()


@pytest.mark.slow
def test_a_sheet_without_cameras_says_so() -> None:
    how = Scanned(Plan(cameras=()))
    codes = {finding.code for finding in read(how.png(), how).findings}
    assert {"sheet.no-camera", "sheet.symbol-not-found"} <= codes


def test_a_blank_example_is_refused_with_its_row() -> None:
    how = Scanned()
    blank = np.full_like(how.pixels(), 255)
    with pytest.raises(SymbolsError, match="nothing is drawn") as refused:
        read(png(blank), how)
    assert refused.value.row == 2


@pytest.mark.slow
def test_cameras_of_a_scan_are_placed_on_the_ground() -> None:
    told = Scanned().read().cameras
    assert len(told) == len(CAMERAS)
    assert told["position_sd_m"].between(0.01, 5).all()


@pytest.mark.parametrize("bar", ["filled", "outlined"])
@pytest.mark.parametrize("opening_deg", [30, 45, 60])
def test_the_lines_of_a_field_of_view_do_not_move_the_place_of_a_pictogram(
    bar: str, opening_deg: float
) -> None:
    drawn = np.full((320, 320, 3), 255, np.uint8)
    cv2.rectangle(drawn, (134, 180), (186, 260), (0, 0, 0), -1 if bar == "filled" else 6)
    for side in (-1, 1):
        angle_rad = np.radians(side * opening_deg / 2)
        to = round(160 + 150 * np.sin(angle_rad)), round(180 - 150 * np.cos(angle_rad))
        cv2.line(drawn, (160, 180), to, (0, 0, 0), 8, cv2.LINE_AA)
    lab = cv2.cvtColor(cv2.GaussianBlur(drawn, (0, 0), 3), cv2.COLOR_RGB2LAB)
    parts = anatomy(np.asarray(lab), np.ones(lab.shape[:2], dtype=bool), 0.0)
    assert parts is not None
    assert parts.is_centred
    # The crop is magnified: two pixels are about half of one of the page.
    assert parts.place == pytest.approx((160.5, 220.5), abs=2.5)
