"""All servers of the comparison up at once over the same rows, and where each answers, for as long as they stand."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psutil
import psycopg

from benchmarks.many import many_record, many_tables
from benchmarks.peers import servers
from tools.postgres import cluster
from visavis.store import write_store

# Ours on both stores, and on the first once more without room for tiles in memory.
OURS: Final = ("GeoPackage", "PostGIS")
NO_TILES_KEPT: Final = "GeoPackage, no tile in memory"
PEERS: Final = ("TiPg", "pygeoapi")
HELLO: Final = "FastAPI hello"

PEER_SCHEMA: Final = "peer"
_KEYS: Final = {"cameras": "camera_id", "views": "view_id"}
_LIST: Final = "standing.json"


@dataclass(frozen=True)
class Standing:
    """The servers by name, the GeoPackage that they serve, and how many features each layer has."""

    features: int
    store: Path
    servers: dict[str, servers.Server]


@contextmanager
def standing(features: int, folder: Path) -> Iterator[Standing]:
    """Give the servers that stand in `folder` already, or set them up for as long as the block."""
    there = _found(folder)
    if there is not None:
        yield there
        return
    with ExitStack() as stack:
        told = _set_up(features, folder, stack)
        listed = folder / _LIST
        said = {"features": features, "store": str(told.store), "servers": told.servers}
        listed.write_text(json.dumps(said), "utf-8")
        stack.callback(listed.unlink)
        yield told


def _found(folder: Path) -> Standing | None:
    listed = folder / _LIST
    if not listed.is_file():
        return None
    told = json.loads(listed.read_text("utf-8"))
    up = {name: servers.Server(*each) for name, each in told["servers"].items()}
    if not all(psutil.pid_exists(each.process) for each in up.values()):
        return None
    return Standing(told["features"], Path(told["store"]), up)


def _set_up(features: int, folder: Path, stack: ExitStack) -> Standing:
    programs = servers.peers_environment(folder / "environment")
    port = servers.free_port()
    running = stack.enter_context(cluster(port=port, shared_buffers="512MB", work_mem="32MB"))
    target = running.fresh()
    file = folder / f"many-{features}.gpkg"
    _fill(file, target, features)
    database = servers.Database(port, target.rpartition("?")[0].rpartition("/")[2], "visavis", PEER_SCHEMA)
    written = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="visavis-")))
    return Standing(
        features,
        file,
        {
            "GeoPackage": stack.enter_context(servers.ours(str(file))),
            "PostGIS": stack.enter_context(servers.ours(target)),
            NO_TILES_KEPT: stack.enter_context(servers.ours(str(file), tile_cache_bytes="0")),
            "TiPg": stack.enter_context(servers.tipg(programs, database)),
            "pygeoapi": stack.enter_context(servers.pygeoapi(programs, database, _KEYS, written)),
            HELLO: stack.enter_context(servers.hello(written)),
        },
    )


def _fill(file: Path, target: str, features: int) -> None:
    """Write both stores, and the peers' tables from the second of them: the declared columns, a key, indexes."""
    tables = many_tables(features)
    if not file.exists():
        write_store(str(file), tables, many_record())
    write_store(target, tables, many_record())
    with psycopg.connect(target, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {PEER_SCHEMA}")
        for name, key in _KEYS.items():
            table = f"{PEER_SCHEMA}.{name}"
            connection.execute(f"CREATE TABLE {table} AS SELECT * FROM visavis.{name}")  # noqa: S608
            connection.execute(f"ALTER TABLE {table} DROP COLUMN fid, ADD PRIMARY KEY ({key})")
            connection.execute(f"CREATE INDEX ON {table} USING gist (geometry)")
            connection.execute(f"CREATE INDEX ON {table} ({'kind' if name == 'cameras' else 'level'})")
        connection.execute("VACUUM ANALYZE")
