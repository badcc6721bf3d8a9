"""From a case and a template to a letter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import Final, cast

import pandas as pd
from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from visavis.letters.blanks import BLANKS, Blank, Computed
from visavis.letters.case import Case, Held, held_on
from visavis.letters.letter import ROLES, Letter, Paragraph, Part, Role
from visavis.letters.wording import cited, day_in_words, degrees, months_in_words, said, typeset
from visavis.model.errors import UsageError
from visavis.model.vocabulary import CAMERA_KINDS, LETTER_KINDS, LEVELS, QUESTIONS, SURENESSES, Words

# Templates by language and kind of letter.
Templates = Mapping[tuple[str, str], str]

# What a reminder is about, and how a request for documents came out before an appeal.
ABOUT: Final = ("foi", "access")
ANSWERS: Final = ("none", "refused")

_PART: Final = re.compile(r"^§ (\w+)[ \t]*$", re.MULTILINE)
# A line that holds a tag and nothing else leaves no line behind.
_TAG: Final = re.compile(r"^[ \t]*(\{%[^%]*%\})[ \t]*\n", re.MULTILINE)
# Stands for a part's mark while a template is filled in: no text that is put in can make a part.
_MARK: Final = "\x1e"
_ITEM: Final = re.compile(r"^(-|\d+\.) +")
_RULE: Final = re.compile(r"rule\(\"([^\"]+)\"\)")


def write(
    kind: str,
    case: Case,
    rules: pd.DataFrame,
    templates: Templates,
    *,
    lang: str,
    on: date,
    about: str = "foi",
    answer: str = "none",
    filled: Mapping[str, str | date] | None = None,
) -> Letter:
    """Return a letter with the law of a day; what nobody said stays a visible blank.

    Parameters
    ----------
    kind : str
        Code of LETTER_KINDS.
    case : Case
    rules : DataFrame RULES
    templates : mapping of (str, str) to str
        By language and kind.
    lang : str
        ``en`` or ``fr``.
    on : date
        The day whose law is cited.
    about : str
        What a reminder is about: ``foi`` or ``access``.
    answer : str
        Before an appeal: ``none`` came, or it was ``refused``.
    filled : mapping of str to str or date, optional
        What to put into blanks, by their names.

    Raises
    ------
    UsageError
        Where there is no such letter, language, answer or blank.
    """
    for value, choices in (
        (kind, tuple(LETTER_KINDS)),
        (lang, ("en", "fr")),
        (about, ABOUT),
        (answer, ANSWERS),
        *((name, tuple(BLANKS)) for name in filled or {}),
    ):
        if value not in choices:
            raise UsageError(f"there is no {value!r} for a letter", remedy=f"Choose {', '.join(choices)}")
    pen = _Pen(case, held_on(rules, case.jurisdiction, on, lang), lang, dict(filled or {}))
    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, finalize=_unmarked)
    template = _TAG.sub(r"\1", _PART.sub(f"{_MARK}\\1{_MARK}", templates[lang, kind]))
    written = environment.from_string(template).render(case=case, about=about, answer=answer, **pen.words())
    parts = [
        *_notice(case, lang),
        *_parts(written, lang),
        *_law(pen, on),
        *(_origin(case, lang) if "case.camera" in template else ()),
    ]
    ordered = sorted(parts, key=lambda part: ROLES.index(part.role))
    return Letter(
        kind,
        getattr(LETTER_KINDS[kind], lang),
        lang,
        on,
        tuple(ordered),
        tuple(pen.blanks.values()),
        tuple(pen.cited.values()),
    )


def named_rules(template: str) -> set[str]:
    """Return the ids of the rules that a template names."""
    return set(_RULE.findall(template))


@dataclass
class _Pen:
    """What a template may call; it remembers which blanks are left, and what was cited."""

    case: Case
    held: Mapping[str, Held]
    lang: str
    filled: dict[str, str | date]
    blanks: dict[str, Blank] = field(default_factory=dict)
    cited: dict[str, Held] = field(default_factory=dict)

    def words(self) -> dict[str, object]:
        camera = self.case.camera
        labels = {
            name: self._labels(words)
            for name, words in (
                ("kinds", CAMERA_KINDS),
                ("levels", LEVELS),
                ("surenesses", SURENESSES),
                ("questions", QUESTIONS),
            )
        }
        return {
            "blank": self.blank,
            "rule": self.held.get,
            "first": self.first,
            "cite": self.cite,
            "later": self.later,
            "months": partial(months_in_words, lang=self.lang),
            "place": "" if camera is None else degrees(camera.longitude, camera.latitude, self.lang),
            **labels,
        }

    def blank(self, name: str) -> str:
        """Return what fills a blank, or the blank."""
        return self._told(name, BLANKS[name])

    def later(self, name: str, of: str, months: int = 0, days: int = 0) -> str:
        """Return a day that follows from another blank's."""
        how = Computed(of, months, days)
        since = self.filled.get(of)
        if name not in self.filled and isinstance(since, date):
            self.filled[name] = how.after(since)
        return self._told(name, replace(BLANKS[name], computed=how))

    def first(self, topic: str) -> Held | None:
        """Return the nearest rule on a topic that sets a time, else the nearest of all."""
        on_topic = [rule for rule in self.held.values() if rule.bears_on == topic]
        timed = [rule for rule in on_topic if rule.months is not None]
        return next(iter(timed or on_topic), None)

    def cite(self, *rules: Held | None) -> str:
        """Return where rules stand; a blank where none of them is in force."""
        known = [rule for rule in rules if rule is not None]
        self.cited.update((rule.rule_id, rule) for rule in known)
        return cited(known, self.lang) if known else self.blank("legal_basis")

    def _told(self, name: str, blank: Blank) -> str:
        told = self.filled.get(name)
        if told is None:
            self.blanks.setdefault(name, blank)
            return blank.shown(self.lang)
        return day_in_words(told, self.lang) if isinstance(told, date) else told

    def _labels(self, words: Words) -> dict[str, str]:
        return {code: getattr(word, self.lang) for code, word in words.items()}


