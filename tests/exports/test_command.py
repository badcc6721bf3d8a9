"""The command that exports a part of a layer."""

from __future__ import annotations

import json
from pathlib import Path

import pyogrio
import pytest
from typer.testing import CliRunner

from visavis.cli import app
from visavis.model.errors import RequestError, UsageError


def run(*arguments: object) -> str:
    ran = CliRunner().invoke(app, ["export", *map(str, arguments)], catch_exceptions=True)
    if ran.exception is not None:
        raise ran.exception
    return ran.output


def test_conditions_add_up_and_stand_in_the_file(street_file: Path, tmp_path: Path) -> None:
    file = tmp_path / "part.geojson"
    part = ["--where", "kind=fixed", "--bbox", "-20,47,-19.9996,48", "--filter", "label <> 'C1'"]
    assert f"wrote {file}" in run(street_file, "--layer", "cameras", *part, "-o", file)
    told = json.loads(file.read_text("utf-8"))
    assert [feature["properties"]["label"] for feature in told["features"]] == ["C2", "C3", "C4", "C5"]
    assert told["part"] == "kind = fixed; bbox -20,47,-19.9996,48; filter label <> 'C1'"


def test_what_a_format_cannot_hold_is_printed(street_file: Path, tmp_path: Path) -> None:
    told = run(street_file, "--layer", "views", "--format", "shp", "-o", tmp_path / "views.shp.zip")
    assert "are shortened" in told
    assert pyogrio.read_info(tmp_path / "views.shp.zip")["features"] == 2


@pytest.mark.slow
@pytest.mark.parametrize(
    ("part", "words"),
    [
        (["--where", "kind"], "Write column=value"),
        (["--bbox", "1,2,3"], "west,south,east,north"),
        (["--bbox", "1,2,nan,4"], "west,south,east,north"),
        (["--bbox", "1,4,3,2"], "west,south,east,north"),
        (["--filter", "kind = "], "can't be parsed"),
        (["--filter", "sort = 'x'"], "no property 'sort'"),
        (["--where", "sort=x"], "can't be asked by 'sort'"),
    ],
)
def test_a_part_that_is_not_understood_is_refused_in_one_line(
    street_file: Path, tmp_path: Path, part: list[str], words: str
) -> None:
    with pytest.raises((UsageError, RequestError), match=words):
        run(street_file, "--layer", "cameras", *part, "-o", tmp_path / "x.geojson")
    assert list(tmp_path.iterdir()) == []
