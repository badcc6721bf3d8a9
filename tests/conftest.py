"""Fixtures that every room's tests share."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

if TYPE_CHECKING:
    from visavis.pipeline import Outcome

ROOT = Path(__file__).resolve().parents[1]

# How long an example takes is the machine's affair, not the code's. New examples are looked for where somebody can
# look into them; a run that lets a change land asks the same ones each time.
settings.register_profile("visavis", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("visavis")


_QUIET = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu-sandbox",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put files with long tests first: where two workers share them, none is left alone with one at the end."""
    long = {item.path for item in items if item.get_closest_marker("long")}
    items.sort(key=lambda item: item.path not in long)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real open data; `VISAVIS_SHARED` says where, beside the checkout by default."""
    folder = Path(os.environ.get("VISAVIS_SHARED", ROOT.parent / "shared"))
    if not (folder / "data").is_dir():
        pytest.skip(f"real data is absent: {folder.name}/data not found; set VISAVIS_SHARED to its folder")
    return folder


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository's top folder."""
    return ROOT


@pytest.fixture(scope="session")
def town_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the model town is built, once for all tests."""
    return tmp_path_factory.mktemp("built") / "model-town.gpkg"


@pytest.fixture(scope="session")
def built_town(town_store: Path) -> Outcome:
    """The model town, built from paper to layers with a fixed clock."""
    from tools.golden import model_town_build

    return model_town_build(town_store)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One real Chromium for all tests: a process can drive no second one beside it."""
    found = [shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome")]
    program = next((each for each in found if each), None)
    if program is None:
        pytest.skip("no Chromium on this system")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=program, args=_QUIET)
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def axe(root: Path) -> str:
    """The script of axe-core."""
    file = root / "web" / "node_modules" / "axe-core" / "axe.min.js"
    if not file.is_file():
        pytest.fail("axe-core is not installed: run python hatch_build.py check")
    return file.read_text("utf-8")
