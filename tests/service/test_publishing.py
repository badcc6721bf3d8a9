"""Requests that go on while builds are published: all are answered, each from one build."""

from __future__ import annotations

import re
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest
from tests.service.server import running_apart
from tests.store.by_hand import camera, record, street

from visavis.store import placed, write_store

# Counts what was no success, and pairs of the build that a page names and the builds that its features name.
_ASKING = r"""
local pairs_seen, refused = {}, 0
function response(status, headers, body)
  if status ~= 200 then refused = refused + 1 return end
  local build = body:match('"build_id": ?"(%x+)"')
  local labels = {}
  for label in body:gmatch('"label":"build (%d+)"') do labels[label] = true end
  local named = {}
  for label in pairs(labels) do named[#named + 1] = label end
  table.sort(named)
  pairs_seen[tostring(build) .. " " .. table.concat(named, "+")] = true
  wrk.thread:set("told", "")
  told = ""
  for pair in pairs(pairs_seen) do told = told .. pair .. ";" end
  bad = refused
end
local threads = {}
function setup(thread) threads[#threads + 1] = thread end
function done(summary)
  for _, thread in ipairs(threads) do io.write("PAIRS " .. (thread:get("told") or "") .. "\n") end
  for _, thread in ipairs(threads) do io.write("REFUSED " .. tostring(thread:get("bad") or 0) .. "\n") end
  io.write("ANSWERED " .. summary.requests .. "\n")
end
"""


def test_no_answer_fails_or_mixes_builds_while_builds_are_published(tmp_path: Path) -> None:
    file = tmp_path / "street.gpkg"
    builds = {}
    for number in range(4):
        cameras = [camera(each, label=f"build {number}") for each in range(30)]
        told = record(parameters={"draws": number})
        write_store(str(tmp_path / f"{number}.gpkg"), street(cameras=cameras), told)
        builds[told.build_id] = str(number)

    def publish(number: int) -> None:
        """Move a build into its place, as the last step of writing one does."""
        with placed(file) as beside:
            shutil.copy(tmp_path / f"{number % len(builds)}.gpkg", beside)

    publish(0)
    (tmp_path / "asking.lua").write_text(_ASKING.replace('  wrk.thread:set("told", "")\n', ""))
    with running_apart(file) as (address, _):
        command = ["wrk", "-t1", "-c16", "-d6s", "--timeout", "30s", "-s", str(tmp_path / "asking.lua")]
        try:
            asking = subprocess.Popen(
                [*command, f"{address}/collections/cameras/items?limit=25"], stdout=subprocess.PIPE, text=True
            )
        except FileNotFoundError:
            pytest.skip("wrk is not installed")
        number = 0
        while asking.poll() is None:
            number += 1
            publish(number)
            with suppress(subprocess.TimeoutExpired):
                asking.wait(0.2)
        told, _ = asking.communicate()
    seen = dict(
        pair.split(" ") for pair in re.findall(r"[0-9a-f]+ [0-9+]+", told.split("PAIRS ")[1].split("\n")[0])
    )
    assert "REFUSED 0" in told, told
    assert "Socket errors" not in told, told
    assert int(re.findall(r"ANSWERED (\d+)", told)[0]) > 100
    assert len(seen) > 1, told
    assert all(builds[build] == labels for build, labels in seen.items()), told
