"""The parameters of a request: each once and known."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from starlette.requests import Request

from visavis.model.errors import RequestError
from visavis.service.negotiating import LANGUAGES

# How an answer's form may be named.
FORMS: Final = ("json", "geojson", "html")

SAID: Final = ("f", "lang")


def parameters(
    request: Request, allowed: Collection[str] = SAID, forms: Collection[str] = FORMS
) -> dict[str, str]:
    """Return the query parameters.

    Raises
    ------
    RequestError
        Where one is unknown or twice there, or names a form or a language that there is not.
    """
    if not request.scope["query_string"]:
        return {}
    given: dict[str, str] = {}
    for name, value in request.query_params.multi_items():
        if name not in allowed:
            raise RequestError(
                f"{name[:40]!r} is not a parameter here", remedy=f"Choose {', '.join(allowed) or 'none'}"
            )
        if name in given:
            raise RequestError(f"{name} is given twice", remedy="Give it once")
        given[name] = value
    for name, choices in (("f", forms), ("lang", LANGUAGES)):
        if name in given and given[name] not in choices and name in allowed:
            raise RequestError(f"{name} is {given[name][:40]!r}", remedy=f"Choose {', '.join(choices)}")
    return given
