"""Areas whose edges nearly coincide with those of the ground in view."""

from __future__ import annotations

import pytest
import shapely
from shapely import affinity
from tests.views.towns import camera, garden, house, seen, spaces

# Rows of houses turned so that, in doubles, some overlay takes a garden's area for the line that it shares.
ROWS = [(10.0, 12.0), (10.0, 44.0), (12.0, 57.0), (14.0, 63.0), (18.0, 41.0)]


@pytest.mark.parametrize(("before_m", "angle_deg"), ROWS)
def test_gardens_before_a_row_of_houses_are_wholly_in_view(before_m: float, angle_deg: float) -> None:
    rows = []
    for south in range(-30, 30, 12):
        rows.append(house(f"house {south}", shapely.box(before_m, south, before_m + 8, south + 12), 6.0))
        rows.append(garden(f"garden {south}", shapely.box(before_m - 8, south, before_m, south + 12)))
    town = [row | {"geometry": affinity.rotate(row["geometry"], angle_deg, origin=(0, 0))} for row in rows]
    told = seen(spaces(*town), camera(height_m=6.0)).sightings
    areas = told[told["aspect"] == "ground"].set_index("target_id")["area_m2"]
    assert areas.to_dict() == pytest.approx(
        {f"garden {south}": 96.0 for south in range(-30, 30, 12)}, abs=1e-3
    )
