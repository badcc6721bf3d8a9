"""Our turning of corners into commands says what the package's own encoder says."""

from __future__ import annotations

import json
from typing import Any

import mapbox_vector_tile
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from visavis.tiles.encoding import encode

WITH_HOLES = shapely.from_wkt("POLYGON ((0 0, 90 0, 90 90, 0 90, 0 0), (10 10, 10 20, 20 20, 20 10, 10 10))")
APART = shapely.from_wkt("MULTIPOLYGON (((0 0, 9 0, 9 9, 0 0)), ((100 100, 120 100, 120 130, 100 100)))")
LINES = shapely.from_wkt("MULTILINESTRING ((0 0, 5 5, 5 9), (-64 4160, 7 7))")
POINTS = shapely.from_wkt("MULTIPOINT ((1 2), (4096 0), (3 3))")

places = st.tuples(st.integers(-64, 4160), st.integers(-64, 4160))
lines = (
    st.lists(places, min_size=2, max_size=6)
    .map(shapely.LineString)
    .filter(lambda line: line.length > 0)
    .map(shapely.remove_repeated_points)
)
boxes = st.tuples(places, st.integers(1, 99), st.integers(1, 99)).map(
    lambda told: shapely.box(*told[0], told[0][0] + told[1], told[0][1] + told[2])
)
shapes = st.one_of(
    places.map(shapely.Point), lines, boxes, st.sampled_from([WITH_HOLES, APART, LINES, POINTS])
)
values = st.fixed_dictionaries(
    {},
    optional={
        "a": st.text(max_size=5),
        "b": st.booleans(),
        "é": st.integers(-9, 9) | st.integers(-(2**63), 2**63 - 1),
        "d": st.floats(allow_nan=False).map(lambda value: value + 0.0),  # the sign of a zero may go
    },
)


def columns(told: list[dict[str, Any]]) -> dict[str, list[Any]]:
    return {name: [each.get(name) for each in told] for name in ("a", "b", "é", "d")}


@pytest.mark.slow
@given(st.lists(st.tuples(shapes, values), min_size=1, max_size=6))
def test_a_tile_reads_as_one_of_the_packages_own_encoder(told: list[tuple[shapely.Geometry, dict]]) -> None:
    drawn = [(shapely.orient_polygons(shape, exterior_cw=False), value) for shape, value in told]
    peers = mapbox_vector_tile.encode(
        [{"name": "x", "features": [{"geometry": shape, "properties": {}} for shape, _ in drawn]}],
        default_options={"y_coord_down": True, "check_winding_order": False},
    )
    ours = encode(
        "x", 4096, np.array([shape for shape, _ in drawn], object), columns([value for _, value in drawn])
    )
    read, expected = (mapbox_vector_tile.decode(tile)["x"]["features"] for tile in (ours, peers))
    assert [each["geometry"] for each in read] == [each["geometry"] for each in expected]
    # By its text, as 1, 1.0 and true are equal otherwise; the package's own encoder mixes the first two up.
    assert [json.dumps(each["properties"], sort_keys=True) for each in read] == [
        json.dumps(value, sort_keys=True) for _, value in drawn
    ]


def test_what_a_collection_holds_beside_its_areas_is_left_out() -> None:
    mixed = shapely.GeometryCollection([shapely.Point(5, 5), APART, shapely.LineString([(0, 0), (1, 1)])])
    only, both = (encode("x", 4096, np.array([shape], object), {}) for shape in (APART, mixed))
    assert both == only
