"""The model town is what it says: invented, drawn by its script, and true to its truth."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import cv2
import numpy as np
import pypdfium2
import pytest
import shapely

from tools.model_town.ground import Paper, to_degrees
from tools.model_town.plan import draw_plan
from tools.model_town.writing import write_town
from visavis.datasets import model_town
from visavis.model.crs import local_crs
from visavis.model.vocabulary import CAMERA_KINDS
from visavis.readers.spaces import Built, read_spaces

TEXTS = (
    "cameras.csv",
    "claims.csv",
    "disclosure.yml",
    "scan.georef.json",
    "scan.symbols.csv",
    "sheet.georef.json",
    "sheet.symbols.csv",
    "town.osm",
    "truth/cameras.geojson",
)


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("town")
    write_town(folder)
    return folder


@pytest.fixture(scope="module")
def built() -> Built:
    return read_spaces(model_town() / "town.osm")


def cameras() -> list[dict[str, object]]:
    truth = json.loads((model_town() / "truth" / "cameras.geojson").read_text("utf-8"))
    return [feature["properties"] for feature in truth["features"]]


@pytest.mark.parametrize("name", TEXTS)
def test_the_script_draws_the_committed_papers_again(drawn: Path, name: str) -> None:
    assert (drawn / name).read_text("utf-8") == (model_town() / name).read_text("utf-8")


@pytest.mark.parametrize("pdf", ["sheet.pdf"])
def test_the_script_draws_the_committed_sheet_again(drawn: Path, pdf: str) -> None:
    """As pictures: the bytes of a PDF are its library's affair."""
    old, new = (
        pypdfium2.PdfDocument(folder / pdf)[0].render(scale=1).to_numpy() for folder in (model_town(), drawn)
    )
    assert old.shape == new.shape
    assert float((np.abs(old.astype(int) - new.astype(int)) > 40).mean()) < 1e-4


@pytest.mark.slow
def test_the_script_draws_the_committed_scan_again(drawn: Path) -> None:
    """As pictures, and but for the last grain: a JPEG's bytes are its encoder's affair."""
    old, new = (cv2.imread(str(folder / "scan.jpg")) for folder in (model_town(), drawn))
    assert old is not None
    assert new is not None
    assert old.shape == new.shape
    assert float(np.abs(old.astype(int) - new.astype(int)).mean()) < 1.0


def test_no_two_buildings_overlap(built: Built) -> None:
    shapes = built.buildings.to_crs(local_crs([-20], [47])).geometry
    first, second = shapes.sindex.query(shapes, predicate="intersects")
    common = shapely.area(shapely.intersection(shapes.to_numpy()[first], shapes.to_numpy()[second]))
    assert common[first != second].max() < 0.02


def test_no_camera_stands_inside_a_building(built: Built) -> None:
    truth = json.loads((model_town() / "truth" / "cameras.geojson").read_text("utf-8"))["features"]
    places = shapely.points([feature["geometry"]["coordinates"] for feature in truth])
    assert not built.buildings.sindex.query(places, predicate="within").size


@pytest.mark.slow
def test_a_garage_stands_between_its_house_and_the_street(built: Built) -> None:
    town = draw_plan()
    before = 0
    for garage in (house for house in town.houses if house.key.endswith("-garage")):
        home = town.house(garage.key.removesuffix("-garage"))
        street = town.street(home.tags["addr:street"]).line
        before += garage.shape.distance(street) + 2.0 < home.shape.distance(street)
    assert before >= 12


def test_the_town_has_what_makes_views_hard(built: Built) -> None:
    buildings = built.buildings
    assert len(buildings) >= 140
    kinds = set(buildings["building"])
    assert {"terrace", "apartments", "garage", "church", "school", "house", "retail", "townhall"} <= kinds
    assert any(part.interiors for f in buildings.geometry for part in shapely.get_parts(f)), "a courtyard"
    pairs = buildings.sindex.query(buildings.geometry, predicate="touches")
    assert pairs.shape[1] >= 40, "shared walls"
    assert buildings["height_m"].isna().any(), "heights that nobody tagged"
    assert len(built.grounds) >= 30
    assert len(built.entrances) >= 60
    low = buildings["building"] == "garage"
    assert (
        buildings.loc[low, "height_m"].max()
        < buildings.loc[buildings["building"] == "house", "height_m"].min()
    )


