"""The few SVG elements that a picture is drawn with, as text."""

from __future__ import annotations

from html import escape
from typing import Any, Final

import shapely

INK: Final = "#1c1f24"
QUIET: Final = "#5c6067"
PAPER: Final = "#fffdf8"
FRAME: Final = "#8d8778"
OCHRE: Final = "#8a4b00"

FONT: Final = "'Source Sans Pro', 'Source Sans 3', 'Segoe UI', 'Helvetica Neue', Arial, sans-serif"

# Mean width of a letter as a share of its size, a little more than most texts have.
LETTER: Final = 0.475


def words(
    x: float,
    y: float,
    text: str,
    size: int,
    weight: str = "400",
    colour: str = INK,
    anchor: str = "start",
    *,
    halo: str | None = None,
) -> str:
    """Return a line of text; a halo, in this colour, keeps it legible on whatever it stands on."""
    around = f' stroke="{halo}" stroke-width="4" stroke-linejoin="round" paint-order="stroke"' if halo else ""
    at = "" if anchor == "start" else f' text-anchor="{anchor}"'
    bold = "" if weight == "400" else f' font-weight="{weight}"'
    ink = "" if colour == INK else f' fill="{colour}"'
    return f'<text x="{num(x)}" y="{num(y)}" font-size="{size}"{bold}{ink}{at}{around}>{plain(text)}</text>'


def outline(shape: Any, scale: float) -> str:
    """Return the path data of a polygon or several, holes included."""
    rings = shapely.get_rings(shapely.get_parts(shape))
    return "".join(f"{trace(ring, scale)}Z" for ring in rings)


def trace(line: Any, scale: float) -> str:
    """Return the path data of a line; a closed one is left for its `Z` to close."""
    at = shapely.get_coordinates(line) * scale
    closed = len(at) > 2 and bool((at[0] == at[-1]).all())
    return "M" + "L".join(f"{num(x)} {num(y)}" for x, y in (at[:-1] if closed else at).tolist())


def num(value: float) -> str:
    """Return a number in as few characters as a hundredth of a pixel needs."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def plain(text: str) -> str:
    """Return text as XML may hold it: escaped, without the characters that XML knows no way to write."""
    return escape("".join(c for c in text if c in "\t\n" or c >= " "), quote=False)


def quoted(text: str) -> str:
    """Return text as an attribute in double quotes may hold it."""
    return plain(text).replace('"', "&quot;")


def wrapped(text: str, width: float, size: float) -> list[str]:
    """Return a text in lines that fit a width."""
    most = int(width / (LETTER * size))
    lines, line = [], ""
    for word in text.split(" "):
        if line and len(line) + 1 + len(word) > most:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return [*lines, line]
