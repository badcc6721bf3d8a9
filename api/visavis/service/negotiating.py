"""In which form and language an answer is wanted (RFC 9110, section 12.5)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final, Literal

from starlette.requests import Request

Form = Literal["json", "html"]
Language = Literal["en", "fr"]

LANGUAGES: Final[tuple[Language, ...]] = ("en", "fr")


def form_of(request: Request, given: Mapping[str, str]) -> Form:
    """Return the form that `f` names or that the client likes best; JSON where it likes both or takes anything."""
    if "f" in given:
        return "html" if given["f"] == "html" else "json"
    return _form(request.headers.get("accept", ""))


def language_of(request: Request, given: Mapping[str, str]) -> Language:
    """Return the language that `lang` names or that the client likes best."""
    if "lang" in given:
        return "fr" if given["lang"] == "fr" else "en"
    return _language(request.headers.get("accept-language", ""))


@lru_cache(maxsize=256)
def _form(accept: str) -> Form:
    if "html" not in accept:
        return "json"
    wishes = dict(_weighed(accept))
    html = max(wishes.get("text/html", 0.0), wishes.get("application/xhtml+xml", 0.0))
    named = [weight for kind, weight in wishes.items() if "json" in kind]
    return "html" if html > max(named, default=0.0) else "json"


@lru_cache(maxsize=256)
def _language(accept: str) -> Language:
    weights = {"en": 0.0, "fr": 0.0}
    for name, weight in _weighed(accept):
        short = name.partition("-")[0]
        if short in weights:
            weights[short] = max(weights[short], weight)
    return "fr" if weights["fr"] > weights["en"] else "en"


def _weighed(header: str) -> Iterator[tuple[str, float]]:
    for part in header.lower().split(","):
        name, *parameters = part.strip().split(";")
        weight = next((p.strip()[2:] for p in parameters if p.strip().startswith("q=")), "1")
        try:
            yield name.strip(), float(weight)
        except ValueError:
            yield name.strip(), 0.0
