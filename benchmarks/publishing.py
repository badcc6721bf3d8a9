"""Requests that go on while builds are published: how many, how many failed, and whether one mixed two builds."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

import pandas as pd

from benchmarks.many import many_record, many_tables
from visavis.store import placed, write_store

# Counts what was no success, and pairs of the build that a page names and the builds that its features name.
_ASKING: Final = r"""
local pairs_seen, refused = {}, 0
function response(status, headers, body)
  if status ~= 200 then refused = refused + 1 bad = refused return end
  local build = body:match('"build_id": ?"(%x+)"')
  local labels, named = {}, {}
  for label in body:gmatch('"label":"build (%d+)"') do labels[label] = true end
  for label in pairs(labels) do named[#named + 1] = label end
  table.sort(named)
  local pair = tostring(build) .. " " .. table.concat(named, "+")
  if pairs_seen[pair] then return end
  pairs_seen[pair] = true
  told = (told or "") .. pair .. ";"
end
local threads = {}
function setup(thread) threads[#threads + 1] = thread end
function done(summary)
  for _, thread in ipairs(threads) do io.write("PAIRS " .. (thread:get("told") or "") .. "\n") end
  for _, thread in ipairs(threads) do io.write("REFUSED " .. tostring(thread:get("bad") or 0) .. "\n") end
  io.write("ANSWERED " .. summary.requests .. "\n")
end
"""


# How often wrk is let ask until there are enough answers.
_MOST_TIMES: Final = 30


class Published(NamedTuple):
    """What came of it.

    Parameters
    ----------
    answered, failed, mixed : int
        Answers, those that were no success or never came, and those with features of another build than they name.
    builds_seen, builds_published : int
        Of how many builds answers told, and how many took another's place meanwhile.
    """

    answered: int
    failed: int
    mixed: int
    builds_seen: int
    builds_published: int


def ask_while_published(
    address: str,
    builds: Mapping[str, str],
    publish: Callable[[int], None],
    *,
    seconds: int,
    every_s: float,
    answers: int = 1,
) -> Published:
    """Ask for pages by wrk from 16 connections, and let `publish` put one build after the other in the store's place.

    Parameters
    ----------
    seconds, answers : int
        How long wrk is let ask at a time, and how many answers are enough to stop after.
    builds : mapping of str to str
        The number that the label of every camera of a build names, by the build's id: cameras of build 3 are
        labelled ``build 3``.

    Raises
    ------
    FileNotFoundError
        Where wrk is not installed.
    """
    with tempfile.TemporaryDirectory(prefix="visavis-") as name:
        script = Path(name, "asking.lua")
        script.write_text(_ASKING, "utf-8")
        command = ["wrk", "-t1", "-c16", f"-d{seconds}s", "--timeout", "30s", "-s", str(script)]
        number, texts = 0, list[str]()
        while sum(map(_answered, texts)) < answers and len(texts) < _MOST_TIMES:
            asking = subprocess.Popen(  # noqa: S603
                [*command, f"{address}/collections/cameras/items?limit=25"], stdout=subprocess.PIPE, text=True
            )
            while asking.poll() is None:
                number += 1
                publish(number)
                with suppress(subprocess.TimeoutExpired):
                    asking.wait(every_s)
            texts.append(asking.communicate()[0])
    return _read(texts, builds, number)


def publish_files(file: Path, builds: int, features: int) -> tuple[dict[str, str], Callable[[int], None]]:
    """Write builds of invented cameras beside `file`; return them by id, and the way to put one in its place."""
    told = {}
    for number in range(builds):
        record = many_record(number)
        write_store(_beside(file, number), _labelled(features, number), record)
        told[record.build_id] = str(number)

    def publish(number: int) -> None:
        """Move a build into its place, as the last step of writing one does."""
        with placed(file) as fresh:
            shutil.copy(_beside(file, number % builds), fresh)

    return told, publish


def publish_tables(target: str, builds: int, features: int) -> tuple[dict[str, str], Callable[[int], None]]:
    """Likewise for a database: each build is loaded anew, in one transaction."""
    told = {many_record(number).build_id: str(number) for number in range(builds)}

    def publish(number: int) -> None:
        write_store(target, _labelled(features, number % builds), many_record(number % builds))

    return told, publish


def _beside(file: Path, number: int) -> str:
    return str(file.with_name(f"{file.stem}-{number}.gpkg"))


def _labelled(features: int, number: int) -> dict[str, pd.DataFrame]:
    tables = many_tables(features)
    return tables | {"cameras": tables["cameras"].assign(label=f"build {number}")}


def _answered(told: str) -> int:
    return int(re.findall(r"ANSWERED (\d+)", told)[0])


def _failed(told: str) -> int:
    lost = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", told)
    return int(re.findall(r"REFUSED (\d+)", told)[0]) + (sum(map(int, lost.groups())) if lost else 0)


def _read(texts: Sequence[str], builds: Mapping[str, str], published: int) -> Published:
    pairs = {
        pair
        for told in texts
        for pair in re.findall(r"(\w+) ([0-9+]*);", told.split("PAIRS ")[1].split("\n")[0])
    }
    return Published(
        answered=sum(map(_answered, texts)),
        failed=sum(map(_failed, texts)),
        mixed=sum(builds.get(build) != labels for build, labels in pairs),
        builds_seen=len(pairs),
        builds_published=published,
    )
