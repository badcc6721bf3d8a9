"""Answers that come in two forms: JSON for programs, a page for people."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from visavis.service.caching import HTML, JSON, told
from visavis.service.negotiating import Language, form_of, language_of
from visavis.store import Store


def either(
    request: Request,
    store: Store,
    given: Mapping[str, str],
    as_json: Callable[[], dict[str, Any]],
    as_page: Callable[[Language], str],
    media_type: str = JSON,
) -> Response:
    """Return the form that the request wants, made only where the client does not have it already.

    Parameters
    ----------
    given : mapping of str to str
        The parameters of the request, `f` and `lang` among them.
    media_type : str
        Of the JSON.
    """
    if form_of(request, given) == "json":
        return told(request, store, as_json, media_type)
    language = language_of(request, given)
    return told(request, store, lambda: as_page(language), HTML, language=language)