def _unmarked(value: object) -> object:
    return value.replace(_MARK, " ") if isinstance(value, str) else value


def _parts(written: str, lang: str) -> Iterator[Part]:
    _, *pieces = written.split(_MARK)
    for role, content in zip(pieces[::2], pieces[1::2], strict=True):
        lines = content.strip().splitlines()
        kept = lines if role in ("sender", "recipient") else list(_joined(lines))
        yield Part(cast("Role", role), tuple(_paragraph(line, lang) for line in kept if line.strip()))


def _joined(lines: list[str]) -> Iterator[str]:
    """Yield paragraphs and items, whose lines a template may break anywhere."""
    held: list[str] = []
    for line in [*lines, ""]:
        if (not line.strip() or _ITEM.match(line.strip())) and held:
            yield " ".join(held)
            held = []
        if line.strip():
            held.append(line.strip())


def _paragraph(line: str, lang: str) -> Paragraph:
    item = _ITEM.match(line)
    text = typeset(line[item.end() :] if item else line, lang)
    return Paragraph(text.strip(), item[1] if item else None)


def _notice(case: Case, lang: str) -> Iterator[Part]:
    if case.invented:
        yield Part("notice", (Paragraph(typeset(said("notice", lang), lang)),))


def _law(pen: _Pen, on: date) -> Iterator[Part]:
    if pen.cited:
        heading = said("law", pen.lang, day=day_in_words(on, pen.lang))
        items = (
            f"{cited([rule], pen.lang)} : {rule.summary}"
            if pen.lang == "fr"
            else f"{cited([rule], pen.lang)}: {rule.summary}"
            for rule in pen.cited.values()
        )
        yield Part(
            "law",
            (
                Paragraph(typeset(heading, pen.lang)),
                *(Paragraph(typeset(item, pen.lang), "-") for item in items),
            ),
        )


def _origin(case: Case, lang: str) -> Iterator[Part]:
    if case.camera is not None:
        told = said("origin", lang, record=case.record, origin=case.origin)
        yield Part("origin", (Paragraph(typeset(told, lang)),))
