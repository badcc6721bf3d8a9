"""The street, served."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from tests.service.server import running
from tests.store.by_hand import record, street

from visavis.service import Settings
from visavis.store import write_store


@pytest.fixture(scope="session")
def store_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that no test changes."""
    file = tmp_path_factory.mktemp("served") / "street.gpkg"
    write_store(str(file), street(), record())
    return file


@pytest.fixture(scope="session")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small page in the place of the built one."""
    folder = tmp_path_factory.mktemp("page")
    (folder / "index.html").write_text("<!doctype html><title>the map</title>")
    (folder / "assets").mkdir()
    (folder / "assets" / "index-abc123.js").write_text("'use strict';" * 200)
    (folder / "favicon.svg").write_text("<svg/>")
    (folder.parent / "secret.txt").write_text("not for everybody")
    return folder


@pytest.fixture(scope="session")
def address(store_file: Path, page: Path) -> Iterator[str]:
    with running(Settings(store=str(store_file), max_limit=8), page=page) as where:
        yield where


@pytest.fixture
def client(address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address, timeout=20) as asking:
        yield asking
