"""Terrain models as files: GeoTIFFs made here, good and bad."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyproj
import pytest
import rasterio
from rasterio.transform import from_origin

from visavis.model.crs import local_crs
from visavis.model.errors import SpacesError
from visavis.readers.terrain import read_terrain
from visavis.spaces.relief import ground_heights_m

# The middle of the Swiss national grid, in Bern.
LONGITUDE, LATITUDE = 7.4386, 46.9511
EAST, NORTH = 2_600_000.0, 1_200_000.0
HERE = local_crs([LONGITUDE], [LATITUDE])


def write(
    file: Path,
    heights: Any = None,
    *,
    crs: str | None = "EPSG:2056",
    transform: Any = None,
    bands: int = 1,
    unit: str | None = None,
    **more: Any,
) -> Path:
    """Write a model of 100 × 100 cells of 2 m around the middle: a slope of 1 in 10 to the east, unless given."""
    if heights is None:
        heights = np.broadcast_to(500.0 + (np.arange(100) + 0.5) / 5.0 - 10.0, (100, 100))
    heights = np.asarray(heights)
    place = from_origin(EAST - 100.0, NORTH + 100.0, 2.0, 2.0) if transform is None else transform
    profile = {"driver": "GTiff", "dtype": "float32", "crs": crs, "transform": place, "count": bands, **more}
    with rasterio.open(file, "w", height=heights.shape[0], width=heights.shape[1], **profile) as raster:
        for band in range(1, bands + 1):
            raster.write(heights.astype(profile["dtype"]), band)
        if unit is not None:
            raster.units = [unit] * bands
    return file


def places(*off: tuple[float, float]) -> tuple[Any, Any]:
    """Return places so far east and north of the middle, in the local CRS."""
    to_here = pyproj.Transformer.from_crs("EPSG:2056", HERE, always_xy=True)
    east, north = np.array(off).T
    x, y = to_here.transform(EAST + east, NORTH + north)
    return np.asarray(x), np.asarray(y)


def heights(files: list[Path], *off: tuple[float, float]) -> list[float]:
    x, y = places(*off)
    box = (float(x.min()), float(y.min()), float(x.max()), float(y.max()))
    return ground_heights_m(x, y, HERE, read_terrain(files).within(box, HERE))[0].tolist()


def codes(*files: Path) -> list[str]:
    return [finding.code for finding in read_terrain(files).findings]


def test_a_model_in_another_crs_is_read_where_it_lies(tmp_path: Path) -> None:
    file = write(tmp_path / "slope.tif", unit="metre")
    assert heights([file], (0.0, 0.0), (50.0, -30.0), (-77.0, 12.0)) == pytest.approx(
        [500.0, 505.0, 492.3], abs=0.01
    )
    assert codes(file) == []
    (source,) = read_terrain([file]).sources
    assert source.source_id == "terrain/slope.tif"
    assert source.sha256 is not None


def test_a_model_in_degrees_is_read_as_well(tmp_path: Path) -> None:
    step = 2e-5
    place = from_origin(LONGITUDE - 50 * step, LATITUDE + 50 * step, step, step)
    rows = np.broadcast_to(600.0 - (np.arange(100) + 0.5)[:, None] * 0.01, (100, 100))
    file = write(tmp_path / "degrees.tif", rows, crs="EPSG:4326", transform=place, unit="m")
    assert heights([file], (0.0, 0.0)) == pytest.approx([599.5], abs=0.01)


def test_cells_without_data_are_not_known(tmp_path: Path) -> None:
    cells = np.full((100, 100), 500.0)
    cells[:, :50] = -9999.0
    file = write(tmp_path / "half.tif", cells, nodata=-9999.0, unit="m")
    left, right = heights([file], (-20.0, 0.0), (20.0, 0.0))
    assert np.isnan(left)
    assert right == 500.0


def test_scale_and_offset_of_a_band_are_reckoned_with(tmp_path: Path) -> None:
    file = write(tmp_path / "packed.tif", np.full((100, 100), 1234), dtype="int16", unit="m")
    with rasterio.open(file, "r+") as raster:
        raster.scales, raster.offsets = (0.1,), (400.0,)
    assert heights([file], (0.0, 0.0)) == pytest.approx([523.4], abs=1e-3)


def test_the_model_named_first_goes_before(tmp_path: Path) -> None:
    place = from_origin(EAST, NORTH + 100.0, 2.0, 2.0)
    east = write(tmp_path / "east.tif", np.full((100, 50), 700.0), transform=place, unit="m")
    whole = write(tmp_path / "whole.tif", unit="m")
    assert heights([east, whole], (20.0, 0.0), (-20.0, 0.0)) == pytest.approx([700.0, 498.0], abs=0.01)
    assert heights([whole, east], (20.0, 0.0)) == pytest.approx([502.0], abs=0.01)


def test_heights_in_feet_become_metres_and_that_is_told(tmp_path: Path) -> None:
    for number, (unit, metres) in enumerate((("ft", 0.3048), ("US survey foot", 1200 / 3937))):
        file = write(tmp_path / f"{number}.tif", np.full((100, 100), 1000.0), unit=unit)
        assert heights([file], (0.0, 0.0)) == pytest.approx([1000.0 * metres], abs=1e-3)
        assert codes(file) == ["terrain.in-feet"]


def test_the_unit_of_heights_may_stand_in_the_crs(tmp_path: Path) -> None:
    # NAD83(2011) / Pennsylvania South (ftUS) + NAVD88 height (ftUS)
    file = write(
        tmp_path / "compound.tif",
        np.full((100, 100), 1000.0),
        crs="EPSG:6566+6360",
        transform=from_origin(2.0e6, 3.0e5, 10.0, 10.0),
    )
    assert codes(file) == ["terrain.in-feet"]


def test_where_no_unit_is_told_metres_are_assumed_and_that_is_told(tmp_path: Path) -> None:
    assert codes(write(tmp_path / "silent.tif")) == ["terrain.unit-untold"]


def test_places_in_feet_with_heights_of_no_unit_are_refused(tmp_path: Path) -> None:
    place = from_origin(2.0e6, 3.0e5, 10.0, 10.0)
    file = write(tmp_path / "feet.tif", crs="EPSG:2272", transform=place)
    with pytest.raises(
        SpacesError, match=r"places are in feet and the unit of heights is not told.*gdal_edit"
    ):
        read_terrain([file])


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ({"bands": 3}, "has 3 bands instead of one"),
        ({"crs": None}, "does not say its CRS"),
        ({"unit": "hPa"}, "gives heights in 'hpa'"),
        ({"heights": np.full((9, 9), -9999.0)}, r"holds a height of -9999 m.*-a_nodata"),
        ({"heights": np.full((9, 9), 37_000.0)}, "which no ground has"),
        ({"heights": np.full((9, 9), 1 + 1j), "dtype": "complex64"}, "complex numbers"),
    ],
)
def test_what_is_no_terrain_model_is_refused_in_one_line(
    tmp_path: Path, how: dict[str, Any], words: str
) -> None:
    file = write(tmp_path / "bad.tif", **how)
    with pytest.raises(SpacesError, match=words) as refused:
        read_terrain([file])
    assert "bad.tif" in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_raster_without_a_place_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "nowhere.tif"
    profile = {"driver": "GTiff", "dtype": "float32", "crs": "EPSG:2056", "count": 1, "height": 9, "width": 9}
    with pytest.warns(rasterio.errors.NotGeoreferencedWarning), rasterio.open(file, "w", **profile) as raster:
        raster.write(np.full((9, 9), 500.0, dtype=np.float32), 1)
    with pytest.raises(SpacesError, match="does not say where it lies"):
        read_terrain([file])


def test_what_is_no_raster_is_refused(tmp_path: Path) -> None:
    for name, content in (("text.tif", b"not a raster"), ("empty.tif", b""), ("cut.tif", b"II*\0\x08\0\0\0")):
        file = tmp_path / name
        file.write_bytes(content)
        with pytest.raises(SpacesError, match="is no raster that GDAL reads"):
            read_terrain([file])
    with pytest.raises(SpacesError, match="no such file"):
        read_terrain([tmp_path / "missing.tif"])


def test_a_file_whose_cells_are_damaged_is_refused(tmp_path: Path) -> None:
    rough = np.random.default_rng(0).uniform(0, 9, (300, 300))
    file = write(tmp_path / "damaged.tif", rough, unit="m", compress="deflate")
    content = bytearray(file.read_bytes())
    content[len(content) // 4 : len(content) // 2] = bytes(len(content) // 2 - len(content) // 4)
    file.write_bytes(content)
    with pytest.raises(SpacesError, match=r"can't be read"):
        read_terrain([file])


def test_two_models_of_one_name_are_refused(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    files = [write(tmp_path / "a.tif"), write(tmp_path / "other" / "a.tif")]
    with pytest.raises(SpacesError, match="two terrain models have one name"):
        read_terrain(files)
