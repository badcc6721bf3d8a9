"""What the service has to reach, held against what was measured; what was not measured is said to be so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from statistics import median
from typing import Any, Final, NamedTuple

from benchmarks.report import verdict
from benchmarks.standing import HELLO, NO_TILES_KEPT, OURS, PEERS

Measured = Sequence[Mapping[str, Any]]
Row = tuple[str, str, str]


class _Ratio(NamedTuple):
    """A question, who answers it, beside whom, and how many times as fast at least."""

    question: str
    ours: str
    peer: str
    least: float


_TIPG, _PYGEOAPI = PEERS
_FILE, _SERVER = OURS
_RATIOS: Final = (
    _Ratio("box of 500", _FILE, _TIPG, 15),
    _Ratio("box of 500", _FILE, _PYGEOAPI, 20),
    _Ratio("limit=10", _FILE, _TIPG, 20),
    _Ratio("one item", _FILE, _TIPG, 5),
    _Ratio("one item", _FILE, HELLO, 0.55),
    _Ratio("CQL2, some 100 in all", _FILE, _TIPG, 10),
    *(_Ratio(f"tile z{z}, first", NO_TILES_KEPT, _TIPG, 10) for z in (12, 13, 14)),
    *(_Ratio(f"tile z{z}, again", _FILE, _TIPG, 10) for z in (12, 13, 14)),
    *(_Ratio(f"tile z{z}, first", NO_TILES_KEPT, _TIPG, 1) for z in (15, 16)),
    _Ratio("box of 500", _SERVER, _TIPG, 4),
)
_MOST_P99: Final = 10
_MOST_MB: Final = 300
_MOST_START_S: Final = 1.5
_MOST_EXPORT_MB: Final = 150
_LEAST_EXPORT: Final = 0.5
LEAST_ANSWERS: Final = 10_000


def targets(by_part: Mapping[str, Measured]) -> list[Row]:
    """Return each target, what was measured, and whether that meets it."""
    return [
        *(_ratio(each, by_part["rates"]) for each in _RATIOS),
        *_latencies(by_part["latencies"]),
        *_memory(by_part["memory"]),
        *_starts(by_part["starts"]),
        *_published(by_part["published"]),
        *_exports(by_part["exports"]),
    ]


def ratios(measured: Measured, question: str, ours: str, peer: str) -> list[float]:
    """Return how many times as fast one server was as another, round by round."""
    of = {
        name: {
            each["round"]: each["per_second"]
            for each in measured
            if each["question"] == question and each["server"] == name and not each["refused"]
        }
        for name in (ours, peer)
    }
    return [
        of[ours][turn] / of[peer][turn]
        for turn in sorted(of[ours].keys() & of[peer].keys())
        if of[peer][turn]
    ]


def _ratio(target: _Ratio, measured: Measured) -> Row:
    found = ratios(measured, target.question, target.ours, target.peer)
    wanted = f"{target.question}: {target.ours} at least {target.least:g} × {target.peer}"
    if not found:
        return wanted, "not measured", "–"
    return wanted, f"{min(found):.2f} × (median {median(found):.2f})", verdict(min(found) >= target.least)


def _latencies(measured: Measured) -> Iterator[Row]:
    wanted = f"p99 at most {_MOST_P99} × p50 under 32 connections"
    if not measured:
        yield wanted, "not measured", "–"
        return
    worst = max(measured, key=lambda each: float(each["p99_ms"] / each["p50_ms"]))
    ratio = worst["p99_ms"] / worst["p50_ms"]
    yield (
        wanted,
        f"{ratio:.1f} × at most ({worst['question']}, {worst['server']})",
        verdict(ratio <= _MOST_P99),
    )


def _memory(measured: Measured) -> Iterator[Row]:
    for name in OURS:
        told = [each["after"] for each in measured if each["server"] == name and each["after"]]
        wanted = f"{name}: memory with 400,000 features at most {_MOST_MB} MB"
        yield (
            (wanted, f"{max(told):.0f} MB", verdict(max(told) <= _MOST_MB))
            if told
            else (wanted, "not measured", "–")
        )


def _starts(measured: Measured) -> Iterator[Row]:
    wanted = f"start at most {_MOST_START_S:g} s, whatever the store holds"
    ours = [each for each in measured if each["server"] == _FILE]
    if not ours:
        yield wanted, "not measured", "–"
        return
    by = {
        size: median(each["seconds"] for each in ours if each["features"] == size)
        for size in sorted({each["features"] for each in ours})
    }
    told = ", ".join(f"{seconds:.2f} s with {size:,} features" for size, seconds in by.items())
    yield wanted, told, verdict(max(by.values()) <= _MOST_START_S)


def _published(measured: Measured) -> Iterator[Row]:
    for each in measured:
        told = f"{each['answered']:,} answers, {each['failed']} failed, {each['mixed']} mixed"
        sound = each["answered"] >= LEAST_ANSWERS and not each["failed"] and not each["mixed"]
        yield (
            f"{each['server']}: {LEAST_ANSWERS:,} answers while builds are published, none failed",
            told,
            verdict(sound),
        )


def _exports(measured: Measured) -> Iterator[Row]:
    for each in measured:
        found = [peer / own for peer, own in zip(each["ogr2ogr_s"], each["ours_s"], strict=False)]
        fast = not found or min(found) >= _LEAST_EXPORT
        speed = f", {min(found):.2f} × ogr2ogr" if found else ""
        yield (
            f"{each['format']} of 200,000 views: at most {_MOST_EXPORT_MB} MB above idle, {_LEAST_EXPORT:g} × ogr2ogr",
            f"{each['above_mb']:.0f} MB{speed}",
            verdict(fast and each["above_mb"] <= _MOST_EXPORT_MB),
        )
