"""The key below a picture: colours of levels, patterns of kinds, and the captions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from visavis.model.vocabulary import LEVEL_MIN_PX_PER_M
from visavis.pictures.picturing import Patch
from visavis.pictures.svg import LETTER, OCHRE, num, words, wrapped
from visavis.pictures.words import LEVEL_NAMES, WHATS, say, told

_ROW: Final = 32
_LINE: Final = 25
_SIZE: Final = 17
_GAP: Final = 24

# What fills less of the picture is not explained.
_LEAST_SHARE: Final = 2e-5

# Told by outline and pattern, so shown in the colour of a level.
_SHADED: Final = ("dwelling_facade", "dwelling_entrance", "balcony", "private_ground", "sensitive_place")
_PLAIN: Final = ("other_private", "public", "roof", "underside", "edge_on", "beyond")

PATTERNS: Final = {"private_ground": "garden", "sensitive_place": "sensitive", "other_private": "private"}
FILLS: Final = {
    "public": "#e3e1dc",
    "ground": "#f1eee6",
    "roof": "#c9c1b1",
    "underside": "#aca79f",
    "edge_on": "#b3ab9c",
    "beyond": "#e6e2d8",
    "sky": "#fbfaf6",
}


@dataclass(frozen=True)
class Palette:
    """Colours by code: of the levels of EN 62676-4, and of the kinds of space."""

    levels: Mapping[str, str]
    spaces: Mapping[str, str]


@dataclass(frozen=True)
class Entry:
    """A sample of the key: colour, words, pattern and outline."""

    fill: str
    text: str
    pattern: str | None = None
    outline: str = "#a69e8e"


def key_of(
    patches: Sequence[Patch],
    palette: Palette,
    texts: Sequence[str],
    lang: str,
    left: float,
    width: float,
    top: float,
) -> tuple[list[str], float]:
    """Return what stands below a picture, and where it ends.

    Only what the picture holds is explained, but the levels always are: that none is reached is told too.
    """
    drawn = [words(left, top + 6, say("levels", lang), _SIZE, "700")]
    y = top + 20
    for row in (_levels(palette, lang), _kinds(patches, palette, lang)):
        y = _samples(row, left, width, y, drawn.append)
    y += 18
    for text in texts:
        for line in wrapped(text, width, _SIZE):
            drawn.append(words(left, y, line, _SIZE))
            y += _LINE
    return drawn, y


def _levels(palette: Palette, lang: str) -> Iterator[Entry]:
    for level, least in LEVEL_MIN_PX_PER_M.items():
        name = LEVEL_NAMES[level]
        figure = told(least, lang, 1 if least % 1 else 0)
        yield Entry(palette.levels[level], f"{name.fr if lang == 'fr' else name.en} ≥ {figure} px/m")
    yield Entry(palette.spaces["dwelling_facade"], say("below", lang))


def _kinds(patches: Sequence[Patch], palette: Palette, lang: str) -> Iterator[Entry]:
    whole = sum(patch.shape.area for patch in patches)
    shown = {patch.what for patch in patches if patch.shape.area > _LEAST_SHARE * whole}
    for what in (*_SHADED, *_PLAIN):
        if what not in shown:
            continue
        fill = palette.levels["observe"] if what in _SHADED else FILLS.get(what) or palette.spaces[what]
        text = WHATS[what].fr if lang == "fr" else WHATS[what].en
        yield Entry(fill, text, PATTERNS.get(what), OCHRE if what == "dwelling_entrance" else "#a69e8e")


def _samples(
    entries: Iterator[Entry], left: float, width: float, top: float, draw: Callable[[str], None]
) -> float:
    """Draw samples in rows, and return where the next row starts."""
    x, y = left, top
    for entry in entries:
        wide = 38 + LETTER * _SIZE * len(entry.text)
        if x > left and x + wide > left + width:
            x, y = left, y + _ROW
        box = f'<rect x="{num(x)}" y="{num(y)}" width="30" height="20"'
        draw(
            f'{box} fill="{entry.fill}" stroke="{entry.outline}" stroke-width="{2 if entry.outline == OCHRE else 1}"/>'
        )
        if entry.pattern:
            draw(f'{box} fill="url(#{entry.pattern})"/>')
        draw(words(x + 38, y + 16, entry.text, _SIZE))
        x += wide + _GAP
    return y + _ROW if x > left else y
