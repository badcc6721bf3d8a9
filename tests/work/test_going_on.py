"""A build that is killed in the middle and run again goes on where it was, and writes the same bytes."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import geopandas as gpd
import pytest
from tests.work.quarter import quarter, watching
from tests.work.test_tiles import Counting

from visavis.pipeline import Options, build
from visavis.readers.cameras import write_cameras
from visavis.store import open_store, work_folder
from visavis.views import IN_PROCESS, Workers

OPTIONS = Options(draws=8, max_range_m=15.0)

RUN = """
from datetime import UTC, datetime
from pathlib import Path
from visavis.pipeline import Options, build

build([], [Path("town.gpkg")], "killed.gpkg", cameras=[Path("cameras.geojson")],
      options=Options(draws=8, max_range_m=15.0), clock=lambda: datetime(2026, 1, 1, tzinfo=UTC))
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    solid = quarter()[quarter().geom_type == "Polygon"].query("height_m > 0").drop_duplicates("building_id")
    town = gpd.GeoDataFrame(
        {"id": solid["building_id"], "building": "apartments", "height": solid["height_m"]},
        geometry=solid.geometry.make_valid(),
        crs=solid.crs,
    )
    town[town.geom_type == "Polygon"].to_file(tmp_path / "town.gpkg", layer="buildings", engine="pyogrio")
    write_cameras(watching(), tmp_path / "cameras.geojson")
    return tmp_path


def _build(folder: Path, store: str, workers: Workers = IN_PROCESS, options: Options = OPTIONS) -> bytes:
    build(
        [],
        [folder / "town.gpkg"],
        str(folder / store),
        cameras=[folder / "cameras.geojson"],
        options=options,
        clock=lambda: datetime(2026, 1, 1, tzinfo=UTC),
        workers=workers,
    )
    return (folder / store).read_bytes()


@pytest.mark.long
def test_a_killed_build_goes_on_where_it_was(folder: Path) -> None:
    every, rest = Counting(IN_PROCESS.executor), Counting(IN_PROCESS.executor)
    whole = _build(folder, "whole.gpkg", Workers(every, 1))
    assert not work_folder(str(folder / "whole.gpkg")).exists()
    before = _build(folder, "killed.gpkg", options=Options(draws=1, max_range_m=5.0))
    assert before != whole

    tiles = work_folder(str(folder / "killed.gpkg"))
    with subprocess.Popen([sys.executable, "-c", RUN], cwd=folder) as running:
        while running.poll() is None and len(list(tiles.glob("*.tile"))) < 2:
            time.sleep(0.01)  # nothing else tells from outside that a tile is done
        running.send_signal(signal.SIGKILL)
        assert running.wait() == -signal.SIGKILL, "it was over before it could be killed"
    done = len(list(tiles.glob("*.tile")))
    assert done >= 2
    assert (folder / "killed.gpkg").read_bytes() == before
    open_store(str(folder / "killed.gpkg")).close()

    assert _build(folder, "killed.gpkg", Workers(rest, 1)) == whole
    assert rest.given <= every.given - done
    assert not tiles.exists()
