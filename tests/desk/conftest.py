"""A desk over the model town, its sheet read once for all tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.desk.serving import Person, opened, served, town

from visavis.desk.desk import Desk


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where what was read is kept: the next desk of the same sheet reads nothing."""
    return tmp_path_factory.mktemp("desk-cache")


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    return town(tmp_path)


@pytest.fixture
def desk(dossier: Path, cache: Path) -> Desk:
    return opened(dossier, cache)


@pytest.fixture
def address(desk: Desk) -> Iterator[str]:
    with served(desk) as where:
        yield where


@pytest.fixture
def person(address: str) -> Iterator[Person]:
    with Person(address) as somebody:
        yield somebody
