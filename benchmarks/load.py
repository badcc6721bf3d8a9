"""Requests as fast as a server answers them, by wrk."""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

_SCRIPT: Final = """
local paths, number = {}, 0
function init(arguments)
  for line in io.lines(arguments[1]) do paths[#paths + 1] = line end
end
function request()
  number = number % #paths + 1
  return wrk.format("GET", paths[number])
end
"""

_UNITS: Final = {"us": 1e-3, "ms": 1.0, "s": 1e3, "m": 6e4}


class Load(NamedTuple):
    """Requests a second, latencies in milliseconds, and how many answers were no success."""

    per_second: float
    p50_ms: float
    p99_ms: float
    refused: int


def load(address: str, paths: Sequence[str], *, connections: int = 16, seconds: int = 3) -> Load:
    """Ask for `paths` in turn, over and over, from one thread."""
    with tempfile.TemporaryDirectory(prefix="visavis-") as name:
        script, listed = Path(name, "asking.lua"), Path(name, "paths")
        script.write_text(_SCRIPT, "utf-8")
        listed.write_text("\n".join(paths) + "\n", "utf-8")
        command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s", "--latency"]
        ran = subprocess.run(  # noqa: S603
            [*command, "-s", str(script), address, "--", str(listed)],
            capture_output=True,
            text=True,
            check=True,
        )
    return _read(ran.stdout)


def _read(told: str) -> Load:
    rate = re.search(r"Requests/sec:\s+([\d.]+)", told)
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", told)
    errors = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", told)
    if rate is None:
        raise RuntimeError(f"wrk said nothing of use: {told}")
    lost = sum(map(int, errors.groups())) if errors else 0
    return Load(
        float(rate[1]), _percentile(told, 50), _percentile(told, 99), int(refused[1] if refused else 0) + lost
    )


def _percentile(told: str, percent: int) -> float:
    found = re.search(rf"^\s+{percent}%\s+([\d.]+)(us|ms|s|m)", told, re.MULTILINE)
    return float(found[1]) * _UNITS[found[2]] if found else float("nan")
