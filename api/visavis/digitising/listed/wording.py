"""What the words of a place name: streets, with house numbers; what stands beside them left aside."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from visavis.digitising.listed.street_names import is_kind

_BETWEEN: Final = re.compile(r"\s*[;,/\n]\s*|\s*[—–]\s*|\s+-\s+|\s+[x×]\s+")
_ANGLE: Final = re.compile(
    r"\b(?:(?:à|a) l['’]angle|angle|à l['’]intersection|intersection|croisement|au coin)"
    r"(?:\s+(?:avec|de la|de l['’]|du|des|de|entre|formé par))?\b\s*",
    re.IGNORECASE,
)
# How a place stands to what is named: before it, level with it, on its side.
_BESIDE: Final = re.compile(
    r"^(?:en\s+)?(?:face\s+(?:à|au|aux|de|du)|face|devant|derrière|vers|(?:au\s+)?niveau(?:\s+d[eu])?|"
    r"au droit d[eu]|à hauteur d[eu]|vis[ -]à[ -]vis d[eu]|(?:en )?bas d[eu]|(?:en )?haut d[eu]|à proximité d[eu]|"
    r"près d[eu]|proche|côté|coté|entrée|sortie|débouché|prolongement|jonction|opposite|in front of|near|outside)\b"
    r"(?:\s+(?:la|le|les|l['’]|du|de la|de l['’]|des))?\s*(?=\S)",
    re.IGNORECASE,
)
_SIDE: Final = re.compile(
    r"(?<!\b[Dd]u)(?<!\b[Dd]e)(?<!\b[Ll]a)\s+"
    r"(?:(?:côté|coté|rive|sens|face|contre[ -]allée|déplacée)\b.*|amont|aval|nord|sud|est|ouest|pair|impair|"
    r"nord[ -](?:est|ouest)|sud[ -](?:est|ouest)|intérieure?|extérieure?)$",
    re.IGNORECASE,
)
_ASIDE: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_ONE_NUMBER: Final = r"(\d{1,4})\s*(bis|ter|quater|[a-d](?![\w'’]))?"
_LEADING: Final = re.compile(
    rf"^(?:n\s*[°ºo]s?\s*|nos?\s+)?{_ONE_NUMBER}(?:\s*(?:[-–/à&]|et)\s*\d{{1,4}}\s*(?:bis|ter)?)*(?:\s+|$)",
    re.IGNORECASE,
)
_TRAILING: Final = re.compile(rf"\s+(?:n\s*[°ºo]\s*)?{_ONE_NUMBER}$", re.IGNORECASE)
# Words after which a kind belongs to the name before it: avenue de la Porte, rue du Pont.
_BOUND: Final = frozenset(
    ("de", "du", "des", "d", "la", "le", "les", "l", "aux", "au", "à", "en", "sur", "sous", "vieux", "grand")
)
_ARTICLE: Final = re.compile(r"(?:de la |de l['’]|des |du |de |la |le |les |l['’])\s*(\w+)", re.IGNORECASE)
_MONTHS: Final = re.compile(
    r"(?:janvier|février|fevrier|mars|avril|mai|juin|juillet|août|aout|septembre|octobre|novembre|décembre|decembre)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Named:
    """One street or place that the words name.

    Parameters
    ----------
    name : str
    number : str
        House number with its letter, such as ``12`` or ``12bis``; empty where none is told.
    """

    name: str
    number: str = ""


def named(words: str) -> tuple[Named, ...]:
    """Return the streets and places that the words of a place name, in their order."""
    found: list[Named] = []
    number = ""
    for piece in _BETWEEN.split(_ANGLE.sub(" , ", _ASIDE.sub(" ", words))):
        bare = _bare(piece)
        leading = _LEADING.match(bare)
        if leading is not None and not _MONTHS.match(bare[leading.end() :]):
            number = (leading[1].lstrip("0") or "0") + (leading[2] or "").lower()
            bare = _bare(bare[leading.end() :])
        if not bare:
            continue
        trailing = None if number else _TRAILING.search(bare)
        if trailing is not None and trailing.start() and not _MONTHS.search(bare):
            number = (trailing[1].lstrip("0") or "0") + (trailing[2] or "").lower()
            bare = bare[: trailing.start()]
        found.append(Named(bare, number))
        number = ""
    return tuple(found)


def split_further(one: Named) -> tuple[Named, ...]:
    """Return what one name would be if it were several run together: before each kind of way, and at an "et"."""
    words = one.name.split()
    starts = [0]
    for at in range(1, len(words)):
        before = re.split(r"['’]", words[at - 1])[-1].lower()
        joined = words[at - 1].lower() in ("et", "and", "&")
        if joined or (is_kind(words[at]) and before not in _BOUND):
            starts.append(at)
    if len(starts) == 1:
        return (one,)
    pieces = [" ".join(words[a:b]) for a, b in zip(starts, [*starts[1:], len(words)], strict=True)]
    bare = [_bare(re.sub(r"\s*(?:\bet|\band|&)$", "", piece)) for piece in pieces]
    first, *others = [piece for piece in bare if piece]
    return (Named(first, one.number), *(Named(piece) for piece in others))


def _bare(piece: str) -> str:
    """Return a piece without the words that say how the camera stands to it."""
    bare = " ".join(piece.split()).strip(" .:")
    for _ in range(2):
        bare = _SIDE.sub("", _BESIDE.sub("", bare)).strip(" .:")
    article = _ARTICLE.match(bare)
    return bare if article is None or not is_kind(article[1]) else bare[article.start(1) :]