def test_its_cameras_are_of_every_kind_and_some_directions_are_unknown() -> None:
    kinds = {camera["kind"] for camera in cameras()}
    assert kinds == set(CAMERA_KINDS) - {"unknown", "fisheye"}
    fixed = [camera["azimuth_deg"] for camera in cameras() if camera["kind"] == "fixed"]
    assert None in fixed
    assert len(fixed) >= 15
    assert len(cameras()) >= 30


def test_control_points_put_every_symbol_near_its_place() -> None:
    """A plain least-squares affine map through the control points, independent of the digitising room."""
    truth = json.loads((model_town() / "truth" / "cameras.geojson").read_text("utf-8"))["features"]
    for sheet in ("sheet", "scan"):
        points = json.loads((model_town() / f"{sheet}.georef.json").read_text("utf-8"))["body"]["features"]
        paper = np.array([[*p["properties"]["resourceCoords"], 1.0] for p in points])
        ground = np.array([p["geometry"]["coordinates"] for p in points])
        fit, *_ = np.linalg.lstsq(paper, ground, rcond=None)
        at = np.array([[*f["properties"]["sheet_xy"][sheet], 1.0] for f in truth]) @ fit
        off = (at - np.array([f["geometry"]["coordinates"] for f in truth])) * [
            111_320 * np.cos(np.radians(47)),
            111_320,
        ]
        assert np.hypot(*off.T).max() < 0.6
        residual = (paper @ fit - ground) * [111_320 * np.cos(np.radians(47)), 111_320]
        assert np.hypot(*residual.T).max() < 0.6


def test_the_truth_s_place_on_the_sheet_is_the_sheet_s_own_of_its_place_on_the_ground() -> None:
    """Back from paper through the plan's own scale, on another way than the one that it was drawn by."""
    paper = Paper()
    for feature in json.loads((model_town() / "truth" / "cameras.geojson").read_text("utf-8"))["features"]:
        x, y = feature["properties"]["sheet_xy"]["sheet"]
        metres = 0.0254 / 72.0 * paper.scale
        lon, lat = to_degrees((x - paper.origin_pt[0]) * metres, (paper.origin_pt[1] - y) * metres)
        told = feature["geometry"]["coordinates"]
        assert abs(float(lon) - told[0]) * 76_000 < 0.01
        assert abs(float(lat) - told[1]) * 111_000 < 0.01


def test_every_camera_of_the_truth_is_named_on_the_sheet_and_in_the_table() -> None:
    words = pypdfium2.PdfDocument(model_town() / "sheet.pdf")[0].get_textpage().get_text_range().split()
    with (model_town() / "cameras.csv").open(encoding="utf-8") as file:
        listed = [row["Repère"] for row in csv.DictReader(file, delimiter=";")]
    labels = [camera["label"] for camera in cameras()]
    assert listed == labels == [f"C{number:02d}" for number in range(1, len(labels) + 1)]
    assert all(words.count(str(label)) == 1 for label in labels)


def test_the_sheet_says_in_both_languages_that_it_is_invented() -> None:
    text = pypdfium2.PdfDocument(model_town() / "sheet.pdf")[0].get_textpage().get_text_range()
    assert "Ville inventée" in text
    assert "Invented town" in text
    assert "invented: true" in (model_town() / "disclosure.yml").read_text("utf-8")


def test_the_place_is_in_no_country(built: Built) -> None:
    x0, y0, x1, y1 = built.buildings.total_bounds
    assert -20.1 < x0 < x1 < -19.9
    assert 46.9 < y0 < y1 < 47.1


def test_the_legend_marks_one_example_of_each_symbol() -> None:
    with (model_town() / "sheet.symbols.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [row["kind"] for row in rows] == [
        *("fixed", "dome", "ptz", "multisensor", "anpr", "unknown"),
        "camera",
    ]
    assert {row["points_to_deg"] for row in rows if row["kind"] in {"dome", "unknown", "camera"}} == {""}
