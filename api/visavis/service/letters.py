"""Letters that fit a camera, with blanks that the reader's browser fills in: nothing of the reader comes here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from visavis.letters import Letter
from visavis.model.errors import NotFoundError, RequestError, UsageError
from visavis.model.vocabulary import LETTER_KINDS
from visavis.service.caching import JSON, entity_tag, is_known, kept, known
from visavis.service.negotiating import language_of
from visavis.service.parameters import parameters
from visavis.service.serving import Serving
from visavis.store import Store

TEXT: Final = "text/plain"
LETTER_FORMS: Final = ("json", "txt")

# Which values the parameters take, the first where one is left out.
LETTER_CHOICES: Final = {"about": ("foi", "access"), "answer": ("none", "refused")}


def letter_routes(
    serving: Serving, today: Callable[[], date] = lambda: datetime.now(UTC).date()
) -> list[Route]:
    """Return the route to `/letters/{kind}`."""

    async def letter(request: Request) -> Response:
        given = parameters(request, ("camera", "dossier", "lang", "f", *LETTER_CHOICES), LETTER_FORMS)
        kind = request.path_params["kind"]
        if kind not in LETTER_KINDS:
            raise NotFoundError(
                f"there is no letter {kind[:40]!r}", remedy=f"Choose {', '.join(LETTER_KINDS)}"
            )
        for name, choices in LETTER_CHOICES.items():
            if given.get(name, choices[0]) not in choices:
                raise RequestError(f"{name} is {given[name][:40]!r}", remedy=f"Choose {' or '.join(choices)}")
        if ("camera" in given) == ("dossier" in given):
            raise RequestError(
                "a letter is about a camera or a dossier", remedy="Give camera=ID, or dossier=ID"
            )
        language, on = language_of(request, given), today()
        media = TEXT if _as_text(request, given) else JSON
        with serving.live.reading() as store:
            # The law is that of the day: an answer is kept for no longer.
            tag = f'{entity_tag(request, store, f"{media}{on}", language)[:-1]}-{on:%Y%m%d}"'
            if is_known(request, tag):
                return known(tag)
            made = await run_in_threadpool(_written, store, kind, language, given, on)
            return kept(made["text"] if media == TEXT else made, tag, media, language=language)

    return [Route("/letters/{kind}", letter)]


def _as_text(request: Request, given: dict[str, str]) -> bool:
    if "f" in given:
        return given["f"] == "txt"
    accept = request.headers.get("accept", "")
    return "text/plain" in accept and "json" not in accept


def _written(store: Store, kind: str, lang: str, given: dict[str, str], on: date) -> dict[str, Any]:
    # Templates and rules are loaded with the first letter, not with the service.
    from visavis.exports.letters import Asked, letter_from

    about, answer = (given.get(name, choices[0]) for name, choices in LETTER_CHOICES.items())
    asked = Asked(kind, lang, given.get("camera"), given.get("dossier"), about, answer, labelled=False)
    try:
        letter = letter_from(store, asked, on)
    except UsageError as error:
        raise RequestError(error.what, remedy=error.remedy) from error
    return as_told(letter)


def as_told(letter: Letter) -> dict[str, Any]:
    """Return a letter as JSON has it."""
    lang = letter.lang
    return {
        "kind": letter.kind,
        "title": letter.title,
        "lang": lang,
        "law_of": letter.on.isoformat(),
        "text": letter.text,
        "blanks": [
            {
                "name": blank.name,
                "label": getattr(blank.label, lang),
                "shown": blank.shown(lang),
                "type": blank.type,
                "computed": None if blank.computed is None else asdict(blank.computed),
            }
            for blank in letter.blanks
        ],
        "rules": [
            {"rule_id": rule.rule_id, "instrument": rule.instrument, "article": rule.article, "url": rule.url}
            for rule in letter.rules
        ],
    }
