"""Doubt as data: a finding has a stable code, subjects, figures, and words in both languages.

The words of a code stand in one catalogue, kept by the room that raises it and registered at import
of that room's ``findings`` module through :func:`catalogue`. A finding never accuses: it says what was
read, assumed or computed, and what to check.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

import pandas as pd

from visavis.model.schema import key, plain_table, text
from visavis.model.vocabulary import SEVERITIES

Figure = str | float | int | bool | None


@dataclass(frozen=True)
class Kind:
    """What a finding code means: severity and the sentence in both languages.

    The sentences are ``str.format`` templates over the finding's figures.
    """

    severity: str
    en: str
    fr: str


Catalogue = Mapping[str, Kind]


@dataclass(frozen=True)
class Finding:
    """One doubt.

    Parameters
    ----------
    code : str
        ``room.what``, for example ``sheet.control-point-outlier``.
    kind : Kind
        Severity and words, from the raising room's catalogue.
    subjects : tuple of str
        The ids that it is about (cameras, spaces, OSM ids, control points).
    figures : mapping
        The numbers and words that the sentence cites.
    rule_id : str, optional
        The rule that it bears on.
    documents : tuple of str
        Ids of the documents that it rests on, where whoever raises it knows them.
    """

    code: str
    kind: Kind
    subjects: tuple[str, ...] = ()
    figures: Mapping[str, Figure] = field(default_factory=dict)
    rule_id: str | None = None
    documents: tuple[str, ...] = ()

    @property
    def text_en(self) -> str:
        return self.kind.en.format(**self.figures)

    @property
    def text_fr(self) -> str:
        return self.kind.fr.format(**self.figures)

    def __reduce__(self) -> tuple[object, ...]:
        """Let a finding travel to another process, which a read-only mapping alone does not."""
        return _again, (self.code, self.kind, self.subjects, dict(self.figures), self.rule_id, self.documents)

    def finding_id(self, disclosure_id: str | None = None) -> str:
        """Return an id that survives a rebuild: a digest of dossier, code, subjects and figures.

        The documents have no part in it: a paper that gets a name changes no finding.
        """
        content = json.dumps(
            [disclosure_id, self.code, self.subjects, dict(self.figures), self.rule_id],
            sort_keys=True,
            default=str,
        )
        return f"{self.code}/{hashlib.sha256(content.encode()).hexdigest()[:12]}"


def _again(
    code: str,
    kind: Kind,
    subjects: tuple[str, ...],
    figures: dict[str, Figure],
    rule_id: str | None,
    documents: tuple[str, ...],
) -> Finding:
    return Finding(code, kind, subjects, MappingProxyType(figures), rule_id, documents)


def catalogue(**kinds: Kind) -> Catalogue:
    """Return a read-only catalogue; ``sheet__legend_unread`` stands for ``sheet.legend-unread``."""
    named = {name.replace("__", ".").replace("_", "-"): kind for name, kind in kinds.items()}
    return MappingProxyType(named)


def raised(
    words: Catalogue,
    code: str,
    /,
    *subjects: str,
    rule_id: str | None = None,
    documents: Iterable[str] = (),
    **figures: Figure,
) -> Finding:
    """Return the finding of `code` with the words that `words` keeps for it."""
    papers = tuple(dict.fromkeys(documents))
    return Finding(code, words[code], tuple(subjects), MappingProxyType(figures), rule_id, papers)


FINDINGS: Final = plain_table(
    "findings",
    finding_id=key("Stable id: the code and a digest of subjects and figures"),
    disclosure_id=text("Dossier that it belongs to", optional=True),
    code=text("Stable code, room.what"),
    severity=text("How much it matters", among=SEVERITIES),
    subject_ids=text("Ids that it is about, joined by ';'", optional=True),
    document_ids=text(
        "Documents of the dossier that it rests on, joined by ';'; empty where it rests on none",
        optional=True,
    ),
    rule_id=text("Rule that it bears on", optional=True),
    figures=text("Figures that the sentence cites, as JSON"),
    text_en=text("The sentence in English"),
    text_fr=text("The sentence in French"),
)


def findings_table(found: Iterable[Finding], disclosure_id: str | None = None) -> pd.DataFrame:
    """Return findings as the declared table, each once, ordered by id."""
    rows = {
        f.finding_id(disclosure_id): {
            "finding_id": f.finding_id(disclosure_id),
            "disclosure_id": disclosure_id,
            "code": f.code,
            "severity": f.kind.severity,
            "subject_ids": ";".join(f.subjects) or None,
            "document_ids": ";".join(f.documents) or None,
            "rule_id": f.rule_id,
            "figures": json.dumps(dict(f.figures), sort_keys=True, ensure_ascii=False),
            "text_en": f.text_en,
            "text_fr": f.text_fr,
        }
        for f in found
    }
    return FINDINGS.frame([rows[i] for i in sorted(rows)])
