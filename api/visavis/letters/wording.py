"""How a letter says days, places, rules and figures in its language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from types import MappingProxyType
from typing import Final

from visavis.letters.case import Held
from visavis.model.vocabulary import Word

_MONTHS: Final = MappingProxyType(
    {
        "en": (
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ),
        "fr": (
            "janvier",
            "février",
            "mars",
            "avril",
            "mai",
            "juin",
            "juillet",
            "août",
            "septembre",
            "octobre",
            "novembre",
            "décembre",
        ),
    }
)
_NUMBERS: Final = MappingProxyType(
    {
        "en": ["one", "two", "three", "four", "five", "six"],
        "fr": ["un", "deux", "trois", "quatre", "cinq", "six"],
    }
)
_WORDS: Final = MappingProxyType(
    {
        "law": Word(
            "Texts cited, as in force on {day}, in our words:", "Textes cités, en vigueur le {day}, résumés :"
        ),
        "origin": Word(
            'What is said of the camera was computed from "{record}" ({origin}). It says what the camera could view, '
            "to be checked on site; it does not say that anybody looked.",
            "Ce qui est dit de la caméra a été calculé d'après « {record} » ({origin}). C'est ce que la caméra "
            "pourrait voir, à vérifier sur place ; cela ne dit pas que quelqu'un a regardé.",
        ),
        "notice": Word(
            "SPECIMEN: invented place, no real authority, no real camera.",
            "SPÉCIMEN : lieu inventé, aucune autorité réelle, aucune caméra réelle.",
        ),
        "article": Word("art. {article}", "art. {article}"),
        "and": Word(" and ", " et "),
    }
)
# A space that must not break, before what French sets off by one.
_BEFORE: Final = re.compile(r" ([:;?!»])")
_NARROW: Final = "\u00a0"


def said(name: str, lang: str, **figures: str) -> str:
    """Return the words called `name`."""
    return str(getattr(_WORDS[name], lang)).format(**figures)


def day_in_words(day: date, lang: str) -> str:
    """Return a day: 1 March 2026, 1er mars 2026."""
    first = "1er" if lang == "fr" and day.day == 1 else str(day.day)
    return f"{first} {_MONTHS[lang][day.month - 1]} {day.year}"


def months_in_words(months: int, lang: str) -> str:
    """Return a number of months: one month, deux mois."""
    numbers = _NUMBERS[lang]
    number = numbers[months - 1] if months <= len(numbers) else str(months)
    return f"{number} mois" if lang == "fr" else f"{number} month{'s' if months > 1 else ''}"


def cited(rules: Sequence[Held], lang: str) -> str:
    """Return where rules stand, each instrument once: GDPR, art. 15 and 77; Loi n° 78-17, art. 49."""
    articles: dict[str, list[str]] = {}
    for rule in rules:
        articles.setdefault(rule.instrument, []).append(rule.article)
    return (" ; " if lang == "fr" else "; ").join(
        f"{instrument}, {said('article', lang, article=said('and', lang).join(dict.fromkeys(named)))}"
        for instrument, named in articles.items()
    )


def degrees(longitude: float, latitude: float, lang: str) -> str:
    """Return a place as people write it: 48.85660° N, 2.35220° E."""
    north = f"{abs(latitude):.5f}° {'N' if latitude >= 0 else 'S'}"
    letters = ("E", "W") if lang == "en" else ("E", "O")
    east = f"{abs(longitude):.5f}° {letters[0] if longitude >= 0 else letters[1]}"
    both = f"{north}, {east}"
    return both.replace(".", ",").replace("N, ", "N ; ").replace("S, ", "S ; ") if lang == "fr" else both


def typeset(text: str, lang: str) -> str:
    """Return a text with the spaces that French typography keeps together."""
    if lang != "fr":
        return text
    return _BEFORE.sub(f"{_NARROW}\\1", text).replace("« ", f"«{_NARROW}")
