"""The example's own axis, where the page lies a little turned and a person told its direction by eye."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from visavis.digitising.legend import Entry
from visavis.digitising.scans.axis import own_axis_deg
from visavis.digitising.scans.paper import even_page
from visavis.digitising.scans.template import Template, templates

FINE = 8


def arrow(turn_deg: float) -> NDArray[np.float64]:
    """Return a disc with a wedge that points up, turned clockwise, in pixels from (40, 40)."""
    angle_rad = np.radians(turn_deg)
    turn = np.array([[np.cos(angle_rad), -np.sin(angle_rad)], [np.sin(angle_rad), np.cos(angle_rad)]])
    return np.array([[-9.0, -26.0], [9.0, -26.0], [0.0, -6.0]]) @ turn.T + 40


def template_of(turn_deg: float, *, points_to_deg: float | None = 0.0, hooked: bool = False) -> Template:
    large = np.full((80 * FINE, 80 * FINE, 3), 255, dtype=np.uint8)
    cv2.circle(large, (40 * FINE, 40 * FINE), 10 * FINE, (30, 60, 180), -1)
    cv2.fillPoly(large, [np.rint(arrow(turn_deg) * FINE).astype(np.int32)], (30, 60, 180))
    if hooked:
        cv2.rectangle(large, (44 * FINE, 30 * FINE), (62 * FINE, 44 * FINE), (30, 60, 180), -1)
    colour = cv2.resize(large, (80, 80), interpolation=cv2.INTER_AREA)
    box = (8.0, 8.0, 72.0, 72.0)
    entry = Entry(2, "fixed", "camera", box, points_to_deg)
    known, _ = templates(even_page(np.asarray(colour, dtype=np.uint8), 1.0), [entry], [box])
    return known[0]


@pytest.mark.parametrize("turn_deg", [-2.4, -0.7, 0.0, 0.6, 1.9])
def test_the_axis_is_found_to_a_fifth_of_a_degree(turn_deg: float) -> None:
    assert own_axis_deg(template_of(turn_deg)) == pytest.approx(turn_deg, abs=0.2)


@pytest.mark.parametrize(
    "template",
    [template_of(0.0, points_to_deg=None), template_of(20.0), template_of(0.0, hooked=True)],
    ids=["points nowhere", "points elsewhere", "is not its own mirror image"],
)
def test_where_there_is_no_axis_near_what_a_person_said_that_is_kept(template: Template) -> None:
    assert own_axis_deg(template) is None
