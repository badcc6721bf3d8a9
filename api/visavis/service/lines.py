"""The service's own lines of JSON, which never say who asked, or about which place."""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import MutableMapping
from functools import cache
from typing import Any


@cache
def logger() -> Any:
    """Return what writes lines of JSON to the log `visavis.service`."""
    import structlog  # when there is something to tell: it takes a tenth of a second to load

    return structlog.wrap_logger(
        logging.getLogger("visavis.service"),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _fault,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
    )


def _fault(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Tell the kind of a fault and the lines that led to it; its words and values could say what was asked."""
    if event.pop("exc_info", None):
        kind, _value, trace = sys.exc_info()
        event["fault"] = None if kind is None else kind.__name__
        event["lines"] = [
            f"{each.filename}:{each.lineno} {each.name}" for each in traceback.extract_tb(trace)
        ]
    return event
