"""What was measured of the service, as tables, with the targets first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median
from typing import Any, Final

from benchmarks.exporting import tell_exports
from benchmarks.machine import machine_line
from benchmarks.report import Report
from benchmarks.service_targets import targets
from benchmarks.standing import HELLO, NO_TILES_KEPT, OURS, PEERS

Measured = Sequence[Mapping[str, Any]]

_PREFACE: Final = """# Benchmarks of the service

Written by `python -m benchmarks.service --peers FOLDER --page` from what `python -m benchmarks.service --peers FOLDER`
measured and kept there. To repeat it on Debian: `apt-get install postgresql postgis gdal-bin wrk`,
`make setup-test`, then those commands; the peers are installed into an environment of their own in FOLDER. Piece by
piece: `--stand` in one terminal, `--parts` and `--only` in another.

What is counted:

- 200,000 cameras and as many view polygons, all invented (`benchmarks/many.py`). Our two stores are the service as
  it ships, with links, counts, entity tags and headers. The peers read plain tables of the PostgreSQL server that
  also holds our store: the declared columns, a primary key, a GiST index, an index of the filtered column, statistics.
- All servers stand at once, one worker each, asked in turn: wrk, one thread, 16 connections, some seconds each, over
  and over. Speeds are those of the best round; a ratio is taken within a round, and the least of all rounds counts.
- Each server gets the same questions, other ones in each round, and each but the first page of ten comes once: 12,000
  different items, boxes and filters, so that what is kept of an answer helps nobody. Tiles are asked for twice:
  *first* of our service without room for tiles in memory, as if nobody had asked before, and *again*, a hundred that
  were asked for once before, as a map does. *First* is what the target means; *again* is told beside it.
- Down to level 14 our large layers' tiles are finished when the store is written, from level 15 on they are made of
  rows when they are asked for, as TiPg's always are: there it is enough not to be slower.
- A tile of level 12 holds some 2,000 views. TiPg writes them all; ours sums more than 1,000 up in squares that say how
  many they stand for. From level 13 on both hold every feature.
- Ours starts as it is installed, its programs compiled beforehand.
- Memory is what a process holds, shared pages by their share; seconds of exports are those of the processor.
"""


def tell(measured: Measured) -> Report:
    """Say what was measured, and return it."""
    report = Report([_PREFACE])
    report.say(machine_line())
    for note in measured:  # how an edition was put together, a line of the kept figures like the others
        if note["part"] == "note":
            report.say(note["text"])
    by_part = {part: [each for each in measured if each["part"] == part] for part in _PARTS}
    report.table(
        "What is to be reached; the least of all rounds counts", ["target", "measured", ""], targets(by_part)
    )
    for part, told in _PARTS.items():
        if by_part[part]:
            told(by_part[part], report)
    return report


def _rates(measured: Measured, report: Report) -> None:
    names = (*OURS, NO_TILES_KEPT, *PEERS, HELLO)
    pairs = [
        (ours, peer)
        for ours in (*OURS, NO_TILES_KEPT)
        for peer in PEERS
        if (ours, peer) != (NO_TILES_KEPT, PEERS[1])
    ]
    speeds, ratios = [], []
    for question, rounds in _by(measured, "question").items():
        per_second = {
            name: {each["round"]: each for each in rounds if each["server"] == name} for name in names
        }
        speeds.append((question, *(_speed(list(per_second[name].values())) for name in names)))
        told = [_ratio(per_second[a], per_second[b]) for a, b in (*pairs, ("GeoPackage", HELLO))]
        ratios.append((question, *told))
    turns = len({each["round"] for each in measured})
    report.table(f"Requests a second, the best of {turns} rounds", ["asked", *names], speeds)
    head = [*(f"{a} / {b}" for a, b in pairs), f"GeoPackage / {HELLO}"]
    report.table("How many times as fast, the least round and the median", ["asked", *head], ratios)


def _speed(rounds: Measured) -> str:
    if not rounds:
        return "–"
    if any(each["refused"] for each in rounds):
        return "refused"
    best = max(each["per_second"] for each in rounds)
    return f"{best:,.0f}" if best >= 10 else f"{best:.1f}"


def _ratio(ours: Mapping[int, Mapping[str, Any]], theirs: Mapping[int, Mapping[str, Any]]) -> str:
    both = sorted(ours.keys() & theirs.keys())
    if not both or any(each[turn]["refused"] for each in (ours, theirs) for turn in both):
        return "–"
    if not all(theirs[turn]["per_second"] for turn in both):
        return "–"  # not one answer in the time
    found = [ours[turn]["per_second"] / theirs[turn]["per_second"] for turn in both]
    return f"{_short(min(found))} ({_short(median(found))})"


def _short(ratio: float) -> str:
    return f"{ratio:.0f}" if ratio >= 20 else f"{ratio:.2f}" if ratio < 2 else f"{ratio:.1f}"


def _latencies(measured: Measured, report: Report) -> None:
    rows = []
    for question, rounds in _by(measured, "question").items():
        for server, each in _by(rounds, "server").items():
            ratios = [told["p99_ms"] / told["p50_ms"] for told in each]
            rows.append(
                (
                    f"{question}, {server}",
                    f"{median(told['p50_ms'] for told in each):.1f}",
                    f"{median(told['p99_ms'] for told in each):.1f}",
                    f"{max(ratios):.1f} ({median(ratios):.1f})",
                )
            )
    report.table(
        "Milliseconds under 32 connections", ["asked", "p50", "p99", "p99 / p50, most (median)"], rows
    )


def _memory(measured: Measured, report: Report) -> None:
    rows = [
        (
            each["server"],
            f"{each['before']:.0f}",
            "–" if each["after"] is None else f"{each['after']:.0f}",
        )
        for each in measured
    ]
    report.table(
        "Memory in MB, after what was asked so far, and after all overview tiles",
        ["", "before", "after"],
        rows,
    )


def _starts(measured: Measured, report: Report) -> None:
    rows = []
    for server, of_server in _by(measured, "server").items():
        for features, each in _by(of_server, "features").items():
            seconds = [told["seconds"] for told in each]
            rows.append(
                (server, f"{features:,}", f"{median(seconds):.2f}", f"{max(seconds):.2f}", str(len(seconds)))
            )
    report.table(
        "Seconds from the command to the first answer (ours: a page of features)",
        ["", "features in each layer", "median", "most", "starts"],
        rows,
    )


def _published(measured: Measured, report: Report) -> None:
    rows = [
        (
            each["server"],
            f"{each['answered']:,}",
            str(each["failed"]),
            str(each["mixed"]),
            str(each["builds_published"]),
            str(each["builds_seen"]),
        )
        for each in measured
    ]
    head = [
        "",
        "answers",
        "failed",
        "of two builds at once",
        "builds published meanwhile",
        "different ones seen",
    ]
    report.table("Pages asked for over 16 connections while builds are published", head, rows)


_PARTS: Final = {
    "rates": _rates,
    "latencies": _latencies,
    "memory": _memory,
    "starts": _starts,
    "published": _published,
    "exports": tell_exports,
}


def _by(measured: Measured, name: str) -> dict[Any, list[Mapping[str, Any]]]:
    found: dict[Any, list[Mapping[str, Any]]] = {}
    for each in measured:
        found.setdefault(each[name], []).append(each)
    return found
