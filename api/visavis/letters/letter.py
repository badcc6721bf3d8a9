"""A letter: parts in their order, paragraphs in them, blanks that are left, rules that it cites."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from visavis.letters.blanks import Blank
from visavis.letters.case import Held

Role = Literal["notice", "sender", "recipient", "dateline", "subject", "body", "closing", "law", "origin"]
ROLES: Final[tuple[Role, ...]] = (
    "notice", "sender", "recipient", "dateline", "subject", "body", "closing", "law", "origin",
)  # fmt: skip


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, or an item of a list: `mark` is a dash or a number with its full stop."""

    text: str
    mark: str | None = None


@dataclass(frozen=True)
class Part:
    """Paragraphs that have one role in a letter."""

    role: Role
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True)
class Letter:
    """What a person may send, in one language, with the law of one day.

    Parameters
    ----------
    kind : str
        Code of LETTER_KINDS.
    title : str
    lang : str
    on : date
        The day whose law it cites.
    parts : tuple of Part
    blanks : tuple of Blank
        Those that are left open, in the order in which they stand in the letter.
    rules : tuple of Held
        Those that it cites, likewise.
    """

    kind: str
    title: str
    lang: str
    on: date
    parts: tuple[Part, ...]
    blanks: tuple[Blank, ...]
    rules: tuple[Held, ...]

    @property
    def text(self) -> str:
        """The whole letter as plain text: an empty line between paragraphs, none between items of a list."""
        return "\n\n".join("\n".join(_lines(part)) for part in self.parts) + "\n"


def _lines(part: Part) -> Iterator[str]:
    before: Paragraph | None = None
    for paragraph in part.paragraphs:
        if before is not None and paragraph.mark is None and part.role not in ("sender", "recipient"):
            yield ""
        yield paragraph.text if paragraph.mark is None else f"{paragraph.mark} {paragraph.text}"
        before = paragraph
