"""Names of streets as they are compared: kind and own name apart, abbreviations spelt out, articles left."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from visavis.digitising.tables import plain

# Kinds of ways in the words of French addresses, with the abbreviations of the address register and of bulletins.
_KINDS: Final = (
    "allee all; autoroute; avenue av ave; boulevard bd bld boul bvd blvd; carrefour car carr; chaussee chs;"
    "chemin ch che chem; cite; cour; cours crs; esplanade esp; galerie gal; hameau ham; impasse imp; jardin;"
    "lotissement lot; mail; parc; parvis prv; passage pas pass; passerelle; place pl; pont; port; porte pte;"
    "promenade prom; quai q qu; rampe; residence res; rond point rpt rd pt; route rte; rue r; ruelle rle; sente;"
    "sentier sen; square sq; tunnel; venelle ven; villa vla; voie; street st; road rd; lane ln; drive; way; gate"
)
# What stands short within a name. Ambiguous ones (r, pt) are spelt out at its beginning only.
_SHORT: Final = MappingProxyType(
    {
        "st": "saint",
        "ste": "sainte",
        "sts": "saints",
        "fg": "faubourg",
        "fbg": "faubourg",
        "pte": "porte",
        "gal": "general",
        "gen": "general",
        "mal": "marechal",
        "mar": "marechal",
        "col": "colonel",
        "cdt": "commandant",
        "cne": "capitaine",
        "cpt": "capitaine",
        "lt": "lieutenant",
        "sgt": "sergent",
        "dr": "docteur",
        "pr": "professeur",
        "prof": "professeur",
        "pdt": "president",
        "pres": "president",
        "mgr": "monseigneur",
        "nd": "notre dame",
        "ht": "haut",
        "gd": "grand",
        "gde": "grande",
        "pt": "petit",
        "1er": "premier",
        "ier": "premier",
    }
)
_ARTICLES: Final = frozenset(
    ("de", "du", "des", "d", "la", "le", "les", "l", "a", "au", "aux", "en", "sur", "of", "the")
)
# Likeness below which two names are not the same name misspelt, where a second name bears it out, and alone.
LEAST_ALIKE: Final = 0.8
LEAST_ALONE: Final = 0.9
# What is taken off where one of two names has a word more, such as a first name; and where one tells no kind.
_FEWER_WORDS: Final = 0.08
_KIND_UNTOLD: Final = 0.05
# A rue for an avenue, all words else the same: worth a look where a second name bears it out, never alone.
_KIND_OTHER: Final = 0.82
SQUARES: Final = frozenset(("place", "square", "rond point", "carrefour", "esplanade", "parvis"))
_LIKE_KINDS: Final = (
    frozenset(
        (
            "rue",
            "avenue",
            "boulevard",
            "allee",
            "impasse",
            "passage",
            "villa",
            "route",
            "chemin",
            "voie",
            "quai",
        )
    ),
    SQUARES,
)
# Names that much less like than the most like are other streets; all others are where one is written just so.
_NEXT_BEST: Final = 0.1
_INITIAL: Final = 0.03
_AT_ONCE: Final = 2_000
# A name of fewer letters is too short to be taken for part of a longer one.
_LEAST_LETTERS: Final = 4


@dataclass(frozen=True)
class StreetName:
    """A name taken apart.

    Parameters
    ----------
    kind : str
        ``rue``, ``boulevard`` …; empty where the words tell none.
    words : tuple of str
        The own name, plain and spelt out, without articles.
    """

    kind: str
    words: tuple[str, ...]

    @cached_property
    def letters(self) -> str:
        return "".join(self.words)


def _kinds() -> dict[tuple[str, ...], str]:
    found: dict[tuple[str, ...], str] = {("rond", "point"): "rond point", ("rd", "pt"): "rond point"}
    for group in _KINDS.split(";"):
        first, *others = group.split()
        if first != "rond":
            found |= {(each,): first for each in (first, *others)}
    return {**found, ("rpt",): "rond point", ("st",): "", ("gal",): "galerie"}


KINDS: Final = MappingProxyType({words: kind for words, kind in _kinds().items() if kind})


@lru_cache(maxsize=100_000)
def street_name(words: str) -> StreetName:
    """Return a street's name taken apart."""
    said = plain(words).split()
    kind = ""
    for length in (2, 1):
        if len(said) > length and tuple(said[:length]) in KINDS:
            kind = KINDS[tuple(said[:length])]
            said = said[length:]
            break
    spelt = " ".join(_SHORT.get(each, each) for each in said).split()
    own = tuple(each for each in spelt if each not in _ARTICLES)
    return StreetName(kind, own or tuple(spelt))


