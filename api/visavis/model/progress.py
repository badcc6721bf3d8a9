"""How far a long work is: told to whoever wants to know."""

from __future__ import annotations

from collections.abc import Callable

# The stage in words, how much of it is done, of how much; 0 of 0 where that can't be told.
Progress = Callable[[str, int, int], None]


def untold(stage: str, done: int, total: int) -> None:
    """Tell nobody."""
