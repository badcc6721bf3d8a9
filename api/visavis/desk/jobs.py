"""Long work asked for by the page: done in a thread, one at a time, asked after by its name."""

from __future__ import annotations

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from visavis.model.errors import VisavisError

_MOST_KEPT: Final = 20


@dataclass
class Job:
    """A piece of work and what came of it."""

    name: str
    state: Literal["waiting", "running", "done", "failed"] = "waiting"
    result: Any = None
    error: VisavisError | None = None
    began: float = field(default_factory=time.monotonic)
    seconds: float | None = None


class Jobs:
    """Does work in a thread and keeps what came of the last of it."""

    def __init__(self, changed: Callable[[], None]) -> None:
        self._threads = ThreadPoolExecutor(1, "visavis-job")
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._lock = threading.Lock()
        self._changed = changed

    def begin(self, work: Callable[[], Any]) -> Job:
        """Begin some work."""
        job = Job(secrets.token_hex(8))
        with self._lock:
            self._jobs[job.name] = job
            while len(self._jobs) > _MOST_KEPT:
                self._jobs.popitem(last=False)
        self._threads.submit(self._do, job, work)
        return job

    def get(self, name: str) -> Job | None:
        """Return a job that was begun not too long ago."""
        with self._lock:
            return self._jobs.get(name)

    def end(self) -> None:
        """Begin nothing more."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _do(self, job: Job, work: Callable[[], Any]) -> None:
        job.state, job.began = "running", time.monotonic()
        self._changed()
        try:
            job.result, job.state = work(), "done"
        except VisavisError as error:
            job.error, job.state = error, "failed"
        except Exception as error:  # the edge of the thread: whoever asked must learn that it is over
            job.error = VisavisError(
                f"broke ({type(error).__name__}: {error})", remedy="Tell the maintainers"
            )
            job.state = "failed"
        job.seconds = time.monotonic() - job.began
        self._changed()
