"""Stores to test: one suite for all kinds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest
from tests.store.by_hand import record, street

from tools.postgres import Cluster, NoServerError, cluster
from visavis.store import Store, open_store, write_store

Tables = dict[str, pd.DataFrame]

KINDS = ["geopackage", "postgis"]


@pytest.fixture(scope="session")
def server() -> Iterator[Cluster]:
    """A PostgreSQL server for all tests of the room."""
    yield from _running()


@pytest.fixture(scope="module")
def other_server() -> Iterator[Cluster]:
    """A server that a test may kill."""
    yield from _running()


@pytest.fixture
def small_server() -> Iterator[Cluster]:
    """A server that soon finds its disk full."""
    yield from _running(most_file_bytes=12 << 20)


def _running(most_file_bytes: int = 0) -> Iterator[Cluster]:
    try:
        with cluster(most_file_bytes=most_file_bytes) as running:
            yield running
    except NoServerError as missing:
        pytest.skip(str(missing))


@pytest.fixture(scope="module", params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def place(kind: str, request: pytest.FixtureRequest) -> Callable[[Path], str]:
    """The way to a place of its own where a store of the kind may be written."""
    if kind == "geopackage":
        return lambda folder: str(folder / "town of été.gpkg")
    running: Cluster = request.getfixturevalue("server")
    return lambda _: running.fresh()


@pytest.fixture
def target(place: Callable[[Path], str], tmp_path: Path) -> str:
    """Where a test may write a store of its own."""
    return place(tmp_path)


@pytest.fixture
def tables() -> Tables:
    return street()


@pytest.fixture(scope="module")
def store(place: Callable[[Path], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The street, written and opened, to be read only."""
    written = place(tmp_path_factory.mktemp("store"))
    write_store(written, street(), record())
    opened = open_store(written)
    yield opened
    opened.close()
