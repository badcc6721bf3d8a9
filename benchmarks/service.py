"""The service beside TiPg and pygeoapi on the same rows: `python -m benchmarks.service [--features N]`.

Everything runs on this machine, one worker each, all servers up at once and asked in turn. The peers read plain tables
of the same PostgreSQL server that holds our store: the declared columns alone, with a primary key, a GiST index and
statistics. Prints requests a second of the best round and ratios within a round; writes `docs/benchmarks-service.md`.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from typing import Any, Final
from urllib.parse import quote, urlencode

import numpy as np
import psycopg

from benchmarks.exporting import measure
from benchmarks.load import Load, load
from benchmarks.machine import machine_line
from benchmarks.many import BOUNDS, many_record, many_tables
from benchmarks.peers import servers
from benchmarks.report import Report
from tools.postgres import cluster
from visavis.store import write_store

PAGE: Final = Path(__file__).resolve().parents[1] / "docs" / "benchmarks-service.md"
PEER_SCHEMA: Final = "peer"
_DIFFERENT: Final = 200

OURS: Final = ("GeoPackage", "PostGIS")
PEERS: Final = ("TiPg", "pygeoapi")

Paths = Mapping[str, Sequence[str]]


def main() -> None:
    """Build, serve, ask, and write what came of it."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--features", type=int, default=200_000, help="cameras, and as many views")
    options.add_argument("--rounds", type=int, default=2)
    options.add_argument("--seconds", type=float, default=3.0, help="how long each is asked at a time")
    options.add_argument("--peers", type=Path, help="where the peers' environment is or shall be kept")
    options.add_argument("--store", type=Path, help="a GeoPackage of so many features that is there already")
    options.add_argument("--no-exports", action="store_true")
    options.add_argument("--no-page", action="store_true", help="print only")
    given = options.parse_args()
    report = Report(["# Benchmarks of the service", ""])
    report.say(f"Written by `python -m benchmarks.service`. {machine_line()}")
    with tempfile.TemporaryDirectory(prefix="visavis-") as name, ExitStack() as stack:
        folder = Path(name)
        programs = servers.peers_environment(given.peers or folder / "peers")
        port = servers.free_port()
        running = stack.enter_context(cluster(port=port, shared_buffers="512MB", work_mem="32MB"))
        target = running.fresh()
        file = given.store or folder / "many.gpkg"
        _fill(file, target, given.features)
        database = servers.Database(
            port, target.rpartition("?")[0].rpartition("/")[2], "visavis", PEER_SCHEMA
        )
        up = {
            "GeoPackage": stack.enter_context(servers.ours(str(file))),
            "PostGIS": stack.enter_context(servers.ours(target)),
            "TiPg": stack.enter_context(servers.tipg(programs, database)),
            "pygeoapi": stack.enter_context(
                servers.pygeoapi(programs, database, {"cameras": "camera_id", "views": "view_id"}, folder)
            ),
            "hello": stack.enter_context(servers.hello(folder)),
        }
        _ask_all(up, given.features, given.rounds, given.seconds, report)
        if not given.no_exports:
            measure(file, "views", given.rounds, report)
    if not given.no_page:
        PAGE.write_text("\n".join(report.lines).rstrip() + "\n", "utf-8")


