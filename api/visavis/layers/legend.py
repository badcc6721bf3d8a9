"""The palette, once: which colour and pattern each code has in each published layer, and its words.

The web page, the portable map and the report all draw with what stands here. Two hues carry the message,
ochre for what could be viewed and blue for what looks, because people who see no red or no green still tell
these apart; within a hue the contrast with the ground rises with sureness or density, so that the map also
reads in grey. Doubt is never red. Markers keep 4.5:1 against the ground.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final, NamedTuple

from visavis.layers.declared import LAYERS
from visavis.model.vocabulary import (
    AGREEMENTS,
    ANSWERS,
    CAMERA_KINDS,
    CHANGES,
    DEADLINES,
    DOCUMENT_STATUSES,
    LEVEL_MIN_PX_PER_M,
    LEVEL_OODPCVS_MIN_PX_PER_M,
    LEVELS,
    LEVELS_OODPCVS,
    SEVERITIES,
    SPACE_KINDS,
    SURENESS_MIN_PROBABILITY,
    SURENESSES,
    Words,
    level_of,
)


class Look(NamedTuple):
    """How a code is drawn on light ground and on dark, and with which pattern where areas are filled."""

    colour: str
    colour_dark: str
    pattern: str = "solid"


Looks = MappingProxyType[str, Look]


def _looks(**looks: Look) -> Looks:
    return MappingProxyType(looks)


_SURENESS: Final = _looks(
    certain=Look("#8a4b00", "#ffc879"),
    likely=Look("#c47d1c", "#d0912f", "hatched"),
    possible=Look("#dcae6a", "#8f6a34", "dotted"),
)

_LEVEL: Final = _looks(
    monitor=Look("#c7dcea", "#1c3a50"),
    detect=Look("#97bfdb", "#29587a"),
    observe=Look("#5f9cc5", "#3c7dab"),
    recognise=Look("#2f76a8", "#62a8d8"),
    identify=Look("#104f80", "#a5d6f7"),
)

_CAMERA: Final = _looks(
    fixed=Look("#10466f", "#8fc8f2"),
    dome=Look("#0f6b66", "#6fd0c6"),
    ptz=Look("#5b3f8c", "#c3aef0"),
    fisheye=Look("#1f6f3a", "#7fd49a"),
    multisensor=Look("#3557b7", "#a3b8fa"),
    anpr=Look("#2b2f36", "#e6e8ea"),
    unknown=Look("#6a6e75", "#a2a8b0"),
)

_SPACE: Final = _looks(
    dwelling_facade=Look("#d8d0c2", "#39404a"),
    dwelling_entrance=Look("#7d6238", "#d6b783"),
    balcony=Look("#a58a5c", "#b3945f"),
    private_ground=Look("#d3dfc3", "#26382d"),
    other_private=Look("#e0dacf", "#30363e"),
    sensitive_place=Look("#cdc6dd", "#453f5c"),
    public=Look("#e7e4de", "#2a2f36"),
)

_STATUS: Final = _looks(
    asked=Look("#6a6e75", "#a2a8b0"),
    disclosed=Look("#0f6b66", "#6fd0c6"),
    redacted=Look("#3557b7", "#a3b8fa", "hatched"),
    withheld=Look("#5b3f8c", "#c3aef0", "dotted"),
    appealed=Look("#8a4b00", "#ffc879", "hatched"),
    absent=Look("#6a6e75", "#a2a8b0", "dotted"),
    reported=Look("#2f76a8", "#62a8d8", "dotted"),
)

_ANSWER: Final = _looks(
    answered=Look("#0f6b66", "#6fd0c6"),
    partly=Look("#3557b7", "#a3b8fa", "hatched"),
    refused=Look("#5b3f8c", "#c3aef0", "dotted"),
    unanswered=Look("#8a4b00", "#ffc879", "hatched"),
    not_asked=Look("#6a6e75", "#a2a8b0"),
)

_DEADLINE: Final = _looks(
    kept=Look("#0f6b66", "#6fd0c6"),
    missed=Look("#8a4b00", "#ffc879"),
    passed=Look("#8a4b00", "#ffc879", "hatched"),
    running=Look("#3557b7", "#a3b8fa"),
    unknown=Look("#6a6e75", "#a2a8b0"),
)

_AGREEMENT: Final = _looks(
    agree=Look("#0f6b66", "#6fd0c6"),
    agree_with_some=Look("#3557b7", "#a3b8fa", "hatched"),
    differ=Look("#8a4b00", "#ffc879"),
    claims_differ=Look("#8a4b00", "#ffc879", "hatched"),
    only_claimed=Look("#6a6e75", "#a2a8b0"),
)

_SEVERITY: Final = _looks(
    note=Look("#6a6e75", "#a2a8b0"),
    doubt=Look("#2f76a8", "#62a8d8"),
    problem=Look("#8a4b00", "#ffc879"),
)

_CHANGE: Final = _looks(
    added=Look("#0f6b66", "#6fd0c6"),
    removed=Look("#8a4b00", "#ffc879", "dotted"),
    moved=Look("#3557b7", "#a3b8fa"),
    turned=Look("#5b3f8c", "#c3aef0"),
    moved_and_turned=Look("#3557b7", "#a3b8fa", "hatched"),
    replaced=Look("#10466f", "#8fc8f2", "hatched"),
    kept=Look("#6a6e75", "#a2a8b0"),
)

# By what the layer's column holds: the same codes look the same in every layer.
_COLUMNS: Final[MappingProxyType[str, tuple[tuple[Words, Looks], ...]]] = MappingProxyType(
    {
        "kind": ((CAMERA_KINDS, _CAMERA), (SPACE_KINDS, _SPACE)),
        "sureness": ((SURENESSES, _SURENESS),),
        "level": ((LEVELS, _LEVEL),),
        "status": ((DOCUMENT_STATUSES, _STATUS),),
        "severity": ((SEVERITIES, _SEVERITY),),
        "answer": ((ANSWERS, _ANSWER),),
        "deadline": ((DEADLINES, _DEADLINE),),
        "agreement": ((AGREEMENTS, _AGREEMENT),),
        "change": ((CHANGES, _CHANGE),),
    }
)

# The lower bound that a word stands for, where it stands for a number: probability, pixels per metre.
_LEAST: Final = {**SURENESS_MIN_PROBABILITY, **LEVEL_MIN_PX_PER_M}


def legend() -> dict[str, list[dict[str, str]]]:
    """Return each coloured layer's legend: what its colours mean, in the order in which they are read.

    Returns
    -------
    dict
        Layer name → entries of ``code``, ``en``, ``fr``, ``colour`` and ``colour_dark`` (``#rrggbb``, on
        light and on dark ground), ``pattern`` (``solid``, ``hatched`` or ``dotted``), and ``least`` where the
        word stands for a range: its lower bound, a probability or a density in px/m. A level of EN 62676-4
        also has ``newer_en`` and ``newer_fr``: the levels of IEC 62676-4:2025 that begin within it.
    """
    return {
        name: [_entry(code, words, looks) for code in choices]
        for name, layer in LAYERS.items()
        if layer.coloured_by is not None and (choices := layer.table.choices(layer.coloured_by))
        for words, looks in _COLUMNS[layer.coloured_by]
        if set(choices) == set(words)
    }


def _entry(code: str, words: Words, looks: Looks) -> dict[str, str]:
    word, look = words[code], looks[code]
    least = {"least": f"{_LEAST[code]:g}"} if code in _LEAST else {}
    return {"code": code, "en": word.en, "fr": word.fr, **look._asdict(), **least, **_newer(code)}


def _newer(code: str) -> dict[str, str]:
    if code not in LEVEL_MIN_PX_PER_M:
        return {}
    begin = [
        (LEVELS_OODPCVS[newer], least)
        for newer, least in LEVEL_OODPCVS_MIN_PX_PER_M.items()
        if level_of(least) == code
    ]
    return {
        "newer_en": ", ".join(f"{word.en} from {least:g} px/m" for word, least in begin),
        "newer_fr": ", ".join(f"{word.fr} dès {least:g} px/m" for word, least in begin),
    }
