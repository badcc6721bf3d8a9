"""An installed wheel is whole: it brings page, model town and reference tables, and the demo runs."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow


def run(*command: object, cwd: Path) -> str:
    ran = subprocess.run(
        [*map(str, command)], cwd=cwd, capture_output=True, text=True, check=False, timeout=600
    )
    assert ran.returncode == 0, f"{command}\n{ran.stdout}\n{ran.stderr}"
    return ran.stdout


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "pip", "wheel", "--no-deps", "-q", "-w", folder, root, cwd=folder)
    return next(folder.glob("visavis-*.whl"))


def test_the_wheel_brings_page_model_town_and_reference(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for needed in (
        "visavis/py.typed",
        "visavis/_web/index.html",
        "visavis/_web/desk.html",
        "visavis/_web/leaflet/leaflet.js",
        "visavis/_web/leaflet/leaflet.css",
        "visavis/_data/model-town/disclosure.yml",
        "visavis/_data/model-town/sheet.pdf",
        "visavis/_data/model-town/town.osm",
        "visavis/_data/reference/camera-models.csv",
        "visavis/_data/reference/jurisdictions/fr.csv",
    ):
        assert needed in names
    assert not [name for name in names if "node_modules" in name or name.startswith(("tests", "tools"))]


def test_the_demo_runs_from_an_installed_wheel_in_an_empty_folder(wheel: Path, tmp_path: Path) -> None:
    place = tmp_path / "venv"
    venv.create(place, with_pip=False, symlinks=True)
    python = place / "bin" / "python"
    packages = Path(
        run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=tmp_path).strip()
    )
    run(
        sys.executable,
        "-m",
        "pip",
        "install",
        "-q",
        "--no-deps",
        "--no-compile",
        "--target",
        packages,
        wheel,
        cwd=tmp_path,
    )
    # The dependencies are those of the environment that runs the tests; visavis itself comes from the wheel.
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    empty = tmp_path / "empty"
    empty.mkdir()
    where = run(python, "-c", "import visavis; print(visavis.__file__)", cwd=empty).strip()
    assert Path(where).is_relative_to(packages)
    run(python, "-m", "visavis", "demo", "--no-serve", "--json", cwd=empty)
    assert [p.name for p in empty.iterdir()] == ["model-town.gpkg"]
