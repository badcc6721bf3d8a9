"""What a report is made of: blocks in the order in which they are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

Block = dict[str, Any]


@dataclass
class Blocks:
    """Blocks that are being put together, and the pictures that they name."""

    told: list[Block] = field(default_factory=list)
    pictures: dict[str, bytes] = field(default_factory=dict)

    def heading(self, text: str, level: int = 2) -> None:
        """Begin a section."""
        self.told.append({"kind": "heading", "level": level, "text": text})

    def text(self, *paragraphs: str, sticky: bool = False) -> None:
        """Add paragraphs; a sticky one stays on the page of what follows."""
        self.told += [{"kind": "text", "text": each, "sticky": sticky} for each in paragraphs if each]

    def notice(self, text: str) -> None:
        """Add words in a frame."""
        self.told.append({"kind": "notice", "text": text})

    def items(self, items: Sequence[str]) -> None:
        """Add a list."""
        if items:
            self.told.append({"kind": "list", "items": list(items)})

    def contents(self, title: str) -> None:
        """Add the list of sections."""
        self.told.append({"kind": "contents", "text": title})

    def new_page(self) -> None:
        """Go on on a new page."""
        self.told.append({"kind": "break"})

    def table(
        self, caption: str, head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float | str]
    ) -> None:
        """Add a table; one without rows is left out."""
        if rows:
            told = {"caption": caption, "head": list(head), "rows": [list(row) for row in rows]}
            self.told.append({"kind": "table", "widths": list(widths), **told})

    def figure(self, name: str, picture: bytes, alt: str, caption: str, width: float = 1.0) -> None:
        """Add a picture with words for those who don't see it."""
        self.pictures[name] = picture
        self.told.append({"kind": "figure", "file": name, "alt": alt, "caption": caption, "width": width})
