"""Workers opened and closed: this process, a pool of processes, or a Dask cluster."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any

from visavis.model.errors import UsageError, VisavisError
from visavis.views.workers import IN_PROCESS, Workers

# One tile in work and one in waiting keeps a worker busy.
_AT_ONCE = 2
_CONNECT_WITHIN_S = 15.0


@contextmanager
def opened_workers(
    count: int | None = None, dask: str | None = None, *, small: bool = False
) -> Iterator[Workers]:
    """Give workers, and let go of them at the end.

    Parameters
    ----------
    count : int, optional
        Processes of this machine, as many as it has cores where none is given; one is this process itself.
    dask : str, optional
        Address of a Dask scheduler, ``tcp://host:port``; its workers need the same visavis.
    small : bool
        The work takes less time than starting processes for it: where no number is given, none are.

    Raises
    ------
    UsageError
        Where both are given, or Dask is not installed.
    VisavisError
        Where no cluster answers.
    """
    if dask is not None:
        if count is not None:
            raise UsageError("--workers and --dask don't go together", remedy="A cluster has its own workers")
        with _cluster(dask) as workers:
            yield workers
        return
    if count is None:
        count = 1 if small else cores()
    if count == 1:
        yield IN_PROCESS
        return
    # Started anew instead of forked: libraries with threads of their own don't survive a fork.
    pool = ProcessPoolExecutor(count, multiprocessing.get_context("spawn"))
    for _ in range(count):
        pool.submit(_ready)  # they make the engine ready while files are still being read
    try:
        yield Workers(pool, _AT_ONCE * count)
    finally:
        pool.shutdown(cancel_futures=True)


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def _cluster(address: str) -> Iterator[Workers]:
    try:
        from distributed import Client
    except ImportError:
        raise UsageError("Dask is not installed", remedy="pip install 'visavis[dask]'") from None
    try:
        client: Any = Client(  # type: ignore[no-untyped-call]
            address, timeout=_CONNECT_WITHIN_S, set_as_default=False
        )
    except (OSError, ValueError) as error:
        raise VisavisError(
            f"no Dask scheduler answers at {address} ({error})", remedy="Check the address, tcp://host:port"
        ) from None
    with client:
        threads = sum(client.nthreads().values())
        if not threads:
            raise VisavisError(f"the cluster at {address} has no workers", remedy="Start dask worker there")
        # Tiles differ from one another, so that comparing them to find twins would only take time.
        yield Workers(client.get_executor(pure=False), _AT_ONCE * threads)


def _ready() -> None:
    """Load the engine, its compiled code too: on a machine of two cores one is idle while files are read."""
    from visavis.views.warming import warm

    warm()
