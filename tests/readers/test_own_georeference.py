"""A sheet with a georeference of its own is placed by it, and refused in one line where that can't be read."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pyproj
import pytest
from numpy.typing import NDArray
from PIL import Image
from tests.digitising.plans import HEIGHT, WIDTH, Plan, ground

from visavis.digitising import digitise, georeference, read_annotations
from visavis.model.crs import STORED_CRS
from visavis.model.errors import GeoreferenceError
from visavis.readers.own_georeference import own_georeference

Array = NDArray[np.float64]
CORNERS = np.array([[0.0, 0.0], [400.0, 0.0], [400.0, 300.0], [0.0, 300.0], [130.0, 70.0]])


def placed(file: Path, crs: str | None = None, at: Array = CORNERS) -> Array:
    (annotation,) = read_annotations(own_georeference(file, file.read_bytes(), crs))
    fixed, findings = georeference(annotation)
    assert [finding.code for finding in findings] == ["sheet.own-georeference"]
    return fixed.place(at)


def lambert(lonlat: Array) -> Array:
    onto = pyproj.Transformer.from_crs(STORED_CRS, "EPSG:2154", always_xy=True)
    return np.column_stack(onto.transform(*lonlat.T))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("georeferenced")
    Image.new("RGB", (400, 300), (240, 240, 240)).save(folder / "plan.png")
    return folder


def translated(folder: Path, name: str, *options: str) -> Path:
    place = ["-a_srs", "EPSG:2154", "-a_ullr", "700000", "6600300", "700400", "6600000"]
    command = ["gdal_translate", "-q", *place, *options, str(folder / "plan.png"), str(folder / name)]
    subprocess.run(command, check=True, capture_output=True)
    return folder / name


EXPECTED = CORNERS * [1, -1] + [700_000, 6_600_300]


@pytest.mark.gdal
@pytest.mark.parametrize("form", ["ISO32000", "OGC_BP"])
def test_a_geopdf_of_gdal_lies_where_it_says(folder: Path, form: str) -> None:
    file = translated(folder, f"{form}.pdf", "-of", "PDF", "-co", f"GEO_ENCODING={form}", "-co", "DPI=72")
    assert np.abs(lambert(placed(file)) - EXPECTED).max() < 0.02


@pytest.mark.gdal
def test_a_geotiff_lies_where_it_says(folder: Path) -> None:
    assert np.abs(lambert(placed(translated(folder, "plan.tif"))) - EXPECTED).max() < 0.02


@pytest.mark.gdal
def test_a_page_that_is_turned_lies_where_it_did(folder: Path) -> None:
    file = translated(folder, "turned.pdf", "-of", "PDF", "-co", "DPI=72")
    with pikepdf.open(file, allow_overwriting_input=True) as document:
        document.pages[0].rotate(90, relative=False)
        document.save(file)
    # Turned clockwise, what was the lower left corner is the upper left one.
    assert np.abs(lambert(placed(file, at=np.array([[0.0, 0.0]]))) - [700_000, 6_600_000]).max() < 0.02


def test_a_world_file_places_a_picture_in_the_crs_that_is_named(tmp_path: Path) -> None:
    Image.new("L", (400, 300)).save(tmp_path / "plan.jpg")
    (tmp_path / "plan.jgw").write_text("1.0\n0\n0\n-1.0\n700000.5\n6600299.5\n")
    assert np.abs(lambert(placed(tmp_path / "plan.jpg", "EPSG:2154")) - EXPECTED).max() < 0.02
    with pytest.raises(GeoreferenceError, match=r"plan\.jgw names no CRS.*--crs"):
        placed(tmp_path / "plan.jpg")
    with pytest.raises(GeoreferenceError, match=r"'EPSG:1' *, which is not known"):
        placed(tmp_path / "plan.jpg", "EPSG:1")


@pytest.mark.parametrize("words", ["", "1 2 3", "a b c d e f", "1 0 0 0 5 5", "nan 0 0 1 5 5"])
def test_a_world_file_that_is_none_is_refused(tmp_path: Path, words: str) -> None:
    Image.new("L", (40, 30)).save(tmp_path / "plan.png")
    (tmp_path / "plan.pgw").write_text(words)
    with pytest.raises(GeoreferenceError) as refused:
        own_georeference(tmp_path / "plan.png", (tmp_path / "plan.png").read_bytes(), "EPSG:2154")
    assert refused.value.remedy


def test_a_sheet_that_brings_nothing_says_what_to_give(tmp_path: Path) -> None:
    (tmp_path / "plan.pdf").write_bytes(Plan().pdf())
    Image.new("L", (40, 30)).save(tmp_path / "plan.tif")
    for name in ("plan.pdf", "plan.tif"):
        with pytest.raises(GeoreferenceError, match=r"no georeference of its own.*--georef"):
            own_georeference(tmp_path / name, (tmp_path / name).read_bytes())


def measured(pdf: bytes, **changes: Any) -> bytes:
    """The plan with a viewport that says where it lies, as a GIS writes it."""
    corners = [(0, 0), (0, HEIGHT), (WIDTH, HEIGHT), (WIDTH, 0)]
    lonlat = [ground(x, y) for x, y in corners]
    measure = {
        "/Type": pikepdf.Name.Measure,
        "/Subtype": pikepdf.Name.GEO,
        "/LPTS": [v for x, y in corners for v in (x / WIDTH, 1 - y / HEIGHT)],
        "/GPTS": [v for lon, lat in lonlat for v in (lat, lon)],
        "/GCS": pikepdf.Dictionary({"/Type": pikepdf.Name.GEOGCS, "/EPSG": 4326}),
    } | changes
    with pikepdf.open(io.BytesIO(pdf)) as document:
        viewport = {"/BBox": [0, 0, WIDTH, HEIGHT], "/Measure": pikepdf.Dictionary(measure)}
        document.pages[0].obj["/VP"] = pikepdf.Array([pikepdf.Dictionary(viewport)])
        out = io.BytesIO()
        document.save(out)
    return out.getvalue()


def test_a_geopdf_is_digitised_without_control_points() -> None:
    plan = Plan()
    pdf = measured(plan.pdf())
    both = [
        digitise(
            pdf,
            name="plan.pdf",
            georef=georef,
            symbols=plan.symbols(),
            table=None,
            disclosure_id="zz/a/b",
            source_id="zz/a/b",
        ).cameras.set_index("camera_id")
        for georef in (plan.georef(), own_georeference(Path("plan.pdf"), pdf))
    ]
    picked, own = (cameras.to_crs("EPSG:32631") for cameras in both)
    assert len(own) == len(picked) > 0
    assert own.geometry.distance(picked.geometry.reindex(own.index)).max() < 0.3
    assert set(own["assumed"]) == {"position_sd_m=own-georeference-exact-to-a-quarter-unit"}
    assert (own["position_sd_m"] > 0).all()


@pytest.mark.parametrize(
    "changes",
    [
        {"/GPTS": [1, 2, 3, 4]},
        {"/GPTS": [46, 6, 46, 6, 46, 6, 46, 6]},
        {"/GPTS": [46.0, 6.0, 46.1, 6.0, 46.0, 6.1, 46.9, 6.9]},
        {"/GCS": pikepdf.Dictionary({"/EPSG": 999999})},
        {"/GCS": pikepdf.Dictionary({"/WKT": pikepdf.String("PROJCS[")})},
        {"/LPTS": ["a", "b"]},
    ],
)
def test_a_measure_that_makes_no_sense_is_refused_in_one_line(changes: dict[str, Any]) -> None:
    with pytest.raises(GeoreferenceError) as refused:
        georeference(
            read_annotations(own_georeference(Path("plan.pdf"), measured(Plan().pdf(), **changes)))[0]
        )
    assert "\n" not in str(refused.value)
    assert refused.value.remedy
