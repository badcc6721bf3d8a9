"""Bad input at the command line: one clear line, exit code 1, no traceback, nothing half written."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from visavis.datasets import model_town

pytestmark = pytest.mark.long

Ran = subprocess.CompletedProcess[str]


def run(*arguments: object, cwd: Path) -> Ran:
    command = [sys.executable, "-m", "visavis", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, timeout=300)


def refused(ran: Ran, *words: str, code: int = 1) -> None:
    """Assert that the command failed in one line that says all of `words`."""
    assert ran.returncode == code, ran.stderr + ran.stdout
    assert "Traceback" not in ran.stderr
    lines = ran.stderr.strip().splitlines()
    assert len(lines) == 1, ran.stderr
    for word in words:
        assert word in lines[0], lines[0]


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """A copy of the model town that a test may spoil."""
    return Path(shutil.copytree(model_town(), tmp_path / "town"))


def digitise(town: Path) -> Ran:
    files = {"--georef": "sheet.georef.json", "--symbols": "sheet.symbols.csv", "-o": "out.geojson"}
    options = [part for option, name in files.items() for part in (option, name)]
    return run("digitise", "sheet.pdf", *options, cwd=town)


def truncate_pdf(town: Path) -> None:
    sheet = town / "sheet.pdf"
    sheet.write_bytes(sheet.read_bytes()[:400])


def encrypt_pdf(town: Path) -> None:
    with pikepdf.open(town / "sheet.pdf") as pdf:
        pdf.save(town / "locked.pdf", encryption=pikepdf.Encryption(owner="a", user="b"))
    (town / "locked.pdf").replace(town / "sheet.pdf")


def no_pdf(town: Path) -> None:
    (town / "sheet.pdf").write_text("this is not a PDF")


def change_points(town: Path, change: Callable[[list[dict[str, object]]], list[dict[str, object]]]) -> None:
    file = town / "sheet.georef.json"
    annotation = json.loads(file.read_text())
    annotation["body"]["features"] = change(annotation["body"]["features"])
    file.write_text(json.dumps(annotation))


def two_points(town: Path) -> None:
    change_points(town, lambda points: points[:2])


def points_on_a_line(town: Path) -> None:
    def line_up(points: list[dict[str, object]]) -> list[dict[str, object]]:
        for number, point in enumerate(points):
            point["properties"] = {"resourceCoords": [100 + 50 * number, 100 + 30 * number]}
            point["geometry"] = {
                "type": "Point",
                "coordinates": [-20 + 0.001 * number, 47 - 0.0006 * number],
            }
        return points

    change_points(town, line_up)


def georef_no_json(town: Path) -> None:
    (town / "sheet.georef.json").write_text("{")


def unknown_kind(town: Path) -> None:
    file = town / "sheet.symbols.csv"
    lines = file.read_text().splitlines()
    lines[1] = "periscope" + lines[1][lines[1].index(",") :]
    file.write_text("\n".join(lines))


def empty_legend(town: Path) -> None:
    file = town / "sheet.symbols.csv"
    file.write_text(file.read_text().splitlines()[0] + "\n")


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (truncate_pdf, ["sheet.pdf"]),
        (encrypt_pdf, ["sheet.pdf", "password"]),
        (no_pdf, ["sheet.pdf"]),
        (two_points, ["sheet", "points"]),
        (points_on_a_line, ["sheet", "line"]),
        (georef_no_json, ["sheet.georef.json", "JSON"]),
        (unknown_kind, ["periscope", "row"]),
        (empty_legend, ["sheet"]),
    ],
)
def test_a_spoilt_sheet_is_refused_in_one_line(
    town: Path, spoil: Callable[[Path], None], words: list[str]
) -> None:
    spoil(town)
    before = sorted(p.name for p in town.iterdir())
    refused(digitise(town), *words)
    assert sorted(p.name for p in town.iterdir()) == before


def test_a_missing_sheet_is_refused(tmp_path: Path) -> None:
    ran = run("digitise", "no.pdf", "--georef", "no", "--symbols", "no", "-o", "x.geojson", cwd=tmp_path)
    refused(ran, "no.pdf", "no such file")


def test_a_store_that_is_no_geopackage_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.gpkg").write_text("not a database")
    refused(run("export", "x.gpkg", "-o", "out.geojson", cwd=tmp_path), "x.gpkg")
    refused(run("serve", "x.gpkg", "--port", 0, cwd=tmp_path), "x.gpkg")
    assert not (tmp_path / "out.geojson").exists()


def test_a_spoilt_osm_file_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "x.osm.pbf").write_bytes(b"\x00\x00\x00\x0d\x0a\x09OSMHeader")
    refused(run("import", "osm", "x.osm.pbf", "-o", "dossier", cwd=tmp_path), "x.osm.pbf")
    assert [p.name for p in tmp_path.iterdir()] == ["x.osm.pbf"]


def test_a_failed_build_leaves_the_old_store_as_it_was(town: Path) -> None:
    store = town / "store.gpkg"
    store.write_bytes(b"an older store")
    unknown_kind(town)
    refused(run("build", ".", "--spaces", "town.osm", "-o", "store.gpkg", cwd=town), "periscope")
    assert store.read_bytes() == b"an older store"
    assert not [p for p in town.iterdir() if p.name.startswith((".", "store.gpkg-", "tmp"))]


def test_a_dossier_error_names_the_line(town: Path) -> None:
    file = town / "disclosure.yml"
    text = file.read_text()
    line = next(i for i, each in enumerate(text.splitlines(), start=1) if each.startswith("country:"))
    file.write_text(text.replace("country: XX", "country: nowhere"))
    refused(run("check", ".", cwd=town), f"disclosure.yml:{line}:", "country")


def test_a_check_tells_every_problem_of_a_dossier_in_a_line_of_its_own(town: Path) -> None:
    file = town / "disclosure.yml"
    text = file.read_text()
    spoilt = [
        i
        for i, each in enumerate(text.splitlines(), start=1)
        if "country: XX" in each or each == "  - id: dpia"
    ]
    file.write_text(text.replace("country: XX", "country: nowhere").replace("    kind: dpia\n", ""))
    ran = run("check", ".", cwd=town)
    assert ran.returncode == 1
    assert len(ran.stderr.strip().splitlines()) == 2
    told = json.loads(run("check", ".", "--json", cwd=town).stdout)["problems"]
    assert [problem["line"] for problem in told] == spoilt


def test_a_new_dossier_is_made_and_passes(tmp_path: Path) -> None:
    made = run("new", "fr/lille/2026-cameras", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    assert run("check", "fr/lille/2026-cameras", cwd=tmp_path).returncode == 0
    refused(run("new", "fr/lille/2026-cameras", cwd=tmp_path), "is there already")


def test_a_build_without_buildings_is_a_usage_error(town: Path) -> None:
    refused(run("build", ".", cwd=town), "--spaces", code=2)


def test_a_layer_that_does_not_exist_is_refused(town: Path) -> None:
    ran = run("serve", "nowhere.gpkg", cwd=town)
    refused(ran, "nowhere.gpkg")