def _fill(file: Path, target: str, features: int) -> None:
    """Write both stores, and the peers' tables from the second of them."""
    tables = many_tables(features)
    if not file.exists():
        write_store(str(file), tables, many_record())
    write_store(target, tables, many_record())
    with psycopg.connect(target, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {PEER_SCHEMA}")
        for name, key in (("cameras", "camera_id"), ("views", "view_id")):
            table = f"{PEER_SCHEMA}.{name}"
            connection.execute(f"CREATE TABLE {table} AS SELECT * FROM visavis.{name}")  # noqa: S608
            connection.execute(f"ALTER TABLE {table} DROP COLUMN fid, ADD PRIMARY KEY ({key})")
            connection.execute(f"CREATE INDEX ON {table} USING gist (geometry)")
            connection.execute(f"CREATE INDEX ON {table} ({'kind' if name == 'cameras' else 'level'})")
        connection.execute("VACUUM ANALYZE")


def _cases(features: int) -> dict[str, Callable[[str, np.random.Generator], str]]:
    """Return what is asked: each a way to the path for a server."""

    def items(query: Mapping[str, Any], layer: str = "cameras") -> str:
        return f"/collections/{layer}/items?{urlencode(query)}"

    def box(share: int) -> Callable[[str, np.random.Generator], str]:
        def asked(_: str, random: np.random.Generator) -> str:
            width, height = (b - a for a, b in ((BOUNDS[0], BOUNDS[2]), (BOUNDS[1], BOUNDS[3])))
            side = (share / features) ** 0.5
            west = random.uniform(BOUNDS[0], BOUNDS[2] - width * side)
            south = random.uniform(BOUNDS[1], BOUNDS[3] - height * side)
            edges = (west, south, west + width * side, south + height * side)
            return items({"bbox": ",".join(f"{edge:.6f}" for edge in edges), "limit": 2_000})

        return asked

    def one(server: str, random: np.random.Generator) -> str:
        feature = f"zz/many/sheet.pdf/{random.integers(features):06d}"
        return f"/collections/cameras/items/{quote(feature, safe='' if server != 'pygeoapi' else '/')}"

    def cql(server: str, random: np.random.Generator) -> str:
        least = random.uniform(3.0, 7.0)
        text = f"kind = 'ptz' AND height_m > {least:.3f}"
        language = {} if server == "pygeoapi" else {"filter-lang": "cql2-text"}
        return items({"filter": text, "limit": 100} | language)

    def tile(zoom: int) -> Callable[[str, np.random.Generator], str]:
        def asked(server: str, random: np.random.Generator) -> str:
            column, row = _tile_of(
                zoom, random.uniform(BOUNDS[0], BOUNDS[2]), random.uniform(BOUNDS[1], BOUNDS[3])
            )
            ends = f"{column}/{row}" if server == "TiPg" else f"{row}/{column}"
            return f"/collections/views/tiles/WebMercatorQuad/{zoom}/{ends}"

        return asked

    kind = ["ptz", "dome", "unknown"]
    return {
        "one item": one,
        "limit=10": lambda _s, _r: items({"limit": 10}),
        "box of 500": box(500),
        "box of 1,000": box(1_000),
        "kind=…, limit=100": lambda _, random: items({"kind": kind[random.integers(3)], "limit": 100}),
        "CQL2, limit=100": cql,
        "tile z12": tile(12),
        "tile z14": tile(14),
    }


def _tile_of(zoom: int, longitude: float, latitude: float) -> tuple[int, int]:
    across = 2**zoom
    mercator = np.arcsinh(np.tan(np.radians(latitude))) / np.pi
    return int((longitude + 180) / 360 * across), int((1 - mercator) / 2 * across)


def _ask_all(
    up: Mapping[str, servers.Server], features: int, rounds: int, seconds: float, report: Report
) -> None:
    report.say(
        f"{features:,} cameras and as many view polygons; wrk, one thread, 16 connections, {seconds:g} s each, "
        f"{rounds} rounds; {_DIFFERENT} different addresses in turn, so that what is kept of an answer helps no more "
        "than it would in use. Requests a second in the best round; ratios within each round, the least of them."
    )
    rows, shares = [], []
    for name, case in _cases(features).items():
        asked = [each for each in (*OURS, *PEERS) if not ("tile" in name and each == "pygeoapi")]
        if name == "one item":
            asked.append("hello")
        told: dict[str, list[Load]] = {each: [] for each in asked}
        for turn in range(rounds):
            for each in asked:
                paths = ["/"] if each == "hello" else _paths(case, each, turn)
                told[each].append(load(up[each].address, paths, seconds=seconds))
        rows.append((name, *(_rate(told.get(each)) for each in (*OURS, *PEERS)), *_ratios(told)))
        if name == "one item":
            shares = [
                a.per_second / b.per_second for a, b in zip(told["GeoPackage"], told["hello"], strict=True)
            ]
            report.say(
                f"FastAPI's hello: {_rate(told['hello'])} a second; one item of the GeoPackage reaches "
                f"{min(shares):.0%} of it ({median(shares):.0%} in the median)."
            )
    ratios = [f"{mine} / {peer}" for mine in OURS for peer in PEERS]
    report.table("Requests a second", ["asked", *OURS, *PEERS, *ratios], rows)
    _tell_latency(up, _cases(features), seconds, report)
    held = [
        (name, f"{servers.memory_mb(up[name].process):.0f}", f"{up[name].started_s:.2f}")
        for name in (*OURS, *PEERS)
    ]
    report.table("Memory after all that (MB), and start until the first answer (s)", ["", "MB", "s"], held)


def _tell_latency(
    up: Mapping[str, servers.Server],
    cases: Mapping[str, Callable[[str, np.random.Generator], str]],
    seconds: float,
    report: Report,
) -> None:
    rows = []
    for name in ("one item", "limit=10", "box of 500"):
        for each in OURS:
            told = load(up[each].address, _paths(cases[name], each, 99), connections=32, seconds=seconds)
            rows.append(
                (
                    f"{name}, {each}",
                    f"{told.p50_ms:.1f}",
                    f"{told.p99_ms:.1f}",
                    f"{told.p99_ms / told.p50_ms:.1f}",
                )
            )
    report.table("Milliseconds under 32 connections", ["asked", "p50", "p99", "p99 / p50"], rows)


def _paths(case: Callable[[str, np.random.Generator], str], server: str, turn: int) -> list[str]:
    """Return the same questions for every server, others in every round."""
    random = np.random.default_rng(turn)
    return [case(server, random) for _ in range(_DIFFERENT)]


def _rate(told: Sequence[Load] | None) -> str:
    if told is None:
        return "–"
    if any(each.refused for each in told):
        return "refused"
    return f"{max(each.per_second for each in told):,.0f}"


def _ratios(told: Mapping[str, Sequence[Load]]) -> list[str]:
    ratios = []
    for mine in OURS:
        for peer in PEERS:
            pairs = list(zip(told[mine], told.get(peer, ()), strict=False))
            usable = pairs and not any(a.refused or b.refused or not b.per_second for a, b in pairs)
            least = min((a.per_second / b.per_second for a, b in pairs), default=0.0) if usable else 0.0
            ratios.append(f"{least:.1f}" if usable else "–")
    return ratios


if __name__ == "__main__":
    main()
