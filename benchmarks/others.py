"""What else the machine was doing: clocks on the wall tell little where others wanted its cores too (Linux)."""

from __future__ import annotations

import os
from pathlib import Path
from time import perf_counter

# Of the columns of /proc/stat: all but idle, waiting for a disk, and what guests took, which is counted before.
_BUSY = (1, 2, 3, 6, 7, 8)


class Meanwhile:
    """Counts from when it is made."""

    def __init__(self) -> None:
        self._start, self._busy = perf_counter(), _busy_s()

    def others_share(self, own_s: float) -> float:
        """Return the share of all cores that others took, where our own work took so many processor's seconds.

        NaN where the machine doesn't tell.
        """
        whole = (perf_counter() - self._start) * (os.cpu_count() or 1)
        return min(max((_busy_s() - self._busy - own_s) / whole, 0.0), 1.0)


def _busy_s() -> float:
    told = Path("/proc/stat")
    if not told.is_file():
        return float("nan")
    columns = told.read_text("ascii").splitlines()[0].split()
    return sum(float(columns[k]) for k in _BUSY) / os.sysconf("SC_CLK_TCK")
