"""Write `docs/data-dictionary.md` from the declared layers: `python -m tools.data_dictionary`.

It also writes the columns of the camera models into `data/reference/README.md`, between two marks.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from visavis.cameras import CAMERA_MODELS
from visavis.layers import LAYERS, Layer, short_names
from visavis.model.schema import Table
from visavis.model.vocabulary import (
    ASPECTS,
    CAMERA_KINDS,
    LEVEL_MIN_PX_PER_M,
    LEVEL_OODPCVS_MIN_PX_PER_M,
    LEVELS,
    LEVELS_OODPCVS,
    MODES,
    SPACE_KINDS,
    STANDINGS,
    SURENESS_MIN_PROBABILITY,
    SURENESSES,
    Words,
)

ROOT = Path(__file__).resolve().parents[1]
FILE = ROOT / "docs" / "data-dictionary.md"
REFERENCE_FILE = ROOT / "data" / "reference" / "README.md"

_FROM, _TO = "<!-- columns of camera_models, written by tools.data_dictionary -->", "<!-- end of columns -->"

_HEAD = """# Data dictionary

Written by `python -m tools.data_dictionary` from the declarations in the code; a test keeps it fresh.

Lengths are in metres, angles in degrees clockwise from true north, heights above ground. Stored geometry is
longitude and latitude in OGC:CRS84. A column marked *may be empty* is empty where the value is unknown;
nothing unknown gets a default without being named in `assumed`.
"""


def written() -> str:
    """Return the page as it should stand."""
    words = [
        _vocabulary("Kinds of camera", CAMERA_KINDS),
        _vocabulary("Kinds of space", SPACE_KINDS),
        _vocabulary("Standing", STANDINGS),
        _vocabulary("Modes", MODES),
        _vocabulary("Aspects", ASPECTS),
        _vocabulary(
            "Levels (EN 62676-4)", LEVELS, {k: f"from {v:g} px/m" for k, v in LEVEL_MIN_PX_PER_M.items()}
        ),
        _vocabulary(
            "Newer levels (IEC 62676-4:2025, OODPCVS)",
            LEVELS_OODPCVS,
            {k: f"from {v:g} px/m" for k, v in LEVEL_OODPCVS_MIN_PX_PER_M.items()},
        ),
        _vocabulary("Sureness", SURENESSES, {k: _bound(k, v) for k, v in SURENESS_MIN_PROBABILITY.items()}),
    ]
    return "\n".join([_HEAD, *(_layer(layer) for layer in LAYERS.values()), "## Words\n", *words])


def reference_written(page: str) -> str:
    """Return `data/reference/README.md` with the columns of the camera models as they are declared."""
    before, _, rest = page.partition(_FROM)
    _, _, after = rest.partition(_TO)
    return f"{before}{_FROM}\n{_columns(CAMERA_MODELS)}\n{_TO}{after}"


def _layer(layer: Layer) -> str:
    table = layer.table
    geometry = " or ".join(table.geometry) or "none"
    lines = [
        f"## {table.name}",
        "",
        f"{layer.title.en} · {layer.title.fr}. {layer.description.en} Geometry: {geometry}.",
        "",
        _columns(table, short_names(table)),
    ]
    return "\n".join([*lines, ""])


def _columns(table: Table, short: Mapping[str, str] | None = None) -> str:
    lines = (
        ["| column | unit | meaning |", "|---|---|---|"]
        if short is None
        else ["| column | in a Shapefile | unit | meaning |", "|---|---|---|---|"]
    )
    for name, column in table.columns.items():
        unit, choices = table.unit(name) or "", table.choices(name)
        among = "" if choices is None or table.name != CAMERA_MODELS.name else f" ({', '.join(choices)})"
        empty = "; may be empty" if column.nullable else ""
        named = "" if short is None else f" `{short[name]}` |" if name in short else " |"
        lines.append(f"| `{name}` |{named} {unit} | {column.description}{among}{empty} |")
    return "\n".join(lines)


def _vocabulary(title: str, words: Words, bounds: dict[str, str] | None = None) -> str:
    rows = [
        f"| `{code}` | {word.en} | {word.fr} | {(bounds or {}).get(code, '')} |"
        for code, word in words.items()
    ]
    return "\n".join([f"### {title}", "", "| code | English | français | |", "|---|---|---|---|", *rows, ""])


def _bound(code: str, least: float) -> str:
    return f"probability {'>' if code == 'possible' else '≥'} {least:g}"


if __name__ == "__main__":
    FILE.write_text(written(), "utf-8")
    REFERENCE_FILE.write_text(reference_written(REFERENCE_FILE.read_text("utf-8")), "utf-8")
