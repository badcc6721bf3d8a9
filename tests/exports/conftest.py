"""The street, opened for export."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.store.by_hand import record, street

from visavis.service.pages import PAGE
from visavis.store import Store, open_store, write_store


@pytest.fixture(scope="session")
def street_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("exports") / "street.gpkg"
    write_store(str(file), street(), record())
    return file


@pytest.fixture(scope="session")
def store(street_file: Path) -> Iterator[Store]:
    opened = open_store(str(street_file))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def leaflet() -> Path:
    """Leaflet, as the build of the page puts it into the package."""
    folder = PAGE / "leaflet"
    if not (folder / "leaflet.js").is_file():
        pytest.skip("Leaflet is not there: build the page with python hatch_build.py")
    return folder
