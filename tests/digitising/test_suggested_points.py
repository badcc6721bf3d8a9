"""A sheet that nobody placed finds its place by its buildings, or is refused with the reason."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from visavis.digitising import georeference, read_annotations
from visavis.digitising.suggesting import (
    Lines,
    Start,
    Written,
    align,
    crossings_of,
    lines_of_outlines,
    lines_of_picture,
    propose,
    proposed_points,
    search,
)
from visavis.model.errors import GeoreferenceError
from visavis.readers.suggesting import suggest_points

Array = NDArray[np.float64]


def town(seed: int, count: int = 90, side: float = 700.0) -> list[Array]:
    """Houses of all sizes, turned as they like, over some hundred metres."""
    rng = np.random.default_rng(seed)
    houses = []
    for _ in range(count):
        width, depth = rng.uniform(9, 40, 2)
        turn = rng.uniform(0, np.pi)
        corners = np.array([[-width, -depth], [width, -depth], [width, depth], [-width, depth]]) / 2
        spin = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
        ring = corners @ spin.T + rng.uniform(0, side, 2)
        houses.append(np.vstack([ring, ring[:1]]))
    return houses


def walls_of(houses: list[Array]) -> tuple[Lines, NDArray[np.int64]]:
    parts = [lines_of_outlines([ring], 2.0) for ring in houses]
    walls = Lines(np.vstack([p.at for p in parts]), np.vstack([p.along for p in parts]))
    return walls, np.repeat(np.arange(len(parts)), [len(p) for p in parts])


def sheet_map(turn_deg: float, scale: float) -> Array:
    """From sheet to metres: turned clockwise, y down on the sheet."""
    turn = np.radians(turn_deg)
    linear = scale * np.array([[np.cos(turn), -np.sin(turn)], [-np.sin(turn), -np.cos(turn)]])
    return np.column_stack([linear, [80.0, 620.0]])


def on_sheet(matrix: Array, ground: Array) -> Array:
    return (ground - matrix[:, 2]) @ np.linalg.inv(matrix[:, :2]).T


HOUSES = town(3)
WALLS, BUILDING = walls_of(HOUSES)
CHECKED = np.array([[200.0, 200.0], [500.0, 250.0], [350.0, 520.0]])


def off_m(found: Array, true: Array) -> Array:
    places = on_sheet(true, CHECKED)
    return np.hypot(*(places @ found[:, :2].T + found[:, 2] - CHECKED).T)


@pytest.mark.slow
@pytest.mark.parametrize("turn_deg", [0.0, 207.0])
def test_a_sheet_is_found_at_any_turn_and_brought_onto_its_buildings(turn_deg: float) -> None:
    true = sheet_map(turn_deg, 1.7)
    rng = np.random.default_rng(5)
    drawn = [on_sheet(true, ring + rng.normal(0, 0.3, 2)) for ring in HOUSES if rng.uniform() < 0.9]
    clutter = [rng.uniform(0, 400, (2, 2)) for _ in range(60)]
    sheet = lines_of_outlines([*drawn, *clutter], 1.0)
    starts = search(sheet, WALLS, [1.7])
    found = propose(sheet, WALLS, BUILDING, [], {}, starts)
    assert found is not None
    assert found.refused is None
    assert off_m(found.alignment.matrix, true).max() < 0.5
    assert found.alignment.gains
    assert found.alignment.after_m < 0.6
    assert 0 < found.alignment.sd_m < 0.5


@pytest.mark.slow
def test_another_town_is_refused() -> None:
    true = sheet_map(10.0, 1.7)
    sheet = lines_of_outlines([on_sheet(true, ring) for ring in town(8)], 1.0)
    found = propose(sheet, WALLS, BUILDING, [], {}, search(sheet, WALLS, [1.7]))
    assert found is None or found.refused is not None


def test_buildings_that_lie_right_already_gain_nothing_by_chance() -> None:
    true = sheet_map(0.0, 1.7)
    rng = np.random.default_rng(1)
    # A sheet without buildings: only strokes at random.
    sheet = lines_of_outlines([rng.uniform(0, 400, (2, 2)) for _ in range(150)], 1.0)
    found = align(sheet, WALLS, BUILDING, true)
    assert found is None or found.drawn < 0.5


@pytest.mark.slow
def test_street_names_that_stand_elsewhere_speak_against_a_placing() -> None:
    true = sheet_map(0.0, 1.7)
    sheet = lines_of_outlines([on_sheet(true, ring) for ring in HOUSES], 1.0)
    streets = {
        f"Rue {name}": [np.array([[0.0, y], [700.0, y]])]
        for name, y in zip(
            ("Alpha", "Beta", "Gamma", "Delta", "Epsilon"), (50, 200, 350, 500, 650), strict=True
        )
    }
    middle = {name: on_sheet(true, np.array([[350.0, lines[0][0, 1]]]))[0] for name, lines in streets.items()}
    right = [Written(name.upper(), *middle[name]) for name in streets]
    wrong = [
        Written(name, *middle[other])
        for name, other in zip(streets, [*list(streets)[1:], "Rue Alpha"], strict=True)
    ]
    start = [Start(true, 1.0)]
    told = propose(sheet, WALLS, BUILDING, right, streets, start)
    against = propose(sheet, WALLS, BUILDING, wrong, streets, start)
    assert told is not None
    assert against is not None
    assert (told.names, told.beside, told.refused) == (5, 5, None)
    assert against.refused is not None
    assert "street names" in against.refused


def test_edges_of_a_picture_have_their_place_and_direction() -> None:
    picture = Image.new("L", (200, 120), 255)
    ImageDraw.Draw(picture).rectangle((40, 30, 150, 90), fill=90)
    lines = lines_of_picture(np.asarray(picture, dtype=np.uint8))
    left = lines.some(np.abs(lines.at[:, 0] - 40) < 2)
    assert len(left) > 40
    assert np.abs(left.at[:, 0].mean() - 40) < 0.7
    assert np.median(np.abs(left.along[:, 1])) > 0.99


@pytest.mark.slow
def test_crossings_of_named_streets_are_proposed_apart_from_each_other() -> None:
    streets = {
        "Rue A": [np.array([[0.0, 100.0], [100.0, 100.0], [400.0, 100.0]])],
        "Rue B": [np.array([[100.0, 0.0], [100.0, 100.0]])],
        "Rue C": [np.array([[400.0, 100.0], [400.0, 300.0]])],
        "Rue D": [np.array([[0.0, 900.0], [900.0, 900.0]])],
    }
    crossings = crossings_of(streets)
    assert set(crossings) == {"Rue A / Rue B", "Rue A / Rue C"}
    true = sheet_map(0.0, 1.7)
    sheet = lines_of_outlines([on_sheet(true, ring) for ring in HOUSES], 1.0)
    fit = align(sheet, WALLS, BUILDING, true)
    assert fit is not None
    points = proposed_points(fit, crossings, (-1000, -1000, 1000, 1000), lambda m: m / 1e5)
    assert sorted(point.name or "" for point in points) == ["Rue A / Rue B", "Rue A / Rue C"]


@pytest.mark.shared
@pytest.mark.long
def test_a_sheet_of_geneva_is_placed_without_control_points(shared: Path) -> None:
    """Median error under 3 m at points known exactly; then read as proposals that nobody confirmed."""
    folder = shared / "digitising" / "B1"
    annotation, told = suggest_points(
        folder / "vector.pdf", [shared / "data" / "geneva_osm" / "geneva.osm.pbf"]
    )
    fixed, findings = georeference(read_annotations(annotation)[0])
    assert "sheet.georeference-proposed" in [finding.code for finding in findings]
    known = json.loads((folder / "check_points.json").read_text())["vector"]
    placed = fixed.place(np.array([(p["x"], p["y"]) for p in known]))
    true = np.array([(p["lon"], p["lat"]) for p in known])
    off = np.hypot(*((placed - true) * [77_000, 111_200]).T)
    assert np.median(off) < 3.0
    assert told["beside_their_street"] > 0.9 * told["street_names_read"] > 30


def test_a_sheet_without_lines_is_refused_in_one_line(tmp_path: Path, root: Path) -> None:
    Image.new("L", (300, 200), 255).save(tmp_path / "empty.png")
    with pytest.raises(GeoreferenceError, match=r"too few lines.*by hand"):
        suggest_points(tmp_path / "empty.png", [root / "data" / "model-town" / "town.osm"], dpi=100)
