"""The servers that are compared, each a process with one worker on a port of this machine."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import venv
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

PACKAGES: Final = ("tipg==1.6.1", "uvicorn", "pygeoapi==0.21.0", "gunicorn", "psycopg2-binary", "geoalchemy2")

# Programs are compiled when they are installed; where this is set, they would be compiled anew at each start.
_NOT_COMPILED: Final = "PYTHONDONTWRITEBYTECODE"

_HELLO: Final = """
from fastapi import FastAPI
app = FastAPI()
@app.get("/")
async def hello():
    return {"hello": "world"}
"""


class Server(NamedTuple):
    """Where a server answers, its process, and how long it took to answer for the first time."""

    address: str
    process: int
    started_s: float


class Database(NamedTuple):
    """The tables that the peers serve."""

    port: int
    name: str
    user: str
    schema: str


def peers_environment(folder: Path) -> Path:
    """Return the folder of programs of an environment with the peers, made where it is missing."""
    programs = folder / "bin"
    if not (programs / "pygeoapi").exists():
        venv.create(folder, with_pip=True)
        subprocess.run([programs / "pip", "install", "-q", *PACKAGES], check=True)  # noqa: S603
    return programs


@contextmanager
def ours(target: str, *, ready: str = "/healthz", **settings: str) -> Iterator[Server]:
    """Serve a store with visavis, as the command does; `ready` is asked for first."""
    port = free_port()
    command = [sys.executable, "-m", "visavis", "serve", target, "--port", str(port)]
    given = {f"VISAVIS_{name.upper()}": value for name, value in settings.items()}
    with _running(command, port, ready, given) as server:
        yield server


@contextmanager
def tipg(programs: Path, database: Database) -> Iterator[Server]:
    """Serve the peers' tables with TiPg on asyncpg."""
    port = free_port()
    environment = {
        "DATABASE_URL": f"postgresql://{database.user}@127.0.0.1:{database.port}/{database.name}",
        "TIPG_DB_SCHEMAS": json.dumps([database.schema]),
        "TIPG_MAX_FEATURES_PER_QUERY": "10000",
    }
    command = [
        programs / "uvicorn",
        "tipg.main:app",
        "--port",
        str(port),
        "--no-access-log",
        "--log-level",
        "error",
    ]
    with _running(command, port, "/healthz", environment) as server:
        yield server


@contextmanager
def pygeoapi(programs: Path, database: Database, layers: Mapping[str, str], folder: Path) -> Iterator[Server]:
    """Serve the same tables with pygeoapi on gunicorn; `layers` names each layer's column of ids."""
    port = free_port()
    config, document = folder / "pygeoapi.json", folder / "openapi.json"  # JSON is YAML too
    config.write_text(json.dumps(_pygeoapi_config(port, database, layers)), "utf-8")
    environment = {"PYGEOAPI_CONFIG": str(config), "PYGEOAPI_OPENAPI": str(document)}
    subprocess.run(  # noqa: S603
        [
            programs / "pygeoapi",
            "openapi",
            "generate",
            str(config),
            "--format",
            "json",
            "--output-file",
            str(document),
        ],
        env=os.environ | environment,
        check=True,
        capture_output=True,
    )
    command = [
        programs / "gunicorn",
        "-w",
        "1",
        "-b",
        f"127.0.0.1:{port}",
        "--log-level",
        "error",
        "pygeoapi.flask_app:APP",
    ]
    with _running(command, port, "/conformance", environment) as server:
        yield server


@contextmanager
def hello(folder: Path) -> Iterator[Server]:
    """Serve two words with FastAPI: what the framework takes for itself."""
    port = free_port()
    (folder / "hello.py").write_text(_HELLO, "utf-8")
    command = [sys.executable, "-m", "uvicorn", "hello:app", "--app-dir", str(folder), "--port", str(port)]
    with _running([*command, "--no-access-log", "--log-level", "error"], port, "/", {}) as server:
        yield server


def memory_mb(process: int) -> float:
    """Return what a process and its children hold, shared pages by their share, in megabytes."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text("utf-8").split()
    told = Path(f"/proc/{process}/smaps_rollup").read_text("utf-8")
    own = next(int(line.split()[1]) for line in told.splitlines() if line.startswith("Pss:")) / 1000
    return own + sum(memory_mb(int(child)) for child in children)


def ask_once(address: str, paths: Sequence[str]) -> None:
    """Ask for each path once, one after the other."""
    for path in paths:
        with urllib.request.urlopen(f"{address}{path}", timeout=120) as answer:  # noqa: S310
            answer.read()


def features_of(address: str) -> int:
    """Return how many features an answer holds."""
    with urllib.request.urlopen(address, timeout=120) as answer:  # noqa: S310
        told = json.load(answer)
    return len(told["features"]) if "features" in told else 1


def free_port() -> int:
    """Return a port of this machine on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _running(
    command: Sequence[object], port: int, ready: str, environment: Mapping[str, str]
) -> Iterator[Server]:
    kept = {name: value for name, value in os.environ.items() if name != _NOT_COMPILED}
    begun = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603
        list(map(str, command)), env=kept | dict(environment), stdout=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{address}{ready}", process)
        yield Server(address, process.pid, time.perf_counter() - begun)
    finally:
        process.terminate()
        process.wait(30)


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 180
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=30).close()  # noqa: S310
        except urllib.error.HTTPError:
            return  # it answers
        except OSError:
            time.sleep(0.01)
        else:
            return
    raise RuntimeError(f"{process.args!r} did not come up")


def _pygeoapi_config(port: int, database: Database, layers: Mapping[str, str]) -> dict[str, object]:
    data = {
        "host": "127.0.0.1",
        "port": database.port,
        "dbname": database.name,
        "user": database.user,
        "password": "none",
        "search_path": [database.schema],
    }
    words = {"en": "benchmark"}
    return {
        "server": {
            "bind": {"host": "127.0.0.1", "port": port},
            "url": f"http://127.0.0.1:{port}",
            "mimetype": "application/json; charset=UTF-8",
            "encoding": "utf-8",
            "gzip": False,
            "language": "en-US",
            "limits": {"default_items": 10, "max_items": 10_000},
            "map": {"url": "http://localhost/", "attribution": "none"},
        },
        "logging": {"level": "ERROR"},
        "metadata": {
            "identification": {
                "title": words,
                "description": words,
                "keywords": {"en": ["none"]},
                "keywords_type": "theme",
                "terms_of_service": "none",
                "url": "http://localhost/",
            },
            "license": {"name": "CC0", "url": "http://localhost/"},
            "provider": {"name": "none", "url": "http://localhost/"},
            "contact": {"name": "none"},
        },
        "resources": {
            name: {
                "type": "collection",
                "title": words,
                "description": words,
                "keywords": {"en": ["none"]},
                "links": [],
                "extents": {"spatial": {"bbox": [-180, -90, 180, 90]}},
                "providers": [
                    {
                        "type": "feature",
                        "name": "PostgreSQL",
                        "data": data,
                        "id_field": key,
                        "table": name,
                        "geom_field": "geometry",
                    }
                ],
            }
            for name, key in layers.items()
        },
    }
