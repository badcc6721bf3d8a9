"""The papers' words, and which row holds which: what a search asks. In memory, made once a build."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from visavis.disclosures.subjects import title_of
from visavis.layers import LAYERS
from visavis.model.folding import composed, words_of
from visavis.model.vocabulary import AGREEMENTS, ANSWERS, DEADLINES, DOCUMENT_STATUSES, Word

# The layers that are searched, in the order in which equally good answers come; and the column of a row's title.
SEARCHED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "disclosures": "title",
        "documents": "title",
        "questions": "question",
        "claims": "subject",
        "contradictions": "subject",
        "comparisons": "title",
        "observations": "subject",
        "timeline": "what",
        "requests": "asked_by",
        "withheld": "what",
    }
)
_CODES: Final = {
    "status": DOCUMENT_STATUSES,
    "answer": ANSWERS,
    "deadline": DEADLINES,
    "agreement": AGREEMENTS,
}
# A title weighs more than what is said beneath it, a whole word more than the beginning of one.
_TITLE_WHOLE, _TITLE_BEGINS, _WHOLE, _BEGINS = 8, 4, 2, 1
_AROUND: Final = 80
# Codes whose words are the titles of their rows.
_TOLD_BY_TITLES: Final = ("subject", "code")

Row = Mapping[str, Any]
Piece = tuple[str, bool]


@dataclass(frozen=True)
class Entry:
    """A row that can be found: where it is, its title, and its texts, each composed (NFC)."""

    layer: str
    id: str
    disclosure_id: str
    title: Word
    texts: tuple[str, ...]

    def excerpt(self, terms: Sequence[str]) -> list[Piece]:
        """Return the words around the first hit, in pieces, each with whether it is what was asked for."""
        for text in self.texts:
            spans = [(w.start, w.end) for w in words_of(text) if any(_meets(w.folded, t) for t in terms)]
            if spans:
                return list(_pieces(text, spans))
        return [(_shortened(" · ".join(self.texts)), False)] if self.texts else []


class Hit(NamedTuple):
    """A row that was found, and how well it fits."""

    entry: Entry
    score: int


@dataclass(frozen=True)
class Index:
    """Which rows hold which words; `vocabulary` is in order, so that beginnings lie together."""

    entries: tuple[Entry, ...]
    vocabulary: tuple[str, ...]
    titles: Mapping[str, array[int]]
    bodies: Mapping[str, array[int]]

    @classmethod
    def of(cls, rows: Iterable[tuple[str, Row]]) -> Index:
        """Return the index of some rows, each with the name of its layer."""
        entries = []
        titles: dict[str, array[int]] = defaultdict(lambda: array("I"))
        bodies: dict[str, array[int]] = defaultdict(lambda: array("I"))
        for number, (layer, row) in enumerate(rows):
            entry = _entry(layer, row)
            entries.append(entry)
            for posted, texts in ((titles, entry.title), (bodies, entry.texts)):
                for word in {word.folded for text in texts for word in words_of(text)}:
                    posted[word].append(number)
        return cls(tuple(entries), tuple(sorted({*titles, *bodies})), dict(titles), dict(bodies))

    def find(self, query: str, layer: str | None = None, dossier: str | None = None) -> list[Hit]:
        """Return the rows that hold every word of `query`, or a word that begins so; the best first.

        A number is meant whole: 217 does not find 2170.
        """
        found: dict[int, int] | None = None
        for term in terms_of(query):
            scores = self._scores(term)
            found = (
                scores
                if found is None
                else {number: found[number] + scores[number] for number in found.keys() & scores.keys()}
            )
        hits = [
            Hit(self.entries[number], score)
            for number, score in sorted((found or {}).items(), key=lambda each: (-each[1], each[0]))
        ]
        return [
            hit
            for hit in hits
            if layer in (None, hit.entry.layer) and dossier in (None, hit.entry.disclosure_id)
        ]

    def _scores(self, term: str) -> dict[int, int]:
        scores: dict[int, int] = {}
        for word in self._beginning(term):
            whole = word == term
            for posted, weight in (
                (self.titles, _TITLE_WHOLE if whole else _TITLE_BEGINS),
                (self.bodies, _WHOLE if whole else _BEGINS),
            ):
                for number in posted.get(word, ()):
                    scores[number] = max(weight, scores.get(number, 0))
        return scores

    def _beginning(self, term: str) -> Iterator[str]:
        first = bisect_left(self.vocabulary, term)
        met = takewhile(lambda word: word.startswith(term), self.vocabulary[first:])
        return (word for word in met if _meets(word, term))


def terms_of(query: str) -> list[str]:
    """Return the words of a query as they are compared, each once."""
    return list(dict.fromkeys(word.folded for word in words_of(query)))


def _meets(word: str, term: str) -> bool:
    return word == term or (word.startswith(term) and not term.isdigit())


def _entry(layer: str, row: Row) -> Entry:
    table = LAYERS[layer].table
    stem = SEARCHED[layer]
    if stem == "subject":
        title = title_of(str(row["subject"]))
    else:
        plain = row.get(stem) or row.get(f"{stem}_en") or row.get("asked_of") or ""
        title = Word(str(plain), str(row.get(f"{stem}_fr") or plain))
    told = [
        str(row[name])
        for name in table.columns
        if _is_searched(layer, name) and row[name] is not None and str(row[name]) not in title
    ]
    told += [words for name, codes in _CODES.items() if name in row for words in codes[row[name]]]
    return Entry(
        layer,
        str(row[table.id_column]),
        str(row["disclosure_id"]),
        Word(composed(title.en), composed(title.fr)),
        tuple(map(composed, told)),
    )


def _is_searched(layer: str, column: str) -> bool:
    """Say whether a column holds words: not figures, hashes, names of rows, or codes told in words."""
    declared = LAYERS[layer].table.columns[column]
    if "str" not in str(declared.dtype) or column in _CODES or column in _TOLD_BY_TITLES:
        return False
    return not column.endswith(("_id", "_ids", "sha256"))


def _shortened(text: str) -> str:
    return text if len(text) <= 2 * _AROUND else f"{text[: 2 * _AROUND]} …"


def _pieces(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[Piece]:
    start = max(spans[0][0] - _AROUND, 0)
    end = min(max(spans[0][1] + 2 * _AROUND, 0), len(text))
    at = start
    if start:
        yield "… ", False
    for first, last in spans:
        if last > end:
            break
        if first > at:
            yield text[at:first], False
        yield text[first:last], True
        at = last
    if at < end:
        yield text[at:end], False
    if end < len(text):
        yield " …", False
