"""Where coordinates live, and the angle between grid north and true north."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pyproj
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from visavis.model.angles import azimuth_of, turn_deg, wrap_deg
from visavis.model.crs import STORED_CRS, assert_metric, grid_convergence_deg, local_crs
from visavis.model.errors import InputError

WGS84 = pyproj.Geod(ellps="WGS84")


def grid_azimuth_of(crs: pyproj.CRS, lon: float, lat: float, true_azimuth: float) -> float:
    """Walk one metre on the ellipsoid, and read the azimuth of the step off the grid."""
    there_lon, there_lat, _ = WGS84.fwd(lon, lat, true_azimuth, 1.0)
    to_grid = pyproj.Transformer.from_crs(STORED_CRS, crs, always_xy=True)
    (x0, x1), (y0, y1) = to_grid.transform([lon, there_lon], [lat, there_lat])
    return float(azimuth_of(x1 - x0, y1 - y0))


@pytest.mark.parametrize(
    ("crs", "lon", "lat", "sign"),
    [
        ("EPSG:32631", 5.9, 50.0, -1),
        ("EPSG:32631", 0.1, 50.0, 1),
        ("EPSG:32731", 5.9, -50.0, 1),
        ("EPSG:2154", 7.0, 48.0, -1),
        ("EPSG:2154", -1.0, 48.0, 1),
        ("EPSG:2056", 6.1, 46.2, 1),
    ],
)
def test_east_of_the_meridian_true_north_leans_west_on_a_northern_grid(
    crs: str, lon: float, lat: float, sign: int
) -> None:
    turn = float(grid_convergence_deg(pyproj.CRS(crs), lon, lat)[0])
    assert np.sign(turn) == sign
    assert turn == pytest.approx(
        float(turn_deg(0.0, grid_azimuth_of(pyproj.CRS(crs), lon, lat, 0.0))), abs=1e-3
    )


@settings(deadline=None, max_examples=30)
@given(
    lon=st.floats(-170, 170),
    lat=st.floats(-70, 70),
    azimuth=st.floats(0, 359),
    off=st.floats(-0.2, 0.2),
)
def test_true_azimuth_plus_convergence_is_grid_azimuth_anywhere(
    lon: float, lat: float, azimuth: float, off: float
) -> None:
    crs = local_crs([lon - 0.2, lon + 0.2], [lat - 0.1, lat + 0.1])
    convergence = float(grid_convergence_deg(crs, lon + off, lat)[0])
    expected = grid_azimuth_of(crs, lon + off, lat, azimuth)
    assert abs(turn_deg(wrap_deg(azimuth + convergence), expected)) < 2e-3


def test_a_local_crs_is_metric_and_true_to_one_in_thirty_thousand() -> None:
    crs = local_crs([3.5, 3.54], [50.34, 50.37])
    to_grid = pyproj.Transformer.from_crs(STORED_CRS, crs, always_xy=True)
    (x0, x1), (y0, y1) = to_grid.transform([3.5, 3.54], [50.34, 50.37])
    ground = WGS84.inv(3.5, 50.34, 3.54, 50.37)[2]
    assert np.hypot(x1 - x0, y1 - y0) == pytest.approx(ground, rel=1 / 30_000)


def test_a_small_change_of_the_data_does_not_move_the_crs() -> None:
    assert local_crs([3.5, 3.54], [50.34, 50.37]) == local_crs([3.5001, 3.54], [50.34, 50.3702])


def test_unknown_places_are_passed_over() -> None:
    assert local_crs([3.5, np.nan, 3.54], [50.34, 50.0, 50.37]) == local_crs([3.5, 3.54], [50.34, 50.37])


@pytest.mark.parametrize(
    ("lon", "lat", "said"),
    [
        ([], [], "no coordinates"),
        ([np.nan], [50.0], "no coordinates"),
        ([461.993881], [50.0], "outside longitude"),
        ([3.5], [91.0], "outside longitude"),
        ([3.5, 9.5], [50.0, 50.0], "km apart"),
    ],
)
def test_places_that_fit_no_local_crs_are_refused(lon: list[float], lat: list[float], said: str) -> None:
    with pytest.raises(InputError, match=said):
        local_crs(lon, lat)


def test_degrees_and_feet_are_not_measured_in() -> None:
    points = gpd.GeoSeries([shapely.Point(0, 0)])
    for crs in (STORED_CRS, "EPSG:2263", None):
        with pytest.raises(AssertionError, match="metres"):
            assert_metric(points.set_crs(crs) if crs else points)
    assert_metric(points.set_crs("EPSG:2154"))
