"""An installed wheel is whole: it brings page, model town and reference tables, warms its engine, and the demo runs."""

from __future__ import annotations

import importlib
import json
import pkgutil
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from numba.core.dispatcher import Dispatcher

import visavis
import visavis.views

pytestmark = pytest.mark.long

# Runs a module as a program; its last line is JSON of the kernels called from Python, each with its signatures.
CALLED_BY = """
import json, pkgutil, runpy, sys
from importlib import import_module
from numba.core.dispatcher import Dispatcher
import visavis
import visavis.views

sys.argv = sys.argv[1:]
try:
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
except SystemExit as ended:
    assert not ended.code, ended.code
modules = [import_module(each.name) for each in pkgutil.iter_modules(visavis.views.__path__, "visavis.views.")]
kernels = {each.__name__: each for module in modules for each in vars(module).values() if isinstance(each, Dispatcher)}
print()
print(json.dumps({name: sorted(map(str, each.signatures)) for name, each in kernels.items() if each.signatures}))
"""


def run(*command: object, cwd: Path) -> str:
    ran = subprocess.run(
        [*map(str, command)],
        cwd=cwd,
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


def kernels() -> dict[str, Dispatcher[Any]]:
    """Return all that Numba is to compile, by name."""
    modules = [
        importlib.import_module(module.name)
        for module in pkgutil.iter_modules(visavis.views.__path__, "visavis.views.")
    ]
    return {
        name: value
        for module in modules
        for name, value in vars(module).items()
        if isinstance(value, Dispatcher)
    }


def compiled_with(names: Iterable[str]) -> set[str]:
    """Return these kernels and those that they call, which are compiled into them."""
    every, waiting, known = kernels(), list(names), set()
    while waiting:
        name = waiting.pop()
        if name not in known:
            known.add(name)
            waiting += [called for called in every[name].py_func.__code__.co_names if called in every]
    return known


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
    bring_what_is_compiled(packages / "visavis")
    empty = tmp_path / "empty"
    empty.mkdir()
    where = run(python, "-c", "import visavis; print(visavis.__file__)", cwd=empty).strip()
    assert Path(where).is_relative_to(packages)
    warmed = run(python, "-c", CALLED_BY, "visavis.views.warming", cwd=empty)
    demo = run(python, "-c", CALLED_BY, "visavis", "demo", "--no-serve", "--json", cwd=empty)
    ready, needed = (json.loads(told.splitlines()[-1]) for told in (warmed, demo))
    assert needed
    assert compiled_with(ready) == set(kernels())
    for kernel, signatures in needed.items():
        assert set(signatures) <= set(ready.get(kernel, [])), kernel
    assert [p.name for p in empty.iterdir()] == ["model-town.gpkg"]


def bring_what_is_compiled(package: Path) -> None:
    """Lay what the tests' own environment has compiled beside the same sources, since compiling takes minutes."""
    ours = Path(visavis.__file__).parent
    for kept in ours.rglob("__pycache__/*.nb[ic]"):
        there = package / kept.relative_to(ours)
        there.parent.mkdir(exist_ok=True)
        shutil.copy2(kept, there)
    for source in ours.rglob("*.py"):
        shutil.copystat(source, package / source.relative_to(ours))  # Numba goes by size and time
