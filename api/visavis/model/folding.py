"""Text without what readers do not type: case and accents."""

from __future__ import annotations

import re
import unicodedata
from typing import Final, NamedTuple

_WORD: Final = re.compile(r"[^\W_]+")
# Letters that no accent makes of two, and that people write as two.
_APART: Final = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"})


def casei(text: str | None) -> str | None:
    """Return text without case, by full case folding (Unicode, 3.13)."""
    return None if text is None else text.casefold()


def accenti(text: str | None) -> str | None:
    """Return text without the marks on its letters."""
    if text is None or text.isascii():
        return text
    apart = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(c for c in apart if not unicodedata.combining(c)))


def fold(text: str) -> str:
    """Return text as it is compared: neither case nor accents, ligatures as two letters."""
    return (accenti(text.casefold()) or "").translate(_APART)


class FoldedWord(NamedTuple):
    """A word as it is compared, and where it stands in the text that it was read from."""

    folded: str
    start: int
    end: int


def words_of(text: str) -> list[FoldedWord]:
    """Return the words of a text, which is composed first (NFC): letters and digits that hang together."""
    return [FoldedWord(fold(m.group()), m.start(), m.end()) for m in _WORD.finditer(composed(text))]


def composed(text: str) -> str:
    """Return text whose letters stand as one sign with their accents, as :func:`words_of` counts."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)
