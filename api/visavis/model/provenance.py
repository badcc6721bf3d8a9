"""Where a thing comes from: sources with their licence, and the record of a build."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any


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

    def as_dict(self) -> dict[str, Any]:
        return {
            "build_id": self.build_id,
            "built_at": self.built_at.isoformat(),
            "software": self.software,
            "parameters": dict(self.parameters),
            "invented": self.invented,
            "sources": [asdict(source) for source in self.sources],
        }


def sha256_of(content: bytes) -> str:
    """Return the SHA-256 of some bytes as hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()
