"""Who looks through the tiles: this process, a pool of others, or a cluster, all by one interface.

The interface is that of the standard library, `concurrent.futures.Executor`. A process pool has it, and so has
`distributed.Client.get_executor()`.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from typing import Any, Final, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class InProcess(Executor):
    """Does what it is given at once."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Return what has been done already."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # handed on to who asks for the result
            future.set_exception(error)
        return future


@dataclass(frozen=True)
class Workers:
    """An executor, and how many tiles it is given before one has come back.

    Parameters
    ----------
    executor : concurrent.futures.Executor
    at_once : int
        Twice the number of workers keeps all of them busy; more only takes memory.
    """

    executor: Executor
    at_once: int


IN_PROCESS: Final = Workers(InProcess(), 1)
