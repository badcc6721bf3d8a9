"""Stores to test: one suite for all kinds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest
from tests.store.by_hand import record, street

from visavis.store import Store, open_store, write_store

Tables = dict[str, pd.DataFrame]

# Each kind of store is a name here, with the way to a place where one may be written.
KINDS: dict[str, Callable[[Path], str]] = {"geopackage": lambda folder: str(folder / "town of été.gpkg")}


@pytest.fixture(scope="module", params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def target(kind: str, tmp_path: Path) -> str:
    """Where a test may write a store of its own."""
    return KINDS[kind](tmp_path)


@pytest.fixture
def tables() -> Tables:
    return street()


@pytest.fixture(scope="module")
def store(kind: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The street, written and opened, to be read only."""
    written = KINDS[kind](tmp_path_factory.mktemp("store"))
    write_store(written, street(), record())
    opened = open_store(written)
    yield opened
    opened.close()
