"""The side that asks: starts the process, watches it, takes its answer.

The process is started anew, not forked: libraries with threads of their own don't survive a fork, and the same
holds on macOS.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from typing import Any, Final, TypeVar

import psutil

from visavis.apart.limits import Limits
from visavis.model.errors import SheetError, VisavisError
from visavis.model.progress import Progress, untold

T = TypeVar("T")
_LOOK_EVERY_S: Final = 0.05


class _Told(Exception):  # noqa: N818
    """The traceback of the process, for those who ask for it."""


def read_apart(
    call: Callable[..., T],
    *args: Any,
    limits: Limits | None = None,
    progress: Progress | None = None,
    **named: Any,
) -> T:
    """Return ``call(*args, **named)``, computed in a process of its own.

    Parameters
    ----------
    call : callable
        A function of a module; it, its arguments and its result must be picklable.
    limits : Limits, optional
    progress : Progress, optional
        Called, in a thread, with what the function tells by its own parameter `progress`.

    Raises
    ------
    VisavisError
        As the function raised it.
    SheetError
        Where the process went beyond its limits, or broke down.
    """
    limits = limits or Limits()
    question = pickle.dumps((call, args, named, progress is not None))
    process = subprocess.Popen(  # noqa: S603  (our own interpreter and module)
        [sys.executable, "-m", "visavis.apart.answering", str(os.getpid())],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    answers: list[tuple[str, Any]] = []
    exchange = Thread(target=_exchange, args=(process, question, progress or untold, answers), daemon=True)
    try:
        exchange.start()
        _watch(process, exchange, limits)
    finally:
        process.kill()
        exchange.join()
        code = process.wait()
    if not answers:
        raise SheetError(f"broke the reader (exit {code})", remedy="Save the file again from its source")
    result: T = _taken(*answers[0])
    return result


def _exchange(
    process: subprocess.Popen[bytes], question: bytes, progress: Progress, answers: list[tuple[str, Any]]
) -> None:
    """Put the question, pass on how far the process is, and keep its answer: none where it breaks down."""
    assert process.stdin is not None  # noqa: S101  (both are pipes)
    assert process.stdout is not None  # noqa: S101
    with process.stdout as heard:
        with suppress(BrokenPipeError), process.stdin as asked:
            asked.write(question)
        while not answers:
            try:
                kind, value = pickle.load(heard)  # noqa: S301  (written by our own process)
            except (pickle.UnpicklingError, EOFError, IndexError):
                return
            if kind == "progress":
                progress(*value)
            else:
                answers.append((kind, value))


def _watch(process: subprocess.Popen[bytes], exchange: Thread, limits: Limits) -> None:
    """Wait for the answer; raise as soon as a limit is broken."""
    began = time.monotonic()
    watched = psutil.Process(process.pid)
    while exchange.is_alive():
        exchange.join(_LOOK_EVERY_S)
        try:
            with watched.oneshot():
                memory, times = watched.memory_info().rss, watched.cpu_times()
        except psutil.Error:
            continue
        if memory > limits.memory_mb * 1e6:
            raise SheetError(
                f"needs more than {limits.memory_mb} MB of memory to be read",
                remedy="Give the plan alone, as a PDF of its own or at a lower resolution",
            )
        if times.user + times.system > limits.computing_s or time.monotonic() - began > limits.waiting_s:
            raise SheetError(
                f"was not read within {limits.computing_s:.0f} s of computing",
                remedy="Give the plan alone, as a PDF of its own or at a lower resolution",
            )


def _taken(kind: str, value: Any) -> Any:
    if kind == "result":
        return value
    if kind == "error" and isinstance(value, VisavisError):
        raise value
    what, trace = value
    raise SheetError(f"could not be read ({what})", remedy="Save the file again from its source") from _Told(
        trace
    )
