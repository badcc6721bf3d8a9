"""The side that answers: a process that computes one call and is gone."""

from __future__ import annotations

import os
import pickle
import sys
import threading
import time
import traceback
from collections.abc import Callable
from typing import Any, Final

from visavis.model.errors import VisavisError

_LOOK_EVERY_S: Final = 1.0


def answer(question: bytes, tell: Callable[[str, Any], None]) -> tuple[str, Any]:
    """Return what kind of answer it is, and the answer: a result, an error of ours, or what broke.

    Until then `tell` tells how far it is, where the question asks for that.
    """
    call, args, named, is_followed = pickle.loads(question)  # noqa: S301  (written by the process that asks)
    if is_followed:
        named["progress"] = lambda *how_far: tell("progress", how_far)
    try:
        return "result", call(*args, **named)
    except VisavisError as error:
        return "error", error
    except MemoryError:
        return "broke", ("it needs more memory than there is", "")
    except Exception as error:  # the edge of the process: the other side makes one line of it
        return "broke", (f"{type(error).__name__}: {error}"[:200], traceback.format_exc())


def _leave_with(parent: int) -> None:
    """End this process when the one that asked has gone."""
    while os.getppid() == parent:
        time.sleep(_LOOK_EVERY_S)
    os._exit(1)


def main() -> None:
    """Answer the question that stands on standard input; the process that asks is the only argument."""
    # What a library prints must not come between: the answer has a line of its own.
    line = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    threading.Thread(target=_leave_with, args=(int(sys.argv[1]),), daemon=True).start()

    def tell(kind: str, value: Any) -> None:
        line.write(pickle.dumps((kind, value)))
        line.flush()

    with line:
        tell(*answer(sys.stdin.buffer.read(), tell))


if __name__ == "__main__":
    main()
