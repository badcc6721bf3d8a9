"""What a process may take."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """How much reading one file may cost.

    Parameters
    ----------
    memory_mb : int
        Resident memory of the process, in 10⁶ bytes.
    computing_s : float
        Seconds of computing, of all cores together: a busy machine makes nothing fail.
    waiting_s : float
        Seconds on the clock, for a process that hangs without computing.
    """

    memory_mb: int = 6_000
    computing_s: float = 900.0
    waiting_s: float = 3_600.0
