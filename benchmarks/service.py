"""The service beside TiPg and pygeoapi on the same rows: `python -m benchmarks.service --peers FOLDER`.

Everything runs on this machine, one worker each, all servers up at once and asked in turn by wrk. The peers read plain
tables of the same PostgreSQL server that holds our store: the declared columns alone, with a primary key, a GiST index
and statistics. What is measured is kept in FOLDER and told from there, so that a long comparison can be taken piece by
piece: `--stand` sets the servers up and waits, and whoever asks meanwhile asks those.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from benchmarks.exporting import measure
from benchmarks.load import load
from benchmarks.many import BOUNDS, many_record, many_tables
from benchmarks.peers import servers
from benchmarks.publishing import ask_while_published, publish_files, publish_tables
from benchmarks.questions import Question, questions
from benchmarks.service_page import tell
from benchmarks.service_targets import LEAST_ANSWERS
from benchmarks.standing import OURS, PEERS, Standing, standing
from tools.postgres import cluster
from visavis.store import Bounds, write_store
from visavis.tiles.grid import tiles_of

PAGE: Final = Path(__file__).resolve().parents[1] / "docs" / "benchmarks-service.md"

# Levels at which a layer of so many features is summed up.
_OVERVIEWS: Final = range(12)
_ASKED_BY_MANY: Final = ("one item", "limit=10", "box of 500", "CQL2, some 100 in all", "tile z14, again")
_FEW: Final = 100
_BUILDS: Final = 4
_SMALL: Final = 2_000

Told = Iterator[dict[str, Any]]
Part = Callable[[Standing, argparse.Namespace], Told]


def main() -> None:
    """Set up, ask, keep what came of it, and tell it."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--peers", type=Path, required=True, help="folder for the peers, stores and figures")
    options.add_argument("--features", type=int, default=200_000, help="cameras, and as many views")
    options.add_argument("--rounds", type=int, default=2)
    options.add_argument("--first-round", type=int, default=0, help="number of the first of these rounds")
    options.add_argument("--seconds", type=int, default=3, help="how long each is asked at a time")
    options.add_argument("--parts", default=",".join(PARTS), help="some of " + ", ".join(PARTS))
    options.add_argument("--only", default="", help="questions whose name begins so, for the part rates")
    options.add_argument("--stand", action="store_true", help="set the servers up, and wait")
    options.add_argument("--page", action="store_true", help=f"write {PAGE.name} from what was kept")
    given = options.parse_args()
    given.peers.mkdir(parents=True, exist_ok=True)
    kept = given.peers / "measured.jsonl"
    parts = [] if given.page else given.parts.split(",")
    if given.stand:  # told to end, it ends what it started
        signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    if given.stand or parts:
        with standing(given.features, given.peers) as up:
            if given.stand:
                signal.pause()
            with kept.open("a", encoding="utf-8") as file:
                for part in parts:
                    for told in PARTS[part](up, given):
                        print(json.dumps({"part": part} | told), file=file, flush=True)
    lines = [json.loads(line) for line in kept.read_text("utf-8").splitlines()]
    report = tell(lines)
    if given.page:
        PAGE.write_text("\n".join(report.lines).rstrip() + "\n", "utf-8")


def _rates(up: Standing, given: argparse.Namespace) -> Told:
    for turn in range(given.first_round, given.first_round + given.rounds):
        for question in questions(up.features):
            if not question.name.startswith(given.only):
                continue
            _require_agreement(up, question, turn)
            for name in question.of:
                yield _loaded(up, question, name, turn, 16, given.seconds)


def _require_agreement(up: Standing, question: Question, turn: int) -> None:
    """Stop where servers give different numbers of features: what is compared would not be the same work."""
    for number in (0, question.different // 2) if "tile" not in question.name else ():
        given = {
            name: servers.features_of(f"{up.servers[name].address}{question.paths(name, turn)[number]}")
            for name in (*OURS, *PEERS)
        }
        if len(set(given.values())) > 1:
            raise RuntimeError(f"servers do not agree on {question.name}: {given}")


def _latencies(up: Standing, given: argparse.Namespace) -> Told:
    for turn in range(given.first_round, given.first_round + given.rounds):
        for question in questions(up.features):
            for name in OURS if question.name in _ASKED_BY_MANY else ():
                yield _loaded(up, question, name, 100 + turn, 32, given.seconds)


def _loaded(
    up: Standing, question: Question, name: str, turn: int, connections: int, seconds: int
) -> dict[str, Any]:
    paths = question.paths(name, turn)
    if question.again:
        servers.ask_once(up.servers[name].address, paths)
    told = load(up.servers[name].address, paths, connections=connections, seconds=seconds)
    return {"question": question.name, "server": name, "round": turn, **told._asdict()}


def _memory(up: Standing, _: argparse.Namespace) -> Told:
    """Ask for every overview tile first: each of them is made of as many rows as lie in it."""
    for name in OURS:
        before = servers.memory_mb(up.servers[name].process)
        for layer in ("cameras", "views"):
            paths = [
                f"/collections/{layer}/tiles/WebMercatorQuad/{tile.z}/{tile.y}/{tile.x}"
                for z in _OVERVIEWS
                for tile in tiles_of(Bounds(*BOUNDS), z)
            ]
            servers.ask_once(up.servers[name].address, paths)
        yield {"server": name, "before": before, "after": servers.memory_mb(up.servers[name].process)}
    for name in PEERS:
        yield {"server": name, "before": servers.memory_mb(up.servers[name].process), "after": None}


def _starts(up: Standing, given: argparse.Namespace) -> Told:
    """Start on few features and on many, in turn; the peers started once, when they were set up."""
    with tempfile.TemporaryDirectory(prefix="visavis-") as name:
        small = Path(name) / "few.gpkg"
        write_store(str(small), many_tables(_FEW), many_record())
        for turn in range(2 * given.rounds + 1):
            for features, file in ((_FEW, small), (up.features, up.store)):
                with servers.ours(str(file), ready="/collections/cameras/items?limit=1") as server:
                    if turn:  # the first reads programs from the disk
                        yield {"server": "GeoPackage", "features": features, "seconds": server.started_s}
    for peer in PEERS:
        yield {"server": peer, "features": up.features, "seconds": up.servers[peer].started_s}


def _exports(up: Standing, given: argparse.Namespace) -> Told:
    yield from measure(up.store, "views", given.rounds)


def _published(_: Standing, __: argparse.Namespace) -> Told:
    """Ask while a small build takes another's place every moment, on both stores."""
    with tempfile.TemporaryDirectory(prefix="visavis-") as name, cluster() as running:
        places = {"GeoPackage": str(Path(name) / "small.gpkg"), "PostGIS": running.fresh()}
        for kind, target in places.items():
            if kind == "GeoPackage":
                builds, publish = publish_files(Path(target), _BUILDS, _SMALL)
            else:
                builds, publish = publish_tables(target, _BUILDS, _SMALL)
            publish(0)
            with servers.ours(target) as server:
                told = ask_while_published(
                    server.address, builds, publish, seconds=10, every_s=0.3, answers=LEAST_ANSWERS
                )
            yield {"server": kind, "features": _SMALL, **told._asdict()}


PARTS: Final[dict[str, Part]] = {
    "rates": _rates,
    "latencies": _latencies,
    "memory": _memory,
    "starts": _starts,
    "exports": _exports,
    "published": _published,
}


if __name__ == "__main__":
    main()
