"""Requests that go on while builds are published: all are answered, each from one build."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.service.server import running_apart
from tests.store.by_hand import camera, record, street

from benchmarks.publishing import ask_while_published
from visavis.store import placed, write_store


def test_no_answer_fails_or_mixes_builds_while_builds_are_published(tmp_path: Path) -> None:
    file = tmp_path / "street.gpkg"
    builds = {}
    for number in range(3):
        cameras = [camera(each, label=f"build {number}") for each in range(30)]
        told = record(parameters={"draws": number})
        write_store(str(tmp_path / f"{number}.gpkg"), street(cameras=cameras), told)
        builds[told.build_id] = str(number)

    def publish(number: int) -> None:
        """Move a build into its place, as the last step of writing one does."""
        with placed(file) as beside:
            shutil.copy(tmp_path / f"{number % len(builds)}.gpkg", beside)

    publish(0)
    with running_apart(file) as (address, _):
        try:
            told = ask_while_published(address, builds, publish, seconds=3, every_s=0.2)
        except FileNotFoundError:
            pytest.skip("wrk is not installed")
    assert told.failed == 0, told
    assert told.mixed == 0, told
    assert told.answered > 100, told
    assert told.builds_seen > 1, told
