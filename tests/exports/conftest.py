"""The street, opened for export."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.store.by_hand import record, street

from visavis.service.pages import PAGE
from visavis.store import Store, open_store, write_store


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    file = str(tmp_path_factory.mktemp("exports") / "street.gpkg")
    write_store(file, street(), record())
    opened = open_store(file)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def leaflet() -> Path:
    """Leaflet, as the build of the page puts it into the package."""
    folder = PAGE / "leaflet"
    if not (folder / "leaflet.js").is_file():
        pytest.skip("Leaflet is not there: build the page with python hatch_build.py")
    return folder
