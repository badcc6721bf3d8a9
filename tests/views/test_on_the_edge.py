"""A camera mapped on the edge of a roof lower than itself: it sees what lies before it, whichever side it hangs on."""

from __future__ import annotations

import pytest
import shapely
from tests.views.towns import camera, ground_of, house, seen, spaces

BEFORE = shapely.box(-30, -40, 30, -1)


def test_a_camera_on_the_corner_of_a_low_roof_sees_the_ground_before_it() -> None:
    town = spaces(house("garage", shapely.box(0, 0, 10, 6), 3.0))
    view = ground_of(seen(town, camera(height_m=5.0)).views)
    assert view.intersection(BEFORE).area == pytest.approx(BEFORE.area, rel=1e-3)


def test_a_camera_on_a_tower_beside_a_low_roof_sees_the_ground_before_both() -> None:
    # The camera is mapped where garage and tower meet; hung 5 cm before the tower it is 2 mm off the garage.
    garage = shapely.Polygon([(-10, 0), (-10, -6), (-0.2, -6), (0, 0)])
    town = spaces(house("garage", garage, 3.0), house("tower", shapely.box(-10, 0, 20, 20), 30.0))
    view = ground_of(seen(town, camera(height_m=4.0)).views)
    beside = shapely.box(1, -40, 30, -1)
    assert view.intersection(beside).area == pytest.approx(beside.area, rel=1e-3)
