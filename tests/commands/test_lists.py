"""A list by itself at the command line, and options that do not go together."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from visavis.cli import app
from visavis.datasets import model_town
from visavis.model.errors import UsageError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "list.csv").write_text('Repère;Lieu\nL1;"Grande Rue, rue du Pont"\nL2;ailleurs\n', "utf-8")
    (tmp_path / "list.columns.yml").write_text("columns: {label: Repère, place: Lieu}\n", "utf-8")
    return tmp_path


def test_a_list_is_digitised_with_the_streets_of_an_extract(folder: Path) -> None:
    out = folder / "cameras.geojson"
    options = [
        "--columns",
        folder / "list.columns.yml",
        "--gazetteer",
        model_town() / "town.osm",
        "-o",
        out,
        "--json",
    ]
    ran = CliRunner().invoke(app, ["digitise", str(folder / "list.csv"), *map(str, options)])
    assert ran.exit_code == 0, ran.output
    told = json.loads(ran.output)
    assert (told["cameras"], told["unplaced"]) == (1, 1)
    assert any("“ailleurs” is in no gazetteer given" in finding for finding in told["findings"])
    (camera,) = json.loads(out.read_text("utf-8"))["features"]
    assert camera["properties"]["place_score"] == 1.0
    assert camera["properties"]["standing"] == "detected"


@pytest.mark.parametrize(
    "options", [[], ["--columns", "c.yml", "--georef", "g.json"], ["--georef", "g.json"]]
)
def test_a_sheet_and_a_list_are_not_mixed_up(folder: Path, options: list[str]) -> None:
    ran = CliRunner().invoke(
        app, ["digitise", str(folder / "list.csv"), "-o", str(folder / "o.geojson"), *options]
    )
    assert isinstance(ran.exception, UsageError)
    assert "--columns" in str(ran.exception)


def test_draws_and_a_precision_are_not_both_given() -> None:
    ran = CliRunner().invoke(
        app, ["build", "town", "--spaces", "x.gpkg", "--draws", "9", "--precision", "0.02"]
    )
    assert isinstance(ran.exception, UsageError)
    assert "--precision" in str(ran.exception)
