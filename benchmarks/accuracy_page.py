"""The accuracy page: what was read how well, what missed its target, and what was not read."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from benchmarks.coverage import Coverage
from benchmarks.machine import machine_line
from visavis.digitising.scoring import Score

# Least share, or greatest error, that is aimed at for a rendering: issue of the digitising room.
VECTOR: Final = {
    "recall": 0.99,
    "precision": 0.99,
    "kind": 0.99,
    "label": 0.98,
    "position_m_median": 0.5,
    "position_m_p95": 1.0,
    "direction_found": 0.98,
    "direction_deg_median": 0.5,
    "direction_deg_p95": 2.0,
}


def _target(*values: float) -> dict[str, float]:
    return dict(zip(VECTOR, values, strict=True))


TARGETS: Final = {
    "vector": VECTOR,
    "outlined": VECTOR | {"label": 0.9},
    "scan300": _target(0.98, 0.98, 0.98, 0.9, 0.6, 1.2, 0.95, 1.5, 6),
    "s1": _target(0.95, 0.95, 0.97, 0.8, 0.8, 2.0, 0.92, 2, 10),
    "s2": _target(0.95, 0.95, 0.97, 0.8, 0.8, 2.0, 0.92, 2, 10),
    "s3": _target(0.93, 0.93, 0.85, 0.75, 0.8, 2.5, 0.88, 2.5, 12),
}
_SHARES: Final = ("recall", "precision", "kind", "label", "direction_found")
_COVERED: Final = ("position_covered_95", "direction_covered_95")


@dataclass(frozen=True)
class Reading:
    """One rendering of one sheet as it was read; `seconds` of one core, `refused` the line where it was not.

    `largest_mb` is what the largest process took of memory so far, `anew` how often stated errors hold were the
    control points picked anew.
    """

    sheet: str
    rendering: str
    score: Score | None
    seconds: float
    refused: str = ""
    largest_mb: float = 0.0
    anew: Coverage = field(default_factory=Coverage)


def page(read: Sequence[Reading]) -> str:
    """Return the accuracy page."""
    peak_mb = max((each.largest_mb for each in read), default=0.0)
    renderings = [each for each in TARGETS if any(r.rendering == each for r in read)]
    missing = [each for each in TARGETS if each not in renderings]
    left = [f"Renderings left out of this run: {', '.join(missing)}.", ""] if missing else []
    lines = [
        "# Accuracy",
        "",
        "How well sheets are read whose truth is known: invented cameras drawn on real streets in three styles, each",
        "in six renderings: a vector PDF; its text as outlines; a clean scan at 300 dpi; `s1` an office scan, 180 dpi,",
        "turned and stained; `s2` a phone's picture; `s3` a black and white photocopy. Written by",
        "`python -m benchmarks.accuracy FOLDER --markdown docs/accuracy.md`, not by hand.",
        "",
        f"{machine_line()} The largest process took {peak_mb:.0f} MB.",
        "",
        "## By rendering",
        "",
        "Means over the sheets; in brackets what is aimed at. A figure that misses it is **bold**.",
        "",
        *_table(
            ["rendering", "sheets read", *(_NAMES[name] for name in VECTOR), "core s a sheet"],
            [_mean_row(rendering, [r for r in read if r.rendering == rendering]) for rendering in renderings],
        ),
        "",
        "## Stated errors",
        "",
        "Share of the true errors within the 95 % bound that each camera states, and directions given to cameras",
        "that show none (aimed at: 0). The cameras of a sheet err together, by the error of its control points: the",
        "share of one sheet is near 1, or far below. So the control points are also picked anew many times, as",
        "scattered as the given ones, with the errors of reading as they were made: in how many cases do the bounds",
        "hold (aimed at: 0.93–0.97)?",
        "",
        *_table(
            [
                "rendering",
                "position",
                "direction",
                "position, picked anew",
                "direction, picked anew",
                "invented",
            ],
            [
                _covered_row(rendering, [r for r in read if r.rendering == rendering])
                for rendering in renderings
            ],
        ),
        "",
        "## Sheet by sheet",
        "",
        *_table(
            ["sheet", "rendering", "cameras", *(_NAMES[name] for name in VECTOR), "core s"],
            [_sheet_row(each) for each in read if each.score is not None],
        ),
        "",
        *_refusals(read),
        *left,
        "Cameras are matched one to one within 15 m. Kind and label are shares of the matched cameras, a direction",
        "found one of those whose truth has a direction. Control points were given, picked about a pixel off; perfect",
        "detection would place cameras 0.1–0.6 m (RMS) from the truth.",
        "",
    ]
    return "\n".join(lines)


_NAMES: Final = {
    "recall": "recall",
    "precision": "precision",
    "kind": "kind",
    "label": "label",
    "position_m_median": "position, m",
    "position_m_p95": "95 %, m",
    "direction_found": "direction found",
    "direction_deg_median": "direction, °",
    "direction_deg_p95": "95 %, °",
}


def _mean_row(rendering: str, read: Sequence[Reading]) -> list[str]:
    good = [asdict(each.score) for each in read if each.score is not None]
    targets = TARGETS[rendering]
    cells = [_against(name, _mean([each[name] for each in good]), targets[name]) for name in VECTOR]
    seconds = _mean([each.seconds for each in read if each.score is not None])
    return [rendering, f"{len(good)} of {len(read)}", *cells, "–" if seconds is None else f"{seconds:.0f}"]


def _covered_row(rendering: str, read: Sequence[Reading]) -> list[str]:
    good = [each for each in read if each.score is not None]
    told = [asdict(each.score) for each in good if each.score is not None]
    here = [_mean([each[name] for each in told]) for name in _COVERED]
    anew = [_mean([each.anew.position for each in good]), _mean([each.anew.direction for each in good])]
    invented = sum(each["direction_invented"] for each in told)
    return [
        rendering,
        *("–" if share is None else f"{share:.3f}" for share in here),
        *("–" if share is None else _bold(f"{share:.3f}", not 0.93 <= share <= 0.97) for share in anew),
        _bold(str(invented), invented > 0),
    ]


def _sheet_row(each: Reading) -> list[str]:
    found: dict[str, Any] = asdict(each.score) if each.score is not None else {}
    cells = ["–" if found[name] is None else _plain(name, found[name]) for name in VECTOR]
    return [
        each.sheet,
        each.rendering,
        f"{found['predicted']} of {found['truth']}",
        *cells,
        f"{each.seconds:.0f}",
    ]


def _refusals(read: Sequence[Reading]) -> list[str]:
    refused = [each for each in read if each.score is None]
    if not refused:
        return []
    told = [f"- {each.sheet} {each.rendering}: {each.refused.split('visavis: ')[-1]}" for each in refused]
    # Paths of the machine that wrote the page say nothing to its readers.
    bare = [
        " ".join(word.rsplit("/", 1)[-1] if word.startswith("/") else word for word in t.split(" "))
        for t in told
    ]
    return ["Not read:", "", *bare, ""]


def _against(name: str, value: float | None, target: float) -> str:
    if value is None:
        return "–"
    missed = value < target if name in _SHARES else value > target
    return f"{_bold(_plain(name, value), missed)} ({'≥' if name in _SHARES else '≤'} {target:g})"


def _plain(name: str, value: float) -> str:
    return f"{value:.3f}" if name in _SHARES else f"{value:.2f}"


def _bold(words: str, yes: bool) -> str:
    return f"**{words}**" if yes else words


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None and math.isfinite(value)]
    return sum(known) / len(known) if known else None


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    lines = [header, ["---"] * len(header), *rows]
    return ["| " + " | ".join(line) + " |" for line in lines]
