"""QGIS reads the service as features and as vector tiles, through its own Python and without a window."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import shapely
from tests.store.by_hand import street

from visavis.tiles.grid import on_map

# The system's Python, for which Debian's package makes QGIS.
PYTHON = "/usr/bin/python3"
READING = Path(__file__).with_name("qgis_reading.py")
OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen", "PATH": os.environ["PATH"]}


pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not Path("/usr/lib/python3/dist-packages/qgis/core").is_dir(),
        reason="QGIS is not installed: make system-qgis",
    ),
]


@pytest.fixture(scope="module", autouse=True)
def pages_of_four() -> Iterator[None]:
    """So that there are pages to go through; it is made before the service is."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("VISAVIS_MAX_LIMIT", "4")
        yield


def test_qgis_sees_what_the_store_holds(address: str, tmp_path: Path) -> None:
    table = street()["cameras"]
    west, south, east, north = table.total_bounds
    box = [west - 1e-5, south - 1e-5, (west + east) / 2, north + 1e-5]
    (left, bottom), (right, top) = on_map(np.array([(west, south), (east, north)]))
    places = [left - 20, bottom - 20, right + 20, top + 20]
    asked = [address, "cameras", "camera_id", "\"kind\" = 'ptz'", box, places]
    ran = subprocess.run(
        [PYTHON, READING, json.dumps(asked)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env=OFFSCREEN
        | {"HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path)},  # nothing kept from an earlier look
    )
    assert ran.returncode == 0, ran.stderr
    told = json.loads(ran.stdout)
    assert told["valid"]
    assert told["crs"] == "EPSG:4326"
    assert [name for name in told["fields"] if name != "id"] == list(table.columns.drop("geometry"))
    assert told["count"] == len(table)
    shapes = {name: shapely.from_wkt(text) for name, text in told["shapes"].items()}
    assert set(shapes) == set(table["camera_id"])
    for name, shape in zip(table["camera_id"], table.geometry, strict=True):
        assert shapely.distance(shapes[name], shape) < 2e-7
    within = table[shapely.intersects(table.geometry.to_numpy(), shapely.box(*box))]
    assert 0 < len(within) < len(table)
    assert told["in_box"] == sorted(within["camera_id"])
    assert told["restricted"]
    assert told["of_restricted"] == sorted(table["camera_id"][table["kind"] == "ptz"])
    assert told["tiles_valid"]
    assert told["drawn"] > 100
    assert told["drawn_elsewhere"] == 0
