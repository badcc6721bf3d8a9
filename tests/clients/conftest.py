"""The street for clients of others, served by a process of its own from both kinds of store."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from tests.service.server import running_apart
from tests.store.by_hand import record, street

from tools.postgres import NoServerError, cluster
from visavis.store import write_store


@pytest.fixture(scope="module", params=["geopackage", "postgis"])
def address(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with ExitStack() as stack:
        target = str(tmp_path_factory.mktemp("clients") / "street.gpkg")
        if request.param == "postgis":
            try:
                target = stack.enter_context(cluster()).fresh()
            except NoServerError as missing:
                pytest.skip(str(missing))
        write_store(target, street(), record())
        where, _ = stack.enter_context(running_apart(target))
        yield where
