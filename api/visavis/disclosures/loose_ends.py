"""Names within a record that lead nowhere, or twice to the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from visavis.disclosures.record import Loose, Record, document_names, request_names
from visavis.model.days import first_of, last_of
from visavis.model.vocabulary import QUESTIONS


def loose_ends(record: Record) -> Iterator[Loose]:
    """Yield what does not hold together in a record that is well formed: the way to the entry, and what is wrong."""
    papers, requests = document_names(record), request_names(record)
    yield from _twice("documents", papers, "document", 0)
    yield from _twice("questions", [question.code for question in record.questions], "question", 0)
    yield from _twice("requests", requests, "request", 1)
    yield from _unknown(record, set(papers), set(requests))
    yield from _unworded(record)
    yield from _backwards(record)


def _twice(part: str, names: Sequence[str], what: str, before: int) -> Iterator[Loose]:
    """Yield names that come again; `before` of them stand before the list that the way leads to."""
    met: set[str] = set()
    for number, name in enumerate(names):
        if name in met:
            yield ((part, number - before), f"a second {what} is called {name}")
        met.add(name)


def _unknown(record: Record, papers: set[str], requests: set[str]) -> Iterator[Loose]:
    named: tuple[tuple[str, Sequence[object], str, set[str]], ...] = (
        ("documents", record.documents, "request", requests),
        ("questions", record.questions, "request", requests),
        ("withheld", record.withheld, "document", papers),
    )
    for part, entries, key, known in named:
        for number, entry in enumerate(entries):
            name = getattr(entry, key)
            if name is not None and name not in known:
                yield ((part, number, key), f"no {key} is called {name}")
    for number, question in enumerate(record.questions):
        for at, name in enumerate(question.documents):
            if name not in papers:
                yield (("questions", number, "documents", at), f"no document is called {name}")


def _unworded(record: Record) -> Iterator[Loose]:
    for number, question in enumerate(record.questions):
        if question.code not in QUESTIONS and question.wording is None:
            known = ", ".join(QUESTIONS)
            yield (("questions", number, "code"), f"{question.code} is none of {known}: give its `wording`")


def _backwards(record: Record) -> Iterator[Loose]:
    for number, request in enumerate((record.request, *record.requests)):
        way: tuple[int | str, ...] = ("request",) if number == 0 else ("requests", number - 1)
        asked, answered = request.asked_on, request.answered_on
        if asked and answered and last_of(answered) < first_of(asked):
            yield ((*way, "answered_on"), f"answered on {answered}, before it was asked on {asked}")
