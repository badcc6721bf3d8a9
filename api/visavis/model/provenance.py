"""Where a thing comes from: sources with their licence, and the record of a build."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, Final

from visavis.model.vocabulary import Word

# How the id of a dossier is made: country/authority/year-what.
_DOSSIER: Final = re.compile(r"[a-z]{2}(/[a-z0-9][a-z0-9-]*){2}")
# Cameras without papers: they are as real as what they stand among.
_WITHOUT_PAPERS: Final = "zz/"


@dataclass(frozen=True)
class Source:
    """A file or publication that rows come from.

    `invented` marks data that describes no real place; every output repeats the mark.
    """

    source_id: str
    title: str
    licence: str
    attribution: str
    url: str | None = None
    sha256: str | None = None
    invented: bool = False


INVENTED: Final = Word(
    "Invented: no real place, no real camera.", "Inventé : aucun lieu réel, aucune caméra réelle."
)


@dataclass(frozen=True)
class BuildRecord:
    """What a store was built from and how: enough to build it again."""

    built_at: datetime
    software: str
    parameters: Mapping[str, Any]
    sources: Sequence[Source] = field(default_factory=tuple)

    @cached_property
    def build_id(self) -> str:
        """A digest of software, parameters and inputs; the clock has no part in it."""
        content = repr((self.software, sorted(self.parameters.items()), self.sources))
        return hashlib.sha256(content.encode()).hexdigest()[:16]

    @property
    def invented(self) -> bool:
        return any(source.invented for source in self.sources)

    @cached_property
    def invented_in(self) -> tuple[str, ...]:
        """Return the sources that are invented, where a real dossier stands beside them; else none is named."""
        made_up = tuple(source.source_id for source in self.sources if source.invented)
        world = any(not _DOSSIER.fullmatch(name) for name in made_up)
        real = any(
            _DOSSIER.fullmatch(source.source_id) is not None
            and not source.invented
            and not (world and source.source_id.startswith(_WITHOUT_PAPERS))
            for source in self.sources
        )
        return made_up if real else ()

    def is_invented(self, *origins: str | None) -> bool:
        """Say whether what comes from these dossiers and sources is invented; where none is told, whether all is."""
        if not self.invented_in:
            return self.invented
        return any(origin in self.invented_in for origin in origins)

    @property
    def mark(self) -> Word | None:
        """Return what any file and page says of an invented place: of the whole, or of which sources; None of none."""
        if not self.invented:
            return None
        if not self.invented_in:
            return INVENTED
        named = ", ".join(self.invented_in)
        return Word(
            f"Invented in part: no real place and no real camera in {named}.",
            f"Inventé en partie : aucun lieu réel ni caméra réelle dans {named}.",
        )

    @property
    def told_invented(self) -> str:
        """Return the same in few words, for entries that are called so."""
        if self.invented_in:
            return f"in part: {', '.join(self.invented_in)}"
        return "yes: no real place, no real camera" if self.invented else "no"

    def as_dict(self) -> dict[str, Any]:
        return {
            "build_id": self.build_id,
            "built_at": self.built_at.isoformat(),
            "software": self.software,
            "parameters": dict(self.parameters),
            "invented": self.invented,
            "invented_in": list(self.invented_in),
            "sources": [asdict(source) for source in self.sources],
        }


def sha256_of(content: bytes) -> str:
    """Return the SHA-256 of some bytes as hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()
