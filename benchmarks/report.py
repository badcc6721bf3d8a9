"""What a benchmark says, as Markdown that also reads well on a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass
class Report:
    """Lines of Markdown, printed as they come."""

    lines: list[str] = field(default_factory=list)

    def head(self, title: str) -> None:
        """Begin a part."""
        self.say(f"## {title}")

    def say(self, text: str) -> None:
        """Add a paragraph."""
        self._add([text, ""])

    def table(self, title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Add a table below its title; numbers stand to the right."""
        widths = [max(len(cell) for cell in column) for column in zip(columns, *rows, strict=True)]
        self._add([f"**{title}**", "", _row(columns, widths)])
        self._add(["|" + "|".join(_rule(k, width) for k, width in enumerate(widths)) + "|"])
        self._add([*(_row(row, widths) for row in rows), ""])

    def _add(self, lines: Sequence[str]) -> None:
        for line in lines:
            print(line, flush=True)  # noqa: T201 -- this is what the command is for
        self.lines.extend(lines)


def verdict(met: bool) -> str:
    """Return what is said of a target."""
    return "met" if met else "missed"


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = [
        cell.ljust(w) if k == 0 else cell.rjust(w)
        for k, (cell, w) in enumerate(zip(cells, widths, strict=True))
    ]
    return "| " + " | ".join(padded) + " |"


def _rule(k: int, width: int) -> str:
    return ("-" * (width + 2)) if k == 0 else ("-" * (width + 1) + ":")
