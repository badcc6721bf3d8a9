"""Warming compiles all there is to compile."""

from __future__ import annotations

import importlib
import os
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest
from numba.core.dispatcher import Dispatcher

import visavis.views

pytestmark = pytest.mark.slow

TOLD = """
from numba.core import event

with event.install_recorder("numba:compile") as compiled:
    {code}
print(",".join(sorted({{one.data["dispatcher"].py_func.__name__ for _, one in compiled.buffer if one.is_start}})))
"""

WARM = """
    from visavis.views.warming import warm
    warm()
"""

BUILD = """
    from datetime import UTC, datetime
    from visavis.datasets import model_town
    from visavis.pipeline import Options, build
    town = model_town()
    build([town], [town / "town.osm"], "town.gpkg", clock=lambda: datetime.now(UTC), options=Options(draws=2))
"""


def run(code: str, folder: Path) -> str:
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(folder / "cache")}
    command = [sys.executable, "-c", TOLD.format(code=code.strip())]
    ran = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=True)
    return ran.stdout.strip()


def kernels() -> set[str]:
    """Return the names of all that Numba is to compile."""
    modules = [
        importlib.import_module(module.name)
        for module in pkgutil.iter_modules(visavis.views.__path__, "visavis.views.")
    ]
    return {
        name for module in modules for name, value in vars(module).items() if isinstance(value, Dispatcher)
    }


def test_a_build_after_warming_compiles_nothing(tmp_path: Path) -> None:
    assert kernels() <= set(run(WARM, tmp_path).split(","))
    assert run(BUILD, tmp_path) == ""
