"""An installed wheel is whole: it brings page, model town and reference tables, warms its engine, and the demo runs."""

from __future__ import annotations

import importlib
import os
import pkgutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest
from numba.core.dispatcher import Dispatcher

import visavis.views

pytestmark = pytest.mark.slow

# What Numba compiled while a module ran as a program, as the last line.
COMPILED_BY = """
import runpy, sys
from numba.core import event

sys.argv = sys.argv[1:]
with event.install_recorder("numba:compile") as compiled:
    try:
        runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
    except SystemExit as ended:
        assert not ended.code, ended.code
print()
print(",".join(sorted({one.data["dispatcher"].py_func.__name__ for _, one in compiled.buffer if one.is_start})))
"""


def run(*command: object, cwd: Path) -> str:
    ran = subprocess.run(
        [*map(str, command)],
        cwd=cwd,
        env={**os.environ, "NUMBA_CACHE_DIR": str(cwd.parent / "compiled")},
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
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


def kernels() -> set[str]:
    """Return the names of all that Numba is to compile."""
    modules = [
        importlib.import_module(module.name)
        for module in pkgutil.iter_modules(visavis.views.__path__, "visavis.views.")
    ]
    return {
        name for module in modules for name, value in vars(module).items() if isinstance(value, Dispatcher)
    }


def test_the_demo_runs_from_an_installed_wheel_in_an_empty_folder_and_compiles_nothing_once_warm(
    wheel: Path, tmp_path: Path
) -> None:
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
    warmed = run(python, "-c", COMPILED_BY, "visavis.views.warming", cwd=empty).splitlines()[-1]
    assert kernels() <= set(warmed.split(","))
    demo = run(python, "-c", COMPILED_BY, "visavis", "demo", "--no-serve", "--json", cwd=empty)
    assert demo.splitlines()[-1] == ""
    assert [p.name for p in empty.iterdir()] == ["model-town.gpkg"]
