"""The service as a process of its own."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from tests.service.server import running_apart

from visavis.model.errors import UsageError
from visavis.service import Settings
from visavis.service.running import serve


@pytest.mark.slow
def test_it_writes_down_nothing_of_its_visitors_and_ends_when_told(store_file: Path) -> None:
    with running_apart(store_file) as (address, server):
        where = "bbox=-20.0001,46.9999,-19.9999,47.0001"
        assert httpx.get(f"{address}/collections/cameras/items?{where}").status_code == 200
        assert httpx.get(f"{address}/nowhere").status_code == 404
        server.send_signal(signal.SIGINT)
        said, _ = server.communicate(timeout=20)
    assert said == ""
    assert server.returncode == 0


def test_a_port_that_is_taken_is_told_in_one_line(store_file: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(UsageError, match=f"can't listen on 127.0.0.1 port {port} "):
            serve(Settings(store=str(store_file)), "127.0.0.1", port)


def test_an_address_of_another_machine_is_told_in_one_line(store_file: Path) -> None:
    with pytest.raises(UsageError, match=r"can't listen on 192\.0\.2\.1 port 8000 "):
        serve(Settings(store=str(store_file)), "192.0.2.1", 8000)


def test_what_few_services_need_is_not_loaded_by_all(store_file: Path) -> None:
    """Pictures, building, checking and exports load when they are asked for: so a service starts in a second."""
    asked = (
        "import sys; from visavis.service import Settings, create_app; import visavis.service.bounding\n"
        f"create_app(Settings(store={str(store_file)!r}))\n"
        "print(*sys.modules)"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True
    ).stdout.split()
    late = {
        "pandera",
        "pyogrio",
        "numba",
        "cv2",
        "rasterio",
        "osmium",
        "folium",
        "cryptography",
        "scipy",
        "reportlab",
    }
    late |= {
        "structlog",
        "limits",
        "prometheus_client",
        "rich",
        "psycopg",
        "PIL",
        "pmtiles",
        "visavis.pipeline",
    }
    assert not late & {*loaded}