def alike(first: StreetName, second: StreetName) -> float:
    """Return how alike two names are, 0 to 1.

    Most towns have a place, an avenue and a street of one name: where kinds differ, they have to be kinds that
    are confused, and all other words the same. A word too many, an initial for a name, or an untold kind cost a
    little; else it is the share of letters that agree (the normalised insertion and deletion distance of
    RapidFuzz).
    """
    if first.kind != second.kind and first.kind and second.kind:
        confused = any(first.kind in kinds and second.kind in kinds for kinds in _LIKE_KINDS)
        return _KIND_OTHER if confused and first.letters == second.letters else 0.0
    untold = 0.0 if first.kind == second.kind else _KIND_UNTOLD
    letters = fuzz.ratio(first.letters, second.letters) / 100.0
    # A word more where no kind is told is the kind of another thing: canal de l'Ourcq is no rue de l'Ourcq.
    other_thing = any(
        not a.kind and b.kind and len(a.words) > len(b.words) for a, b in ((first, second), (second, first))
    )
    words = 0.0 if other_thing else _by_words(first.words, second.words)
    return max(0.0, max(letters, words) - untold)


def _by_words(first: Sequence[str], second: Sequence[str]) -> float:
    """Return how alike names are whose words agree in their order but for initials and words left out."""
    few, many = sorted((first, second), key=len)
    if not few or few[-1] != many[-1] or len(few[-1]) < _LEAST_LETTERS:
        return 0.0
    cost, at = 0.0, 0
    for word in many:
        if at < len(few) and word == few[at]:
            at += 1
        elif at < len(few) and word[0] == few[at][0] and 1 in (len(word), len(few[at])):
            cost, at = cost + _INITIAL, at + 1
        else:
            cost += _FEWER_WORDS
    return 1.0 - cost if at == len(few) else 0.0


class NameIndex:
    """The names of a gazetteer, ready to be looked through.

    Parameters
    ----------
    names : sequence of str
        Each once, as the gazetteer writes them.
    """

    def __init__(self, names: Sequence[str]) -> None:
        self.names = tuple(names)
        self._apart = [street_name(name) for name in names]
        self._letters = [name.letters for name in self._apart]
        self._by_last: dict[str, list[int]] = {}
        for number, name in enumerate(self._apart):
            if name.words:
                self._by_last.setdefault(name.words[-1], []).append(number)

    def like(self, asked: Sequence[str]) -> list[dict[int, float]]:
        """Return, for each name asked, the numbers of names that are alike, with their likeness."""
        found: list[dict[int, float]] = []
        for first in range(0, len(asked), _AT_ONCE):
            names = [street_name(each) for each in asked[first : first + _AT_ONCE]]
            if not self.names:
                found += [{} for _ in names]
                continue
            table: NDArray[np.uint8] = process.cdist(
                [name.letters for name in names],
                self._letters,
                scorer=fuzz.ratio,
                score_cutoff=100 * LEAST_ALIKE,
                dtype=np.uint8,
            )
            found += [self._alike(name, np.flatnonzero(row)) for name, row in zip(names, table, strict=True)]
        return found

    def _alike(self, name: StreetName, near: NDArray[np.intp]) -> dict[int, float]:
        if not name.words:
            return {}
        worth = {*near.tolist(), *self._by_last.get(name.words[-1], ())}
        told = {number: alike(name, self._apart[number]) for number in sorted(worth)}
        best = max(told.values(), default=0.0)
        least = 1.0 if best == 1.0 else max(LEAST_ALIKE, best - _NEXT_BEST)
        return {number: round(score, 4) for number, score in told.items() if score >= least}


def is_kind(word: str) -> bool:
    """Return whether a word, spelt out, tells a kind of way."""
    return re.fullmatch(r"\w{3,}", word) is not None and plain(word) in _SPELT_OUT


_SPELT_OUT: Final = frozenset(kind for kind in KINDS.values())
