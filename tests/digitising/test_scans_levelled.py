"""A plan photographed aslant is read as if the camera had been held straight above it."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
from tests.digitising.scanning import Scanned, png

from visavis.digitising.legend import read_legend
from visavis.digitising.scans import open_picture
from visavis.digitising.scans.levelling import find_level, levelled
from visavis.model.angles import turn_deg

NEAR_PX = 4.0


def aslant(size: tuple[float, float]) -> np.ndarray:
    """Return the map from a page to its picture: the far edge a seventh shorter than the near one."""
    wide, high = size
    page = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], dtype=np.float32)
    seen = page + np.array([[0.07 * wide, 0.06 * high], [-0.07 * wide, 0.02 * high], [0, 0], [0, 0]])
    return cv2.getPerspectiveTransform(page, seen.astype(np.float32))


def through(matrix: np.ndarray, places: np.ndarray) -> np.ndarray:
    return cv2.perspectiveTransform(np.asarray(places, dtype=np.float64).reshape(1, -1, 2), matrix)[0]


@pytest.mark.slow
def test_cameras_of_a_picture_taken_aslant_are_found_placed_and_directed() -> None:
    how = Scanned()
    drawn = np.ascontiguousarray(how.pixels())
    high, wide = drawn.shape[:2]
    to_picture = aslant((wide, high))
    pixels = cv2.warpPerspective(
        drawn, to_picture, (wide, high), flags=cv2.INTER_AREA, borderValue=(255, 255, 255)
    )
    scan = open_picture(png(pixels))
    legend = []
    for entry in read_legend(how.symbols(), wide, high, "pixels"):
        x0, y0, x1, y1 = entry.box
        corners = through(to_picture, np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]]))
        legend.append(replace(entry, box=(*corners.min(axis=0), *corners.max(axis=0))))

    def to_ground(places: np.ndarray) -> np.ndarray:
        return through(np.linalg.inv(to_picture), places) * np.array([0.4, -0.4])

    marks, _ = find_level(scan, legend, to_ground)
    assert len(marks) == len(how.plan.cameras)
    assert {id(mark.entry) for mark in marks} <= {id(entry) for entry in legend}
    for camera in how.plan.cameras:
        place = np.array(how.seen(*how.plan.seen(camera.x, camera.y)))
        x, y = through(to_picture, place)[0]
        mark = min(marks, key=lambda m: np.hypot(m.x - x, m.y - y))
        assert np.hypot(mark.x - x, mark.y - y) < NEAR_PX
        assert mark.entry.kind == camera.kind
        if camera.points_to_deg is None:
            assert mark.points_to_deg is None
            continue
        angle_rad = np.radians(camera.points_to_deg + how.plan.placing.turn_deg)
        ahead = through(to_picture, place + np.array([np.sin(angle_rad), -np.cos(angle_rad)]))[0] - [x, y]
        true_deg = np.degrees(np.arctan2(ahead[0], -ahead[1]))
        assert abs(float(turn_deg(mark.points_to_deg, true_deg))) < 6


@pytest.mark.parametrize("turn", [0.0, 33.0])
def test_a_page_that_lies_level_is_left_as_it_is(turn: float) -> None:
    scan = open_picture(png(np.full((200, 300, 3), 255, np.uint8)))
    angle_rad = np.radians(turn)
    about = np.array([[np.cos(angle_rad), -np.sin(angle_rad)], [np.sin(angle_rad), np.cos(angle_rad)]])
    assert not levelled(scan, lambda at: (at @ about.T) * np.array([0.5, -0.5])).is_needed
    assert levelled(scan, lambda at: (at @ about.T) * np.array([0.5, -0.55])).is_needed
